"""Our line icons, drawn in the colours of the theme and again when the theme changes."""

from __future__ import annotations

import weakref
from functools import cache
from typing import Protocol

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from shiboken6 import isValid

from coder_app.core.resources import resource
from coder_app.ui.colors import LIGHT, Colors

_PIXELS = (16, 20, 24, 32, 40, 48)


class HasIcon(Protocol):
    """An action or a button."""

    def setIcon(self, icon: QIcon) -> None: ...


@cache
def _source(name: str) -> str:
    return resource(f"icons/{name}.svg").read_text(encoding="utf-8")


def pixmap(name: str, color: str, size: int, ratio: float = 1.0) -> QPixmap:
    """An icon of ``size`` logical pixels in one colour."""
    pixels = round(size * ratio)
    picture = QPixmap(QSize(pixels, pixels))
    picture.fill(Qt.GlobalColor.transparent)
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", color).encode()))
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


@cache
def _icon(name: str, color: str, disabled: str, chosen: str) -> QIcon:
    icon = QIcon()
    for pixels in _PIXELS:
        picture = pixmap(name, color, pixels)
        icon.addPixmap(picture)
        icon.addPixmap(picture, QIcon.Mode.Selected)  # by itself Qt would tint it
        icon.addPixmap(pixmap(name, disabled, pixels), QIcon.Mode.Disabled)
        if chosen != color:
            icon.addPixmap(pixmap(name, chosen, pixels), QIcon.Mode.Normal, QIcon.State.On)
    return icon


class Icons:
    """Remembers who shows which icon, to draw them again in another theme."""

    def __init__(self) -> None:
        self.colors: Colors = LIGHT
        self._shown: weakref.WeakKeyDictionary[HasIcon, tuple[str, str, str]] = weakref.WeakKeyDictionary()

    def icon(self, name: str, color: str = "text", chosen: str = "") -> QIcon:
        """The icon in a colour of the theme (``Colors`` field); ``chosen`` is for the checked state."""
        normal = getattr(self.colors, color)
        return _icon(name, normal, self.colors.disabled, getattr(self.colors, chosen) if chosen else normal)

    def put(self, target: HasIcon, name: str, color: str = "text", chosen: str = "") -> None:
        """Give ``target`` the icon, now and after each change of theme."""
        self._shown[target] = (name, color, chosen)
        target.setIcon(self.icon(name, color, chosen))

    def recolor(self, colors: Colors) -> None:
        self.colors = colors
        for target, what in list(self._shown.items()):
            if isValid(target):
                target.setIcon(self.icon(*what))


icons = Icons()
