"""The audit trail: a sentence for each action, filters, and the story of a code."""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path
from random import Random

import pytest
from acting import Actor
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from coder_app.core.errors import UserError
from coder_app.core.model import Level, MemoTarget
from coder_app.project.audit import AuditKind, Wanted
from coder_app.project.blind import write_blind_copy
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
    project.codes.define(draft, "short", "Being marked by others")
    coding = project.codings.apply(document, start, start + 7, draft)
    project.codings.recode([coding], told)
    project.codings.resize(coding, start, start + 9)
    project.codings.set_exemplar(coding, True)
    project.memos.add(MemoTarget.CODE, told, "Look again.")
    project.memos.add(MemoTarget.PASSAGE, document, "Here?", start, start + 7)
    project.codes.move([draft], None)
    project.undo()
    project.redo()
    project.codes.join([draft], told)
    project.codings.remove([coding])
    project.set_name("Renamed")
    assert sentences(project)[first:] == [
        "Ann made the code “Draft” under “Trust”.",
        "Ann renamed “Draft” to “Stigma”.",
        "Ann wrote the short definition of “Stigma”: “Being marked.”",
        "Ann changed the short definition of “Stigma” from “Being marked.” to “Being marked by others”.",
        "Ann put “Stigma” on “Strange” in “Interview P1”; so began to code “Interview P1”.",
        "Ann changed the code of “Strange” in “Interview P1” from “Stigma” to “Not being told”.",
        "Ann changed what “Not being told” covers in “Interview P1” from “Strange” to “Strange.”",
        "Ann chose “Strange.” in “Interview P1” as an exemplar of “Not being told”.",
        "Ann wrote a memo on the code “Not being told”: “Look again.”",
        "Ann wrote a memo on “Strange” in “Interview P1”: “Here?”.",
        "Ann moved “Stigma” from “Trust” to the top of the codebook.",
        "Ann took back “Move Stigma”: moved “Stigma” from the top of the codebook to “Trust”.",
        "Ann did “Move Stigma” again: moved “Stigma” from “Trust” to the top of the codebook.",
        "Ann joined “Stigma” into “Not being told”; wrote the short definition of “Not being told”:"
        " “Being marked by others”.",
        "Ann removed “Not being told” from “Strange.” in “Interview P1”.",
        "Ann renamed the project “Small study” to “Renamed”.",
    ]
    entry = next(e for e in project.audit.entries() if e.action == "Apply code: Stigma")
    assert (entry.document, entry.start, entry.end) == (document, start, start + 7)
    assert entry.kinds == (AuditKind.TRANSCRIPTS, AuditKind.CODINGS)


def test_what_was_undone_is_marked_until_it_is_done_again(project: Project) -> None:
    project.codes.add("Fear")

    def taken_back() -> dict[str, bool]:
        return {e.action: e.taken_back for e in project.audit.entries(most=3) if "Fear" in e.action}

    project.undo()
    assert taken_back() == {"Undo New code: Fear": False, "New code: Fear": True}
    project.redo()
    assert taken_back() == {
        "Redo New code: Fear": False,
        "Undo New code: Fear": True,
        "New code: Fear": False,
    }


def test_the_trail_is_filtered(project: Project) -> None:
    one, other = (document.guid for document in project.documents.all())
    code, unused = (project.codes.tree().named(n)[0].guid for n in ("Not being told", "Shared experience"))
    project.codings.apply(one, 0, 5, code)
    project.coders.switch(project.coders.named("Ben").guid)
    moved = project.codings.apply(other, 0, 5, code)
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
    assert [e.guid for e in audit.entries(newest_first=False)] == [e.guid for e in audit.entries()][::-1]
    project.codings.recode([moved], unused)  # both codes are spoken of
    assert audit.count(Wanted(kinds=(AuditKind.CODINGS,), code=code)) == 3
    assert audit.count(Wanted(kinds=(AuditKind.CODINGS,), code=unused)) == 2


def test_the_trail_is_searched_for_what_people_wrote(project: Project) -> None:
    code = project.codes.add("낙인 “ÉTÉ”")
    project.codes.define(code, "full", 'She said "no"')
    found = {
        words: [entry.action for entry in project.audit.entries(Wanted(words=words))]
        for words in ("낙인", "été", 'said "NO"', "guid", "zebra", code[:8])
    }
    assert found == {
        "낙인": ["Define: 낙인 “ÉTÉ”", "New code: 낙인 “ÉTÉ”"],
        "été": ["Define: 낙인 “ÉTÉ”", "New code: 낙인 “ÉTÉ”"],
        'said "NO"': ["Define: 낙인 “ÉTÉ”"],
        "guid": [],
        "zebra": [],
        code[:8]: [],
    }


