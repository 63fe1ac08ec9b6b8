"""The whole job on real transcripts: imported, coded by two, by mouse at exact words, compared, exported."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from random import Random

import docx
import openpyxl
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from coder_app.core.model import Level, Role, Status, Transcript
from coder_app.core.text import grapheme_bounds, normalise
from coder_app.formats import readers
from coder_app.formats.exports import export
from coder_app.project.checking import check
from coder_app.project.comparing import Choice, compare_project
from coder_app.project.project import Project
from coder_app.ui.app import first_window
from coder_app.ui.coding.page import CodePage
from coder_app.ui.transcript.view import TranscriptView
from coder_app.ui.transcripts.import_dialog import ImportDialog
from coder_app.ui.transcripts.importing import make_batch, read_all
from coder_app.ui.transcripts.page import TranscriptsPage
from coder_app.ui.window import Window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

BESIDE = (
    "rpcv-johnsen-philippines-1962-long-timestamps.txt",
    "korean-national-assembly-2013-11-20.txt",
    "hebrew-knesset-dev-rtl.txt",
    "changelog-ship-it-100-emoji.md",
    "nena-combining-marks-gozali.nena.txt",
)
"""Transcripts that are long, or of scripts that are hard to select."""
CODES = ("Arriving", "Being needed", "Doubts", "Food & drink", "=1+1", "Leaving 🙂")
PER_CODER = 25
"""Codings of each coder in each transcript."""
SHARED = 15
"""So many of them both coders make alike."""


def sources(samples: Path) -> list[Path]:
    return [*sorted((samples / "demo").glob("*.txt")), *(samples / "transcripts" / name for name in BESIDE)]


@pytest.fixture(scope="module")
def study(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All transcripts in one project, through the same steps as the window's import, coded and finished."""
    folder = tmp_path_factory.mktemp("study")
    path = folder / "real.coder"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CODER_APP_HOME", str(folder / "home"))
        with Project.create(path, "Real input", "Ann") as project:
            files = read_all(sources(samples), progress=lambda done, total: None)
            assert [file.problem for file in files] == [""] * len(files)
            project.documents.add(make_batch(project, files).documents())
            theme = project.codes.add("Work abroad", Level.THEME)
            codes = [project.codes.add(name, parent=theme) for name in CODES]
            project.codes.define(theme, "plain", "What it was like to work far from home.")
            project.coders.add("Ben")
            for coder in ("Ann", "Ben"):
                project.coders.switch(project.coders.named(coder).guid)
                code_everything(project, codes, coder)
    return path


def code_everything(project: Project, codes: list[str], coder: str) -> None:
    """Some of what every coder sees, and some of what only this one sees; all finished."""
    for document in project.documents.all():
        transcript = project.documents.transcript(document.guid)
        for number in range(PER_CODER):
            seed = f"{document.title} {number}" if number < SHARED else f"{document.title} {number} {coder}"
            random = Random(seed)
            start, end = some_words(transcript, random)
            project.codings.apply(document.guid, start, end, random.choice(codes))
        project.documents.set_status(document.guid, Status.FINISHED)


def some_words(transcript: Transcript, random: Random) -> tuple[int, int]:
    """From one to eight words of a turn, from a letter to a letter."""
    while True:
        turn = random.choice(transcript.turns)
        words = list(re.finditer(r"\w\S*\w", transcript.text[turn.body : turn.end]))
        if words:
            first = random.randrange(len(words))
            last = min(first + random.randrange(8), len(words) - 1)
            return turn.body + words[first].start(), turn.body + words[last].end()


@pytest.fixture
def opened(study: Path, tmp_path: Path) -> Iterator[Project]:
    """A copy of the study, open as Ann."""
    path = tmp_path / "copy.coder"
    path.write_bytes(study.read_bytes())
    with Project.open(path, coder="Ann") as project:
        yield project


