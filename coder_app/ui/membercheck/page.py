"""The Member check page: participants, findings in plain words, and each document as it will read."""

from __future__ import annotations

import time

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from coder_app.core.changes import Changes
from coder_app.core.model import Code
from coder_app.ui.actions import Action
from coder_app.ui.codebook.wording import short
from coder_app.ui.membercheck import document
from coder_app.ui.membercheck.commands import member_check_rows
from coder_app.ui.membercheck.counting import OwnWords, asked_nodes
from coder_app.ui.membercheck.findings import FindingCard, FindingsList
from coder_app.ui.membercheck.panes import Panes
from coder_app.ui.membercheck.people import HEAD_HEIGHT, PeopleList
from coder_app.ui.page import Page
from coder_app.ui.report import files
from coder_app.ui.report.coders import CodersChoice
from coder_app.ui.report.exporting import Exporter, Exports
from coder_app.ui.report.job import Order
from coder_app.ui.report.paper import Paper
from coder_app.ui.widgets.parts import EmptyState, button, label
from coder_app.ui.widgets.splitters import remember

FOLDER = "member-check"
_SLICE = 0.05
"""Seconds of counting before the window is served again."""
_PAUSE = 120
"""Milliseconds without typing after which the preview follows."""


class MemberCheckPage(Exports, Page):
    """``people`` and ``findings`` hold what is chosen, ``paper`` shows the current participant's document."""

    key = "membercheck"
    interests = Changes.EVERYTHING & ~(Changes.MEMOS | Changes.PROGRESS)

    @classmethod
    def actions_table(cls) -> list[Action]:
        return member_check_rows()

    # Making

    def build(self) -> None:
        self.people = PeopleList()
        self.findings = FindingsList(self.ctx)
        self.coders = CodersChoice(self.ctx)
        self.paper = Paper(self.ctx)
        self.paper.setAccessibleName(self.tr("Preview of the document"))
        self.paper_title = label("", "strong")
        self.warning = label("", wrap=True)
        for words in (self.paper_title, self.warning):  # a long name does not make the window wide
            words.setMinimumWidth(1)
        self.export_button = button(self.tr("Export…"), self.export, kind="primary", icon="export")
        self.stop_button = button(self.tr("Stop the export"), self.cancel_export, icon="close")
        self.exporter = Exporter(self.ctx, self)
        self.ways: dict[str, QPushButton] = {}
        """Page -> the button of an empty state that leads there."""
        self._words: OwnWords | None = None
        self._saving = False
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._counting = QTimer(self, interval=0)
        self._lay_out()
        self._connect()
        self._show_state()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.coders, 1)
        top.addWidget(self.stop_button, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.export_button, 0, Qt.AlignmentFlag.AlignTop)
        words = label(self.tr("Findings in plain words"), "strong")
        self.panes = Panes(self.tr("Parts of the page"))
        self.reading = _headed(self.paper_title, self.paper)
        self.writing = _headed(words, self.findings)
        self.panes.add(self.tr("Participants"), self.people, 235)
        self.panes.add(self.tr("Plain words"), self.writing, 335)
        self.panes.add(self.tr("Preview"), self.reading, 620, stretch=1)
        self.panes.splitter.setSizes([235, 335, 640])
        remember(self.ctx, {"membercheck": self.panes.splitter})
        self.warnings = QFrame()
        self.warnings.setProperty("kind", "warning")
        QVBoxLayout(self.warnings).addWidget(self.warning)
        work = QWidget()
        whole = QVBoxLayout(work)
        whole.setContentsMargins(16, 12, 16, 14)
        whole.setSpacing(10)
        whole.addLayout(top)
        whole.addWidget(self.panes, 1)
        whole.addWidget(self.warnings)
        whole.addWidget(self.exporter.banner)
        self.stack = QStackedWidget()
        for part in (work, self._no_people(), self._no_findings()):
            self.stack.addWidget(part)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.stack)

    def _empty(self, icon: str, title: str, text: str, go: str, key: str) -> QWidget:
        empty = EmptyState(icon, title, "")
        empty.say(text)
        self.ways[key] = empty.add_button(button(go, lambda: self._go(key), kind="primary"))
        return empty

    def _no_people(self) -> QWidget:
        text = self.tr(
            "A member check asks participants whether your findings are true to them. Match the speakers of"
            " the transcripts to participants first."
        )
        title, go = self.tr("Nobody to ask yet"), self.tr("Go to Transcripts")
        return self._empty("participant", title, text, go, "transcripts")

    def _no_findings(self) -> QWidget:
        text = self.tr("Participants are asked about the themes. Group your codes into themes first.")
        title, go = self.tr("Nothing to ask about yet"), self.tr("Go to Themes")
        return self._empty("themes", title, text, go, "themes")

    def _go(self, key: str) -> None:
        self.ctx.pageWanted.emit(key)

    def _connect(self) -> None:
        self.people.currentChanged.connect(lambda: self._show_document(keep_place=False))
        self.people.chosenChanged.connect(self._show_warning)
        self.findings.chosenChanged.connect(self._recount)
        self.findings.cardLeft.connect(self._save)
        self.findings.typed.connect(self._pause.start)
        self._pause.timeout.connect(self._follow_typing)
        self._counting.timeout.connect(self._count_slice)
        self.coders.changed.connect(self._recount)
        self.exporter.stateChanged.connect(self._show_state)
        self.ctx.zoomChanged.connect(self._take_zoom)

    # Showing

    def refresh(self, changes: Changes) -> None:
        self.coders.reload()
        self.findings.put(asked_nodes(self.ctx.project))
        people = self.ctx.project.participants.all()
        self.stack.setCurrentIndex(1 if not people else 0 if self.findings.cards else 2)
        self._recount()

    def retheme(self) -> None:
        self._show_document()

    def enter(self) -> None:
        if self.people.uncounted():
            self._counting.start()
        focus: tuple[QWidget, ...] = (self.people, self.ways["transcripts"], self.ways["themes"])
        focus[self.stack.currentIndex()].setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        self.flush()
        self._pause.stop()
        self._counting.stop()

    def _asked(self) -> list[Code]:
        return [card.node for card in self.findings.chosen]

    def _recount(self) -> None:
        """Look up everybody's quotes for the findings chosen, in slices that nobody notices."""
        project = self.ctx.project
        self._words = OwnWords(project, self._asked(), self.coders.guids)
        self.people.put(project.participants.all())
        self._counting.start()
        self._count_slice()
        self._show_document()

    def _count_slice(self) -> None:
        end = time.perf_counter() + _SLICE
        assert self._words is not None
        for person in self.people.uncounted():
            self.people.set_quotes(person, self._words.quotes(person), choose=bool(self.findings.chosen))
            if time.perf_counter() > end:
                return
        self._counting.stop()
        self._show_warning()

    def _show_document(self, *, keep_place: bool = True) -> None:
        person = self.people.current
        if person is None or self._words is None:
            return
        self.paper_title.setText(self.tr("What {participant} will read").format(participant=person.label))
        own = self._words.of(person)
        asked = [
            document.Asked(card.node.name, card.text or card.definition, own.get(card.node.guid, ()))
            for card in self.findings.chosen
        ]
        document.show(self.paper, self.ctx.project.name, person, asked, keep_place=keep_place)

    def _take_zoom(self) -> None:
        if self.ctx.has_project:
            self._show_document()

    def _follow_typing(self) -> None:
        self._pause.stop()
        self._show_document()
        self._show_warning()

    def _show_warning(self) -> None:
        """What is missing, said calmly; and whether there is anything to export."""
        people, cards = self.people.chosen, self.findings.chosen
        lines = []
        empty = [card for card in cards if not card.text]
        if defined := [card.node.name for card in empty if card.definition]:
            text = self.tr("No plain words yet: {names}. Participants will read the definition.")
            lines.append(text.format(names=_few(defined)))
        if bare := [card.node.name for card in empty if not card.definition]:
            text = self.tr(
                "Neither plain words nor a definition yet: {names}. Participants will read the name only."
            )
            lines.append(text.format(names=_few(bare)))
        if silent := [person.label for person in people if self.people.silent(person)]:
            text = self.tr("No quotes of their own: {names}. Their documents ask without quoting.")
            lines.append(text.format(names=_few(silent)))
        if not people:
            lines = [self.tr("Choose at least one participant.")]
        if left_out := [p.label for p in self.people.people if self.people.silent(p) and p not in people]:
            text = self.tr("No quotes of their own: {names}. Tick them to ask them without quoting.")
            lines.append(text.format(names=_few(left_out)))
        if not cards:
            lines = [self.tr("Choose at least one finding.")]
        self.warning.setText("\n".join(lines))
        self.warnings.setVisible(bool(lines))
        self.export_button.setEnabled(bool(people and cards))
        number = len(people)
        self.export_button.setText(
            self.tr("Export 1 document…")
            if number == 1
            else self.tr("Export {n} documents…").format(n=number)
        )
        self.export_button.setAccessibleName(self.export_button.text())

    def _show_state(self) -> None:
        self.export_button.setVisible(not self.exporter.running)
        self.stop_button.setVisible(self.exporter.running)
        self.update_actions()

    # Plain words

    def flush(self) -> None:
        """Save what was typed here."""
        for card in self.findings.cards:
            self._save(card)

    def _save(self, card: FindingCard) -> None:
        if self._saving or not card.dirty or not self.ctx.writable:
            return
        self._saving = True
        try:
            codes = self.ctx.project.codes
            ok, _ = self.ctx.run(codes.define, card.node.guid, "plain", card.text, initiator=self)
            if ok and card.node.guid in (tree := codes.tree()):
                card.put_saved(tree[card.node.guid])
        finally:
            self._saving = False
        self._follow_typing()

    # Exporting and going about

    def export(self) -> None:
        """Ask for a folder, then write a document for each participant chosen."""
        self.flush()
        people, nodes = self.people.chosen, self._asked()
        if not people or not nodes:
            self.ctx.problem.emit(self.tr("Choose at least one participant and one finding."))
            return
        folder = files.ask_document_folder(
            self, files.home_folder(self.ctx), FOLDER, [person.label for person in people]
        )
        if folder is None:
            return
        order = Order(
            FOLDER,
            folder,
            self.coders.guids,
            tuple(person.guid for person in people),
            tuple(node.guid for node in nodes),
        )
        self.exporter.start(self.tr("Writing the member check"), order)

    def go_people(self) -> None:
        self.panes.bring(self.people)
        self.people.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_findings(self) -> None:
        """To the first finding without plain words, or the first of all."""
        cards = self.findings.cards
        card = next((card for card in cards if not card.text), cards[0] if cards else None)
        if card is not None:
            self.panes.bring(self.writing)
            self.findings.ensureWidgetVisible(card)
            card.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_preview(self) -> None:
        self.panes.bring(self.reading)
        self.paper.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _headed(title: QWidget, body: QWidget) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    title.setMinimumHeight(HEAD_HEIGHT)
    column.addWidget(title)
    column.addWidget(body, 1)
    return made


def _few(names: list[str]) -> str:
    """The first names; the rest as a number."""
    shown = ", ".join(f"“{short(name)}”" for name in names[:3])
    if len(names) <= 3:
        return shown
    text = QCoreApplication.translate("MemberCheckPage", "{names} and {n} more")
    return text.format(names=shown, n=len(names) - 3)
