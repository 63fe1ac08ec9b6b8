"""The window: it wires menus, rail, pages, search box and messages together and does no work itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, QCoreApplication, QEvent, QPoint, Qt, QTimer, QUrl
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from coder_app.core.changes import Changes
from coder_app.ui import providers
from coder_app.ui.actions import WINDOW_ACTIONS, Action, ActionSet
from coder_app.ui.commands import Commands
from coder_app.ui.context import Context
from coder_app.ui.menus import Menus
from coder_app.ui.page import Page, PageSpec
from coder_app.ui.pages import PAGES, page_rows
from coder_app.ui.palette_search import SearchBox
from coder_app.ui.rail import Rail
from coder_app.ui.sharing.team_banner import TeamBanner
from coder_app.ui.sharing.trouble import TroubleBanner
from coder_app.ui.welcome import WelcomePage
from coder_app.ui.widgets.banner import Banner, Toast
from coder_app.ui.widgets.progress import WorkProgress
from coder_app.ui.widgets.whose import WhoseSwitch

PROJECT_SUFFIX = ".coder"
TRANSCRIPT_SUFFIXES = (".txt", ".md", ".docx", ".vtt", ".srt")
SMALLEST = (640, 300)
USUAL = (1280, 720)
PATIENCE = 300
"""Milliseconds of work after which its progress is shown; shorter work only flickers."""


class Window(QMainWindow):
    """The main window; ``ctx`` holds everything the pages share."""

    def __init__(self, ctx: Context, pages: Sequence[PageSpec] = PAGES) -> None:
        super().__init__()
        self.ctx = ctx
        self.page_specs = {spec.key: spec for spec in pages}
        self.pages: dict[str, Page] = {}
        self.page_actions: dict[str, ActionSet] = {}
        self.current = ""
        """Key of the page that is up; empty on the welcome page."""
        self.commands = Commands(ctx, self)
        self.actions_set = ActionSet(ctx, [*page_rows(pages), *WINDOW_ACTIONS], self.commands, self)
        self.search = SearchBox(ctx, self)
        self.whose = WhoseSwitch(ctx)
        self.rail = Rail(ctx, pages)
        self.welcome = WelcomePage(ctx)
        self.menus = Menus(self.actions_set)
        self._lay_out()
        self._connect()
        self.setAcceptDrops(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setMinimumSize(*SMALLEST)
        self.restore_place()
        self.show_title()
        self.refresh_actions()

    # Making

    def _lay_out(self) -> None:
        header = QFrame()
        header.setObjectName("header")
        row = QHBoxLayout(header)
        row.setContentsMargins(6, 4, 10, 4)
        row.setSpacing(12)
        row.addWidget(self.menus.bar)
        row.addStretch(1)
        self.search.setMinimumWidth(120)
        self.search.setMaximumWidth(360)
        row.addWidget(self.search, 6)
        row.addWidget(self.whose)
        self.setMenuWidget(header)
        self.notice = Banner()
        self.notice.setContentsMargins(0, 0, 0, 0)
        self.news = TeamBanner(self.ctx, self.commands.team)
        self.trouble = TroubleBanner(self.ctx)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.welcome)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.notice)
        right.addWidget(self.trouble)
        right.addWidget(self.news)
        right.addWidget(self.stack, 1)
        middle = QWidget()
        whole = QHBoxLayout(middle)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.rail)
        whole.addLayout(right, 1)
        self.setCentralWidget(middle)
        self.toast = Toast(self.stack)
        self.progress = WorkProgress(self.ctx.work)
        self.statusBar().addWidget(self.progress)
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().hide()

    def _connect(self) -> None:
        ctx = self.ctx
        ctx.projectOpened.connect(self._project_opened)
        ctx.projectClosed.connect(self._project_closed)
        ctx.changed.connect(self._changed)
        ctx.coderSwitched.connect(self.refresh_actions)
        ctx.everyoneSwitched.connect(self.refresh_actions)
        ctx.themeChanged.connect(self.refresh_actions)
        ctx.message.connect(self.toast.tell)
        ctx.problem.connect(self.show_problem)
        ctx.openPlace.connect(self.open_place)
        ctx.pageWanted.connect(self.show_page)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE)
        self._patience.timeout.connect(lambda: self.statusBar().setVisible(ctx.work.busy))
        ctx.work.started.connect(lambda _: self._patience.start())
        ctx.work.ended.connect(
            lambda _: self.statusBar().setVisible(ctx.work.busy and self.statusBar().isVisible())
        )
        self.news.look_button.clicked.connect(lambda: self.actions_set.trigger("team_look"))
        self.news.bring_button.clicked.connect(lambda: self.actions_set.trigger("team_bring_in"))
        self.news.folder_button.clicked.connect(lambda: self.actions_set.trigger("team_folder"))
        self.commands.team.changed.connect(self.refresh_actions)
        self.trouble.save_button.clicked.connect(lambda: self.actions_set.trigger("save_copy"))
        self.trouble.found.connect(self.refresh_actions)
        self.rail.pageChosen.connect(self.show_page)
        self.rail.coderMenuWanted.connect(self.show_coder_menu)
        self.rail.themeSwitched.connect(self.commands.set_dark)
        self.welcome.newWanted.connect(self.commands.new_project)
        self.welcome.openWanted.connect(self.commands.open_project)
        self.welcome.sampleWanted.connect(self.commands.open_sample)
        self.welcome.pathChosen.connect(self.commands.open_path)
        self.menus.opening.connect(self.refresh_actions)
        self.menus.recentWanted.connect(self.commands.open_path)
        self.menus.set_recent(lambda: ctx.settings.recent)
        self.search.quick = [
            lambda words: providers.commands(words, self.offers()),
            lambda words: providers.codes(words, ctx),
            lambda words: providers.transcripts(words, ctx),
        ]
        self.search.slow = [lambda words: providers.places(words, ctx)]
        QGuiApplication.styleHints().colorSchemeChanged.connect(lambda _: self.commands.apply_theme())
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_changed)

    # Pages

    def show_page(self, key: str) -> Page | None:
        """Bring up a page (it is built the first time); None while no project is open."""
        if not self.ctx.has_project or key not in self.page_specs:
            return None
        page = self.pages.get(key) or self._make_page(key)
        if key != self.current:
            self._leave_page()
            self.current = key
            self.stack.setCurrentWidget(page)
            self.rail.set_current(key)
            self.menus.show_page(key)
            page.come_up()
            self.toast.raise_()
            self.refresh_actions()
        return page

    def _make_page(self, key: str) -> Page:
        page = self.page_specs[key].load()(self.ctx)
        self.stack.addWidget(page)
        try:
            page.ensure_built()
            rows = page.make_actions()
        except BaseException:  # a page that cannot be shown leaves the others usable
            self.stack.removeWidget(page)
            page.deleteLater()
            raise
        self.pages[key] = page
        self.page_actions[key] = rows
        self.menus.add_page(key, rows)
        page.actionsStale.connect(self.refresh_actions)
        return page

    def _leave_page(self) -> None:
        if self.current:
            self.pages[self.current].go_away()
            self.current = ""

    def open_place(self, document: str, start: int, end: int) -> None:
        """Jump to a place in a transcript, on the Code page."""
        page = self.show_page("code")
        if page is not None:
            page.open_place(document, start, end)

    # The project

    def _project_opened(self) -> None:
        project = self.ctx.project
        self.show_title()
        if project.read_only_reason:
            self.notice.tell(project.read_only_reason, "warning")
        else:
            self.notice.hide()
        first = "code" if self.ctx.remembered.document else next(iter(self.page_specs), "")
        self.show_page(first if first in self.page_specs else next(iter(self.page_specs), ""))
        self.refresh_actions()

    def _project_closed(self) -> None:
        self._leave_page()
        for key, page in self.pages.items():
            self.menus.remove_page(key)
            self.stack.removeWidget(page)
            page.setParent(None)
            page.deleteLater()
        self.pages.clear()
        self.page_actions.clear()
        self.search.results.hide()
        self.notice.hide()
        self.stack.setCurrentWidget(self.welcome)
        self.rail.set_current("")
        self.welcome.show_recent()
        self.welcome.focus_first()
        self.setWindowTitle(self.tr("Coder"))

    def _changed(self, changes: Changes, _initiator: object) -> None:
        if changes & (Changes.STUDY | Changes.CODERS):
            self.ctx.project.coders.refresh()
            self.show_title()
            self.rail.show_coder()
        self.refresh_actions()

    def show_title(self) -> None:
        """The project's name, and whether it may be changed."""
        if not self.ctx.has_project:
            self.setWindowTitle(self.tr("Coder"))
            return
        project = self.ctx.project
        note = self.tr(" (read-only)") if project.read_only else ""
        self.setWindowTitle(f"{project.name}{note} – {self.tr('Coder')}")

    def show_coder_menu(self) -> None:
        """The coders of the project beside the rail's button."""
        if not self.ctx.has_project:
            return
        rows = ("new_coder", "rename_coder", "join_coders")
        menu = self.rail.coder_menu([self.actions_set[row] for row in rows])
        corner = self.rail.coder.mapToGlobal(QPoint(self.rail.coder.width() + 4, self.rail.coder.height()))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(corner - QPoint(0, menu.sizeHint().height()))

    # Actions and messages

    def refresh_actions(self) -> None:
        """Ask the conditions of all commands in reach again, and name what undo would take back."""
        self.actions_set.refresh()
        if self.current in self.page_actions:
            self.page_actions[self.current].refresh()
            self.menus.hide_empty()
        open_now = self.ctx.writable
        names = (
            ("undo", self.tr("&Undo"), self.ctx.project.undo_name() if open_now else None),
            ("redo", self.tr("&Redo"), self.ctx.project.redo_name() if open_now else None),
        )
        for id, verb, name in names:
            self.actions_set[id].setText(f"{verb} {name.replace('&', '&&')}" if name else verb)

    def _focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.current and self.isAncestorOf(now):
            self.page_actions[self.current].refresh()

    def show_problem(self, text: str) -> None:
        """Tell a problem: over the page, or over the dialog that is open."""
        modal = QApplication.activeModalWidget()
        if modal is not None:
            from coder_app.ui.dialogs.ask import tell

            tell(modal, self.tr("This did not work"), text)
        else:
            self.toast.tell(text, "problem")

    def offers(self) -> list[providers.Offer]:
        """The commands that can be carried out now: this page's, the window's, and those of other pages."""
        here = self.page_actions.get(self.current)
        found: dict[str, providers.Offer] = {}
        for rows in (here, self.actions_set):
            if rows is not None:
                for row in rows.rows.values():
                    if rows.enabled(row.id):
                        found[row.id] = (row, partial(rows.trigger, row.id))
        if self.ctx.has_project:
            reach = set(self.actions_set.rows) | set(here.rows if here is not None else ())
            for key, spec in self.page_specs.items():
                for row in spec.load().actions_table() if key != self.current else ():
                    if row.id not in reach and not row.scope:
                        found.setdefault(row.id, (row, partial(self._go_and_do, key, row.id)))
        return list(found.values())

    def _go_and_do(self, key: str, id: str) -> None:
        if self.show_page(key) is not None:
            self.page_actions[key].trigger(id)

    def action_groups(self) -> list[tuple[str, list[Action]]]:
        """All rows by page, for the overview of shortcuts."""
        groups = [(self.tr("Everywhere"), list(self.actions_set.rows.values()))]
        for spec in self.page_specs.values():
            page = QCoreApplication.translate("Actions", spec.title)
            for table in spec.load().action_tables():
                section = QCoreApplication.translate("Actions", table.title)
                groups.append((f"{page} – {section}" if section else page, table.rows))
        from coder_app.ui.trail.actions import ROWS, TITLE

        groups.append((QCoreApplication.translate("Actions", TITLE), list(ROWS)))
        return [group for group in groups if group[1]]

    # Files dropped on the window

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _paths(event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = _paths(event.mimeData().urls())
        event.acceptProposedAction()
        self.take_files(paths)

    def take_files(self, paths: Sequence[Path]) -> None:
        """Bring copies of the open project in, open another project, or import transcripts."""
        projects = [path for path in paths if path.suffix.lower() == PROJECT_SUFFIX]
        if projects and self.commands.sharing.take_copies(projects):
            return
        if projects:
            self.commands.open_path(projects[0])
            return
        if not self.ctx.has_project:
            self.ctx.message.emit(self.tr("Open or make a project first; then drop the transcripts again."))
            return
        page = self.show_page("transcripts")
        receive: Callable[[list[Path]], None] | None = getattr(page, "import_files", None)
        if receive is not None:
            receive(list(paths))

    # The window's own place

    def restore_place(self) -> None:
        """Where the window stood last; in the middle of the screen at first."""
        saved = self.ctx.settings.geometry
        if not saved or not self.restoreGeometry(QByteArray.fromBase64(saved.encode())):
            screen = self.screen().availableGeometry()
            self.resize(min(USUAL[0], screen.width()), min(USUAL[1], screen.height()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.commands.team.look()
            self.trouble.look_soon()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.ctx.settings.geometry = bytes(self.saveGeometry().toBase64().data()).decode()
        self.ctx.close_project()
        self.ctx.work.cancel_all()
        self.ctx.settings.save()
        event.accept()


def _paths(urls: Sequence[QUrl]) -> list[Path]:
    """The files among what is dragged that the program can read."""
    wanted = (PROJECT_SUFFIX, *TRANSCRIPT_SUFFIXES)
    paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    return [path for path in paths if path.suffix.lower() in wanted]