def test_a_blind_coder_reads_nothing_of_what_others_coded(project: Project) -> None:
    audit, ann = project.audit, project.coders.current.guid
    document = project.documents.all()[0].guid
    told = project.codes.tree().named("Not being told")[0].guid
    project.codings.apply(document, 0, 5, told)
    ben = project.coders.named("Ben").guid
    project.coders.switch(ben)
    with project.step("Apply code: A secret"):
        secret = project.codes.add("A secret")
        hers = project.codings.apply(document, 20, 31, secret)
    project.memos.add(MemoTarget.CODING, hers, "Nobody knows")
    project.memos.add(MemoTarget.CODE, told, "Nobody knows")
    blind = Wanted(eyes=(ann,))
    shown = audit.entries(blind)
    assert len(shown) == audit.count(blind) == audit.count() - 2
    assert shown[0].sentence == "Ben made the code “A secret”; marked “Interview P1” as in progress."
    assert shown[0].action == ""
    everything = " ".join(entry.sentence + entry.action for entry in shown)
    assert "Nobody" not in everything
    assert "Apply code: A secret" not in everything
    assert "Ann put “Not being told”" in everything
    for wanted in (
        Wanted(eyes=(ann,), words="nobody knows"),
        Wanted(eyes=(ann,), words="apply code: a"),
        Wanted(eyes=(ann,), kinds=(AuditKind.MEMOS,)),
        Wanted(eyes=(ann,), kinds=(AuditKind.CODINGS,), coders=(ben,)),
    ):
        assert audit.entries(wanted) == []
    project.codings.apply(document, 40, 50, told)
    project.codes.split([c.guid for c in project.codings.all([ben]) if c.code == told], "Split off")
    story = [entry.sentence for entry in audit.story(told, (ann,))]
    assert story == ["Ann made the code “Not being told” under “Trust”."]
    assert len(audit.story(told)) == 3


def test_a_copy_for_independent_coding_says_honestly_what_it_does_not_hold(
    project: Project, tmp_path: Path
) -> None:
    theme = project.codes.tree().named("Trust")[0].guid
    project.codes.rename(theme, "Trust and distrust")
    project.codes.define(theme, "short", "Whether one dares.")
    write_blind_copy(project, tmp_path / "ben.coder", project.coders.named("Ben").guid)
    with Project.open(tmp_path / "ben.coder", coder="Ben") as copy:
        told = sentences(copy)
        assert all(entry.coder == entry.action == "" for entry in copy.audit.entries())
        assert "Ann" not in " ".join(told)
    assert told[:3] == [
        "Somebody began the project “Small study”.",
        "Somebody imported “Interview P1” and “Interview P2”; added “P1” and “P2”.",
        "Somebody made the theme “Trust and distrust”.",
    ]
    assert "Somebody wrote the short definition of “Trust and distrust”: “Whether one dares.”" in told


def test_the_story_of_a_theme_tells_how_it_came_to_be(project: Project) -> None:
    document = project.documents.all()[0].guid
    theme = project.codes.add("Fear", Level.THEME)
    loose, twin = project.codes.add("Being afraid"), project.codes.add("Afraid")
    one, other = project.codings.apply(document, 0, 5, twin), project.codings.apply(document, 7, 15, twin)
    project.memos.add(MemoTarget.CODE, twin, "The same?")
    project.codes.join([twin], loose)
    project.codes.move([loose], theme)
    project.codes.recolour([loose], "#123456")
    project.codes.rename(theme, "Fear and relief")
    category = project.codes.group([loose], "At night", Level.CATEGORY)
    project.codes.split([one, other], "In the dark")
    project.codes.add("Not in it")
    project.codes.delete([category], below=False)
    empty = project.codes.add("Nothing yet")
    project.codes.join([empty], theme)
    assert [entry.sentence for entry in project.audit.story(theme)] == [
        "Ann made the theme “Fear”.",
        "Ann made the code “Being afraid”.",
        "Ann moved “Being afraid” from the top of the codebook to “Fear”.",
        "Ann renamed “Fear” to “Fear and relief”.",
        "Ann made the category “At night” under “Fear and relief” and put “Being afraid” into it.",
        "Ann made the code “In the dark” under “At night” and gave it 2 codings of “Being afraid”.",
        "Ann moved “Being afraid” and “In the dark” from “At night” to “Fear and relief”;"
        " deleted the category “At night”.",
        "Ann made the code “Nothing yet”.",
        "Ann joined “Nothing yet” into “Fear and relief”.",
    ]
    assert [entry.sentence for entry in project.audit.story(loose)] == [
        "Ann made the code “Being afraid”.",
        "Ann made the code “Afraid”.",
        "Ann wrote a memo on the code “Afraid”: “The same?”.",
        "Ann joined “Afraid” into “Being afraid”, with 2 codings.",
        "Ann moved “Being afraid” from the top of the codebook to “Fear”.",
        "Ann moved “Being afraid” from “Fear and relief” to “At night”.",
        "Ann made the code “In the dark” under “At night” and gave it 2 codings of “Being afraid”.",
        "Ann moved “Being afraid” from “At night” to “Fear and relief”.",
    ]


