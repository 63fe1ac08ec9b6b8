"""The Member check page: each document holds one person's words, as the preview shows them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers import document_of
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from ui.report_desk import CONTROL, SHIFT, code, fill, open_window, press, when_open, words_of_docx

from coder_app.core.model import Level
from coder_app.formats.membercheck import GREETING, MISSING, THANKS
from coder_app.project.project import Project
from coder_app.ui.actions import WINDOW_ACTIONS
from coder_app.ui.membercheck.commands import member_check_rows
from coder_app.ui.membercheck.page import MemberCheckPage
from coder_app.ui.report import files
from coder_app.ui.window import Window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def window(qtbot: QtBot, project: Project) -> Iterator[Window]:
    project.coders.switch(project.coders.named("Ann").guid)
    fill(project)
    made = open_window(project, "membercheck")
    qtbot.addWidget(made)
    yield made
    made.close()


@pytest.fixture
def page(window: Window) -> MemberCheckPage:
    return page_of(window)


@pytest.fixture
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that is chosen in every dialog."""
    folder = tmp_path / "out"
    monkeypatch.setattr(files, "ask_folder", lambda parent, title, start, name: folder / name)
    return folder / "member-check"


def page_of(window: Window) -> MemberCheckPage:
    found = window.pages["membercheck"]
    assert isinstance(found, MemberCheckPage)
    return found


def people(page: MemberCheckPage) -> list[tuple[str, str]]:
    """(name, own quotes) as the list shows them."""
    tree = page.people.tree
    items = [tree.topLevelItem(at) for at in range(tree.topLevelItemCount())]
    return [(item.text(0), item.text(1)) for item in items if item is not None]


def look_at(page: MemberCheckPage, row: int) -> None:
    page.people.tree.setCurrentIndex(page.people.tree.model().index(row, 0))


def blocks(page: MemberCheckPage) -> list[str]:
    """The paragraphs of the preview."""
    block, found = page.paper.document().begin(), []
    while block.isValid():
        text = block.text()
        if text:
            found.append(text.replace("\u2028", ""))
        block = block.next()
    return found


def plain(project: Project, name: str = "Trust") -> str:
    return project.codes.tree().named(name)[0].definition.plain


def test_participants_stand_with_their_own_quotes(page: MemberCheckPage) -> None:
    assert people(page) == [("P1", "2"), ("P2", "2")]
    assert page.people.tree.hasFocus()
    assert page.paper_title.text() == "What P1 will read"
    assert page.export_button.text() == "Export 2 documents…"


def test_the_preview_holds_one_participants_words_only(page: MemberCheckPage) -> None:
    assert "“nobody told me”" in blocks(page)
    assert "“a room of our own.”" in blocks(page)
    assert "kitchen" not in page.paper.toPlainText()
    press(page, Qt.Key.Key_Down)
    assert page.paper_title.text() == "What P2 will read"
    assert "“And a key to the kitchen”" in blocks(page)
    assert "room of our own" not in page.paper.toPlainText()
    assert "nobody told me" not in page.paper.toPlainText()


def test_each_file_reads_as_its_preview(page: MemberCheckPage, out: Path) -> None:
    previews = []
    for row in range(2):
        look_at(page, row)
        previews.append(blocks(page))
    press(page, Qt.Key.Key_S, CONTROL, SHIFT)
    for name, preview, others in zip(
        ("P1.docx", "P2.docx"), previews, ("kitchen", "room of our own"), strict=True
    ):
        written = words_of_docx(out / name)
        place = 0
        for line in preview:
            assert line in written[place:], line
            place = written.index(line, place) + 1
        assert others not in str(written)
        assert "Jonas" not in str(written)
        assert "Mara" not in str(written)
    assert page.exporter.banner.text == "2 documents were written to member-check."


def test_space_leaves_a_participant_out(page: MemberCheckPage, out: Path) -> None:
    press(page, Qt.Key.Key_Space)
    assert [person.label for person in page.people.chosen] == ["P2"]
    assert page.export_button.text() == "Export 1 document…"
    press(page, Qt.Key.Key_S, CONTROL, SHIFT)
    assert [path.name for path in out.iterdir()] == ["P2.docx"]
    assert page.exporter.banner.text == "P2.docx was written."
    page.people.none.click()
    assert not page.export_button.isEnabled()
    assert page.warning.text() == "Choose at least one participant."
    page.people.all.click()
    assert len(page.people.chosen) == 2


