"""Code colours: fourteen that stay apart for colour-blind people, and their tints.

The colours were chosen by search: the smallest OKLab distance between any two of them is at least
0.09 as seen with normal vision and in the simulations of protanopia, deuteranopia and tritanopia
of Machado, Oliveira & Fernandes (2009). Where they still look alike, the name is always shown too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

PALETTE: dict[str, str] = {
    "Blue": "#2d5ed4",
    "Rust": "#b23b19",
    "Ochre": "#a48b08",
    "Purple": "#8c4b93",
    "Sky": "#19affe",
    "Pine": "#145157",
    "Rose": "#c05b6b",
    "Yellow": "#eac932",
    "Violet": "#57288f",
    "Sage": "#9fab80",
    "Brown": "#7f2407",
    "Cyan": "#40e3f1",
    "Cornflower": "#4f84fe",
    "Mint": "#a3dca1",
}
"""Name -> ``#rrggbb``, in the order in which new codes take them."""

COLORS: tuple[str, ...] = tuple(PALETTE.values())


def next_color(used: Iterable[str]) -> str:
    """The palette's colour that is used least so far; the earlier one where several are."""
    count = Counter(color.lower() for color in used)
    return min(COLORS, key=lambda color: count[color])


def color_name(color: str) -> str:
    """The palette's name of a colour, or its ``#rrggbb`` where it is none of ours."""
    wanted = color.lower()
    return next((name for name, value in PALETTE.items() if value == wanted), wanted)


def rgb(color: str) -> tuple[int, int, int]:
    """``#rrggbb`` as three numbers from 0 to 255."""
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def tint(color: str, dark: bool = False, *, strength: float = 1.0) -> tuple[int, int, int, int]:
    """The translucent form (red, green, blue, alpha) that is laid under the words.

    Two or three tints over each other leave text readable (4.5 to 1) on both themes; a pale colour
    gets a stronger tint than a deep one so that both can be seen. ``strength`` above 1 is for the
    chosen coding.
    """
    red, green, blue = rgb(color)
    light = luminance(color)
    if dark:
        alpha = 0.34 - 0.16 * min(light * 2, 1)
        if light < 0.12:  # a deep colour would drown in a dark page: lift it
            red, green, blue = (round(part + (255 - part) * 0.25) for part in (red, green, blue))
    else:
        alpha = 0.20 + 0.20 * min(light * 1.4, 1)
    return red, green, blue, min(round(255 * alpha * strength), 160)


def luminance(color: str) -> float:
    """Relative luminance from 0 to 1 (WCAG 2.2, definition "relative luminance")."""

    def linear(part: int) -> float:
        value = part / 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in rgb(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio from 1 to 21 (WCAG 2.2, definition "contrast ratio")."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def ink_on(color: str) -> str:
    """Black or white, whichever is easier to read on ``color`` (at least 4.58 to 1)."""
    return "#ffffff" if contrast(color, "#ffffff") >= contrast(color, "#000000") else "#000000"
