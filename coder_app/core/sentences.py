"""Sentence boundaries in transcripts, by rule: no model, no dictionary, the same on every machine.

A sentence ends at a full stop, question or exclamation mark (of Latin, Hebrew, Arabic, Devanagari,
Chinese, Japanese, Korean writing ...) with the quotation marks and brackets that close after it, and at a
line break. Not after abbreviations, initials, dates and numbers, nor where a line was only wrapped.
"""

from __future__ import annotations

import re

_CLOSING = "\"'\u201d\u2019\u201c\u2018\u00bb\u203a)\\]}\u300d\u300f\uff09\u3011\u300b\u3009\u02c8"
"""What may close after a mark; U+201C closes German quotes, U+02C8 intonation units of linguists."""

_CANDIDATE = re.compile(
    rf"(?P<mark>[.!?\u2026\u203d\u061f\u06d4\u0964\u0965\u0589\u203c\u2047-\u2049]+)(?P<closing>[{_CLOSING}]*)"
    r"(?=(?P<space>\s|\Z)|(?P<hangul>[\uac00-\ud7a3\u3040-\u30ff\u4e00-\u9fff]))"
    rf"|(?P<wide>[\u3002\uff01\uff1f\uff61]+)(?P<wide_closing>[{_CLOSING}]*)"
    r"|(?P<line>\n)"
)
_TOKEN = re.compile(r"[^\s(\[{\"'\u201c\u2018\u00ab\u201e]+\Z")
_NEXT = re.compile(r"\s*[\"'\u201c\u2018\u00ab\u201e(\[\u300c]*([^\W_]\w*(?:\.(?=\w|\s))?)?")
_DOTTED = re.compile(r"(?:\w\.)+\w\Z")
_WORD = re.compile(r"[^\W_]")
_LEAD = 40
"""Code points looked at on each side of a mark; longer tokens are no abbreviations."""


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_NEVER = _words(
    "dr mr mrs ms mx prof rev gen capt lt sgt cpl maj mme mlle mgr hr sra srta dra ste vs vgl bzw evtl ggf ca"
    " sog bspw resp insb inkl exkl cf viz approx appr hrsg e.g i.e z.b d.h u.a o.ä s.o s.u p.ex v.a"
)
"""Before a full stop these never end a sentence."""

_BEFORE_NUMBERS = _words("no nos nr vol vols fig figs eq eqs ch sec art abs bd kap pp col lines ext tel op")
"""These do not where a number follows."""

_SOMETIMES = _words(
    "etc usw usf inc ltd co corp bros jr sr al st mt fr hon gov sen rep pres col sig ed eds ff dept univ"
    " u.s u.k u.n d.c a.m p.m ph.d b.c a.d m.a b.a m.d"
)
"""These end a sentence only where a word follows that usually begins one."""

_STARTERS = _words(
    "i he she it we they you the a an and but so then that this there these those in on at my our his her its"
    " if when what how why who where yes no yeah okay ok well now because for as also er ich wir sie es das"
    " die der und aber dann le la les il elle nous on et mais el los las yo y pero"
)
_MONTHS = tuple(_words("jan feb mär mar apr mai maj jun jul aug sep okt oct nov dez dec"))


def sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """The sentences of ``text[start:end]`` as intervals of code points, trimmed of white space.

    Together they hold every character of the range that is not white space.
    """
    end = len(text) if end is None else min(end, len(text))
    found: list[tuple[int, int]] = []
    begin = start = max(0, start)
    for match in _CANDIDATE.finditer(text, start, end):
        if _ends_sentence(text, begin, end, match):
            _append(found, text, begin, match.end())
            begin = match.end()
    _append(found, text, begin, end)
    return found


def _append(found: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    """Add ``[start, end)``, trimmed; what holds no word (". . .", an emoji) belongs to the one before."""
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    if left == len(piece):
        return
    begin, stop = start + left, start + len(piece.rstrip())
    if found and not _WORD.search(text, begin, stop) and "\n" not in text[found[-1][1] : begin]:
        begin = found.pop()[0]
    found.append((begin, stop))


def _ends_sentence(text: str, begin: int, end: int, match: re.Match[str]) -> bool:
    if match["line"]:
        return not _wrapped(text, begin, end, match.start())
    after = text[match.end() : min(end, match.end() + _LEAD)]
    if match["wide"]:
        return not (match["wide_closing"] and after.startswith("と"))
    mark = match["mark"]
    if match["hangul"]:
        return _is_cjk(text[match.start() - 1 : match.start()])
    follows = _NEXT.match(after)
    word = (follows[1] or "") if follows else ""
    if "\n" in after[: len(after) - len(after.lstrip())]:
        return not (mark == "." and word[:1].islower() and _is_abbreviation(text, begin, match.start(), word))
    if word[:1].islower():
        return not (mark[-1] in ".\u2026" or match["closing"])
    return mark != "." or bool(match["closing"]) or not _is_abbreviation(text, begin, match.start(), word)


def _wrapped(text: str, begin: int, end: int, newline: int) -> bool:
    """Whether a line break stands inside a sentence: the next line goes on in lower case."""
    before = text[max(begin, newline - 2) : newline].rstrip()
    return (
        bool(before)
        and before[-1] not in ".!?:\u2026"
        and text[newline + 1 : min(end, newline + 2)].islower()
    )


def _is_cjk(char: str) -> bool:
    return "\uac00" <= char <= "\ud7a3" or "\u3040" <= char <= "\u30ff" or "\u4e00" <= char <= "\u9fff"


def _is_abbreviation(text: str, begin: int, dot: int, word: str) -> bool:
    """Whether the full stop at ``dot`` belongs to the token before it; ``word`` is the next one."""
    match = _TOKEN.search(text, max(begin, dot - _LEAD), dot)
    if not match:
        return False
    token = match[0]
    if len(token) == 1:
        return _is_initial(text, begin, match.start(), token, word)
    if token.isdigit():
        return bool(word) and (
            _begins(text, begin, match.start()) or (len(token) <= 2 and word.lower().startswith(_MONTHS))
        )
    lowered = token.lower()
    if lowered in _NEVER:
        return bool(word)
    if lowered in _BEFORE_NUMBERS and word[:1].isdigit():
        return True
    if lowered in _SOMETIMES or _DOTTED.match(token):
        return bool(word) and word.lower() not in _STARTERS
    return False


def _is_initial(text: str, begin: int, at: int, letter: str, word: str) -> bool:
    """ "J. Smith", "z. B.", a list's "1." and a Hebrew initial; not the pronoun in "So did I."."""
    if not word:
        return False
    if letter.isdigit():
        return _begins(text, begin, at) or word.lower().startswith(_MONTHS)
    before = text[max(begin, at - _LEAD) : at].rstrip()
    if letter == "I" and before:
        previous = before.rsplit(None, 1)[-1]
        return previous[:1].isupper() or _is_letter_with_dot(word)
    if letter.islower():
        return _is_letter_with_dot(word) or word[:1].isdigit()
    return letter.isupper() or "\u05d0" <= letter <= "\u064a"


def _begins(text: str, begin: int, at: int) -> bool:
    """Whether ``at`` is where the sentence from ``begin`` on really starts."""
    return at - begin <= _LEAD and not text[begin:at].strip()


def _is_letter_with_dot(word: str) -> bool:
    return len(word) == 2 and word.endswith(".")
