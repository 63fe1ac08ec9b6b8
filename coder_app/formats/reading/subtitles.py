"""Subtitles (WebVTT and SubRip) as transcripts: cues joined into turns, ``Name: text``.

Written for the files that meeting programs and transcribers make, which follow the standards loosely:
cues of a speaker who goes on are one turn, a cue nobody is named for is a turn without speaker where
others are named. Source: W3C WebVTT, sections 4.1 and 4.2.2 (cue text), read leniently.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from coder_app.core.speaker_names import clean_name
from coder_app.core.text import normalise
from coder_app.core.transcript import FoundTranscript, Piece, assembled, speaker_lines

_CLOCK = r"(?:\d{1,4}:)?\d{1,2}:\d{1,2}(?:[.,]\d{1,6})?"
_TIMING = re.compile(rf"\s*({_CLOCK})\s*--+>\s*({_CLOCK})?")
TIMED = re.compile(rf"^{_TIMING.pattern}", re.MULTILINE)
"""A line with the times of a cue; a text that holds none is no subtitle file."""
_BLANK = re.compile(r"\n(?:[ \t]*\n)+")
_VOICE = re.compile(r"<v(?:\.[^\s>]{0,99})?(?:[ \t]+([^>]{0,200}))?>|(</v>)", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:c|i|b|u|s|v|ruby|rt|lang|font)(?:[.\s][^>]{0,200})?/?>|<\d[\d:.]{0,20}>|\{\\[^}]{0,99}\}",
    re.IGNORECASE,
)
_IDENTIFIER = re.compile(r"\d+|[0-9a-fA-F]{8}-[0-9a-fA-F-]{27}\S*")
_SKIPPED = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|\Z)")
_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’)]*\Z")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u3000-\u303f\uff00-\uffef]")

_DASHES = ("- ", "– ", "— ")
"""Before the words of another speaker nobody names."""
_PAUSE = 3.0
"""Seconds of silence that end a paragraph where nobody is named."""
_LONG = 600
_TOO_LONG = 1200
"""Code points after which a paragraph ends: with the next whole sentence, or at once."""


@dataclass(slots=True)
class _Cue:
    """A cue: its times in seconds, and what was said line by line, each with the speaker or None."""

    start: float
    end: float
    said: list[tuple[str | None, str]]


@dataclass(slots=True)
class _Turn:
    name: str | None
    seconds: float
    paragraphs: list[str]
    last: float


def read_subtitles(text: str, *, entities: bool) -> tuple[FoundTranscript, list[str]]:
    """The transcript of normalised subtitles and remarks; no turns where there are no cues.

    ``entities``: whether ``&amp;`` and the like stand for characters, as in WebVTT.
    """
    cues, remarks = _cues(text, entities)
    if not any(name for cue in cues for name, _ in cue.said):
        _take_prefixes(cues)
    named = any(name for cue in cues for name, _ in cue.said)
    return _assembled(_turns(cues, named)), remarks


# From the file to cues


def _cues(text: str, entities: bool) -> tuple[list[_Cue], list[str]]:
    cues: list[_Cue] = []
    lost = 0
    for number, block in enumerate(_BLANK.split(text)):
        lines = [line for line in block.split("\n") if line.strip()]
        timings = [(index, match) for index, line in enumerate(lines) if (match := _TIMING.match(line))]
        if timings:
            cues += _cues_of(lines, timings, entities)
        elif number and cues and lines and not _SKIPPED.match(lines[0]):
            lost += _join(cues[-1], lines, entities)
    plural = "s" if lost > 1 else ""
    remark = f"{lost} caption{plural} without a time joined to the one before."
    return cues, [remark] if lost else []


def _cues_of(lines: list[str], timings: list[tuple[int, re.Match[str]]], entities: bool) -> Iterator[_Cue]:
    """The cues of a block: usually one; more where the blank lines between them are missing."""
    stops = [index for index, _ in timings[1:]] + [len(lines)]
    for (index, match), stop in zip(timings, stops, strict=True):
        if stop < len(lines) and stop - 1 > index and _IDENTIFIER.fullmatch(lines[stop - 1].strip()):
            stop -= 1
        start = _seconds(match[1])
        yield _Cue(start, _seconds(match[2]) if match[2] else start, _said(lines[index + 1 : stop], entities))


def _join(cue: _Cue, lines: list[str], entities: bool) -> int:
    """Words that stand without a time belong to the cue before; 1 where there were any."""
    said = [] if len(lines) == 1 and _IDENTIFIER.fullmatch(lines[0].strip()) else _said(lines, entities)
    speaker = cue.said[-1][0] if cue.said else None
    cue.said += [(name or speaker, words) for name, words in said]
    return int(bool(said))


def _seconds(clock: str) -> float:
    total = 0.0
    for number in clock.replace(",", ".").split(":"):
        total = total * 60 + float(number)
    return total


def _said(lines: list[str], entities: bool) -> list[tuple[str | None, str]]:
    """(speaker, words) for each voice of a cue, and for each line where no voice is named."""
    said: list[tuple[str | None, str]] = []
    for voice, words in _voices("\n".join(lines)):
        for part in words.split("\n") if voice is None else [words]:
            plain = _plain(part, entities)
            if plain:
                said.append((voice, plain))
    return said


def _voices(payload: str) -> Iterator[tuple[str | None, str]]:
    """The parts of a cue between voice tags, which need not be closed, with the speaker's name or None."""
    voice: str | None = None
    at = 0
    for match in _VOICE.finditer(payload):
        yield voice, payload[at : match.start()]
        voice = None if match[2] else clean_name(_plain(match[1] or "", True)) or None
        at = match.end()
    yield voice, payload[at:]


