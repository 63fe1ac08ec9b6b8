"""The command line: what it prints, its exit statuses, and that it never loads Qt or shows a traceback."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from openpyxl import load_workbook
from studies import make_study

from coder_app import cli
from coder_app.cli import commands
from coder_app.project.project import Project

ROOT = Path(__file__).parents[1]
TALK = (
    "Interviewer: How was it?\n\nMara: Fine, mostly.\n\nInterviewer: Mostly?\n\nMara: The keys were heavy.\n"
)

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Call the command line in ``tmp_path``; gives status, standard output and standard error."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: object) -> tuple[int, str, str]:
        status = cli.main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return status, out, err

    return call


@pytest.fixture
def study(tmp_path: Path) -> Path:
    make_study(tmp_path / "study.coder").close()
    return tmp_path / "study.coder"


def refused(outcome: tuple[int, str, str], words: str = "") -> None:
    """Status 2, one sentence on standard error, nothing on standard output."""
    status, out, err = outcome
    assert (status, out) == (2, "")
    assert err.count("\n") == 1
    assert err.rstrip().endswith((".", ")"))
    assert "Traceback" not in err
    assert words in err


def test_new_and_info(run: Run, tmp_path: Path) -> None:
    assert run("new", "a.coder", "--coder", "Ann", "--name", "My =study")[0] == 0
    status, out, err = run("info", "a.coder", "--json")
    assert (status, err) == (0, "")
    assert json.loads(out) == {
        "project": "My =study",
        "documents": 0,
        "participants": 0,
        "characters": 0,
        "memos": 0,
        "codings": 0,
        "coders": [{"name": "Ann", "codings": 0}],
        "codes": {"theme": 0, "category": 0, "subcategory": 0, "code": 0},
    }
    refused(run("new", "a.coder", "--coder", "Ann"), "already a file")
    refused(run("new", "b.coder", "--coder", "  "), "cannot be empty")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.coder"]


def test_the_name_of_a_new_project_is_the_files(run: Run) -> None:
    run("new", "sub/folder/Stress at work.coder", "--coder", "Ann")
    assert (
        json.loads(run("info", "sub/folder/Stress at work.coder", "--json")[1])["project"] == "Stress at work"
    )


def test_info_counts(run: Run, study: Path) -> None:
    found = json.loads(run("info", study, "--json")[1])
    assert (found["documents"], found["participants"], found["memos"], found["codings"]) == (3, 2, 2, 8)
    assert found["coders"] == [{"name": "Ann", "codings": 5}, {"name": "Ben", "codings": 3}]
    assert found["codes"] == {"theme": 2, "category": 1, "subcategory": 0, "code": 5}
    status, out, _ = run("info", study)
    assert status == 0
    assert "codings by Ben" in out


def test_import_guesses_who_is_who(run: Run, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(TALK, encoding="utf-8")
    (tmp_path / "two.txt").write_text(TALK.replace("Mara", "Jonas"), encoding="cp1252")
    run("new", "a.coder", "--coder", "Ann")
    status, out, _ = run("import", "a.coder", "one.txt", "two.txt", "--coder", "ann")
    assert status == 0
    assert "Mara (P1)" in out
    assert "Interviewer (interviewer)" in out
    with Project.open(tmp_path / "a.coder", coder="Ann") as project:
        assert [document.title for document in project.documents.all()] == ["one", "two"]
        assert project.undo_name() == "Import 2 transcripts"
    (tmp_path / "three.txt").write_text(TALK + "\nMara: Bye.\n", encoding="utf-8")
    assert "Mara (P1)" in run("import", "a.coder", "three.txt")[1]
    assert "the same as that of “one”" in run("import", "a.coder", "one.txt")[1]


def test_import_joins_spellings_as_the_window_does(run: Run, tmp_path: Path) -> None:
    """Spellings are one speaker, an ID in the file's name counts, a name is one participant in all files."""
    mixed = TALK + TALK.replace("Interviewer:", "INTERVIEWER:").replace("Mara:", "mara:")
    (tmp_path / "talk P7.txt").write_text(mixed, encoding="utf-8")
    (tmp_path / "again.txt").write_text(TALK.replace("Mara:", "MARA:") + "\nMARA: Bye.\n", encoding="utf-8")
    run("new", "a.coder", "--coder", "Ann")
    status, out, _ = run("import", "a.coder", "talk P7.txt", "again.txt")
    assert status == 0
    assert "joined, please check: INTERVIEWER → Interviewer, mara → Mara." in out
    with Project.open(tmp_path / "a.coder", coder="Ann") as project:
        people = {person.guid: person.label for person in project.participants.all()}
        assert sorted(people.values()) == ["P7"]
        named = [
            [(s.name, people.get(s.participant or "")) for s in project.documents.speakers(document.guid)]
            for document in project.documents.all()
        ]
    assert named == [[("Interviewer", None), ("Mara", "P7")], [("Interviewer", None), ("MARA", "P7")]]


