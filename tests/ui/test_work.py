"""Long work: beside the window, with progress, cancel, and late answers dropped."""

from __future__ import annotations

import threading
import time
from collections.abc import Generator

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from coder_app.core.errors import UserError
from coder_app.ui import work as work_module
from coder_app.ui.child import ChildError
from coder_app.ui.widgets.progress import WorkProgress
from coder_app.ui.work import Progress, Work

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def double(number: int, *, progress: Progress) -> int:
    progress(1, 1)
    return 2 * number


def refuse(*, progress: Progress) -> None:
    raise UserError("It cannot be done.")


def break_down(*, progress: Progress) -> None:
    raise ZeroDivisionError("a mistake")


def forever(*, progress: Progress) -> None:
    threading.Event().wait()


def test_a_thread_answers_in_the_windows_thread(qtbot: QtBot) -> None:
    work, seen = Work(), []

    def where(*, progress: Progress) -> str:
        return threading.current_thread().name

    with qtbot.waitSignal(work.ended):
        work.in_thread("Reading", where, lambda name: seen.append((name, threading.current_thread().name)))
    assert seen[0][1] == "MainThread"
    assert seen[0][0] != "MainThread"
    assert not work.busy


def test_a_process_computes_and_reports(qtbot: QtBot) -> None:
    work, seen = Work(), []
    with qtbot.waitSignal(work.ended, timeout=20_000):
        job = work.in_process("Counting", double, (21,), seen.append)
        reports: list[tuple[int, int]] = []
        job.progressed.connect(lambda done, total: reports.append((done, total)))
    assert seen == [42]
    assert reports == [(1, 1)]


def test_an_expected_problem_is_told_in_its_words(qtbot: QtBot) -> None:
    work, seen, told = Work(), [], []
    work.failed.connect(told.append)
    with qtbot.waitSignal(work.ended, timeout=20_000):
        work.in_process("Trying", refuse, (), seen.append)
    with qtbot.waitSignal(work.ended):
        work.in_thread("Trying", refuse, seen.append, failed=lambda error: told.append(f"own: {error}"))
    assert seen == []
    assert told == ["It cannot be done.", "own: It cannot be done."]


@pytest.mark.parametrize("kind", ["thread", "process"])
def test_a_mistake_reaches_the_crash_report(qtbot: QtBot, kind: str) -> None:
    work = Work()
    with qtbot.captureExceptions() as caught, qtbot.waitSignal(work.ended, timeout=20_000):
        if kind == "thread":
            work.in_thread("Failing", break_down, print)
        else:
            work.in_process("Failing", break_down, (), print)
    error = caught[0][1]
    assert isinstance(error, ZeroDivisionError if kind == "thread" else ChildError)
    assert "a mistake" in str(error)


def test_a_process_is_stopped_at_once(qtbot: QtBot) -> None:
    work, seen, stopped = Work(), [], []
    job = work.in_process("Waiting", forever, (), seen.append, cancelled=lambda: stopped.append(True))
    begun = time.monotonic()
    with qtbot.waitSignal(work.ended, timeout=20_000):
        job.cancel()
    assert time.monotonic() - begun < 15
    assert (seen, stopped) == ([], [True])


def test_a_thread_stops_at_its_next_report(qtbot: QtBot) -> None:
    work, seen, stopped = Work(), [], []
    go = threading.Event()

    def step(*, progress: Progress) -> None:
        go.wait(10)
        progress(1, 2)
        seen.append("went on")

    job = work.in_thread("Stepping", step, seen.append, cancelled=lambda: stopped.append(True))
    with qtbot.waitSignal(work.ended):
        job.cancel()
        go.set()
    assert (seen, stopped) == ([], [True])


