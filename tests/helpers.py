"""Small transcripts for tests, and studies that are made once and copied."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from coder_app.core.model import NewDocument, NewSpeaker, Role, Turn
from coder_app.project.history import now_ms
from coder_app.project.project import Project


def document_of(
    title: str, *turns: tuple[str, str], participants: dict[str, str] | None = None
) -> NewDocument:
    """A transcript of (speaker, words) turns; ``participants`` maps speakers to labels, others interview."""
    people = participants or {}
    names = list(dict.fromkeys(name for name, _ in turns))
    text, made = "", []
    for number, (name, words) in enumerate(turns, 1):
        if text:
            text += "\n\n"
        start = len(text)
        text += f"{name}: {words}"
        made.append(Turn(number, start, start + len(name) + 2, len(text), names.index(name), None))
    speakers = tuple(
        NewSpeaker(name, Role.PARTICIPANT if name in people else Role.INTERVIEWER, people.get(name))
        for name in names
    )
    return NewDocument(title, text + "\n", speakers, tuple(made), source=f"{title}.txt")


INTERVIEW = document_of(
    "Interview P1",
    ("Interviewer", "How was the first week?"),
    ("Mara", "Strange. I did not know what she was allowed to see, and nobody told me."),
    ("Interviewer", "Nobody?"),
    ("Mara", "Nobody. Later we laughed about it. She knew more about fear than I do 🙂."),
    participants={"Mara": "P1"},
)
SECOND = document_of(
    "Interview P2",
    ("Interviewer", "And you?"),
    ("Jonas", "I was against it. Then I saw him sit with a man nobody could reach."),
    participants={"Jonas": "P2"},
)


_kept: dict[Callable[[Path], Project], tuple[bytes, str]] = {}


def kept(make: Callable[[Path], Project], path: Path, now: Callable[[], int] = now_ms) -> Project:
    """What ``make`` makes at a path, its coder at work; after the first time it is a copy.

    Making even a small study takes several times as long as opening it.
    """
    if make not in _kept:
        with make(path) as made:
            _kept[make] = made.snapshot(), made.coders.current.name
    image, coder = _kept[make]
    path.write_bytes(image)
    return Project.open(path, coder=coder, now=now)
