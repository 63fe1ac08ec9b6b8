"""The questions before two coders, participants or codes become one: which stays, and what it will do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from coder_app.core.errors import UserError
from coder_app.core.model import Coder
from coder_app.project.joining import joining_coders
from coder_app.project.merge_report import Alike
from coder_app.project.names import plural
from coder_app.ui.agreement.codebooks.ask import JoinQuestion, TwoCodes
from coder_app.ui.codebook.wording import in_menu
from coder_app.ui.context import Context
from coder_app.ui.dialogs.pair import PairQuestion
from coder_app.ui.widgets.choice import Choice
from coder_app.ui.widgets.parts import label

Person = tuple[str, str]
"""GUID and what somebody is called."""


class JoinPeople(PairQuestion):
    """Which of two people stays; with ``picks`` it is also chosen who they are."""

    def __init__(
        self,
        ctx: Context,
        people: Sequence[Person],
        pair: tuple[str, str],
        words: tuple[str, str],
        parent: QWidget,
        *,
        picks: bool,
    ) -> None:
        self.people = dict(people)
        self.picks = picks
        self.choices = (Choice(), Choice())
        title, text = words
        super().__init__(ctx, pair, (title, text, tr("Join")), parent)
        if picks:
            self.choices[1].setFocus()

    def way(self, number: int) -> str:
        return tr("“{name}” stays").format(name=in_menu(self.people[self.pair[number]]))

    def extra(self) -> None:
        if not self.picks:
            return
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 6)
        names = tr("One of the two"), tr("The other of the two")
        for choice, name, guid in zip(self.choices, names, self.pair, strict=True):
            for person, called in self.people.items():
                choice.addItem(called, person)
            choice.setCurrentIndex(choice.findData(guid))
            choice.setAccessibleName(name)
            choice.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            choice.setMinimumContentsLength(12)
            choice.currentIndexChanged.connect(self._picked)
            row.addWidget(choice, 1)
        row.insertWidget(1, label(tr("and")))
        self.body.insertLayout(0, row)

    def _picked(self) -> None:
        self.pair = (str(self.choices[0].currentData()), str(self.choices[1].currentData()))
        for number, way in enumerate(self.ways):
            way.setText(self.way(number))
        self.look()


class JoinCoders(JoinPeople):
    """One person who coded under two names, or on two laptops."""

    def __init__(self, ctx: Context, pair: tuple[str, str], parent: QWidget, *, picks: bool = False) -> None:
        words = tr("Join two coders"), tr("Who are one person, and which name stays?")
        super().__init__(ctx, named_coders(ctx), pair, words, parent, picks=picks)

    def consequences(self) -> str:
        return joining_coders(self.ctx.project, self.rest, self.chosen)

    def carry_out(self) -> None:
        ctx, coders = self.ctx, self.ctx.project.coders
        goes = coders.current.guid == self.rest
        if goes:  # what is done is done, and undone, as the one who stays
            coders.switch(self.chosen)
        try:
            coders.join(self.rest, self.chosen)
        except UserError:
            if goes:
                coders.switch(self.rest)
            raise
        if goes:
            ctx.remembered.coder = self.chosen
            ctx.settings.save()
            ctx.coderSwitched.emit()


def named_coders(ctx: Context) -> list[Person]:
    """The coders; where two have one name, with how much each of them coded."""
    coders = ctx.project.coders.all()
    met = Counter(coder.name.casefold() for coder in coders)
    codings: Counter[str] = Counter()
    if max(met.values(), default=0) > 1:
        for (_, coder), count in ctx.project.queries.codings_by_document().items():
            codings[coder] += count

    def called(coder: Coder) -> str:
        if met[coder.name.casefold()] == 1:
            return coder.name
        return f"{coder.name} ({plural(codings[coder.guid], 'coding')})"

    return [(coder.guid, called(coder)) for coder in coders]


class JoinParticipants(JoinPeople):
    """One person who stands twice in the table of participants."""

    def __init__(self, ctx: Context, pair: tuple[str, str], parent: QWidget, *, picks: bool = False) -> None:
        words = tr("Join two participants"), tr("Who are one person, and which of the two stays?")
        super().__init__(ctx, named_participants(ctx), pair, words, parent, picks=picks)

    def consequences(self) -> str:
        if self.rest == self.chosen:
            raise UserError(tr("Choose two different participants to join."))
        people = self.ctx.project.participants
        gone, stays = people.need(self.rest), people.need(self.chosen)
        one, other = self.people[gone.guid], self.people[stays.guid]
        told = [
            tr(
                "What “{one}” says is said by “{other}” from then on; memos on “{one}” are on “{other}”."
            ).format(one=one, other=other)
        ]
        ours = {tr("Pseudonym"): stays.pseudonym, **stays.attributes}
        theirs = {tr("Pseudonym"): gone.pseudonym, **gone.attributes}
        lost = [name for name, value in theirs.items() if value and ours.get(name, "") not in ("", value)]
        filled = [name for name, value in theirs.items() if value and not ours.get(name)]
        if filled:
            told.append(tr("Taken over, because “{other}” has none: {names}.").format(
                other=other, names=", ".join(filled)
            ))  # fmt: skip
        for name in lost:
            told.append(
                tr("{name}: “{stays}” stays, “{goes}” goes.").format(
                    name=name, stays=ours[name], goes=theirs[name]
                )
            )
        return " ".join(told)

    def carry_out(self) -> None:
        self.ctx.project.participants.join(self.rest, self.chosen)


def named_participants(ctx: Context) -> list[Person]:
    """The participants; where two have one ID, with what tells them apart."""
    people = ctx.project.participants.all()
    met = Counter(person.label.casefold() for person in people)
    speaks: dict[str, list[str]] = {}
    if max(met.values(), default=0) > 1:
        for document in ctx.project.documents.all():
            for speaker in ctx.project.documents.speakers(document.guid):
                if speaker.participant:
                    speaks.setdefault(speaker.participant, []).append(document.title)
    named = []
    for person in people:
        name = person.label
        if met[name.casefold()] > 1:
            where = speaks.get(person.guid)
            name = f"{name} ({person.pseudonym or (where[0] if where else tr('speaks nowhere'))})"
        named.append((person.guid, name))
    return named


def join_codes(ctx: Context, pair: tuple[str, str], came: str, parent: QWidget) -> JoinQuestion:
    """The question about two codes of which one (``came``) came in with a copy.

    Raises UserError where one is no longer there.
    """
    tree = ctx.project.codes.tree()
    if any(guid not in tree for guid in pair):
        raise UserError(tr("This code is no longer in the codebook."))

    def choice(guid: str) -> str:
        text = tr("“{name}”, which came in") if guid == came else tr("“{name}”, which was here")
        return text.format(name=in_menu(tree[guid].name))

    quotes = [len(ctx.project.codings.of_codes([guid])) for guid in pair]
    two = TwoCodes(
        pair,
        (tree[pair[0]].name, tree[pair[1]].name),
        (choice(pair[0]), choice(pair[1])),
        (quotes[0], quotes[1]),
    )
    return JoinQuestion(ctx, two, parent)


def question_of(ctx: Context, alike: Alike, parent: QWidget) -> PairQuestion:
    """What to ask before two that look alike are joined; the one that was here is named first.

    Raises UserError where one of them is no longer there.
    """
    pair = (alike.one, alike.other)
    if alike.kind == "code":
        return join_codes(ctx, pair, alike.other, parent)
    if alike.kind == "participant":
        for guid in pair:
            ctx.project.participants.need(guid)
        return JoinParticipants(ctx, pair, parent)
    for guid in pair:
        ctx.project.coders.need(guid)
    return JoinCoders(ctx, pair, parent)


def tr(text: str) -> str:
    return QCoreApplication.translate("Joining", text)
