"""What the pages share: the open project, the settings, the colours, and one way to run an action."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal

from coder_app.core.changes import Changes
from coder_app.core.errors import UserError
from coder_app.core.model import CONSENSUS
from coder_app.ui.colors import LIGHT, Colors
from coder_app.ui.work import Work

if TYPE_CHECKING:
    from coder_app.project.project import Project
    from coder_app.ui.settings import ProjectSettings, Settings

T = TypeVar("T")


class Whose(StrEnum):
    """Whose codings are shown."""

    MINE = "mine"
    EVERYONE = "everyone"
    CONSENSUS = "consensus"
    """What the coders settled on together."""


class Context(QObject):
    """Handed to every page. Signals are in the past tense and are sent after the fact."""

    projectOpened = Signal()
    projectClosed = Signal()
    changed = Signal(object, object)
    """(what: Changes, initiator: object or None), once for each action."""
    coderSwitched = Signal()
    everyoneSwitched = Signal()
    themeChanged = Signal()
    zoomChanged = Signal(int)
    """Percent of the reading text."""
    message = Signal(str)
    """Something to tell, without stopping anybody."""
    problem = Signal(str)
    """A ``UserError`` in its own words."""
    openPlace = Signal(str, int, int)
    """Jump to (document, start, end) on the Code page."""
    pageWanted = Signal(str)
    """Show the page with this key."""
    trailWanted = Signal(str)
    """Show the audit trail, or the story of the node of the codebook with this GUID."""
    documentSelected = Signal(str)
    codeSelected = Signal(str)

    def __init__(self, settings: Settings, work: Work | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        self.colors: Colors = LIGHT
        self.work = work or Work(parent=self)
        self.work.failed.connect(self.problem)
        self._project: Project | None = None
        self._whose = Whose.MINE
        self.looked: set[tuple[str, str]] = set()
        """(project, coder) GUIDs: who chose in this session how to see the others' work."""
        self.agreed_to_bring_in: set[tuple[str, str]] = set()
        """(project, coder) GUIDs: who agreed in this session to bring in codings that no round measured."""
        self._document = ""
        self._code = ""

    # The project

    @property
    def project(self) -> Project:
        """The open project; asking for it while none is open is a mistake in the program."""
        if self._project is None:
            raise RuntimeError("No project is open.")
        return self._project

    @property
    def has_project(self) -> bool:
        return self._project is not None

    @property
    def writable(self) -> bool:
        """Whether a project is open and may be changed."""
        return self._project is not None and not self._project.read_only

    @property
    def remembered(self) -> ProjectSettings:
        """What this machine remembers of the open project."""
        return self.settings.project(self.project.guid)

    def set_project(self, project: Project) -> None:
        """Take over an open project; the one before it is closed."""
        self.close_project()
        self._project = project
        self._whose = Whose.MINE
        self._document = self._code = ""
        project.take_changes()
        self._note_use()
        self.settings.save()
        self.projectOpened.emit()

    def close_project(self) -> None:
        """Close the project, if one is open; pages keep their places first (``projectClosed``)."""
        if self._project is None:
            return
        self.work.cancel_all()
        self._note_use()
        self.projectClosed.emit()
        project, self._project = self._project, None
        project.close()
        self.settings.save()

    def _note_use(self) -> None:
        """Put the open project at the top of the recent files, used now."""
        if self.project.path is not None:
            now = datetime.now().isoformat(timespec="seconds")
            self.settings.add_recent(self.project.path, self.project.name, now)

    # Whose codings are shown

    @property
    def whose(self) -> Whose:
        """Whose codings are shown; each project opens blind (``MINE``)."""
        return self._whose

    @property
    def everyone(self) -> bool:
        """Whether everybody's codings are shown."""
        return self._whose is Whose.EVERYONE

    @property
    def has_consensus(self) -> bool:
        """Whether anything is settled in the open project."""
        return self.project.coders.layers()[-1].guid == CONSENSUS

    @property
    def in_pass(self) -> bool:
        """Whether who works now is there for a stability pass, which is coded blind."""
        coders = self.project.coders
        return coders.chosen and self.project.stability.of_coder(coders.current.guid) is not None

    def set_whose(self, whose: Whose) -> None:
        """Show these codings at once; what asks for a round first is ``agreement.settle.gate.show_whose``.

        In a stability pass only its own codings are shown.
        """
        if whose is not Whose.MINE and self.in_pass:
            self.tell_pass()
        elif whose != self._whose:
            self._whose = whose
            self.everyoneSwitched.emit()

    def tell_pass(self) -> None:
        """Say why the others' work is not shown now."""
        self.message.emit(
            self.tr(
                "A stability pass is coded blind: leave the pass before you look at others' codings"
                " (Ctrl+Shift+F4 on the Code page)."
            )
        )

    def set_everyone(self, everyone: bool) -> None:
        self.set_whose(Whose.EVERYONE if everyone else Whose.MINE)

    def coders_shown(self) -> list[str] | None:
        """The coders whose codings are shown, as project methods take them; None means everybody."""
        if self._whose is Whose.CONSENSUS:
            return [CONSENSUS]
        return None if self.everyone else [self.project.coders.current.guid]

    def writers_shown(self) -> list[str] | None:
        """Whose memos are shown, as project methods take them: beside the consensus one's own."""
        return None if self.everyone else [self.project.coders.current.guid]

    def switch_coder(self, guid: str) -> bool:
        """Work on as another coder; the view goes back to blind."""
        if guid == self.project.coders.current.guid:
            return True
        ok, _ = self.run(self.project.coders.switch, guid)
        if ok:
            self.remembered.coder = guid
            self._whose = Whose.MINE
            self.coderSwitched.emit()
            self.everyoneSwitched.emit()
        return ok

    # What is looked at

    @property
    def document(self) -> str:
        """GUID of the transcript looked at, or empty."""
        return self._document

    @property
    def code(self) -> str:
        """GUID of the code looked at, or empty."""
        return self._code

    def select_document(self, guid: str) -> None:
        if guid != self._document:
            self._document = guid
            self.documentSelected.emit(guid)

    def select_code(self, guid: str) -> None:
        if guid != self._code:
            self._code = guid
            self.codeSelected.emit(guid)

    # Doing things

    def run(
        self, fn: Callable[..., T], *args: Any, initiator: object = None, **kw: Any
    ) -> tuple[bool, T | None]:
        """Run a method of the project and tell everybody what it changed.

        Returns (True, its value), or (False, None) after an expected problem, which is shown. The
        initiator is not refreshed by ``Page``: it shows the result already.
        """
        try:
            value = fn(*args, **kw)
        except UserError as error:
            self.spread(initiator)
            self.problem.emit(str(error))
            return False, None
        self.spread(initiator)
        return True, value

    def spread(self, initiator: object = None) -> None:
        """Announce what the project's actions have touched since the last time."""
        if self._project is not None:
            changes: Changes = self._project.take_changes()
            if changes:
                self.changed.emit(changes, initiator)

    def undo(self) -> None:
        self._step_back(self.project.undo, self.tr("Undone: {name}"))

    def redo(self) -> None:
        self._step_back(self.project.redo, self.tr("Done again: {name}"))

    def _step_back(self, step: Callable[[], Any], sentence: str) -> None:
        ok, undone = self.run(step)
        if ok and undone is not None:
            text = sentence.format(name=undone.name)
            if undone.left_alone:
                text += ". " + self.tr("Left alone, because it was changed since: {things}").format(
                    things="; ".join(undone.left_alone)
                )
            self.message.emit(text)

    # Looks

    def set_colors(self, colors: Colors) -> None:
        self.colors = colors
        self.themeChanged.emit()

    def set_zoom(self, percent: int) -> None:
        before = self.settings.zoom
        self.settings.set_zoom(percent)
        if self.settings.zoom != before:
            self.zoomChanged.emit(self.settings.zoom)
