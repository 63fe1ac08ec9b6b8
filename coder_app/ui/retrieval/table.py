"""Rows of the table of commands for a page with a list of quotes, and what they call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder_app.ui.actions import Action
from coder_app.ui.tr import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from coder_app.ui.retrieval.view import QuotesView

_ROWS: tuple[tuple[str, str, str, str, str, str], ...] = (
    # name, text, shortcut, icon, when, further words
    ("-open", QT_TRANSLATE_NOOP("Actions", "Show the quote in its &transcript"), "Ctrl+Shift+Return",
     "transcripts", "quotes_chosen", "jump place"),
    ("recode", QT_TRANSLATE_NOOP("Actions", "Reco&de the chosen quotes…"), "F2", "tag",
     "writable quotes_chosen", "change code"),
    ("split", QT_TRANSLATE_NOOP("Actions", "&Split the chosen quotes into a new code…"), "Ctrl+Shift+S",
     "split", "writable quotes_chosen", "new code"),
    ("exemplar", QT_TRANSLATE_NOOP("Actions", "Mark the chosen quotes as &exemplars"), "Ctrl+Shift+A", "star",
     "writable quotes_chosen", "best example star"),
    ("copy", QT_TRANSLATE_NOOP("Actions", "&Copy the chosen quotes"), "Ctrl+C", "copy", "quotes_chosen", ""),
    ("-remove", QT_TRANSLATE_NOOP("Actions", "&Remove the chosen quotes"), "Del", "trash",
     "writable quotes_chosen", "delete coding"),
)  # fmt: skip


def quote_actions(scope: str = "") -> list[Action]:
    """The rows. ``scope``: name of the page's ``QuotesView``, where the shortcuts work."""
    return [
        Action(
            "quotes_" + name.lstrip("-"),
            text,
            "quotes_" + name.lstrip("-"),
            "coding",
            shortcut,
            icon,
            when=when,
            scope=scope,
            separator=name.startswith("-"),
            words=words,
        )
        for name, text, shortcut, icon, when, words in _ROWS
    ]


class QuoteActions:
    """What the rows call: a page inherits this and keeps its ``QuotesView`` in ``quotes``."""

    quotes: QuotesView

    @property
    def quotes_chosen(self) -> bool:
        return self.quotes.has_quotes

    def quotes_open(self) -> None:
        self.quotes.open_current()

    def quotes_recode(self) -> None:
        self.quotes.recode()

    def quotes_split(self) -> None:
        self.quotes.split()

    def quotes_exemplar(self) -> None:
        self.quotes.mark_exemplar()

    def quotes_copy(self) -> None:
        self.quotes.copy()

    def quotes_remove(self) -> None:
        self.quotes.remove()
