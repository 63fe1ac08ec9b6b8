"""The theme: contrast, no write into the home directory, and a fast switch."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
)
from pytestqt.qtbot import QtBot

from coder_app.core.palette import contrast
from coder_app.core.resources import resource
from coder_app.ui import style, theme
from coder_app.ui.colors import DARK, LIGHT, Colors
from coder_app.ui.icons import icons, pixmap

THEMES = pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture(autouse=True)
def fresh() -> None:
    theme._prepared.cache_clear()


@THEMES
def test_text_is_readable_wherever_it_stands(colors: Colors) -> None:
    backgrounds = (
        colors.window,
        colors.surface,
        colors.raised,
        colors.rail,
        colors.hover,
        colors.accent_soft,
    )
    for paper in (*backgrounds, colors.selection):
        assert contrast(colors.text, paper) >= 4.5, paper
    for paper in backgrounds:
        assert contrast(colors.muted, paper) >= 4.5, paper
    for ink, paper in (
        (colors.on_accent, colors.accent),
        (colors.on_accent, colors.accent_hover),
        (colors.danger, colors.danger_soft),
        (colors.danger, colors.surface),
        (colors.warning, colors.warning_soft),
        (colors.success, colors.success_soft),
        (colors.accent, colors.surface),
    ):
        assert contrast(ink, paper) >= 4.5, (ink, paper)


@THEMES
def test_outlines_and_the_focus_ring_can_be_seen(colors: Colors) -> None:
    for paper in (colors.window, colors.surface, colors.raised, colors.rail):
        assert contrast(colors.border_strong, paper) >= 2.9, paper
        assert contrast(colors.focus, paper) >= 3, paper


@THEMES
def test_the_sheet_is_whole_and_calm(qapp: QApplication, home: Path, colors: Colors) -> None:
    theme.apply(qapp, colors)
    name = "themedark" if colors.dark else "themelight"
    folder = next((home / "cache").glob(f"{name}-*"))
    sheet = (folder / theme.SHEET).read_text(encoding="utf-8")
    assert sheet.count("{") == sheet.count("}")
    assert "$" not in sheet
    assert "uppercase" not in sheet
    assert "icon:/" not in sheet
    for picture in set(re.findall(rf"url\({name}:/([^)]+)\)", sheet)):
        assert (folder / picture).is_file(), picture


def test_nothing_is_written_to_the_home_directory(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = dict(os.environ)
    import qt_material.resources.generate as generate

    monkeypatch.setattr(generate, "RESOURCES_PATH", str(tmp_path / "home" / ".qt_material"))
    theme.apply(qapp, DARK)
    assert not (tmp_path / "home").exists()
    assert dict(os.environ) == before


def test_a_cache_folder_that_cannot_be_written_does_not_stop_the_program(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("CODER_APP_HOME", str(tmp_path / "file"))
    theme.apply(qapp, LIGHT)
    assert paper_of_a_button() == LIGHT.accent


def test_a_finished_theme_is_used_again(
    qapp: QApplication, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme.apply(qapp, LIGHT)
    theme._prepared.cache_clear()

    def never(*_: object) -> Path:
        raise AssertionError("The theme was made again.")

    monkeypatch.setattr(theme, "_make", never)
    theme.apply(qapp, LIGHT)
    assert not list((home / "cache").glob(".theme-*"))


def test_a_half_made_theme_is_made_again(qapp: QApplication, home: Path) -> None:
    theme.apply(qapp, LIGHT)
    folder = next((home / "cache").glob("themelight-*"))
    (folder / theme.SHEET).unlink()
    theme._prepared.cache_clear()
    theme.apply(qapp, LIGHT)
    assert paper_of_a_button() == LIGHT.accent


def test_a_theme_that_vanished_while_the_program_runs_is_made_again(qapp: QApplication, home: Path) -> None:
    theme.apply(qapp, LIGHT)
    shutil.rmtree(home / "cache")
    for colors in (DARK, LIGHT, DARK):
        theme.apply(qapp, colors)
        assert paper_of_a_button() == colors.accent


def test_switching_there_and_back_leaves_everything_as_it_was(qapp: QApplication, qtbot: QtBot) -> None:
    theme.apply(qapp, LIGHT)
    shown, hidden = QGroupBox("One"), QGroupBox("Other")
    for box in (shown, hidden):
        qtbot.addWidget(box)
        column = QVBoxLayout(box)
        for part in (
            QLabel("Words"),
            QLineEdit("Words"),
            QCheckBox("Words"),
            QTreeWidget(),
            QPushButton("Do"),
        ):
            column.addWidget(part)
        box.resize(300, 300)
        box.ensurePolished()
    shown.show()
    pictures: dict[Colors, list[QImage]] = {}
    for colors in (LIGHT, DARK, LIGHT, DARK):
        theme.apply(qapp, colors)
        now = [box.grab().toImage() for box in (shown, hidden)]
        assert pictures.setdefault(colors, now) == now
    assert pictures[LIGHT] != pictures[DARK]


def paper_of_a_button() -> str:
    """The colour of a button that asks for the accent, as it is painted."""
    button = QPushButton()
    button.setProperty("kind", "primary")
    button.resize(60, 30)
    return button.grab().toImage().pixelColor(15, 15).name()


def test_controls_are_thirty_pixels_high_and_widgets_keep_their_own_fonts(
    qapp: QApplication, qtbot: QtBot
) -> None:
    theme.apply(qapp, LIGHT)
    button, tree = QPushButton("Import"), QTreeWidget()
    qtbot.addWidget(button)
    qtbot.addWidget(tree)
    font = theme.reading_font(200)
    tree.setFont(font)
    QTreeWidgetItem(tree, ["a"])
    button.show()
    tree.show()
    assert 28 <= button.sizeHint().height() <= 32
    assert tree.font().pixelSize() == font.pixelSize() == 30


def test_the_tidied_sheet_keeps_what_we_do_not_replace() -> None:
    sheet = """
    /* QSlider { color: red; } */
    * { font-size: 13px; color: blue; }
    QPushButton, QDial::handle { width: 3px; }
    QLCDNumber { color: red; }
    QPushButton { text-transform: uppercase; }
    QDial { font-weight: bold; }
    """
    assert style.tidy_material(sheet) == "* { color: blue; }\nQDial::handle { width: 3px; }"


def test_every_icon_can_be_drawn_in_any_colour(qapp: QApplication) -> None:
    names = sorted(path.stem for path in resource("icons").glob("*.svg"))
    assert len(names) > 50
    for name in names:
        image = pixmap(name, "#ff0000", 24).toImage()
        inked = [
            image.pixelColor(x, y)
            for x in range(24)
            for y in range(24)
            if image.pixelColor(x, y).alpha() > 128
        ]
        assert inked, name
        assert all(color.red() > 200 and color.green() < 60 for color in inked), name


def test_icons_follow_the_theme(qapp: QApplication, qtbot: QtBot) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    icons.recolor(LIGHT)
    icons.put(button, "plus")
    before = button.icon().pixmap(24, 24).toImage().pixelColor(12, 12).lightness()
    icons.recolor(DARK)
    after = button.icon().pixmap(24, 24).toImage().pixelColor(12, 12).lightness()
    assert before < 100 < after
