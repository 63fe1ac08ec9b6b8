"""The questions before two codes are joined, or one is put under the other: which, and what it will do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QRadioButton, QWidget

from coder_app.core.errors import UserError
from coder_app.project.lookalikes import Compared
from coder_app.ui.codebook.ask import Question
from coder_app.ui.codebook.wording import in_menu
from coder_app.ui.context import Context
from coder_app.ui.widgets.parts import label

_TOLD_LINES = 5


class PairQuestion(Question):
    """Two ways to do it, of which one is chosen, and in sentences what that does."""

    def __init__(
        self,
        ctx: Context,
        compared: Compared,
        codes: tuple[str, str],
        words: tuple[str, str, str],
        parent: QWidget,
    ) -> None:
        title, text, do = words
        super().__init__(ctx, title, text, do, parent)
        self.setMinimumWidth(480)
        self.words.setProperty("kind", "heading")
        self.compared = compared
        self.codes = codes
        self.ways = (QRadioButton(self._way(0)), QRadioButton(self._way(1)))
        self.group = QButtonGroup(self)
        for way in self.ways:
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

    def _way(self, number: int) -> str:
        """The text of a choice; & marks a key, so it is doubled in names."""
        raise NotImplementedError

    def extra(self) -> None:
        """Further fields, below the choices."""

    def likelier(self) -> int:
        """Which choice is offered first: the code with more quotes stays, or holds the other."""
        quotes = [
            side.quotes.get(code, 0) for side, code in zip(self.compared.sides, self.codes, strict=True)
        ]
        return int(quotes[1] > quotes[0])

    @property
    def chosen(self) -> str:
        """GUID of the code that stays, or that holds the other."""
        return self.codes[1 if self.ways[1].isChecked() else 0]

    @property
    def rest(self) -> str:
        """GUID of the other one."""
        return self.codes[0 if self.ways[1].isChecked() else 1]

    def consequences(self) -> str:
        """What it will do; raises UserError where it cannot be done."""
        raise NotImplementedError

    def look(self) -> None:
        """Tell what the choice does."""
        try:
            self.told.setText(self.consequences())
        except UserError as error:
            self.told.setText("")
            self.problem.setText(str(error))
            self.problem.show()
            self.do.setEnabled(False)
        else:
            self.problem.hide()
            self.do.setEnabled(True)
        self.told.setAccessibleName(self.told.text())

    def name_of(self, number: int) -> str:
        return in_menu(self.compared.tree[self.codes[number]].name)

    def coder_of(self, number: int) -> str:
        return in_menu(self.compared.sides[number].coder.name)


class JoinQuestion(PairQuestion):
    """Which of the two stays, and under which name."""

    def __init__(self, ctx: Context, compared: Compared, codes: tuple[str, str], parent: QWidget) -> None:
        words = self.tr("Join two codes"), self.tr("Which of the two stays?"), self.tr("Join")
        self.name = QLineEdit()
        self._own = False
        super().__init__(ctx, compared, codes, words, parent)

    def _way(self, number: int) -> str:
        return self.tr("“{name}” of {coder}").format(name=self.name_of(number), coder=self.coder_of(number))

    def extra(self) -> None:
        caption = label(self.tr("Its name from now on"), "caption")
        caption.setBuddy(self.name)
        self.name.setAccessibleName(self.tr("Its name from now on"))
        self.name.textEdited.connect(self._named)
        self.body.addWidget(caption)
        self.body.addWidget(self.name)

    def _named(self, text: str) -> None:
        self._own = True
        self.problem.hide()
        self.do.setEnabled(bool(text.strip()))

    def look(self) -> None:
        super().look()
        if not self._own:
            self.name.setText(self.compared.tree[self.chosen].name)
            self.name.setCursorPosition(0)

    def consequences(self) -> str:
        return self.ctx.project.lookalikes.joining(self.rest, self.chosen)

    def carry_out(self) -> None:
        one, other = self.codes
        self.ctx.project.lookalikes.join(one, other, into=self.chosen, name=self.name.text())


class UnderQuestion(PairQuestion):
    """Which of the two holds the other."""

    def __init__(self, ctx: Context, compared: Compared, codes: tuple[str, str], parent: QWidget) -> None:
        words = (
            self.tr("Put one code under the other"),
            self.tr("Which of the two holds the other?"),
            self.tr("Put under"),
        )
        super().__init__(ctx, compared, codes, words, parent)

    def _way(self, number: int) -> str:
        return self.tr("“{upper}” holds “{lower}”").format(
            upper=self.name_of(number), lower=self.name_of(1 - number)
        )

    def consequences(self) -> str:
        return self.ctx.project.lookalikes.putting(self.rest, self.chosen)

    def carry_out(self) -> None:
        self.ctx.project.lookalikes.put_under(self.rest, self.chosen)
