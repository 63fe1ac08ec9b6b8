"""A copy for independent coding holds no trace of anybody's work, and comes back like any copy."""

from __future__ import annotations

from pathlib import Path

import pytest

from coder_app.core.errors import UserError
from coder_app.core.model import Division, MemoTarget
from coder_app.project.blind import write_blind_copy
from coder_app.project.checking import check, fingerprint
from coder_app.project.project import Project


@pytest.fixture
def worked(project: Project) -> Project:
    """Ann coded, wrote, renamed and deleted; every word that must not travel says so."""
    document = project.documents.all()[0].guid
    code = project.codes.add("SECRETDRAFT")
    project.codes.rename(code, "Open name")
    deleted = project.codes.add("SECRETDELETED")
    coding = project.codings.apply(document, 0, 5, deleted)
    project.codings.apply(document, 7, 19, code)
    project.memos.add(MemoTarget.CODING, coding, "SECRETMEMO")
    project.codes.delete([deleted], below=False)
    project.memos.add(MemoTarget.CODE, code, "SECRETNOTE")
    person = project.participants.all()[0]
    project.participants.set_pseudonym(person.guid, "SECRETNAME")
    project.participants.set_attribute(person.guid, "SECRETATTRIBUTE", "SECRETVALUE")
    project.coders.add("SECRETCODER")
    project.meaning_units.make([document], Division.SENTENCE)
    return project


def test_no_trace_of_anybodys_work_is_in_the_file(worked: Project, tmp_path: Path) -> None:
    ben = worked.coders.named("Ben").guid
    ann = worked.coders.named("Ann").guid
    codings = [coding.guid for coding in worked.codings.all()]
    out = tmp_path / "for ben.coder"
    write_blind_copy(worked, out, ben)
    raw = out.read_bytes()
    for word in ("SECRET", "Apply code", "Write memo", ann, *codings):
        assert word.encode() not in raw
        assert word.encode("utf-16-le") not in raw
    with Project.open(out) as copy:
        assert [coder.name for coder in copy.coders.all()] == ["Ben"]
        assert check(copy).problems == ()
        assert copy.codings.all() == []
        assert copy.memos.all() == []
        assert [p.label for p in copy.participants.all()] == ["P1", "P2"]
        assert copy.codes.tree().named("Open name")
        assert copy.meaning_units.all().keys() == worked.meaning_units.all().keys()
        assert copy.undo_name() is None
        document = worked.documents.all()[0].guid
        assert copy.documents.content(document).text == worked.documents.content(document).text


def test_it_comes_back_like_any_copy(worked: Project, tmp_path: Path) -> None:
    out = tmp_path / "for ben.coder"
    write_blind_copy(worked, out, worked.coders.named("Ben").guid)
    document = worked.documents.all()[0].guid
    with Project.open(out, coder="Ben") as copy:
        code = copy.codes.tree().named("Open name")[0].guid
        theirs = copy.codings.apply(document, 9, 21, code)
    before = {coding.guid for coding in worked.codings.all()}
    (report,) = worked.merging.bring_in(out)
    assert [(new.coder, new.counts) for new in report.new] == [("Ben", (("coding", 1),))]
    assert {coding.guid for coding in worked.codings.all()} == before | {theirs}
    assert worked.participants.all()[0].pseudonym == "SECRETNAME"
    assert check(worked).problems == ()
    with Project.open(out, coder="Ben") as copy:  # and the whole goes into the blind one
        assert worked.path is not None
        copy.merging.bring_in(worked.path)
        assert fingerprint(copy) == fingerprint(worked)
        assert check(copy).problems == ()
        assert copy.participants.all()[0].pseudonym == "SECRETNAME"
        names = {row.name for row in copy.connection.exec_driver_sql("SELECT name FROM step")}
        assert "" not in names  # the fuller record of each step stands


def test_without_codebook_nothing_of_it_travels(worked: Project, tmp_path: Path) -> None:
    out = tmp_path / "open.coder"
    write_blind_copy(worked, out, worked.coders.named("Ben").guid, codebook=False)
    assert b"Open name" not in out.read_bytes()
    with Project.open(out, coder="Ben") as copy:
        assert len(copy.codes.tree()) == 0
        copy.codes.add("Mine")
    worked.merging.bring_in(out)
    assert worked.codes.tree().named("Mine")
    assert worked.codes.tree().named("Open name")


def test_what_cannot_be_written_is_told(worked: Project, tmp_path: Path) -> None:
    ben = worked.coders.named("Ben").guid
    assert worked.path is not None
    with pytest.raises(UserError, match="already a file named"):
        write_blind_copy(worked, worked.path, ben)
    with pytest.raises(UserError, match="no such coder"):
        write_blind_copy(worked, tmp_path / "x.coder", "nobody")
