"""Our style sheet over qt-material: calmer shapes, denser rows, a focus ring everywhere.

Widgets choose a variant by the property ``kind``; coder_app.ui.widgets.parts sets it.
"""

from __future__ import annotations

from dataclasses import asdict
from functools import cache
from string import Template

from coder_app.core.resources import resource
from coder_app.ui.colors import Colors

REPLACED = (
    "QPushButton", "QToolButton", "QLineEdit", "QComboBox", "QSpinBox", "QDoubleSpinBox", "QDateEdit",
    "QDateTimeEdit", "QPlainTextEdit", "QTextEdit", "QMenu", "QMenuBar", "QTabBar", "QTabWidget",
    "QTreeView", "QListView", "QTableView", "QTableWidget", "QHeaderView", "QTableCornerButton", "QScrollBar",
    "QCheckBox", "QRadioButton", "QGroupBox", "QStatusBar", "QProgressBar", "QToolTip", "QFrame", "QLabel",
    "QSplitter", "QDialog", "QStackedWidget", "QScrollArea", "QScrolLBar", "QWidget",
)  # fmt: skip
"""Kinds of widgets for which the sheet below stands in place of qt-material's rules."""

UNUSED = (
    ".danger", ".warning", ".success", "*[", "QDockWidget", "QToolBox", "QSlider", "QToolBar", "QLCDNumber",
    "QCalendarWidget", "#qt_calendar", "QMainWindow", "QSizeGrip",
)  # fmt: skip
"""What this program has none of; each rule costs time with every widget when the colours change."""

_NOT_WANTED = (*REPLACED, *UNUSED)


@cache
def template() -> str:
    """The text of our sheet, with the names of colours still in it."""
    return resource("theme/style.qss").read_text(encoding="utf-8")


def own_sheet(colors: Colors, folder: str) -> str:
    """Our rules in the colours of a theme; ``folder`` is where Qt finds the small pictures."""
    values = {name: str(value) for name, value in asdict(colors).items()}
    return Template(template()).substitute(
        values, folder=folder, scroll="#4a5362" if colors.dark else "#bcc3cf"
    )


def tidy_material(sheet: str) -> str:
    """qt-material's rules without those we replace, without capitals, and leaving fonts to the widgets."""
    kept = []
    for rule in _without_comments(sheet).split("}"):
        selectors, brace, body = rule.partition("{")
        wanted = [s.strip() for s in selectors.split(",") if not any(name in s for name in _NOT_WANTED)]
        declarations = [line.strip() for line in body.split(";") if _wanted(line)]
        if brace and wanted and declarations and any(wanted):
            kept.append(f"{', '.join(wanted)} {{ {'; '.join(declarations)}; }}")
    return "\n".join(kept)


def _wanted(declaration: str) -> bool:
    name = declaration.partition(":")[0].strip()
    return bool(name) and name not in (
        "font-family",
        "font-size",
        "font-weight",
        "line-height",
        "text-transform",
    )


def _without_comments(sheet: str) -> str:
    """Without comments; qt-material leaves some of them open at the line's end."""
    lines = []
    for line in sheet.splitlines():
        head, mark, _ = line.partition("/*")
        lines.append(head if mark else line)
    return "\n".join(lines)


_BOX = '<rect x="1.5" y="1.5" width="13" height="13" rx="3" '
_DISC = '<circle cx="8" cy="8" r="6.5" '
_ARROWS = {"down": "M4 6l4 4 4-4", "up": "M4 10l4-4 4 4", "right": "M6 4l4 4-4 4"}


def pictures(colors: Colors) -> dict[str, str]:
    """File name -> SVG of the small pictures of our style sheet."""
    found = _indicators("", colors.border_strong, colors.accent, colors.surface, colors.on_accent)
    found |= _indicators("-disabled", colors.disabled, colors.disabled, colors.window, colors.surface)
    for name, path in _ARROWS.items():
        found[name] = f'<path d="{path}" {_line(colors.muted, 1.6)}/>'
    head = '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16">'
    return {f"{name}.svg": f"{head}{body}</svg>" for name, body in found.items()}


def _indicators(suffix: str, edge: str, fill: str, paper: str, ink: str) -> dict[str, str]:
    empty = f'fill="{paper}" stroke="{edge}" stroke-width="1.3"/>'
    full = f'fill="{fill}" stroke="{fill}" stroke-width="1.3"/>'
    return {
        f"check-off{suffix}": _BOX + empty,
        f"check-on{suffix}": f'{_BOX}{full}<path d="M4.5 8.3l2.5 2.5 4.7-5.3" {_line(ink, 2)}/>',
        f"check-part{suffix}": f'{_BOX}{full}<path d="M4.5 8h7" {_line(ink, 2)}/>',
        f"radio-off{suffix}": _DISC + empty,
        f"radio-on{suffix}": f'{_DISC}{empty}<circle cx="8" cy="8" r="3.5" fill="{fill}"/>',
    }


def _line(color: str, width: float) -> str:
    return f'fill="none" stroke="{color}" stroke-width="{width}" stroke-linecap="round"'
