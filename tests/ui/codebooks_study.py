"""Ann and Ben, each with a codebook of their own, and the section that compares them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from helpers import INTERVIEW, SECOND
from pytestqt.qtbot import QtBot
from ui.agreement_study import open_section

from coder_app.core.changes import Changes
from coder_app.core.model import Level
from coder_app.project.project import Project
from coder_app.ui.agreement.codebooks.section import CodebooksSection

FEAR, FEAR_2 = "Fear of death", "Death: fear of"
TOLD, SILENCE = "Not being told", "말하지 않음"
LAUGH, HUMOUR = "<b>Laughing</b> & co", "הומור"


@dataclass
class Two:
    """Coders, codes by name, and the first transcript."""

    project: Project
    ann: str
    ben: str
    codes: dict[str, str]
    document: str

    def parent(self, name: str) -> str | None:
        return self.project.codes.tree().parent(self.codes[name])

    def text(self, start: int, end: int) -> str:
        return self.project.documents.content(self.document).text[start:end]


def make_two(path: Path) -> Two:
    """Three codes each under a theme; Ann's and Ben's codings of two pairs overlap, no name does but one.

    Characters that both cover: of "told" and "silence" 60 in two places, of "laugh" and "humour" 20.
    """
    project = Project.create(path, "Two codebooks", "Ann")
    document = project.documents.add([INTERVIEW, SECOND])[0]
    ann, ben = project.coders.current.guid, project.coders.add("Ben")
    two = Two(project, ann, ben, {}, document)
    for coder, theme, names in ((ann, "Facing it", (FEAR, TOLD, LAUGH)),
                                (ben, "Around it", (FEAR_2, SILENCE, HUMOUR))):  # fmt: skip
        project.coders.switch(coder)
        two.codes[theme] = project.codes.add(theme, Level.THEME)
        two.codes |= {name: project.codes.add(name, parent=two.codes[theme]) for name in names}
    for start, end, name in ((10, 60, SILENCE), (70, 90, SILENCE), (100, 120, HUMOUR)):
        project.codings.apply(document, start, end, two.codes[name])
    project.codes.define(two.codes[SILENCE], "short", "Nobody says a word")
    project.coders.switch(ann)
    for start, end, name in ((20, 60, TOLD), (70, 100, TOLD), (100, 120, LAUGH)):
        project.codings.apply(document, start, end, two.codes[name])
    project.codes.define(two.codes[TOLD], "when", "Where somebody was left out")
    return two


def open_codebooks(qtbot: QtBot, project: Project) -> CodebooksSection:
    """The section, as for somebody who has seen the other's work already."""
    section = open_section(qtbot, project, "codebooks")
    assert isinstance(section, CodebooksSection)
    section.ctx.looked.add((project.guid, project.coders.current.guid))
    section.refresh(Changes.EVERYTHING)
    section.enter()
    return section
