"""The Report page: what it tells and shows is what the files then hold; exports by keyboard."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot
from ui.report_desk import ALT, CONTROL, MARA, SHIFT, fill, open_window, press, when_open, words_of_docx

from coder_app.core.model import Level
from coder_app.project.project import Project
from coder_app.ui.actions import WINDOW_ACTIONS
from coder_app.ui.codebook.table import codebook_actions
from coder_app.ui.coding.commands import CODING_ACTIONS
from coder_app.ui.report import files
from coder_app.ui.report.figures import Table
from coder_app.ui.report.outputs import OUTPUTS, output_rows
from coder_app.ui.report.page import ReportPage
from coder_app.ui.window import Window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def window(qtbot: QtBot, project: Project) -> Iterator[Window]:
    project.coders.switch(project.coders.named("Ann").guid)
    fill(project)
    made = open_window(project, "report")
    qtbot.addWidget(made)
    yield made
    made.close()


@pytest.fixture
def page(window: Window) -> ReportPage:
    found = window.pages["report"]
    assert isinstance(found, ReportPage)
    return found


@pytest.fixture
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that is chosen in every dialog; the names offered are taken."""
    folder = tmp_path / "out"
    monkeypatch.setattr(files, "ask_file", lambda parent, title, suggested, kinds: folder / suggested.name)
    monkeypatch.setattr(files, "ask_folder", lambda parent, title, start, name: folder / name)
    return folder


def on_screen(page: ReportPage) -> list[list[str]]:
    """Header and rows of the preview as its model tells them."""
    model = page.sheet.model()
    columns = range(model.columnCount())
    header = [model.headerData(column, Qt.Orientation.Horizontal) for column in columns]
    return [header] + [
        [model.index(row, column).data() for column in columns] for row in range(model.rowCount())
    ]


def click_button(dialog: QDialog, text: str) -> None:
    next(b for b in dialog.findChildren(QPushButton) if b.text().replace("&", "") == text).click()


def blocks(page: ReportPage) -> list[str]:
    """The paragraphs of the preview; breaks within one are left out, as the file's are."""
    block, found = page.paper.document().begin(), []
    while block.isValid():
        found.append(block.text().replace("\u2028", ""))
        block = block.next()
    return found


def in_file(path: Path, sheet: str) -> list[list[str]]:
    """The rows of a sheet as text, as the preview writes them."""

    def text(value: Any) -> str:
        return (
            "" if value is None else f"{value:,}" if isinstance(value, int) else " ".join(str(value).split())
        )

    return [[text(value) for value in row] for row in load_workbook(path)[sheet].iter_rows(values_only=True)]


def test_the_list_names_every_output_and_the_first_is_chosen(page: ReportPage) -> None:
    rows = [page.outputs.item(at).text() for at in range(page.outputs.count())]
    assert rows == ["Codebook", "Quotes", "Quotes", "Agreement", "Member check", "Audit trail"]
    assert page.outputs.hasFocus()
    assert page.title.text() == "Codebook (Excel)"
    assert page.figures.text() == "2 codes, 1 theme; 3 quotes of Ann."


def test_the_codebook_stands_in_excel_as_on_the_screen(page: ReportPage, out: Path) -> None:
    shown = on_screen(page)
    press(page, Qt.Key.Key_1, ALT)
    assert in_file(out / "codebook.xlsx", "Codebook") == shown
    assert [row[1] for row in shown if row[3] == "Not being told"] == [""]
    assert MARA in [cell for row in shown for cell in row]  # the exemplar
    assert page.exporter.banner.text == "codebook.xlsx was written."


def test_the_quotes_stand_in_excel_as_on_the_screen(page: ReportPage, out: Path) -> None:
    press(page, Qt.Key.Key_2, ALT)
    assert page.output.key == "quotes_excel"
    shown = on_screen(page)
    assert in_file(out / "quotes.xlsx", "Quotes") == shown
    assert "=1+1 is what she means" in [cell for row in shown for cell in row]
    assert page.figures.text() == "3 quotes of Ann under 3 nodes of the codebook."
    assert page.caption.text() == "All 3 rows"


