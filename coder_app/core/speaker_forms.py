"""Lines that may begin a speaker turn, in the forms that people and programs write.

::

    Name: text                  [00:01:02] Name: text       Name [00:01:02]: text      **Name:** text
    Name: [00:01:02] text       (00:01:02) Name             Name   0:03                00:01:02 Name: text
    0:0:0.0 --> 0:0:1.510       [00:01:02]                  [00:01:02] text
    Name                        Name: text
    text

Which of them are speakers is decided over the whole text, in ``transcript``. Positions are code points.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from coder_app.core.speaker_names import Form, as_name

Judge = Callable[[str], tuple[str, Form]]
"""Gives the name in a piece of text and how much it looks like one, as ``as_name`` does."""

STAMP = r"[\[(<]?\d{1,3}:\d{1,2}(?::\d{1,2})?(?:[.,]\d{1,3})?[\])>]?"
_HEAD = re.compile(
    rf"(?P<lead>\s*+[*_]{{0,3}}(?P<stamp>{STAMP})(?:\s*+--?>?\s*+{STAMP})?(?![\w:])[*_]{{0,3}}\s*+[-\u2013\u2014|:]?+\s*+)?"
    r"(?P<name>[^:\uff1a]{0,80})(?P<colon>[:\uff1a]|\Z)"
)
_LEAD = re.compile(
    rf"\s*[*_]{{0,3}}(?P<stamp>[\[(<]{STAMP}|{STAMP}(?=\s*--?>|\s*\Z))(?:\s*+--?>?\s*+{STAMP})?[*_]{{0,3}}\s*"
)
_STAMP_BEGINS = re.compile(r"[*_ \t]*[\[(<]?\d{1,3}\Z")
_AFTER_NAME = re.compile(rf"[*_ \t]*(?P<stamp>{STAMP})[*_ \t]*(?P<colon>[:\uff1a][*_]{{0,3}}|\Z)?")
_BODY = re.compile(r"[*_]{0,3}\s*(?:(?P<stamp>[\[(]\d{1,3}:\d{1,2}(?::\d{1,2})?(?:[.,]\d{1,3})?[\])])\s*)?")


@dataclass(frozen=True, slots=True)
class Head:
    """A line that may begin a turn; its words begin at ``body``. ``line`` counts all lines from 0."""

    line: int
    start: int
    body: int
    name: str
    """As ``clean_name`` gives it; empty where only a time stamp stands."""
    form: Form
    seconds: float | None
    alone: bool
    """Name, time stamp or both have the line for themselves; the words follow on the next lines."""

    @property
    def stamped(self) -> bool:
        return self.seconds is not None


def seconds_of(stamp: str) -> float:
    """``1:02:03.5``, ``02:03`` and the like in seconds; two numbers are minutes and seconds."""
    plain = stamp.strip("[]()<> \t*_")
    clock, _, fraction = plain.replace(",", ".").partition(".")
    total = 0
    for number in clock.split(":"):
        total = total * 60 + int(number)
    return total + (float(f"0.{fraction}") if fraction else 0.0)


def heads(text: str, judge: Judge = as_name) -> list[Head]:
    """Every line of ``text`` that may begin a turn, in order; ``judge`` tells what is a name."""
    found: list[Head] = []
    at = 0
    for number, line in enumerate(text.split("\n")):
        if line:
            head = _head(line, number, at, judge)
            if head is not None:
                found.append(head)
        at += len(line) + 1
    lone_stamps = any(head.alone and not head.name for head in found)
    return _with_stamp_lines(text, found, judge) if lone_stamps else found


def stamps(text: str) -> dict[int, Head]:
    """The lines that begin with a time stamp, as heads without a name, by the place where they start."""
    found: dict[int, Head] = {}
    at = 0
    for number, line in enumerate(text.split("\n")):
        head = _unnamed(line, number, at) if ":" in line else None
        if head is not None:
            found[at + len(line) - len(line.lstrip())] = head
        at += len(line) + 1
    return found


def _head(line: str, number: int, at: int, judge: Judge) -> Head | None:
    match = _HEAD.match(line)
    if match is None:
        return _unnamed(line, number, at)
    raw, stamp = match["name"], match["stamp"]
    seconds = None if stamp is None else seconds_of(stamp)
    if not match["colon"]:
        return None if seconds is None else _alone(line, number, at, match, seconds, judge)
    if line[match.end() : match.end() + 1].isdigit() and _STAMP_BEGINS.search(raw):
        return _stamp_after_name(line, number, at, match, seconds, judge)
    name, form = judge(raw)
    if form is Form.NONE or line.startswith("/", match.end()):
        return _unnamed(line, number, at)
    body = _BODY.match(line, match.end())
    assert body is not None  # every part of the pattern may be empty
    if seconds is None and body["stamp"]:
        seconds = seconds_of(body["stamp"])
    return Head(number, at, at + body.end(), name, form, seconds, body.end() == len(line))


def _unnamed(line: str, number: int, at: int) -> Head | None:
    """A stamped line of which no speaker is told."""
    match = _LEAD.match(line)
    if match is None:
        return None
    return Head(
        number, at, at + match.end(), "", Form.NONE, seconds_of(match["stamp"]), match.end() == len(line)
    )


def _alone(
    line: str, number: int, at: int, match: re.Match[str], seconds: float, judge: Judge
) -> Head | None:
    """``[00:01] Name`` or only a stamp; where the rest is no name it is what was said."""
    name, form = judge(match["name"])
    if name and form is Form.NONE:
        return _unnamed(line, number, at)
    return Head(number, at, at + len(line), name, form, seconds, True)


def _stamp_after_name(
    line: str, number: int, at: int, match: re.Match[str], seconds: float | None, judge: Judge
) -> Head | None:
    begins = _STAMP_BEGINS.search(match["name"])
    after = _AFTER_NAME.match(line, match.start("name") + begins.start()) if begins else None
    if begins is None or after is None:
        return None
    name, form = judge(match["name"][: begins.start()])
    bracketed = after["stamp"][0] in "[(<" and after["stamp"][-1] in "])>"
    if form is Form.NONE or not (after["colon"] is not None or bracketed):
        return _unnamed(line, number, at)
    end = after.end() + len(line[after.end() :]) - len(line[after.end() :].lstrip())
    seconds = seconds_of(after["stamp"]) if seconds is None else seconds
    return Head(number, at, at + end, name, form, seconds, end == len(line))


def _with_stamp_lines(text: str, found: list[Head], judge: Judge) -> list[Head]:
    """Stamps on a line of their own joined with the name on the next line, where there is one."""
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    by_line = {head.line: head for head in found}
    joined: list[Head] = []
    taken: set[int] = set()
    for head in found:
        if head.line in taken:
            continue
        follows = _next_line(lines, head.line + 1)
        if (
            head.name
            or not head.alone
            or follows is None
            or (follows in by_line and not by_line[follows].name)
        ):
            joined.append(head)
        elif follows in by_line:
            taken.add(follows)
            joined.append(replace(by_line[follows], line=head.line, start=head.start, seconds=head.seconds))
        else:
            joined.append(_name_below(lines, starts, head, follows, by_line, judge))
    return joined


def _name_below(
    lines: list[str], starts: list[int], head: Head, at: int, by_line: dict[int, Head], judge: Judge
) -> Head:
    """The stamp ``head`` with the name that line ``at`` is, if words follow it before the next stamp."""
    name, form = judge(lines[at][:200])
    after = _next_line(lines, at + 1)
    if form is Form.NONE or after is None or (after in by_line and not by_line[after].name):
        return replace(head, body=starts[at])
    return replace(head, body=starts[at] + len(lines[at]), name=name, form=form)


def _next_line(lines: list[str], at: int) -> int | None:
    """The first line from ``at`` on that holds something, at most one blank line away."""
    return next((index for index in range(at, min(at + 2, len(lines))) if lines[index].strip()), None)
