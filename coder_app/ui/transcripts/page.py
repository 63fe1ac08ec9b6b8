"""The page of transcripts: the list, what is known of each, the participants, and the import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QByteArray, QPoint, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from coder_app.core.changes import Changes
from coder_app.core.model import MeaningUnits, Status
from coder_app.ui.actions import Action
from coder_app.ui.dialogs.ask import confirm
from coder_app.ui.transcripts.commands import ACTIONS
from coder_app.ui.transcripts.details import DetailsPanel, set_date
from coder_app.ui.transcripts.documents_model import (
    DATE,
    EVERYONE,
    TITLE,
    DocumentsModel,
    Row,
    rows_of,
)
from coder_app.ui.transcripts.documents_view import DocumentsView
from coder_app.ui.transcripts.dropping import DropArea, DropVeil
from coder_app.ui.transcripts.lengths import Lengths
from coder_app.ui.transcripts.menus import row_menu, status_menu
from coder_app.ui.transcripts.participants_panel import ParticipantsPanel
from coder_app.ui.transcripts.people_commands import PeopleCommands
from coder_app.ui.transcripts.receiving import ReceivingPage
from coder_app.ui.units.commands import DIVIDING, UnitCommands
from coder_app.ui.widgets.parts import EmptyState, button, label

LAYOUT = "transcripts"


class TranscriptsPage(PeopleCommands, UnitCommands, ReceivingPage):
    """``list``, ``details`` and ``people`` are the parts; ``import_files`` is called by the window too."""

    key = "transcripts"
    interests = (
        Changes.DOCUMENTS
        | Changes.SPEAKERS
        | Changes.PARTICIPANTS
        | Changes.PROGRESS
        | Changes.CODINGS
        | Changes.CODERS
        | Changes.UNITS
    )

    @classmethod
    def actions_table(cls) -> list[Action]:
        return [*ACTIONS, *DIVIDING]

    # Building

    def build(self) -> None:
        self.lengths = Lengths(self.ctx, self)
        self.model = DocumentsModel(self.lengths.of, self)
        self.list = DocumentsView(self.model)
        self.details = DetailsPanel(self.ctx)
        self.people = ParticipantsPanel(self.ctx)
        self._met = ""
        self._units: dict[str, MeaningUnits] = {}
        self._wanted: list[str] = []
        # what is outside is put in place first: Qt dresses all that is in a widget wherever that is put
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 16, 14)
        column.addWidget(self.tabs)
        self.stack = QStackedWidget()
        self.tabs.addTab(self.stack, self.tr("Transcripts"))
        self.stack.addWidget(self._drop_area())
        self._list_and_details()
        self.tabs.addTab(self.people, self.tr("Participants"))
        self.tabs.currentChanged.connect(lambda: self.update_actions())
        self.veil = DropVeil(self)
        self._connect()
        self._take_colors()

    def _drop_area(self) -> QWidget:
        self.drop_area = DropArea()
        self.import_first = self.drop_area.add_button(
            button(self.tr("Import transcripts…"), self.choose_files, kind="primary", icon="import")
        )
        return self.drop_area

    def _list_and_details(self) -> None:
        made = QWidget()
        self.stack.addWidget(made)
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(10)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Filter by title, participant, date or file"))
        self.search.setAccessibleName(self.tr("Filter the transcripts"))
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(340)
        self.count = label("", "muted")
        self.import_button = button(
            self.tr("Import transcripts…"), self.choose_files, kind="primary", icon="import"
        )
        self.mark_button = button(self.tr("Mark as"), icon="check")
        self.mark_button.setMenu(self._status_menu(self.mark_button))
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self.search, 1)
        top.addWidget(self.count)
        top.addStretch(1)
        top.addWidget(self.mark_button)
        top.addWidget(self.import_button)
        column.addLayout(top)
        self.nothing = EmptyState(
            "search", self.tr("No transcript fits the filter"), self.tr("Press Esc to see all again.")
        )
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        column.addWidget(self.splitter, 1)
        self.rows_stack = QStackedWidget()
        self.splitter.addWidget(self.rows_stack)
        self.rows_stack.addWidget(self.list)
        self.rows_stack.addWidget(self.nothing)
        self.splitter.addWidget(self.details)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setSizes([890, 350])
        self.details.setMinimumWidth(270)
        saved = self.ctx.settings.layout.get(LAYOUT, "")
        if saved:
            self.splitter.restoreState(QByteArray.fromBase64(saved.encode()))

    def _connect(self) -> None:
        self.search.textChanged.connect(self._filter)
        self.search.returnPressed.connect(self.list.setFocus)
        self.list.openWanted.connect(self._open)
        self.list.statusPressed.connect(self._status_pressed)
        self.list.selectionModel().selectionChanged.connect(lambda: self._show_chosen())
        self.list.customContextMenuRequested.connect(self._menu)
        self.model.renamed.connect(self._rename)
        self.model.dated.connect(lambda guid, text: set_date(self.ctx, guid, text))
        self.model.moved.connect(self._move)
        self.details.openWanted.connect(self._open)
        self.details.statusChosen.connect(self.mark)
        self.lengths.counted.connect(self._show_lengths)
        self.ctx.projectClosed.connect(self.leave)

    # Refreshing

    def refresh(self, changes: Changes) -> None:
        self._units = self.ctx.project.meaning_units.all()
        chosen = self.list.guids()
        current = self._current()
        rows = rows_of(self.ctx.project)
        self.model.show_rows(rows, everyone=self.ctx.everyone, writable=self.ctx.writable)
        self.list.setColumnHidden(EVERYONE, not self.ctx.everyone)
        self.lengths.want(row.document.guid for row in rows)
        self._choose_again(chosen, current)
        self.stack.setCurrentIndex(1 if rows else 0)
        self.tabs.setTabText(0, self._with_count(self.tr("Transcripts"), len(rows)))
        if changes & (Changes.PARTICIPANTS | Changes.SPEAKERS | Changes.DOCUMENTS):
            self.people.refresh()
        self.tabs.setTabText(1, self._with_count(self.tr("Participants"), len(self.people.model.people)))
        for widget in (self.import_button, self.import_first, self.mark_button):
            widget.setEnabled(self.ctx.writable)
        self._after_filter()
        self._show_chosen()

    def _with_count(self, text: str, count: int) -> str:
        return f"{text} ({count:,})" if count else text

    def _choose_again(self, chosen: Sequence[str], current: str) -> None:
        wanted, self._wanted = self._wanted or list(chosen), []
        if wanted and wanted != self.list.guids():
            self.list.choose(wanted, current)
        if not self.list.guids() and self.model.rows:
            at = self.model.row_of(self.ctx.document or self.ctx.remembered.document)
            self.list.choose([self.model.rows[max(at, 0)].document.guid])

    def retheme(self) -> None:
        self._take_colors()
        self.people.refresh()
        self._show_chosen()

    def _take_colors(self) -> None:
        self.model.colors = self.list.delegate.colors = self.veil.colors = self.ctx.colors
        self.drop_area.set_colors(self.ctx.colors)
        self.list.viewport().update()
        self.update()

    def _on_everyone(self) -> None:
        self._on_changed(Changes.PROGRESS, None)

    def enter(self) -> None:
        if self.ctx.document != self._met:  # another one was worked on meanwhile
            self._met = self.ctx.document
            self.list.choose([self._met])
        if self.on_people:
            self.people.take_focus()
        elif self._on_list:
            self.list.setFocus()
        else:
            self.import_first.setFocus()

    def leave(self) -> None:
        if not self.built or not self.ctx.has_project:
            return
        self.details.flush()
        self.people.memos.flush()
        state = bytes(self.splitter.saveState().toBase64().data()).decode()
        self.ctx.settings.layout[LAYOUT] = state

    # What is chosen

    def _current(self) -> str:
        index = self.list.currentIndex()
        return self.model.rows[index.row()].document.guid if index.isValid() else ""

    def _chosen_rows(self) -> list[Row]:
        return [row for row in map(self.model.row_for, self.list.guids()) if row is not None]

    def _show_chosen(self) -> None:
        rows = self._chosen_rows()
        self.details.show_rows(rows, self._facts(rows), self.model.status_names)
        self.update_actions()

    def _facts(self, rows: Sequence[Row]) -> str:
        """Length and codings in a line."""
        if not rows:
            return ""
        lengths = [known for row in rows if (known := self.lengths.of(row.document.guid)) is not None]
        words, letters = sum(count for count, _ in lengths), sum(row.document.characters for row in rows)
        minutes = [time for _, time in lengths if time is not None]
        facts = [self.tr("{count} words").format(count=f"{words:,}")] if len(lengths) == len(rows) else []
        facts.append(self.tr("{count} characters").format(count=f"{letters:,}"))
        if minutes:
            facts.append(self.tr("{count} minutes").format(count=f"{sum(minutes):,}"))
        codings = sum(row.codings for row in rows)
        if codings:
            many = self.tr("{count} codings of mine").format(count=f"{codings:,}")
            facts.append(self.tr("1 coding of mine") if codings == 1 else many)
        facts += self._unit_facts(rows)
        return " · ".join(facts)

    def _unit_facts(self, rows: Sequence[Row]) -> list[str]:
        """“84 meaning units, locked”."""
        divided = [self._units[row.document.guid] for row in rows if row.document.guid in self._units]
        if not divided:
            return []
        number = sum(len(units.places) for units in divided)
        many = self.tr("{count} meaning units").format(count=f"{number:,}")
        words = self.tr("1 meaning unit") if number == 1 else many
        return [self.tr("{units}, locked").format(units=words) if self.units_locked else words]

    def _show_lengths(self) -> None:
        self.model.lengths_came()
        self.details.show_facts(self._facts(self._chosen_rows()))

    def _filter(self, text: str) -> None:
        chosen, current = self.list.guids(), self._current()
        self.model.set_filter(text)
        self._choose_again(chosen, current)
        self._after_filter()
        self._show_chosen()

    def _after_filter(self) -> None:
        shown, total = len(self.model.rows), self.model.total
        filtered = self.tr("{shown} of {total}").format(shown=shown, total=total)
        self.count.setText(filtered if shown != total else "")
        self.rows_stack.setCurrentIndex(0 if shown or not total else 1)

    # Conditions of the actions

    @property
    def has_chosen(self) -> bool:
        return self._on_list and bool(self.list.guids())

    @property
    def has_one(self) -> bool:
        return self._on_list and len(self.list.guids()) == 1

    @property
    def _on_list(self) -> bool:
        return self.built and self.tabs.currentIndex() == 0 and self.stack.currentIndex() == 1

    @property
    def on_people(self) -> bool:
        return self.built and self.tabs.currentIndex() == 1

    def imported(self, guids: list[str]) -> None:
        self.search.clear()
        self.tabs.setCurrentIndex(0)
        self.list.choose(guids)
        self.list.setFocus()

    def hold(self, held: bool) -> None:
        self.drop_area.set_held(held)
        empty = self.tabs.currentIndex() == 0 and self.stack.currentIndex() == 0
        self.veil.setGeometry(self.rect())
        self.veil.setVisible(held and not empty)
        self.veil.raise_()

    # Meaning units of the chosen transcripts

    def units_documents(self) -> Sequence[str]:
        return self.list.guids() if self._on_list else []

    def known_units(self) -> Mapping[str, MeaningUnits]:
        return self._units

    def units_parent(self) -> QWidget:
        return self

    # Doing things with transcripts

    def open_current(self) -> None:
        if self._current():
            self._open(self._current())

    def _open(self, guid: str) -> None:
        self.ctx.select_document(guid)
        self.ctx.pageWanted.emit("code")

    def rename(self) -> None:
        self.list.edit_column(TITLE)

    def edit_date(self) -> None:
        self.list.edit_column(DATE)

    def _rename(self, guid: str, title: str) -> None:
        self.ctx.run(self.ctx.project.documents.rename, guid, title)

    def move_up(self) -> None:
        self._step(-1)

    def move_down(self) -> None:
        self._step(1)

    def _step(self, step: int) -> None:
        guids = self.list.guids()
        can, before = self.model.step_target(guids, step)
        if can:
            self._move(guids, before)

    def _move(self, guids: list[str], before: str | None) -> None:
        order = [document.guid for document in self.ctx.project.documents.all()]
        rest = [guid for guid in order if guid not in guids]
        at = rest.index(before) if before in rest else len(rest)
        if [*rest[:at], *guids, *rest[at:]] != order:
            self.ctx.run(self.ctx.project.documents.move, guids, before)

    def remove(self) -> None:
        """Remove the chosen transcripts after telling what goes with them."""
        guids = self.list.guids()
        if not guids:
            return
        documents = self.ctx.project.documents
        yes = self.tr("Remove transcript") if len(guids) == 1 else self.tr("Remove transcripts")
        text = documents.consequences(guids) + "\n\n" + self.tr("Undo brings them back.")
        if confirm(self, self.tr("Remove transcripts"), text, yes, danger=True):
            self.details.flush()
            self.ctx.run(documents.remove, guids)

    def mark_not_started(self) -> None:
        self.mark(Status.NOT_STARTED)

    def mark_in_progress(self) -> None:
        self.mark(Status.IN_PROGRESS)

    def mark_finished(self) -> None:
        self.mark(Status.FINISHED)

    def mark(self, status: Status) -> None:
        """Set my status of the chosen transcripts: one step."""
        guids = [row.document.guid for row in self._chosen_rows() if row.status is not status]
        if guids:
            self.ctx.run(self.ctx.project.documents.set_statuses, guids, status)

    def _status_pressed(self, guid: str, at: QPoint) -> None:
        if self.ctx.writable:
            menu = self._status_menu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(at)

    def _status_menu(self, parent: QWidget) -> QMenu:
        return status_menu(parent, self.mark)

    def _menu(self, at: QPoint) -> None:
        if self.list.indexAt(at).isValid():
            row_menu(self).popup(self.list.viewport().mapToGlobal(at))

    # Moving about

    def focus_filter(self) -> None:
        self.show_list()
        self.search.setFocus()
        self.search.selectAll()

    def clear_filter(self) -> None:
        self.search.clear()
        self.list.setFocus()

    def show_list(self) -> None:
        self.tabs.setCurrentIndex(0)
        self.list.setFocus()

    def show_people(self) -> None:
        self.tabs.setCurrentIndex(1)
        self.people.take_focus()
        self.update_actions()
