"""The table of commands: whole, unambiguous, and what it names exists."""

from __future__ import annotations

import itertools
from collections import Counter
from importlib.util import find_spec

import pytest
from PySide6.QtGui import QKeySequence

from coder_app.core.resources import resource
from coder_app.ui.actions import MENUS, WINDOW_ACTIONS, Action
from coder_app.ui.commands import Commands
from coder_app.ui.page import ActionTable, PageSpec
from coder_app.ui.pages import PAGES, page_rows
from coder_app.ui.trail.actions import ROWS as TRAIL_ROWS
from coder_app.ui.trail.window import TrailWindow

EVERYWHERE = [*page_rows(PAGES), *WINDOW_ACTIONS]
WINDOWS = ("window", "trail")
"""What has a window of its own; keys are heard in one window only."""
KNOWN = {"project", "writable"}


def landed(spec: PageSpec) -> bool:
    parts = spec.where.partition(":")[0].split(".")
    return all(find_spec(".".join(parts[:size])) for size in range(2, len(parts) + 1))


def tables() -> list[tuple[str, list[ActionTable]]]:
    """The window's rows, and each page's own rows with those of its sections."""
    found = [("window", [ActionTable("", Commands, EVERYWHERE)])]  # type: ignore[arg-type]
    found.append(("trail", [ActionTable("", TrailWindow, list(TRAIL_ROWS))]))  # type: ignore[arg-type]
    return found + [(spec.key, spec.load().action_tables()) for spec in PAGES if landed(spec)]


ROWS = [
    pytest.param(row, table.target, id=f"{name}-{row.id}")
    for name, found in tables()
    for table in found
    for row in table.rows
]


def test_ids_are_unique_wherever_they_meet() -> None:
    """Two pages may both offer a command (the codebook's are on two); then it is the same command."""
    known: dict[str, Action] = {}
    for name, found in tables():
        rows = [row for table in found for row in table.rows]
        met = rows if name in WINDOWS else [*EVERYWHERE, *rows]
        assert [id for id, number in Counter(row.id for row in met).items() if number > 1] == []
        for row in rows:
            assert known.setdefault(row.id, row).text == row.text, row.id


def test_shortcuts_are_unique_wherever_they_are_heard() -> None:
    """A row of the window is heard everywhere; a row of a page on it; a section's while it is shown; a row
    with a scope in its widget."""
    for name, (first, *sections) in tables():
        own = first.rows if name in WINDOWS else [*EVERYWHERE, *first.rows]
        for heard in [own, *([*own, *section.rows] for section in sections)]:
            for one, other in itertools.combinations([row for row in heard if row.shortcut], 2):
                if one.scope and other.scope and one.scope != other.scope:
                    continue
                same = QKeySequence(one.shortcut) == QKeySequence(other.shortcut)
                assert not same, f"{one.id} and {other.id} are both on {one.shortcut}"


@pytest.mark.parametrize(("row", "target"), ROWS)
def test_each_row_is_whole(row: Action, target: type) -> None:
    assert row.label
    assert row.menu in MENUS
    assert row.shortcut, "every action has a key"
    assert QKeySequence(row.shortcut).toString(), row.shortcut
    assert not row.icon or resource(f"icons/{row.icon}.svg").is_file()
    if not row.id.startswith("page_"):
        assert callable(getattr(target, row.call, None)), row.call
    for condition in (*row.when.split(), *row.checked.split()):
        assert condition in KNOWN or hasattr(target, condition) or target is not Commands, condition


def test_the_label_is_the_text_without_marks() -> None:
    assert Action("x", "&Open R&&D…", "open", "file").label == "Open R&D"
