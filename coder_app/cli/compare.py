"""``compare``: what is different between a project and another copy of it or a backup; nothing is changed."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from coder_app.cli.output import one_line, say, say_json

if TYPE_CHECKING:
    from coder_app.project.difference import Difference


def compare(chosen: Namespace) -> int:
    """``compare PROJECT OTHER [--json]``"""
    from coder_app.project import difference
    from coder_app.project.project import Project

    with Project.open(chosen.project, read_only=True) as project:
        found = difference.compare(project, chosen.other, path=chosen.project)
    if chosen.json:
        say_json(as_json(found))
    else:
        for line in in_lines(found):
            say(line)
    return 0


def as_json(found: Difference) -> dict[str, Any]:
    """All differences with their counts; positions are code points, end exclusive."""
    return {
        "file": found.file,
        "same": found.is_same,
        "actions_only_here": found.actions_here,
        "actions_only_there": found.actions_there,
        "counts": {
            topic.value: {side.value: number for side, number in sides.items()}
            for topic, sides in found.counts().items()
        },
        "differences": [
            {
                "topic": item.topic.value,
                "where": item.side.value,
                "what": item.sentence,
                "coder": item.coder,
                "code": item.code,
                "document": item.document,
                "start": item.start,
                "end": item.end,
            }
            for item in found.items
        ],
    }


def in_lines(found: Difference) -> Iterator[str]:
    """The differences as a person reads them, the counts first."""
    from coder_app.project.difference import Side

    titles = {
        Side.HERE: "only here",
        Side.THERE: f"only in {found.file}",
        Side.BOTH: "different",
    }
    if found.is_same:
        yield f"{found.file} holds the same."
    for topic, sides in found.counts().items():
        counts = ", ".join(f"{number:,} {titles[side]}" for side, number in sides.items() if number)
        yield f"{topic.value.capitalize()}: {counts}."
    yield f"Actions: {found.actions_here:,} only here, {found.actions_there:,} only in {found.file}."
    for topic, sides in found.counts().items():
        for side in sides:
            items = found.of(topic, side)
            if items:
                yield ""
                yield f"{topic.value.capitalize()}, {titles[side]}:"
            for item in items:
                yield f"  {one_line(item.sentence)}"
