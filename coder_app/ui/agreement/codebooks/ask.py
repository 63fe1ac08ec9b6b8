"""The questions before two codes are joined, or one is put under the other: which, and what it will do."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLineEdit, QWidget

from coder_app.project.lookalikes import Compared
from coder_app.ui.codebook.wording import in_menu
from coder_app.ui.context import Context
from coder_app.ui.dialogs.pair import PairQuestion
from coder_app.ui.widgets.parts import label


@dataclass(frozen=True, slots=True)
class TwoCodes:
    """Two codes (GUIDs), their names, how a choice calls them, and how many quotes each has."""

    codes: tuple[str, str]
    names: tuple[str, str]
    choices: tuple[str, str]
    """“Fear” of Ann: as the text of a button, & doubled."""
    quotes: tuple[int, int]


def two_of(compared: Compared, codes: tuple[str, str]) -> TwoCodes:
    """A code of the one coder's codebook and one of the other's."""
    names = [compared.tree[code].name for code in codes]
    choice = QCoreApplication.translate("JoinQuestion", "“{name}” of {coder}")
    choices = [
        choice.format(name=in_menu(name), coder=in_menu(side.coder.name))
        for name, side in zip(names, compared.sides, strict=True)
    ]
    quotes = [side.quotes.get(code, 0) for side, code in zip(compared.sides, codes, strict=True)]
    return TwoCodes(codes, (names[0], names[1]), (choices[0], choices[1]), (quotes[0], quotes[1]))


class CodesQuestion(PairQuestion):
    """The code with more quotes stays, or holds the other, unless the other one is chosen."""

    def __init__(self, ctx: Context, two: TwoCodes, words: tuple[str, str, str], parent: QWidget) -> None:
        self.two = two
        super().__init__(ctx, two.codes, words, parent)

    def likelier(self) -> int:
        return int(self.two.quotes[1] > self.two.quotes[0])


class JoinQuestion(CodesQuestion):
    """Which of the two stays, and under which name."""

    def __init__(self, ctx: Context, two: TwoCodes, parent: QWidget) -> None:
        words = self.tr("Join two codes"), self.tr("Which of the two stays?"), self.tr("Join")
        self.name = QLineEdit()
        self._own = False
        super().__init__(ctx, two, words, parent)

    def way(self, number: int) -> str:
        return self.two.choices[number]

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
            self.name.setText(self.two.names[self.pair.index(self.chosen)])
            self.name.setCursorPosition(0)

    def consequences(self) -> str:
        return self.ctx.project.lookalikes.joining(self.rest, self.chosen)

    def carry_out(self) -> None:
        one, other = self.pair
        self.ctx.project.lookalikes.join(one, other, into=self.chosen, name=self.name.text())


class UnderQuestion(CodesQuestion):
    """Which of the two holds the other."""

    def __init__(self, ctx: Context, two: TwoCodes, parent: QWidget) -> None:
        words = (
            self.tr("Put one code under the other"),
            self.tr("Which of the two holds the other?"),
            self.tr("Put under"),
        )
        super().__init__(ctx, two, words, parent)

    def way(self, number: int) -> str:
        upper, lower = (in_menu(self.two.names[at]) for at in (number, 1 - number))
        return self.tr("“{upper}” holds “{lower}”").format(upper=upper, lower=lower)

    def consequences(self) -> str:
        return self.ctx.project.lookalikes.putting(self.rest, self.chosen)

    def carry_out(self) -> None:
        self.ctx.project.lookalikes.put_under(self.rest, self.chosen)
