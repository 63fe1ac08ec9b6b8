"""What the change of colours and the rules of the header must not spoil: menus, the disc of the coder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage, QRegion
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from ui.shell import make_window

from coder_app.project.project import Project
from coder_app.ui import theme
from coder_app.ui.colors import DARK, LIGHT, Colors
from coder_app.ui.window import Window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def window(qtbot: QtBot, project: Project) -> Iterator[Window]:
    made = make_window()
    qtbot.addWidget(made)
    project.coders.switch(project.coders.named("Ann").guid)
    made.commands.take_over(project)
    yield made
    made.close()
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, LIGHT)


def paper(menu: QMenu) -> QColor:
    """What a menu is painted on, over a window that keeps nothing of its own (as without a compositor)."""
    menu.ensurePolished()
    menu.resize(menu.sizeHint())
    picture = QImage(menu.size(), QImage.Format.Format_RGB32)
    picture.fill(QColor("#000000"))
    menu.render(picture, QPoint(), QRegion(), QMenu.RenderFlag.DrawChildren)
    return picture.pixelColor(menu.width() // 2, 3)


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
def test_menus_of_the_header_have_their_own_paper(window: Window, colors: Colors) -> None:
    window.commands.set_dark(colors.dark)
    field = window.search.createStandardContextMenu()
    filled = [menu for menu in window.menus.menus.values() if not menu.isEmpty()]
    assert filled
    for menu in (*filled, field):
        assert paper(menu).name() == colors.surface, menu.title()
    field.deleteLater()


def test_the_disc_of_the_coder_stays_when_the_colours_change(window: Window) -> None:
    before = window.rail.coder.icon().pixmap(30).toImage()
    window.commands.set_dark(True)
    assert window.rail.coder.icon().pixmap(30).toImage() == before
    window.commands.set_dark(False)
    assert window.rail.coder.icon().pixmap(30).toImage() == before


def test_the_answers_of_the_search_end_where_its_box_ends(window: Window) -> None:
    window.search.start()
    window.search.setText("show")
    window.search._typed()
    results = window.search.results
    box = window.search.mapTo(window, window.search.rect().topRight())
    assert results.isVisible()
    assert results.geometry().right() == box.x()
    assert results.list.grab().toImage().pixelColor(0, 0).name() != LIGHT.border
