"""The units of analysis in words: what they are called, what each means, and how they are counted."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from coder_app.ui.tr import QT_TRANSLATE_NOOP


@dataclass(frozen=True, slots=True)
class UnitWords:
    """``many`` holds ``{n}``. ``hint`` is one sentence."""

    key: str
    name: str
    hint: str
    one: str
    many: str


_ALL = (
    UnitWords(
        "meaning-unit",
        QT_TRANSLATE_NOOP("Agreement", "Meaning units"),
        QT_TRANSLATE_NOOP("Agreement", "Stretches fixed beforehand, the same for every coder."),
        QT_TRANSLATE_NOOP("Agreement", "1 meaning unit"),
        QT_TRANSLATE_NOOP("Agreement", "{n} meaning units"),
    ),
    UnitWords(
        "turn",
        QT_TRANSLATE_NOOP("Agreement", "Turns"),
        QT_TRANSLATE_NOOP("Agreement", "All that somebody says in one go."),
        QT_TRANSLATE_NOOP("Agreement", "1 turn"),
        QT_TRANSLATE_NOOP("Agreement", "{n} turns"),
    ),
    UnitWords(
        "paragraph",
        QT_TRANSLATE_NOOP("Agreement", "Paragraphs"),
        QT_TRANSLATE_NOOP("Agreement", "Each line of the transcript."),
        QT_TRANSLATE_NOOP("Agreement", "1 paragraph"),
        QT_TRANSLATE_NOOP("Agreement", "{n} paragraphs"),
    ),
    UnitWords(
        "sentence",
        QT_TRANSLATE_NOOP("Agreement", "Sentences"),
        QT_TRANSLATE_NOOP("Agreement", "Each sentence by itself."),
        QT_TRANSLATE_NOOP("Agreement", "1 sentence"),
        QT_TRANSLATE_NOOP("Agreement", "{n} sentences"),
    ),
    UnitWords(
        "document",
        QT_TRANSLATE_NOOP("Agreement", "Whole transcripts"),
        QT_TRANSLATE_NOOP("Agreement", "Did they find the code in the interview, wherever it was?"),
        QT_TRANSLATE_NOOP("Agreement", "1 transcript"),
        QT_TRANSLATE_NOOP("Agreement", "{n} transcripts"),
    ),
    UnitWords(
        "character",
        QT_TRANSLATE_NOOP("Agreement", "Characters"),
        QT_TRANSLATE_NOOP("Agreement", "Each letter counts, so long passages weigh more."),
        QT_TRANSLATE_NOOP("Agreement", "1 character"),
        QT_TRANSLATE_NOOP("Agreement", "{n} characters"),
    ),
    UnitWords(
        "token",
        QT_TRANSLATE_NOOP("Agreement", "Words"),
        QT_TRANSLATE_NOOP("Agreement", "Each word that a coding touches."),
        QT_TRANSLATE_NOOP("Agreement", "1 word"),
        QT_TRANSLATE_NOOP("Agreement", "{n} words"),
    ),
    UnitWords(
        "match",
        QT_TRANSLATE_NOOP("Agreement", "Matched passages"),
        QT_TRANSLATE_NOOP(
            "Agreement",
            "Passages of one code that overlap enough are a match; what nobody coded is left out.",
        ),
        QT_TRANSLATE_NOOP("Agreement", "1 passage"),
        QT_TRANSLATE_NOOP("Agreement", "{n} passages"),
    ),
    UnitWords(
        "unitizing",
        QT_TRANSLATE_NOOP("Agreement", "Boundaries (unitizing)"),
        QT_TRANSLATE_NOOP(
            "Agreement", "Where passages begin and end counts too (Krippendorff et al. 2016)."
        ),
        QT_TRANSLATE_NOOP("Agreement", "1 character"),
        QT_TRANSLATE_NOOP("Agreement", "{n} characters"),
    ),
)  # fmt: skip

UNITS: tuple[str, ...] = tuple(words.key for words in _ALL)
"""In the order in which they are offered."""
_BY_KEY = {words.key: words for words in _ALL}
FIXED = ("meaning-unit", "turn", "paragraph", "sentence", "document")
"""Units with a place of their own: a code covers enough of it, or it does not."""
STRETCHES = ("character", "token", "unitizing")
"""Counted in characters or words; a passage is a stretch of them."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Agreement", text)


def unit_name(unit: str) -> str:
    """A unit as it is chosen."""
    return _tr(_BY_KEY[unit].name)


def unit_hint(unit: str) -> str:
    """What it means, in a sentence."""
    return _tr(_BY_KEY[unit].hint)


def count_units(unit: str, count: int) -> str:
    """``1 turn``, ``1,204 characters``."""
    words = _BY_KEY[unit]
    return _tr(words.one) if count == 1 else _tr(words.many).format(n=f"{count:,}")