def test_the_audit_trail_stands_in_excel_as_on_the_screen_and_opens_to_be_read(
    page: ReportPage, out: Path, window: Window
) -> None:
    project = page.ctx.project
    press(page, Qt.Key.Key_6, ALT)
    shown = on_screen(page)
    assert in_file(out / "audit-trail.xlsx", "Audit trail") == shown
    assert len(shown) - 1 == project.audit.count()
    assert not [row for row in shown if "fear" in row[3]]  # what Ben coded: the switch says “Mine”
    assert page.figures.text().startswith(f"{project.audit.count()} actions, from 20")
    page.read_button.click()
    reader = window.commands.trail.reader
    assert reader is not None
    assert reader.isVisible()
    assert reader.title.text() == "Audit trail"


def test_the_quotes_stand_in_word_as_on_the_screen(page: ReportPage, out: Path) -> None:
    press(page, Qt.Key.Key_3, ALT)
    written = words_of_docx(out / "quotes.docx")
    shown = blocks(page)
    assert len(shown) > 8
    place = 0
    for line in shown:
        assert line in written[place:], line
        place = written.index(line, place) + 1


def test_agreement_tells_which_transcripts_enter(page: ReportPage, out: Path) -> None:
    press(page, Qt.Key.Key_4, ALT)
    assert page.figures.text() == (
        "Compares Ann and Ben on 2 transcripts marked as finished, by participants' turns,"
        " on the level of codes."
    )
    assert page.note.text() == "1 transcript is left out because not everybody finished it."
    assert on_screen(page)[3] == ["Group", "finished", "not started", "left out"]
    assert load_workbook(out / "agreement.xlsx").sheetnames


def test_the_member_check_tells_what_each_document_will_quote(page: ReportPage, out: Path) -> None:
    press(page, Qt.Key.Key_5, ALT)
    assert on_screen(page)[1:] == [["P1.docx", "P1", "2", "2"], ["P2.docx", "P2", "2", "2"]]
    assert sorted(path.name for path in (out / "member-check").iterdir()) == ["P1.docx", "P2.docx"]
    assert page.exporter.banner.text == "2 documents were written to member-check."


def test_blind_exports_hold_nothing_of_the_others(page: ReportPage, out: Path) -> None:
    assert "switch above says “Mine”" in page.coders.words.text()
    for key in (Qt.Key.Key_2, Qt.Key.Key_3):
        press(page, key, ALT)
    assert "fear" not in str(in_file(out / "quotes.xlsx", "Quotes"))
    assert "fear" not in str(words_of_docx(out / "quotes.docx"))


def test_everyones_codings_enter_when_the_switch_says_so_and_a_coder_can_be_left_out(
    page: ReportPage, out: Path, window: Window
) -> None:
    when_open(lambda dialog: click_button(dialog, "Look without a round"))
    page.coders.everyone.click()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    assert window.whose.everyones.isChecked()
    assert page.figures.text() == "2 codes, 1 theme; 4 quotes of Ann and Ben."
    ann, ben = page.coders.boxes.values()
    QTest.keyClick(ann, Qt.Key.Key_Space)
    assert not ann.isChecked()
    assert page.figures.text() == "2 codes, 1 theme; 1 quote of Ben."
    press(page, Qt.Key.Key_2, ALT)
    rows = in_file(out / "quotes.xlsx", "Quotes")
    assert rows == on_screen(page)
    assert len(rows) == 2
    assert "fear" in str(rows)
    QTest.keyClick(ben, Qt.Key.Key_Space)
    assert page.nothing.text.text() == "Choose at least one coder."
    assert not page.export_button.isEnabled()


def test_enter_in_the_list_and_the_button_export_what_is_chosen(page: ReportPage, out: Path) -> None:
    press(page, Qt.Key.Key_Down)
    press(page, Qt.Key.Key_Return)
    assert [path.name for path in out.iterdir()] == ["quotes.xlsx"]
    press(page, Qt.Key.Key_Down)
    QTest.mouseClick(page.export_button, Qt.MouseButton.LeftButton)
    assert sorted(path.name for path in out.iterdir()) == ["quotes.docx", "quotes.xlsx"]


