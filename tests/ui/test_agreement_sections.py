"""The tabs of the Agreement page: sections that are built when first shown, with keys of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout
from pytestqt.qtbot import QtBot
from ui.agreement_study import Study, make_coded, open_agreement

from coder_app.core.changes import Changes
from coder_app.ui.actions import Action
from coder_app.ui.agreement import page as shell
from coder_app.ui.agreement.section import Section, SectionSpec
from coder_app.ui.agreement.sections import SECTIONS
from coder_app.ui.context import Context
from coder_app.ui.settings import Settings
from coder_app.ui.window import Window
from coder_app.ui.work import Work

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


class Noted(Section):
    """Notes what happens to it; ``Ctrl+B`` is a key of “Figures” too."""

    key = "noted"

    @classmethod
    def actions_table(cls) -> list[Action]:
        return [
            Action("noted_do", "&Do", "do", "view", "Ctrl+B", when="ready"),
            Action("noted_letter", "&Letter", "letter", "coding", "F5", scope="edit"),
        ]

    def build(self) -> None:
        self.ready = True
        self.log: list[object] = []
        self.edit = QLineEdit()
        QVBoxLayout(self).addWidget(self.edit)

    def refresh(self, changes: Changes) -> None:
        self.log.append(changes)

    def enter(self) -> None:
        self.log.append("enter")
        self.edit.setFocus()

    def leave(self) -> None:
        self.log.append("leave")

    def do(self) -> None:
        self.log.append("do")

    def letter(self) -> None:
        self.log.append("letter")


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Study]:
    two = (SECTIONS[0], SectionSpec("settle", "Settle", "check", f"{__name__}:Noted"))
    monkeypatch.setattr(SectionSpec, "load", _load)
    monkeypatch.setattr(shell, "SECTIONS", two)
    made = make_coded(tmp_path / "study.coder")
    yield made
    made.project.close()


_real_load = SectionSpec.load


def _load(spec: SectionSpec) -> type[Section]:
    return Noted if spec.key == "settle" else _real_load(spec)


def test_a_section_is_built_when_first_shown_and_refreshed_while_shown(qtbot: QtBot, study: Study) -> None:
    page = open_agreement(qtbot, study.project)
    noted = page.sections["settle"]
    assert page.current == "figures"
    assert not noted.built
    qtbot.keyClick(page, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert page.current == "settle"
    assert isinstance(noted, Noted)
    assert noted.log == [Changes.EVERYTHING, "enter"]
    assert page.bar.tabText(page.bar.currentIndex()) == "Settle"
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    document, start, end = study.words[3]
    page.ctx.run(study.project.codings.mark, document, start, end)
    assert noted.log[2:] == ["leave"]
    page.desk.sectionWanted.emit("settle")
    assert noted.log[3] & Changes.CODINGS  # type: ignore[operator]
    page.desk.sectionWanted.emit("nowhere")
    assert page.current == "settle"


def test_keys_belong_to_the_section_that_is_shown(qtbot: QtBot, study: Study) -> None:
    page = open_agreement(qtbot, study.project)
    page.show_section("settle")
    noted = page.sections["settle"]
    assert isinstance(noted, Noted)
    for widget, keys in ((noted, "Ctrl+B"), (noted.edit, "F5")):
        qtbot.keySequence(widget, keys)
    assert noted.log[2:] == ["do", "letter"]
    noted.ready = False
    noted.update_actions()
    assert not page.all_actions["noted_do"].isEnabled()
    page.show_section("figures")
    qtbot.keySequence(page.focusWidget(), "Ctrl+B")
    assert noted.log[2:] == ["do", "letter", "leave"]
    assert page.sections["figures"].codes.table.hasFocus()  # type: ignore[attr-defined]


def test_arrow_keys_on_the_tabs_keep_the_focus_there(qtbot: QtBot, study: Study) -> None:
    page = open_agreement(qtbot, study.project)
    page.bar.setFocus()
    qtbot.keyClick(page.bar, Qt.Key.Key_Right)
    assert page.current == "settle"
    assert page.bar.hasFocus()


def test_menus_hold_the_rows_of_the_section_shown(qtbot: QtBot, study: Study) -> None:
    ctx = Context(Settings.load(), Work(inline=True))
    window = Window(ctx)
    qtbot.addWidget(window)
    window.show()
    ctx.set_project(study.project)
    window.show_page("agreement")
    rows = window.page_actions["agreement"]
    assert not rows["noted_do"].isVisible()
    assert not window.menus.menus["coding"].menuAction().isVisible()
    window.show_page("code")
    window._go_and_do("agreement", "noted_do")  # as the search box does
    assert window.current == "agreement"
    page = window.pages["agreement"]
    assert isinstance(page, shell.AgreementPage)
    noted = page.sections["settle"]
    assert isinstance(noted, Noted)
    assert noted.log[-1] == "do"
    assert rows["noted_do"].isVisible()
    assert not rows["agreement_copy"].isVisible()
    assert window.menus.menus["coding"].menuAction().isVisible()
    QApplication.processEvents()
    assert ("Agreement – Settle", Noted.actions_table()) in window.action_groups()
