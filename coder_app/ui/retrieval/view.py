"""The quotes of a node, or the passages that wait for a code, and what one does with them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QListView,
    QMenu,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from coder_app.core.changes import Changes
from coder_app.core.model import Count
from coder_app.ui.actions import Action
from coder_app.ui.codebook.entry import CodeEntry
from coder_app.ui.codebook.menus import context_menu
from coder_app.ui.codebook.wording import counted, short, tip
from coder_app.ui.context import Context, Whose
from coder_app.ui.retrieval.delegate import QuoteDelegate
from coder_app.ui.retrieval.doing import QuotesDoing
from coder_app.ui.retrieval.table import quote_actions
from coder_app.ui.widgets.parts import label

WIDE = 440
"""Pixels from which two lines of words are enough for a row, otherwise three."""
_SHOWN = ~(Changes.MEMOS | Changes.PROGRESS)


class _Line(QLabel):
    """One line that ends in dots where it does not fit."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("kind", "strong")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.style().drawItemText(
            painter,
            self.rect(),
            int(Qt.AlignmentFlag.AlignVCenter.value) | int(Qt.AlignmentFlag.AlignLeading.value),
            self.palette(),
            self.isEnabled(),
            text,
            self.foregroundRole(),
        )


class QuotesView(QuotesDoing):
    """Quotes of one node with everything below it (``show_node``) or unnamed passages (``show_unnamed``)."""

    selectionChanged = Signal()
    quoteChosen = Signal(str)
    """GUID of the coding that became the current one; empty for none."""

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self.delegate = QuoteDelegate(ctx, self.list)
        self.menu: QMenu | None = None
        self._build()
        ctx.zoomChanged.connect(lambda _: self._set_lines())
        ctx.projectClosed.connect(self._project_closed)

    # What other pages use

    def show_node(self, guid: str) -> None:
        """Show the quotes of a node; an empty GUID shows what to do first."""
        if guid != self.node or self.unnamed:
            self.list.clearSelection()
        self.node, self.unnamed = guid, False
        self.reload()

    def show_unnamed(self) -> None:
        """Show the passages that wait for a code, to be named one after the other."""
        if not self.unnamed:
            self.list.clearSelection()
        self.node, self.unnamed = "", True
        self.reload()
        if self.model.ids and not self.list.selectionModel().hasSelection():
            self._choose_row(0)

    def refresh(self, changes: Changes) -> None:
        """Show what is true now, as far as ``changes`` may concern it."""
        if changes & _SHOWN:
            self.reload()

    def retheme(self) -> None:
        self.list.viewport().update()

    def reload(self) -> None:
        """Read which quotes there are; chosen ones stay chosen."""
        tree = self.ctx.project.codes.tree()
        if self.node and self.node not in tree:
            self.node = ""
        self.below.setVisible(bool(self.node) and bool(tree.children(self.node)))
        self._naming.setVisible(self.unnamed and self.ctx.writable)
        self.setFocusProxy(self.entry if self.unnamed and self.ctx.writable else self.list)
        row, chosen = self.list.currentIndex().row(), set(self.selected())
        self.model.set_ids(self._ids())
        self._restore(row, chosen)
        self._show_title()
        self._show_empty()

    # Making

    def _build(self) -> None:
        self.title = _Line()
        self.below = QCheckBox(self.tr("With everything below"))
        self.below.setChecked(True)
        policy = self.below.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # or the list below would jump
        self.below.setSizePolicy(policy)
        self.below.toggled.connect(lambda _: self.reload())
        top = QHBoxLayout()
        top.setContentsMargins(2, 0, 2, 0)
        top.addWidget(self.title, 1)
        top.addWidget(self.below)
        self._naming = QWidget()
        self.entry = CodeEntry(self.ctx)
        self.entry.setPlaceholderText(self.tr("Name it: first letters of a code, or a new name"))
        self.entry.setAccessibleName(self.tr("Code for the chosen passage"))
        self.entry.codeEntered.connect(self.name_with)
        self.entry.nameEntered.connect(self.name_with_new)
        self.entry.installEventFilter(self)
        naming = QVBoxLayout(self._naming)
        naming.setContentsMargins(0, 0, 0, 0)
        naming.addWidget(self.entry)
        self._build_list()
        self.empty = label("", "muted", wrap=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.empty.setContentsMargins(24, 28, 24, 12)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(top)
        column.addWidget(self._naming)
        column.addWidget(self._stack, 1)

    def _build_list(self) -> None:
        quotes = self.list
        quotes.setModel(self.model)
        quotes.setItemDelegate(self.delegate)
        quotes.setUniformItemSizes(True)
        quotes.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        quotes.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        quotes.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        quotes.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        quotes.setResizeMode(QListView.ResizeMode.Adjust)
        quotes.setAccessibleName(self.tr("Quotes"))
        quotes.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        quotes.customContextMenuRequested.connect(self._show_menu)
        quotes.doubleClicked.connect(lambda _: self.open_current())
        quotes.installEventFilter(self)
        selection = quotes.selectionModel()
        selection.selectionChanged.connect(lambda *_: self.selectionChanged.emit())
        selection.currentChanged.connect(lambda index, _: self._tell_current(index.row()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if watched is self.list and enter and event.modifiers() == Qt.KeyboardModifier.NoModifier:
                self.open_current()
                return True
            arrows = event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down)
            if watched is self.entry and arrows and not self.entry.text():
                QApplication.sendEvent(self.list, event)
                return True
        return super().eventFilter(watched, event)

    # Showing

    def _ids(self) -> list[str]:
        queries, coders = self.ctx.project.queries, self.ctx.coders_shown()
        if self.unnamed:
            return queries.unnamed_ids(coders)
        if not self.node:
            return []
        return queries.quote_ids([self.node], coders, below=self.below.isChecked())

    def _restore(self, row: int, chosen: set[str]) -> None:
        """Choose again what was chosen; where all of it went, what now stands in its row."""
        selection, flag = self.list.selectionModel(), QItemSelectionModel.SelectionFlag
        if selection.hasSelection() or not chosen or not self.model.ids:
            return
        rows = [at for at, guid in enumerate(self.model.ids) if guid in chosen]
        if not rows:
            self._choose_row(min(max(row, 0), len(self.model.ids) - 1))
            return
        selection.setCurrentIndex(self.model.index(rows[0]), flag.ClearAndSelect)
        for at in rows[1:]:
            selection.select(self.model.index(at), flag.Select)
        self.list.scrollTo(self.model.index(rows[0]))

    def _choose_row(self, row: int) -> None:
        index = self.model.index(row)
        self.list.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.list.scrollTo(index)

    def _show_title(self) -> None:
        number = len(self.model.ids)
        if self.unnamed:
            text = counted(
                number, self.tr("{n} passage waits for a code"), self.tr("{n} passages wait for a code")
            )
        elif not self.node:
            text = self.tr("Quotes")
        else:
            project = self.ctx.project
            count = project.queries.counts(self.ctx.coders_shown()).get(self.node, Count())
            with_below = self.below.isVisibleTo(self) and self.below.isChecked()
            people = count.participants_below if self.below.isChecked() else count.participants
            name = short(project.codes.tree()[self.node].name, 80)
            parts = (
                counted(number, self.tr("{n} quote"), self.tr("{n} quotes")),
                counted(people, self.tr("{n} participant"), self.tr("{n} participants")),
                self.tr("{name} and below").format(name=name) if with_below else name,
            )
            text = " · ".join(parts)
        self.title.setText(text)
        self.title.setAccessibleName(text)
        self.title.setToolTip(tip(text))
        self.list.setAccessibleDescription(text)

    def _show_empty(self) -> None:
        if self.model.ids:
            self._stack.setCurrentWidget(self.list)
            return
        self._stack.setCurrentWidget(self.empty)
        if self.unnamed:
            text = self.tr("No passage waits for a code. Mark words without naming them: they gather here.")
        elif not self.node:
            text = self.tr("Choose a code to see its quotes.")
        else:
            name = short(self.ctx.project.codes.tree()[self.node].name, 60)
            text = self.tr("No quotes yet. Mark words in a transcript and give them “{name}”.").format(
                name=name
            )
            if self.ctx.whose is Whose.CONSENSUS:
                text = self.tr("The consensus holds no quote of “{name}”.").format(name=name)
            elif not self.ctx.everyone and len(self.ctx.project.coders.all()) > 1:
                text += " " + self.tr("Only your own quotes are shown.")
        self.empty.setText(text)

    def _tell_current(self, row: int) -> None:
        self.quoteChosen.emit(self.model.ids[row] if row >= 0 else "")

    def _set_lines(self) -> None:
        self.delegate.lines = 2 if self.width() >= WIDE else 3
        self.list.scheduleDelayedItemsLayout()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.delegate.lines != (2 if self.width() >= WIDE else 3):
            self._set_lines()

    # Menus and questions

    def _show_menu(self, point: QPoint) -> None:
        menu = context_menu(list(quote_actions()), self, self._run, self.allowed)
        self.menu = menu
        menu.destroyed.connect(self._menu_gone)
        menu.popup(self.list.viewport().mapToGlobal(point))

    def _run(self, row: Action) -> None:
        getattr(self, CALLS[row.call])()

    def allowed(self, row: Action) -> bool:
        """Whether a row of the table can be used now."""
        return self.has_quotes and (self.ctx.writable or "writable" not in row.when.split())

    def _menu_gone(self) -> None:
        self.menu = None

    def _project_closed(self) -> None:
        self.model.set_ids([])
        self.node, self.unnamed = "", False


CALLS = {
    "quotes_open": "open_current",
    "quotes_recode": "recode",
    "quotes_split": "split",
    "quotes_exemplar": "mark_exemplar",
    "quotes_copy": "copy",
    "quotes_remove": "remove",
}
"""Row of the table -> method of the view."""