@pytest.fixture
def window(study: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[Window]:
    """The whole window on a copy of the study."""
    path = tmp_path / "window.coder"
    path.write_bytes(study.read_bytes())
    made = new_window(qtbot)
    made.ctx.set_project(Project.open(path, coder="Ann"))
    yield made
    made.close()


def new_window(qtbot: QtBot) -> Window:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    made = first_window(application)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


# Import


def test_what_is_imported_is_what_the_files_hold(study: Path, samples: Path) -> None:
    with Project.open(study, read_only=True) as project:
        documents = project.documents.all()
        assert len(documents) == len(sources(samples)) == 9
        for document, path in zip(documents, sources(samples), strict=True):
            transcript = project.documents.transcript(document.guid)
            assert transcript.text == readers.read(path).text
            assert normalise(transcript.text)[0] == transcript.text
            if not path.name.startswith("nena"):  # a tale without speakers
                assert any(speaker.role == Role.PARTICIPANT for speaker in transcript.speakers), path.name
            ends = 0
            for turn in transcript.turns:
                assert ends <= turn.start <= turn.body <= turn.end
                assert turn.start < turn.end
                ends = turn.end
        assert check(project).ok


def test_import_by_dropping_on_the_window(samples: Path, tmp_path: Path, qtbot: QtBot) -> None:
    made = new_window(qtbot)
    made.ctx.set_project(Project.create(tmp_path / "new.coder", "New", "Ann"))
    made.take_files(sources(samples))
    page = made.pages["transcripts"]
    assert isinstance(page, TranscriptsPage)
    dialog = made.findChild(ImportDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: len(dialog.batch.files) == 9, timeout=30_000)
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(made.ctx.project.documents.all()) == 9, timeout=30_000)
    titles = [document.title for document in made.ctx.project.documents.all()]
    assert len(set(titles)) == 9
    assert made.ctx.project.participants.all()
    assert check(made.ctx.project).ok
    made.ctx.undo()
    assert made.ctx.project.documents.all() == []
    made.close()


@pytest.mark.parametrize("folder", ["subtitles", "docs/docx"])
def test_every_sample_imports_or_says_why(samples: Path, tmp_path: Path, folder: str) -> None:
    paths = sorted(file for file in (samples / folder).iterdir() if file.is_file())
    assert len(paths) > 5
    with Project.create(tmp_path / "samples.coder", "Samples", "Ann") as project:
        done = 0
        for path in paths:
            (file,) = read_all([path], progress=lambda done, total: None)
            if file.found is None:
                assert re.fullmatch(r"[^\n]{10,300}[.)]", file.problem), path
                continue
            batch = make_batch(project, [file])
            file.wanted = True  # also where another sample holds the same text
            (guid,) = project.documents.add(batch.documents())
            transcript = project.documents.transcript(guid)
            assert transcript.text == readers.read(path).text
            assert transcript.turns, path
            code = project.codes.add(path.name)
            turn = transcript.turns[-1]
            project.codings.apply(guid, turn.body, turn.end, code)
            (quote,) = project.queries.quotes([code])
            assert quote.text == transcript.text[turn.body : turn.end]
            done += 1
        assert done > len(paths) / 2
        assert check(project).ok


# By mouse


@pytest.mark.parametrize("name", BESIDE)
def test_exact_words_by_mouse(window: Window, qtbot: QtBot, samples: Path, name: str) -> None:
    page = window.show_page("code")
    assert isinstance(page, CodePage)
    project = window.ctx.project
    (document,) = (d for d in project.documents.all() if d.source == name)
    page.show_document(document.guid)
    transcript, random = project.documents.transcript(document.guid), Random(name)
    mine = [project.coders.current.guid]
    coded = 0
    for _ in range(40):
        start, end = some_words(transcript, random)
        page.open_place(document.guid, start, end)
        page.view.clear_selection()
        QApplication.processEvents()
        if len({rect.center().y() for rect in page.view.range_rects(start, end)}) != 1:
            continue  # words on two lines are swept in another order where scripts mix
        sweep(page.view, transcript.text, start, end)
        assert page.view.selection() == (start, end), transcript.text[start:end]
        before = {coding.guid for coding in project.codings.of_document(document.guid, mine)}
        type_code(page, "arriv")
        new = [c for c in project.codings.of_document(document.guid, mine) if c.guid not in before]
        if not new:  # these words had the code already
            continue
        assert [(coding.start, coding.end) for coding in new] == [(start, end)]
        (quote,) = project.queries.quotes_of([new[0].guid])
        assert (quote.text, quote.code_name) == (transcript.text[start:end], "Arriving")
        coded += 1
        if coded == 8:
            break
    assert coded == 8
    assert check(project).ok


