"""Member check: each participant gets the findings with her own words, and nobody else's."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from golden import assert_golden
from helpers import document_of
from studies import ONE, TWO, code_named, code_words, coder_named, make_study

from coder_app.core.errors import Cancelled, UserError
from coder_app.core.model import Level
from coder_app.formats.membercheck import SCALE, write_member_check
from coder_app.project.project import Project

NAMES = ("Mara", "Jonas", "Interviewer", "Ann", "Ben")


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Project]:
    with make_study(tmp_path / "study.coder") as made:
        yield made


def raw(path: Path) -> str:
    """Everything inside the file."""
    with zipfile.ZipFile(path) as archive:
        return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def paragraphs(path: Path) -> list[tuple[str, str]]:
    return [(p.style.name, p.text) for p in docx.Document(str(path)).paragraphs]


def test_a_member_check_as_it_stands(study: Project, tmp_path: Path) -> None:
    files = write_member_check(study, tmp_path / "mc")
    assert [file.name for file in files] == ["P1.docx", "P2.docx"]
    lines = [f"{style}\t{text}".replace("\n", "\\n") for style, text in paragraphs(files[0])]
    assert_golden("member-check.txt", "\n".join(lines) + "\n")


def test_own_words_alone(study: Project, tmp_path: Path) -> None:
    mara, jonas = write_member_check(study, tmp_path / "mc")
    assert ("Quote", "“trust and keys.”") in paragraphs(mara)
    assert ("Quote", "“Keys are secret”") in paragraphs(jonas)
    for turn in (2, 4):
        words = ONE.text[ONE.turns[turn - 1].body : ONE.turns[turn - 1].end]
        assert not any(sentence in raw(jonas) for sentence in words.split(". "))
    assert "secret" not in raw(mara)
    for words in ("against it", "dear", "Who wants", "Interview P", *NAMES):
        assert not re.search(rf"\b{words}\b", raw(mara))
    for words in ("guest", "told me", "Nobody", "Interview P", *NAMES):
        assert not re.search(rf"\b{words}\b", raw(jonas))
    assert "P2" not in raw(mara)
    assert TWO.title not in raw(jonas)


def test_each_theme_has_its_meaning_a_scale_and_room(study: Project, tmp_path: Path) -> None:
    mara, jonas = write_member_check(study, tmp_path / "mc")
    for file in (mara, jonas):
        found = paragraphs(file)
        assert [text for style, text in found if style == "Heading 1"] == ["Trust", "Keys", "In closing"]
        assert ("Normal", "You could rely on each other.") in found
        tables = docx.Document(str(file)).tables
        scales = [table for table in tables if len(table.columns) == 4]
        assert len(scales) == 2
        for number, (cell, meaning) in enumerate(zip(scales[0].rows[0].cells, SCALE, strict=True), 1):
            assert cell.text.split() == [str(number), *meaning.split()]
        for theme in ("Trust", "Keys"):
            guid = code_named(study, theme)
            assert all(f'w:val="rating:{guid}:{number}"' in raw(file) for number in range(1, 5))
            assert f'w:val="comment:{guid}"' in raw(file)
    assert any("We quote nothing" in text for _, text in paragraphs(jonas))


def test_the_same_words_coded_twice_are_read_once(study: Project, tmp_path: Path) -> None:
    mara, _ = write_member_check(study, tmp_path / "mc")
    quotes = [text for style, text in paragraphs(mara) if style == "Quote"]
    assert quotes == [
        "“Nobody told me. I felt like a guest.”",
        "“Later we laughed 🙂 about it.”",
        "“=1+1 is what I felt.”",
        "“trust and keys.”",
    ]
    ann = [coder_named(study, "Ann")]
    mara, _ = write_member_check(study, tmp_path / "mc", coders=ann)
    assert "laughed" not in raw(mara)


def test_an_interviewers_words_inside_a_coding_are_cut_out(study: Project, tmp_path: Path) -> None:
    code_words(study, "Interview P1", ONE.text[ONE.turns[1].body : ONE.turns[3].end], "Guest")
    mara, _ = write_member_check(study, tmp_path / "mc")
    assert "A guest?" not in raw(mara)
    assert any("like a guest. […] =1+1 is" in text for _, text in paragraphs(mara))


def test_without_themes_the_highest_level_is_asked_about(study: Project, tmp_path: Path) -> None:
    study.codes.delete([code_named(study, "Keys")], below=True)
    study.codes.delete([code_named(study, "Trust")], below=False)
    mara, _ = write_member_check(study, tmp_path / "mc")
    assert [text for style, text in paragraphs(mara) if style == "Heading 1"] == ["Arriving", "In closing"]


def test_chosen_participants_and_findings(study: Project, tmp_path: Path) -> None:
    people = {person.label: person.guid for person in study.participants.all()}
    (file,) = write_member_check(
        study, tmp_path / "mc", participants=[people["P2"]], findings=[code_named(study, "Free one")]
    )
    assert file.name == "P2.docx"
    assert ("Quote", "“I was against it.”") in paragraphs(file)


def test_hostile_labels_make_safe_files_of_their_own(study: Project, tmp_path: Path) -> None:
    for label in ("../../etc/passwd", "CON", "p1", "<b>&\u202e", "x" * 290):
        study.documents.add(
            [document_of(f"Of {label}", ("Someone", "Words."), participants={"Someone": label})]
        )
    study.codes.add("<w:p/>&", Level.THEME)
    files = write_member_check(study, tmp_path / "mc")
    assert sorted(file.name for file in (tmp_path / "mc").iterdir()) == sorted(file.name for file in files)
    assert len({file.name.casefold() for file in files}) == len(study.participants.all())
    assert all(file.parent == tmp_path / "mc" for file in files)
    assert "_CON.docx" in {file.name for file in files}
    assert all(("Heading 1", "<w:p/>&") in paragraphs(file) for file in files)


def test_nothing_to_ask_or_nobody_to_ask(tmp_path: Path) -> None:
    with Project.create(tmp_path / "p.coder", "Empty", "Ann") as project:
        with pytest.raises(UserError, match="no participant"):
            write_member_check(project, tmp_path / "mc")
        project.participants.add("P1")
        with pytest.raises(UserError, match="codebook is empty"):
            write_member_check(project, tmp_path / "mc")
    assert not (tmp_path / "mc").exists()


def test_cancelling_writes_nothing(study: Project, tmp_path: Path) -> None:
    def stop(done: int, total: int) -> None:
        if done == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        write_member_check(study, tmp_path / "mc", progress=stop)
    assert not (tmp_path / "mc").exists()