def test_two_who_are_one_person_are_one_sentence(project: Project) -> None:
    document, trust = project.documents.all()[0].guid, project.codes.tree().named("Trust")[0].guid
    ann, ben = project.coders.current.guid, project.coders.named("Ben").guid
    project.coders.switch(ben)
    project.codings.apply(document, 0, 5, trust)
    project.memos.add(MemoTarget.CODE, trust, "Why?")
    project.coders.switch(ann)
    first = project.audit.count()
    project.coders.join(ben, ann)
    project.undo()
    one, other = (person.guid for person in project.participants.all())
    project.participants.join(other, one)
    assert sentences(project)[first:] == [
        "Ann joined the coder “Ben” into “Ann”, one person: 1 coding and 1 memo went over.",
        "Ann took back “Join coder Ben into Ann”: marked “Interview P1” as in progress for Ben and took the"
        " mark of progress from “Interview P1”; brought back the coder “Ben”.",
        "Ann joined the participant “P2” into “P1”, one person: 1 speaker went over.",
    ]


def test_an_action_of_very_many_changes_is_told_in_numbers(project: Project) -> None:
    document = project.documents.all()[0].guid
    code = project.codes.tree().named("Trust")[0].guid
    project.codings.apply_many([(document, at % 40, at % 40 + 9, code) for at in range(1_200)])
    (latest,) = project.audit.entries(most=1)
    assert latest.sentence == "Ann made 1,200 codings."


@settings(max_examples=6, phases=(Phase.explicit, Phase.reuse, Phase.generate))
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
        for kind in AuditKind:
            found = project.audit.entries(Wanted(kinds=(kind,)))
            assert found == [entry for entry in entries if kind in entry.kinds]
        for document in project.documents.all():
            inside = project.audit.entries(Wanted(document=document.guid))
            assert {e.guid for e in entries if e.document == document.guid} <= {e.guid for e in inside}
        told = [entry.sentence for entry in entries]
        assert not [sentence for sentence in told if ": did" in sentence or "not " in sentence[:12]]
        assert not [sentence for sentence in told if "copy does not" in sentence]
        for guid, _ in list(project.codes.tree().walk())[:3]:
            assert project.audit.story(guid)


def test_every_table_of_the_study_has_its_words() -> None:
    from coder_app.project.audit import _PHRASES
    from coder_app.project.audit_search import KINDS

    assert _PHRASES.keys() == TABLES.keys()
    assert {table for tables in KINDS.values() for table in tables} == TABLES.keys()


GARBAGE = (
    "[1, 2]",
    "{",
    '{"place":"x","level":[],"code":{"a":1},"name":7}',
    "[" * 9_000,
    '{"gone":"yes"}',
    "null",
)


@pytest.mark.parametrize("garbage", GARBAGE)
def test_a_history_that_is_none_is_told_as_far_as_it_goes(
    project: Project, tmp_path: Path, garbage: str
) -> None:
    document, theme = project.documents.all()[0].guid, project.codes.tree().named("Trust")[0].guid
    project.codings.apply(document, 0, 5, theme)
    project.codes.rename(theme, "Fear")
    project.memos.add(MemoTarget.CODE, theme, "Why?")
    project.undo()
    assert project.path is not None
    project.close()
    raw = sqlite3.connect(project.path)
    raw.execute("UPDATE change SET after = ? WHERE id % 2", (garbage,))
    raw.execute("UPDATE change SET before = ? WHERE before IS NOT NULL AND id % 3 = 0", (garbage,))
    raw.execute("UPDATE step SET name = ?, undoes = guid WHERE id = 3", ("Undo " * 9_000,))
    raw.commit()
    raw.close()
    with Project.open(project.path, coder="Ann") as damaged:
        audit = damaged.audit
        for wanted in (Wanted(), Wanted(words="fear"), Wanted(code=theme), Wanted(story=theme)):
            assert len(audit.entries(wanted)) == audit.count(wanted)
        assert len(audit.entries(Wanted(eyes=("nobody",)))) == audit.count(Wanted(eyes=("nobody",)))
        assert all(entry.sentence.endswith((".", "”")) for entry in audit.entries())


def test_texts_that_are_none_are_one_sentence(project: Project) -> None:
    project.codes.add("Fear")
    assert project.path is not None
    project.close()
    raw = sqlite3.connect(project.path)
    raw.execute("UPDATE change SET after = CAST(X'7BFF' AS TEXT) WHERE id = (SELECT max(id) FROM change)")
    raw.commit()
    raw.close()
    with Project.open(project.path, coder="Ann") as damaged:
        with pytest.raises(UserError, match="is damaged"):
            damaged.audit.entries()
        with pytest.raises(UserError, match="is damaged"):
            damaged.audit.entries(Wanted(words="fear"))
