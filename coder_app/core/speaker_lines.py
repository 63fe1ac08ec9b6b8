"""Which lines of a text begin the turn of a named speaker, decided over the whole text.

A name counts by its form and by repetition, by time stamps, or because nearly every paragraph begins with
one. Once the speakers are known, every other spelling of their names counts too: a label that was passed
over would put one person's words under another's name. Positions are code points, ends exclusive.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from coder_app.core.speaker_forms import Head, heads
from coder_app.core.speaker_names import (
    Form,
    as_name,
    is_part_of,
    participant_id,
    role_by_name,
    squeezed,
    without_parenthesis,
)
from coder_app.core.speaker_words import HEADINGS
from coder_app.core.text import paragraphs, trim

BLANK_BETWEEN = re.compile(r"\n[^\S\n]*\n")
_HEADING_LINES = 25
_NEARLY_ALL = 0.8
"""Share of paragraphs that begin with a label where hardly one is without."""
_MOST_SPEAKERS = 500
"""More names than this are a list or a log, not a conversation."""


def speaker_lines(text: str) -> list[Head]:
    """The lines that begin the turns of named speakers; empty where the text has no speakers.

    A name counts by its form and by repetition (or by majority: nearly every paragraph begins with one);
    then also each label that is another spelling of such a name.
    """
    candidates = [head for head in heads(text) if head.name]
    if not candidates:
        return []
    after = _heading_end(text)
    accepted = _accepted(text, [head for head in candidates if head.start >= after])
    if not accepted or len({head.name for head in accepted}) > _MOST_SPEAKERS:
        return []
    return _with_other_spellings(text, accepted, after)


def blocks(text: str) -> list[tuple[int, int]]:
    """Stretches between blank lines, trimmed."""
    spans = []
    at = 0
    for match in [*BLANK_BETWEEN.finditer(text), None]:
        start, end = trim(text, at, len(text) if match is None else match.start())
        if start < end:
            spans.append((start, end))
        at = len(text) if match is None else match.end() - 1
    return spans


def _heading_end(text: str) -> int:
    """Where a block of "Date: ...", "Place: ..." lines at the top ends; 0 where there is none."""
    end = at = 0
    for line in text.split("\n", _HEADING_LINES)[:_HEADING_LINES]:
        name, colon, value = line.partition(":")
        at += len(line) + 1
        if not line.strip():
            continue
        known = bool(colon) and name.strip(" *_#").casefold() in HEADINGS
        follows = end and text[end - 1 : at - len(line) - 1] in ("", "\n") and len(line) < 60
        if known or (follows and colon and not value.rstrip().endswith((".", "?", "!", "…"))):
            end = at
        elif len(line) > 200:
            break
    return min(end, len(text))


def _accepted(text: str, candidates: list[Head]) -> list[Head]:
    """The candidates that are speakers: by time stamps, by repetition, or because nearly all lines are."""
    strong = [head for head in candidates if head.form is Form.STRONG]
    counts = Counter(head.name for head in candidates)
    stamped = Counter(head.name for head in candidates if head.stamped)
    repeated = sum(1 for head in strong if counts[head.name] > 1)
    mostly_stamped = sum(stamped.values()) >= max(2, 0.5 * len(candidates))
    share = _Shares(text)

    def is_speaker(head: Head) -> bool:
        count = counts[head.name]
        if stamped[head.name] >= 2 or (mostly_stamped and head.stamped and head.form is Form.STRONG):
            return True
        if head.form is Form.WEAK:
            return count >= 3 and (count >= max(6, 0.05 * len(strong)) or share.of(candidates) >= 0.5)
        if count > 1:
            return repeated >= 6 or share.of(strong) >= 0.3
        role = role_by_name(head.name) is not None or participant_id(head.name) is not None
        full_name = " " in head.name or not head.name.isascii()
        if share.of(strong) >= _NEARLY_ALL:
            return role or full_name or len(strong) <= 20
        return repeated > 0 and (role or full_name) and share.of(strong) >= (0.3 if role else 0.5)

    return _with_parts([head for head in candidates if is_speaker(head)], candidates, share)


def _with_parts(accepted: list[Head], candidates: list[Head], share: _Shares) -> list[Head]:
    """``accepted`` and the labels of their form that are part of an accepted name ("Ada" of "Nurse Ada").

    Only where nearly every paragraph begins with a label: elsewhere "Ada: ..." may be a sentence.
    """
    names = {head.name for head in accepted}
    others = [head for head in candidates if head.name not in names]
    if not others or share.of(accepted) < _NEARLY_ALL:
        return accepted
    wholes = {(head.name, (head.form, head.stamped)) for head in accepted}
    parts = {
        head.start
        for head in others
        if any(form == (head.form, head.stamped) and is_part_of(head.name, name) for name, form in wholes)
    }
    return [head for head in candidates if head.name in names or head.start in parts]


def _with_other_spellings(text: str, accepted: list[Head], after: int) -> list[Head]:
    """``accepted`` and every label from ``after`` on that differs from an accepted name only in spelling.

    Letter case, spaces, marks, punctuation and remarks in brackets make no difference, and a name in an
    unusual form ("maria de la cruz") is a label where the usual one ("Maria de la Cruz") is.
    """
    starts = {head.start for head in accepted}
    known = {_spelling(head.name) for head in accepted} - {""}

    def judge(raw: str) -> tuple[str, Form]:
        name, form = as_name(raw)
        return name, Form.WEAK if form is Form.NONE and _spelling(name) in known else form

    return [
        head
        for head in heads(text, judge)
        if head.name and head.start >= after and (head.start in starts or _spelling(head.name) in known)
    ]


def _spelling(name: str) -> str:
    return squeezed(without_parenthesis(name))


class _Shares:
    """How much of a text begins with a candidate; counted when first asked: most texts need none."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[int, float] = {}

    def of(self, candidates: Sequence[Head]) -> float:
        """The share of lines, or of blocks between blank lines if larger, that begin with one of these."""
        if id(candidates) not in self._known:
            between = blocks(self._text)
            starts = {start for start, _ in between}
            at_blocks = sum(1 for head in candidates if head.start in starts)
            by_blocks = at_blocks / len(between) if len(between) > 1 else 0.0
            self._known[id(candidates)] = max(len(candidates) / len(paragraphs(self._text)), by_blocks)
        return self._known[id(candidates)]
