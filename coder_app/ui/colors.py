"""The colours of the light and the dark theme."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Colors:
    """The colours of one theme as ``#rrggbb``, for style sheets and for widgets that paint themselves.

    Text on ``window``, ``surface``, ``raised`` and the ``_soft`` colours reaches 4.5 to 1 (WCAG AA),
    ``border_strong`` and ``focus`` reach 3 to 1 against them.
    """

    dark: bool
    window: str
    """Behind everything."""
    surface: str
    """Pages, cards, tables, text."""
    raised: str
    """Menus, headers, buttons at rest."""
    rail: str
    hover: str
    text: str
    muted: str
    """Less important text."""
    disabled: str
    border: str
    """Lines that only divide."""
    border_strong: str
    """The outline of something one can use."""
    accent: str
    accent_hover: str
    on_accent: str
    accent_soft: str
    """A chosen row."""
    focus: str
    selection: str
    """Chosen text."""
    danger: str
    danger_soft: str
    warning: str
    warning_soft: str
    success: str
    success_soft: str


LIGHT = Colors(
    dark=False,
    window="#f3f4f7",
    surface="#ffffff",
    raised="#f8f9fb",
    rail="#e9ebf0",
    hover="#eceff4",
    text="#1d2430",
    muted="#586174",
    disabled="#9aa2b1",
    border="#dde1e8",
    border_strong="#7a8393",
    accent="#2a5a86",
    accent_hover="#234c72",
    on_accent="#ffffff",
    accent_soft="#dbe7f2",
    focus="#2a6db0",
    selection="#bcd7f2",
    danger="#ad2a2a",
    danger_soft="#fbe6e4",
    warning="#7a5200",
    warning_soft="#fdf1d6",
    success="#236443",
    success_soft="#e0f2e7",
)

DARK = Colors(
    dark=True,
    window="#16191f",
    surface="#1d2128",
    raised="#252a33",
    rail="#12151a",
    hover="#2b313b",
    text="#e4e7ec",
    muted="#a3acbb",
    disabled="#667080",
    border="#333a45",
    border_strong="#7b8595",
    accent="#8fbbe6",
    accent_hover="#a9ccef",
    on_accent="#0f1c29",
    accent_soft="#2a3d52",
    focus="#7db4ec",
    selection="#34587d",
    danger="#f29a94",
    danger_soft="#43262a",
    warning="#ecc06a",
    warning_soft="#3d321b",
    success="#86d0a4",
    success_soft="#1f3a2c",
)
