"""The text of an empty page with room for all of it."""

from __future__ import annotations

from coder_app.ui.widgets.parts import EmptyState

WIDTH = 330


def set_text(empty: EmptyState, text: str) -> None:
    """Say what to do next; a label that wraps asks its layout for too little height."""
    empty.text.setText(text)
    empty.text.setFixedWidth(WIDTH)
    empty.text.ensurePolished()
    empty.text.setMinimumHeight(max(0, empty.text.heightForWidth(WIDTH)))
