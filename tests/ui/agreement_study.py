"""A small study coded by two coders, with counts made by hand, and the page over it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from helpers import kept
from PySide6.QtCore import QAbstractItemModel
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coder_app.core.model import Level, NewDocument, NewSpeaker, Role, Status, Turn
from coder_app.project.project import Project
from coder_app.ui import theme
from coder_app.ui.agreement.figures import FiguresSection
from coder_app.ui.agreement.page import AgreementPage
from coder_app.ui.agreement.section import Section
from coder_app.ui.context import Context
from coder_app.ui.settings import Settings
from coder_app.ui.work import Work

FEAR, TOLD, OPEN, UNUSED = "<b>Fear</b> & co", "말하지 않음", "Openness", "Unused"
FIRST = ("Fear came first. 🙂", "Nobody told me.", "I said nothing.", "It was summer.")
SECOND = ("Both, I think. פחד", "Yes.")


@dataclass
class Study:
    project: Project
    ann: str
    ben: str
    documents: list[str]
    codes: dict[str, str]
    words: list[tuple[str, int, int]] = field(default_factory=list)
    """The participants' turns, 0 to 5: transcript and place."""

    def put(self, coder: str, given: dict[int, tuple[str, ...]]) -> None:
        """Code whole turns as one of the coders."""
        now = self.project.coders.current.guid
        self.project.coders.switch(coder)
        for turn, names in given.items():
            for name in names:
                document, start, end = self.words[turn]
                self.project.codings.apply(document, start, end, self.codes[name])
        self.project.coders.switch(now)

    def finish(self, *coders: str) -> None:
        for coder in coders:
            self.project.documents.set_statuses(self.documents, Status.FINISHED, coder)


def interview(title: str, answers: tuple[str, ...]) -> NewDocument:
    """An interviewer asks before each answer."""
    text = ""
    turns: list[Turn] = []
    for answer in answers:
        for name, words in (("Interviewer", "And then?"), ("Mara", answer)):
            start = len(text)
            text += f"{name}: {words}\n"
            turns.append(
                Turn(len(turns) + 1, start, start + len(name) + 2, len(text) - 1, int(name == "Mara"), None)
            )
    speakers = (NewSpeaker("Interviewer", Role.INTERVIEWER), NewSpeaker("Mara", Role.PARTICIPANT, "P1"))
    return NewDocument(title, text, speakers, tuple(turns))


def make_study(path: Path) -> Study:
    """Two transcripts, six answers, three codes under two themes and one that nobody uses; no codings."""
    return study_of(kept(_uncoded, path))


def make_coded(path: Path) -> Study:
    """The same as ``code_study`` leaves it."""
    return study_of(kept(_coded, path))


def study_of(project: Project) -> Study:
    documents = [document.guid for document in project.documents.all()]
    codes = {code.name: guid for guid, code in project.codes.tree().nodes.items()}
    people = (project.coders.named(name).guid for name in ("Ann", "Ben"))
    study = Study(project, *people, documents, codes)
    for document in documents:
        for turn in project.documents.content(document).turns:
            if turn.speaker == 1:
                study.words.append((document, turn.body, turn.end))
    return study


def _uncoded(path: Path) -> Project:
    project = Project.create(path, "Small study", "Ann")
    project.documents.add([interview("Interview P1", FIRST), interview("Interview P2", SECOND)])
    trust = project.codes.add("Trust", Level.THEME)
    talk = project.codes.add("Talk", Level.THEME)
    for name, parent in ((FEAR, trust), (TOLD, trust), (OPEN, talk), (UNUSED, talk)):
        project.codes.add(name, parent=parent)
    project.coders.add("Ben")
    return project


def _coded(path: Path) -> Project:
    project = _uncoded(path)
    code_study(study_of(project))
    return project


def code_study(study: Study) -> None:
    """Both code and finish. Over the six answers Ann and Ben gave (empty: nothing):

    0 Fear / Fear, 1 Fear / Told, 2 Told / -, 3 - / -, 4 Fear and Open / Fear, 5 - / -
    """
    study.put(study.ann, {0: (FEAR,), 1: (FEAR,), 2: (TOLD,), 4: (FEAR, OPEN)})
    study.put(study.ben, {0: (FEAR,), 1: (TOLD,), 4: (FEAR,)})
    study.finish(study.ann, study.ben)


def third_coder(study: Study) -> str:
    """Cleo codes too: 0 Fear, 1 Fear, 2 -, 3 -, 4 Fear and Open, 5 Open; she has finished."""
    cleo = study.project.coders.add("Cleo")
    study.put(cleo, {0: (FEAR,), 1: (FEAR,), 4: (FEAR, OPEN), 5: (OPEN,)})
    study.finish(cleo)
    return cleo


def open_agreement(qtbot: QtBot, project: Project, *, asked_first: bool = True) -> AgreementPage:
    """The page as the window brings it up, with its shortcuts; the first section is shown.

    ``asked_first``: before others' work shows she is asked for a round.
    """
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    if not app.styleSheet():
        theme.apply(app, theme.colors_for("light"))
    ctx = Context(Settings.load(), Work(inline=True))
    ctx.set_project(project)
    if not asked_first:
        ctx.looked.add((project.guid, project.coders.current.guid))
    page = AgreementPage(ctx)
    page.resize(1200, 800)
    qtbot.addWidget(page)
    page.ensure_built()
    made = page.make_actions()
    page.actionsStale.connect(made.refresh)
    page.come_up()
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()
    QApplication.processEvents()
    page.enter()
    made.refresh()
    return page


def open_section(qtbot: QtBot, project: Project, key: str, *, asked_first: bool = True) -> Section:
    """A section of the page, brought up by its key; ``section.page`` is the page."""
    page = open_agreement(qtbot, project, asked_first=asked_first)
    page.show_section(key)
    section = page.sections[key]
    section.page = page  # type: ignore[attr-defined]
    QApplication.processEvents()
    return section


def open_page(qtbot: QtBot, study: Study) -> FiguresSection:
    """The section “Figures”."""
    section = open_section(qtbot, study.project, "figures", asked_first=False)
    assert isinstance(section, FiguresSection)
    return section


def press(qtbot: QtBot, section: Section, id: str) -> None:
    """Press the keys of a row of the table of commands."""
    page: AgreementPage = section.page  # type: ignore[attr-defined]
    assert page.all_actions is not None
    page.all_actions.refresh()
    qtbot.keySequence(page.focusWidget() or page, page.all_actions[id].shortcut())
    QApplication.processEvents()


def cells(model: QAbstractItemModel) -> list[list[str]]:
    """What a table shows."""
    return [
        [str(model.index(row, column).data()).replace("\u00a0", " ") for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]
