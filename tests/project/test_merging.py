"""Copies of a project come back together: the same in any order, any number of times, nothing lost."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime, tzinfo
from pathlib import Path

import pytest
from helpers import INTERVIEW, document_of
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from replicas import Copies

from coder_app.core.errors import UserError
from coder_app.core.model import Level, MemoTarget, Status
from coder_app.project import backups
from coder_app.project.checking import check, fingerprint
from coder_app.project.merge_report import MergeReport
from coder_app.project.project import Project

UNSHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)  # a smaller seed is no simpler case


def test_copies_that_go_apart_come_together_again() -> None:
    chosen = settings(max_examples=3, stateful_step_count=20, phases=UNSHRUNK)
    run_state_machine_as_test(Copies, settings=chosen)


@pytest.fixture
def colleague(project: Project, tmp_path: Path) -> Project:
    """Ben's copy of the small project, open."""
    assert project.path is not None
    return Project.open(Path(shutil.copy(project.path, tmp_path / "ben.coder")), coder="Ben")


def bring_in(project: Project, other: Project) -> object:
    assert other.path is not None
    (report,) = project.merging.bring_in(other.path)
    return report


def test_codings_of_both_come_together(project: Project, colleague: Project) -> None:
    document = project.documents.all()[0].guid
    code = project.codes.tree().named("Shared experience")[0].guid
    mine = project.codings.apply(document, 0, 5, code)
    theirs = colleague.codings.apply(document, 3, 9, code)
    colleague.memos.add(MemoTarget.CODING, theirs, "See here.")
    assert colleague.path is not None
    (preview,) = project.merging.preview(colleague.path)
    assert {coding.guid for coding in project.codings.all()} == {mine}
    (report,) = project.merging.bring_in(colleague.path)
    assert (report.steps, report.new) == (preview.steps, preview.new)
    assert [(new.coder, new.counts) for new in report.new] == [("Ben", (("coding", 1), ("memo", 1)))]
    assert {coding.guid for coding in project.codings.all()} == {mine, theirs}
    (backup,) = backups.list_for(project.guid)
    assert backup.note.startswith("before merging at ")
    assert backup.path.name == report.backup
    assert project.merging.reports() == [report]
    assert check(project).ok
    assert project.merging.bring_in(colleague.path)[0].steps == 0  # nothing new: no backup, no report
    assert project.merging.reports() == [report]
    bring_in(colleague, project)
    assert fingerprint(colleague) == fingerprint(project)
    assert project.undo_name() == "Apply code: Shared experience"  # a merge is no action of mine
    colleague.close()


def test_a_field_that_both_changed_is_told_and_can_be_chosen(project: Project, colleague: Project) -> None:
    code = project.codes.tree().named("Not being told")[0].guid
    project.codes.rename(code, "Left in the dark")
    colleague.codes.rename(code, "Uninformed")
    assert colleague.path is not None
    (report,) = project.merging.bring_in(colleague.path)
    (conflict,) = report.conflicts
    assert (conflict.field, conflict.ours, conflict.theirs) == ("name", "“Left in the dark”", "“Uninformed”")
    assert (conflict.our_coder, conflict.their_coder) == ("Ann", "Ben")
    assert conflict.theirs_stands
    assert project.codes.tree()[code].name == "Uninformed"
    project.merging.choose(conflict)
    assert project.codes.tree()[code].name == "Left in the dark"
    project.undo()
    assert project.codes.tree()[code].name == "Uninformed"
    colleague.close()


def test_what_one_deleted_and_the_other_used_lives_on(project: Project, colleague: Project) -> None:
    code = project.codes.tree().named("Not being told")[0].guid
    project.codes.delete([code], below=False)
    colleague.codings.apply(colleague.documents.all()[0].guid, 0, 5, code)
    assert code not in project.codes.tree()
    assert colleague.path is not None
    (report,) = project.merging.bring_in(colleague.path)
    assert code in project.codes.tree()
    assert report.lived_on == (
        "The code “Not being told” was deleted in one copy and is used in the other: it stays.",
    )
    colleague.close()


def test_two_moves_that_would_close_a_circle_end_the_same_on_both(
    project: Project, colleague: Project
) -> None:
    tree = project.codes.tree()
    one, other = (tree.named(name)[0].guid for name in ("Not being told", "Shared experience"))
    for copy, what, where in ((project, one, other), (colleague, other, one)):
        copy.codes.set_level([where], Level.SUBCATEGORY)
        copy.codes.move([what], where)
    report = bring_in(project, colleague)
    bring_in(colleague, project)
    assert fingerprint(colleague) == fingerprint(project)
    assert "would be inside itself" in str(report)
    assert check(project).ok
    colleague.close()


