"""The command line in processes of its own, from the sample study to its exports, and its complaints."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from slow.desktop import ROOT, command

EVERYTHING = [
    "agreement.xlsx",
    "audit-trail.xlsx",
    "codebook.xlsx",
    "member-check/P1.docx",
    "member-check/P2.docx",
    "member-check/P3.docx",
    "member-check/P4.docx",
    "member-check/P5.docx",
    "member-check/P6.docx",
    "peer-support.coder",
    "quotes.docx",
    "quotes.xlsx",
]


def run(*arguments: object) -> str:
    """What a command prints; it must succeed and complain of nothing."""
    done = command(*(str(argument) for argument in arguments))
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def as_json(*arguments: object) -> dict[str, Any]:
    told = json.loads(run(*arguments, "--json"))
    assert isinstance(told, dict)
    return told


def refused(*arguments: object) -> str:
    """The one sentence of a command that cannot do its work."""
    done = command(*(str(argument) for argument in arguments))
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    assert "went wrong" not in done.stderr
    (sentence,) = done.stderr.splitlines()
    assert re.fullmatch(r"\S.{8,}[.)?]", sentence), sentence
    assert len(sentence) < 1000
    return sentence


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that ``demo`` fills, and what it says."""
    folder = tmp_path_factory.mktemp("demo") / "new" / "folder"
    (folder.parent.parent / "said.txt").write_text(run("demo", folder, "--no-window"), encoding="utf-8")
    return folder


@pytest.fixture
def copy(demo: Path, tmp_path: Path) -> Path:
    """The sample study, as mailed to somebody else."""
    path = tmp_path / "mailed copy.coder"
    shutil.copy(demo / "peer-support.coder", path)
    return path


def test_demo_makes_everything_and_says_so(demo: Path) -> None:
    made = sorted(file.relative_to(demo).as_posix() for file in demo.rglob("*") if file.is_file())
    assert made == EVERYTHING
    said = (demo.parent.parent / "said.txt").read_text(encoding="utf-8")
    for name in EVERYTHING:
        assert name in said
    for sheet in demo.glob("*.xlsx"):
        assert all(page.max_row > 1 for page in openpyxl.load_workbook(sheet).worksheets), sheet
    for text in demo.rglob("*.docx"):
        assert sum(len(paragraph.text) for paragraph in docx.Document(str(text)).paragraphs) > 200, text


