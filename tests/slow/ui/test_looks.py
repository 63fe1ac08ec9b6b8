"""Nothing covers, cuts or tints what is to be read: lists, chips, rows, columns, boxes, memos."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QIcon, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from ui.coding_desk import CodingDesk

from coder_app.project.project import Project
from coder_app.ui import theme
from coder_app.ui.codebook.entry import swatch
from coder_app.ui.colors import LIGHT
from coder_app.ui.context import Context
from coder_app.ui.memos.editor import MemoEditor
from coder_app.ui.settings import Settings
from coder_app.ui.transcripts.page import TranscriptsPage
from coder_app.ui.transcripts.participants_panel import LEAST, NARROW, WIDEST, fitting
from coder_app.ui.widgets.choice import Choice
from coder_app.ui.work import Work

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def desk(qtbot: QtBot, project: Project) -> Iterator[CodingDesk]:
    made = CodingDesk(project)
    yield made
    made.close()


@pytest.fixture
def dressed() -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, LIGHT)


def on_screen(widget: QWidget) -> QRect:
    return QRect(widget.mapToGlobal(QPoint(0, 0)), widget.size())


@pytest.mark.parametrize("height", [768, 420])
def test_the_list_of_codes_leaves_field_and_hint_free(desk: CodingDesk, height: int) -> None:
    desk.window.resize(1366, height)
    desk.sweep("nobody told me")
    desk.type("n")
    popup, shown = desk.page.popup, desk.page.popup.line.popup
    assert shown.isVisible()
    assert shown.model().rowCount() >= 1
    assert not on_screen(shown).intersects(on_screen(popup))
    desk.keys("Return")
    assert desk.on_disk() == [("nobody told me", "Not being told")]


def test_one_escape_leaves_list_and_field(desk: CodingDesk) -> None:
    desk.page.view.setFocus()
    desk.sweep("nobody told me")
    desk.type("n")
    shown = desk.page.popup.line.popup
    assert shown.isVisible()
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert not shown.isVisible()
    assert desk.page.popup.isHidden()
    assert desk.on_disk() == []
    start, end = desk.page.view.selection()
    assert desk.text[start:end] == "nobody told me"
    assert desk.page.view.isAncestorOf(desk.focus())


def test_a_chosen_chip_keeps_its_colour(desk: CodingDesk) -> None:
    icon = swatch("#c05a1f", "#000000")
    usual, chosen = (icon.pixmap(QSize(14, 14), mode) for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected))
    assert usual.toImage() == chosen.toImage()
    desk.sweep("nobody told me")
    desk.type("n")
    shown = desk.page.popup.line.popup
    index = shown.currentIndex()
    (code,) = desk.project.codes.tree().named(index.data(Qt.ItemDataRole.EditRole))
    row = shown.viewport().grab(shown.visualRect(index)).toImage()
    colours = {row.pixelColor(x, row.height() // 2).name() for x in range(30)}
    assert code.color in colours


def test_walking_shows_the_code_and_its_quotes(desk: CodingDesk) -> None:
    project = desk.project
    tree = project.codes.tree()
    (told,), (shared,), (trust,) = (tree.named(n) for n in ("Not being told", "Shared experience", "Trust"))
    assert desk.page.transcript is not None
    document = desk.page.transcript.document.guid
    for words, code in (("Strange", told), ("nobody told me", shared)):
        desk.ctx.run(project.codings.apply, document, *desk.find(words), code.guid)
    desk.page.view.set_selected(None)
    desk.page.view.select(0, 0)
    desk.page.view.setFocus()
    for keys, code in (("Alt+Down", told), ("Alt+Down", shared), ("Alt+Up", told)):
        desk.page.tree.select(trust.guid)
        desk.page.view.setFocus()
        desk.keys(keys)
        assert desk.page.tree.current() == code.guid
        assert desk.page.quotes.node == code.guid


def test_a_chosen_row_is_flat_with_a_ring(qtbot: QtBot, project: Project, dressed: None) -> None:
    ctx = Context(Settings(), Work(inline=True))
    ctx.set_project(project)
    page = TranscriptsPage(ctx)
    qtbot.addWidget(page)
    page.resize(1200, 600)
    page.come_up()
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.list.setFocus()
    QApplication.processEvents()
    assert page.list.currentIndex().isValid()
    row = page.list.visualRect(page.list.currentIndex())
    picture = page.list.viewport().grab(QRect(0, row.top(), 4, row.height())).toImage()
    column = [picture.pixelColor(3, y).name() for y in range(1, picture.height() - 2)]
    assert set(column) == {LIGHT.accent_soft}
    assert picture.pixelColor(3, 0).name() == LIGHT.focus


def test_a_memo_follows_the_direction_of_its_words(qtbot: QtBot, dressed: None) -> None:
    editor = MemoEditor()
    qtbot.addWidget(editor)
    editor.resize(400, 100)
    editor.show()
    editor.put("זה מה שהיא אמרה\nand then nothing")
    QApplication.processEvents()
    hebrew, english = QTextCursor(editor.document()), QTextCursor(editor.document())
    english.movePosition(QTextCursor.MoveOperation.NextBlock)
    assert editor.cursorRect(hebrew).x() > 360
    assert editor.cursorRect(english).x() < 20
    assert editor.text == "זה מה שהיא אמרה\nand then nothing"


def test_a_memo_is_as_high_as_its_words(qtbot: QtBot, dressed: None) -> None:
    editor = MemoEditor()
    qtbot.addWidget(editor)
    editor.setFixedWidth(220)
    editor.show()
    editor.put("It began slowly. " * 12)
    QApplication.processEvents()
    low = editor.height()
    assert editor.document().size().height() <= editor.viewport().height()
    assert not editor.verticalScrollBar().isVisible()
    assert editor.verticalScrollBar().maximum() == 0
    editor.put("It began slowly. " * 120)
    QApplication.processEvents()
    assert low < editor.height() < editor.document().size().height()
    assert editor.verticalScrollBar().maximum() > 0


def test_a_box_ends_a_long_name_in_dots(qtbot: QtBot, dressed: None) -> None:
    box = Choice()
    qtbot.addWidget(box)
    box.addItems(["Ann", "A name that is much longer than this box"])
    box.setFixedWidth(120)
    box.show()
    assert box.shown_text() == "Ann"
    box.setCurrentIndex(1)
    assert box.shown_text().endswith("…")
    assert box.fontMetrics().horizontalAdvance(box.shown_text()) < 95
    before = box.grab().toImage()
    box.setItemText(1, box.shown_text())
    assert box.grab().toImage() == before
    box.setPlaceholderText("Different")
    box.setCurrentIndex(-1)
    assert box.shown_text() == "Different"


@pytest.mark.parametrize(
    ("hints", "room", "widths"),
    [
        ([100, 80], 400, [100, 300]),
        ([20, 500], 304, [LEAST, WIDEST]),
        ([100, 200, 240], 400, [100, 150, 150]),
        ([240, 240, 240], 100, [NARROW] * 3),
        ([], 100, []),
    ],
)
def test_columns_share_the_room(hints: list[int], room: int, widths: list[int]) -> None:
    assert fitting(hints, room) == widths
