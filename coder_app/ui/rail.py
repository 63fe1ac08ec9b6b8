"""The rail on the left: the pages in the order of the method, the theme, and who is coding."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from coder_app.ui.context import Context
from coder_app.ui.icons import icons
from coder_app.ui.page import PageSpec
from coder_app.ui.widgets.disc import disc

WIDTH = 108
NARROW_WIDTH = 60
LOW = 560
"""Below this height of the rail (logical pixels) the labels go and the icons stay."""
LOWEST = 304
"""Below this one the switch of colours goes, too; it is in the menu View."""


class Rail(QFrame):
    """One button per page; below them the switch of colours and the current coder."""

    pageChosen = Signal(str)
    coderMenuWanted = Signal()
    themeSwitched = Signal(bool)

    def __init__(self, ctx: Context, pages: Sequence[PageSpec], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.setObjectName("rail")
        self.setFixedWidth(WIDTH)
        self.setAccessibleName(self.tr("Pages"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(6, 8, 6, 8)
        self._column.setSpacing(2)
        self.pages: dict[str, QToolButton] = {}
        for number, spec in enumerate(pages, 1):
            self._add_page(spec, number)
        self._column.addStretch(1)
        self.theme = self._button("moon", "", self.tr("Light or dark colours (Ctrl+Shift+D)"))
        self.theme.setIconSize(QSize(18, 18))
        self.theme.clicked.connect(lambda: self.themeSwitched.emit(not ctx.colors.dark))
        self.coder = self._button("", "", self.tr("Who is coding"))
        self.coder.setIconSize(QSize(30, 30))
        self.coder.clicked.connect(self.coderMenuWanted)
        ctx.projectOpened.connect(self.show_coder)
        ctx.projectClosed.connect(self._project_closed)
        ctx.coderSwitched.connect(self.show_coder)
        ctx.themeChanged.connect(self._show_theme)
        self._show_theme()
        self._project_closed()

    def set_current(self, key: str) -> None:
        """Show which page is up; an empty key for none."""
        for name, made in self.pages.items():
            made.setChecked(name == key)

    def show_coder(self) -> None:
        """Show who is coding."""
        for made in self.pages.values():
            made.setEnabled(True)
        name = self.ctx.project.coders.current.name
        self.coder.setIcon(disc(name, 30, self.devicePixelRatioF()))
        metrics = QFontMetrics(self.coder.font())
        self.coder.setText(
            metrics.elidedText(name.replace("&", "&&"), Qt.TextElideMode.ElideRight, WIDTH - 22)
        )
        tip = self.tr("{name} is coding. Click to switch (Ctrl+Shift+U)").format(name=name)
        self.coder.setToolTip(tip)
        self.coder.setAccessibleName(tip)
        self.coder.show()

    def coder_menu(self, actions: Sequence[QAction]) -> QMenu:
        """The coders of the project, the current one ticked, and what else can be done."""
        menu = QMenu(self)
        current = self.ctx.project.coders.current.guid
        for coder in self.ctx.project.coders.all():
            entry = menu.addAction(coder.name.replace("&", "&&"))
            entry.setCheckable(True)
            entry.setChecked(coder.guid == current)
            entry.triggered.connect(lambda _checked, guid=coder.guid: self.ctx.switch_coder(guid))
            if coder.guid == current:
                menu.setActiveAction(entry)
        menu.addSeparator()
        menu.addActions(list(actions))
        return menu

    def _add_page(self, spec: PageSpec, number: int) -> None:
        title = QCoreApplication.translate("Actions", spec.title)
        made = self._button(spec.icon, title, f"{title} (Ctrl+{number})")
        made.setCheckable(True)
        made.setAccessibleName(title)
        icons.put(made, spec.icon, "muted", "text")
        made.clicked.connect(lambda: self.pageChosen.emit(spec.key))
        self.pages[spec.key] = made

    def _button(self, icon: str, text: str, tip: str) -> QToolButton:
        made = QToolButton()
        made.setText(text)
        made.setToolTip(tip)
        made.setAccessibleName(text or tip)
        made.setIconSize(QSize(22, 22))
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if icon:
            icons.put(made, icon, "muted")
        self._column.addWidget(made)
        return made

    def _project_closed(self) -> None:
        for made in self.pages.values():
            made.setEnabled(False)
            made.setChecked(False)
        self.coder.hide()

    def _show_theme(self) -> None:
        icons.put(self.theme, "sun" if self.ctx.colors.dark else "moon", "muted")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down go from button to button."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        low = event.size().height() < LOW
        self.theme.setVisible(event.size().height() >= LOWEST)
        self.setFixedWidth(NARROW_WIDTH if low else WIDTH)
        style = Qt.ToolButtonStyle
        wanted = style.ToolButtonIconOnly if low else style.ToolButtonTextUnderIcon
        for made in (*self.pages.values(), self.coder):
            made.setToolButtonStyle(wanted)
        super().resizeEvent(event)

    def minimumSizeHint(self) -> QSize:
        """Without the switch of colours, which gives way."""
        hint = super().minimumSizeHint()
        switch = self.theme.sizeHint().height() + self._column.spacing()
        return hint if self.theme.isHidden() else hint - QSize(0, switch)