def test_demo_again_in_the_same_folder(demo: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    shutil.copytree(demo, again)
    (again / "notes.txt").write_text("mine")
    run("demo", again, "--no-window")
    assert (again / "notes.txt").read_text() == "mine"
    assert as_json("check", again / "peer-support.coder")["ok"]


def test_info_and_check_of_a_mailed_copy(demo: Path, copy: Path) -> None:
    first, second = as_json("check", demo / "peer-support.coder"), as_json("check", copy)
    assert first == second
    assert (first["ok"], first["problems"]) == (True, [])
    assert re.fullmatch(r"[0-9a-f]{32,}", first["fingerprint"])
    told = as_json("info", copy)
    assert told["documents"] == 7
    assert told["participants"] == 6
    assert sum(coder["codings"] for coder in told["coders"]) == told["codings"] > 2 * 7 * 20
    codes = told["codes"]
    assert (codes["code"] >= 40, codes["subcategory"] >= 12) == (True, True)
    assert (codes["category"] >= 6, codes["theme"] >= 3) == (True, True)
    assert set(codes) == {"theme", "category", "subcategory", "code"}
    assert {"project", "documents", "participants", "characters", "memos", "codings", "coders"} < set(told)


def test_the_fingerprint_is_of_the_study_not_of_the_file(copy: Path) -> None:
    before = as_json("check", copy)["fingerprint"]
    with sqlite3.connect(copy) as connection:
        connection.execute("VACUUM")
    connection.close()
    assert as_json("check", copy)["fingerprint"] == before
    talk = copy.with_name("talk.txt")
    talk.write_text("Interviewer: And?\n\nZoe: It was good.\n")
    run("import", copy, talk, "--coder", "Tom Berger")
    told = as_json("check", copy)
    assert told["ok"]
    assert told["fingerprint"] != before


def test_agreement_of_every_unit_and_level(copy: Path) -> None:
    numbers = {}
    for unit in ("paragraph", "turn", "sentence", "character"):
        told = as_json("agreement", copy, "--coders", "Aylin Kaya", "Tom Berger", "--unit", unit)
        numbers[unit] = told["n_units"]
        assert told["unit"] == unit
        assert 0 < told["overall"]["agreement_coded"] < 1
        assert -1 <= told["overall"]["pooled_kappa"] <= 1
    assert numbers["turn"] < numbers["sentence"] < numbers["character"]
    book = copy.with_name("agreement.xlsx")
    told = as_json(
        "agreement", copy, "--coders", "Aylin Kaya", "Tom Berger", "--level", "theme", "--xlsx", book
    )
    assert len(told["codes"]) <= 6
    assert openpyxl.load_workbook(book).sheetnames


def test_a_study_from_nothing(tmp_path: Path) -> None:
    path = tmp_path / "Nächte 밤 🙂.coder"
    run("new", path, "--coder", "Ann")
    talk = tmp_path / "talk 1.txt"
    talk.write_text("Interviewer: How?\n\nMara: Strange.\n", encoding="utf-8")
    assert "Mara (P1)" in run("import", path, talk, "--coder", "Ann")
    told = as_json("info", path)
    assert (told["documents"], told["participants"], told["codings"]) == (1, 1, 0)
    for kind, out in (("codebook", "c.xlsx"), ("quotes", "q.docx"), ("quotes", "q.xlsx")):
        run("export", kind, path, tmp_path / out)
        assert (tmp_path / out).stat().st_size > 1000
    assert sorted(file.name for file in tmp_path.glob("*.coder*")) == [path.name]


def test_reference_cases_are_as_published() -> None:
    told = as_json("reference")
    assert told["mismatches"] == []
    assert told["cases"] > 30
    assert told["values"] > 1000


def test_wrong_use_is_one_sentence(demo: Path, tmp_path: Path) -> None:
    study = demo / "peer-support.coder"
    wrong: list[tuple[object, ...]] = [
        ("nonsense",),
        ("nonsense", "more"),
        ("info",),
        ("info", tmp_path / "missing.coder"),
        ("info", tmp_path),
        ("new", tmp_path / "a.coder"),
        ("new", study, "--coder", "Ann"),
        ("new", study / "a.coder", "--coder", "Ann"),
        ("new", tmp_path / "a.coder", "--coder", " "),
        ("import", study, tmp_path / "missing.txt", "--coder", "Tom Berger"),
        ("import", study, study, "--coder", "Tom Berger"),
        ("import", study, demo / "quotes.docx"),
        ("import", study, demo / "quotes.docx", "--coder", "Nobody"),
        ("agreement", study, "--coders", "Aylin Kaya"),
        ("agreement", study, "--coders", "Aylin Kaya", "Aylin Kaya"),
        ("agreement", study, "--coders", "Aylin Kaya", "Nobody"),
        ("agreement", study, "--coders", "Aylin Kaya", "Tom Berger", "--unit", "word"),
        ("agreement", study, "--coders", "Aylin Kaya", "Tom Berger", "--documents", "No such"),
        ("export", "poem", study, tmp_path / "poem.txt"),
        ("export", "codebook", study, tmp_path / "codebook.pdf"),
        ("export", "codebook", study, study / "codebook.xlsx"),
        ("check", demo / "codebook.xlsx"),
        ("reference", demo / "codebook.xlsx"),
        ("demo", demo / "codebook.xlsx", "--no-window"),
    ]
    sentences = {arguments: refused(*arguments) for arguments in wrong}
    assert "missing.coder" in sentences[("info", tmp_path / "missing.coder")]
    assert not list(tmp_path.iterdir())
    assert as_json("check", study)["ok"]


def test_qt_is_never_loaded(demo: Path, tmp_path: Path) -> None:
    """Every command runs where Qt cannot be imported at all."""
    block = (
        "import sys\n"
        "class No:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.split('.')[0] in ('PySide6', 'shiboken6', 'qt_material'):\n"
        "            raise ImportError('Qt is not for the command line: ' + name)\n"
        "sys.meta_path.insert(0, No())\n"
        "from coder_app.cli import main\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    study, two = str(demo / "peer-support.coder"), ["--coders", "Aylin Kaya", "Tom Berger"]
    new = str(tmp_path / "new.coder")
    commands = [
        ["--help"],
        ["info", study],
        ["check", study],
        ["agreement", study, *two, "--xlsx", str(tmp_path / "a.xlsx")],
        ["export", "codebook", study, str(tmp_path / "c.xlsx")],
        ["export", "quotes", study, str(tmp_path / "q.docx")],
        ["export", "member-check", study, str(tmp_path / "m")],
        ["new", new, "--coder", "Ann"],
        ["import", new, str(demo / "quotes.docx")],
        ["reference"],
        ["demo", str(tmp_path / "demo"), "--no-window"],
    ]
    for arguments in commands:
        done = subprocess.run(
            [sys.executable, "-c", block, *arguments], cwd=ROOT, capture_output=True, encoding="utf-8"
        )
        assert (done.returncode, done.stderr) == (0, ""), arguments


def test_output_can_be_cut_short(demo: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "main.py", "reference"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == ""
    process.stderr.close()
    assert process.wait(60) in (0, 141)