def type_code(page: CodePage, letters: str) -> None:
    """Type into whatever has the keyboard, then Enter."""
    QTest.keyClicks(page.view.focusWidget() or page.view.viewport(), letters[0])
    QTest.keyClicks(page.popup.line, letters[1:])
    QTest.keyClick(page.popup.line, Qt.Key.Key_Return)
    QApplication.processEvents()


def sweep(view: TranscriptView, text: str, start: int, end: int) -> None:
    """Drag from the edge where the first character begins to the one where the last ends, as each runs."""
    first = view.range_rects(*grapheme_bounds(text, start))[0]
    last = view.range_rects(*grapheme_bounds(text, end - 1))[-1]
    x1 = first.right() if leftwards(text[start]) else first.left()
    x2 = last.left() if leftwards(text[end - 1]) else last.right()
    drag(view.viewport(), QPoint(x1, first.center().y()), QPoint(x2, last.center().y()))


def leftwards(character: str) -> bool:
    return unicodedata.bidirectional(character) in ("R", "AL")


def drag(widget: QWidget, start: QPoint, end: QPoint) -> None:
    QTest.mousePress(widget, Qt.MouseButton.LeftButton, pos=start)
    for point in ((start + end) / 2, end):
        place, none = QPointF(point), Qt.KeyboardModifier.NoModifier
        left, no_button = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        far = QPointF(widget.mapToGlobal(point))
        QApplication.sendEvent(widget, QMouseEvent(QEvent.Type.MouseMove, place, far, no_button, left, none))
    QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, pos=end)


# Agreement


def test_agreement_of_every_unit_and_level(opened: Project) -> None:
    ann, ben = (opened.coders.named(name).guid for name in ("Ann", "Ben"))
    units = {}
    for unit in ("paragraph", "turn", "sentence", "character"):
        for level in (Level.CODE, Level.THEME):
            result = compare_project(opened, Choice((ann, ben), unit, level)).result
            units[unit] = result.n_units
            assert result.n_units > 0
            for row in result.rows:
                assert 0 < row.agreed_coded <= row.n_coded < row.n_all
                assert row.agreed_all == row.agreed_coded + row.n_all - row.n_coded
            by_key = {row.key: row for row in result.rows}
            assert by_key["code"].agreed_coded < by_key["theme"].agreed_coded
            assert by_key["theme"].agreed_coded == by_key["marked"].agreed_coded
    assert units["turn"] < units["sentence"] < units["character"]


def test_agreement_of_characters_by_hand(opened: Project) -> None:
    """Character by character with plain sets, for what participants say."""
    ann, ben = (opened.coders.named(name).guid for name in ("Ann", "Ben"))
    result = compare_project(opened, Choice((ann, ben), "character", Level.CODE)).result
    agreed = coded = total = 0
    for document in opened.documents.all():
        transcript = opened.documents.transcript(document.guid)
        first, second = (spread(opened, document.guid, coder) for coder in (ann, ben))
        for position in said_by_participants(transcript):
            one, other = first.get(position, set()), second.get(position, set())
            total += 1
            coded += bool(one or other)
            agreed += bool(one or other) and one == other
    row = next(row for row in result.rows if row.key == "code")
    assert (row.agreed_coded, row.n_coded, row.n_all) == (agreed, coded, total)


def said_by_participants(transcript: Transcript) -> list[int]:
    """Positions of what participants and people without a name say, without the space around a turn."""
    if not any(turn.speaker is not None for turn in transcript.turns):
        return list(range(len(transcript.text)))
    found: list[int] = []
    for turn in transcript.turns:
        speaker = transcript.speaker_of(turn)
        words = transcript.text[turn.body : turn.end]
        if words.strip() and (speaker is None or speaker.role == Role.PARTICIPANT):
            start = turn.body + len(words) - len(words.lstrip())
            found += range(start, start + len(words.strip()))
    return found


def spread(project: Project, document: str, coder: str) -> dict[int, set[str | None]]:
    """Code point -> codes on it."""
    found: dict[int, set[str | None]] = {}
    for coding in project.codings.of_document(document, [coder]):
        for position in range(coding.start, coding.end):
            found.setdefault(position, set()).add(coding.code)
    return found