def _plain(words: str, entities: bool) -> str:
    """Words without tags, with entities resolved, on one line."""
    words = _TAG.sub("", words)
    if entities and "&" in words:
        words = normalise(html.unescape(words))[0]
    return " ".join(words.split())


def _take_prefixes(cues: list[_Cue]) -> None:
    """Find ``Name: text`` in the words of cues; a cue without a name goes on with the speaker before."""
    lines = [words for cue in cues for _, words in cue.said]
    heads = {head.line: head for head in speaker_lines("\n".join(lines))}
    if not heads:
        return
    name: str | None = None
    number = at = 0
    for cue in cues:
        for place, (_, words) in enumerate(cue.said):
            head = heads.get(number)
            rest = words
            if head is not None:
                name, rest = head.name, words[head.body - at :].strip()
            cue.said[place] = (name, rest)
            at += len(words) + 1
            number += 1


# From cues to turns


def _turns(cues: list[_Cue], named: bool) -> list[_Turn]:
    turns: list[_Turn] = []
    for cue in cues:
        for name, words in cue.said:
            goes_on = bool(turns) and turns[-1].name == name
            if name is None and goes_on:
                goes_on = not (named or words.startswith(_DASHES) or _ends_paragraph(turns[-1], cue.start))
            if goes_on:
                _add(turns[-1], words, name is not None)
            else:
                turns.append(_Turn(name, cue.start, [words], cue.end))
            turns[-1].last = max(turns[-1].last, cue.end)
    return turns


def _ends_paragraph(turn: _Turn, start: float) -> bool:
    length = len(turn.paragraphs[-1])
    sentence = _SENTENCE_END.search(turn.paragraphs[-1]) is not None
    return start - turn.last >= _PAUSE or (length > _LONG and sentence) or length > _TOO_LONG


def _add(turn: _Turn, words: str, may_break: bool) -> None:
    """Words that follow in the same turn, in a new paragraph where the last one is long enough."""
    last = turn.paragraphs[-1]
    if may_break and len(last) > _LONG and (_SENTENCE_END.search(last) or len(last) > _TOO_LONG):
        turn.paragraphs.append(words)
    elif words:
        joint = "" if not last or (_UNSPACED.match(last[-1]) and _UNSPACED.match(words)) else " "
        turn.paragraphs[-1] = last + joint + words


def _assembled(turns: list[_Turn]) -> FoundTranscript:
    parts: list[str] = []
    pieces: list[Piece] = []
    at = 0
    for turn in turns:
        prefix = "" if turn.name is None else f"{turn.name}: "
        whole = (prefix + "\n".join(turn.paragraphs)).rstrip()
        pieces.append(Piece(at, at + min(len(prefix), len(whole)), at + len(whole), turn.name, turn.seconds))
        parts.append(whole)
        at += len(whole) + 2
    return assembled("\n\n".join(parts), [piece for piece in pieces if piece.start < piece.end])
