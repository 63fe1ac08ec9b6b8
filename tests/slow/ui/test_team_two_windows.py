"""Two windows at work on two copies of a study, with threads and timers as they are, sharing a folder."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot
from ui.shell import make_window

from coder_app.project import team
from coder_app.project.checking import check, fingerprint
from coder_app.project.project import Project
from coder_app.ui.sharing import team_desk, team_jobs
from coder_app.ui.window import Window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

WAIT_MS = 20_000


@pytest.fixture
def windows(
    qtbot: QtBot, project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Window, Window]]:
    """Ann's and Ben's."""
    for name, short in (("PAUSE_MS", 150), ("BETWEEN_LOOKS_MS", 200), ("FIRST_LOOK_MS", 50)):
        monkeypatch.setattr(team_desk, name, short)
    own = project.path
    assert own is not None
    project.close()
    copy = Path(shutil.copy(own, tmp_path / "ben.coder"))
    made = []
    for path, coder in ((own, "Ann"), (copy, "Ben")):
        monkeypatch.setenv("CODER_APP_HOME", str(tmp_path / f"home of {coder}"))
        window = make_window(coder_name=coder)
        window.ctx.work.inline = False
        qtbot.addWidget(window)
        assert window.commands.open_path(path, coder)
        made.append(window)
    yield made[0], made[1]
    for window in made:
        window.close()
    team_jobs.finish(10)


def apply(window: Window, times: int) -> None:
    project = window.ctx.project
    document, code = project.documents.all()[0].guid, project.codes.tree().named("Not being told")[0].guid
    first = len(project.codings.all())
    for start in range(first, first + times):
        ok, _ = window.ctx.run(project.codings.apply, document, start, start + 4, code)
        assert ok
        QTest.qWait(5)


def agree_when_asked(is_over: Callable[[], bool]) -> None:
    def look() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            box.buttons()[0].click()
        if not is_over():
            QTimer.singleShot(20, look)

    look()


def bring_in(qtbot: QtBot, window: Window, codings: int) -> None:
    def is_in() -> bool:
        return len(window.ctx.project.codings.all()) == codings

    QTimer.singleShot(0, lambda: agree_when_asked(is_in))
    window.actions_set.trigger("team_bring_in")
    qtbot.waitUntil(is_in, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not window.news.isVisible(), timeout=WAIT_MS)


def test_both_publish_notice_and_bring_in_until_they_hold_the_same(
    qtbot: QtBot, windows: tuple[Window, Window], tmp_path: Path
) -> None:
    folder = tmp_path / "synced"
    folder.mkdir()
    ann, ben = windows
    for window, coder in ((ann, "Ann"), (ben, "Ben")):
        window.commands.team.set_up(folder, team.new_name(folder, "Small study", coder))
    qtbot.waitUntil(lambda: len(list(folder.glob("*.coder"))) == 2, timeout=WAIT_MS)
    apply(ann, 3)
    apply(ben, 4)
    qtbot.waitUntil(lambda: ann.news.text == "Ben has 4 new codings.", timeout=WAIT_MS)
    qtbot.waitUntil(lambda: ben.news.text == "Ann has 3 new codings.", timeout=WAIT_MS)
    bring_in(qtbot, ann, 7)
    bring_in(qtbot, ben, 7)
    apply(ann, 1)  # while the other still looks
    qtbot.waitUntil(lambda: ben.news.isVisible() and "1 new coding" in ben.news.text, timeout=WAIT_MS)
    bring_in(qtbot, ben, 8)
    assert check(ann.ctx.project).problems == check(ben.ctx.project).problems == ()
    assert fingerprint(ann.ctx.project) == fingerprint(ben.ctx.project)

    own = folder / ben.commands.team.own_name
    ben.ctx.run(ben.ctx.project.codes.add, "The last of the day")
    ben.commands.close_project()
    team_jobs.finish(10)
    with Project.open(own) as copy:
        assert copy.codes.tree().named("The last of the day")
        assert check(copy).problems == ()
    qtbot.waitUntil(lambda: "1 new code" in ann.news.text, timeout=WAIT_MS)
    assert {path.suffix for path in folder.iterdir()} == {".coder"}
    assert len(list(folder.iterdir())) == 2
