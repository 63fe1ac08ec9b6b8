"""A file of the right form with damaged values: refused on opening, in one sentence, and left as it was."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from helpers import document_of

from coder_app.cli import main
from coder_app.core.errors import UserError
from coder_app.core.model import MemoTarget
from coder_app.project import schema
from coder_app.project.checking import check, fingerprint
from coder_app.project.content import check_turns, read_turns
from coder_app.project.history import unrecorded
from coder_app.project.project import Project


@pytest.fixture
def study(project: Project) -> Path:
    """A closed project file with a coding, memos and an attribute."""
    document, code = project.documents.all()[0].guid, project.codes.tree().named("Shared experience")[0].guid
    project.codings.apply(document, 0, 9, code)
    project.memos.add(MemoTarget.CODE, code, "A note")
    project.memos.add(MemoTarget.PASSAGE, document, "A note on these words", 3, 20)
    project.participants.set_attribute(project.participants.all()[0].guid, "Age", "34")
    assert project.path is not None
    project.close()
    return project.path


def spoil(path: Path, *statements: str) -> None:
    raw = sqlite3.connect(path)
    for statement in statements:
        raw.execute(statement)
    raw.commit()
    raw.close()


def long(letter: str, times: int) -> str:
    return f"printf('%.*c', {times}, '{letter}')"


NO_TEXT = "CAST(x'ff41' AS TEXT)"
TURNS = "the turns of a transcript are damaged"
OUTSIDE = "a coding lies outside its transcript"

DAMAGE = [
    ("UPDATE code SET place = guid || '|V'", "runs in a circle"),
    ("UPDATE code SET place = (SELECT guid FROM code o WHERE o.guid <> code.guid) || '|V'", "in a circle"),
    ("UPDATE code SET place = '|é'", "a code has no place"),
    ("UPDATE code SET place = 'V'", "a code has no place"),
    (f"UPDATE code SET place = '|' || {long('z', 3000)}", "a code has no place"),
    ("UPDATE code SET level = 5", "a code stands on no level"),
    ("UPDATE code SET color = 'red'", "a code has no proper colour"),
    ("UPDATE code SET color = '#12345g'", "a code has no proper colour"),
    (f"UPDATE code SET name = {NO_TEXT}", "damaged"),
    (f"UPDATE code SET name = {long('x', 1001)}", "a text in the table “code” is far too long"),
    (f"UPDATE code SET full = {long('x', 100_001)}", "a text in the table “code” is far too long"),
    ("UPDATE code SET name = 'a' || char(0) || 'b'", "holds what no text does"),
    ("UPDATE code SET gone = 2", "a number in the table “code” makes no sense"),
    ("UPDATE document SET position = '-'", "a transcript has no place"),
    ("UPDATE document SET date = 'yesterday'", "a date is none"),
    ("UPDATE document SET date = '2026-02-30'", "a date is none"),
    ("UPDATE document SET date = '0000-01-01'", "a date is none"),
    ("UPDATE document SET characters = characters - 1", "the text of a transcript is missing or not whole"),
    (f"UPDATE document SET title = {NO_TEXT}", "damaged"),
    ("UPDATE attribute SET position = '-'", "an attribute has no place"),
    (f"UPDATE attribute_value SET value = {NO_TEXT}", "damaged"),
    ("UPDATE coding SET place = '9999999-3'", OUTSIDE),
    ("UPDATE coding SET place = 'abc'", OUTSIDE),
    ("UPDATE coding SET place = ''", OUTSIDE),
    ("UPDATE coding SET place = '5'", OUTSIDE),
    ("UPDATE coding SET place = '5-5'", OUTSIDE),
    ("UPDATE coding SET place = '-5-5'", OUTSIDE),
    ("UPDATE coding SET place = '1-3-5'", OUTSIDE),
    ("UPDATE coding SET place = '1-9e1'", OUTSIDE),
    ("UPDATE coding SET place = '1-9' || char(0) || 'x'", OUTSIDE),
    ("UPDATE coding SET place = '0-99999'", OUTSIDE),
    (f"UPDATE coding SET place = '0-' || {long('9', 9000)}", OUTSIDE),
    ("UPDATE coding SET document = 'nowhere'", OUTSIDE),
    ("UPDATE coding SET exemplar = -1", "a number in the table “coding” makes no sense"),
    (f"UPDATE coding SET coder = {NO_TEXT}", "damaged"),
    ("UPDATE memo SET created = 9223372036854775807", "a number in the table “memo” makes no sense"),
    ("UPDATE memo SET kind = 'rumour'", "a memo is about nothing that is known"),
    ("UPDATE memo SET place = '0-99999' WHERE kind = 'passage'", "a memo lies outside"),
    ("UPDATE memo SET place = NULL WHERE kind = 'passage'", "a memo lies outside"),
    ("UPDATE memo SET place = 'x' WHERE kind = 'code'", "a memo lies outside"),
    (f"UPDATE memo SET text = {NO_TEXT}", "damaged"),
    ("UPDATE speaker SET number = number + 1", "the speakers of a transcript are not whole"),
    ("UPDATE speaker SET number = 0", "the speakers of a transcript are not whole"),
    ("UPDATE speaker SET role = 'king'", "a speaker has no role"),
    ("DELETE FROM speaker", TURNS),
    ("INSERT INTO progress (guid, status) VALUES ('g', 'half')", "a transcript is in no state"),
    ("UPDATE step SET wall = 9223372036854775807", "the history is of no time"),
    ("UPDATE step SET counter = 9223372036854775807", "the history is of no time"),
    ("UPDATE step SET wall = -5", "the history is of no time"),
    ("UPDATE study SET guid = '../../../outside'", "holds no study"),
    ("UPDATE study SET guid = '/tmp/outside'", "holds no study"),
    ("INSERT INTO study (guid, name) VALUES ('00000000-0000-4000-8000-000000000000', 'Two')", "no study"),
    (f"UPDATE study SET name = {long('x', 1_000_000)}", "a text in the table “study” is far too long"),
    (f"UPDATE content SET text = {NO_TEXT}", "damaged"),
    ("UPDATE content SET text = text || ' '", "the text of a transcript is missing or not whole"),
    ("DELETE FROM content", "the text of a transcript is missing or not whole"),
    (f"UPDATE content SET turns = {NO_TEXT}", "damaged"),
    ("UPDATE content SET turns = ''", TURNS),
    ("UPDATE content SET turns = 'null'", TURNS),
    ("UPDATE content SET turns = '{}'", TURNS),
    ("UPDATE content SET turns = '[5]'", TURNS),
    ("UPDATE content SET turns = '[[1, 2]]'", TURNS),
    ("UPDATE content SET turns = '[[0, 0, 5, 99, null]]'", TURNS),
    ("UPDATE content SET turns = '[[0, 0, 5, -1, null]]'", TURNS),
    ("UPDATE content SET turns = '[[0, 0, 5, true, null]]'", TURNS),
    ("UPDATE content SET turns = '[[0, 0, 5, [], null]]'", TURNS),
    ("UPDATE content SET turns = '[[1e999, 0, 5, 0, null]]'", TURNS),
    ("UPDATE content SET turns = '[[0, 0, 99999, 0, null]]'", TURNS),
    ("UPDATE content SET turns = '[[0, 0, 5, 0, \"x\"]]'", TURNS),
    ("UPDATE content SET turns = '[[0, 0, 5, 0, NaN]]'", TURNS),
    ("UPDATE content SET turns = '[[0, 0, 5, 0, 1" + "0" * 400 + "]]'", TURNS),
    ("UPDATE content SET turns = '[[9, 5, 3, 0, 1]]'", TURNS),
    ("UPDATE content SET turns = '[[5, 5, 9, 0, 1], [4, 5, 9, 0, 1]]'", TURNS),
    ("UPDATE content SET turns = '" + "[" * 100_000 + "'", TURNS),
]


@pytest.mark.parametrize(("statement", "sentence"), DAMAGE, ids=[s[:70] for s, _ in DAMAGE])
def test_damage_is_told_in_one_sentence_and_the_file_stays(
    study: Path, statement: str, sentence: str
) -> None:
    spoil(study, statement)
    before = study.read_bytes()
    for read_only in (False, True):
        with pytest.raises(UserError, match=sentence) as raised:
            Project.open(study, read_only=read_only)
        assert "“study.coder”" in str(raised.value)
    assert study.read_bytes() == before
    assert [path.name for path in study.parent.iterdir()] == [study.name]


@pytest.mark.parametrize("column", ["name", "coder", "undoes"])
def test_the_texts_of_the_history_are_looked_at_when_asked_for(study: Path, column: str) -> None:
    spoil(study, f"UPDATE step SET {column} = {NO_TEXT}")
    with Project.open(study) as project:
        project.coders.switch(project.coders.all()[0].guid)
        assert project.undo_name()
        (problem, *_) = check(project).problems
        assert problem.startswith("The history is damaged")
        project.codes.add("Goes on")


def test_a_history_that_is_no_text_does_not_come_in(study: Path) -> None:
    copy = study.with_name("copy.coder")
    copy.write_bytes(study.read_bytes())
    with Project.open(copy) as other:
        other.coders.switch(other.coders.all()[0].guid)
        other.codes.add("More")
    spoil(copy, f"UPDATE step SET name = {NO_TEXT}")
    with Project.open(study) as project:
        before = fingerprint(project)
        with pytest.raises(UserError, match=r"“copy\.coder” is damaged"):
            project.merging.bring_in(copy)
        assert fingerprint(project) == before


def test_every_text_of_every_table_is_read(study: Path) -> None:
    for table in schema.RECORDED:
        for column in table.columns:
            if str(column.type) == "TEXT" and column.name != "guid":
                raw = sqlite3.connect(study, isolation_level=None)
                raw.execute("BEGIN")
                row = raw.execute(f'SELECT count(*) FROM "{table.name}"').fetchone()
                raw.execute("ROLLBACK")
                raw.close()
                if row[0] and table.name != "study":
                    copy = study.with_name("copy.coder")
                    copy.write_bytes(study.read_bytes())
                    spoil(copy, f'UPDATE "{table.name}" SET "{column.name}" = {NO_TEXT}')
                    with pytest.raises(UserError, match=r"“copy\.coder” "):
                        Project.open(copy)


@pytest.mark.parametrize("command", ["info", "check"])
def test_the_command_line_says_the_same(
    study: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(study, "UPDATE coding SET place = 'abc'")
    assert main([command, str(study)]) != 0
    said = capsys.readouterr()
    assert OUTSIDE in said.out + said.err
    assert "Open one of its backups instead." in said.out + said.err
    assert "Traceback" not in said.err


def test_a_newer_file_may_hold_what_this_version_does_not_know(study: Path) -> None:
    spoil(study, "UPDATE memo SET kind = 'rumour'", "PRAGMA user_version = 99")
    with pytest.raises(UserError, match="made by a newer version and cannot be read by this one"):
        Project.open(study)


def test_turns_are_read_as_they_were_written() -> None:
    assert read_turns("[]", 0, 0) == []
    assert read_turns("[[0,3,9,0,null],[9,9,9,null,1.5]]", 9, 1) == [[0, 3, 9, 0, None], [9, 9, 9, None, 1.5]]
    with pytest.raises(ValueError, match="outside the text"):
        check_turns([(0, 3, 9, 0, None)], 8, 1)
    with pytest.raises(ValueError, match="of nobody"):
        check_turns([(0, 3, 8, 1, None)], 8, 1)


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE coding SET place = 'abc'", OUTSIDE),
        (f"UPDATE coding SET coder = {NO_TEXT}", "damaged"),
        ("DROP TABLE memo", "is not built as a project of this program is"),
        ("ALTER TABLE code DROP COLUMN level", "is not built as a project of this program is"),
    ],
)
def test_a_damaged_file_of_an_older_version_is_not_touched(
    tmp_path: Path, home: Path, statement: str, sentence: str
) -> None:
    older = tmp_path / "older.coder"
    older.write_bytes((Path(__file__).parents[1] / "data" / "version-1.coder").read_bytes())
    spoil(older, statement)
    before = older.read_bytes()
    for read_only in (False, True):
        with pytest.raises(UserError, match=sentence):
            Project.open(older, read_only=read_only)
    assert older.read_bytes() == before
    assert not list(home.rglob("*.coder"))  # no backup of it pushes out those of better days


@pytest.mark.parametrize(
    "what",
    [
        "json_set(after, '$.place', 'abc') WHERE tbl = 'coding'",
        "json_set(after, '$.place', '3-99999') WHERE tbl = 'coding'",
        "json_set(after, '$.color', 'red') WHERE tbl = 'code'",
        "json_set(after, '$.role', 'king') WHERE tbl = 'speaker'",
    ],
)
def test_damage_in_the_history_of_a_copy_does_not_come_in(
    project: Project, tmp_path: Path, what: str
) -> None:
    assert project.path is not None
    copy = tmp_path / "copy.coder"
    copy.write_bytes(project.path.read_bytes())
    with Project.open(copy, coder="Ben") as theirs:
        first = theirs.documents.add([document_of("More", ("Ann", "Some more words to code."))])[0]
        theirs.codings.apply(first, 0, 9, theirs.codes.add("Theirs"))
    spoil(copy, f"UPDATE change SET after = {what} AND step > 4")
    before = fingerprint(project)
    with pytest.raises(UserError, match=r"damaged.* Nothing was changed"):
        project.merging.bring_in(copy)
    assert fingerprint(project) == before
    project.codes.add("Work goes on")
    assert check(project).ok


def test_nothing_comes_in_that_could_not_be_opened(project: Project) -> None:
    before = fingerprint(project)
    with (
        pytest.raises(UserError, match="What came in is damaged: a code stands on no level"),
        project.bringing_in() as connection,
        unrecorded(connection),
    ):
        connection.exec_driver_sql("UPDATE code SET level = 9")
    assert fingerprint(project) == before
    project.codes.add("Work goes on")
    assert check(project).ok


def test_a_damaged_backup_is_not_brought_back(project: Project) -> None:
    backup = project.back_up("by hand")
    spoil(backup, "UPDATE code SET level = 9")
    project.codes.add("Later")
    before = fingerprint(project)
    with pytest.raises(UserError, match="a code stands on no level"):
        project.bring_back(backup.name)
    assert fingerprint(project) == before
    assert check(project).ok
