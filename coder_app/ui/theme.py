"""Light and dark: the colours of the program, and qt-material dressed in them."""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import tempfile
import time
from dataclasses import asdict
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QDir, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from coder_app.core.palette import ink_on
from coder_app.ui.colors import DARK, LIGHT, Colors
from coder_app.ui.settings import cache_dir

log = logging.getLogger(__name__)

__all__ = ["DARK", "LIGHT", "Colors", "apply", "colors_for", "ink_on", "reading_font", "ui_font"]


_UI_FAMILIES = ("Noto Sans", "Inter", "Ubuntu", "Cantarell", "Roboto", "DejaVu Sans")
_FALLBACKS = (
    "Noto Sans CJK KR", "Malgun Gothic", "Apple SD Gothic Neo", "Noto Sans Hebrew", "Arial Hebrew",
    "Noto Sans Arabic", "Noto Color Emoji", "Segoe UI Emoji", "Apple Color Emoji",
)  # fmt: skip
SHEET = "sheet.qss"
_CURRENT = "themesheet"
"""The prefix under which Qt finds the sheet of the theme that is shown."""
_ADDRESS = f"file:///{_CURRENT}:{SHEET}"
UI_PIXELS = 13
READING_PIXELS = 15


@cache
def _families() -> list[str]:
    """The families to write in: the system's own on Windows and macOS, elsewhere a good one; fallbacks."""
    here = set(QFontDatabase.families())
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    if QGuiApplication.platformName() in ("windows", "cocoa"):
        first = [system]
    else:
        first = [name for name in _UI_FAMILIES if name in here][:1] or [system]
    return first + [name for name in _FALLBACKS if name in here]


def ui_font() -> QFont:
    """The font of menus, buttons and tables."""
    font = QFont(_families())
    font.setPixelSize(UI_PIXELS)
    return font


def reading_font(zoom: int = 100) -> QFont:
    """The font of transcripts and quotes at a zoom in percent."""
    font = QFont(_families())
    font.setPixelSize(max(6, round(READING_PIXELS * zoom / 100)))
    return font


def colors_for(theme: str) -> Colors:
    """The colours for a setting: "light", "dark" or "system" (what the desktop says)."""
    if theme == "system":
        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    else:
        dark = theme == "dark"
    return DARK if dark else LIGHT


def apply(app: QApplication, colors: Colors) -> None:
    """Dress the whole program.

    Qt is given the same address for the sheet of both themes, and a new style to read it anew: so each
    widget is dressed once. Exchanging the sheet dresses it many times over, taking the old one off
    first twice (measured with all pages: 0.18 s, some seconds and 0.23 s).
    """
    name = _name(colors)
    folder = _made(colors, name)
    other = LIGHT if colors.dark else DARK
    _prepared(other, _name(other))  # so that the first switch is as quick as the others
    for prefix in (name, _CURRENT):
        QDir.setSearchPaths(prefix, [str(folder)])
    app.setPalette(_palette(colors))
    app.setFont(ui_font())
    if app.styleSheet() == _ADDRESS or app.style().objectName() != "fusion":
        app.setStyle("Fusion")
    if app.styleSheet() != _ADDRESS:
        app.setStyleSheet(_ADDRESS)


def _name(colors: Colors) -> str:
    """The prefix under which Qt finds the pictures of a theme."""
    return "themedark" if colors.dark else "themelight"


def _made(colors: Colors, name: str) -> Path:
    """The folder of a theme; made once more where it vanished meanwhile."""
    folder = _prepared(colors, name)
    if not (folder / SHEET).is_file():
        _prepared.cache_clear()
        folder = _prepared(colors, name)
    return folder


