"""A page with nothing but a codebook tree and its commands, for tests."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from coder_app.core.changes import Changes
from coder_app.core.codetree import Codebook
from coder_app.core.model import Level
from coder_app.project.project import Project
from coder_app.ui.actions import Action, ActionSet
from coder_app.ui.codebook.commands import CodebookCommands
from coder_app.ui.codebook.model import CodebookModel, Part
from coder_app.ui.codebook.table import CodebookActions, codebook_actions
from coder_app.ui.codebook.tree import CodebookTree
from coder_app.ui.context import Context
from coder_app.ui.page import Page
from coder_app.ui.settings import Settings
from coder_app.ui.work import Work


class Desk(CodebookActions, Page):
    """The tree as a page embeds it."""

    part = Part.ALL

    @classmethod
    def actions_table(cls) -> list[Action]:
        return codebook_actions("tree")

    @property
    def codebook_commands(self) -> CodebookCommands:
        return self.commands

    def build(self) -> None:
        self.tree = CodebookTree(self.ctx, self.part)
        self.commands = CodebookCommands(self.tree, self.ctx)
        QVBoxLayout(self).addWidget(self.tree)

    def refresh(self, changes: Changes) -> None:
        self.tree.refresh(changes)


class Listener:
    """Collects what a context tells people."""

    def __init__(self, ctx: Context) -> None:
        self.problems: list[str] = []
        ctx.problem.connect(self.problems.append)


def context(project: Project) -> Context:
    made = Context(Settings.load(), Work(inline=True))
    made.set_project(project)
    return made


def show(qtbot: QtBot, page: Page, width: int = 420, height: int = 640) -> None:
    """Bring a page up as the window does, with its shortcuts."""
    page.resize(width, height)
    page.come_up()
    qtbot.addWidget(page)
    page.actions_made = ActionSet(page.ctx, page.actions_table(), page, page)  # type: ignore[attr-defined]
    page.actions_made.refresh()  # type: ignore[attr-defined]
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()
    QApplication.processEvents()


def shortcut(qtbot: QtBot, page: Page, widget: QWidget, id: str) -> None:
    """Press the keys of a row of the table."""
    page.actions_made.refresh()  # type: ignore[attr-defined]
    sequence = page.actions_made[id].shortcut()  # type: ignore[attr-defined]
    qtbot.keySequence(widget, sequence)
    QApplication.processEvents()


def guid(project: Project, name: str) -> str:
    (found,) = project.codes.tree().named(name)
    return found.guid


def outline(book: Codebook) -> list[str]:
    """The codebook as indented names."""
    return ["  " * depth + book[guid].name for guid, depth in book.walk()]


def seen(model: CodebookModel) -> list[str]:
    """The names a tree shows, indented, read through the model."""
    found: list[str] = []

    def below(parent: object, depth: int) -> None:
        for row in range(model.rowCount(parent)):  # type: ignore[arg-type]
            index = model.index(row, 0, parent)  # type: ignore[arg-type]
            found.append("  " * depth + str(index.data()))
            below(index, depth + 1)

    from PySide6.QtCore import QModelIndex

    below(QModelIndex(), 0)
    return found


def fill(project: Project) -> None:
    """A study with two themes, a category each, and free codes."""
    codes = project.codes
    arriving = codes.add("Arriving", Level.CATEGORY, guid(project, "Trust"))
    codes.add("First week", parent=arriving)
    codes.add("Who signs", parent=arriving)
    other = codes.add("Money", Level.THEME)
    codes.add("Overtime", parent=other)
    for name in ("Guilt", "Keys", "Night shifts"):
        codes.add(name)


def drop(tree: CodebookTree, data: QMimeData, guid: str, where: str) -> bool:
    """Drag ``data`` with the mouse over the row of a node and let go above, on or below its middle."""
    view = tree.view
    area = view.visualRect(tree.model.index_of(guid))
    height = {"above": 1, "on": area.height() // 2, "below": area.height() - 2}[where]
    return drop_at(tree, data, QPoint(area.left() + 20, area.top() + height))


def drop_at(tree: CodebookTree, data: QMimeData, point: QPoint) -> bool:
    viewport, both = tree.view.viewport(), Qt.DropAction.MoveAction | Qt.DropAction.CopyAction
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(point, both, data, left, none)
    QApplication.sendEvent(viewport, enter)
    move = QDragMoveEvent(point, both, data, left, none)
    QApplication.sendEvent(viewport, move)
    if not move.isAccepted():
        return False
    event = QDropEvent(QPointF(point), both, data, left, none)
    QApplication.sendEvent(viewport, event)
    return True
