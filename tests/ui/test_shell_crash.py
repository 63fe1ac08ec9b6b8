"""A mistake in the program is shown whole, ready to be copied, and one dialog at a time."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from ui.shell import press

from coder_app.ui.crash import CrashDialog, CrashHandler
from coder_app.ui.widgets.banner import Toast
from coder_app.ui.widgets.disc import disc_color, initials

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def handler(qapp: QApplication) -> Iterator[CrashHandler]:
    logging.getLogger("coder_app.ui.crash").disabled = True
    made = CrashHandler()
    yield made
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, CrashDialog):
            widget.close()
    logging.getLogger("coder_app.ui.crash").disabled = False


def fail(handler: CrashHandler, text: str) -> None:
    try:
        raise ZeroDivisionError(text)
    except ZeroDivisionError:
        kind, error, trace = sys.exc_info()
    assert kind is not None
    assert error is not None
    handler.handle(kind, error, trace)


def shown() -> list[CrashDialog]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, CrashDialog) and w.isVisible()]


def test_the_report_has_versions_and_traceback_and_can_be_copied(handler: CrashHandler) -> None:
    fail(handler, "one")
    dialog = shown()[0]
    for part in ("coder-app", "Python", "PySide6", "in fail", "ZeroDivisionError: one"):
        assert part in dialog.text.toPlainText()
    press(dialog, "Copy the report")
    assert QGuiApplication.clipboard().text() == dialog.report
    assert [b.text() for b in dialog.findChildren(QPushButton)]


def test_a_second_mistake_joins_the_first(handler: CrashHandler) -> None:
    fail(handler, "one")
    fail(handler, "two")
    assert len(shown()) == 1
    assert "two" in shown()[0].report


def test_mistakes_of_other_threads_come_to_the_window(handler: CrashHandler, qtbot: QtBot) -> None:
    worker = threading.Thread(target=fail, args=(handler, "elsewhere"))
    worker.start()
    worker.join()
    qtbot.waitUntil(lambda: len(shown()) == 1)
    assert "elsewhere" in shown()[0].report


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Ann", "A"), ("Aylin Kaya", "AK"), ("jo van der Berg", "JB"), ("김민지", "김"), ("🙂", "?"), ("", "?")],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters
    assert disc_color(name) == disc_color(name)


def test_a_message_goes_by_itself(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    from PySide6.QtWidgets import QWidget

    monkeypatch.setattr("coder_app.ui.widgets.banner.INFO_SECONDS", 0)
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(600, 400)
    page.show()
    toast = Toast(page)
    toast.tell("Undone: Apply code")
    assert toast.isVisible()
    assert page.rect().contains(toast.geometry())
    qtbot.waitUntil(lambda: not toast.isVisible())
