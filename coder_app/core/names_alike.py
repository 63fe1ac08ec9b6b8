"""How much two names of codes look alike, and why.

Letter case, accents and vowel points, spaces and punctuation, the order of the words, singular and plural,
spelling (optimal string alignment, Damerau 1964, over the letters: a Korean syllable counts as its two or
three letters), and words that both hold. Works for any script; nothing is looked up in a dictionary.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

ALIKE = 0.6
"""From this likeness on two names are worth a second look."""
_SPELLED_ALIKE = 0.8
"""Least similarity of the letters for two names to be spelled alike."""
_SHORTEST = 3
"""Letters that words shared by two names must have together to count."""
_FINALS = str.maketrans("ךםןףץ", "כמנפצ")  # Hebrew letters have another form at the end of a word
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
_APOSTROPHES = re.compile("['’ʼ`´׳״\u200c\u200d]")


class Why(StrEnum):
    """Why two names look alike, the strongest first; the text says it."""

    SAME = "the same name"
    CASE = "the same but for capital letters"
    ACCENTS = "the same but for accents"
    SPACING = "the same but for spaces or punctuation"
    ORDER = "the same words in another order"
    PLURAL = "the same but for singular and plural"
    SPELLING = "spelled alike"
    HOLDS = "one name holds the other"
    WORDS = "words in common"
    NOTHING = "different names"


_SURE = {
    Why.SAME: 1.0,
    Why.CASE: 0.99,
    Why.ACCENTS: 0.98,
    Why.SPACING: 0.97,
    Why.ORDER: 0.96,
    Why.PLURAL: 0.95,
}


@dataclass(frozen=True, slots=True)
class Likeness:
    """``score`` runs from 0 (nothing in common) to 1 (the same name)."""

    score: float
    why: Why

    @property
    def alike(self) -> bool:
        return self.score >= ALIKE


_DIFFERENT = Likeness(0.0, Why.NOTHING)


@dataclass(frozen=True, slots=True)
class _Form:
    """A name as it is compared, step by step less exact."""

    plain: str
    cased: str
    bare: str
    tight: str
    """Without spaces and punctuation."""
    ordered: str
    """Its words in the order of the alphabet."""
    singular: str
    """The same, each in the singular."""
    letters: str
    """Its words in their order, in single letters, and ..."""
    ordered_letters: str
    words: frozenset[str]
    """Different words, in the singular."""
    weight: int
    """Letters of all different words."""
    digits: tuple[str, ...]
    many: bool
    """It has several words."""


def likeness(one: str, other: str) -> Likeness:
    """How much two names look alike; symmetric.

    Names whose numbers differ ("Week 1", "Week 2") differ, however much else they share.
    """
    a, b = _form(one), _form(other)
    sure = _sure(a, b)
    if sure is not None:
        return Likeness(_SURE[sure], sure)
    spelled, shared = _spelled(a, b), _shared(a, b)
    return spelled if spelled.score >= shared.score else shared


def _sure(a: _Form, b: _Form) -> Why | None:
    if a.plain == b.plain:
        return Why.SAME
    if a.cased == b.cased:
        return Why.CASE
    if a.bare == b.bare:
        return Why.ACCENTS
    if not a.tight or not b.tight:
        return None
    if a.tight == b.tight:
        return Why.SPACING
    if a.ordered == b.ordered:
        return Why.ORDER
    return Why.PLURAL if a.singular == b.singular else None


@cache
def _similarity() -> Callable[..., float]:
    """Of letters, from 0 to 1; loaded when names are first compared."""
    from rapidfuzz.distance import OSA

    return OSA.normalized_similarity


def _spelled(a: _Form, b: _Form) -> Likeness:
    least, shorter = _SPELLED_ALIKE, min(len(a.letters), len(b.letters))
    if a.digits != b.digits or shorter < least * max(len(a.letters), len(b.letters)):
        return _DIFFERENT
    similar = _similarity()
    found = similar(a.letters, b.letters, score_cutoff=least)
    if a.many or b.many:
        found = max(found, similar(a.ordered_letters, b.ordered_letters, score_cutoff=least))
    return Likeness(round(0.94 * found, 4), Why.SPELLING) if found >= least else _DIFFERENT


def _shared(a: _Form, b: _Form) -> Likeness:
    """Words that both hold, by their letters (Dice 1945); one name within the other counts for more."""
    if a.words.isdisjoint(b.words):
        return _DIFFERENT
    common = a.words & b.words
    letters = sum(map(len, common))
    if letters < _SHORTEST:
        return _DIFFERENT
    dice = 2 * letters / (a.weight + b.weight)
    if a.words <= b.words or b.words <= a.words:
        return Likeness(round(ALIKE + 0.3 * dice, 4), Why.HOLDS)
    return Likeness(round(0.9 * dice, 4), Why.WORDS) if a.digits == b.digits else _DIFFERENT


@lru_cache(maxsize=20_000)
def _form(name: str) -> _Form:
    plain = " ".join(unicodedata.normalize("NFKC", name).split())
    cased = unicodedata.normalize("NFKC", plain.casefold())
    bare = without_accents(cased).translate(_LETTERS).translate(_FINALS)
    words = _words(bare)
    ordered = sorted(words)
    singular = sorted(map(_singular, words))
    different = frozenset(singular)
    return _Form(
        plain,
        cased,
        bare,
        "".join(words),
        " ".join(ordered),
        " ".join(singular),
        _single_letters(words),
        _single_letters(ordered),
        different,
        sum(map(len, different)),
        tuple(sorted(re.findall(r"\d+", bare))),
        len(words) > 1,
    )


def without_accents(text: str) -> str:
    """Accents and the vowel points of Hebrew and Arabic are left out; signs that are letters stay.

    By combining class (Unicode chapter 4.3): 10 to 36 are points, from 200 on accents. Indic and Thai
    vowels and the Japanese voicing mark are other letters and have lower or other classes.
    """
    parts = unicodedata.normalize("NFD", text)
    kept = (c for c in parts if not (10 <= unicodedata.combining(c) <= 36 or unicodedata.combining(c) >= 200))
    return unicodedata.normalize("NFC", "".join(kept))


def _words(text: str) -> list[str]:
    """Runs of letters, marks and digits; of a name without any (an emoji) what is not white space."""
    joined = _APOSTROPHES.sub("", text)
    spaced = "".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in joined)
    return spaced.split() or joined.split()


def _singular(word: str) -> str:
    """English -s, -es, -ies; Korean 들; Hebrew ים and ות (with final letters already made plain)."""
    if word.endswith("ימ") and len(word) > 4:
        return word[:-2]
    if word.endswith("ות") and len(word) > 4:
        return word[:-2] + "ה"
    if word.endswith("들") and len(word) > 2:
        return word[:-1]
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("ches", "shes", "xes", "sses", "zes")) else word[:-1]


def _single_letters(words: list[str]) -> str:
    return unicodedata.normalize("NFD", " ".join(words))
