"""Which way imports point: ui -> formats -> project -> core; Qt only in ui, SQL only in project."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "coder_app"
FILES = sorted(PACKAGE.rglob("*.py"))

ALLOWED = {
    "core": {"core"},
    "project": {"core", "project"},
    "formats": {"core", "project", "formats"},
    "cli": {"core", "project", "formats", "cli"},
    "ui": {"core", "project", "formats", "ui"},
}
"""Layer -> layers it may import. The command line may start the window, and only there (see below)."""

ONLY_IN = {"PySide6": "ui", "qt_material": "ui", "sqlalchemy": "project", "sqlite3": "project"}


@cache
def imports(path: Path) -> list[tuple[str, bool]]:
    """Module names a file imports, and whether only when type checking or within a function."""
    found = []

    def look(node: ast.AST, late: bool) -> None:
        if isinstance(node, ast.Import):
            found.extend((alias.name, late) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found.append((node.module or "", late))
        late = late or isinstance(node, (ast.FunctionDef, ast.If))
        for child in ast.iter_child_nodes(node):
            if not isinstance(child, ast.expr):
                look(child, late)

    look(ast.parse(path.read_text(encoding="utf-8")), False)
    return found


def layer(path: Path) -> str:
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else ""


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_one_way(path: Path) -> None:
    own = layer(path)
    for name, late in imports(path):
        parts = name.split(".")
        home = ONLY_IN.get(parts[0])
        assert home is None or own == home, f"{name} belongs in {home} only"
        if parts[0] == "coder_app" and len(parts) > 1 and own:
            starts_window = own == "cli" and late and name in ("coder_app.ui", "coder_app.ui.app")
            assert parts[1] in ALLOWED[own] or starts_window, f"{own} must not import {name}"


def test_nothing_reaches_for_the_network() -> None:
    forbidden = {"socket", "http", "urllib", "urllib3", "requests", "ftplib", "smtplib", "aiohttp", "httpx"}
    for path in FILES:
        for name, _ in imports(path):
            assert name.split(".")[0] not in forbidden, f"{path}: {name}"
            assert name != "PySide6.QtNetwork", path


def test_no_file_is_over_long() -> None:
    long = [str(path) for path in FILES if path.read_text(encoding="utf-8").count("\n") > 500]
    assert long == []