def test_codes_of_one_name_stay_two_and_are_told(project: Project, colleague: Project) -> None:
    mine, theirs = project.codes.add("Stigma"), colleague.codes.add("stigma")
    assert colleague.path is not None
    (report,) = project.merging.bring_in(colleague.path)
    (alike,) = report.alike
    assert (alike.kind, {alike.one, alike.other}) == ("code", {mine, theirs})
    assert len(project.codes.tree().named("Stigma")) == 2
    colleague.close()


def test_codes_joined_crosswise_are_told_and_joined_once_more(project: Project, colleague: Project) -> None:
    document = project.documents.all()[0].guid
    tree = project.codes.tree()
    one, other = (tree.named(name)[0].guid for name in ("Not being told", "Shared experience"))
    project.codings.apply(document, 0, 5, one)
    project.codings.apply(document, 6, 9, other)
    colleague.merging.unite([(Path("ann.coder"), project)])
    project.codes.join([one], other)
    colleague.codes.join([other], one)
    report = bring_in(project, colleague)
    assert isinstance(report, MergeReport)
    (alike,) = report.alike
    assert {alike.one, alike.other} == {one, other}
    assert "the other way round" in alike.why[0]
    project.codes.join([alike.other], alike.one)
    assert [coding.code for coding in project.codings.all()] == [alike.one, alike.one]
    assert check(project).problems == ()
    colleague.close()


def test_new_transcripts_come_with_their_text(project: Project, colleague: Project) -> None:
    (guid,) = colleague.documents.add([INTERVIEW])
    bring_in(project, colleague)
    assert project.documents.content(guid).text == INTERVIEW.text
    assert check(project).ok
    colleague.close()


def test_a_clock_far_ahead_is_told_and_what_follows_counts_as_later(project: Project, tmp_path: Path) -> None:
    assert project.path is not None
    copy = Path(shutil.copy(project.path, tmp_path / "ahead.coder"))
    with Project.open(copy, coder="Ben", now=lambda: 4_070_908_800_000) as ahead:
        code = ahead.codes.tree().named("Not being told")[0].guid
        ahead.codes.rename(code, "From 2099")
    (report,) = project.merging.bring_in(copy)
    assert "2099-01-01" in report.clock
    project.codes.rename(code, "Now")
    assert project.codes.tree()[code].name == "Now"
    assert check(project).ok


def test_files_that_are_no_copies_are_refused(project: Project, tmp_path: Path) -> None:
    before = fingerprint(project)
    other = tmp_path / "other.coder"
    Project.create(other, "Another study", "Eve").close()
    text = tmp_path / "text.coder"
    text.write_text("Interviewer: hello\n" * 500)
    half = tmp_path / "half.coder"
    assert project.path is not None
    half.write_bytes(project.path.read_bytes()[:30_000])
    for path, sentence in (
        (other, "is of a different study"),
        (text, "not a project of this program"),
        (half, "damaged"),
        (project.path, "is the project that is open here"),
        (tmp_path / "gone.coder", "There is no project"),
    ):
        with pytest.raises(UserError, match=sentence):
            project.merging.bring_in(path)
    assert fingerprint(project) == before


def test_a_merge_is_taken_back_by_its_backup(project: Project, colleague: Project) -> None:
    mine = project.codes.add("Mine")
    before = fingerprint(project)
    colleague.codes.add("Theirs")
    assert colleague.path is not None
    (report,) = project.merging.bring_in(colleague.path)
    project.codes.add("Made since")
    project.merging.take_back(report)
    assert fingerprint(project) == before
    assert project.merging.reports() == []
    assert project.undo_name() == "New code: Mine"
    assert check(project).problems == ()
    project.undo()  # the file goes on as before
    assert mine not in project.codes.tree()
    notes = [backup.note for backup in backups.list_for(project.guid)]
    assert any(note.startswith("before a backup was brought back") for note in notes)
    for backup in backups.list_for(project.guid):
        backup.path.unlink()
    with pytest.raises(UserError, match="can no longer be read"):
        project.merging.take_back(report)
    assert check(project).problems == ()
    colleague.close()


