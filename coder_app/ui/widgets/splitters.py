"""Splitters that stand where they were left."""

from __future__ import annotations

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QSplitter

from coder_app.ui.context import Context


def remember(ctx: Context, splitters: dict[str, QSplitter]) -> None:
    """Put each splitter where the user left it, and note where she leaves it."""
    layout = ctx.settings.layout
    for name, splitter in splitters.items():
        saved = layout.get(name)
        if saved:
            splitter.restoreState(QByteArray.fromBase64(saved.encode()))
        splitter.splitterMoved.connect(lambda *_, n=name, s=splitter: _note(ctx, n, s))


def _note(ctx: Context, name: str, splitter: QSplitter) -> None:
    ctx.settings.layout[name] = bytes(splitter.saveState().toBase64().data()).decode()
