"""Colours of the transcript in light and dark, and tints that leave the words readable."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtGui import QColor

from coder_app.core.palette import contrast, luminance, rgb

READABLE = 6.0
"""Contrast that the words keep on any mixture of tints (WCAG AA asks for 4.5)."""
UNNAMED = "#808a9a"
"""The colour of a passage that waits for its code."""


@dataclass(frozen=True, slots=True)
class TranscriptColors:
    """What the transcript is painted with, as ``#rrggbb``."""

    dark: bool
    page: str
    ink: str
    muted: str
    """Time stamps, turn numbers, the interviewer's name, names beside the stripes."""
    line: str
    accent: str
    """The chosen coding's frame and handles, the caret."""
    selection: str
    find: str
    find_current: str
    speakers: tuple[str, ...]
    """Ink of the names of participants, in the order in which they first speak."""


LIGHT = TranscriptColors(
    dark=False,
    page="#ffffff",
    ink="#1d2430",
    muted="#586174",
    line="#dde1e8",
    accent="#2a5a86",
    selection="#bcd7f2",
    find="#ffe9a8",
    find_current="#ffb84d",
    speakers=("#1f5a96", "#8f3f10", "#2b6a3d", "#85306b", "#5a489f", "#12656e"),
)

DARK = TranscriptColors(
    dark=True,
    page="#1d2128",
    ink="#e4e7ec",
    muted="#a3acbb",
    line="#333a45",
    accent="#8fbbe6",
    selection="#34587d",
    find="#5a4a17",
    find_current="#8a5a10",
    speakers=("#8fc1f2", "#f0ab83", "#8fd0a2", "#e6a3d0", "#bdb0f2", "#80cfd6"),
)


@lru_cache(maxsize=4096)
def blend(over: str, under: str, alpha: float) -> str:
    """``over`` laid on ``under`` with opacity ``alpha`` (0 to 1)."""
    parts = zip(rgb(over), rgb(under), strict=True)
    return "#{:02x}{:02x}{:02x}".format(*(round(a * alpha + b * (1 - alpha)) for a, b in parts))


@lru_cache(maxsize=4096)
def tint(colors: tuple[str, ...], theme: TranscriptColors) -> QColor:
    """The opaque tint under words where codings of ``colors`` lie over each other, the uppermost last.

    Each is laid on the one before, so that the smallest coding shows most; the whole stays so pale (or
    in the dark theme so deep) that the theme's ink keeps the contrast ``READABLE`` on it.
    """
    strength = 1.0
    while True:
        shade = theme.page
        for color in colors:
            deep = theme.dark and luminance(color) < 0.12
            lifted = blend("#ffffff", color, 0.3) if deep else color  # it would drown in a dark page
            shade = blend(lifted, shade, _opacity(color, theme) * strength)
        if strength < 0.1 or contrast(theme.ink, shade) >= READABLE:
            return QColor(shade)
        strength -= 0.05


def _opacity(color: str, theme: TranscriptColors) -> float:
    """How strongly one tint covers: a deep colour less on white, a bright one less on black."""
    light = luminance(color)
    return 0.42 - 0.22 * min(light * 1.6, 1) if theme.dark else 0.22 + 0.16 * min(light * 1.4, 1)


@lru_cache(maxsize=4096)
def visible(color: str, theme: TranscriptColors, ratio: float = 1.9) -> QColor:
    """``color`` moved towards the ink until a stripe or line of it stands out from the page."""
    for step in range(11):
        shade = blend(theme.ink, color, step / 10)
        if contrast(shade, theme.page) >= ratio:
            return QColor(shade)
    return QColor(theme.ink)