def test_copies_on_one_machine_restored_renamed_and_mailed_twice(project: Project, tmp_path: Path) -> None:
    assert project.path is not None
    document, code = project.documents.all()[0].guid, project.codes.add("Shared")
    backup = project.back_up("kept")
    lost = project.codings.apply(document, 0, 5, code)
    mailed = Path(shutil.copy(project.path, tmp_path / "mailed (1).coder"))
    again = Path(shutil.copy(mailed, tmp_path / "Renamed study.coder"))
    project.bring_back(backup.name)  # the coding is gone here, but not in what was mailed
    made_since = project.codings.apply(document, 6, 9, code)
    with Project.open(mailed, coder="Ann") as copy:  # the same coder goes on in both
        there = copy.codings.apply(document, 10, 15, code)
        copy.merging.bring_in(project.path)
        first = fingerprint(copy)
    reports = project.merging.bring_in(again, mailed, again)
    assert [bool(report.steps) for report in reports] == [True, True, False]
    assert {coding.guid for coding in project.codings.all()} == {lost, made_since, there}
    assert fingerprint(project) == first
    assert check(project).problems == ()


def test_another_thread_merges_while_the_window_waits(project: Project, colleague: Project) -> None:
    theirs = colleague.codes.add("Theirs")
    assert project.path is not None
    assert colleague.path is not None
    project.codes.tree()
    with Project.beside(project.path) as other:
        other.merging.bring_in(colleague.path)
    project.reread()
    assert theirs in project.codes.tree()
    project.codes.add("After")
    assert check(project).problems == ()
    colleague.close()


# A colleague began a project of her own on the same interviews


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Project]:
    """Eve's project: one interview that we have too, one of her own, a codebook of hers."""
    with Project.create(tmp_path / "eve.coder", "Eve's study", "Eve") as made:
        first, _ = made.documents.add([INTERVIEW, document_of("Interview P2", ("Eva", "Other words."))])
        theme = made.codes.add("trust", Level.THEME)
        same = made.codes.add("Not being told", parent=theme)
        other = made.codes.add("Laughing", parent=theme)
        made.codings.apply(first, 0, 9, same)
        coding = made.codings.apply(first, 4, 12, other)
        made.memos.add(MemoTarget.CODING, coding, "Why?")
        made.documents.set_status(first, Status.FINISHED)
        yield made


def test_her_work_comes_over_with_her_as_its_coder(project: Project, own: Project) -> None:
    assert own.path is not None
    before = fingerprint(project)
    (preview,) = project.merging.preview(own.path)
    assert fingerprint(project) == before
    (report,) = project.merging.bring_in(own.path)
    assert report.new == preview.new
    assert ("Eve", (("coding", 2), ("memo", 1))) in [(new.coder, new.counts) for new in report.new]
    assert "1 transcript has the same text in both projects." in report.notes
    assert "2 codes have the same name and place in both codebooks." in report.notes
    assert "“Interview P2” is the title of two different texts: they stay two." in report.notes
    eve = project.coders.named("Eve").guid
    shared = project.documents.titled("Interview P1").guid
    codes = {project.codes.tree()[c.code or ""].name for c in project.codings.of_document(shared, [eve])}
    assert codes == {"Not being told", "Laughing"}
    laughing = project.codes.tree().named("Laughing")[0]
    assert laughing.parent == project.codes.tree().named("Trust")[0].guid
    assert len(project.codes.tree().named("Trust")) == 1
    assert len(project.documents.all()) == 3
    assert project.documents.statuses()[shared, eve] == Status.FINISHED
    assert check(project).problems == ()
    (again,) = project.merging.bring_in(own.path)
    assert again.steps == 0
    project.undo()
    assert fingerprint(project) == before
    assert check(project).problems == ()


def test_what_she_wrote_of_a_code_that_both_have_is_kept(project: Project, own: Project) -> None:
    code = project.codes.tree().named("Not being told")[0].guid
    hers = own.codes.tree().named("Not being told")[0].guid
    project.codes.define(code, "short", "Kept in the dark")
    own.codes.define(hers, "short", "Told too late")
    own.codes.define(hers, "when", "News that others had")
    assert own.path is not None
    (report,) = project.merging.bring_in(own.path)
    assert [one.path for one in report.matched if one.differs] == ["trust › Not being told"]
    definition = project.codes.tree()[code].definition
    assert (definition.short, definition.when) == ("Kept in the dark", "News that others had")
    (memo,) = project.memos.about(MemoTarget.CODE, code)
    assert memo.text == "Defined in “Eve's study”:\nShort definition: Told too late"
    assert project.coders.name_of(memo.coder) == "Eve"
    (again,) = project.merging.bring_in(own.path)
    assert again.steps == 0
    assert check(project).problems == ()


