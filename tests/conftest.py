"""What all tests share: a home of their own, a small project, the folder of real samples."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from coder_app.core.model import Level, NewDocument, NewSpeaker, Role, Turn
from coder_app.project.project import Project

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings and backups of each test go to a folder of its own."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("CODER_APP_HOME", str(folder))
    return folder


@pytest.fixture(scope="session")
def samples() -> Path:
    """Real transcripts, subtitles and documents, where they lie beside the project."""
    folder = Path(__file__).parents[2] / "shared" / "samples"
    if not folder.is_dir():
        pytest.skip("the folder of real samples is not beside the project")
    return folder


def new_document(title: str, *turns: tuple[str, str], participants: dict[str, str] | None = None) -> NewDocument:
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


INTERVIEW = new_document(
    "Interview P1",
    ("Interviewer", "How was the first week?"),
    ("Mara", "Strange. I did not know what she was allowed to see, and nobody told me."),
    ("Interviewer", "Nobody?"),
    ("Mara", "Nobody. Later we laughed about it. She knew more about fear than I do 🙂."),
    participants={"Mara": "P1"},
)
SECOND = new_document(
    "Interview P2",
    ("Interviewer", "And you?"),
    ("Jonas", "I was against it. Then I saw him sit with a man nobody could reach."),
    participants={"Jonas": "P2"},
)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A small project: two transcripts, a theme with two codes, coder Ann at work, and Ben."""
    with Project.create(tmp_path / "study.coder", "Small study", "Ann") as made:
        made.documents.add([INTERVIEW, SECOND])
        theme = made.codes.add("Trust", Level.THEME)
        made.codes.add("Not being told", parent=theme)
        made.codes.add("Shared experience", parent=theme)
        made.coders.add("Ben")
        yield made
