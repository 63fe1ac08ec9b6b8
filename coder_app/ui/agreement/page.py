"""The Agreement page: tabs on top, a section below each; a section is built when it is first shown."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout

from coder_app.core.changes import Changes
from coder_app.ui.actions import Action, ActionSet
from coder_app.ui.agreement.desk import Desk
from coder_app.ui.agreement.section import PageActions, Section, SectionedPage
from coder_app.ui.agreement.sections import SECTIONS, section_rows
from coder_app.ui.page import ActionTable
from coder_app.ui.widgets.parts import line


class AgreementPage(SectionedPage):
    """Knows its sections by :data:`SECTIONS` only."""

    key = "agreement"
    interests = Changes.NONE  # sections listen for themselves
    all_actions: PageActions | None = None

    @classmethod
    def action_tables(cls) -> list[ActionTable]:
        own = ActionTable("", cls, section_rows(SECTIONS))
        return [own, *(ActionTable(spec.title, kind, kind.actions_table())
                       for spec in SECTIONS for kind in (spec.load(),))]  # fmt: skip

    @classmethod
    def actions_table(cls) -> list[Action]:
        return [row for table in cls.action_tables() for row in table.rows]

    def make_actions(self) -> ActionSet:
        self.all_actions = PageActions(self.ctx, section_rows(SECTIONS), self)
        return self.all_actions

    def build(self) -> None:
        self.desk = Desk(self.ctx, tuple(spec.key for spec in SECTIONS), self)
        self.current = ""
        self.sections: dict[str, Section] = {}
        self.bar = QTabBar()
        self.bar.setDocumentMode(True)
        self.bar.setExpanding(False)
        self.bar.setDrawBase(False)
        self.bar.setUsesScrollButtons(True)
        self.bar.setElideMode(Qt.TextElideMode.ElideNone)
        self.bar.setAccessibleName(self.tr("Sections of the agreement page"))
        self.stack = QStackedWidget()
        for spec in SECTIONS:
            section = spec.load()(self.ctx, self.desk)
            section.actionsStale.connect(partial(self._stale_in, spec.key))
            self.sections[spec.key] = section
            self.stack.addWidget(section)
            title = QCoreApplication.translate("Actions", spec.title)
            at = self.bar.addTab(title.replace("&", "&&"))
            self.bar.setTabToolTip(at, f"{title} (Alt+{at + 1})")
        self.bar.setVisible(len(SECTIONS) > 1)
        under = line()
        under.setVisible(len(SECTIONS) > 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(under)
        column.addWidget(self.stack, 1)
        self.bar.currentChanged.connect(self._tab_chosen)
        self.desk.sectionWanted.connect(self.show_section)

    # Which section is shown

    def enter(self) -> None:
        if self.current:
            self.sections[self.current].come_up()
        else:
            self.show_section(SECTIONS[0].key)

    def leave(self) -> None:
        if self.current:
            self.sections[self.current].go_away()

    def show_section(self, key: str) -> None:
        """Bring up a section (it is built the first time); an unknown key is left alone."""
        if key not in self.sections or key == self.current:
            return
        self.leave()
        section = self.sections[key]
        first = not section.built
        if first:
            section.ensure_built()
            if self.all_actions is not None:
                self.all_actions.parts[key].catch_up()
        self.current = key
        self.stack.setCurrentWidget(section)
        self.bar.setCurrentIndex(list(self.sections).index(key))
        section.come_up()
        self.update_actions()

    def _tab_chosen(self, at: int) -> None:
        """By a click or an arrow key, with which the focus stays on the tabs."""
        on_tabs = self.bar.hasFocus()
        self.show_section(list(self.sections)[at])
        if on_tabs:
            self.bar.setFocus(Qt.FocusReason.TabFocusReason)

    def _stale_in(self, key: str) -> None:
        if key == self.current:
            self.update_actions()

    # What the rows of the sections' keys call

    def show_figures(self) -> None:
        self.show_section("figures")

    def show_settle(self) -> None:
        self.show_section("settle")

    def show_codebooks(self) -> None:
        self.show_section("codebooks")

    def show_stability(self) -> None:
        self.show_section("stability")

    def show_paper(self) -> None:
        self.show_section("paper")
