"""What the comparison of codebooks says."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from coder_app.core.lookalike import Overlap, Pair, Reason
from coder_app.core.model import Level
from coder_app.core.names_alike import Why
from coder_app.project.lookalikes import Compared
from coder_app.ui.codebook.wording import short
from coder_app.ui.tr import QT_TRANSLATE_NOOP

LONGEST_NAME = 60
WHY: dict[Why, str] = {
    Why.SAME: QT_TRANSLATE_NOOP("Codebooks", "the same name"),
    Why.CASE: QT_TRANSLATE_NOOP("Codebooks", "the same name but for capital letters"),
    Why.ACCENTS: QT_TRANSLATE_NOOP("Codebooks", "the same name but for accents"),
    Why.SPACING: QT_TRANSLATE_NOOP("Codebooks", "the same name but for spaces or punctuation"),
    Why.ORDER: QT_TRANSLATE_NOOP("Codebooks", "the same words in another order"),
    Why.PLURAL: QT_TRANSLATE_NOOP("Codebooks", "the same name but for singular and plural"),
    Why.SPELLING: QT_TRANSLATE_NOOP("Codebooks", "spelled alike"),
    Why.HOLDS: QT_TRANSLATE_NOOP("Codebooks", "one name holds the other"),
    Why.WORDS: QT_TRANSLATE_NOOP("Codebooks", "words in common"),
    Why.NOTHING: QT_TRANSLATE_NOOP("Codebooks", "different names"),
}


def tr(text: str) -> str:
    return QCoreApplication.translate("Codebooks", text)


def percent(share: float | None) -> str:
    """``74 %`` with a space that does not break; ``<1 %`` for next to nothing; a dash for none at all."""
    if share is None:
        return "–"
    if 0 < share < 0.01:
        return "<1\u00a0%"
    return f"{100 * share:.0f}\u00a0%"


def number(count: int, one: str, several: str) -> str:
    """The words hold ``{n}``."""
    return tr(one if count == 1 else several).format(n=f"{count:,}")


def reasons(pair: Pair) -> str:
    """What speaks for a pair: “The same words in another order · same text: 74 %”."""
    parts = []
    for reason in pair.reasons:
        if reason is Reason.NAME:
            parts.append(tr(WHY[pair.name.why]))
        elif reason is Reason.SAME_TEXT:
            parts.append(tr("same text: {share}").format(share=percent(pair.overlap.jaccard)))
        else:
            share = percent(pair.overlap.of_smaller)
            parts.append(tr("one lies within the other: {share}").format(share=share))
    return capital(" · ".join(parts))


def about(pair: Pair) -> str:
    """Everything known of a pair, in a sentence or two."""
    parts = [tr(WHY[pair.name.why])] if pair.name.alike else []
    parts.append(covering(pair.overlap))
    return capital(" · ".join(parts))


def same_code(pair: Pair) -> str:
    """Of a code that both use, met in the matrix."""
    return capital(tr("one code that both use") + " · " + covering(pair.overlap))


def covering(overlap: Overlap) -> str:
    """How far two codes cover the same text."""
    if not overlap.one or not overlap.other:
        return tr("not both were used, so they cover no common text")
    if not overlap.both:
        return tr("they cover no common text")
    return tr("same text: {either} of either, {smaller} of the smaller ({count}, {places})").format(
        count=number(overlap.both, "{n} character", "{n} characters"),
        places=number(overlap.places, "{n} place", "{n} places"),
        either=percent(overlap.jaccard),
        smaller=percent(overlap.of_smaller),
    )


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def name(text: str) -> str:
    """A code's name within a sentence."""
    return f"“{short(text, LONGEST_NAME)}”"


def counts(quotes: int, documents: int) -> str:
    """“12 quotes in 5 transcripts”."""
    return tr("{quotes} in {documents}").format(
        quotes=number(quotes, "{n} quote", "{n} quotes"),
        documents=number(documents, "{n} transcript", "{n} transcripts"),
    )


def headline(compared: Compared, proposed: int) -> str:
    """Above everything: whose codebooks, and how many pairs look alike."""
    one, other = compared.sides
    common = set(one.nodes) & set(other.nodes)
    shared = sum(_is_code(compared, guid) for guid in common)
    if common and len(common) == len(one.nodes) == len(other.nodes):
        text = tr("{first} and {second} work with the same {n}").format(
            first=one.coder.name, second=other.coder.name, n=_codes(compared, one.nodes)
        )
    else:
        text = tr("{first} has {m}, {second} has {n}").format(
            first=one.coder.name,
            m=_codes(compared, one.nodes),
            second=other.coder.name,
            n=_codes(compared, other.nodes),
        )
        if shared:
            text += tr(" ({n} of them in common)").format(n=f"{shared:,}")
    if not proposed:
        return text + ": " + tr("no two look alike.")
    return text + ": " + number(proposed, "{n} pair may mean the same.", "{n} pairs may mean the same.")


def _codes(compared: Compared, nodes: Sequence[str]) -> str:
    """How many of the nodes are codes."""
    return number(sum(_is_code(compared, guid) for guid in nodes), "{n} code", "{n} codes")


def _is_code(compared: Compared, guid: str) -> bool:
    return compared.tree[guid].level == Level.CODE


def nothing_alike(compared: Compared, filtered: bool, apart: int) -> str:
    """Why the list of pairs is empty."""
    one, other = (side.coder.name for side in compared.sides)
    for side in compared.sides:
        if not side.nodes:
            return tr("{name} has neither used nor made a code yet.").format(name=side.coder.name)
    if filtered:
        return tr("No pair has such a name, or stands on this level.")
    if apart:
        return tr("Every pair that looks alike is kept apart. “Kept apart too” shows them again.")
    if set(compared.sides[0].nodes) == set(compared.sides[1].nodes):
        return tr(
            "{first} and {second} work with the same codes, and none of them looks like another."
        ).format(first=one, second=other)
    return tr(
        "No code of {first} looks like one of {second}: their names differ, and they cover different text."
        " The matrix shows every pair."
    ).format(first=one, second=other)
