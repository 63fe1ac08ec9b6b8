"""What a speaker's name looks like, what role it tells, and which names may be spellings of one another."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from enum import IntEnum
from functools import lru_cache

from coder_app.core.model import Role
from coder_app.core.speaker_words import (
    INTERVIEWERS,
    NO_SPEAKERS,
    OPENERS,
    OTHERS,
    PARTICIPANTS,
    PARTICLES,
    SAID,
    TITLES,
)


class Form(IntEnum):
    """How much a piece of text before a colon looks like a speaker."""

    NONE = 0
    WEAK = 1
    """Short, but in lower case: "john", "second speaker", "one thing"."""
    STRONG = 2
    """A name, an ID ("P5", "Speaker 1") or a word for a role in a conversation."""


_PARENTHESIS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_NUMBERED = re.compile(r"\d{1,4}[.)]?\s+(?=[^\W\d_])")
_SHORT_ID = re.compile(r"[^\W\d_]{1,4}[ .\-#]?\d{1,4}[a-z]?\Z", re.IGNORECASE)
_FORBIDDEN = re.compile(r"[!?\u2026;\u201c\u201d\u201e\u00ab\u00bb\\=|{}<>@\u2022\n]|\.\.|\s/|/\s|--")
_DOT = re.compile(r"([^\W_]*)\.")
_TOKEN = re.compile(r"[^\W_]+")
_LOOSE_SPACE = re.compile(r"(?<!\d) | (?!\d)")
"""A space that may be left out; between two numbers it tells them apart."""
_AROUND = " \t\u00a0*_#\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""White space, emphasis marks and marks of direction."""


def clean_name(raw: str) -> str:
    """A name without emphasis marks, brackets around all of it, a turn number before it or double spaces."""
    name = " ".join(raw.strip(_AROUND).split())
    if len(name) > 2 and name[0] + name[-1] in ("[]", "()", "<>") and not set(name[1:-1]) & set("[]()<>"):
        name = name[1:-1].strip()
    return _NUMBERED.sub("", name, count=1)


@lru_cache(maxsize=4096)
def key(name: str) -> str:
    """A name without case, marks, punctuation and pictures: equal for two spellings of one name."""
    flat = unicodedata.normalize("NFKD", name.casefold())
    return " ".join(_TOKEN.findall("".join(char for char in flat if not unicodedata.combining(char))))


@lru_cache(maxsize=4096)
def squeezed(name: str) -> str:
    """``key`` without spaces: equal for "Nurse Ada", "nurse  ada." and "NurseAda"."""
    return _LOOSE_SPACE.sub("", key(name))


def without_parenthesis(name: str) -> str:
    """A name without what was noted about it in brackets: "Ada" for "Ada (laughing)"."""
    return _PARENTHESIS.sub("", name)


@lru_cache(maxsize=4096)
def as_name(raw: str) -> tuple[str, Form]:
    """``raw`` as ``clean_name`` gives it, and how much it looks like a speaker."""
    name = clean_name(raw)
    return name, name_form(name) if name else Form.NONE


def name_form(name: str) -> Form:
    """How much ``name`` (as ``clean_name`` gives it) looks like a speaker, judged by its form alone."""
    base = _PARENTHESIS.sub("", name)
    words = base.split()
    if not words or len(name) > 60 or len(words) > 5 or not base[0].isalnum() or _FORBIDDEN.search(base):
        return Form.NONE
    lowered = base.casefold()
    if not any(char.isalpha() for char in base) or lowered in NO_SPEAKERS or not _quotes_and_dots_fit(base):
        return Form.NONE
    if _role_word(name) is not None or _SHORT_ID.match(base):
        return Form.STRONG
    first, last = words[0].casefold().strip(","), words[-1].casefold()
    if first in OPENERS or (len(words) > 1 and (first == "i" or last in SAID)) or lowered in SAID:
        return Form.NONE
    if "," in base:
        return Form.WEAK if base.count(",") == 1 and all(map(_is_capitalised, words)) else Form.NONE
    if all(map(_is_capitalised, words)):
        return Form.STRONG
    return Form.WEAK if len(words) <= 3 else Form.NONE


def _quotes_and_dots_fit(base: str) -> bool:
    """Full stops only after short words ("Dr.", "J."), double quotes only inside a word (Hebrew titles)."""
    for index, char in enumerate(base):
        if char == '"' and not (
            0 < index < len(base) - 1 and base[index - 1].isalpha() and base[index + 1].isalpha()
        ):
            return False
    return all(len(match[1]) <= 4 for match in _DOT.finditer(base)) and not re.search(r"[^\W_]{4,}\.\Z", base)


def _is_capitalised(word: str) -> bool:
    first = next((char for char in word if char.isalnum()), "1")
    return first.lower() == first.upper() or first.isupper() or word.casefold() in PARTICLES


def _role_word(name: str) -> Role | None:
    """The role a word tells: "Interviewer 2", "INT1", "Moderator (Dana)", "P", "참여자 3", "All"."""
    base = _PARENTHESIS.sub("", name).casefold()
    if base in OTHERS:
        return Role.OTHER
    word = re.sub(r"[\W\d_]+\Z", "", base)
    if re.search(r"\s(?:no|nr|n|[a-z])\Z", word):
        word = word.rsplit(None, 1)[0]
    word = word.strip("[]() .")
    if word in INTERVIEWERS:
        return Role.INTERVIEWER
    return Role.PARTICIPANT if word in PARTICIPANTS else None


def role_by_name(name: str) -> Role | None:
    """Interviewer, participant or other where the name is a word for it; None for the name of a person."""
    return _role_word(name)