def test_codes_that_mean_something_else_stay_her_own(project: Project, own: Project) -> None:
    code = project.codes.tree().named("Not being told")[0].guid
    hers = own.codes.tree().named("Not being told")[0].guid
    assert own.path is not None
    (preview,) = project.merging.preview(own.path, separate=[hers])
    assert hers not in [one.theirs for one in preview.matched]
    project.merging.bring_in(own.path, separate=[hers])
    assert {node.guid for node in project.codes.tree().named("Not being told")} == {code, hers}
    own.codings.apply(own.documents.all()[0].guid, 20, 25, hers)
    project.merging.bring_in(own.path)  # nobody has to say it twice
    assert len(project.codings.of_codes([hers])) == 2


def test_two_merges_in_one_second_are_taken_back_one_by_one(
    project: Project, colleague: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stopped(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Stopped:
            return cls(2026, 11, 22, 7, 0, 0, tzinfo=tz)

    monkeypatch.setattr("coder_app.project.merging.datetime", Stopped)
    before = fingerprint(project)
    assert colleague.path is not None
    colleague.codes.add("First")
    (first,) = project.merging.bring_in(colleague.path)
    colleague.codes.add("Second")
    (second,) = project.merging.bring_in(colleague.path)
    assert first.backup != second.backup
    project.merging.take_back(first)
    assert fingerprint(project) == before
    colleague.close()


def test_what_was_taken_back_comes_in_again(project: Project, own: Project) -> None:
    assert own.path is not None
    project.merging.bring_in(own.path)
    after = fingerprint(project)
    project.undo()
    project.codes.add("Something else")
    (report,) = project.merging.bring_in(own.path)
    assert report.steps == 1
    assert ("Eve", (("coding", 2), ("memo", 1))) in [(new.coder, new.counts) for new in report.new]
    project.undo()
    project.undo()
    project.redo()
    project.merging.bring_in(own.path)
    project.codes.delete([project.codes.tree().named("Something else")[0].guid], below=False)
    assert fingerprint(project) == after
    assert check(project).problems == ()


def test_a_frozen_codebook_stays_as_it_is(project: Project, colleague: Project) -> None:
    code = project.codes.tree().named("Trust")[0].guid
    colleague.codes.rename(code, "Confidence")
    project.codes.rename(code, "Reliance")
    report = bring_in(project, colleague)
    assert isinstance(report, MergeReport)
    (conflict,) = report.conflicts
    project.codes.set_frozen(True)
    for attempt in (
        lambda: project.merging.choose(conflict),
        lambda: project.set_level_name(Level.THEME, "Core"),
    ):
        with pytest.raises(UserError, match="froze the codebook"):
            attempt()
    project.codes.set_frozen(False)
    project.undo()  # opening it
    project.undo()  # freezing it
    project.codes.set_frozen(True)
    project.codings.apply(project.documents.all()[0].guid, 0, 5, code)
    project.undo()  # coding goes on
    project.codes.set_frozen(False)
    project.merging.choose(conflict)
    colleague.close()


def test_a_copy_and_a_project_of_its_own_come_in_one_after_the_other(
    project: Project, colleague: Project, own: Project
) -> None:
    colleague.codes.add("Theirs")
    before = fingerprint(project)
    assert colleague.path is not None
    assert own.path is not None
    with pytest.raises(UserError, match="one after the other"):
        project.merging.bring_in(colleague.path, own.path)
    assert fingerprint(project) == before
    colleague.close()


def test_what_she_codes_later_comes_over_later(project: Project, own: Project) -> None:
    assert own.path is not None
    project.merging.bring_in(own.path)
    own.codings.apply(own.documents.titled("Interview P1").guid, 20, 30, own.codes.add("New"))
    (report,) = project.merging.bring_in(own.path)
    assert {new.coder: new.counts for new in report.new}["Eve"] == (("coding", 1),)
    assert check(project).problems == ()


def test_two_laptops_that_take_in_the_same_file_stay_the_same(
    project: Project, colleague: Project, own: Project
) -> None:
    assert own.path is not None
    project.merging.bring_in(own.path)
    colleague.merging.bring_in(own.path)
    bring_in(project, colleague)
    bring_in(colleague, project)
    assert fingerprint(colleague) == fingerprint(project)
    assert len(project.codings.all()) == 2
    assert check(project).problems == ()
    colleague.close()


def test_a_quite_different_study_is_asked_about(project: Project, tmp_path: Path) -> None:
    with Project.create(tmp_path / "far.coder", "Bridges", "Eve") as far:
        far.documents.add([document_of("Talk", ("Eva", "About bridges."))])
    assert far.path is not None
    before = fingerprint(project)
    with pytest.raises(UserError, match="is of a different study, “Bridges”"):
        project.merging.bring_in(far.path)
    assert fingerprint(project) == before
    project.merging.bring_in(far.path, different=True)
    assert len(project.documents.all()) == 3
    assert check(project).problems == ()