@cache
def _prepared(colors: Colors, name: str) -> Path:
    """The folder with the finished style sheet and its pictures; made when missing or out of date.

    It is kept in the user's cache folder, because making it takes longer than the rest of the start.
    Where that cannot be written, a temporary folder serves.
    """
    from coder_app.ui import style

    origin = find_spec("qt_material")
    if origin is None or origin.origin is None:
        raise RuntimeError("qt-material is not installed.")
    template = Path(origin.origin).parent / "material.qss.template"
    known = (
        template.stat().st_size,
        style.template(),
        style.REPLACED,
        asdict(colors),
        style.pictures(colors),
    )
    mark = hashlib.sha256(repr(known).encode()).hexdigest()[:16]
    folder = cache_dir() / f"{name}-{mark}"
    if (folder / SHEET).is_file():
        return folder
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        draft = _make(colors, name, Path(tempfile.mkdtemp(prefix=".theme-", dir=folder.parent)))
    except OSError as error:
        log.warning("The theme cannot be kept in %s (%s); a temporary folder serves.", folder.parent, error)
        return _make(colors, name, Path(tempfile.mkdtemp(prefix="coder-app-")))
    try:
        os.replace(draft, folder)
    except OSError:  # another window was quicker, or an unfinished one stands there
        if not (folder / SHEET).is_file():
            return draft
        shutil.rmtree(draft, ignore_errors=True)
    _sweep(folder, name)
    return folder


def _sweep(folder: Path, name: str) -> None:
    """Remove the folders of earlier versions of a theme that have not been used for a day."""
    for old in folder.parent.glob(f"{name}-*"):
        if old != folder and time.time() - old.stat().st_mtime > 86400:
            shutil.rmtree(old, ignore_errors=True)


def _make(colors: Colors, name: str, folder: Path) -> Path:
    """Have qt-material render its sheet and icons into ``folder`` and add our own."""
    import qt_material

    from coder_app.ui import style

    theme = folder / "material.xml"
    theme.write_text(_material_theme(colors), encoding="utf-8")
    environment, palette = dict(os.environ), QGuiApplication.palette()
    try:  # an absolute folder keeps it from writing to the home directory
        sheet = qt_material.build_stylesheet(str(theme), parent=str(folder), export=True)
    finally:
        os.environ.clear()
        os.environ.update(environment)
        QGuiApplication.setPalette(palette)
    for file, picture in style.pictures(colors).items():
        (folder / file).write_text(picture, encoding="utf-8")
    text = style.tidy_material(sheet).replace("icon:/", f"{name}:/") + style.own_sheet(colors, f"{name}:")
    (folder / SHEET).write_text(text, encoding="utf-8")
    return folder


def _material_theme(colors: Colors) -> str:
    values = {
        "primaryColor": colors.accent,
        "primaryLightColor": colors.accent_soft,
        "secondaryColor": colors.raised,
        "secondaryLightColor": colors.border,
        "secondaryDarkColor": colors.window,
        "primaryTextColor": colors.text,
        "secondaryTextColor": colors.text,
    }
    lines = "".join(f'<color name="{name}">{value}</color>' for name, value in values.items())
    return f'<?xml version="1.0" encoding="UTF-8"?><resources>{lines}</resources>'


def _palette(colors: Colors) -> QPalette:
    """The same colours for what the style sheet does not reach."""
    palette = QPalette()
    role = QPalette.ColorRole
    for name, value in {
        role.Window: colors.window,
        role.WindowText: colors.text,
        role.Base: colors.surface,
        role.AlternateBase: colors.raised,
        role.Text: colors.text,
        role.Button: colors.raised,
        role.ButtonText: colors.text,
        role.BrightText: colors.danger,
        role.Highlight: colors.selection,
        role.HighlightedText: colors.text,
        role.PlaceholderText: colors.muted,
        role.ToolTipBase: colors.surface,
        role.ToolTipText: colors.text,
        role.Link: colors.accent,
        role.LinkVisited: colors.accent,
        role.Accent: colors.accent,
        role.Mid: colors.border,
        role.Dark: colors.border_strong,
        role.Light: colors.surface,
    }.items():
        palette.setColor(name, QColor(value))
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(colors.disabled))
    return palette
