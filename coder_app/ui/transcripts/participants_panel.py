"""The participants of the study and what is known of them: a table that is filled in in place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from coder_app.core.errors import UserError
from coder_app.core.model import MemoTarget
from coder_app.core.names_alike import likeness
from coder_app.ui.context import Context
from coder_app.ui.dialogs.ask import ask_text, confirm
from coder_app.ui.memos.panel import MemoPanel
from coder_app.ui.sharing.joining import JoinParticipants
from coder_app.ui.transcripts import pasting
from coder_app.ui.transcripts.participants_model import (
    FIRST_ATTRIBUTE,
    GUID,
    LABEL,
    PSEUDONYM,
    ParticipantsModel,
)
from coder_app.ui.transcripts.tables import EntryTable
from coder_app.ui.widgets.parts import EmptyState, button
from coder_app.ui.widgets.scrolled import Scrolled

LEAST, NARROW, WIDEST = 64, 110, 240
"""Pixels of a column as long as nobody moves it: at least; to what long ones give way; at most."""


def fitting(hints: Sequence[int], room: int) -> list[int]:
    """Widths in pixels for columns that would like to have ``hints``.

    Where there is room for all, the last one takes what is over. Where there is not, the widest give
    way, but none below ``NARROW``.
    """
    wanted = [max(LEAST, min(hint, WIDEST)) for hint in hints]
    widths = wanted
    for most in range(WIDEST, NARROW - 1, -1):
        widths = [min(width, most) for width in wanted]
        if sum(widths) <= room:
            break
    if widths:
        widths[-1] += max(0, room - sum(widths))
    return widths


class ParticipantsTable(EntryTable):
    """Enter goes on below after typing, as in a spreadsheet; Ctrl+V pastes a table."""

    pasteWanted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.pasteWanted.emit()
        else:
            super().keyPressEvent(event)


class ParticipantsPanel(QWidget):
    """Table, buttons, and the memos on the chosen participant."""

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self._fitted = self._fitting = self._own_columns = False
        self.model = ParticipantsModel(self)
        self.model.edited.connect(self._edit)
        self.table = ParticipantsTable(self.tr("Participants"))
        self.table.setModel(self.model)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.pasteWanted.connect(self.paste)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._menu)
        self.table.selectionModel().currentRowChanged.connect(lambda: self._show_memos())
        head = self.table.horizontalHeader()
        head.setSectionsMovable(False)
        head.setTextElideMode(Qt.TextElideMode.ElideRight)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setDefaultSectionSize(140)
        head.sectionDoubleClicked.connect(self._rename_section)
        head.sectionResized.connect(self._column_moved)
        self.table.viewport().installEventFilter(self)
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(self._header_menu)
        self.memos = MemoPanel(ctx)
        self.memos.setMinimumWidth(190)
        self.memos.setMaximumWidth(300)
        self._lay_out()

    def _lay_out(self) -> None:
        self.empty = EmptyState(
            "users",
            self.tr("No participants yet"),
            self.tr(
                "They are added when transcripts are imported. You can also type them in, or copy a table"
                " from a spreadsheet and paste it here (Ctrl+V)."
            ),
        )
        self.add_first = self.empty.add_button(
            button(self.tr("Add a participant"), self.add, kind="primary", icon="plus")
        )
        self.empty.add_button(button(self.tr("Paste a table"), self.paste, icon="table"))
        self.add_button = button(self.tr("Add participant"), self.add, icon="plus")
        self.add_attribute_button = button(self.tr("Add attribute…"), self.add_attribute, icon="table")
        self.paste_button = button(self.tr("Paste table"), self.paste, icon="copy")
        top = QHBoxLayout()
        top.setSpacing(8)
        for made in (self.add_button, self.add_attribute_button, self.paste_button):
            top.addWidget(made)
        top.addStretch(1)
        # what is outside is put in place first: Qt dresses all that is in a widget wherever that is put
        self._stack = QStackedWidget()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 10, 0, 0)
        whole.addWidget(self._stack)
        self._stack.addWidget(Scrolled(self.empty))
        filled = QWidget()
        self._stack.addWidget(filled)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(self.table, 3)
        row.addWidget(self.memos, 1)
        column = QVBoxLayout(filled)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(top)
        column.addLayout(row, 1)

    # Showing

    def refresh(self) -> None:
        held, column = self.current, self.table.currentIndex().column()
        self.model.colors = self.ctx.colors
        known = self.model.attributes
        self.model.show_project(self.ctx.project)
        if self.model.attributes != known or not self._fitted:
            self._fit_columns()
        self._stack.setCurrentIndex(1 if self.model.people else 0)
        for made in (self.add_button, self.add_attribute_button, self.paste_button, self.empty):
            made.setEnabled(self.ctx.writable)
        if self.model.people and not self.table.currentIndex().isValid():
            self._go_to(held or self.model.people[0].guid, max(column, 0))
        self._show_memos()

    def _fit_columns(self) -> None:
        """Columns as wide as what stands in them, within reason; narrower where all fit only so."""
        self._fitted = bool(self.model.people)
        head, table = self.table.horizontalHeader(), self.table
        columns = range(self.model.columnCount())
        hints = [max(table.sizeHintForColumn(at), head.sectionSizeHint(at)) + 12 for at in columns]
        self._fitting = True
        for column, width in enumerate(fitting(hints, table.viewport().width())):
            table.setColumnWidth(column, width)
        self._fitting = False

    def _column_moved(self) -> None:
        """The user has made a column wider or narrower: from now on they stay as they are."""
        self._own_columns = self._own_columns or not self._fitting

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and not self._own_columns and self.ctx.has_project:
            self._fit_columns()
        return super().eventFilter(watched, event)

    def take_focus(self) -> None:
        """Put the focus where typing starts."""
        (self.table if self.model.people else self.add_first).setFocus()

    @property
    def current(self) -> str:
        """GUID of the participant the cursor is on, or empty."""
        index = self.table.currentIndex()
        return str(index.data(GUID)) if index.isValid() else ""

    @property
    def attribute(self) -> str | None:
        """The attribute whose column the cursor is in."""
        return self.model.attribute_of(self.table.currentIndex().column())

    def _show_memos(self) -> None:
        if self.current:
            self.memos.show_target(MemoTarget.PARTICIPANT, self.current)
        else:
            self.memos.clear()

    def choose(self, guid: str) -> None:
        """Put the cursor on a participant."""
        self._go_to(guid, 0)

    def _go_to(self, guid: str, column: int) -> None:
        row = max(self.model.row_of(guid), 0)
        self.table.setCurrentIndex(self.model.index(row, min(column, self.model.columnCount() - 1)))

    # Doing

    def add(self) -> None:
        """A new participant with the next free ID, ready to be typed over."""
        people = self.ctx.project.participants
        ok, guid = self.ctx.run(people.add, people.next_label())
        if ok and guid is not None:
            self._go_to(guid, LABEL)
            self.table.setFocus()
            self.table.edit(self.table.currentIndex())

    def add_attribute(self) -> None:
        name = ask_text(
            self,
            self.tr("Add an attribute"),
            self.tr("What is to be known of everybody (age, profession …)?"),
            "",
            self.tr("Add"),
        )
        if name is not None:
            ok, _ = self.ctx.run(self.ctx.project.participants.add_attribute, name)
            if ok and name in self.model.attributes and self.model.people:
                at = FIRST_ATTRIBUTE + self.model.attributes.index(name)
                self._go_to(self.model.people[0].guid, at)
                self.table.setFocus()

    def rename_attribute(self) -> None:
        if self.attribute is not None:
            self._rename(self.attribute)

    def remove_attribute(self) -> None:
        """Take the column of the cursor away, after telling what goes with it."""
        name = self.attribute
        if name is None:
            return
        filled = sum(1 for person in self.model.people if name in person.attributes)
        one = self.tr("Remove the attribute “{name}”? Its value of 1 participant goes with it.")
        many = self.tr("Remove the attribute “{name}”? Its values of {count} participants go with it.")
        text = one if filled == 1 else many
        title, yes = self.tr("Remove attribute"), self.tr("Remove attribute")
        if not filled or confirm(self, title, text.format(name=name, count=filled), yes, danger=True):
            self.ctx.run(self.ctx.project.participants.remove_attribute, name)

    def remove(self) -> None:
        """Remove the chosen participants; those who speak in a transcript stay, with a sentence."""
        guids = self._chosen()

        def remove_all() -> None:
            with self.ctx.project.step(
                f"Remove {len(guids)} participants" if len(guids) > 1 else "Remove participant"
            ):
                for guid in guids:
                    self.ctx.project.participants.remove(guid)

        if guids:
            self.ctx.run(remove_all)

    def _chosen(self) -> list[str]:
        """GUIDs of the participants in whose rows something is selected."""
        rows = sorted({index.row() for index in self.table.selectionModel().selectedIndexes()})
        return [self.model.people[row].guid for row in rows]

    def join(self) -> None:
        """Make one of two participants: of the two chosen, or of the one at the cursor and whoever is
        called most like that one."""
        chosen = self._chosen()
        people = {person.guid: person.label for person in self.model.people}
        if len(people) < 2:
            return
        if len(chosen) != 2:
            own = self.current or next(iter(people))
            others = [guid for guid in people if guid != own]
            chosen = [own, max(others, key=lambda guid: likeness(people[guid], people[own]).score)]
        question = JoinParticipants(self.ctx, (chosen[0], chosen[1]), self, picks=True)
        question.accepted.connect(lambda: self._go_to(question.chosen, LABEL))
        question.finished.connect(lambda _: self.table.setFocus())
        question.open()

    def paste(self) -> None:
        """Take over the table on the clipboard: one step, one undo."""
        if not self.ctx.writable:
            return
        text = QGuiApplication.clipboard().text()
        labels = [person.label for person in self.model.people]
        try:
            pasted = pasting.understood(text, self.model.attributes, labels)
        except UserError as error:
            self.ctx.problem.emit(str(error))
            return
        ok, added = self.ctx.run(pasting.write, self.ctx.project, pasted)
        if ok:
            sentence = self.tr("{rows} participants pasted, {added} of them new.")
            self.ctx.message.emit(sentence.format(rows=len(pasted.rows), added=added))
            self.table.setFocus()

    def _edit(self, guid: str, column: int, text: str) -> None:
        people = self.ctx.project.participants
        attribute = self.model.attribute_of(column)
        focus = QApplication.focusWidget()
        typing = focus is not None and self.table.isAncestorOf(focus)
        if column == LABEL:
            ok, _ = self.ctx.run(people.rename, guid, text)
        elif column == PSEUDONYM:
            ok, _ = self.ctx.run(people.set_pseudonym, guid, text)
        elif attribute is not None:
            ok, _ = self.ctx.run(people.set_attribute, guid, attribute, text)
        else:
            return
        if ok:
            self._go_to(guid, column)
        if typing:
            self.table.setFocus()

    def _rename(self, name: str) -> None:
        new = ask_text(
            self, self.tr("Rename attribute"), self.tr("Name of the attribute"), name, self.tr("Rename")
        )
        if new is not None and new != name:
            self.ctx.run(self.ctx.project.participants.rename_attribute, name, new)

    def _rename_section(self, section: int) -> None:
        name = self.model.attribute_of(section)
        if name is not None and self.ctx.writable:
            self._rename(name)

    # Menus

    def _menu(self, at: QPoint) -> None:
        menu = self._filled_menu()
        menu.popup(self.table.viewport().mapToGlobal(at))

    def _header_menu(self, at: QPoint) -> None:
        section = self.table.horizontalHeader().logicalIndexAt(at)
        if self.model.people and section >= 0:
            self._go_to(self.current or self.model.people[0].guid, section)
        menu = self._filled_menu()
        menu.popup(self.table.horizontalHeader().viewport().mapToGlobal(at))

    def _filled_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, call, fits in (
            (self.tr("Add participant"), self.add, True),
            (self.tr("Remove participant"), self.remove, bool(self.current)),
            (self.tr("Join two participants…"), self.join, len(self.model.people) > 1),
            (self.tr("Paste table"), self.paste, True),
            (self.tr("Add attribute…"), self.add_attribute, True),
            (self.tr("Rename attribute…"), self.rename_attribute, self.attribute is not None),
            (self.tr("Remove attribute…"), self.remove_attribute, self.attribute is not None),
        ):
            action: QAction = menu.addAction(text)
            action.setEnabled(fits and self.ctx.writable)
            action.triggered.connect(lambda _=False, call=call: call())
        return menu
