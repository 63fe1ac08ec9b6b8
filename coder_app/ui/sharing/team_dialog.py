"""The team folder: which it is, who publishes there and when last; begin and stop."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from coder_app.core.errors import UserError
from coder_app.project import team
from coder_app.project.team_look import Copy, State
from coder_app.ui.context import Context
from coder_app.ui.dialogs.ask import confirm, tell
from coder_app.ui.sharing import team_jobs, team_words
from coder_app.ui.sharing.team_desk import TeamDesk
from coder_app.ui.welcome import when_text
from coder_app.ui.widgets.parts import button, label

Do = Callable[[], object]


class TeamDialog(QDialog):
    """``bring_in`` and ``look`` are called once the dialog is closed."""

    def __init__(self, parent: QWidget | None, ctx: Context, desk: TeamDesk, bring_in: Do, look: Do) -> None:
        super().__init__(parent)
        self.ctx, self.desk = ctx, desk
        self._bring_in, self._look = bring_in, look
        self.setWindowTitle(self.tr("Team folder"))
        self.setMinimumSize(560, 300)
        self._lay_out()
        desk.changed.connect(self.show_state)
        self.show_state()
        self.resize(700, 460 if desk.place is not None else 300)
        desk.look()

    def _lay_out(self) -> None:
        text = self.tr(
            "Each of you keeps a project file of your own, and the program puts a copy of it into a folder"
            " that you share: one that OneDrive, Dropbox, Nextcloud or the like keeps in step, or one on a"
            " network drive. Nobody writes another's copy. What colleagues publish comes into your project"
            " only when you bring it in."
        )
        self.folder = QLineEdit()
        self.folder.setReadOnly(True)
        self.folder.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.folder.setPlaceholderText(self.tr("No folder chosen yet"))
        self.folder.setAccessibleName(self.tr("Team folder"))
        self.choose_button = button(self.tr("&Choose a folder…"), self.choose)
        row = QHBoxLayout()
        row.addWidget(self.folder, 1)
        row.addWidget(self.choose_button)
        self.list = QTreeWidget()
        self.list.setHeaderLabels([self.tr("Who"), self.tr("Published"), self.tr("For you")])
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setAccessibleName(self.tr("Who publishes in the team folder"))
        self.list.header().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.state = label("", "muted", wrap=True)
        self.room = QWidget()  # instead of the list where there is none
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        column.addWidget(label(self.tr("Share your work in a folder"), "heading"))
        column.addWidget(label(text, "muted", wrap=True))
        column.addLayout(row)
        column.addWidget(self.list, 1)
        column.addWidget(self.state)
        column.addWidget(self.room, 1)
        column.addWidget(self._make_buttons())

    def _make_buttons(self) -> QDialogButtonBox:
        box, role = QDialogButtonBox(), QDialogButtonBox.ButtonRole
        self.stop_button = box.addButton(self.tr("&Stop publishing…"), role.ResetRole)
        self.use_button = box.addButton(self.tr("Publish &there too"), role.ActionRole)
        self.publish_button = box.addButton(self.tr("&Publish now"), role.ActionRole)
        self.look_button = box.addButton(self.tr("&Look first"), role.ActionRole)
        self.bring_button = box.addButton(self.tr("&Bring in"), role.ActionRole)
        self.close_button = box.addButton(QDialogButtonBox.StandardButton.Close)
        self.stop_button.clicked.connect(self.stop)
        self.use_button.clicked.connect(self._use_suggested)
        self.publish_button.clicked.connect(lambda: self.desk.publish(asked=True))
        self.look_button.clicked.connect(partial(self._leave_for, self._look))
        self.bring_button.clicked.connect(partial(self._leave_for, self._bring_in))
        box.rejected.connect(self.reject)
        return box

    # Showing

    def show_state(self) -> None:
        """Show the folder as it was found last."""
        place = self.desk.place
        self.folder.setText(place.folder if place is not None else "")
        self.folder.setToolTip(self.folder.text())
        self.folder.setCursorPosition(0)
        for widget in (self.list, self.publish_button, self.stop_button):
            widget.setVisible(place is not None)
        self.room.setVisible(place is None)
        self.use_button.setVisible(place is None and self.desk.suggested is not None)
        for news_button in (self.look_button, self.bring_button):
            news_button.setVisible(bool(self.desk.news))
        self._fill()
        self.state.setText(self._state_text())
        self.state.setProperty("kind", "problem" if self.desk.trouble else "muted")
        self.state.style().unpolish(self.state)
        self.state.style().polish(self.state)
        chosen = self.bring_button if self.desk.news else self.close_button
        if place is None:
            chosen = self.choose_button if self.desk.suggested is None else self.use_button
        chosen.setDefault(True)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.desk.place is not None:
            self.list.setFocus()
        else:
            (self.choose_button if self.desk.suggested is None else self.use_button).setFocus()

    def _fill(self) -> None:
        current = self.list.currentItem()
        at = current.data(0, Qt.ItemDataRole.UserRole) if current is not None else None
        self.list.clear()
        copies = [(_who(copy), name, copy) for name, copy in self.desk.copies.items()]
        for who, name, copy in sorted(copies, key=lambda one: (one[0].casefold(), one[1])):
            if copy.state is State.OTHER:
                continue
            own = team.same_copy(name, self.desk.own_name)
            row = [
                self.tr("{who} (you, from here)").format(who=who) if own else who,
                when_published(copy),
                team_words.of_copy(copy) if not own or copy.fresh else self.tr("your own copy"),
            ]
            item = QTreeWidgetItem(self.list, row)
            item.setData(0, Qt.ItemDataRole.UserRole, name)
            for part in range(3):
                item.setToolTip(part, copy.problem or name)
            if name == at:
                self.list.setCurrentItem(item)
        if self.list.currentItem() is None and (first := self.list.topLevelItem(0)) is not None:
            self.list.setCurrentItem(first)
        for part in range(2):
            self.list.resizeColumnToContents(part)

    def _state_text(self) -> str:
        desk = self.desk
        if desk.place is None:
            if desk.suggested is not None:
                text = (
                    self.tr("This project was published in “{folder}”, from another place.")
                    if desk.suggested_name
                    else self.tr("Your colleagues publish in “{folder}”.")
                )
                return text.format(folder=desk.suggested)
            return self.tr("You can stop at any time; your own file is never moved.")
        if desk.trouble:
            rest = self.tr("Your work is safe in your own file; this is tried again.")
            return f"{desk.trouble} {rest}"
        if len([copy for copy in desk.copies.values() if copy.state is not State.OTHER]) < 2:
            return self.tr("Nobody else publishes this study here yet. The others choose the same folder.")
        return self.tr("Your copy is published whenever you pause, and when you close the project.")

    # Doing

    def choose(self) -> None:
        """Ask for the folder and begin to publish there."""
        place = self.desk.place
        start = place.folder if place is not None else str(self.desk.suggested or Path.home())
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Choose the team folder"), start)
        if chosen and (place is None or Path(chosen) != Path(place.folder)):
            self.join(Path(chosen))

    def _use_suggested(self) -> None:
        if self.desk.suggested is not None:
            self.join(self.desk.suggested)

    def join(self, folder: Path) -> None:
        """Publish in this folder from now on, if it is fit for it."""
        project = self.ctx.project
        assert project.path is not None
        check = partial(team_jobs.join, folder, project.path, project.name, project.coders.current.name)
        self.ctx.work.in_thread(
            "", check, partial(self._joined, folder), key="team folder", failed=self._refused
        )

    def _joined(self, folder: Path, name: str) -> None:
        before = self.desk.suggested_name if folder == self.desk.suggested else ""
        self.desk.set_up(folder, before or name)
        self.show_state()
        self.resize(max(self.width(), 700), max(self.height(), 460))

    def _refused(self, error: UserError) -> None:
        tell(self, self.tr("This folder does not do"), str(error))

    def stop(self) -> None:
        """Publish no longer, after a question."""
        text = self.tr(
            "Your work is no longer published, and colleagues' news is no longer noticed. The copy that is in"
            " the folder stays there, so that nobody loses what you have published."
        )
        if confirm(self, self.tr("Stop publishing"), text, self.tr("Stop publishing")):
            self.desk.stop()

    def _leave_for(self, do: Do) -> None:
        self.accept()
        do()


def _who(copy: Copy) -> str:
    """Who publishes a copy, as far as it or its name tells."""
    named = team.name_of(copy.path)
    return copy.who or (named.coder if named is not None else copy.path.name)


def when_published(copy: Copy) -> str:
    """When a copy was written, by the clock of who wrote it; empty where that is no time."""
    try:
        then = datetime.fromtimestamp(copy.signature.mtime / 1e9)
    except (ValueError, OverflowError, OSError):
        return ""
    return when_text(then.isoformat())
