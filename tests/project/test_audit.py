"""The audit trail: a sentence for each action, filters, and the story of a code."""

from __future__ import annotations

import tempfile
from pathlib import Path
from random import Random

from acting import Actor
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from coder_app.core.model import Level, MemoTarget
from coder_app.project.audit import AuditKind, Wanted
from coder_app.project.history import TABLES
from coder_app.project.project import Project


def sentences(project: Project) -> list[str]:
    return [entry.sentence for entry in project.audit.entries(newest_first=False)]


def test_each_action_reads_as_a_sentence(project: Project) -> None:
    first = project.audit.count()
    document = project.documents.all()[0].guid
    text = project.documents.content(document).text
    start = text.index("Strange")
    tree = project.codes.tree()
    theme, told = tree.named("Trust")[0].guid, tree.named("Not being told")[0].guid
    draft = project.codes.add("Draft", parent=theme)
    project.codes.rename(draft, "Stigma")
    project.codes.define(draft, "short", "Being marked.")
    coding = project.codings.apply(document, start, start + 7, draft)
    project.codings.recode([coding], told)
    project.codings.set_exemplar(coding, True)
    project.memos.add(MemoTarget.CODE, told, "Look again.")
    project.codes.move([draft], None)
    project.undo()
    project.codes.join([draft], told)
    project.codings.remove([coding])
    project.set_name("Renamed")
    assert sentences(project)[first:] == [
        "Ann made the code “Draft” under “Trust”.",
        "Ann renamed “Draft” to “Stigma”.",
        "Ann wrote for “Stigma” the short definition: “Being marked.”.",
        "Ann put “Stigma” on “Strange” in “Interview P1”; marked “Interview P1” as in progress.",
        "Ann gave “Strange” in “Interview P1” the code “Not being told” (it was “Stigma”).",
        "Ann marked “Strange” in “Interview P1” as an exemplar of “Not being told”.",
        "Ann wrote a memo on “Not being told”: “Look again.”.",
        "Ann moved “Stigma” to the top.",
        "Ann took back “Move Stigma”: moved “Stigma” under “Trust”.",
        "Ann joined Stigma into Not being told.",
        "Ann removed “Not being told” from “Strange” in “Interview P1”.",
        "Ann renamed the project to “Renamed”.",
    ]
    entry = next(e for e in project.audit.entries() if e.action == "Apply code: Stigma")
    assert (entry.document, entry.start, entry.end) == (document, start, start + 7)
    assert entry.kinds == (AuditKind.TRANSCRIPTS, AuditKind.CODINGS)


def test_the_trail_is_filtered(project: Project) -> None:
    one, other = (document.guid for document in project.documents.all())
    code, unused = (project.codes.tree().named(n)[0].guid for n in ("Not being told", "Shared experience"))
    project.codings.apply(one, 0, 5, code)
    project.coders.switch(project.coders.named("Ben").guid)
    project.codings.apply(other, 0, 5, code)
    audit, ben = project.audit, project.coders.current.guid
    mine = [entry.action for entry in audit.entries(Wanted(coders=(ben,)))]
    assert mine == ["Apply code: Not being told", "Add coder: Ben"]
    codings = Wanted(kinds=(AuditKind.CODINGS,))
    assert audit.count(codings) == 2
    assert audit.count(Wanted(kinds=(AuditKind.CODINGS,), document=one)) == 1
    assert audit.count(Wanted(kinds=(AuditKind.CODINGS,), code=code)) == 2
    assert audit.count(Wanted(kinds=(AuditKind.CODINGS,), code=unused)) == 0
    latest = audit.entries()[0]
    assert audit.count(Wanted(since=latest.time + 1)) == 0
    assert audit.count(Wanted(until=latest.time + 1)) == audit.count()
    assert [e.guid for e in audit.entries(first=1, most=2)] == [e.guid for e in audit.entries()][1:3]


def test_the_story_of_a_theme_tells_how_it_came_to_be(project: Project) -> None:
    theme = project.codes.add("Fear", Level.THEME)
    loose, twin = project.codes.add("Being afraid"), project.codes.add("Afraid")
    project.codings.apply(project.documents.all()[0].guid, 0, 5, twin)
    project.codes.join([twin], loose)
    project.codes.move([loose], theme)
    project.codes.rename(theme, "Fear and relief")
    project.codes.add("Not in it")
    story = [entry.sentence for entry in project.audit.story(theme)]
    assert story == [
        "Ann made the theme “Fear”.",
        "Ann made the code “Being afraid”.",
        "Ann moved “Being afraid” under “Fear and relief”.",
        "Ann renamed “Fear” to “Fear and relief”.",
    ]
    assert "Ann joined Afraid into Being afraid." in [entry.sentence for entry in project.audit.story(loose)]


@settings(max_examples=8, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(seed=st.integers(0, 2**32))
def test_whatever_is_done_can_be_told(seed: int) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        Project.create(Path(folder) / "p.coder", "Study", "Ann") as project,
    ):
        actor = Actor(project, Random(seed))
        for _ in range(60):
            actor.act()
        while project.undo_name():
            project.undo()
        entries = project.audit.entries()
        assert len(entries) == project.audit.count() == project.history.steps()
        assert all(entry.sentence.startswith("Ann") or entry.coder_name for entry in entries)
        assert not [entry.sentence for entry in entries if "did “" in entry.sentence]


def test_every_table_of_the_study_has_its_words() -> None:
    from coder_app.project.audit import _KINDS
    from coder_app.project.audit_words import _PHRASES

    assert _PHRASES.keys() == TABLES.keys()
    assert {table for tables in _KINDS.values() for table in tables} == TABLES.keys()
