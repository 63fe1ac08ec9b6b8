"""Who works: switching, adding, renaming and joining coders, and finding out who sits here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from coder_app.core.errors import UserError
from coder_app.core.names_alike import likeness
from coder_app.ui.context import Context

if TYPE_CHECKING:
    from coder_app.core.model import Coder
    from coder_app.project.project import Project
    from coder_app.ui.window import Window


class CoderCommands:
    """What the rows of the coders' menu call. The window's commands inherit this."""

    ctx: Context
    window: Window

    @property
    def several_coders(self) -> bool:
        return self.ctx.has_project and len(self.ctx.project.coders.all()) > 1

    def switch_coder(self) -> None:
        self.window.show_coder_menu()

    def new_coder(self) -> None:
        from coder_app.ui.dialogs.ask import ask_text

        title, yes = tr("New coder"), tr("Add and switch")
        name = ask_text(self.window, title, tr("Name of the new coder"), "", yes)
        if name is None:
            return
        ok, guid = self.ctx.run(self.ctx.project.coders.add, name)
        if ok and guid is not None:
            self.ctx.switch_coder(guid)

    def rename_coder(self) -> None:
        from coder_app.ui.dialogs.ask import ask_text

        coder = self.ctx.project.coders.current
        title, yes = tr("Rename coder"), tr("Rename")
        name = ask_text(self.window, title, tr("Name of the coder"), coder.name, yes)
        if name is not None and name != coder.name:
            self.ctx.run(self.ctx.project.coders.rename, coder.guid, name)

    def join_coders(self) -> None:
        """Make two coders one, who are one person; whose name is likest to one's own is offered first."""
        from coder_app.ui.sharing.joining import JoinCoders

        coders = self.ctx.project.coders
        me = coders.current
        others = [coder for coder in coders.all() if coder.guid != me.guid]
        likest = max(others, key=lambda coder: likeness(coder.name, me.name).score)
        JoinCoders(self.ctx, (me.guid, likest.guid), self.window, picks=True).open()

    def choose_coder(self, project: Project, name: str) -> bool:
        """Find out who works now; False when nobody was chosen."""
        from coder_app.ui.dialogs.coder import WhoDialog

        if self._take_up(project, self.ctx.settings.project(project.guid).coder):
            return True
        everybody = project.coders.all()
        known: list[Coder] = []
        for likely in (self.ctx.settings.coder_name, name):
            known = known or [coder for coder in everybody if coder.name.casefold() == likely.casefold()]
        if len(known) == 1:
            project.coders.switch(known[0].guid)
            return True
        own, may_add = self.ctx.settings.coder_name, not project.read_only
        dialog = WhoDialog(self.window, project.name, everybody, own, may_add=may_add)
        if not dialog.exec():
            return False
        return self._settle_coder(project, dialog.chosen.guid if dialog.chosen else "", dialog.new_name)

    def _take_up(self, project: Project, guid: str) -> bool:
        """Work on as who worked here last, or as whom that coder was joined into meanwhile."""
        try:
            project.coders.switch(guid)
        except UserError:
            return False
        return True

    def _settle_coder(self, project: Project, guid: str, new_name: str) -> bool:
        if not guid:
            ok, added = self.ctx.run(project.coders.add, new_name)
            if not ok or added is None:
                return False
            guid = added
            self.ctx.settings.coder_name = new_name
        project.coders.switch(guid)
        return True


def tr(text: str) -> str:
    return QCoreApplication.translate("Commands", text)
