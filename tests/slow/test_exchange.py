"""Two coders work apart in blind copies of the sample study and exchange them through a third, by the
command line and by the window: everybody ends with the same study, whichever way it came together."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox
from pytestqt.qtbot import QtBot

from coder_app.cli import main
from coder_app.core.model import MemoTarget
from coder_app.formats.sample import CODERS, build_sample
from coder_app.project.project import Project
from coder_app.ui import theme
from coder_app.ui.colors import LIGHT
from coder_app.ui.context import Context
from coder_app.ui.pages import PAGES
from coder_app.ui.settings import Settings
from coder_app.ui.sharing.brought_dialog import BroughtDialog
from coder_app.ui.sharing.merge_dialog import PreviewDialog
from coder_app.ui.window import Window
from coder_app.ui.work import Work

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
PATIENCE_MS = 60_000
THIRD = "Zoe Third"

Coded = tuple[str, str, int, int, str]
"""Coder, transcript, place, name of the code."""


def coded(project: Project) -> list[Coded]:
    """What is coded, with names in the place of GUIDs."""
    names, tree = project.coders.names(), project.codes.tree()
    return sorted(
        (names[c.coder], c.document, c.start, c.end, tree[c.code].name if c.code else "")
        for c in project.codings.all()
    )


def fingerprint(path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """Of a file that is whole."""
    capsys.readouterr()
    assert main(["check", str(path), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["ok"]
    return str(found["fingerprint"])


class Exchange:
    """The files of three people: two coders, and a third who coordinates."""

    def __init__(self, folder: Path, study: Path) -> None:
        self.study = study
        self.files = {name: folder / f"{name}.coder" for name in (*CODERS, THIRD)}
        for name, path in self.files.items():
            assert main(["copy", str(study), str(path), "--blind-for", name]) == 0

    def code(self) -> list[Coded]:
        """Each of the two does in her copy what she did in the sample study; what was coded there."""
        with Project.open(self.study, read_only=True) as project:
            work = {name: project.codings.all([project.coders.named(name).guid]) for name in CODERS}
            before = coded(project)
            tree = project.codes.tree()
            shared = next(guid for guid, _ in tree.walk() if not tree.children(guid))
        for name, codings in work.items():
            with Project.open(self.files[name], coder=name) as copy:
                for coding in codings:
                    if coding.code is None:
                        copy.codings.mark(coding.document, coding.start, coding.end)
                    else:
                        copy.codings.apply(coding.document, coding.start, coding.end, coding.code)
                copy.codes.define(shared, "short", f"What {name} means by it")
                copy.codes.add("Found on the way")
                copy.memos.add(MemoTarget.DOCUMENT, copy.documents.all()[0].guid, f"A thought of {name}")
        return before

    def to(self, folder: Path) -> dict[str, Path]:
        """The three files once more, elsewhere."""
        folder.mkdir()
        return {name: Path(shutil.copy(path, folder)) for name, path in self.files.items()}


class Hands:
    """Agrees to whatever is previewed and closes the report; the window works on in between."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.reports = 0
        self._timer = QTimer(window, interval=20)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        dialog = QApplication.activeModalWidget()
        button = None
        if isinstance(dialog, PreviewDialog):
            assert dialog.is_news
            button = dialog.accept_button
        elif isinstance(dialog, BroughtDialog):
            self.reports += 1
            button = dialog.buttons.button(QDialogButtonBox.StandardButton.Close)
        if button is not None:
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def bring_in(self, qtbot: QtBot, path: Path, coder: str, others: list[Path]) -> None:
        """Open a project and drop others' files on the window."""
        before = self.reports
        assert self.window.commands.open_path(path, coder)
        self.window.take_files(others)
        qtbot.waitUntil(lambda: self.reports > before, timeout=PATIENCE_MS)
        self.window.commands.close_project()


@pytest.fixture
def hands(qtbot: QtBot) -> Hands:
    """The window with its true pages and true threads."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, LIGHT)
    ctx = Context(Settings(), Work())
    window = Window(ctx, PAGES)
    ctx.setParent(window)
    qtbot.addWidget(window)
    window.show()
    return Hands(window)


def merge(path: Path, *others: Path) -> None:
    assert main(["merge", str(path), *map(str, others)]) == 0


def test_an_exchange_through_a_third_ends_alike_everywhere(
    qtbot: QtBot, hands: Hands, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    study = tmp_path / "study.coder"
    build_sample(study)
    exchange = Exchange(tmp_path, study)
    for name, other in (CODERS, reversed(CODERS)):
        assert other.encode() not in exchange.files[name].read_bytes()
    before = exchange.code()
    one, two = CODERS
    by_line, by_window = exchange.to(tmp_path / "line"), exchange.to(tmp_path / "window")

    merge(by_line[THIRD], by_line[one], by_line[two])
    merge(by_line[one], by_line[THIRD])
    merge(by_line[two], by_line[THIRD])

    hands.bring_in(qtbot, by_window[THIRD], THIRD, [by_window[two]])  # the other way round
    hands.bring_in(qtbot, by_window[THIRD], THIRD, [by_window[one]])
    hands.bring_in(qtbot, by_window[two], two, [by_window[THIRD]])
    hands.bring_in(qtbot, by_window[one], one, [by_window[THIRD]])
    assert hands.reports == 4

    ends = {fingerprint(path, capsys) for path in (*by_line.values(), *by_window.values())}
    assert len(ends) == 1
    for path in (by_line[THIRD], by_window[one]):
        with Project.open(path, read_only=True) as project:
            assert coded(project) == before
            assert len(project.codes.tree().named("Found on the way")) == 2
            assert sorted(memo.text for memo in project.memos.all()) == [
                f"A thought of {name}" for name in sorted(CODERS)
            ]
    with Project.open(by_line[THIRD], read_only=True) as project:
        told = [
            (conflict.ours, conflict.theirs)
            for report in project.merging.reports()
            for conflict in report.conflicts
        ]
        assert told == [(f"“What {one} means by it”", f"“What {two} means by it”")]

    merge(study, by_line[two], by_line[one])  # where it all came from, by its own history and theirs
    hands.bring_in(qtbot, by_window[two], two, [study])
    merge(by_line[one], study)
    assert (
        fingerprint(by_window[two], capsys) == fingerprint(by_line[one], capsys) == fingerprint(study, capsys)
    )