def guessed_roles(
    names: Sequence[str], turns: Sequence[int], words: Sequence[int], asked: Sequence[int]
) -> list[Role]:
    """Each speaker's role: by name, else the interviewer is who asks and, of two, talks less.

    ``turns``, ``words`` and ``asked`` (turns with a question) are counts for each of ``names``.
    """
    by_name = [role_by_name(name) for name in names]
    roles = [role or Role.PARTICIPANT for role in by_name]
    if Role.INTERVIEWER in by_name:
        return roles
    persons = [index for index, role in enumerate(by_name) if role is not Role.OTHER]
    if len(persons) < 2:
        return roles
    unnamed = [index for index in persons if by_name[index] is None or is_generic(names[index])]
    interviewer = _who_interviews(persons, turns, words, asked)
    if interviewer is not None and interviewer in unnamed:
        roles[interviewer] = Role.INTERVIEWER
    return roles


def _who_interviews(
    persons: Sequence[int], turns: Sequence[int], words: Sequence[int], asked: Sequence[int]
) -> int | None:
    """The one who asks most and, of two, talks less; None where nobody stands out."""
    rates = {index: asked[index] / turns[index] for index in persons}
    most = max(persons, key=lambda index: (rates[index], -words[index]))
    if len(persons) == 2:
        least = min(persons, key=lambda index: words[index])
        clear = words[least] < 0.5 * (sum(words[index] for index in persons) - words[least])
        if sum(turns[index] for index in persons) < 4 or not (clear or asked[most]):
            return None
        return least if clear else most
    stands_out = rates[most] >= 0.4 and asked[most] > 0.5 * sum(asked) and turns[most] >= 5
    return most if stands_out else None


def is_generic(name: str) -> bool:
    """Whether ``name`` is a word for a role, so that the same word in another transcript is another person.

    "Participant", "Respondent", "Speaker 2" are; "P5" and "Anna" are not.
    """
    base = _PARENTHESIS.sub("", name).strip()
    return _role_word(name) is not None and not (_SHORT_ID.match(base) and base[-1:].isdigit())


def participant_id(name: str) -> str | None:
    """The ID that a name is ("P5", "p 5", "Participant 5"), written as ``P5``; None for other names."""
    match = re.fullmatch(
        r"(?:p|pt|part|participant)[ .\-#]?0*(\d{1,4})", _PARENTHESIS.sub("", name).strip().casefold()
    )
    return f"P{match[1]}" if match else None


def proposed_merges(names: Sequence[str]) -> list[tuple[str, str]]:
    """Pairs (name, other name it may be a spelling of), to be asked, never done unasked.

    Of two names the later in ``names`` goes into the earlier, so give the most used first. Names alike
    but for case, spaces, marks and punctuation; with and without a title or a bracket ("Dr. Smith" and
    "Smith", "Interviewer (Dana)" and "Interviewer"); a name and a part of it; one letter changed in a long
    word. What a name goes into goes into no other itself.
    """
    if len(names) > 300:
        return []
    merges: list[tuple[str, str]] = []
    roots = {name: name for name in names}
    for index, name in enumerate(names):
        for test in (_same_key, _same_core, _part_of, _one_slip):
            alike = list(dict.fromkeys(roots[other] for other in names[:index] if test(other, name)))
            if alike and (len(alike) == 1 or test in (_same_key, _same_core)):
                merges.append((name, alike[0]))
                roots[name] = alike[0]
                break
    return merges


def _same_key(one: str, two: str) -> bool:
    if key(one) == key(two) != "":
        return True
    initials = any(len(name.split()[-1]) == 1 and name[-1].isalpha() for name in (key(one), key(two)) if name)
    return squeezed(one) == squeezed(two) != "" and not initials  # "Ann A." is not "Anna"


@lru_cache(maxsize=4096)
def _core(name: str) -> tuple[str, ...]:
    tokens = key(_PARENTHESIS.sub("", name)).split()
    return tuple(token for token in tokens if token not in TITLES) or tuple(tokens)


def _same_core(one: str, two: str) -> bool:
    bracketed = [bool(_PARENTHESIS.search(name)) for name in (one, two)]
    return _core(one) == _core(two) != () and not all(bracketed)


def is_part_of(one: str, whole: str) -> bool:
    """Whether ``one`` is some of the words of the name ``whole``: "Ada" of "Nurse Ada"."""
    words = set(key(one).split())
    return set() < words < set(key(whole).split()) and all(len(w) > 1 and not w.isdigit() for w in words)


def _part_of(one: str, two: str) -> bool:
    small, large = sorted((set(_core(one)), set(_core(two))), key=len)
    if not small < large or any(len(token) < 2 or token.isdigit() for token in large):
        return False
    return not (_role_word(one) or _role_word(two))


def _one_slip(one: str, two: str) -> bool:
    first, second = key(one).split(), key(two).split()
    if len(first) != len(second):
        return False
    differing = [(a, b) for a, b in zip(first, second, strict=True) if a != b]
    return len(differing) == 1 and _is_slip(*differing[0])


def _is_slip(one: str, two: str) -> bool:
    """One letter put in, left out, changed or swapped with the next, in words of five letters or more."""
    if min(len(one), len(two)) < 5 or abs(len(one) - len(two)) > 1 or not (one + two).isalpha():
        return False
    head = next(
        (i for i, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two))
    )
    if one[head + 1 :] == two[head + 1 :] or one[head + 1 :] == two[head:] or one[head:] == two[head + 1 :]:
        return True
    return one[head + 2 :] == two[head + 2 :] and one[head : head + 2] == two[head : head + 2][::-1]
