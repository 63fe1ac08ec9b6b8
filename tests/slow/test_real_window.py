"""The true program on a screen of its own, by mouse, drag and keys; results from screen and file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import docx
import numpy as np
import openpyxl
import pytest
from helpers import INTERVIEW, SECOND
from slow.desktop import Box, Desktop, command, missing, wait_for

from coder_app.core.model import Level, Status
from coder_app.core.palette import PALETTE
from coder_app.project.project import Project
from coder_app.ui.transcript.colors import LIGHT, tint

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing() or "all there")

MATCH = "#ffb84d"
"""What the words that were looked for are painted with; found again only in exact pixels of it."""
CURRENT = "#dbe7f2"
"""The rail's button of the page that is up."""
PAGES = ["Transcripts", "Code", "Themes", "Agreement", "Member check", "Report"]
TREE = Box(106, 150, 424, 767)
PAGE = Box(430, 60, 1110, 560)
THEME, TOLD, SHARED, LAUGHING = list(PALETTE.values())[:4]
"""Colours that the codes of the study take, in the order in which they were made."""

STRIPE = 12
"""Pixels that a stripe is high at least."""

Said = tuple[str, str, str]
"""(coder, code, words)"""


class Study:
    """The program on a small study, and the study's file."""

    def __init__(self, desktop: Desktop, path: Path) -> None:
        self.desktop = desktop
        self.path = path

    # Doing

    def open(self, coder: str = "Ann") -> None:
        """Start the program on the file, as the coder whose name this machine knows; on the Code page."""
        settings = self.desktop.home / "coder-app" / "config" / "settings.json"
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text(json.dumps({"coder_name": coder, "theme": "light"}), encoding="utf-8")
        self.desktop.start(str(self.path))
        self.desktop.wait_active("Small study")
        self.desktop.full_screen()
        self.show("Code")

    def show(self, page: str) -> None:
        """Go to a page by its key and wait until the rail shows that it is up."""
        number = PAGES.index(page)
        self.desktop.key(f"ctrl+{number + 1}")
        button = Box(6, 48 + 62 * number, 102, 106 + 62 * number)
        wait_for(lambda: self.desktop.background(button) == CURRENT, f"the page {page}")
        self.desktop.wait_still()

    def quit(self) -> None:
        self.desktop.key("ctrl+q")
        assert self.desktop.wait_end() == 0

    def look_for(self, words: str) -> Box:
        """Find words in the transcript; where they stand on the screen."""
        self.desktop.key("ctrl+f", "ctrl+a", "BackSpace")
        wait_for(lambda: not self.desktop.count(MATCH, PAGE), "the last match to go")
        self.desktop.type(words)
        self.desktop.key("Return")
        return self.desktop.wait_color(MATCH, PAGE, least=60)

    def select(self, words: str) -> Box:
        """Drag the mouse over words, from their first pixel to their last."""
        box = self.look_for(words)
        middle = box.center[1]
        self.desktop.sweep((box.left + 1, middle), (box.right - 1, middle))
        assert self.desktop.copied() == words
        return box

    def code(self, words: str, letters: str, expected: Said) -> Box:
        """Select words, type letters, Enter; wait until the file holds what is expected of it."""
        box = self.select(words)
        self.desktop.type(letters)
        self.desktop.key("Return")
        self.wait_said(expected)
        return box

    def drag_and_drop(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Drag something and let go where the window shows that it would be taken."""
        self.desktop.press(start, end, 16)
        self.desktop.wait_still()
        self.desktop.release()

    def row(self, color: str) -> tuple[int, int]:
        """The row of the codebook with the chip of this colour: a place on its name."""
        chip = self.desktop.wait_color(color, TREE, least=20, tolerance=22)
        return chip.right + 25, chip.center[1]

    # Reading

    def copied(self) -> str:
        """The table that the page copies."""
        return self.desktop.copied("ctrl+shift+c")

    def said(self) -> list[Said]:
        """What is coded, as the file holds it."""
        with Project.open(self.path, read_only=True) as project:
            quotes = project.queries.as_quotes(project.codings.all())
        return sorted((quote.coder_name, quote.code_name, quote.text) for quote in quotes)

    def wait_said(self, *expected: Said) -> None:
        """Wait until all of these are coded."""
        wait_for(
            lambda: set(expected) <= set(self.said()),
            lambda: f"{expected} in the file, which holds {self.said()}",
        )

    def wait_only(self, *expected: Said) -> None:
        """Wait until these are coded and nothing else."""
        wanted = sorted(expected)
        wait_for(lambda: self.said() == wanted, lambda: f"{wanted} in the file, which holds {self.said()}")

    def outline(self) -> list[str]:
        """The codebook as indented names."""
        with Project.open(self.path, read_only=True) as project:
            tree = project.codes.tree()
            return ["  " * depth + tree[guid].name for guid, depth in tree.walk()]

    def wait_outline(self, *expected: str) -> None:
        wait_for(
            lambda: self.outline() == list(expected), lambda: f"{expected}; the codebook is {self.outline()}"
        )

    def stripes(self, color: str) -> Box | None:
        """The stripe of a code of this colour beside the text; the dot before its name is lower."""
        gutter = Box(900, PAGE.top, 1000, PAGE.bottom)
        columns = np.nonzero(self.desktop.mask(color, gutter).sum(axis=0) >= STRIPE)[0]
        if not columns.size:
            return None
        return Box(
            gutter.left + int(columns.min()), gutter.top, gutter.left + int(columns.max()), gutter.bottom
        )

    def wait_stripe(self, color: str) -> Box:
        return wait_for(lambda: self.stripes(color), f"a stripe of {color}")

    def wait_no_stripe(self, color: str) -> None:
        wait_for(lambda: self.stripes(color) is None, f"the stripe of {color} to go")


@pytest.fixture(scope="module")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desktop]:
    with Desktop(tmp_path_factory.mktemp("desktop")) as desktop:
        yield desktop


@pytest.fixture
def desktop(screen: Desktop, tmp_path: Path) -> Iterator[Desktop]:
    """The screen, empty at first; at the end the program must have had nothing to complain of."""
    screen.log.unlink(missing_ok=True)
    yield screen
    screen.picture(tmp_path / "last.png")
    screen.kill_program()
    said = screen.log.read_text(errors="replace") if screen.log.exists() else ""
    assert not said, said


@pytest.fixture
def study(desktop: Desktop, tmp_path: Path) -> Study:
    """Two transcripts, a theme with two codes, a free code, coders Ann and Ben."""
    path = tmp_path / "study.coder"
    with Project.create(path, "Small study", "Ann") as project:
        project.documents.add([INTERVIEW, SECOND])
        theme = project.codes.add("Trust", Level.THEME)
        project.codes.add("Not being told", parent=theme)
        project.codes.add("Shared experience", parent=theme)
        project.codes.add("Laughing")
        project.coders.add("Ben")
    return Study(desktop, path)


@pytest.fixture
def both(study: Study) -> Study:
    """The study coded and finished by both, who agree on two of three turns."""
    with Project.open(study.path) as project:
        documents = [document.guid for document in project.documents.all()]
        codes = {node.name: guid for guid, node in project.codes.tree().nodes.items()}
        for coder, marks in CODED.items():
            project.coders.switch(project.coders.named(coder).guid)
            for at, words, code in marks:
                start = project.documents.content(documents[at]).text.index(words)
                project.codings.apply(documents[at], start, start + len(words), codes[code])
            project.documents.set_statuses(documents, Status.FINISHED)
    return study


CODED = {
    "Ann": [
        (0, "nobody told me", "Not being told"),
        (0, "laughed", "Laughing"),
        (1, "nobody could reach", "Shared experience"),
    ],
    "Ben": [
        (0, "Strange", "Not being told"),
        (0, "fear", "Laughing"),
        (1, "sit with a man", "Not being told"),
    ],
}
"""Coder -> (number of the transcript, words, code)"""
OUTPUTS = [
    "codebook.xlsx", "quotes.xlsx", "quotes.docx", "agreement.xlsx", "member-check", "audit-trail.xlsx",
]  # fmt: skip
DIALOGS = {"member-check": "Where shall"}
"""How the dialogs begin that do not begin with "Export"."""
WRITTEN = "#dbe7f2"
"""What the message is painted with that tells that something was written."""

TALK = """Interviewer: How was the first week?

Mara: Strange. I did not know what she was allowed to see, and nobody told me.
"""


def test_new_project_and_import_by_keys(desktop: Desktop) -> None:
    for number in (1, 2):
        (desktop.home / f"talk {number}.txt").write_text(TALK.replace("Mara", f"Mara {number}"))
    desktop.start()
    desktop.wait_active("Coder")
    desktop.wait_still()
    desktop.key("ctrl+n")
    desktop.wait_active("New project")
    desktop.type("Night shifts")
    desktop.key("Tab")
    desktop.type("Ann")
    desktop.key("Return")
    desktop.wait_active("Night shifts")
    desktop.key("ctrl+i")
    asks = desktop.wait_active("Import transcripts")
    desktop.type(f"{desktop.home}/")
    desktop.key("Return")
    desktop.wait_still()
    desktop.type('"talk 1.txt" "talk 2.txt"')
    desktop.key("Return")
    desktop.wait_active("Import transcripts", after=asks)
    desktop.wait_still()
    desktop.key("ctrl+Return")
    desktop.wait_no_title("Import transcripts")
    path = desktop.home / "Night shifts.coder"
    told = json.loads(command("info", str(path), "--json").stdout)
    assert (told["project"], told["documents"], told["participants"]) == ("Night shifts", 2, 2)
    assert [coder["name"] for coder in told["coders"]] == ["Ann"]
    assert path.with_name(path.name + ".lock").stat().st_size == 0
    desktop.key("ctrl+q")
    assert desktop.wait_end() == 0
    assert [file.name for file in desktop.home.glob("Night*")] == ["Night shifts.coder"]
    assert json.loads(command("check", str(path), "--json").stdout)["ok"]


def test_words_by_mouse_code_by_first_letters(study: Study) -> None:
    study.open()
    box = study.code("she was allowed", "not b", ("Ann", "Not being told", "she was allowed"))
    study.wait_stripe(TOLD)
    study.desktop.key("ctrl+f", "Escape")
    shade = tint((TOLD,), LIGHT).name()
    tinted = study.desktop.wait_color(shade, PAGE, least=300)
    assert abs(tinted.width - box.width) <= 4, "the tint is not as wide as the words"
    study.code("laughed", "peer humour", ("Ann", "peer humour", "laughed"))
    study.wait_outline("Trust", "  Not being told", "  Shared experience", "Laughing", "peer humour")
    study.wait_stripe(list(PALETTE.values())[4])
    study.quit()
    study.wait_only(("Ann", "Not being told", "she was allowed"), ("Ann", "peer humour", "laughed"))


def test_codings_overlap_and_are_resized(study: Study) -> None:
    study.open()
    study.code("she was allowed", "not b", ("Ann", "Not being told", "she was allowed"))
    box = study.code("allowed to see", "shared", ("Ann", "Shared experience", "allowed to see"))
    told, shared = study.wait_stripe(TOLD), study.wait_stripe(SHARED)
    assert told.right < shared.left or shared.right < told.left, "overlapping codings share a lane"

    middle = box.center[1]
    comma = study.look_for(", and")  # the box of the words behind: their first pixel is the coding's end
    study.desktop.press((comma.left, middle), (comma.right - 1, middle))
    study.desktop.wait_still()
    study.desktop.release()
    study.wait_said(("Ann", "Shared experience", "allowed to see, and"))
    study.desktop.key("alt+Left")
    study.wait_said(("Ann", "Shared experience", "allowed to see"))
    study.desktop.key("alt+shift+Right")
    study.wait_said(("Ann", "Shared experience", "to see"))
    study.desktop.key("alt+shift+Left", "alt+shift+Left")
    study.wait_said(("Ann", "Shared experience", "was allowed to see"))
    study.desktop.key("alt+Up")
    study.desktop.key("Delete")
    study.wait_only(("Ann", "Shared experience", "was allowed to see"))
    study.wait_no_stripe(TOLD)
    study.quit()


def test_drag_codes_to_words_and_words_to_codes(study: Study) -> None:
    study.open()
    words = study.select("laughed about")
    study.drag_and_drop(study.row(LAUGHING), words.center)
    study.wait_only(("Ann", "Laughing", "laughed about"))
    study.wait_stripe(LAUGHING)
    words = study.select("nobody told me")
    study.drag_and_drop(words.center, study.row(TOLD))
    study.wait_only(("Ann", "Laughing", "laughed about"), ("Ann", "Not being told", "nobody told me"))
    study.wait_stripe(TOLD)
    study.quit()


def test_codes_move_by_keys_and_drag(study: Study) -> None:
    study.open()
    study.desktop.click(study.row(SHARED))
    study.desktop.key("alt+shift+Up")
    study.wait_outline("Trust", "  Shared experience", "  Not being told", "Laughing")
    study.desktop.key("alt+shift+Left")
    study.wait_outline("Trust", "  Not being told", "Shared experience", "Laughing")
    study.drag_and_drop(study.row(LAUGHING), study.row(THEME))
    study.desktop.wait_menu()
    study.desktop.key("Home", "Return")  # "inside" comes first
    study.wait_outline("Trust", "  Not being told", "  Laughing", "Shared experience")
    theme, moved = study.row(THEME), study.row(LAUGHING)
    assert moved[0] > theme[0], "what lies inside is not indented"
    study.desktop.key("ctrl+z")
    study.wait_outline("Trust", "  Not being told", "Shared experience", "Laughing")
    study.quit()


def test_undo_and_redo_also_after_reopening(study: Study) -> None:
    study.open()
    first = ("Ann", "Laughing", "laughed about")
    second = ("Ann", "Not being told", "nobody told me")
    study.code("laughed about", "laughing", first)
    study.code("nobody told me", "not b", second)
    study.desktop.key("ctrl+z")
    study.wait_only(first)
    study.wait_no_stripe(TOLD)
    study.desktop.key("ctrl+shift+z")
    study.wait_only(first, second)
    study.wait_stripe(TOLD)
    study.quit()
    study.open()
    study.wait_stripe(LAUGHING)
    study.desktop.key("ctrl+z", "ctrl+z")
    study.wait_only()
    study.wait_no_stripe(LAUGHING)
    study.quit()
    study.open()
    study.desktop.key("ctrl+shift+z")
    study.wait_only(first)
    study.wait_stripe(LAUGHING)
    study.quit()


def test_coders_are_blind_until_they_ask(study: Study) -> None:
    study.open()
    study.code("laughed about", "laughing", ("Ann", "Laughing", "laughed about"))
    study.wait_stripe(LAUGHING)
    study.desktop.key("ctrl+shift+u")
    study.desktop.wait_menu()
    study.desktop.key("Down", "Return")
    study.wait_no_stripe(LAUGHING)
    study.code("nobody told me", "not b", ("Ben", "Not being told", "nobody told me"))
    study.wait_stripe(TOLD)
    assert study.stripes(LAUGHING) is None
    study.desktop.key("ctrl+shift+e")
    asks = study.desktop.wait_active("Before you look")  # a round, before the other's work is seen
    study.desktop.key("Return")
    study.desktop.wait_active("Small study", after=asks)
    study.wait_stripe(LAUGHING)
    study.desktop.key("ctrl+shift+e")
    study.wait_no_stripe(LAUGHING)
    study.quit()


def test_passages_wait_for_their_names(study: Study) -> None:
    study.open()
    study.select("laughed about")
    study.desktop.key("ctrl+h")
    study.wait_only(("Ann", "", "laughed about"))
    study.desktop.key("F7")
    study.desktop.type("laughing")
    study.desktop.key("Return")
    study.wait_only(("Ann", "Laughing", "laughed about"))
    study.quit()


def test_agreement_shows_the_numbers_and_the_passages_behind_them(both: Study) -> None:
    both.open()
    both.show("Agreement")
    told = json.loads(command("agreement", str(both.path), "--coders", "Ann", "Ben", "--json").stdout)
    overall = told["overall"]
    assert told["n_units"] == 3
    rows = {}

    def answered() -> bool:
        lines = [line.split("\t") for line in both.copied().splitlines()]
        rows.update({line[0]: line[1:] for line in lines})
        return "Code" in rows

    wait_for(answered, lambda: f"the table of agreement; copied was {rows}")
    assert "2 of 3" in rows["Code"]
    assert f"{100 * overall['agreement_coded']:.1f} %" in rows["Code"]
    assert f"{overall['pooled_kappa']:.3f}" in rows["Code"]
    assert f"{overall['alpha_nominal_sets']:.3f}" in rows["Code"]
    assert f"{100 * overall['marked_agreement']:.1f} %" in rows["Marked or not"]
    both.desktop.key("ctrl+shift+a", "Return")
    asks = both.desktop.wait_active("Before you look")  # a round, before the other's work is seen
    both.desktop.key("Return")
    both.desktop.wait_active("Small study", after=asks)
    wait_for(lambda: "Later we laughed" in both.copied(), lambda: f"passages; copied was {both.copied()}")
    both.quit()


def test_every_output_is_written_from_the_report_page(both: Study) -> None:
    both.open()
    both.show("Report")
    folder = both.path.parent
    for number, name in enumerate(OUTPUTS):
        both.desktop.key("Home", *["Down"] * number, "Return")
        asks = both.desktop.wait_active(DIALOGS.get(name, "Export"))
        both.desktop.wait_still()
        both.desktop.key("Return")
        both.desktop.wait_active("Small study", after=asks)
        wait_for((folder / name).exists, name)
        both.desktop.wait_color(WRITTEN, Box(300, 640, 1300, 767), least=2000)
    book = openpyxl.load_workbook(folder / "codebook.xlsx")
    cells = [cell for row in book.worksheets[0].iter_rows(values_only=True) for cell in row]
    assert {"Trust", "Not being told", "Laughing"} <= set(cells)
    quotes = docx.Document(str(folder / "quotes.docx"))
    assert any("nobody told me" in paragraph.text for paragraph in quotes.paragraphs)
    rows = openpyxl.load_workbook(folder / "quotes.xlsx").worksheets[0].iter_rows(values_only=True)
    assert any("laughed" in row for row in rows)
    assert openpyxl.load_workbook(folder / "agreement.xlsx").sheetnames
    assert [file.suffix for file in sorted((folder / "member-check").iterdir())] == [".docx"] * 2
    both.quit()
