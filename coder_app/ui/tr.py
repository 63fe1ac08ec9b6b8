"""Marks texts of tables for translation; they are translated where they are shown."""

from __future__ import annotations


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """The text itself. Qt's own function of this name, which the translation tools look for, has no types."""
    return text
