"""The transcript widget by mouse, keys and drag, as a person uses it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QHelpEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from coder_app.core.model import Document, Role, Speaker, Transcript, Turn
from coder_app.core.palette import COLORS, contrast
from coder_app.core.text import grapheme_bounds
from coder_app.ui.transcript import CODE_MIME, PASSAGE_MIME, Highlight, TranscriptView
from coder_app.ui.transcript.colors import DARK, LIGHT, READABLE, TranscriptColors, tint
from coder_app.ui.transcript.pane import TextPane

LEFT = Qt.MouseButton.LeftButton
FAMILY = "👩\u200d👩\u200d👧\u200d👦"
TEXT = (
    "Interviewer: How was the first day?\n\n"
    "Anna: I was new. Nobody showed me the ward, so I walked around alone. Then a peer came and smiled.\n\n"
    "Interviewer: And after that?\n\n"
    "Anna: After that it went well, I think."
)


def transcript(text: str) -> Transcript:
    """A transcript whose turns are its lines ``Name: words``."""
    names: list[str] = []
    turns: list[Turn] = []
    start = 0
    for line in text.split("\n"):
        name, colon, _ = line.partition(": ")
        if colon:
            if name not in names:
                names.append(name)
            turns.append(
                Turn(len(turns) + 1, start, start + len(name) + 2, start + len(line), names.index(name), None)
            )
        start += len(line) + 1
    speakers = tuple(
        Speaker(name, "d", name, Role.INTERVIEWER if name == "Interviewer" else Role.PARTICIPANT, None)
        for name in names
    )
    return Transcript(Document("d", "Title", "", "", len(text)), text, speakers, tuple(turns))


def mark(text: str, words: str, guid: str, **more: object) -> Highlight:
    start = text.index(words)
    return Highlight(guid, start, start + len(words), "#2d5ed4", f"Code {guid}", **more)  # type: ignore[arg-type]


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[TranscriptView]:
    widget = TranscriptView(colors=LIGHT)
    qtbot.addWidget(widget)
    widget.resize(820, 420)
    widget.show_transcript(transcript(TEXT))
    widget.show()
    widget.activateWindow()
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)
    yield widget
    QToolTip.hideText()


def move(widget: QWidget, point: QPoint, buttons: Qt.MouseButton = LEFT) -> None:
    """Move the mouse with a button held; QTest moves it with none."""
    place = QPointF(point)
    far = QPointF(widget.mapToGlobal(point))
    none = Qt.KeyboardModifier.NoModifier
    event = QMouseEvent(QEvent.Type.MouseMove, place, far, Qt.MouseButton.NoButton, buttons, none)
    QApplication.sendEvent(widget, event)


def drag(widget: QWidget, start: QPoint, end: QPoint) -> None:
    QTest.mousePress(widget, LEFT, pos=start)
    move(widget, (start + end) / 2)
    move(widget, end)
    QTest.mouseRelease(widget, LEFT, pos=end)


def middle(view: TranscriptView, start: int, end: int) -> QPoint:
    return view.range_rects(start, end)[0].center()


def sweep(view: TranscriptView, text: str, start: int, end: int, *, leftwards: bool = False) -> None:
    """Drag the mouse over ``[start, end)`` from the outer edge of its first character as seen to its last."""
    first = view.range_rects(*grapheme_bounds(text, start))[0]
    last = view.range_rects(*grapheme_bounds(text, end - 1))[-1]
    y1, y2 = first.center().y(), last.center().y()
    if leftwards:
        drag(view.viewport(), QPoint(first.right() - 1, y1), QPoint(last.left() + 1, y2))
    else:
        drag(view.viewport(), QPoint(first.left() + 1, y1), QPoint(last.right() - 1, y2))


WORDS = [
    ("Anna: I was quite alone that day.", "quite alone", False),
    ("정몽준: 존경하는 국민 여러분! 우리의 안보를 지탱해 주던 체제", "국민 여러분", False),
    ("יגאל: כאן יש אדם שיש לו הכוח הרב ביותר בעולם", "אדם שיש לו", True),
    ("Anna: הכוח הרב ביותר", "הרב", True),
    ("Anna: we say שלום רב here", "שלום רב", True),
    (f"Anna: look {FAMILY} and 🇰🇷🇮🇱 flags 👍🏽 done", f"{FAMILY} and 🇰🇷", False),
    (f"Anna: 😀😀 x {FAMILY} y", f"{FAMILY}", False),
    ("Anna: שָׁלוֹם לָכֶם וּבְרָכָה", "לָכֶם", True),
    (
        "Anna: ʾána šmíyənwa xa-tunìθaˈ y-amríwala Goza\u0301li e\u0301e\u0323\u0301 end",
        "Goza\u0301li e\u0301e\u0323\u0301",
        False,
    ),
    ("Anna: tab\tand\x0cfeed \ufffc here 😀 now", "here 😀", False),
]


@pytest.mark.parametrize(("text", "words", "leftwards"), WORDS)
def test_sweeping_over_words_selects_exactly_them(
    view: TranscriptView, text: str, words: str, leftwards: bool
) -> None:
    text = f"{text}\n{text}"
    view.show_transcript(transcript(text))
    start = text.rindex(words)
    sweep(view, text, start, start + len(words), leftwards=leftwards)
    low, high = view.selection()
    assert text[low:high] == words
    assert low == start


def test_selection_is_told_in_code_points(view: TranscriptView, qtbot: QtBot) -> None:
    text = "Anna: 😀😀 peers help"
    view.show_transcript(transcript(text))
    told: list[tuple[int, int]] = []
    view.selectionChanged.connect(lambda start, end: told.append((start, end)))
    start = text.index("peers")
    sweep(view, text, start, start + 5)
    assert told[-1] == (start, start + 5)
    assert len(told) == len(set(told))


def test_keys_never_stop_inside_a_character(view: TranscriptView) -> None:
    text = f"Anna: {FAMILY}e\u0301x"
    view.show_transcript(transcript(text))
    view.select(6, 6)
    ends = []
    for _ in range(3):
        QTest.keyClick(view.viewport(), Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
        ends.append(view.selection())
    assert [text[start:end] for start, end in ends] == [FAMILY, FAMILY + "e\u0301", FAMILY + "e\u0301x"]


def test_words_are_selected_by_keys(view: TranscriptView) -> None:
    start = TEXT.index("Nobody")
    view.select(start, start)
    both = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(view.viewport(), Qt.Key.Key_Right, both)
    low, high = view.selection()
    assert TEXT[low:high].strip() == "Nobody"


def test_double_click_selects_the_word_and_a_third_click_the_sentence(view: TranscriptView) -> None:
    start = TEXT.index("showed")
    point = middle(view, start, start + 6)
    QTest.mouseClick(view.viewport(), LEFT, pos=point)
    QTest.mouseDClick(view.viewport(), LEFT, pos=point)
    low, high = view.selection()
    assert TEXT[low:high] == "showed"
    QTest.mouseClick(view.viewport(), LEFT, pos=point)
    low, high = view.selection()
    assert TEXT[low:high] == "Nobody showed me the ward, so I walked around alone."


def test_clicking_a_coding_selects_the_smallest_one(view: TranscriptView) -> None:
    view.set_codings([mark(TEXT, "Nobody showed me the ward", "wide"), mark(TEXT, "the ward", "small")])
    clicked: list[str] = []
    gone: list[bool] = []
    view.codingClicked.connect(lambda guid, _: clicked.append(guid))
    view.codingDeselected.connect(lambda: gone.append(True))
    for words in ("ward", "showed", "smiled"):
        start = TEXT.index(words)
        QTest.mouseClick(view.viewport(), LEFT, pos=middle(view, start, start + 4))
    assert clicked == ["small", "wide"]
    assert view.selected() is None
    assert gone == [True]


def test_clicking_a_stripe_selects_its_coding(view: TranscriptView, qtbot: QtBot) -> None:
    view.set_codings([mark(TEXT, "Nobody showed me the ward", "a"), mark(TEXT, "the ward, so I walked", "b")])
    view.grab()
    boxes = [view.gutter().stripe_box(guid) for guid in ("a", "b")]
    assert boxes[0] is not None
    assert boxes[1] is not None
    assert boxes[0].right() < boxes[1].left(), "overlapping codings stand in lanes of their own"
    with qtbot.waitSignal(view.codingClicked) as click:
        edge = boxes[1].center() + QPointF(3.5, 0)
        QTest.mouseClick(view.gutter(), LEFT, pos=edge.toPoint())
    assert click.args is not None
    assert click.args[0] == "b"
    assert view.selected() == "b"
    with qtbot.waitSignal(view.codingActivated) as active:
        QTest.mouseDClick(view.gutter(), LEFT, pos=boxes[0].center().toPoint())
    assert active.args == ["a"]


def test_dragging_a_handle_asks_for_the_new_range(view: TranscriptView, qtbot: QtBot) -> None:
    view.set_codings([mark(TEXT, "showed me", "a", selected=True)])
    end = TEXT.index("showed me the ward") + len("showed me the ward")
    target = view.range_rects(end - 1, end)[0]
    with qtbot.waitSignal(view.resizeRequested) as told:
        begin = view.handle_rects()[1].center()
        drag(view.viewport(), begin, QPoint(target.right(), target.center().y()))
    assert told.args == ["a", TEXT.index("showed"), end]
    assert view.codings()[0].end == TEXT.index("showed me") + 9, "the page decides, not the view"
    begin_at = TEXT.index("Nobody")
    target = view.range_rects(begin_at, begin_at + 1)[0]
    with qtbot.waitSignal(view.resizeRequested) as told:
        start = view.handle_rects()[0].center()
        drag(view.viewport(), start, QPoint(target.left(), target.center().y()))
    assert told.args == ["a", begin_at, TEXT.index("showed me") + 9]


def test_an_end_dragged_past_the_other_leaves_one_character(view: TranscriptView, qtbot: QtBot) -> None:
    text = f"Anna: before {FAMILY} after"
    view.show_transcript(transcript(text))
    start = text.index(FAMILY)
    view.set_codings([Highlight("a", start, len(text), "#2d5ed4", "A", selected=True)])
    target = view.range_rects(6, 7)[0]
    with qtbot.waitSignal(view.resizeRequested) as told:
        drag(view.viewport(), view.handle_rects()[1].center(), target.center())
    assert told.args == ["a", start, start + len(FAMILY)]


def test_keys_move_ends_by_words(view: TranscriptView) -> None:
    start = TEXT.index("showed")
    view.set_codings([mark(TEXT, "showed me", "a", selected=True)])
    assert words_of(view.grow_end(1)) == "showed me the"
    assert words_of(view.grow_end(-1)) == "showed"
    assert words_of(view.grow_start(1)) == "Nobody showed me"
    assert words_of(view.grow_start(-1)) == "me"
    view.set_codings([Highlight("a", start, start + 6, "#2d5ed4", selected=True)])
    assert view.grow_end(-1) == (start, start + 6)
    assert view.grow_start(-1) == (start, start + 6)
    view.set_selected(None)
    assert view.grow_end(1) is None


def words_of(place: tuple[int, int] | None) -> str:
    assert place is not None
    return TEXT[place[0] : place[1]]


def test_walking_from_coding_to_coding(view: TranscriptView) -> None:
    view.set_codings(
        [mark(TEXT, "it went well", "c"), mark(TEXT, "first day", "a"), mark(TEXT, "walked around", "b")]
    )
    there = [view.next_coding() for _ in range(4)]
    assert there == ["a", "b", "c", None]
    assert view.selected() == "c"
    assert view.selection() == (TEXT.index("it went"), TEXT.index("it went"))
    assert [view.previous_coding() for _ in range(3)] == ["b", "a", None]


def test_codes_at_the_cursor_are_told(view: TranscriptView) -> None:
    view.set_codings([mark(TEXT, "walked around alone", "a"), mark(TEXT, "around", "b")])
    told: list[list[str]] = []
    view.codesAtCursorChanged.connect(told.append)
    for place in ("walked", "around", "smiled"):
        at = TEXT.index(place)
        view.select(at, at)
    start = TEXT.index("Then")
    view.select(start - 7, start + 4)
    assert told == [["a"], ["b", "a"], [], ["a"]]
    view.set_codings([])
    assert told[-1] == []


def send_drop(view: TranscriptView, point: QPoint, data: QMimeData) -> bool:
    """Drag ``data`` in and over ``point`` and drop it; whether the view took it."""
    copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(point, copy, data, LEFT, none)
    QApplication.sendEvent(view.viewport(), enter)
    if not enter.isAccepted():
        return False
    QApplication.sendEvent(view.viewport(), QDragMoveEvent(point, copy, data, LEFT, none))
    drop = QDropEvent(QPointF(point), copy, data, LEFT, none)
    QApplication.sendEvent(view.viewport(), drop)
    return drop.isAccepted()


def test_what_a_code_would_drop_on_is_framed(view: TranscriptView) -> None:
    coding = mark(TEXT, "a peer came", "x")
    view.set_codings([coding])
    before = view.viewport().grab().toImage()
    point = middle(view, coding.start, coding.end)
    copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    data = codes("k")
    QApplication.sendEvent(view.viewport(), QDragEnterEvent(point, copy, data, LEFT, none))
    QApplication.sendEvent(view.viewport(), QDragMoveEvent(point, copy, data, LEFT, none))
    assert view.viewport().grab().toImage() != before
    assert view.handle_rects() == []
    QApplication.sendEvent(view.viewport(), QDragLeaveEvent())
    assert view.viewport().grab().toImage() == before


def codes(*guids: str) -> QMimeData:
    data = QMimeData()
    data.setData(CODE_MIME, "\n".join(guids).encode())
    return data


def test_a_code_dropped_on_the_selection_or_on_a_coding(view: TranscriptView) -> None:
    dropped: list[tuple[str, int, int]] = []
    view.codeDropped.connect(lambda guid, start, end: dropped.append((guid, start, end)))
    coding = mark(TEXT, "a peer came", "x")
    view.set_codings([coding])
    start = TEXT.index("walked around")
    view.select(start, start + 13)
    assert send_drop(view, middle(view, start, start + 6), codes("k1", "k2"))
    assert send_drop(view, middle(view, coding.start, coding.end), codes("k3"))
    plain = TEXT.index("Nobody")
    assert send_drop(view, middle(view, plain, plain + 6), codes("k4"))
    assert dropped == [("k1", start, start + 13), ("k2", start, start + 13), ("k3", coding.start, coding.end)]
    other = QMimeData()
    other.setText("words")
    assert not send_drop(view, middle(view, start, start + 6), other)


def test_the_selection_leaves_as_stored(view: TranscriptView) -> None:
    text = "Anna: no\u00a0break 😀\x0cfeed"
    view.show_transcript(transcript(text))
    view.select(6, len(text))
    QTest.keyClick(view.viewport(), Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    data = QApplication.clipboard().mimeData()
    assert data.text() == text[6:]
    assert bytes(data.data(PASSAGE_MIME).data()) == f"6-{len(text)}".encode()
    view.select(6, 8)
    view.copy()
    assert QApplication.clipboard().text() == "no"


def test_dragging_the_selection_takes_the_passage_along(
    view: TranscriptView, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[tuple[str, bytes]] = []
    make = TextPane.createMimeDataFromSelection

    def spy(pane: TextPane) -> QMimeData:
        data = make(pane)
        taken.append((data.text(), bytes(data.data(PASSAGE_MIME).data())))
        return data

    monkeypatch.setattr(TextPane, "createMimeDataFromSelection", spy)
    start = TEXT.index("walked around")
    view.select(start, start + 13)
    point = middle(view, start, start + 6)
    QTest.mousePress(view.viewport(), LEFT, pos=point)
    move(view.viewport(), point + QPoint(80, 40))
    assert taken[0] == ("walked around", f"{start}-{start + 13}".encode())
    assert view.selection() == (start, start + 13)
    assert view.selected_text() == "walked around"


def test_letters_open_the_entry_only_with_a_selection(view: TranscriptView) -> None:
    typed: list[str] = []
    view.letterTyped.connect(typed.append)
    QTest.keyClicks(view.viewport(), "s")
    start = TEXT.index("walked")
    view.select(start, start + 6)
    QTest.keyClicks(view.viewport(), "sS")
    QTest.keyClick(view.viewport(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(view.viewport(), Qt.Key.Key_Return)
    QTest.keyClick(view.viewport(), Qt.Key.Key_Space)
    assert typed == ["s", "S", ""]
    assert view.selection() == (start, start + 6)


def test_escape_clears_the_words_then_the_coding(view: TranscriptView) -> None:
    view.set_codings([mark(TEXT, "walked around", "a", selected=True)])
    start = TEXT.index("walked")
    view.select(start, start + 6)
    QTest.keyClick(view.viewport(), Qt.Key.Key_Escape)
    assert view.selection() == (start + 6, start + 6)
    assert view.selected() == "a"
    QTest.keyClick(view.viewport(), Qt.Key.Key_Escape)
    assert view.selected() is None


def test_enter_on_a_coding_activates_it(view: TranscriptView, qtbot: QtBot) -> None:
    view.set_codings([mark(TEXT, "walked around", "a", selected=True)])
    with qtbot.waitSignal(view.codingActivated) as told:
        QTest.keyClick(view.viewport(), Qt.Key.Key_Return)
    assert told.args == ["a"]


def test_the_menu_names_what_is_under_the_mouse(view: TranscriptView, qtbot: QtBot) -> None:
    coding = mark(TEXT, "walked around", "a")
    view.set_codings([coding])
    point = middle(view, coding.start, coding.start + 1)
    with qtbot.waitSignal(view.contextMenuRequested) as told:
        far = view.viewport().mapToGlobal(point)
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, far, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(view.viewport(), event)
    assert told.args == [far, coding.start, ["a"]]
    assert view.selection() == (coding.start, coding.start)


def long_view(view: TranscriptView) -> str:
    text = "\n\n".join(f"Anna: line {number} " + "and so it went on " * 12 for number in range(120))
    view.show_transcript(transcript(text))
    return text


def test_new_codings_move_nothing(view: TranscriptView, qtbot: QtBot) -> None:
    text = long_view(view)
    at = text.index("line 60 ")
    view.scroll_to(at, at + 8)
    view.select(at, at + 8)
    place, selection = view.place(), view.selection()
    assert place[0] > 0
    view.set_codings([Highlight("a", at, at + 300, "#b23b19", "A"), Highlight("b", 0, 40, "#2d5ed4", "B")])
    view.set_selected("a")
    view.grab()
    assert (view.place(), view.selection(), view.hasFocus()) == (place, selection, True)


def test_the_place_comes_back_before_the_page_was_ever_shown(qtbot: QtBot) -> None:
    first = TranscriptView()
    qtbot.addWidget(first)
    first.resize(800, 400)
    text = long_view(first)
    first.show()
    at = text.index("line 90 ")
    first.scroll_to(at, at + 8)
    second = TranscriptView()
    qtbot.addWidget(second)
    second.show_transcript(transcript(text))
    second.restore_place(*first.place())
    second.resize(800, 400)
    second.show()
    second.grab()
    assert second.place() == first.place()


def test_zoom_and_width_keep_the_place(view: TranscriptView) -> None:
    text = long_view(view)
    view.restore_place(text.index("Anna: line 70 "))
    top = view.place()[0]
    assert top == text.index("Anna: line 70 ")
    view.zoom_by(1)
    assert (view.zoom(), view.place()[0]) == (110, top)
    view.resize(600, 420)
    assert view.place()[0] == top
    view.set_colors(DARK)
    assert view.place()[0] == top


def test_the_place_is_told_after_scrolling(view: TranscriptView, qtbot: QtBot) -> None:
    text = long_view(view)
    with qtbot.waitSignal(view.placeChanged, timeout=3000) as told:
        view.restore_place(text.index("Anna: line 50 "))
    assert told.args == [text.index("Anna: line 50 ")]


def test_scroll_to_moves_only_for_what_is_hidden(view: TranscriptView) -> None:
    text = long_view(view)
    view.scroll_to(0, 10)
    assert view.place()[0] == 0
    at = text.index("line 80 ")
    view.scroll_to(at, at + 8)
    boxes = view.range_rects(at, at + 8)
    assert boxes
    assert abs(boxes[0].center().y() - view.viewport().height() / 2) < 40
    place = view.place()
    view.scroll_to(at + 20, at + 30)
    assert view.place() == place


def test_zoom_by_wheel_and_keys(view: TranscriptView) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    centre = QPointF(view.viewport().rect().center())
    wheel = QWheelEvent(
        centre,
        QPointF(view.viewport().mapToGlobal(centre.toPoint())),
        QPoint(0, 0),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        control,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    zooms: list[int] = []
    view.zoomChanged.connect(zooms.append)
    QApplication.sendEvent(view.viewport(), wheel)
    QTest.keyClick(view.viewport(), Qt.Key.Key_Plus, control)
    QTest.keyClick(view.viewport(), Qt.Key.Key_Minus, control)
    QTest.keyClick(view.viewport(), Qt.Key.Key_0, control)
    assert zooms == [110, 125, 110, 100]


def test_the_tint_lies_under_the_words_and_goes_with_its_coding(view: TranscriptView) -> None:
    coding = mark(TEXT, "walked around alone", "a")
    start, end = coding.start, coding.end

    def paper() -> set[QColor]:
        image = view.viewport().grab().toImage()
        box = view.range_rects(start, end)[0]
        return {image.pixelColor(x, box.top() + 1).name() for x in range(box.left() + 1, box.right() - 1)}

    assert paper() == {LIGHT.page}
    view.set_codings([coding])
    assert paper() == {tint(("#2d5ed4",), LIGHT).name()}
    view.set_codings([])
    assert paper() == {LIGHT.page}


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_words_stay_readable_on_any_mixture(theme: TranscriptColors) -> None:
    mixtures = [
        (one, two, three) for one in COLORS for two in COLORS for three in ("#000000", "#ffffff", one)
    ]
    for mixture in [*mixtures, *((color,) * 6 for color in COLORS)]:
        shade = tint(mixture, theme).name()
        assert contrast(theme.ink, shade) >= READABLE
        assert contrast(theme.muted, tint(mixture[:1], theme).name()) >= 3


def test_hints_show_names_letter_by_letter(view: TranscriptView, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _, text, __: shown.append(text))
    coding = mark(TEXT, "walked around", "a")
    evil = Highlight("a", coding.start, coding.end, "#2d5ed4", "<b>x</b> & <img src=y>", coder_name="Mina")
    view.set_codings([evil])
    view.grab()
    box = view.gutter().stripe_box("a")
    assert box is not None
    point = box.center().toPoint()
    event = QHelpEvent(QEvent.Type.ToolTip, point, view.gutter().mapToGlobal(point))
    QApplication.sendEvent(view.gutter(), event)
    point = middle(view, coding.start, coding.start + 6)
    event = QHelpEvent(QEvent.Type.ToolTip, point, view.viewport().mapToGlobal(point))
    QApplication.sendEvent(view.viewport(), event)
    name = "&lt;b&gt;x&lt;/b&gt; &amp; &lt;img src=y&gt;"
    assert [name + "\nMina" in shown[0], name + " – Mina" in shown[1]] == [True, True]


def test_clicking_a_turn_number_selects_its_words(view: TranscriptView) -> None:
    view.grab()
    start = TEXT.index("And after")
    y = view.range_rects(start, start + 1)[0].center().y()
    QTest.mouseClick(view.turn_margin(), LEFT, pos=QPoint(view.turn_margin().width() - 12, y))
    low, high = view.selection()
    assert TEXT[low:high] == "And after that?"


def test_matches_are_marked(view: TranscriptView) -> None:
    start = TEXT.index("Nobody")
    view.set_matches([(start, start + 6)], (start, start + 6))
    box = view.range_rects(start, start + 6)[0]
    image = view.viewport().grab().toImage()
    assert image.pixelColor(box.left() + 1, box.top() + 2).name() == LIGHT.find_current


def test_many_overlaps_stay_inside_the_gutter(view: TranscriptView) -> None:
    view.set_codings([Highlight(f"g{i}", 50 + i, 120, "#2d5ed4", f"Name {i}") for i in range(9)])
    view.grab()
    boxes = [view.gutter().stripe_box(f"g{i}") for i in range(9)]
    lefts = [box.left() for box in boxes if box]
    assert len(lefts) == 9
    assert lefts == sorted(lefts)
    assert len(set(lefts)) == 9
    assert all(box is not None and box.right() <= view.gutter().width() for box in boxes)
    for index, box in enumerate(boxes):
        assert box is not None
        stripe = view.gutter().stripe_at(box.center())
        assert stripe is not None
        assert stripe.placed.guid == f"g{index}"


def test_stripes_do_not_depend_on_where_one_scrolled_to(view: TranscriptView) -> None:
    text = long_view(view)
    view.set_codings(
        [
            Highlight(
                f"g{i}", i * 61 % len(text), i * 61 % len(text) + 30 + i * 37 % 500, "#2d5ed4", f"Name {i}"
            )
            for i in range(0, len(text) // 61, 2)
            if i % 40 < 25
        ]
    )
    gutter, page = view.gutter(), view._pane
    page.plan.forget()
    whole = {s.placed.guid: s for s in page.plan.stripes(0, 10**6, 50, 16)}
    assert max(stripe.x for stripe in whole.values()) > 0
    for y in range(0, 9000, 700):
        page.plan.forget()
        seen = page.plan.stripes(y, y + gutter.height(), 50, 16)
        assert [stripe for stripe in seen if stripe != whole[stripe.placed.guid]] == []
        shown = {s.placed.guid for s in whole.values() if s.bottom >= y and s.top <= y + gutter.height()}
        assert shown <= {stripe.placed.guid for stripe in seen}
        assert y < 2000 or len(seen) < len(whole)


def test_the_caret_can_be_seen_and_the_text_reached(view: TranscriptView) -> None:
    flags = view._pane.textInteractionFlags()
    assert flags & Qt.TextInteractionFlag.TextSelectableByKeyboard
    assert view._pane.accessibleName() == "Transcript"
    QTest.keyClick(view.viewport(), Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert view.selection() == (len(TEXT), len(TEXT))


def test_an_empty_page_shows_nothing_and_takes_everything(view: TranscriptView) -> None:
    view.show_transcript(None)
    view.set_codings([Highlight("a", 0, 5, "#2d5ed4")])
    view.set_matches([(0, 3)])
    view.grab()
    assert view.codings() == []
    assert view.next_coding() is None
    assert view.selection() == (0, 0)
