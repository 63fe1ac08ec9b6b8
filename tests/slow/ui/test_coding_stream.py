"""A stream of things done on the page, taken back to the start, leaves the study as it was."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select
from ui.coding_desk import CodingDesk, settle

from coder_app.core.model import Level
from coder_app.project import schema
from coder_app.project.checking import check, fingerprint
from coder_app.project.project import Project

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


class Person:
    """Works on the page at random, by its commands and its keys."""

    def __init__(self, desk: CodingDesk, random: Random) -> None:
        self.desk, self.page, self.random = desk, desk.page, random
        self.begun = standing(desk.project)
        self.actions: list[Callable[[], object]] = [
            self.apply_by_name,
            self.apply_by_name,
            self.apply_new,
            self.drop_passage,
            self.drop_code,
            lambda: self.select() and desk.keys("F8"),
            lambda: self.select() and desk.keys("Ctrl+H"),
            lambda: self.select() and desk.keys("Ctrl+R"),
            self.name_next,
            lambda: self.choose() and desk.keys(random.choice(["Alt+Right", "Alt+Left"])),
            lambda: self.choose() and desk.keys(random.choice(["Alt+Shift+Right", "Alt+Shift+Left"])),
            lambda: self.choose() and desk.keys("Delete"),
            lambda: self.choose() and desk.keys("Ctrl+Shift+X"),
            self.recode,
            self.memo,
            lambda: desk.keys("Ctrl+Shift+G"),
            lambda: desk.keys(random.choice(["Ctrl+PgDown", "Ctrl+PgUp"])),
            lambda: desk.keys("Ctrl+Shift+E"),
            self.undo,
            lambda: desk.keys("Ctrl+Shift+Z"),
            self.change_codebook,
        ]

    def undo(self) -> bool:
        """Take back one's latest action on the page; False where all are taken back."""
        if standing(self.desk.project) <= self.begun:
            return False
        self.page.popup.leave()
        self.page.go_text()
        self.desk.keys("Ctrl+Z")
        return True

    def act(self) -> None:
        self.page.popup.leave()
        self.page.go_text()
        self.random.choice(self.actions)()
        settle()

    def select(self) -> bool:
        words = self.desk.text.split()
        at = self.random.randrange(len(words) - 4)
        text = self.desk.text
        start = text.index(words[at])
        self.page.view.select(start, min(len(text), start + self.random.randint(1, 40)))
        return True

    def choose(self) -> bool:
        if not self.page.codings:
            return False
        coding = self.random.choice(self.page.codings)
        self.page.view.clear_selection()
        self.page._coding_chosen(coding.guid)
        return True

    def code(self) -> str:
        return self.random.choice([guid for guid, _ in self.desk.project.codes.tree().walk()])

    def apply_by_name(self) -> None:
        self.select()
        self.desk.keys("Ctrl+Return")
        self.page.popup.line.insert(self.desk.project.codes.tree()[self.code()].name)
        self.desk.keys("Return")

    def apply_new(self) -> None:
        self.select()
        self.desk.type(f"n{self.random.randrange(30)}")
        self.desk.keys("Return")

    def drop_passage(self) -> None:
        self.select()
        self.page.tree.passageDropped.emit(self.code())

    def drop_code(self) -> None:
        self.select()
        self.page.view.codeDropped.emit(self.code(), *self.page.view.selection())

    def name_next(self) -> None:
        self.desk.keys("F7")
        if self.page.popup.isVisible():
            self.desk.type(self.random.choice("tns"))
            self.desk.keys("Return")

    def recode(self) -> None:
        if self.choose():
            self.desk.keys("Ctrl+E")
            if self.page.popup.isVisible():
                self.desk.type(self.random.choice(["t", "not", f"r{self.random.randrange(9)}"]))
                self.desk.keys("Return")

    def memo(self) -> None:
        self.random.choice([self.select, self.choose])()
        self.desk.keys("Ctrl+Shift+K")
        self.desk.type(f"m{self.random.randrange(99)}")
        self.desk.keys("Ctrl+Return")

    def change_codebook(self) -> None:
        codes, guid = self.desk.project.codes, self.code()
        self.desk.ctx.run(
            self.random.choice(
                [
                    lambda: codes.rename(guid, f"name {self.random.randrange(99)}"),
                    lambda: codes.delete([guid], below=False),
                    lambda: codes.add(f"free {self.random.randrange(999)}"),
                    lambda: codes.set_level([guid], Level.CODE),
                ]
            )
        )


def standing(project: Project) -> int:
    """How many actions of the current coder undo could take back."""
    entry = schema.undo_entry.c
    mine = entry.coder == project.coders.current.guid
    return int(project.connection.scalar(select(func.count()).where(mine, entry.undone.is_(None))) or 0)


def true_on_screen(desk: CodingDesk) -> None:
    """What is painted and counted is what the project holds."""
    project, page = desk.project, desk.page
    assert page.transcript is not None
    held = project.codings.of_document(page.transcript.document.guid, desk.ctx.coders_shown())
    assert [h.guid for h in page.view.codings()] == [c.guid for c in sorted(held, key=_reading)]
    assert {h.guid: (h.start, h.end) for h in page.view.codings()} == {c.guid: (c.start, c.end) for c in held}
    assert page.tree.model.counts == project.queries.counts(desk.ctx.coders_shown())
    assert page.waiting_now == len(project.codings.unnamed([project.coders.current.guid]))
    assert page.status.currentData() == page.status_now().value


def _reading(coding):  # type: ignore[no-untyped-def]
    return coding.start, -coding.end, coding.guid


@pytest.mark.parametrize("seed", range(3))
def test_everything_undone_gives_the_first_state(qtbot: QtBot, project: Project, seed: int) -> None:
    project.coders.switch(project.coders.named("Ben").guid)
    (told,) = project.codes.tree().named("Not being told")
    project.codings.apply(project.documents.all()[0].guid, 40, 70, told.guid)
    desk = CodingDesk(project)
    qtbot.addWidget(desk.window)
    first = fingerprint(project)
    person = Person(desk, Random(seed))
    for number in range(70):
        person.act()
        if number % 10 == 0:
            true_on_screen(desk)
    last = fingerprint(project)
    assert last != first
    steps = 0
    while person.undo():
        steps += 1
    true_on_screen(desk)
    assert fingerprint(project) == first
    for _ in range(steps):
        desk.keys("Ctrl+Shift+Z")
    true_on_screen(desk)
    assert fingerprint(project) == last
    assert check(project).ok
    desk.close()