def test_plain_words_are_saved_when_the_field_is_left(page: MemberCheckPage) -> None:
    project, card = page.ctx.project, page.findings.cards[0]
    press(page, Qt.Key.Key_B, CONTROL)
    assert card.editor.hasFocus()
    assert card.editor.placeholderText() == "Whether one dares to rely on the other."
    QTest.keyClicks(card.editor, "Do you dare to lean on her?")
    assert plain(project) == ""
    press(page, Qt.Key.Key_Tab)
    assert plain(project) == "Do you dare to lean on her?"
    assert project.undo_name() == "Define: Trust"
    assert "Do you dare to lean on her?" in blocks(page)
    page.ctx.undo()
    assert card.text == ""
    assert "Whether one dares to rely on the other." in blocks(page)


def test_the_preview_follows_what_is_typed(page: MemberCheckPage, qtbot: QtBot) -> None:
    card = page.findings.cards[0]
    card.editor.setFocus()
    QTest.keyClicks(card.editor, "Leaning on her")
    qtbot.waitUntil(lambda: "Leaning on her" in blocks(page), timeout=3000)
    assert plain(page.ctx.project) == ""


def test_what_is_typed_is_saved_when_the_page_or_the_project_goes(
    window: Window, page: MemberCheckPage, tmp_path: Path
) -> None:
    card = page.findings.cards[0]
    card.editor.setPlainText("First words")
    window.show_page("report")
    assert plain(page.ctx.project) == "First words"
    window.show_page("membercheck")
    card.editor.setPlainText("Second words")
    path = page.ctx.project.path
    assert path is not None
    window.commands.close_project()
    with Project.open(path) as again:
        assert plain(again) == "Second words"


def test_what_is_typed_goes_into_the_file_and_survives_changes_elsewhere(
    page: MemberCheckPage, out: Path
) -> None:
    card = page.findings.cards[0]
    card.editor.setPlainText("Typed, not left")
    page.ctx.run(page.ctx.project.codes.add, "Hope", Level.THEME)
    assert page.findings.cards[0].text == "Typed, not left"
    assert [c.node.name for c in page.findings.cards] == ["Trust", "Hope"]
    page.export()
    assert "Typed, not left" in words_of_docx(out / "P1.docx")


def test_plain_words_that_are_there_are_shown(qtbot: QtBot, project: Project) -> None:
    fill(project)
    project.codes.define(project.codes.tree().named("Trust")[0].guid, "plain", "Said before\nin two lines")
    made = open_window(project, "membercheck")
    qtbot.addWidget(made)
    page = page_of(made)
    assert page.findings.cards[0].text == "Said before\nin two lines"
    assert not page.findings.cards[0].dirty
    assert "Said beforein two lines" in blocks(page)
    assert not page.warnings.isVisible()
    made.close()


def test_starting_from_the_definition(page: MemberCheckPage) -> None:
    card = page.findings.cards[0]
    assert card.start.isVisible()
    card.start.click()
    assert card.text == "Whether one dares to rely on the other."
    assert not card.start.isVisible()
    page.flush()
    assert plain(page.ctx.project) == "Whether one dares to rely on the other."


def test_what_is_missing_is_said(page: MemberCheckPage) -> None:
    assert page.warning.text() == "No plain words yet: “Trust”. Participants will read the definition."
    project = page.ctx.project
    page.ctx.run(project.codes.define, project.codes.tree().named("Trust")[0].guid, "short", "")
    page.ctx.run(project.participants.add, "P3")
    assert page.warning.text() == (
        "Neither plain words nor a definition yet: “Trust”. Participants will read the name only.\n"
        "No quotes of their own: “P3”. Tick them to ask them without quoting."
    )
    assert people(page)[2] == ("P3", "–")


def test_who_has_no_quotes_starts_without_a_document(page: MemberCheckPage) -> None:
    page.ctx.run(page.ctx.project.participants.add, "P3")
    assert [person.label for person in page.people.chosen] == ["P1", "P2"]
    item = page.people.tree.topLevelItem(2)
    assert item is not None
    assert item.checkState(0) == Qt.CheckState.Unchecked
    look_at(page, 2)
    press(page, Qt.Key.Key_Space)
    assert item.checkState(0) == Qt.CheckState.Checked
    assert "No quotes of their own: “P3”. Their documents ask without quoting." in page.warning.text()
    page.ctx.run(page.ctx.project.codes.add, "Hope", Level.THEME)
    assert [person.label for person in page.people.chosen] == ["P1", "P2", "P3"]


def test_greeting_and_closing_stand_in_the_preview(page: MemberCheckPage) -> None:
    shown = blocks(page)
    assert shown[2:4] == list(GREETING)
    assert shown[-1] == THANKS
    assert MISSING in shown
    assert not any(text.startswith("[") for text in shown)