def test_what_was_written_can_be_opened(
    page: ReportPage, out: Path, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []

    def note(url: QUrl) -> bool:
        opened.append(url)
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", note)
    rows = window.page_actions["report"]
    assert not rows.enabled("report_open_folder")
    press(page, Qt.Key.Key_1, ALT)
    assert rows["report_open_folder"].isEnabled()
    press(page, Qt.Key.Key_J, CONTROL, SHIFT)
    press(page, Qt.Key.Key_J, CONTROL)
    assert [Path(url.toLocalFile()) for url in opened] == [out, out / "codebook.xlsx"]
    (out / "codebook.xlsx").unlink()
    press(page, Qt.Key.Key_J, CONTROL)
    assert window.toast.text == "“codebook.xlsx” is no longer there."


def test_a_place_that_takes_no_file_is_told_in_one_sentence(
    page: ReportPage, out: Path, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "taken.xlsx").mkdir()
    monkeypatch.setattr(files, "ask_file", lambda *_: tmp_path / "taken.xlsx")
    press(page, Qt.Key.Key_1, ALT)
    assert window.toast.text.endswith("taken.xlsx” is a folder: give the name of a file.")
    assert not page.exporter.banner.isVisible()
    assert not page.exporter.running


def test_the_dialog_offers_the_projects_folder_and_adds_the_ending(page: ReportPage, tmp_path: Path) -> None:
    seen: list[str] = []

    def save(dialog: QDialog) -> None:
        assert isinstance(dialog, QFileDialog)
        name = dialog.findChild(QLineEdit)
        assert name is not None
        seen.extend([dialog.directory().absolutePath(), name.text()])
        name.setText("my table")
        QTest.keyClick(name, Qt.Key.Key_Return)

    when_open(save)
    press(page, Qt.Key.Key_1, ALT)
    assert seen == [str(tmp_path), "codebook.xlsx"]
    assert load_workbook(tmp_path / "my table.xlsx").sheetnames[0] == "Codebook"


def test_leaving_the_dialog_writes_nothing(page: ReportPage, tmp_path: Path) -> None:
    when_open(lambda dialog: dialog.reject())
    press(page, Qt.Key.Key_1, ALT)
    assert not list(tmp_path.glob("*.xlsx"))
    assert not page.exporter.banner.isVisible()


def test_documents_that_are_there_are_replaced_only_when_wanted(page: ReportPage, out: Path) -> None:
    (out / "member-check").mkdir(parents=True)
    (out / "member-check" / "P1.docx").write_text("filled in")

    def answer(text: str) -> None:
        def click(dialog: QDialog) -> None:
            assert isinstance(dialog, QMessageBox)
            assert "P1.docx" in dialog.text()
            click_button(dialog, text)

        when_open(click)

    answer("Cancel")
    press(page, Qt.Key.Key_5, ALT)
    assert (out / "member-check" / "P1.docx").read_text() == "filled in"
    answer("Replace 1 document")
    page.export_member_check()
    assert words_of_docx(out / "member-check" / "P1.docx")[0] == "Did we understand you?"


def test_an_empty_project_says_what_to_do_next(qtbot: QtBot, tmp_path: Path) -> None:
    with Project.create(tmp_path / "new.coder", "New", "Ann") as project:
        made = open_window(project, "report")
        qtbot.addWidget(made)
        page = made.pages["report"]
        assert isinstance(page, ReportPage)
        wanted: list[str] = []
        page.ctx.pageWanted.disconnect()
        page.ctx.pageWanted.connect(wanted.append)
        reasons = []
        for output in OUTPUTS[:-1]:  # even the newest project has a history
            page.outputs.choose(output.key)
            assert not page.export_button.isEnabled()
            reasons.append(page.nothing.text.text())
            if not page.go_button.isHidden():
                page.go_button.click()
        assert reasons[0] == "The codebook is empty. Make the first code on the Code page."
        assert all(reasons)
        assert wanted == ["code", "code", "code", "themes"]
        page.outputs.choose("codebook")
        QTest.keyClick(page.outputs, Qt.Key.Key_Return)
        assert made.toast.text == reasons[0]
        made.close()


def test_the_page_follows_what_happens_elsewhere(page: ReportPage) -> None:
    ctx = page.ctx
    ctx.run(ctx.project.codes.add, "Keys", Level.CODE)
    assert page.figures.text() == "3 codes, 1 theme; 3 quotes of Ann."
    assert on_screen(page)[-1][3] == "Keys"
    ctx.run(ctx.project.set_level_name, Level.THEME, "Motif")
    assert on_screen(page)[0][0] == "Motif"
    assert page.figures.text() == "3 codes, Motif: 1; 3 quotes of Ann."


def test_looks_follow_zoom_and_theme_also_after_another_project(page: ReportPage, window: Window) -> None:
    page.outputs.choose("quotes_word")
    before = page.paper.document().firstBlock().charFormat().font().pixelSize()
    window.commands.zoom_in()
    window.commands.zoom_in()
    assert page.paper.document().firstBlock().charFormat().font().pixelSize() > before
    window.commands.set_dark(True)
    ink = page.paper.document().firstBlock().charFormat().foreground().color().name()
    assert ink == page.ctx.colors.text
    window.commands.set_dark(False)
    window.commands.close_project()
    window.commands.zoom_out()


def test_names_are_shown_as_text(page: ReportPage) -> None:
    ctx = page.ctx
    ctx.run(ctx.project.codes.add, "<b>bold</b> & =1+1", Level.CODE)
    model = page.sheet.model()
    index = model.index(model.rowCount() - 1, 3)
    assert index.data() == "<b>bold</b> & =1+1"
    assert "&lt;b&gt;" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert page.figures.textFormat() == Qt.TextFormat.PlainText


def test_previews_stay_short_and_say_so(page: ReportPage) -> None:
    project = page.ctx.project
    with project.step("Many codes"):
        for number in range(60):
            project.codes.add(f"Code {number}")
            project.codes.forget()
    page.ctx.spread()
    assert page.sheet.model().rowCount() == 40
    assert page.caption.text() == "The first 40 of 63 rows"


def test_the_preview_is_empty_without_a_table(page: ReportPage) -> None:
    page.sheet.put(Table(("A",), [], 0))
    assert page.sheet.model().rowCount() == 0


def test_keys_collide_with_no_other_keys() -> None:
    own = [row.shortcut for row in output_rows() if row.shortcut]
    others = {row.shortcut for row in (*WINDOW_ACTIONS, *CODING_ACTIONS, *codebook_actions())}
    assert len(own) == len(set(own))
    assert not others & set(own)


def test_a_worker_process_writes_and_can_be_stopped(
    qtbot: QtBot, project: Project, out: Path, home: Path
) -> None:
    fill(project)
    made = open_window(project, "report", inline=False)
    qtbot.addWidget(made)
    page = made.pages["report"]
    assert isinstance(page, ReportPage)
    page.export_codebook()
    assert page.stop_button.isVisible()
    assert not page.export_button.isVisible()
    page.stop_button.click()
    qtbot.waitUntil(lambda: not page.exporter.running, timeout=30_000)
    assert made.toast.text == "The export was stopped; nothing was written."
    assert not (out / "codebook.xlsx").exists()
    page.export_codebook()
    qtbot.waitUntil(lambda: not page.exporter.running, timeout=30_000)
    assert page.exporter.banner.text == "codebook.xlsx was written."
    assert in_file(out / "codebook.xlsx", "Codebook") == on_screen(page)
    QApplication.processEvents()
    made.close()


def test_the_worker_process_loads_no_qt() -> None:
    code = "import sys, coder_app.ui.report.job; sys.exit('PySide6' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
