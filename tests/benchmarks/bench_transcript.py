"""How fast a transcript opens, changes and scrolls. Run by hand.

Each figure stands beside its limit measured in the same run: the same text in a bare text widget.
"""

from __future__ import annotations

import os
import random
import re
import statistics
import time
from collections.abc import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QPlainTextEdit, QTextEdit, QWidget

from coder_app.core.model import Document, Role, Speaker, Transcript, Turn
from coder_app.core.palette import COLORS
from coder_app.ui.transcript import Highlight, TranscriptView
from coder_app.ui.transcript.colors import LIGHT

WORDS = tuple(
    """the and of to I was we they peer when came felt because nobody working understand really support
    supervisor meeting hospital ward patient colleague remember something different""".split()  # noqa: SIM905
)


def make(words: int, turn_length: int, seed: int = 1) -> Transcript:
    """A transcript of about ``words`` words in turns of ``turn_length`` words, with time stamps."""
    rng = random.Random(seed)
    text, turns = "", []
    for number in range(words // turn_length):
        head = f"[00:{number // 60 % 60:02}:{number % 60:02}] {('Interviewer', 'Anna')[number % 2]}: "
        start = len(text)
        text += head + " ".join(rng.choice(WORDS) for _ in range(turn_length)) + "."
        turns.append(Turn(number + 1, start, start + len(head), len(text), number % 2, float(number)))
        text += "\n\n"
    speakers = (
        Speaker("i", "d", "Interviewer", Role.INTERVIEWER, None),
        Speaker("a", "d", "Anna", Role.PARTICIPANT, None),
    )
    return Transcript(Document("d", "Title", "", "", len(text)), text, speakers, tuple(turns))


def marks(text: str, count: int, seed: int = 2) -> list[Highlight]:
    """``count`` codings of 20 to 400 characters, as dense as a real one."""
    rng = random.Random(seed)
    found = []
    for number in range(count):
        start = rng.randrange(len(text) - 400)
        name = f"Code {number % 40}"
        end = start + rng.randrange(20, 400)
        found.append(Highlight(str(number), start, end, COLORS[number % 14], name, mine=number % 5 > 0))
    return found


def eights(transcript: Transcript) -> list[tuple[int, int]]:
    """Meaning units of eight words each: as many as short sentences would be."""
    found = []
    for turn in transcript.turns:
        eight = re.compile(r"(?:\S+\s+){8}")
        starts = [turn.body, *(match.end() for match in eight.finditer(transcript.text, turn.body, turn.end))]
        ends = [*starts[1:], turn.end]
        found += [(low, high - 1) for low, high in zip(starts, ends, strict=True) if high - low > 2]
    return found


def milliseconds(work: Callable[[], object], repeat: int) -> float:
    """The median time of ``work``."""
    times = []
    for _ in range(repeat):
        before = time.perf_counter()
        work()
        times.append((time.perf_counter() - before) * 1000)
    return statistics.median(times)


def painted(widget: QWidget) -> None:
    """Let the widget paint what is out of date and return when it has."""
    QApplication.processEvents()


def opening(
    view: TranscriptView, transcript: Transcript, codings: list[Highlight]
) -> tuple[float, float, float]:
    """Another text in a bare QPlainTextEdit, a bare QTextEdit and the view, all open, in turns."""
    bare: list[QTextEdit | QPlainTextEdit] = [QPlainTextEdit(), QTextEdit()]
    for widget in bare:
        widget.setReadOnly(True)
        widget.resize(1000, 700)
        widget.show()
    painted(view)

    def show_bare(widget: QTextEdit | QPlainTextEdit) -> None:
        widget.setPlainText(transcript.text)
        painted(widget)

    def show_view() -> None:
        view.show_transcript(transcript)
        view.set_codings(codings)
        painted(view)

    times: list[list[float]] = [[], [], []]
    for _ in range(9):
        for index, work in enumerate((lambda: show_bare(bare[0]), lambda: show_bare(bare[1]), show_view)):
            times[index].append(milliseconds(work, 1))
    for widget in bare:
        widget.close()
    plain, rich, ours = (statistics.median(series) for series in times)
    return plain, rich, ours


def row(name: str, value: float, limit: float | None, aim: str) -> None:
    beside = f"{limit:8.1f}" if limit is not None else "       -"
    share = f"{value / limit:5.2f} x" if limit else "      -"
    print(f"{name:58} {value:8.1f} {beside} {share}   {aim}")


def measure(words: int, count: int) -> None:
    transcript = make(words, 50)
    text = transcript.text
    codings = marks(text, count)
    view = TranscriptView(colors=LIGHT)
    view.resize(1000, 700)
    view.show()
    painted(view)
    print(f"\n{words} words, {len(transcript.turns)} turns, {count} codings{'':22} ms    limit")
    plain, rich, ours = opening(view, transcript, codings)
    row("bare QPlainTextEdit: set text, until painted", plain, None, "")
    row("bare QTextEdit: set text, until painted", rich, None, "")
    row("open, until painted, beside bare QTextEdit", ours, rich, "2 x, 150 ms")
    row("  without codings", opening(view, transcript, [])[2], rich, "")

    view.restore_place(codings[0].start)
    view.set_codings(codings)
    painted(view)
    flip = [codings, [*codings[1:], Highlight("0", codings[0].start, codings[0].end + 30, "#b23b19", "X")]]
    state = {"n": 0}

    def change() -> None:
        state["n"] += 1
        view.set_codings(flip[state["n"] % 2])
        painted(view)

    def nothing() -> None:
        view.viewport().update()
        view.gutter().update()
        painted(view)

    def restore() -> None:
        view.restore_place(len(text) - 200 if state["n"] % 2 else 0)
        state["n"] += 1
        painted(view)

    bare = QTextEdit(plainText=text, readOnly=True)
    bare.resize(1000, 700)
    bare.show()
    painted(bare)
    bare_repaint = milliseconds(lambda: (bare.viewport().update(), painted(bare)), 20)
    row("bare QTextEdit: repaint", bare_repaint, None, "")
    row("repaint", milliseconds(nothing, 20), None, "")
    row("set_codings after one change, until painted", milliseconds(change, 20), None, "10 ms")
    row(
        "select a coding, until painted",
        milliseconds(lambda: (view.next_coding(), painted(view)), 20),
        None,
        "",
    )
    row("jump between beginning and end, until painted", milliseconds(restore, 10), None, "")
    bar = view._pane.verticalScrollBar()

    def scroll() -> None:
        bar.setValue(bar.value() + 60)
        painted(view)

    bar.setValue(0)
    row("scroll by 60 pixels, until painted", milliseconds(scroll, 30), None, "16 ms")
    bare_scroll = milliseconds(scroll, 30)
    units = eights(transcript)
    row(f"show {len(units)} meaning units, until painted", milliseconds(
        lambda: (view.set_units(units), painted(view)), 10), None, "10 ms")  # fmt: skip
    row("repaint with meaning units", milliseconds(nothing, 20), None, "")
    bar.setValue(0)
    row("scroll by 60 pixels with meaning units", milliseconds(scroll, 30), bare_scroll, "16 ms")
    step = {"n": 0}

    def go() -> None:
        step["n"] += 1
        place = units[step["n"] % len(units)]
        view.set_unit(place)
        view.select(*place)
        view.scroll_to(*place)
        painted(view)

    view.restore_place(0)
    row("step to the next unit, until painted", milliseconds(go, 60), None, "16 ms")
    view.set_units([])
    row("zoom, until painted", milliseconds(lambda: (view.zoom_by(1), painted(view)), 4), None, "")
    view.close()
    bare.close()


def main() -> None:
    QApplication([])
    measure(10_000, 400)
    measure(30_000, 1_200)


if __name__ == "__main__":
    main()