def test_a_finding_that_is_not_asked_about_stays_out(page: MemberCheckPage, out: Path) -> None:
    page.ctx.run(page.ctx.project.codes.add, "Hope", Level.THEME)
    hope = page.findings.cards[1]
    QTest.keyClick(page.findings.cards[0].box, Qt.Key.Key_Space)
    assert "Trust" not in blocks(page)
    assert "Hope" in blocks(page)
    assert people(page) == [("P1", "–"), ("P2", "–")]
    page.people.all.click()  # nobody is quoted any more; all of them are asked all the same
    page.export()
    assert "Trust" not in words_of_docx(out / "P1.docx")
    assert "Hope" in words_of_docx(out / "P1.docx")
    QTest.mouseClick(hope.name, Qt.MouseButton.LeftButton)
    assert page.warning.text() == "Choose at least one finding."
    assert not page.export_button.isEnabled()


def test_others_quotes_enter_only_when_everyones_are_shown(page: MemberCheckPage, out: Path) -> None:
    assert "fear" not in page.paper.toPlainText()
    page.ctx.set_everyone(True)
    assert "fear" in page.paper.toPlainText()
    assert people(page)[0] == ("P1", "3")
    page.coders.boxes[page.ctx.project.coders.named("Ben").guid].click()
    assert people(page)[0] == ("P1", "2")
    page.export()
    assert "fear" not in str(words_of_docx(out / "P1.docx"))


def test_words_of_every_script_stay_as_they_are(page: MemberCheckPage, out: Path) -> None:
    ctx, project = page.ctx, page.ctx.project
    said = "לא ידעתי מה לעשות 🙂 그래서 물었어요 <b>e\u0301</b> =1+1"
    ctx.run(
        project.documents.add,
        [document_of("Other", ("I", "?"), ("T", f"{said}."), participants={"T": "ת9"})],
    )
    code(project, "Other", said, "Trust")
    ctx.spread()
    look_at(page, 2)
    assert f"“{said}”" in blocks(page)
    page.export()
    assert f"“{said}”" in words_of_docx(out / "ת9.docx")


def test_without_participants_or_themes_the_page_says_what_to_do(qtbot: QtBot, tmp_path: Path) -> None:
    with Project.create(tmp_path / "new.coder", "New", "Ann") as project:
        made = open_window(project, "membercheck")
        qtbot.addWidget(made)
        page = page_of(made)
        wanted: list[str] = []
        page.ctx.pageWanted.disconnect()
        page.ctx.pageWanted.connect(wanted.append)
        assert page.ways["transcripts"].isVisible()
        page.ways["transcripts"].click()
        page.ctx.run(project.participants.add, "P1")
        assert page.ways["themes"].isVisible()
        page.ways["themes"].click()
        assert wanted == ["transcripts", "themes"]
        page.export()
        assert made.toast.text == "Choose at least one participant and one finding."
        page.ctx.run(project.codes.add, "Hope", Level.THEME)
        assert page.panes.isVisible()
        made.close()


def test_a_read_only_project_can_be_exported_but_not_written(
    qtbot: QtBot, project: Project, out: Path
) -> None:
    fill(project)
    path = project.path
    assert path is not None
    project.close()
    with Project.open(path, read_only=True) as again:
        again.coders.switch(again.coders.named("Ann").guid)
        made = open_window(again, "membercheck")
        qtbot.addWidget(made)
        page = page_of(made)
        assert page.findings.cards[0].editor.isReadOnly()
        assert not page.findings.cards[0].start.isVisible()
        page.export()
        assert sorted(file.name for file in out.iterdir()) == ["P1.docx", "P2.docx"]
        made.close()


def test_answers_that_came_back_are_not_overwritten_unasked(page: MemberCheckPage, out: Path) -> None:
    out.mkdir(parents=True)
    (out / "P2.docx").write_text("filled in")
    when_open(lambda dialog: dialog.reject())
    page.export()
    assert (out / "P2.docx").read_text() == "filled in"
    assert not (out / "P1.docx").exists()


def test_a_narrow_window_shows_one_part_at_a_time(window: Window, page: MemberCheckPage) -> None:
    assert page.people.isVisible()
    assert page.paper.isVisible()
    window.resize(700, 420)
    QApplication.processEvents()
    assert page.people.isVisible()
    assert not page.paper.isVisible()
    press(page, Qt.Key.Key_T, CONTROL)
    assert page.paper.isVisible()
    assert not page.people.isVisible()
    window.resize(1366, 768)
    QApplication.processEvents()
    assert page.people.isVisible()
    assert page.findings.isVisible()


def test_keys_collide_neither_with_each_other_nor_with_the_windows() -> None:
    own = [row.shortcut for row in member_check_rows() if row.shortcut]
    assert len(own) == len(set(own))
    assert not {row.shortcut for row in WINDOW_ACTIONS} & set(own)