def test_a_late_answer_to_an_old_question_is_dropped(qtbot: QtBot) -> None:
    work, seen = Work(), []
    hold = threading.Event()

    def slow(*, progress: Progress) -> str:
        hold.wait(10)
        return "old"

    work.in_thread("Asking", slow, seen.append, key="question")
    work.in_thread("Asking again", lambda progress: "new", seen.append, key="question")
    hold.set()
    qtbot.waitUntil(lambda: not work.busy)
    assert seen == ["new"]


def test_inline_work_is_done_when_the_call_returns() -> None:
    work, seen = Work(inline=True), []
    work.in_process("Counting", double, (4,), seen.append)
    work.in_thread("Reading", lambda progress: progress(3, 3) or "read", seen.append)
    assert seen == [8, "read"]


def test_the_bar_shows_the_work_and_stops_it(qtbot: QtBot) -> None:
    work, stopped = Work(), []
    bar = WorkProgress(work)
    qtbot.addWidget(bar)
    assert bar.isHidden()
    reported, go = threading.Event(), threading.Event()

    def step(*, progress: Progress) -> None:
        progress(4, 4)
        reported.set()
        go.wait(10)
        progress(4, 4)

    work.in_thread("Importing 4 files", step, print, cancelled=lambda: stopped.append(True))
    assert not bar.isHidden()
    assert bar.title.text() == "Importing 4 files"
    reported.wait(10)
    qtbot.waitUntil(lambda: bar.bar.value() == 4)
    assert bar.share.text() == "100 %"
    assert not bar.bar.isTextVisible()
    bar.cancel.click()
    assert bar.title.text() == "Stopping: Importing 4 files"
    with qtbot.waitSignal(work.ended):
        go.set()
    assert stopped == [True]
    assert bar.isHidden()


def counted(
    to: int, log: list[str], *, fail: BaseException | None = None
) -> Generator[tuple[int, int], None, str]:
    try:
        for number in range(to):
            yield number, to
            if fail is not None:
                raise fail
            log.append(f"piece {number}")
    except GeneratorExit:
        log.append("taken back")
        raise
    return "all"


def test_pieces_let_the_window_live(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work_module, "AT_A_STRETCH", 0.0)
    work, log = Work(), list[str]()
    ticking = QTimer(interval=0)
    ticking.timeout.connect(lambda: log.append("window"))
    ticking.start()
    with qtbot.waitSignal(work.ended):
        work.in_pieces("Writing", counted(3, log), log.append)
        assert log == []
    order = [entry for entry, before in zip(log, ["", *log], strict=False) if entry != before]
    assert order[order.index("piece 0") :][:5] == ["piece 0", "window", "piece 1", "window", "piece 2"]
    assert log[-1] == "all"


def test_pieces_are_cancelled_at_once(qtbot: QtBot) -> None:
    work, log = Work(), list[str]()
    bar = WorkProgress(work)
    qtbot.addWidget(bar)
    job = work.in_pieces("Writing", counted(9, log), log.append, cancelled=lambda: log.append("told"))
    job.progressed.connect(lambda done, total: bar.cancel.click() if done == 2 else None)
    qtbot.waitUntil(lambda: not work.busy)
    assert log == ["piece 0", "piece 1", "taken back", "told"]
    assert bar.isHidden()
    job.cancel()
    assert log[-1] == "told"


def test_pieces_tell_what_goes_wrong(qtbot: QtBot) -> None:
    work, told = Work(), list[str]()
    work.failed.connect(told.append)
    with qtbot.waitSignal(work.ended):
        work.in_pieces("Writing", counted(3, told, fail=UserError("The disk is full.")), told.append)
    assert told == ["The disk is full."]
    with qtbot.captureExceptions() as caught, qtbot.waitSignal(work.ended):
        work.in_pieces("Writing", counted(3, told, fail=ZeroDivisionError("a mistake")), told.append)
    assert isinstance(caught[0][1], ZeroDivisionError)


def test_inline_pieces_are_done_when_the_call_returns() -> None:
    log: list[str] = []
    Work(inline=True).in_pieces("Writing", counted(2, log), log.append)
    assert log == ["piece 0", "piece 1", "all"]