def test_a_coder_agrees_with_her_own_copy(opened: Project) -> None:
    ann = opened.coders.named("Ann").guid
    own = opened.codings.all([ann])
    cleo = opened.coders.add("Cleo")
    opened.coders.switch(cleo)
    opened.codings.apply_many([(c.document, c.start, c.end, c.code) for c in own])
    opened.documents.set_statuses([document.guid for document in opened.documents.all()], Status.FINISHED)
    for unit in ("paragraph", "turn", "sentence", "character"):
        result = compare_project(opened, Choice((ann, cleo), unit, Level.CODE)).result
        assert {statistic.value for name, statistic in result.overall.items() if "kappa" in name} == {1.0}
        assert all(row.coded.value == row.all.value == 1 for row in result.rows)


# Exports


def test_exported_quotes_are_the_words(opened: Project, tmp_path: Path) -> None:
    quotes = opened.queries.as_quotes(opened.codings.all())
    wanted = sorted((q.document_title, q.code_name, q.coder_name, shown(q.text)) for q in quotes)
    assert len(wanted) > 8 * PER_CODER
    export("quotes", opened, tmp_path / "quotes.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "quotes.xlsx").worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    head = [str(cell) for cell in rows[0]]
    columns = [head.index(name) for name in ("Transcript", "Code", "Coder", "Quote")]
    found = sorted(tuple(str(row[column]) for column in columns) for row in rows[1:])
    assert found == wanted
    export("quotes", opened, tmp_path / "quotes.docx")
    text = "\n".join(p.text for p in docx.Document(str(tmp_path / "quotes.docx")).paragraphs)
    for quote in quotes:
        assert shown(quote.text) in text, quote.text


def shown(text: str) -> str:
    """Text as Excel and Word can hold it."""
    return "".join("\ufffd" if ord(c) < 32 and c not in "\n\t" else c for c in text)


def test_every_export_opens_again(opened: Project, tmp_path: Path) -> None:
    before = check(opened).fingerprint
    for kind, name in (("codebook", "codebook.xlsx"), ("agreement", "agreement.xlsx")):
        export(kind, opened, tmp_path / name)
        book = openpyxl.load_workbook(tmp_path / name)
        assert all(sheet.max_row > 1 for sheet in book.worksheets)
    written = export("member-check", opened, tmp_path / "member-check")
    assert len(written) == len(opened.participants.all())
    for path in written:
        text = "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)
        assert "What it was like to work far from home." in text
    assert check(opened).fingerprint == before


def test_members_read_their_own_words_only(opened: Project, tmp_path: Path) -> None:
    """Every quote in a participant's document is what that participant says somewhere."""
    export("member-check", opened, tmp_path / "member-check")
    said: dict[str, str] = {}
    for person in opened.participants.all():
        said[person.label] = ""
        for document in opened.documents.all():
            transcript = opened.documents.transcript(document.guid)
            for turn in transcript.turns:
                speaker = transcript.speaker_of(turn)
                if speaker is not None and speaker.participant == person.guid:
                    said[person.label] += transcript.text[turn.body : turn.end] + "\n"
    checked = 0
    for label, own in said.items():
        made = docx.Document(str(tmp_path / "member-check" / f"{label}.docx"))
        paragraphs = [paragraph.text for paragraph in made.paragraphs]
        quoted = [re.sub(r"^“|”$", "", p) for p in paragraphs if p.startswith("“")]
        checked += len(quoted)
        for quote in quoted:
            for piece in re.split(r" ?(?:…|\[…\]|\.\.\.) ?", quote):
                assert " ".join(piece.split()) in " ".join(own.split()), (label, piece)
    assert checked > 100


# The file


def test_undo_everything_and_do_it_again(opened: Project) -> None:
    last = check(opened).fingerprint
    steps = 0
    while opened.undo_name() is not None and steps < 400:
        opened.undo()
        steps += 1
    assert steps > 8 * PER_CODER
    assert opened.codings.all([opened.coders.current.guid]) == []
    assert check(opened).ok
    for _ in range(steps):
        opened.redo()
    report = check(opened)
    assert (report.ok, report.fingerprint) == (True, last)


def test_a_copy_of_the_file_holds_the_same(study: Path, tmp_path: Path) -> None:
    copy = tmp_path / "mailed.coder"
    copy.write_bytes(study.read_bytes())
    with Project.open(study, read_only=True) as first, Project.open(copy, read_only=True) as second:
        assert check(first) == check(second)
        assert first.codings.all() == second.codings.all()
