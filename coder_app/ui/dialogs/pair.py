"""A question about two things, of which one is chosen: the one that stays, or that holds the other."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from coder_app.core.errors import UserError
from coder_app.ui.codebook.ask import Question
from coder_app.ui.context import Context
from coder_app.ui.widgets.parts import breakable, label

_TOLD_LINES = 5


class PairQuestion(Question):
    """Two ways to do it, of which one is chosen, and in sentences what that does."""

    def __init__(
        self, ctx: Context, pair: tuple[str, str], words: tuple[str, str, str], parent: QWidget
    ) -> None:
        """``pair`` are GUIDs; ``words`` the title, the question and what the button says."""
        title, text, do = words
        super().__init__(ctx, title, text, do, parent)
        self.setMinimumWidth(480)
        self.words.setProperty("kind", "heading")
        self.pair = pair
        self.ways = (QRadioButton(), QRadioButton())
        self.group = QButtonGroup(self)
        for number, way in enumerate(self.ways):
            way.setText(self.way(number))
            self.group.addButton(way)
            self.body.addWidget(way)
        self.told = label("", wrap=True)
        self.told.setMinimumHeight(self.fontMetrics().lineSpacing() * _TOLD_LINES)
        self.told.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.extra()
        self.body.addWidget(self.told)
        self.body.addWidget(label(self.tr("Undo brings everything back."), "caption"))
        self.group.buttonToggled.connect(lambda _, on: self.look() if on else None)
        self.ways[self.likelier()].setChecked(True)
        self.ways[self.likelier()].setFocus()

    def way(self, number: int) -> str:
        """The text of a choice; & marks a key, so it is doubled in names."""
        raise NotImplementedError

    def extra(self) -> None:
        """Further fields, below the choices."""

    def likelier(self) -> int:
        """Which choice is offered first."""
        return 0

    @property
    def chosen(self) -> str:
        """GUID of the one that stays, or that holds the other."""
        return self.pair[1 if self.ways[1].isChecked() else 0]

    @property
    def rest(self) -> str:
        """GUID of the other one."""
        return self.pair[0 if self.ways[1].isChecked() else 1]

    def consequences(self) -> str:
        """What it will do; raises UserError where it cannot be done."""
        raise NotImplementedError

    def look(self) -> None:
        """Tell what the choice does."""
        try:
            told = self.consequences()
        except UserError as error:
            told = ""
            self.problem.setText(str(error))
            self.problem.show()
            self.do.setEnabled(False)
        else:
            self.problem.hide()
            self.do.setEnabled(True)
        self.told.setText(breakable(told))
        self.told.setAccessibleName(told)
