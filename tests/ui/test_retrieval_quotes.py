"""Lists of quotes by keys, menus and mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout
from pytestqt.qtbot import QtBot
from ui.codebook_desk import Listener, context, fill, guid, shortcut, show

from coder_app.core.changes import Changes
from coder_app.core.model import Quote
from coder_app.project.project import Project
from coder_app.ui.actions import Action
from coder_app.ui.codebook.ask import CodeQuestion, NameQuestion
from coder_app.ui.page import Page
from coder_app.ui.retrieval.model import PAGE, QUOTE_ROLE, QuotesModel
from coder_app.ui.retrieval.table import QuoteActions, quote_actions
from coder_app.ui.retrieval.view import QuotesView

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


class Desk(QuoteActions, Page):
    """The list as a page embeds it."""

    @classmethod
    def actions_table(cls) -> list[Action]:
        return quote_actions("quotes")

    def build(self) -> None:
        self.quotes = QuotesView(self.ctx)
        QVBoxLayout(self).addWidget(self.quotes)

    def refresh(self, changes: Changes) -> None:
        self.quotes.refresh(changes)


def apply(project: Project, words: str, code: str | None) -> str:
    """Put a code on the first place where these words stand."""
    for document in project.documents.all():
        start = project.documents.transcript(document.guid).text.find(words)
        if start >= 0:
            if code is None:
                return project.codings.mark(document.guid, start, start + len(words))
            return project.codings.apply(document.guid, start, start + len(words), guid(project, code))
    raise AssertionError(words)


FEAR = "She knew more about fear than I do 🙂."
TOLD = "nobody told me"
REACH = "a man nobody could reach"


@pytest.fixture
def desk(project: Project, qtbot: QtBot) -> Desk:
    fill(project)
    apply(project, FEAR, "First week")
    apply(project, TOLD, "Who signs")
    apply(project, REACH, "Not being told")
    apply(project, "I was against it", "Keys")
    made = Desk(context(project))
    show(qtbot, made, 700, 500)
    return made


def words(desk: Desk) -> list[str]:
    model = desk.quotes.model
    return [str(model.index(row).data()) for row in range(model.rowCount())]


def choose(desk: Desk, *texts: str) -> None:
    """Click rows by what they say, the further ones with Control."""
    for number, text in enumerate(texts):
        index = desk.quotes.model.index(words(desk).index(text))
        key = Qt.KeyboardModifier.ControlModifier if number else Qt.KeyboardModifier.NoModifier
        place = desk.quotes.list.visualRect(index).center()
        QTest.mouseClick(desk.quotes.list.viewport(), Qt.MouseButton.LeftButton, key, place)


def test_quotes_of_a_node_with_everything_below(desk: Desk, qtbot: QtBot) -> None:
    project, quotes = desk.ctx.project, desk.quotes
    quotes.show_node(guid(project, "Trust"))
    assert words(desk) == [TOLD, FEAR, REACH], "by transcript and place"
    assert quotes.title.text() == "3 quotes · 2 participants · Trust and below"
    qtbot.mouseClick(quotes.below, Qt.MouseButton.LeftButton, pos=quotes.below.rect().center() * 0.5)
    assert words(desk) == []
    assert quotes.title.text() == "0 quotes · 0 participants · Trust"
    quotes.show_node(guid(project, "Keys"))
    assert quotes.title.text() == "1 quote · 1 participant · Keys"
    assert not quotes.below.isVisible()


def test_a_row_says_who_and_where(desk: Desk) -> None:
    desk.quotes.show_node(guid(desk.ctx.project, "First week"))
    index = desk.quotes.model.index(0)
    quote = index.data(QUOTE_ROLE)
    assert isinstance(quote, Quote)
    assert (quote.participant, quote.document_title, quote.turn) == ("P1", "Interview P1", 4)
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == f"{FEAR} — P1, Interview P1, turn 4, First week"


def test_empty_lists_say_what_to_do(desk: Desk) -> None:
    quotes = desk.quotes
    assert quotes.empty.isVisible()
    assert quotes.empty.text() == "Choose a code to see its quotes."
    quotes.show_node(guid(desk.ctx.project, "Guilt"))
    assert "give them “Guilt”" in quotes.empty.text()
    quotes.show_unnamed()
    assert "No passage waits for a code" in quotes.empty.text()


def test_enter_and_double_click_jump_to_the_place(desk: Desk, qtbot: QtBot) -> None:
    jumps: list[tuple[str, int, int]] = []
    desk.ctx.openPlace.connect(lambda *place: jumps.append(place))
    desk.quotes.show_node(guid(desk.ctx.project, "Trust"))
    choose(desk, FEAR)
    qtbot.keyClick(desk.quotes.list, Qt.Key.Key_Return)
    place = desk.quotes.list.visualRect(desk.quotes.list.currentIndex()).center()
    qtbot.mouseDClick(desk.quotes.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    document, start, end = jumps[0]
    assert desk.ctx.project.documents.transcript(document).text[start:end] == FEAR
    assert len(jumps) == 2


def test_several_are_removed_as_one_step_and_come_back(desk: Desk, qtbot: QtBot) -> None:
    desk.quotes.show_node(guid(desk.ctx.project, "Trust"))
    choose(desk, TOLD, REACH)
    shortcut(qtbot, desk, desk.quotes.list, "quotes_remove")
    assert words(desk) == [FEAR]
    assert desk.quotes.selected() == desk.quotes.model.ids, "what stands there now is chosen"
    desk.ctx.undo()
    assert words(desk) == [TOLD, FEAR, REACH]


def test_recode_by_first_letters(desk: Desk, qtbot: QtBot) -> None:
    desk.quotes.show_node(guid(desk.ctx.project, "Trust"))
    choose(desk, TOLD, FEAR)
    shortcut(qtbot, desk, desk.quotes.list, "quotes_recode")
    question = desk.quotes.question
    assert isinstance(question, CodeQuestion)
    qtbot.keyClicks(question.entry, "gu")
    qtbot.keyClick(question.entry, Qt.Key.Key_Return)
    assert words(desk) == [REACH]
    desk.quotes.show_node(guid(desk.ctx.project, "Guilt"))
    assert words(desk) == [TOLD, FEAR]
    desk.ctx.undo()
    assert words(desk) == []


def test_recode_to_a_new_code_is_one_step(desk: Desk, qtbot: QtBot) -> None:
    desk.quotes.show_node(guid(desk.ctx.project, "Keys"))
    choose(desk, "I was against it")
    desk.quotes.recode()
    question = desk.quotes.question
    assert isinstance(question, CodeQuestion)
    qtbot.keyClicks(question.entry, "Resistance")
    qtbot.keyClick(question.entry, Qt.Key.Key_Return)
    assert desk.ctx.project.queries.counts()[guid(desk.ctx.project, "Resistance")].quotes == 1
    desk.ctx.undo()
    assert desk.ctx.project.codes.tree().named("Resistance") == []
    assert words(desk) == ["I was against it"]


def test_split_into_a_new_code(desk: Desk, qtbot: QtBot) -> None:
    project = desk.ctx.project
    desk.quotes.show_node(guid(project, "First week"))
    choose(desk, FEAR)
    shortcut(qtbot, desk, desk.quotes.list, "quotes_split")
    question = desk.quotes.question
    assert isinstance(question, NameQuestion)
    qtbot.keyClicks(question.name, "Knowing fear")
    qtbot.keyClick(question.name, Qt.Key.Key_Return)
    assert words(desk) == []
    tree = project.codes.tree()
    assert tree[tree.parent(guid(project, "Knowing fear")) or ""].name == "Arriving"
    desk.ctx.undo()
    assert words(desk) == [FEAR]


def test_exemplars_and_copying(desk: Desk, qtbot: QtBot) -> None:
    desk.quotes.show_node(guid(desk.ctx.project, "Trust"))
    choose(desk, TOLD, FEAR)
    shortcut(qtbot, desk, desk.quotes.list, "quotes_exemplar")
    marked = [q.coding.exemplar for q in (desk.quotes.model.quote(row) for row in range(3)) if q]
    assert marked == [True, True, False]
    desk.quotes.mark_exemplar()
    assert not any(q.coding.exemplar for q in (desk.quotes.model.quote(row) for row in range(3)) if q)
    shortcut(qtbot, desk, desk.quotes.list, "quotes_copy")
    assert QApplication.clipboard().text() == (
        f"“{TOLD}” (P1, Interview P1, turn 2)\n\n“{FEAR}” (P1, Interview P1, turn 4)"
    )


def test_colleagues_quotes_are_shown_on_request_and_stay_theirs(desk: Desk, qtbot: QtBot) -> None:
    project, heard = desk.ctx.project, Listener(desk.ctx)
    ann = project.coders.current.guid
    project.coders.switch(project.coders.named("Ben").guid)
    apply(project, "Later we laughed about it", "Keys")
    project.coders.switch(ann)
    desk.ctx.spread()
    desk.quotes.show_node(guid(project, "Keys"))
    assert words(desk) == ["I was against it"]
    desk.ctx.set_everyone(True)
    assert words(desk) == ["Later we laughed about it", "I was against it"]
    choose(desk, "Later we laughed about it")
    shortcut(qtbot, desk, desk.quotes.list, "quotes_remove")
    assert heard.problems == ["Codings of another coder stay as they are: only their coder changes them."]
    assert len(words(desk)) == 2


def test_passages_are_named_one_after_the_other(desk: Desk, qtbot: QtBot) -> None:
    project, quotes = desk.ctx.project, desk.quotes
    apply(project, "Strange.", None)
    apply(project, "Then I saw him sit", None)
    desk.ctx.spread()
    quotes.show_unnamed()
    quotes.setFocus()
    assert quotes.title.text() == "2 passages wait for a code"
    assert quotes.entry.hasFocus()
    qtbot.keyClicks(quotes.entry, "gui")
    qtbot.keyClick(quotes.entry, Qt.Key.Key_Return)
    assert words(desk) == ["Then I saw him sit"]
    assert quotes.entry.text() == ""
    qtbot.keyClicks(quotes.entry, "Sitting with")
    qtbot.keyClick(quotes.entry, Qt.Key.Key_Return)
    assert words(desk) == []
    assert project.queries.counts()[guid(project, "Sitting with")].quotes == 1
    desk.ctx.undo()
    assert words(desk) == ["Then I saw him sit"]
    assert project.codes.tree().named("Sitting with") == []


def test_arrows_in_the_empty_entry_walk_the_passages(desk: Desk, qtbot: QtBot) -> None:
    apply(desk.ctx.project, "Strange.", None)
    second = apply(desk.ctx.project, "Then I saw him sit", None)
    desk.ctx.spread()
    desk.quotes.show_unnamed()
    qtbot.keyClick(desk.quotes.entry, Qt.Key.Key_Down)
    assert desk.quotes.selected() == [second]


def test_the_list_reads_only_what_is_painted(project: Project, qtbot: QtBot) -> None:
    code = project.codes.add("Keys")
    places = [
        (document.guid, start, end, code)
        for document in project.documents.all()
        for start in range(13, 40)
        for end in range(start + 5, start + 43)
    ]
    project.codings.apply_many(places[:2000])
    desk = Desk(context(project))
    show(qtbot, desk, 700, 500)
    desk.quotes.show_node(code)
    desk.grab()
    assert desk.quotes.model.rowCount() == 2000
    assert 0 < desk.quotes.model.read <= 2 * PAGE
    tester = QAbstractItemModelTester(desk.quotes.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    desk.quotes.show_node("")
    assert isinstance(tester.model(), QuotesModel)