def test_a_name_that_is_two_people_tells_nobody(run: Run, tmp_path: Path) -> None:
    for name in ("one", "two", "three"):
        (tmp_path / f"{name}.txt").write_text(f"{TALK}\nMara: That was {name}.\n", encoding="utf-8")
    run("new", "a.coder", "--coder", "Ann")
    run("import", "a.coder", "one.txt", "two.txt")
    with Project.open(tmp_path / "a.coder", coder="Ann") as project:
        _, mara = project.documents.speakers(project.documents.titled("two").guid)
        project.documents.set_speaker(mara.guid, participant=project.participants.add("P2"))
    assert "Mara (P3)" in run("import", "a.coder", "three.txt")[1]


def test_import_tells_that_a_table_became_text(run: Run, tmp_path: Path) -> None:
    written = docx.Document()
    written.add_table(1, 2).rows[0].cells[0].text = "Interviewer"
    written.save(str(tmp_path / "x.docx"))
    run("new", "a.coder", "--coder", "Ann")
    assert (
        "  The table in “x.docx” was read as text, cell by cell.\n" in run("import", "a.coder", "x.docx")[1]
    )
    (tmp_path / "line.txt").write_text("One line.", encoding="utf-8")
    assert "“line”: 1 turn; no speakers found.\n" in run("import", "a.coder", "line.txt")[1]


