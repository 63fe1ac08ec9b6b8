"""The audit trail in a window of its own, beside the one in which one works."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from coder_app.core.changes import Changes
from coder_app.core.errors import UserError
from coder_app.project.audit import Entry
from coder_app.project.audit_search import Wanted
from coder_app.ui.actions import ActionSet
from coder_app.ui.codebook.wording import counted, short
from coder_app.ui.context import Context, Whose
from coder_app.ui.report.exporting import Exporter
from coder_app.ui.times import moment
from coder_app.ui.trail.actions import ROWS
from coder_app.ui.trail.eyes import eyes_of, may_see_all
from coder_app.ui.trail.filters import Filters, kind_name
from coder_app.ui.trail.model import TrailModel
from coder_app.ui.trail.sentences import in_order
from coder_app.ui.trail.table import TrailTable
from coder_app.ui.trail.telling import as_text, ask_and_export, open_thing
from coder_app.ui.widgets.parts import button, label
from coder_app.ui.work import Job

if TYPE_CHECKING:
    from coder_app.ui.window import Window

_SOON = 150
"""Milliseconds after an action until it is in the list."""
_HIGH, _LOW = 72, 52
"""Pixels of the box with the whole sentence, in a low window too."""
_ENOUGH = 470
"""Pixels of height below which what can be spared is left out."""


class TrailWindow(QWidget):
    """The whole trail with filters, or (``node``) the story of one node of the codebook."""

    def __init__(self, ctx: Context, window: Window) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.ctx, self.main = ctx, window
        self.node = ""
        self.wanted = Wanted()
        """What is shown."""
        self._job: Job | None = None
        self._keep = ""
        """GUID of the action to be found again once it has been looked for."""
        self._build()
        self.actions_set = ActionSet(ctx, ROWS, self, self)
        self._lay_out()
        self._soon = QTimer(self, singleShot=True, interval=_SOON)
        self._soon.timeout.connect(self.look)
        ctx.changed.connect(self._changed)
        ctx.everyoneSwitched.connect(self._look_if_shown)
        ctx.coderSwitched.connect(self._look_if_shown)
        ctx.themeChanged.connect(self.table.viewport().update)
        ctx.projectClosed.connect(self._project_closed)

    # Making

    def _build(self) -> None:
        self.title = label("", "heading")
        self.title.setMinimumWidth(1)
        self.count = label("", "muted")
        self.filters = Filters(self.ctx)
        self.filters.changed.connect(self.look)
        self.blind = label("", "muted", wrap=True)
        self.everyone_button = button(
            self.tr("Show everyone's"), self._show_everyone, kind="flat", icon="users"
        )
        self.model = TrailModel(self.ctx, self._read, self)
        self.table = TrailTable(self.model, self.tr("Actions"))
        self.table.opened.connect(self.open_current)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_entry())
        self.about = label("", "caption", wrap=True)
        self.whole = QPlainTextEdit()
        self.whole.setReadOnly(True)
        self.whole.setTabChangesFocus(True)
        self.whole.setAccessibleName(self.tr("The whole of the chosen action"))
        self.whole.setFixedHeight(_HIGH)
        self.open_button = button(self.tr("Open"), self.open_current, kind="primary", icon="open")
        self.story_button = button(self.tr("How it came to be"), self.tell_story, icon="clock")
        self.all_button = button(self.tr("The whole audit trail"), self.show_all, icon="clock")
        self.copy_button = button(self.tr("Copy"), self.copy, icon="copy")
        self.export_button = button(self.tr("Export…"), self.export, icon="export")
        self.reset_button = button(self.tr("Show everything"), self.reset, kind="flat", icon="refresh")
        self.exporter = Exporter(self.ctx, self)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.title, 1)
        top.addWidget(self.count)
        blind = QHBoxLayout()
        blind.addWidget(self.blind, 1)
        blind.addWidget(self.everyone_button)
        low = QHBoxLayout()
        low.setSpacing(8)
        low.addWidget(self.reset_button)
        low.addStretch(1)
        for made in (
            self.story_button,
            self.all_button,
            self.copy_button,
            self.export_button,
            self.open_button,
        ):
            low.addWidget(made)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.filters)
        column.addLayout(blind)
        column.addWidget(self.table, 1)
        column.addWidget(self.about)
        column.addWidget(self.whole)
        column.addWidget(self.exporter.banner)
        column.addLayout(low)
        self.setMinimumSize(480, 300)
        screen = self.main.screen().availableGeometry()
        self.resize(min(1040, screen.width() - 40), min(660, screen.height() - 60))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """At 200 % a laptop has room for a few rows: they come first."""
        super().resizeEvent(event)
        low = self.height() < _ENOUGH
        self.whole.setFixedHeight(_LOW if low else _HIGH)
        self.about.setVisible(not low)
        self.table.horizontalHeader().setVisible(not low)
        self.blind.setText(self._blind_words())
        column = self.layout()
        if column is not None:
            column.setContentsMargins(*((12, 6, 12, 8) if low else (16, 14, 16, 14)))
            column.setSpacing(5 if low else 8)

    # Conditions of the commands

    @property
    def has_rows(self) -> bool:
        return bool(self.model.ids) and self.ctx.has_project

    @property
    def has_current(self) -> bool:
        return self.entry is not None

    @property
    def has_code(self) -> bool:
        entry = self.entry
        return entry is not None and entry.code in self.ctx.project.codes.tree()

    @property
    def is_filtering(self) -> bool:
        return not self.node

    @property
    def is_narrowed(self) -> bool:
        return not self.node and self.filters.narrowed

    # Showing

    def show_node(self, guid: str) -> None:
        """Show the story of a node, or (empty) the whole trail, in front."""
        self.node = guid if guid in self.ctx.project.codes.tree() else ""
        self.show()
        self.raise_()
        self.activateWindow()
        self.look()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def look(self) -> None:
        """Look for what is wanted now, in pieces between the window's events."""
        if not self.ctx.has_project:
            return
        self._soon.stop()
        if self._job is not None:
            self._job.cancel()
        if self.node and self.node not in self.ctx.project.codes.tree():
            self.node = ""
        self.filters.reload()
        entry = self.entry
        self._keep = entry.guid if entry is not None else ""
        eyes = eyes_of(self.ctx)
        self.wanted = (
            Wanted(story=self.node, eyes=eyes) if self.node else replace(self.filters.wanted, eyes=eyes)
        )
        self.model.clear()
        self._show_head(looking=True)
        self._job = self.ctx.work.in_pieces(
            "", self._pieces(), lambda _: self._found(), failed=self._failed, cancelled=_nothing
        )
        if self._job not in self.ctx.work.jobs:
            self._job = None  # it ran at once

    def _pieces(self) -> Generator[tuple[int, int], None, None]:
        for ids in self.ctx.project.audit.ids(self.wanted):
            first = not self.model.ids
            self.model.add(ids)
            if first and ids:
                self._choose_first()
            yield 0, 0

    def _choose_first(self) -> None:
        """The action that was chosen before, if it is on the first pages; else the first."""
        rows = range(min(len(self.model.ids), 100)) if self._keep else range(0)
        found = (row for row in rows if (e := self.model.entry(row)) is not None and e.guid == self._keep)
        self.table.setCurrentIndex(self.model.index(next(found, 0), 0))

    def _found(self) -> None:
        self._job = None
        self._show_head(looking=False)
        self._show_entry()

    def _failed(self, error: UserError) -> None:
        self.ctx.problem.emit(str(error))
        self._found()

    def _show_head(self, *, looking: bool) -> None:
        several = len(self.ctx.project.coders.all()) > 1
        if self.node:
            name = self.ctx.project.codes.tree()[self.node].name
            title = self.tr("How “{name}” came to be").format(name=short(name, 80))
        else:
            title = self.tr("Audit trail")
        self.title.setText(title)
        self.setWindowTitle(f"{title} – {self.ctx.project.name}")
        total = len(self.model.ids)
        words = counted(total, self.tr("{n} action"), self.tr("{n} actions"))
        problem = "" if self.node else self.filters.problem
        self.count.setText(self.tr("Looking…") if looking else problem or words)
        self.filters.setVisible(not self.node)
        self.reset_button.setVisible(not self.node)
        self.all_button.setVisible(bool(self.node))
        self.story_button.setVisible(not self.node)
        blind = self.wanted.eyes is not None and several
        self.blind.setText(self._blind_words())
        self.blind.setVisible(blind)
        self.everyone_button.setVisible(blind)
        self._refresh_actions()

    def _blind_words(self) -> str:
        if self.height() < _ENOUGH:
            return self.tr("What others coded is left out.")
        return self.tr(
            "What others coded, noted and settled is left out: the switch says “Mine”. Their work on"
            " codebook, transcripts and participants is here."
        )

    @property
    def entry(self) -> Entry | None:
        """The action that is chosen."""
        row = self.table.currentIndex().row()
        return self.model.entry(row) if 0 <= row < len(self.model.ids) and self.ctx.has_project else None

    def _show_entry(self) -> None:
        entry = self.entry
        if entry is None:
            self.about.setText("")
            looked = self._job is None
            self.whole.setPlainText(self.tr("No action answers to that.") if looked else "")
        else:
            parts = [
                moment(entry.time),
                *(kind_name(kind) for kind in entry.kinds),
            ]
            if entry.action:
                parts.append(f"“{short(entry.action, 80)}”")
            if not entry.coder:
                parts.append(
                    self.tr("this copy was made for independent coding and does not hold who did it")
                )
            if entry.taken_back:
                parts.append(self.tr("taken back later"))
            self.about.setText("  ·  ".join(parts))
            self.whole.setPlainText(self._whole_of(entry))
        self._refresh_actions()

    def _whole_of(self, entry: Entry) -> str:
        """The sentence with texts that are not shortened."""
        ids = [self.model.ids[self.table.currentIndex().row()]]
        found = self.ctx.project.audit.told(ids, self.wanted, whole=True)
        return in_order(found[0].sentence if found else entry.sentence, entry.coder_name)

    def _read(self, ids: Sequence[int]) -> list[Entry]:
        return self.ctx.project.audit.told(ids, self.wanted)

    def _refresh_actions(self) -> None:
        self.actions_set.refresh()
        for made, id in (
            (self.open_button, "trail_open"),
            (self.story_button, "trail_story"),
            (self.copy_button, "trail_copy"),
            (self.export_button, "trail_export"),
            (self.reset_button, "trail_reset"),
        ):
            made.setEnabled(self.actions_set[id].isEnabled())
            made.setToolTip(self.actions_set.rows[id].keys)

    # Doing

    def open_current(self) -> None:
        """Go to what the chosen action speaks of, in the main window."""
        if self.entry is not None and open_thing(self.ctx, self.main, self.entry):
            self.main.raise_()
            self.main.activateWindow()

    def tell_story(self) -> None:
        if self.entry is not None and self.has_code:
            self.show_node(self.entry.code)

    def show_all(self) -> None:
        self.show_node("")

    def focus_words(self) -> None:
        self.filters.words.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def reset(self) -> None:
        self.filters.reset()

    def copy(self) -> None:
        """The chosen actions, or of a story all, as lines of text."""
        rows = self.table.chosen()
        if self.node and len(rows) <= 1:
            rows = list(range(len(self.model.ids)))
        title = self.title.text() if self.node else ""
        found = [entry for row in rows if (entry := self.model.entry(row)) is not None]
        QApplication.clipboard().setText(as_text(title, found))
        self.count.setText(counted(len(found), self.tr("{n} action copied"), self.tr("{n} actions copied")))

    def export(self) -> None:
        ask_and_export(self.ctx, self, self.exporter, self.wanted)

    def _show_everyone(self) -> None:
        may_see_all(self, self.ctx, Whose.EVERYONE)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        down = event.key() == Qt.Key.Key_Down and isinstance(QApplication.focusWidget(), QLineEdit)
        if down:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    # What happens elsewhere

    def _changed(self, changes: Changes, _initiator: object) -> None:
        if changes and self.isVisible():
            self._soon.start()

    def _look_if_shown(self) -> None:
        if self.isVisible():
            self.look()

    def _project_closed(self) -> None:
        self._job = None  # cancelled with all others
        self._soon.stop()
        self.model.clear()
        self.node = ""
        self.hide()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._soon.stop()
        super().closeEvent(event)


def _nothing() -> None:
    """A search that was given up leaves nothing to do."""
