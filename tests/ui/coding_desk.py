"""The Code page in the real window, worked as a person works: by mouse, keys, drag and menus."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeySequence, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from coder_app.core.model import Coding
from coder_app.core.text import grapheme_bounds
from coder_app.project.project import Project
from coder_app.ui import theme
from coder_app.ui.coding.details_rows import CODER
from coder_app.ui.coding.page import CodePage
from coder_app.ui.colors import LIGHT
from coder_app.ui.context import Context
from coder_app.ui.icons import icons
from coder_app.ui.pages import PAGES
from coder_app.ui.settings import Settings
from coder_app.ui.transcript import CODE_MIME
from coder_app.ui.window import Window
from coder_app.ui.work import Work

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
CODING_PAGES = [spec for spec in PAGES if spec.key in ("transcripts", "code")]


def settle() -> None:
    """Let everything that was asked for happen."""
    for _ in range(3):
        QApplication.processEvents()


class CodingDesk:
    """A window over a project, on the Code page."""

    def __init__(self, project: Project, coder: str = "Ann", size: tuple[int, int] = (1366, 768)) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        if not app.styleSheet():
            theme.apply(app, LIGHT)
            icons.recolor(LIGHT)
        self.settings = Settings.load()
        self.ctx = Context(self.settings, Work(inline=True))
        self.window = Window(self.ctx, CODING_PAGES)
        self.ctx.setParent(self.window)
        self.ctx.work.setParent(self.ctx)
        self.messages: list[str] = []
        self.problems: list[str] = []
        self.ctx.message.connect(self.messages.append)
        self.ctx.problem.connect(self.problems.append)
        self.window.resize(*size)
        self.window.show()
        self.window.activateWindow()
        assert QTest.qWaitForWindowActive(self.window)
        self.project = project
        if not project.coders.chosen or project.coders.current.name != coder:
            project.coders.switch(project.coders.named(coder).guid)
        self.window.commands.take_over(project)
        # nobody is asked here whether to make a round before looking at the others' work
        self.ctx.looked.update((project.guid, who.guid) for who in project.coders.all())
        page = self.window.show_page("code")
        assert isinstance(page, CodePage)
        self.page = page
        settle()

    # Looking

    @property
    def text(self) -> str:
        assert self.page.transcript is not None
        return self.page.transcript.text

    def find(self, words: str, nth: int = 0) -> tuple[int, int]:
        """Where words stand in the transcript shown (code points)."""
        start = -1
        for _ in range(nth + 1):
            start = self.text.index(words, start + 1)
        return start, start + len(words)

    def on_disk(self, coder: str | None = None) -> list[tuple[str, str]]:
        """(words, code) of the codings in the project's file, read by another connection."""
        with Project.from_snapshot(self.project.path.read_bytes()) as copy:  # type: ignore[union-attr]
            tree = copy.codes.tree()
            who = None if coder is None else [copy.coders.named(coder).guid]
            found = []
            for coding in copy.codings.all(who):
                text = copy.documents.content(coding.document).text
                name = tree[coding.code].name if coding.code else ""
                found.append((text[coding.start : coding.end], name))
            return sorted(found)

    def painted(self) -> list[tuple[str, str]]:
        """(words, name beside the stripe) of what the transcript shows."""
        return sorted((self.text[h.start : h.end], h.name) for h in self.page.view.codings())

    def details(self) -> list[str]:
        """The rows of what is at the cursor."""
        rows = self.page.details.list
        if not rows.isVisible():
            return []
        items = [rows.item(row) for row in range(rows.count())]
        return [
            f"{item.text()}  –  {item.data(CODER)}" if item.data(CODER) else item.text() for item in items
        ]

    def chosen(self) -> Coding | None:
        return self.page.chosen_coding()

    def focus(self) -> QWidget | None:
        return QApplication.focusWidget()

    def scrolled(self) -> int:
        return self.page.view._pane.verticalScrollBar().value()

    def scroll_to(self, value: int) -> None:
        self.page.view._pane.verticalScrollBar().setValue(value)
        settle()

    # Mouse

    def rects(self, words: str, nth: int = 0) -> tuple[QPoint, QPoint]:
        """The edges of words on the screen: just inside the first and the last character."""
        start, end = self.find(words, nth)
        view = self.page.view
        view.scroll_to(start, end)
        settle()
        first = view.range_rects(*grapheme_bounds(self.text, start))[0]
        last = view.range_rects(*grapheme_bounds(self.text, end - 1))[-1]
        if self._leftwards(start, end):
            return QPoint(first.right() - 1, first.center().y()), QPoint(last.left() + 1, last.center().y())
        return QPoint(first.left() + 1, first.center().y()), QPoint(last.right() - 1, last.center().y())

    def _leftwards(self, start: int, end: int) -> bool:
        letters = [c for c in self.text[start:end] if c.isalpha()]
        return bool(letters) and all("\u0590" <= c <= "\u08ff" for c in letters)

    def sweep(self, words: str, nth: int = 0) -> None:
        """Select words by dragging the mouse over them."""
        begin, end = self.rects(words, nth)
        viewport = self.page.view.viewport()
        QTest.mousePress(viewport, LEFT, NONE, begin)
        for point in ((begin + end) / 2, end):
            move = QMouseEvent(
                QEvent.Type.MouseMove,
                QPointF(point),
                QPointF(viewport.mapToGlobal(point)),
                Qt.MouseButton.NoButton,
                LEFT,
                NONE,
            )
            QApplication.sendEvent(viewport, move)
        QTest.mouseRelease(viewport, LEFT, NONE, end)
        settle()

    def click(self, words: str, nth: int = 0) -> None:
        """Click into the middle of words."""
        start, end = self.find(words, nth)
        self.page.view.scroll_to(start, end)
        settle()
        box = self.page.view.range_rects(*grapheme_bounds(self.text, (start + end) // 2))[0]
        QTest.mouseClick(self.page.view.viewport(), LEFT, NONE, box.center())
        settle()

    def drop_code(self, name: str, words: str) -> bool:
        """Drag a code over words and let go."""
        (code,) = self.project.codes.tree().named(name)
        data = self.page.tree.model.mimeData([self.page.tree.model.index_of(code.guid)])
        assert data.hasFormat(CODE_MIME)
        start, end = self.find(words)
        point = self.page.view.range_rects(*grapheme_bounds(self.text, (start + end) // 2))[0].center()
        return drop(self.page.view.viewport(), data, point)

    def drop_passage(self, name: str) -> bool:
        """Drag the selected words over a code of the tree and let go."""
        data = self.page.view._pane.createMimeDataFromSelection()
        (code,) = self.project.codes.tree().named(name)
        view = self.page.tree.view
        area = view.visualRect(self.page.tree.model.index_of(code.guid))
        return drop(view.viewport(), data, area.center())

    # Keys

    def keys(self, *sequences: str) -> None:
        """Press keys where the focus is: “Ctrl+H”, “Return” ..."""
        for sequence in sequences:
            focus = self.focus() or self.window
            chord = QKeySequence(sequence)[0]
            QTest.keyClick(focus, chord.key(), chord.keyboardModifiers())
            settle()

    def type(self, text: str) -> None:
        for letter in text:
            QTest.keyClicks(self.focus() or self.window, letter)
            settle()

    def menu(self, words: str) -> QMenu:
        """The menu of the right mouse button on words."""
        start, end = self.find(words)
        box = self.page.view.range_rects(*grapheme_bounds(self.text, (start + end) // 2))[0]
        point = box.center()
        viewport = self.page.view.viewport()
        from PySide6.QtGui import QContextMenuEvent

        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, viewport.mapToGlobal(point))
        QApplication.sendEvent(viewport, event)
        settle()
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        return menu

    def close(self) -> None:
        self.window.close()
        settle()


def choose(menu: QMenu, text: str) -> None:
    """Choose a row of an open menu by its text."""
    for action in menu.actions():
        if action.text().replace("&", "").split("\t")[0] == text:
            assert action.isEnabled(), text
            action.trigger()
            menu.close()
            settle()
            return
    raise AssertionError(f"no {text} in {[action.text() for action in menu.actions()]}")


def drop(target: QWidget, data: QMimeData, point: QPoint) -> bool:
    """Hold something over a place and let go; False where it is not taken."""
    both = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction
    QApplication.sendEvent(target, QDragEnterEvent(point, both, data, LEFT, NONE))
    move = QDragMoveEvent(point, both, data, LEFT, NONE)
    QApplication.sendEvent(target, move)
    if not move.isAccepted():
        return False
    QApplication.sendEvent(target, QDropEvent(QPointF(point), both, data, LEFT, NONE))
    settle()
    return True


def unmoved(desk: CodingDesk, action: Callable[[], object]) -> None:
    """Do something and prove that the page has not scrolled and the focus is where it was."""
    focus, value, place = desk.focus(), desk.scrolled(), desk.page.view.place()
    action()
    settle()
    assert desk.focus() is focus
    assert desk.scrolled() == value
    assert desk.page.view.place() == place


def reopened(path: Path, coder: str, size: tuple[int, int] = (1366, 768)) -> CodingDesk:
    """The project in a new window of a new start of the program."""
    return CodingDesk(Project.open(path, coder=coder), coder, size)
