"""Which codes answer to what was typed: letter case and accents apart, letter by letter in Korean."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from coder_app.core.model import Code


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """The text without case, accents and vowel points; Korean syllables in single letters."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in parts if unicodedata.category(c) != "Mn")


def answers(words: str, *texts: str) -> bool:
    """Whether each typed word stands somewhere in the texts; nothing typed: always."""
    there = "\n".join(fold(text) for text in texts)
    return all(word in there for word in fold(words).split())


def rank(words: str, name: str) -> int:
    """How well a name answers: 0 not, 1 inside, 2 words of it begin so, 3 it begins so, 4 it is just that."""
    wanted, there = " ".join(fold(words).split()), " ".join(fold(name).split())
    if not wanted:
        return 1
    if wanted == there:
        return 4
    if there.startswith(wanted):
        return 3
    parts, starts = wanted.split(), there.split()
    if all(any(start.startswith(part) for start in starts) for part in parts):
        return 2
    return 1 if all(part in there for part in parts) else 0


def best(words: str, codes: Iterable[Code]) -> list[Code]:
    """The codes that answer, best first; among equals in the given order."""
    ranked = [(rank(words, code.name), code) for code in codes]
    return [code for value, code in sorted(ranked, key=lambda pair: -pair[0]) if value]
