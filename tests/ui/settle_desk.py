"""The section “Settle” over a small coded study, and how tests read it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from ui.agreement_study import FEAR, OPEN, TOLD, Study, make_coded, open_section, press

from coder_app.core.model import CONSENSUS, Coding
from coder_app.project.comparing import Choice
from coder_app.project.project import Project
from coder_app.ui.agreement.settle.items_model import PLACE, VERSIONS
from coder_app.ui.agreement.settle.section import SettleSection


def three_coders(study: Study) -> str:
    """Cleo codes, too: Fear on the first and the third answer, Open on the fifth. Returns her GUID."""
    cleo = study.project.coders.add("Cleo")
    study.put(cleo, {0: (FEAR,), 2: (FEAR,), 4: (OPEN,)})
    study.finish(cleo)
    return cleo


def coded_study(path: Path, *, round: bool = True) -> Study:
    """Ann and Ben differ on the answers 1, 2 and 4, and agree on 0; “Round 1” keeps it."""
    study = make_coded(path)
    if round:
        study.project.rounds.make("Round 1", Choice(coders=(study.ann, study.ben)))
    return study


@dataclass
class SettleDesk:
    qtbot: QtBot
    study: Study
    section: SettleSection

    @classmethod
    def open(cls, qtbot: QtBot, study: Study) -> SettleDesk:
        section = open_section(qtbot, study.project, "settle")
        assert isinstance(section, SettleSection)
        section.tester = QAbstractItemModelTester(  # type: ignore[attr-defined]
            section.model, QAbstractItemModelTester.FailureReportingMode.Fatal, section
        )
        return cls(qtbot, study, section)

    # Doing

    def press(self, *ids: str) -> None:
        """Press the keys of rows of the table of commands."""
        for id in ids:
            press(self.qtbot, self.section, id)

    def key(self, key: Qt.Key, widget: QWidget | None = None) -> None:
        """A key where the focus is."""
        focus = widget or QApplication.focusWidget() or self.section.focusWidget() or self.section
        QTest.keyClick(focus, key)
        QApplication.processEvents()

    def type(self, text: str) -> None:
        QTest.keyClicks(QApplication.focusWidget() or self.section, text)
        QApplication.processEvents()

    # Reading the screen

    def rows(self) -> list[tuple[str, str]]:
        """(place, each coder's codes) of the list."""
        model = self.section.model
        return [
            (str(model.index(row).data(PLACE)), str(model.index(row).data(VERSIONS)))
            for row in range(model.rowCount())
        ]

    @property
    def answer(self) -> int | None:
        """Which of the study's answers is at the cursor; None for none."""
        entry = self.section.entry
        return None if entry is None else self.study.words.index(entry.item.place)

    @property
    def progress(self) -> str:
        return self.section.head.progress.text()

    @property
    def before(self) -> list[str]:
        return [value.text().replace("\u00a0", " ") for value in self.section.head.figures.before]

    @property
    def after(self) -> list[str]:
        return [value.text().replace("\u00a0", " ") for value in self.section.head.figures.after]

    # Reading the file

    def consensus(self) -> list[tuple[int, str]]:
        """(answer, code) of the consensus in the project's file, read by another connection."""
        with Project.from_snapshot(self.study.project.path.read_bytes()) as copy:  # type: ignore[union-attr]
            tree = copy.codes.tree()
            return sorted(
                (self._answer_of(coding), tree[coding.code or ""].name)
                for coding in copy.codings.all([CONSENSUS])
            )

    def consensus_words(self) -> list[tuple[str, str]]:
        """(words, code) of the consensus in the project's file."""
        with Project.from_snapshot(self.study.project.path.read_bytes()) as copy:  # type: ignore[union-attr]
            tree = copy.codes.tree()
            found = []
            for coding in copy.codings.all([CONSENSUS]):
                text = copy.documents.content(coding.document).text
                found.append((text[coding.start : coding.end], tree[coding.code or ""].name))
            return sorted(found)

    def originals(self) -> list[Coding]:
        """Everybody's own codings in the file."""
        with Project.from_snapshot(self.study.project.path.read_bytes()) as copy:  # type: ignore[union-attr]
            return copy.codings.all()

    def _answer_of(self, coding: Coding) -> int:
        for number, (document, start, end) in enumerate(self.study.words):
            if document == coding.document and start <= coding.start and coding.end <= end:
                return number
        raise AssertionError("a coding outside of every answer")


__all__ = ["FEAR", "OPEN", "TOLD", "SettleDesk", "coded_study", "three_coders"]
