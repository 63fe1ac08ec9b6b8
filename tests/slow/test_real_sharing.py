"""A colleague's copy in the true program, by keys alone: previewed, brought in, decided, taken back."""

from __future__ import annotations

import pytest
from slow.desktop import missing, wait_for
from slow.test_real_window import Study, desktop, screen, study

from coder_app.project.project import Project

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing() or "all there")
__all__ = ["desktop", "screen", "study"]  # fixtures of the other tests of the real window

TITLE = "Bring in a colleague"


def _copy_of_ben(study: Study) -> str:
    """Ben made a code that looks like one of Ann's, and coded with it; both changed a definition."""
    theirs = study.path.with_name("from ben.coder")
    with Project.open(study.path, coder="Ann") as ours:
        theirs.write_bytes(ours.snapshot())
        code = ours.codes.tree().named("Laughing")[0].guid
        ours.codes.define(code, "short", "What Ann means")
        with Project.open(theirs, coder="Ben") as project:
            project.codes.define(code, "short", "What Ben means")
            made = project.codes.add("Not being told!")
            project.codings.apply(project.documents.all()[0].guid, 0, 14, made)
    return str(theirs)


def _names(study: Study) -> list[str]:
    return [line.strip() for line in study.outline()]


def test_a_copy_comes_in_is_decided_and_taken_back_by_keys(study: Study) -> None:
    file, screen = _copy_of_ben(study), study.desktop
    study.open()
    before = _names(study)
    screen.key("ctrl+alt+b")
    asks = screen.wait_active(TITLE)
    screen.type(file)
    screen.key("Return")
    told = screen.wait_active(TITLE, after=asks)
    screen.wait_still()
    assert _names(study) == before
    screen.key("Return")
    screen.wait_active("Brought in", after=told)
    assert _names(study) == [*before, "Not being told!"]
    screen.wait_still()
    screen.key("End", "Return")  # the last line: the two codes that look alike
    screen.wait_active("Join two codes")
    screen.wait_still()
    screen.key("Return")
    wait_for(lambda: len(_names(study)) == len(before), "one of two codes to go")
    screen.wait_active("Brought in")
    screen.wait_still()
    screen.key("alt+u")
    wait_for(lambda: len(_names(study)) > len(before), "both codes to be back")
    screen.key("End", "alt+k")
    wait_for(lambda: _apart(study), "the two to be kept apart")
    screen.key("Escape")
    screen.wait_active("Small study")
    screen.key("ctrl+alt+m")
    report = screen.wait_active("Brought in")
    screen.wait_still()
    screen.key("alt+t")
    screen.wait_active("Take back", after=report)
    screen.wait_still()
    screen.key("Tab", "space")
    wait_for(lambda: _names(study) == before, "the project to be what it was")
    screen.wait_active("Small study")
    study.quit()


def _apart(study: Study) -> bool:
    with Project.open(study.path, read_only=True) as project:
        return bool(project.lookalikes.apart())
