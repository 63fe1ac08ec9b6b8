"""Reading transcript files of every kind, and refusing everything else in one sentence."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coder_app.core.errors import Cancelled, UserError
from coder_app.core.model import Role
from coder_app.core.transcript import SpeakerChoice, proposed_choices
from coder_app.formats.readers import KINDS, SUPPORTED, ReadFile, is_supported, read, read_many
from coder_app.formats.reading.files import TEXT_LIMIT

DATA = Path(__file__).parents[1] / "data"


def names(file: ReadFile) -> list[str]:
    return [speaker.name for speaker in file.found.speakers]


def said(file: ReadFile) -> list[str]:
    return [file.text[turn.body : turn.end] for turn in file.found.turns]


def refusal(path: Path, **options: str) -> str:
    with pytest.raises(UserError) as caught:
        read(path, **options)
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert len(sentence) < 300
    return sentence


def test_the_same_interview_in_each_kind_of_file() -> None:
    expected = ["How was it?", "Good, mostly.\nThe nights were long.", "Why?", "Because nobody came. 😀"]
    for name in ("talk.txt", "talk.md", "talk.vtt", "talk.srt", "talk utf-16.txt"):
        file = read(DATA / name)
        assert names(file) == ["Interviewer", "Noor"], name
        assert [" ".join(words.split()) for words in said(file)] == [" ".join(e.split()) for e in expected], (
            name
        )
        assert [speaker.role for speaker in file.found.speakers] == [Role.INTERVIEWER, Role.PARTICIPANT]
        assert file.notes == ()


def test_what_a_file_tells_of_itself(tmp_path: Path) -> None:
    path = tmp_path / "P3_second_2024-03-12.txt"
    path.write_text("Ann: Hello?\r\nBen: Hi.\r\n", encoding="utf-8", newline="")
    file = read(path)
    assert (file.title, file.date, file.encoding) == ("P3 second 2024-03-12", "2024-03-12", "UTF-8")
    assert file.text == "Ann: Hello?\nBen: Hi.\n"
    path = tmp_path / "second.txt"
    path.write_text(
        "Interview on 3 May 2021\n\nAnn: I was born on 1 January 1950.\n\nBen: Yes.\n", encoding="utf-8"
    )
    assert read(path).date == "2021-05-03"
    assert pickle.loads(pickle.dumps(file)) == file


def test_a_document_to_import(tmp_path: Path) -> None:
    path = tmp_path / "one.txt"
    path.write_text("I: Why?\nEva: Because it was so long ago.\nI: And?\nEva: Nothing.", encoding="utf-8")
    file = read(path)
    choices = proposed_choices([file.found])[0]
    document = file.document(choices, date="2020-02-02")
    assert [(s.name, s.role, s.participant) for s in document.speakers] == [
        ("I", Role.INTERVIEWER, None),
        ("Eva", Role.PARTICIPANT, "P1"),
    ]
    assert (document.title, document.source, document.date, len(document.turns)) == (
        "one",
        "one.txt",
        "2020-02-02",
        4,
    )
    assert file.document({"I": SpeakerChoice(into="Eva")}, title="Two").title == "Two"


def test_markdown_reads_like_a_page(tmp_path: Path) -> None:
    path = tmp_path / "talk.md"
    path.write_text(
        "# Interview 3 #\n\n**Ann Lee:** It was *so* good. \\[laughs\\]\n\n"
        "**Ben**: 2 * 3 * 4 and snake_case_word.\n\n"
        "**[00:02] Ann Lee:** Yes.\n\n[00:03] **Ben:** No **really** no: never.\n\n**Break**: \\[21:54\\]\n",
        encoding="utf-8",
    )
    assert read(path).text == (
        "Interview 3\n\nAnn Lee: It was *so* good. [laughs]\n\nBen: 2 * 3 * 4 and snake_case_word.\n\n"
        "[00:02] Ann Lee: Yes.\n\n[00:03] Ben: No **really** no: never.\n\nBreak: [21:54]\n"
    )


def test_many_files_and_progress(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.txt" for number in range(3)]
    for path in paths[:2]:
        path.write_text("Ann: A.\nBen: B.", encoding="utf-8")
    seen: list[tuple[int, int]] = []
    files, refused = read_many(paths, progress=lambda done, total: seen.append((done, total)))
    assert [file.path for file in files] == paths[:2]
    assert [(refusal.path, "not found" in refusal.reason) for refusal in refused] == [(paths[2], True)]
    assert seen == [(1, 3), (2, 3), (3, 3)]

    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        read_many(paths, progress=stop)


def test_kinds() -> None:
    assert {".txt", ".md", ".docx", ".vtt", ".srt"} <= set(SUPPORTED)
    assert [kind for kind, _ in KINDS] == ["Text", "Markdown", "Word", "Subtitles"]
    assert is_supported(Path("A.TXT"))
    assert not is_supported(Path("a.pdf"))


# Refusals


@pytest.mark.parametrize("ending", SUPPORTED)
def test_empty_missing_and_folder(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"nothing{ending}"
    assert "was not found" in refusal(path)
    path.write_bytes(b"")
    assert "is empty" in refusal(path)
    path.unlink()
    path.mkdir()
    assert "is a folder" in refusal(path)


@pytest.mark.parametrize(
    "content", [b" \n\t\r\n ", b"\xef\xbb\xbf", b"\xff\xfe \0\n\0", "\u00a0\u2028".encode()]
)
def test_nothing_but_white_space(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "blank.txt"
    path.write_bytes(content)
    assert "holds no text" in refusal(path)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"%PDF-1.7\nsome words", "a PDF document"),
        (b"{\\rtf1\\ansi some words}", "rich text"),
        (b"PK\x03\x04\x14\0\x06\0" + b"\0" * 50, "packed file"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "a picture"),
        (b"MZ\x90\0\x03" + b"\0" * 500, "a program"),
        (bytes(range(256)) * 40, "no readable text"),
        (b"\0" * 4000, "no readable text"),
        (b"word \x01\x02\x03\x04" * 100, "no readable text"),
    ],
)
def test_binary_with_a_wrong_name(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "binary.txt"
    path.write_bytes(content)
    assert told in refusal(path)


def test_letters_that_look_like_a_program_are_text(tmp_path: Path) -> None:
    path = tmp_path / "mz.txt"
    path.write_text("MZ: Hello?\nID3: Hi.\nMZ: Why?\nID3: So.", encoding="utf-8")
    assert names(read(path)) == ["MZ", "ID3"]


def test_too_large_is_refused_before_reading(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(300 * 1024 * 1024)
    assert "300 MB" in refusal(path)
    assert TEXT_LIMIT < 300 * 1024 * 1024


def test_unknown_kind_and_odd_names(tmp_path: Path) -> None:
    assert "not a kind of file" in refusal(tmp_path / "scan.pdf")
    assert "\x1b" not in refusal(tmp_path / "\x1b[31m\nred.txt")
    assert len(refusal(tmp_path / ("x" * 10_000 + ".txt"))) < 200
    refusal(tmp_path / "nul\0.txt")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="the administrator may read everything")
def test_no_permission(tmp_path: Path) -> None:
    path = tmp_path / "closed.txt"
    path.write_text("Ann: Hi.", encoding="utf-8")
    path.chmod(0)
    assert "no permission" in refusal(path)


@pytest.mark.parametrize("ending", [".txt", ".docx"])
def test_no_permission_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str) -> None:
    path = tmp_path / f"closed{ending}"
    path.write_text("Ann: Hi.", encoding="utf-8")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert "no permission" in refusal(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "pipe.txt"
    os.mkfifo(path)
    assert "not an ordinary file" in refusal(path)


def test_a_wrong_choice_of_encoding(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_bytes("Ann: ça va?".encode("latin-1"))
    assert "not written in UTF-8" in refusal(path, encoding="UTF-8")
    assert "not an encoding" in refusal(path, encoding="klingon")
    assert "not an encoding" in refusal(path, encoding="hex")
    assert read(path, encoding="Latin-1").text == "Ann: ça va?"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([".txt", ".md", ".vtt", ".srt"]), st.booleans())
def test_any_bytes_are_read_or_refused(tmp_path: Path, content: bytes, ending: str, captions: bool) -> None:
    path = tmp_path / f"any{ending}"
    path.write_bytes((b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v " if captions else b"") + content)
    files, refused = read_many([path])
    assert len(files) + len(refused) == 1
    assert all(refusal.reason.endswith(".") for refusal in refused)
    for file in files:
        assert file.text.strip()
        assert all(0 <= turn.start <= turn.body <= turn.end <= len(file.text) for turn in file.found.turns)


# Real files


@pytest.mark.parametrize(
    ("name", "turns", "speakers"),
    [
        (
            "transcripts/changelog-ship-it-100-emoji.md",
            336,
            ["Justin Garrison", "Autumn Nash", "Paul Frazee✌"],
        ),
        ("transcripts/korean-national-assembly-2013-11-20.txt", 16, ["정몽준"]),
        ("subtitles/podcastns-voice-tags.vtt", 2, ["Sarah", "Gillian"]),
        ("subtitles/podcastns-speaker-prefix.srt", 10, ["Travis", "Sarah", "Gilon"]),
        ("subtitles/primock57-day1-consultation01.vtt", 89, ["Doctor", "Patient"]),
        ("subtitles/teams-style-guid-cues.vtt", 9, ["Speaker A", "Speaker B"]),
        ("subtitles/webvttpy-captions_with_bom.vtt", 1, []),
        ("subtitles/webvttpy-comments.vtt", 5, []),
        ("subtitles/webvttpy-sample.srt", 1, []),
        ("docs/docx/teams-transcript.docx", 2, ["Some Body", "James Bond"]),
        ("docs/docx/mammoth-strict-format.docx", 1, []),
        ("docs/docx/eng-spa.docx", 5, []),
    ],
)
def test_samples(samples: Path, name: str, turns: int, speakers: list[str]) -> None:
    file = read(samples / name)
    assert (len(file.found.turns), names(file)) == (turns, speakers)


def test_every_sample_is_read(samples: Path) -> None:
    files = [path for path in samples.rglob("*") if is_supported(path) and path.name != "SOURCES.md"]
    assert len(files) >= 30
    _, refused = read_many(files)
    assert refused == []
