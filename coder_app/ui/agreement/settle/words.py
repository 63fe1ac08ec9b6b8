"""Words that the dialogs and the section “Settle” share."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from coder_app.ui.codebook.wording import counted, short

MOST_NAMES = 3


def tr(text: str) -> str:
    return QCoreApplication.translate("Settle", text)


def joined(names: Sequence[str]) -> str:
    """“Ann”, “Ann and Ben”, “Ann, Ben and Cleo”, “Ann, Ben and 3 others”; long names in short."""
    shown = [short(name) for name in names]
    if len(shown) > MOST_NAMES:
        rest = counted(len(shown) - 2, tr("1 other"), tr("{n} others"))
        shown = [*shown[:2], rest]
    if len(shown) < 2:
        return "".join(shown)
    return tr("{names} and {last}").format(names=", ".join(shown[:-1]), last=shown[-1])


def unit_name(unit: str) -> str:
    """A unit as it stands in a list; one that is not known by name stays as it is."""
    names = {
        "turn": tr("Turns"),
        "paragraph": tr("Paragraphs"),
        "sentence": tr("Sentences"),
        "document": tr("Whole transcripts"),
        "meaning-unit": tr("Meaning units"),
        "character": tr("Characters"),
        "token": tr("Words"),
        "match": tr("Matched passages"),
        "unitizing": tr("Passages along the text"),
    }
    return names.get(unit, unit)


def transcripts(count: int) -> str:
    return counted(count, tr("1 transcript"), tr("{n} transcripts"))
