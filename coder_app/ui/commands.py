"""What the rows of the window's table of commands do."""

from __future__ import annotations

import logging
import shutil
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QFileDialog

from coder_app.core.errors import UserError
from coder_app.ui import theme
from coder_app.ui.coder_commands import CoderCommands
from coder_app.ui.context import Context, Whose
from coder_app.ui.icons import icons
from coder_app.ui.sharing.commands import Sharing
from coder_app.ui.sharing.team_blind import may_bring_in
from coder_app.ui.sharing.team_desk import TeamDesk
from coder_app.ui.trail.commands import Trail
from coder_app.ui.trail.comparing import Comparing

if TYPE_CHECKING:
    from coder_app.project.project import Project
    from coder_app.ui.window import Window

log = logging.getLogger(__name__)

ZOOM_STEP = 10
SAMPLE_FILE = "Sample study.coder"


class Commands(CoderCommands, QObject):
    """The target of ``WINDOW_ACTIONS``: opening and closing, undo, looks, coders, help."""

    def __init__(self, ctx: Context, window: Window) -> None:
        super().__init__(window)
        self.ctx = ctx
        self.window = window
        self.sharing = Sharing(ctx, window)
        self.trail = Trail(ctx, window)
        self.comparing = Comparing(ctx, window)
        self.team = TeamDesk(ctx, self)
        for key in window.page_specs:
            setattr(self, f"show_{key}", partial(window.show_page, key))

    # Conditions

    @property
    def can_undo(self) -> bool:
        return self.ctx.writable and self.ctx.project.undo_name() is not None

    @property
    def can_redo(self) -> bool:
        return self.ctx.writable and self.ctx.project.redo_name() is not None

    @property
    def everyone(self) -> bool:
        return self.ctx.everyone

    @property
    def consensus(self) -> bool:
        return self.ctx.whose is Whose.CONSENSUS

    @property
    def has_consensus(self) -> bool:
        """Whether anything is settled."""
        return self.ctx.has_project and self.ctx.has_consensus

    @property
    def dark(self) -> bool:
        return self.ctx.colors.dark

    @property
    def follows_system(self) -> bool:
        return self.ctx.settings.theme == "system"

    @property
    def fullscreen(self) -> bool:
        return self.window.isFullScreen()

    # Projects

    def new_project(self) -> None:
        from coder_app.ui.dialogs.new_project import NewProjectDialog

        dialog = NewProjectDialog(self.window, self.ctx.settings.coder_name)
        if dialog.exec():
            self.create(dialog.path, dialog.name, dialog.coder)

    def create(self, path: Path, name: str, coder: str) -> bool:
        """Make a project and open it; False when it could not be made (the reason is shown)."""
        from coder_app.project.project import Project

        ok, project = self.ctx.run(Project.create, path, name, coder)
        if not ok or project is None:
            return False
        self.ctx.settings.coder_name = coder
        self.take_over(project)
        return True

    def open_project(self) -> None:
        from coder_app.ui.dialogs.new_project import documents_folder

        recent = self.ctx.settings.recent
        folder = Path(recent[0].path).parent if recent else documents_folder()
        chosen, _ = QFileDialog.getOpenFileName(
            self.window, self.tr("Open a project"), str(folder), self.tr("Projects (*.coder);;All files (*)")
        )
        if chosen:
            self.open_path(Path(chosen))

    def open_path(self, path: Path, coder: str = "") -> bool:
        """Open a project file, after asking what has to be asked.

        ``coder`` is the name to take where this computer does not know who works.
        """
        path = path.absolute()
        if self.ctx.has_project and self.ctx.project.path == path:
            return True
        from coder_app.project.team import is_published
        from coder_app.ui.opening import open_file

        if is_published(path) and path.is_file() and self.sharing.take_copies([path]):
            return False
        project = open_file(self.window, self.ctx, path)
        if project is None:
            return False
        if not self.choose_coder(project, coder):
            project.close()
            return False
        self.take_over(project)
        if is_published(path):
            self.team.suggest(path.parent)
        return True

    def take_over(self, project: Project) -> None:
        """Show an open project whose coder is known, and see to its daily backup."""
        self.ctx.set_project(project)
        self.ctx.remembered.coder = project.coders.current.guid
        self.ctx.settings.save()
        if self.ctx.writable:
            self.ctx.run(project.back_up_daily)

    def open_sample(self) -> None:
        """Open the sample study in the documents folder; it is made there the first time."""
        from coder_app.formats.sample import CODERS, build_sample
        from coder_app.ui.dialogs.new_project import documents_folder

        path = documents_folder() / SAMPLE_FILE
        if path.exists():
            self.open_path(path, CODERS[0])
            return
        if any(job.key == SAMPLE_FILE for job in self.ctx.work.jobs):
            return
        # made elsewhere, so that a half-made one is never taken for the study
        folder = tempfile.TemporaryDirectory(prefix="coder-app-", ignore_cleanup_errors=True)
        draft = Path(folder.name) / SAMPLE_FILE

        def done(_: None) -> None:
            ok, _path = self.ctx.run(_move, draft, path)
            folder.cleanup()
            if ok:
                self.open_path(path, CODERS[0])

        title = self.tr("Making the sample study")
        self.ctx.work.in_process(
            title, build_sample, (draft,), done, key=SAMPLE_FILE, cancelled=folder.cleanup
        )

    def close_project(self) -> None:
        self.ctx.close_project()

    def import_transcripts(self) -> None:
        """Ask for files on the page that imports them."""
        page = self.window.show_page("transcripts")
        if page is not None:
            page.choose_files()

    def rename_project(self) -> None:
        from coder_app.ui.dialogs.ask import ask_text

        title, yes = self.tr("Rename project"), self.tr("Rename")
        name = ask_text(self.window, title, self.tr("Name of the project"), self.ctx.project.name, yes)
        if name is not None:
            self.ctx.run(self.ctx.project.set_name, name)

    def show_backups(self) -> None:
        from coder_app.project import backups
        from coder_app.ui.dialogs.backups import BackupsDialog

        project = self.ctx.project
        dialog = BackupsDialog(self.window, backups.list_for(project.guid), project.path, comparable=True)
        ok, accepted = self.ctx.run(dialog.exec)
        if dialog.compared is not None:
            self.comparing.compare(dialog.compared)
        if ok and accepted and dialog.restored is not None:
            self.open_path(dialog.restored)

    # Copies

    @property
    def has_file(self) -> bool:
        return self.ctx.has_project and self.ctx.project.path is not None

    def bring_in(self) -> None:
        self.sharing.bring_in()

    def show_merges(self) -> None:
        self.sharing.show_merges()

    def blind_copy(self) -> None:
        self.sharing.blind_copy()

    @property
    def in_trouble(self) -> bool:
        """Whether the project's file can no longer be written (see project/lock.py)."""
        return self.ctx.writable and bool(self.ctx.project.guard.last_trouble)

    def save_copy(self) -> None:
        """Save what the project holds in a new file, and go on there."""
        from coder_app.project.saving import save_copy

        project = self.ctx.project
        assert project.path is not None
        suggested = project.path.with_name(
            self.tr("{name} (my work)").format(name=project.path.stem) + ".coder"
        )
        chosen, _ = QFileDialog.getSaveFileName(
            self.window, self.tr("Save a copy of my work"), str(suggested), self.tr("Projects (*.coder)")
        )
        if not chosen:
            return
        path = Path(chosen)
        path = path if path.suffix.lower() == ".coder" else path.with_name(path.name + ".coder")
        coder, place = project.coders.current.name, self.ctx.remembered.teams.get(str(project.path))
        ok, _ = self.ctx.run(save_copy, project, path)
        if not ok:
            return
        if place is not None:
            self.ctx.remembered.teams.pop(str(project.path), None)
            self.ctx.remembered.teams[str(path)] = place
        if self.open_path(path, coder):
            self.ctx.message.emit(
                self.tr("You work in your copy now. Bring in the other file to have both (Ctrl+Alt+B).")
            )

    # The team folder

    @property
    def publishes(self) -> bool:
        return self.team.place is not None

    @property
    def has_news(self) -> bool:
        """Whether the team folder holds something of colleagues' that is not here."""
        return bool(self.team.news)

    def show_team(self) -> None:
        from coder_app.ui.sharing.team_dialog import TeamDialog

        dialog = TeamDialog(self.window, self.ctx, self.team, self.bring_in_news, self.look_at_news)
        dialog.exec()
        dialog.deleteLater()

    def publish(self) -> None:
        self.team.publish(asked=True)

    def look_at_news(self) -> None:
        if may_bring_in(self.window, self.ctx, self.team.news_copies()):
            self.sharing.bring_in_files(self.team.needed())

    def bring_in_news(self) -> None:
        if may_bring_in(self.window, self.ctx, self.team.news_copies()):
            self.sharing.bring_in_at_once(self.team.needed())

    def compare(self) -> None:
        self.comparing.ask()

    def show_trail(self) -> None:
        self.trail.show()

    def quit(self) -> None:
        self.window.close()

    # Editing

    def undo(self) -> None:
        self.ctx.undo()

    def redo(self) -> None:
        self.ctx.redo()

    def search(self) -> None:
        self.window.search.start()

    def name_levels(self) -> None:
        from coder_app.ui.dialogs.level_names import LevelNamesDialog

        now = self.ctx.project.level_names()
        dialog = LevelNamesDialog(self.window, now)
        if not dialog.exec():
            return
        for level, name in dialog.names.items():
            if name != now.get(level):
                ok, _ = self.ctx.run(self.ctx.project.set_level_name, level, name)
                if not ok:
                    return

    @property
    def codebook_frozen(self) -> bool:
        return self.ctx.has_project and self.ctx.project.codes.frozen_by() is not None

    def set_codebook_frozen(self, frozen: bool) -> None:
        ok, _ = self.ctx.run(self.ctx.project.codes.set_frozen, frozen)
        if ok and frozen:
            self.ctx.message.emit(self.tr("The codebook is frozen: coding goes on, codes stay as they are."))

    # Looks

    def set_everyone(self, everyone: bool) -> None:
        self.show_whose(Whose.EVERYONE if everyone else Whose.MINE)

    def set_consensus(self, consensus: bool) -> None:
        self.show_whose(Whose.CONSENSUS if consensus else Whose.MINE)

    def show_whose(self, whose: Whose) -> None:
        """Show these codings; before others' are seen for the first time a round is offered."""
        from coder_app.ui.agreement.settle.gate import show_whose

        show_whose(self.window, self.ctx, whose)

    def set_dark(self, dark: bool) -> None:
        self._set_theme("dark" if dark else "light")

    def set_system_theme(self, system: bool) -> None:
        self._set_theme("system" if system else "dark" if self.ctx.colors.dark else "light")

    def _set_theme(self, name: str) -> None:
        self.ctx.settings.theme = name
        self.ctx.settings.save()
        self.apply_theme()

    def apply_theme(self) -> None:
        """Show the colours of the setting, if they are not shown already."""
        colors = theme.colors_for(self.ctx.settings.theme)
        app = QApplication.instance()
        if colors == self.ctx.colors or not isinstance(app, QApplication):
            return
        self.window.setUpdatesEnabled(False)
        try:
            theme.apply(app, colors)
            icons.recolor(colors)
            self.ctx.set_colors(colors)
        finally:
            self.window.setUpdatesEnabled(True)

    def zoom_in(self) -> None:
        self.ctx.set_zoom(self.ctx.settings.zoom + ZOOM_STEP)

    def zoom_out(self) -> None:
        self.ctx.set_zoom(self.ctx.settings.zoom - ZOOM_STEP)

    def zoom_reset(self) -> None:
        self.ctx.set_zoom(100)

    def set_fullscreen(self, full: bool) -> None:
        if full:
            self.window.showFullScreen()
        else:
            self.window.showNormal()

    # Help

    def show_shortcuts(self) -> None:
        from coder_app.ui.dialogs.shortcuts import ShortcutsDialog

        ShortcutsDialog(self.window, self.window.action_groups()).exec()

    def show_about(self) -> None:
        from coder_app.ui.dialogs.about import AboutDialog

        AboutDialog(self.window).exec()


def _move(draft: Path, path: Path) -> None:
    """Put a finished file in its place. Raises UserError where it cannot go there."""
    try:
        shutil.move(draft, path)
    except OSError as error:
        raise UserError(f"“{path.name}” could not be saved in {path.parent}: {error.strerror}.") from error
