"""At 200 % on a laptop (683 x 384 pixels and the panels of the desktop) everything can still be reached."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from coder_app.project.merge_report import Alike, Conflict, MergeReport, New
from coder_app.project.project import Project
from coder_app.ui import theme
from coder_app.ui.colors import LIGHT
from coder_app.ui.context import Context
from coder_app.ui.pages import PAGES
from coder_app.ui.settings import Settings
from coder_app.ui.sharing.brought_dialog import BroughtDialog
from coder_app.ui.sharing.jobs import Previewed
from coder_app.ui.sharing.merge_dialog import PreviewDialog
from coder_app.ui.transcripts.import_dialog import ImportDialog
from coder_app.ui.transcripts.page import TranscriptsPage
from coder_app.ui.window import SMALLEST, Window
from coder_app.ui.work import Work

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
SMALL = (683, 304)


@pytest.fixture
def window(qtbot: QtBot, project: Project) -> Iterator[Window]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, LIGHT)
    ctx = Context(Settings(), Work(inline=True))
    made = Window(ctx, PAGES)
    ctx.setParent(made)
    qtbot.addWidget(made)
    made.resize(*SMALL)
    made.show()
    ctx.set_project(project)
    QApplication.processEvents()
    yield made
    ctx.close_project()


def place(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


@pytest.mark.parametrize("key", ["transcripts", "code", "themes"])
def test_each_page_fits(window: Window, key: str) -> None:
    page = window.show_page(key)
    assert page is not None
    room = window.stack.size()
    assert window.size().toTuple() == SMALL
    assert page.minimumSizeHint().height() <= room.height()
    assert page.minimumSizeHint().width() <= room.width() - (SMALL[0] - SMALLEST[0])


def test_an_empty_project_fits(qtbot: QtBot, tmp_path: Path, window: Window) -> None:
    window.ctx.set_project(Project.create(tmp_path / "empty.coder", "Empty", "Ann"))
    page = window.show_page("transcripts")
    assert isinstance(page, TranscriptsPage)
    assert page.minimumSizeHint().height() <= window.stack.height()
    for shown in (page.import_first, page.drop_area):
        assert window.rect().contains(place(shown, window))


def test_the_details_scroll_instead_of_overlapping(qtbot: QtBot, window: Window) -> None:
    page = window.show_page("transcripts")
    assert isinstance(page, TranscriptsPage)
    details = page.details
    parts = [details.title, details.facts, details.open, details.grid, details.speakers, details.memos]
    places = [place(part, details.card) for part in parts]
    for above, below in pairwise(places):
        assert above.bottom() < below.top()
    assert min(place.height() for place in places) >= 16
    assert places[-1].top() > details.card.height()
    details.speakers.setFocus()
    QApplication.processEvents()
    assert details.card.rect().contains(place(details.speakers, details.card).center())


def test_the_title_of_a_transcript_keeps_room(window: Window) -> None:
    page = window.show_page("transcripts")
    assert isinstance(page, TranscriptsPage)
    assert page.list.columnWidth(0) >= 140
    window.resize(1366, 768)
    QApplication.processEvents()
    head = page.list.header()
    assert sum(head.sectionSize(column) for column in range(head.count())) == page.list.viewport().width()


def test_menus_without_room_are_behind_a_button_that_shows(qtbot: QtBot, window: Window) -> None:
    window.show_page("transcripts")
    QApplication.processEvents()
    more = window.menus.bar.more
    assert more.isVisible()
    assert more.width() >= 24
    assert not more.icon().isNull()
    assert more.accessibleName() == "More menus"
    assert window.menus.bar.rect().contains(more.geometry())
    picture = more.grab().toImage()
    assert len({picture.pixelColor(x, picture.height() // 2).name() for x in range(picture.width())}) > 1
    hidden = more.menu()
    assert hidden is not None
    assert "&Help" in [action.text() for action in hidden.actions()]


def test_the_keys_of_hidden_menus_still_open_them(qtbot: QtBot, window: Window) -> None:
    window.show_page("transcripts")
    window.activateWindow()
    QApplication.processEvents()
    qtbot.keyClick(window, Qt.Key.Key_H, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, QMenu)
    while QApplication.activePopupWidget() is not None:
        QApplication.activePopupWidget().close()


def test_the_switch_of_colours_gives_way_in_the_rail(window: Window) -> None:
    assert not window.rail.theme.isVisible()
    assert window.rail.rect().contains(place(window.rail.coder, window.rail))
    window.resize(800, 400)
    QApplication.processEvents()
    assert window.rail.theme.isVisible()


def test_the_import_scrolls(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_text("\n\n".join(f"Speaker {n % 9}: Words are said here." for n in range(30)))
    dialog = ImportDialog(window.ctx, [path], window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.open()
    assert dialog.minimumSizeHint().height() < 260
    assert dialog.minimumSizeHint().width() <= 640
    dialog.resize(640, 280)
    QApplication.processEvents()
    assert dialog.rect().contains(place(dialog.go, dialog))
    table = dialog.pane.table
    assert table.height() >= 90
    table.setFocus()
    QApplication.processEvents()
    middle = place(table, dialog).center()
    assert middle.y() < dialog.go.mapTo(dialog, QPoint(0, 0)).y()


def test_the_report_on_a_merge_fits(qtbot: QtBot, window: Window) -> None:
    long = "Words" * 60
    report = MergeReport(
        f"{long}.coder",
        1,
        (New(long, (("coding", 4),)),),
        (Conflict("code", "x", "short", long, long, long, long, long, 0, 0, True, "x"),),
        alike=(Alike("code", long, "a", "b"),),
        guid="kept",
        backup="somewhere",
    )
    dialogs = [
        BroughtDialog(window, window.ctx, [[report]]),
        BroughtDialog(window, window.ctx, [[report], [report]]),
        PreviewDialog(window, window.ctx, Previewed((report,), {}), ()),
    ]
    for dialog in dialogs:
        qtbot.addWidget(dialog)
        dialog.show()
        QApplication.processEvents()
        assert dialog.minimumSizeHint().height() <= SMALL[1]
        assert dialog.minimumSizeHint().width() <= SMALL[0] - 20
        dialog.resize(SMALL[0] - 20, SMALL[1])
        QApplication.processEvents()
        assert dialog.list.height() >= 60
        assert dialog.rect().contains(place(dialog.buttons, dialog))
