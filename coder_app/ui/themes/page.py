"""The Themes page: codes without a place, the tree they go into, and what stands behind each node."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from coder_app.core.changes import Changes
from coder_app.core.model import Level
from coder_app.ui.actions import Action
from coder_app.ui.codebook.commands import CodebookCommands
from coder_app.ui.codebook.definition import DefinitionPanel
from coder_app.ui.codebook.menus import add, new_menu
from coder_app.ui.codebook.model import Part
from coder_app.ui.codebook.table import CodebookActions, codebook_actions
from coder_app.ui.codebook.tree import CodebookTree
from coder_app.ui.codebook.wording import counted, in_menu
from coder_app.ui.page import Page
from coder_app.ui.retrieval.table import QuoteActions, quote_actions
from coder_app.ui.retrieval.view import QuotesView
from coder_app.ui.widgets.parts import EmptyState, button, label, tool
from coder_app.ui.widgets.scrolled import Scrolled
from coder_app.ui.widgets.splitters import remember

NARROW = 960
"""Pixels below which the two trees stand over each other (a laptop at 200 %)."""


class ThemesPage(CodebookActions, QuoteActions, Page):
    """Two trees with one choice between them; definition and quotes follow it."""

    key = "themes"

    @classmethod
    def actions_table(cls) -> list[Action]:
        return [*codebook_actions("boards"), *quote_actions("quotes")]

    # Making

    def build(self) -> None:
        self.free = CodebookTree(self.ctx, Part.FREE)
        self.tree = CodebookTree(self.ctx, Part.PLACED)
        self.commands = {tree: CodebookCommands(tree, self.ctx) for tree in (self.free, self.tree)}
        self.active = self.tree
        """The tree that was worked in last."""
        self._refreshing = False
        self.definition = DefinitionPanel(self.ctx)
        self.quotes = QuotesView(self.ctx)
        self._lay_out()
        for tree in (self.free, self.tree):
            tree.codeChosen.connect(lambda guid, tree=tree: self._chosen(tree, guid))
            tree.selectionChanged.connect(self.update_actions)
            tree.codeActivated.connect(lambda _: self.definition.name.setFocus())
            tree.filterReturnPressed.connect(tree.view.setFocus)
        self.quotes.selectionChanged.connect(self.update_actions)
        self.ctx.codeSelected.connect(self._show)

    def _lay_out(self) -> None:
        self.free_title = label("", "heading")
        self.tree_title = label(self.tr("Themes"), "heading")
        self.new_free = tool("plus", self.tr("New code"), lambda: self._new(self.free, Level.CODE))
        self.new_node = tool("plus", self.tr("New subcategory, category or theme"), self._new_menu)
        self.free.view.setAccessibleName(self.tr("Codes without a place"))
        self.tree.view.setAccessibleName(self.tr("Subcategories, categories and themes"))
        # what is outside is put in place first: Qt dresses all that is in a widget wherever that is put
        self.pages = QStackedWidget()
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self.pages)
        self.whole = QSplitter(Qt.Orientation.Horizontal)
        self.pages.addWidget(self.whole)
        self.boards = QSplitter(Qt.Orientation.Horizontal)
        self.whole.addWidget(Scrolled(self.boards))
        self.right = QSplitter(Qt.Orientation.Vertical)
        self.whole.addWidget(self.right)
        above, behind = QWidget(), QWidget()
        self.right.addWidget(above)
        self.right.addWidget(behind)
        self.free_column = _column(self.boards, self.free_title, self.new_free, self.free)
        self.tree_column = _column(self.boards, self.tree_title, self.new_node, self.tree)
        self.boards.setSizes([260, 470])
        self.boards.setStretchFactor(1, 1)
        inner = QVBoxLayout(above)
        inner.setContentsMargins(4, 12, 12, 2)
        inner.addWidget(self.definition)
        below = QVBoxLayout(behind)
        below.setContentsMargins(4, 4, 12, 12)
        below.addWidget(self.quotes)
        self.right.setSizes([380, 300])
        self.whole.setSizes([730, 520])
        self.whole.setStretchFactor(0, 1)
        self.whole.setStretchFactor(1, 1)
        for splitter in (self.boards, self.right, self.whole):
            splitter.setChildrenCollapsible(False)
        splitters = {"themes/boards": self.boards, "themes/right": self.right, "themes/whole": self.whole}
        remember(self.ctx, splitters)
        self.empty = EmptyState(
            "themes",
            self.tr("Nothing to group yet"),
            self.tr("Code some transcripts first: the codes gather here, to be put into themes."),
        )
        self.empty.add_button(
            button(self.tr("Go to Code"), lambda: self.ctx.pageWanted.emit("code"), kind="primary")
        )
        self.empty.add_button(
            button(self.tr("Make a theme now"), lambda: self._new(self.tree, Level.THEME), kind="flat")
        ).setVisible(self.ctx.writable)
        self.pages.addWidget(self.empty)
        self._fit()

    def _fit(self) -> None:
        """Trees side by side where there is room, else over each other."""
        narrow = self.width() < NARROW
        wanted = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        if self.boards.orientation() != wanted:
            self.boards.setOrientation(wanted)
            self.boards.setSizes([130, 190] if narrow else [260, 470])
        self.free.view.setHeaderHidden(narrow)
        self.free_column.setContentsMargins(12, 8 if narrow else 12, 4, 4 if narrow else 12)
        self.tree_column.setContentsMargins(12 if narrow else 4, 4 if narrow else 12, 4, 12)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.built:
            self._fit()

    # Page

    def refresh(self, changes: Changes) -> None:
        codes = self.ctx.project.codes.tree()
        self.pages.setCurrentWidget(self.whole if len(codes) else self.empty)
        node = self.definition.node
        self._refreshing = True
        for tree in (self.free, self.tree):
            tree.refresh(changes)
        self._refreshing = False
        self.definition.refresh(changes)
        self.quotes.refresh(changes)
        self._show_titles()
        if node in codes:
            self._follow(node)
        else:
            self._chosen(self.active, self.active.current())

    def retheme(self) -> None:
        for widget in (self.free, self.tree, self.definition, self.quotes):
            widget.retheme()

    def enter(self) -> None:
        codes = self.ctx.project.codes.tree()
        node = self.ctx.code if self.ctx.code in codes else self.definition.node or self.active.current()
        if node in codes:
            self._show(node)
        self.active.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        self.definition.flush()

    def _show_titles(self) -> None:
        number = len(self.ctx.project.codes.tree().free())
        self.free_title.setText(
            counted(number, self.tr("{n} free code"), self.tr("{n} free codes"))
            if number
            else self.tr("Free codes")
        )
        for widget in (self.new_free, self.new_node):
            widget.setEnabled(self.ctx.writable)

    # One choice for both trees

    @property
    def codebook_commands(self) -> CodebookCommands:
        return self.commands[self.active]

    def _chosen(self, tree: CodebookTree, guid: str) -> None:
        """A node was chosen in one of the trees."""
        if self._refreshing:
            return
        other = self.tree if tree is self.free else self.free
        if not guid:
            if tree is self.active:
                self._show_node("")
            return
        self.active = tree
        other.clear_choice()
        self._show_node(guid)
        self.ctx.select_code(guid)

    def _show(self, guid: str) -> None:
        """Show a node chosen elsewhere."""
        if guid in self.ctx.project.codes.tree() and guid != self.active.current():
            self._home(guid).select(guid)
        elif guid and guid == self.active.current():
            self._show_node(guid)

    def _home(self, guid: str) -> CodebookTree:
        """The tree in which a node stands."""
        free = guid in self.ctx.project.codes.tree().free()
        return self.free if free else self.tree

    def _follow(self, guid: str) -> None:
        """A node that went from one tree to the other stays the chosen one."""
        home = self._home(guid)
        if home is not self.active or home.current() != guid:
            home.select(guid)

    def _show_node(self, guid: str) -> None:
        self.definition.show_node(guid)
        self.quotes.show_node(guid)
        self.update_actions()

    # Making nodes

    def _new(self, tree: CodebookTree, level: Level) -> None:
        self.active = tree
        self.commands[tree].new_node(level)

    def _new_menu(self) -> None:
        """Offer the levels above the codes, highest first."""
        menu: QMenu = new_menu(self)
        for level, name in sorted(self.ctx.project.level_names().items(), reverse=True):
            if level != Level.CODE or self.tree.current():
                add(menu, in_menu(name), lambda level=level: self._new(self.tree, level))  # type: ignore[misc]
        self.menu = menu
        menu.popup(self.new_node.mapToGlobal(self.new_node.rect().bottomLeft()))


def _column(boards: QSplitter, title: QLabel, new: QWidget, tree: CodebookTree) -> QVBoxLayout:
    """A heading with its button over a tree, as a part of ``boards``."""
    made = QWidget()
    boards.addWidget(made)
    top = QHBoxLayout()
    top.addWidget(title, 1)
    top.addWidget(new)
    column = QVBoxLayout(made)
    column.setSpacing(8)
    column.addLayout(top)
    column.addWidget(tree, 1)
    return column