def test_one_bad_file_and_nothing_is_imported(run: Run, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(TALK, encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    run("new", "a.coder", "--coder", "Ann")
    before = (tmp_path / "a.coder").read_bytes()
    for bad in ("empty.txt", "picture.png", "missing.txt", "study.qdpx", "."):
        refused(run("import", "a.coder", "good.txt", bad))
    refused(run("import", "a.coder", "good.txt", "--coder", "Nobody"), "no coder “Nobody”")
    refused(run("import", "a.coder"), "required")
    assert (tmp_path / "a.coder").read_bytes() == before


def test_import_asks_who_imports_where_there_are_several(run: Run, study: Path, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(TALK, encoding="utf-8")
    refused(run("import", study, "good.txt"), "(Ann, Ben)")
    assert run("import", study, "good.txt", "--coder", "Ben")[0] == 0


def test_a_project_that_is_open_can_be_read_but_not_imported_into(
    run: Run, study: Path, tmp_path: Path
) -> None:
    (tmp_path / "good.txt").write_text(TALK, encoding="utf-8")
    with Project.open(study, coder="Ann"):
        assert run("info", study)[0] == 0
        assert run("check", study)[0] == 0
        refused(run("import", study, "good.txt", "--coder", "Ann"), "open in another window")


def test_agreement_as_json(run: Run, study: Path) -> None:
    status, out, _ = run("agreement", study, "--coders", "Ann", "Ben", "--json")
    found: dict[str, Any] = json.loads(out)
    assert status == 0
    keys = ["unit", "level", "coders", "documents", "n_units", "overall", "codes", "undefined"]
    assert [key for key in found if key in keys] == keys
    assert (found["unit"], found["level"], found["n_units"]) == ("turn", "code", 3)
    assert (found["coders"], found["documents"]) == (["Ann", "Ben"], ["Interview P1", "Interview P2"])
    assert found["overall"]["agreement_coded"] == pytest.approx(1 / 3)
    assert found["overall"]["marked_agreement"] == 1
    assert found["codes"]["Not being told"]["cohen_kappa"] == 1
    assert (found["codes"]["Guest"]["only_a"], found["codes"]["Guest"]["neither"]) == (1, 1)
    assert found["codes"]["Never used"]["cohen_kappa"] is None
    assert found["undefined"]["codes.Never used.cohen_kappa"] == "no variation"


def test_agreement_by_other_units_levels_and_transcripts(run: Run, study: Path) -> None:
    def units(*arguments: str) -> Any:
        status, out, err = run("agreement", study, "--coders", "ben", "Ann", "--json", *arguments)
        assert status == 0, err
        return json.loads(out)

    assert units("--unit", "sentence")["n_units"] == 7
    assert units("--unit", "sentence", "--documents", "Interview P2")["n_units"] == 2
    assert units("--include-unfinished")["n_units"] == 6
    assert units("--include-unfinished", "--interviewer-turns")["n_units"] == 10
    theme = units("--level", "theme")
    assert list(theme["codes"]) == ["Trust", "Keys", "Free one"]
    assert theme["overall"]["agreement_coded"] == pytest.approx(2 / 3)
    assert theme["coders"] == ["Ben", "Ann"]


def test_agreement_as_text_and_workbook(run: Run, study: Path, tmp_path: Path) -> None:
    status, out, _ = run("agreement", study, "--coders", "Ann", "Ben", "--xlsx", "out/a.xlsx")
    assert status == 0
    assert "Left out, not finished by all: “Focus group”" in out
    assert "3 of 4 codes shared" in out
    assert "33.3 %" in out
    assert load_workbook(tmp_path / "out" / "a.xlsx").sheetnames[0] == "Summary"


def test_agreement_that_cannot_be(run: Run, study: Path) -> None:
    refused(run("agreement", study, "--coders", "Ann"), "at least two")
    refused(run("agreement", study, "--coders", "Ann", "Zoe"), "no coder “Zoe”")
    refused(run("agreement", study, "--coders", "Ann", "Ben", "--documents", "Nope"), "no transcript")
    refused(run("agreement", study, "--coders", "Ann", "Ben", "--documents", "Focus group"), "finished by")
    refused(run("agreement", study, "--coders", "Ann", "Ben", "--unit", "word"), "--unit")
    refused(run("agreement", study), "--coders")
    refused(run("agreement", study, "--coders", "Ann", "Ben", "--xlsx", "."), "is a folder")


@pytest.mark.parametrize(
    ("kind", "out"),
    [
        ("codebook", "c.xlsx"),
        ("quotes", "q.xlsx"),
        ("quotes", "q.docx"),
        ("agreement", "a.xlsx"),
        ("member-check", "mc"),
    ],
)
def test_export(run: Run, study: Path, tmp_path: Path, kind: str, out: str) -> None:
    status, text, err = run("export", kind, study, out)
    assert (status, err) == (0, "")
    assert f"Wrote {out}" in text
    assert (tmp_path / out).exists()


def test_export_of_one_coders_work(run: Run, study: Path, tmp_path: Path) -> None:
    assert run("export", "quotes", study, "q.xlsx", "--coders", "Ben")[0] == 0
    rows = list(load_workbook(tmp_path / "q.xlsx")["Quotes"].iter_rows(min_row=2, values_only=True))
    assert len(rows) == 3


def test_export_into_this_folder(run: Run, study: Path, tmp_path: Path) -> None:
    assert run("export", "member-check", study, ".")[0] == 0
    assert {path.name for path in tmp_path.iterdir()} == {"study.coder", "P1.docx", "P2.docx"}


def test_export_that_cannot_be(run: Run, study: Path, tmp_path: Path) -> None:
    refused(run("export", "poster", study, "x.xlsx"), "poster")
    refused(run("export", "codebook", study, "x.pdf"), "must end in .xlsx")
    refused(run("export", "codebook", tmp_path / "nope.coder", "x.xlsx"), "no project")
    (tmp_path / "folder.xlsx").mkdir()
    refused(run("export", "codebook", study, "folder.xlsx"), "is a folder")
    assert not (tmp_path / "x.pdf").exists()


def test_check(run: Run, study: Path, tmp_path: Path) -> None:
    status, out, _ = run("check", study, "--json")
    found = json.loads(out)
    assert (status, list(found)) == (0, ["ok", "problems", "fingerprint"])
    assert (found["ok"], found["problems"]) == (True, [])
    assert len(found["fingerprint"]) == 64
    copy = tmp_path / "copy.coder"
    copy.write_bytes(study.read_bytes())
    assert json.loads(run("check", copy, "--json")[1])["fingerprint"] == found["fingerprint"]
    assert "The file is whole." in run("check", study)[1]


def test_check_finds_a_change_behind_the_history(run: Run, study: Path) -> None:
    import sqlite3

    with sqlite3.connect(study) as raw:
        raw.execute("UPDATE coder SET name = 'Eve' WHERE name = 'Ann'")
    raw.close()
    status, out, err = run("check", study, "--json")
    assert (status, err) == (1, "")
    assert json.loads(out)["ok"] is False
    assert "history" in json.loads(out)["problems"][0]
    status, out, _ = run("check", study)
    assert status == 1
    assert out.startswith("The file is not whole:")


@pytest.mark.parametrize("content", [b"", b"not a database at all", b"SQLite format 3\0" + b"x" * 200])
def test_what_is_no_project(run: Run, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "bad.coder").write_bytes(content)
    for command in (
        ["info", "bad.coder"],
        ["check", "bad.coder"],
        ["export", "codebook", "bad.coder", "x.xlsx"],
    ):
        refused(run(*command))
    assert (tmp_path / "bad.coder").read_bytes() == content


def test_a_truncated_project(run: Run, study: Path) -> None:
    study.write_bytes(study.read_bytes()[:20_000])
    status, out, err = run("check", study)
    assert status in (1, 2)
    assert (out + err).strip()
    assert "Traceback" not in err


def test_reference_cases(run: Run, tmp_path: Path) -> None:
    status, out, _ = run("reference", "--json")
    found = json.loads(out)
    assert (status, found["mismatches"]) == (0, [])
    assert set(found) == {"cases", "values", "mismatches"}
    assert found["cases"] == 36
    assert found["values"] > 1000
    case = {
        "id": "wrong",
        "kind": "two_by_two",
        "input": {"both": 1, "only_a": 1, "only_b": 1, "neither": 1},
        "expected": {"percent_agreement": 0.6},
        "decimals": 8,
    }
    (tmp_path / "cases.json").write_text(json.dumps({"format": "agreement-cases/1", "cases": [case]}))
    status, out, _ = run("reference", "cases.json")
    assert status == 1
    assert "DIFFERS" in out
    status, out, _ = run("reference", "cases.json", "--json")
    wrong = {"case": "wrong", "statistic": "percent_agreement", "expected": 0.6, "computed": 0.5}
    assert (status, json.loads(out)) == (1, {"cases": 1, "values": 1, "mismatches": [wrong]})
    (tmp_path / "cases.json").write_text("{}")
    refused(run("reference", "cases.json"), "not a file of reference cases")
    refused(run("reference", "missing.json"), "cannot be read")


def test_wrong_use(run: Run) -> None:
    refused(run("nonsense"), "no command and no project “nonsense”")
    refused(run("nonsense", "more"), "no command “nonsense”")
    refused(run("missing.coder"), "no project “missing.coder”")
    refused(run("new"), "required")
    refused(run("info", "a.coder", "--nope"), "--nope")
    refused(run("--nope"))
    status, out, _ = run("--help")
    assert status == 0
    assert "member-check" in run("export", "--help")[1]
    assert "COMMAND" in out
    assert run("--version")[1].startswith("coder-app ")


def test_a_bug_is_one_sentence_unless_debugging(
    run: Run, study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> int:
        raise ZeroDivisionError("by\nnought")

    monkeypatch.setattr(commands, "info", broken)
    refused(run("info", study), "ZeroDivisionError")
    monkeypatch.setenv("CODER_APP_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        run("info", study)


def test_interrupted(run: Run, study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(commands, "info", interrupted)
    assert run("info", study) == (128 + signal.SIGINT, "", "Stopped.\n")


def test_the_window_opens_without_a_command(run: Run, study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Path | None] = []

    def window(chosen: Any) -> int:
        opened.append(chosen.project)
        return 0

    monkeypatch.setattr(commands, "window", window)
    assert run()[0] == run(study)[0] == 0
    assert opened == [None, study]


# In a process of its own


def outside(*arguments: object, code: str = "", **environment: str) -> subprocess.CompletedProcess[bytes]:
    start = ["-c", code] if code else [str(ROOT / "main.py")]
    return subprocess.run(
        [sys.executable, *start, *map(str, arguments)],
        capture_output=True,
        env={**os.environ, **environment},
        check=False,
    )


def test_no_command_loads_qt(study: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from coder_app.cli import main\n"
        f"for line in ({['info', str(study)]}, {['check', str(study)]}, {['reference']},\n"
        f"    {['agreement', str(study), '--coders', 'Ann', 'Ben']},\n"
        f"    {['export', 'member-check', str(study), str(tmp_path / 'mc')]},\n"
        f"    {['export', 'quotes', str(study), str(tmp_path / 'q.docx')]}):\n"
        "    assert main(line) == 0\n"
        "loaded = {name.partition('.')[0] for name in sys.modules}\n"
        "assert not loaded & {'PySide6', 'shiboken6', 'qt_material'}"
    )
    found = outside(code=code)
    assert found.returncode == 0, found.stderr.decode()


def test_utf8_where_the_system_speaks_ascii(tmp_path: Path) -> None:
    path = tmp_path / "a.coder"
    made = outside("new", path, "--coder", "Zoë 한국", LANG="C", LC_ALL="C", PYTHONIOENCODING="ascii")
    assert made.returncode == 0, made.stderr.decode()
    assert "Zoë 한국" in made.stdout.decode("utf-8")
    found = outside("info", path, "--json", LC_ALL="C", PYTHONIOENCODING="cp1252")
    assert json.loads(found.stdout.decode("utf-8"))["coders"][0]["name"] == "Zoë 한국"


@pytest.mark.skipif(os.name == "nt", reason="pipes end otherwise on Windows")
def test_nobody_listens(study: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with subprocess.Popen(
        [sys.executable, str(ROOT / "main.py"), "reference"], stdout=writing, stderr=subprocess.PIPE
    ) as process:
        os.close(writing)
        _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (141, b"")


def test_installed_and_as_a_module(study: Path) -> None:
    code = (
        f"import runpy, sys; sys.argv = ['coder-app', 'info', {str(study)!r}]; runpy.run_module('coder_app')"
    )
    found = outside(code=code)
    assert found.stderr == b""
    found = subprocess.run(
        [sys.executable, "-m", "coder_app", "info", str(study)], capture_output=True, check=False
    )
    assert (found.returncode, found.stderr) == (0, b"")
    assert b"Small study" in found.stdout


def test_demo_twice_touches_nothing_foreign(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    (folder / "member-check").mkdir(parents=True)
    (folder / "mine.txt").write_text("mine")
    (folder / "member-check" / "mine.txt").write_text("mine")
    status, out, err = run("demo", folder, "--no-window")
    assert (status, err) == (0, "")
    first = sorted(path.relative_to(folder) for path in folder.rglob("*"))
    assert run("demo", folder, "--no-window")[0] == 0
    assert sorted(path.relative_to(folder) for path in folder.rglob("*")) == first
    assert (folder / "mine.txt").read_text() == (folder / "member-check" / "mine.txt").read_text() == "mine"
    assert {"codebook.xlsx", "agreement.xlsx", "quotes.docx"} <= {path.name for path in first}
    assert len(list((folder / "member-check").glob("P*.docx"))) == 6
    assert "member-check/P1.docx" in out
    with Project.open(folder / "peer-support.coder", coder="Tom Berger"):
        refused(run("demo", folder, "--no-window"), "open in another window")
    (folder / "peer-support.coder").write_text("something else")
    refused(run("demo", folder, "--no-window"), "not a project")


def test_demo_opens_the_window_only_where_there_is_a_screen(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Any] = []

    def window(chosen: Any) -> int:
        opened.append(chosen.project)
        return 0

    monkeypatch.setattr(commands, "window", window)
    monkeypatch.setattr("coder_app.cli.demo.run", lambda folder: folder / "x.coder")
    monkeypatch.setattr(commands, "has_screen", lambda: False)
    run("demo", "d")
    assert opened == []
    monkeypatch.setattr(commands, "has_screen", lambda: True)
    run("demo", "d", "--no-window")
    assert opened == []
    run("demo", "d")
    assert opened == [Path("d/x.coder")]


def test_where_there_is_a_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert not commands.has_screen()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert commands.has_screen()
    monkeypatch.delenv("WAYLAND_DISPLAY")
    monkeypatch.setattr(sys, "platform", "darwin")
    assert commands.has_screen()
