"""The codebook tree with its filter box; other pages embed it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QLineEdit, QStackedLayout, QVBoxLayout, QWidget

from coder_app.core.changes import Changes
from coder_app.ui.codebook.matching import best
from coder_app.ui.codebook.model import CodebookModel, Column, Part
from coder_app.ui.codebook.view import CodeTreeView
from coder_app.ui.context import Context
from coder_app.ui.icons import icons
from coder_app.ui.widgets.parts import label, tool

NARROW = 420
"""Pixels below which the headers of the counts are icons."""
TIGHT = 250
"""Pixels below which participants are not counted in a column of their own."""
MANY = 150
"""Codebooks larger than this open with only their upper levels unfolded."""


class CodebookTree(QWidget):
    """Shows and moves codes. What it asks for is carried out by ``CodebookCommands``."""

    codeChosen = Signal(str)
    """The current node changed; empty where there is none."""
    codeActivated = Signal(str)
    """Enter or double click on a node."""
    selectionChanged = Signal()
    filterReturnPressed = Signal()
    """Enter in the filter box; the node that answers best is the current one then."""
    passageDropped = Signal(str)
    """A dragged passage was dropped on this node."""
    moveAsked = Signal(list, object, object)
    """(GUIDs, parent or None, before or None)"""
    dropAsked = Signal(list, str)
    """(GUIDs, node they were dropped on)"""
    menuAsked = Signal(QPoint)
    """Where the context menu is wanted, on the screen."""
    pinsChanged = Signal()
    """Sent by ``CodebookCommands`` after a code was put on a key or taken off."""

    def __init__(self, ctx: Context, part: Part = Part.ALL, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.model = CodebookModel(ctx, part, self)
        self.view = CodeTreeView(ctx, self.model, self)
        self._folded: set[str] = set()
        self._unfolding = False
        self._loaded = False
        self._kept: tuple[list[str], str, list[str], int] = ([], "", [], 0)
        self._quiet = False
        self._build()
        self._connect()

    # What other pages use

    def refresh(self, changes: Changes) -> None:
        """Show what is true now, as far as ``changes`` may concern it."""
        if not self._loaded or changes & (Changes.CODES | Changes.STUDY):
            first, self._loaded = not self._loaded, True
            if first:
                self._fold_large()
            self.model.reload()
            self._show_empty()
            self._set_narrow(self.model.narrow)
            if first:
                self._choose_first()
        elif changes & (
            Changes.CODINGS | Changes.CODERS | Changes.SPEAKERS | Changes.PARTICIPANTS | Changes.DOCUMENTS
        ):
            if changes & Changes.CODERS:
                self.model.reload()  # the keys belong to a coder
            self.model.recount()
            self._show_empty()
            self._set_narrow(self.model.narrow)

    def retheme(self) -> None:
        """Paint again in ``ctx.colors``."""
        self.view.viewport().update()
        self.view.header().viewport().update()

    def select(self, guid: str) -> None:
        """Make a node the current and only chosen one; unfolds what is above it."""
        if not self.model.index_of(guid).isValid() and guid in self.ctx.project.codes.tree():
            self.model.reload()
            if not self.model.index_of(guid).isValid() and self.model.filtering:
                self.clear_filter()
        self.select_many([guid])

    def select_many(self, guids: list[str]) -> None:
        """Choose several nodes; the last of them becomes the current one."""
        shown = [guid for guid in guids if self.model.index_of(guid).isValid()]
        if shown:
            self._choose(shown, shown[-1])
            self.view.scrollTo(self.model.index_of(shown[-1]))

    def selected(self) -> list[str]:
        """The chosen nodes in display order."""
        chosen = {self.model.guid(index) for index in self.view.selectionModel().selectedRows()}
        return [guid for guid in self.model.shown() if guid in chosen]

    def current(self) -> str:
        """The node looked at; empty for none."""
        return self.model.guid(self.view.currentIndex())

    def clear_choice(self) -> None:
        """Choose nothing, without telling anybody."""
        self._quiet = True
        self.view.clearSelection()
        self.view.setCurrentIndex(self.model.index_of(""))
        self._quiet = False

    def start_rename(self) -> None:
        """Edit the name of the current node in its row."""
        index = self.model.index_of(self.current())
        if index.isValid() and self.ctx.writable:
            self.view.scrollTo(index)
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
            self.view.edit(index)

    def focus_filter(self) -> None:
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def clear_filter(self) -> None:
        self.filter.clear()
        self.unused.setChecked(False)

    # Making

    def _build(self) -> None:
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Filter codes"))
        self.filter.setAccessibleName(self.tr("Filter codes by name or short definition"))
        self.filter.setClearButtonEnabled(True)
        glass = self.filter.addAction(icons.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        icons.put(glass, "search", "muted")
        self.filter.installEventFilter(self)
        self.unused = tool("filter", self.tr("Only codes without quotes"))
        self.unused.setCheckable(True)
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(self.filter, 1)
        top.addWidget(self.unused)
        self.view.setAccessibleName(self.tr("Codebook"))
        header = self.view.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(24)
        header.setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Stretch)
        for column in (Column.QUOTES, Column.PARTICIPANTS):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
        header.setSectionsClickable(False)
        self.view.setRootIsDecorated(self.model.part != Part.FREE)
        self._empty = label("", "muted", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._empty.setContentsMargins(24, 64, 24, 24)
        self._empty.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        area = QWidget(self)  # a stack without a widget shows what is put into it as a window of its own
        below = QStackedLayout(area)
        below.setStackingMode(QStackedLayout.StackingMode.StackAll)
        below.addWidget(self._empty)
        below.addWidget(self.view)
        below.setCurrentWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(top)
        layout.addWidget(area, 1)
        self.setFocusProxy(self.view)
        self._set_narrow(True)

    def _connect(self) -> None:
        model, view = self.model, self.view
        model.moveAsked.connect(self.moveAsked)
        model.dropAsked.connect(self.dropAsked)
        model.passageDropped.connect(self.passageDropped)
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._restore)
        view.expanded.connect(lambda index: self._fold(model.guid(index), False))
        view.collapsed.connect(lambda index: self._fold(model.guid(index), True))
        view.selectionModel().currentRowChanged.connect(lambda *_: self._tell_current())
        view.selectionModel().selectionChanged.connect(lambda *_: self._tell_selection())
        view.activatedByKey.connect(self._activate)
        view.doubleClicked.connect(lambda _: self._activate())
        view.customContextMenuRequested.connect(self._ask_menu)
        self.filter.textChanged.connect(lambda _: self._apply_filter())
        self.filter.returnPressed.connect(self._filter_return)
        self.unused.toggled.connect(lambda _: self._apply_filter())

    # Filter

    def _apply_filter(self) -> None:
        self.model.set_filter(self.filter.text(), self.unused.isChecked())
        found, words = self.model.matched, self.filter.text()
        if found and (words.strip() or self.current() not in found):
            named = best(words, [self.model.tree[guid] for guid in found])
            first = named[0].guid if named else found[0]
            self._choose([first], first)
            self.view.scrollTo(self.model.index_of(first))
        self._show_empty()

    def _filter_return(self) -> None:
        if self.model.matched or not self.filter.text().strip():
            self.filterReturnPressed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.filter and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down:
                self.view.setFocus(Qt.FocusReason.TabFocusReason)
                return True
            if event.key() == Qt.Key.Key_Escape and self.filter.text():
                self.filter.clear()
                return True
        return super().eventFilter(watched, event)

    def _show_empty(self) -> None:
        empty = self.model.rowCount() == 0
        if not empty:
            text = ""
        elif self.model.filtering:
            text = self.tr("No code answers to this filter.")
        elif self.model.part == Part.FREE:
            text = self.tr("Every code has its place. Drop a code here to let it stand free.")
        elif self.model.part == Part.PLACED and len(self.model.tree):
            text = self.tr("No themes yet. Make a subcategory, category or theme and drag codes into it.")
        else:
            text = self.tr("No codes yet. Make the first one here, or mark a passage and type a name.")
        self._empty.setText(text)
        self._empty.setVisible(empty)

    # Folding, current and chosen nodes over a reload

    def _fold_large(self) -> None:
        tree = self.ctx.project.codes.tree()
        if len(tree) > MANY:
            self._folded = {guid for guid, depth in tree.walk() if depth >= 1}

    def _fold(self, guid: str, folded: bool) -> None:
        if self._unfolding or self.model.filtering:
            return
        if folded:
            self._folded.add(guid)
        else:
            self._folded.discard(guid)

    def _keep(self) -> None:
        self._kept = (
            self.selected(),
            self.current(),
            self.model.shown(),
            self.view.verticalScrollBar().value(),
        )
        self._quiet = True

    def _restore(self) -> None:
        chosen, current, before, scrolled = self._kept
        self._unfold()
        there = [guid for guid in chosen if self.model.index_of(guid).isValid()]
        now = current if self.model.index_of(current).isValid() else ""
        if current and not now:
            now = self._neighbour(current, before)
            there = there or ([now] if now else [])
        self._choose(there, now)
        self.view.verticalScrollBar().setValue(scrolled)
        self._quiet = False
        if now != current:
            self.codeChosen.emit(now)
        if there != chosen:
            self.selectionChanged.emit()

    def _unfold(self) -> None:
        self._unfolding = True
        for guid in self.model.inner():
            if self.model.filtering or guid not in self._folded:
                self.view.expand(self.model.index_of(guid))
        self._unfolding = False

    def _neighbour(self, gone: str, before: list[str]) -> str:
        """The node nearest to one that went: the next in the old order, else the one in front of it."""
        at = before.index(gone) if gone in before else 0
        for guid in [*before[at:], *reversed(before[:at])]:
            if self.model.index_of(guid).isValid():
                return guid
        return ""

    def _choose(self, guids: list[str], current: str) -> None:
        selection = self.view.selectionModel()
        flag = QItemSelectionModel.SelectionFlag
        rows = flag.Rows
        if current:
            # unfolds what is above it, so that it can be seen
            selection.setCurrentIndex(self.model.index_of(current), flag.ClearAndSelect | rows)
            if current not in guids:
                selection.select(self.model.index_of(current), flag.Deselect | rows)
            above = self.model.index_of(current).parent()
            while above.isValid():
                self.view.expand(above)
                above = above.parent()
        else:
            selection.clear()
        for guid in guids:
            if guid != current:
                selection.select(self.model.index_of(guid), flag.Select | rows)

    def _choose_first(self) -> None:
        shown = self.model.shown()
        if shown and not self.current() and self.model.part != Part.FREE:
            self._choose([shown[0]], shown[0])

    # Telling

    def _tell_current(self) -> None:
        if not self._quiet:
            self.codeChosen.emit(self.current())

    def _tell_selection(self) -> None:
        if not self._quiet:
            self.selectionChanged.emit()

    def _activate(self) -> None:
        if self.current():
            self.codeActivated.emit(self.current())

    def _ask_menu(self, point: QPoint) -> None:
        by_mouse = self.view.viewport().rect().contains(point) and self.view.indexAt(point).isValid()
        if by_mouse or not self.current():
            self.menuAsked.emit(self.view.viewport().mapToGlobal(point))
        else:
            self.menuAsked.emit(self.view.row_place(self.current()))

    # Shape

    def _set_narrow(self, narrow: bool) -> None:
        self.model.set_narrow(narrow)
        for column in (Column.QUOTES, Column.PARTICIPANTS):
            self.view.setColumnWidth(column, self._count_width(column))

    def _count_width(self, column: Column) -> int:
        """Pixels for the largest number, and for the word above it where the tree is wide."""
        metrics, header = self.view.fontMetrics(), Qt.Orientation.Horizontal
        counts = self.model.counts.values()
        most = max(
            (c.quotes_below if column == Column.QUOTES else c.participants_below for c in counts), default=0
        )
        number = metrics.horizontalAdvance(f"{max(most, 99):,}") + 18
        if self.model.narrow:
            return max(36, number)
        name = str(self.model.headerData(column, header, Qt.ItemDataRole.AccessibleTextRole))
        return max(number, round(metrics.horizontalAdvance(name) * 1.15 + 24))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        few = self.model.part == Part.FREE or self.width() < TIGHT
        self.view.header().setSectionHidden(Column.PARTICIPANTS, few)
        self._set_narrow(self.width() < NARROW)
