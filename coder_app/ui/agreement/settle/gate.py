"""Before a coder sees the others' work she is asked for a round, which keeps the figures as they were.

Once she has chosen (a round, or to look without one) she is not asked again in the session.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from coder_app.core.errors import UserError
from coder_app.ui.agreement.settle import words
from coder_app.ui.agreement.settle.freezing import Offer, offer_of, offered, unmeasured
from coder_app.ui.codebook.wording import short
from coder_app.ui.context import Context, Whose
from coder_app.ui.work import Progress

if TYPE_CHECKING:
    from coder_app.core.model import Coder
    from coder_app.project.comparing import Choice
    from coder_app.ui.agreement.settle.freeze_dialog import Answer

Then = Callable[[], object]


def may_look(
    parent: QWidget | None,
    ctx: Context,
    coders: Collection[str],
    documents: Collection[str],
    then: Then,
    *,
    choice: Choice | None = None,
) -> None:
    """Call ``then`` once the work of ``coders`` in ``documents`` (GUIDs) may be seen.

    That is at once where a round measured it, where nobody else's work would show, in a read-only project,
    and where the coder chose before in this session. ``choice``: the round to offer, if one is chosen.
    Where she cancels nothing is called, and neither while a stability pass is coded.
    """
    project = ctx.project
    if ctx.in_pass:
        ctx.tell_pass()
        return
    if project.read_only or (key := (project.guid, project.coders.current.guid)) in ctx.looked:
        then()
        return
    seen = unmeasured(project, coders, documents)
    if not seen:
        then()
        return
    offer = offer_of(project, choice) if choice is not None else _offer(ctx, seen, documents)
    if _ask(parent, ctx, seen, offer):
        ctx.looked.add(key)
        then()


def show_whose(parent: QWidget | None, ctx: Context, whose: Whose) -> None:
    """Show one's own codings, everybody's or the consensus; the others' only after `may_look`."""
    if whose is Whose.MINE or whose is ctx.whose or ctx.in_pass:
        ctx.set_whose(whose)
        return
    project = ctx.project
    may_look(
        parent,
        ctx,
        [coder.guid for coder in project.coders.all()],
        [document.guid for document in project.documents.all()],
        lambda: ctx.set_whose(whose),
    )


def new_round(parent: QWidget | None, ctx: Context, choice: Choice, then: Callable[[str], object]) -> None:
    """Ask for the name of a round of ``choice``, make it, and call ``then`` with its GUID."""
    from coder_app.ui.agreement.settle.freeze_dialog import FreezeDialog

    made: list[str] = []
    why = words.tr(
        "A round keeps what it measures: the codings and the codebook as they are now. Whatever is changed"
        " later, its figures stay, and a later round stands beside it."
    )
    project = ctx.project
    dialog = FreezeDialog(
        parent,
        words.tr("New round"),
        why,
        offer_of(project, choice),
        project.rounds.free_name(),
        project.level_names(),
        lambda name, chosen, answer: _make(ctx, name, chosen, made, answer),
        look=False,
    )
    if dialog.exec():
        then(made[0])


def _offer(ctx: Context, seen: Sequence[Coder], documents: Collection[str]) -> Offer | None:
    me = ctx.project.coders.current.guid
    return offered(ctx.project, [me, *(coder.guid for coder in seen)], documents)


def _ask(parent: QWidget | None, ctx: Context, seen: Sequence[Coder], offer: Offer | None) -> bool:
    """Whether to go on: with a round that was made now, or without."""
    from coder_app.ui.agreement.settle.freeze_dialog import FreezeDialog

    project = ctx.project
    dialog = FreezeDialog(
        parent,
        words.tr("Before you look"),
        _why(seen, offer is not None),
        offer,
        project.rounds.free_name(),
        project.level_names(),
        lambda name, chosen, answer: _make(ctx, name, chosen, [], answer),
        look=True,
    )
    return bool(dialog.exec())


def _why(seen: Sequence[Coder], comparable: bool) -> str:
    names = words.joined([short(coder.name) for coder in seen])
    if comparable:
        text = words.tr(
            "You are about to see what {names} coded. Agreement says something about work done"
            " independently: a round now keeps the figures as they were before anybody looked."
        )
    else:
        text = words.tr(
            "You are about to see what {names} coded. There is nothing to measure yet, because you have"
            " not coded these transcripts; what you see now may guide how you code them."
        )
    return text.format(names=names)


def _make(ctx: Context, name: str, choice: Choice, made: list[str], answer: Answer) -> None:
    """Freeze away from the window's thread, then keep the round; its GUID is put into ``made``."""

    def done(data: str) -> None:
        ok, guid = ctx.run(ctx.project.rounds.keep, name, data)
        if ok and guid is not None:
            made.append(guid)
        answer(ok)

    def failed(error: UserError) -> None:
        ctx.problem.emit(str(error))
        answer(False)

    freeze = partial(_frozen, ctx.project.snapshot(), choice)
    title = words.tr("Freezing the round")
    ctx.work.in_thread(title, freeze, done, key="round", failed=failed, cancelled=lambda: answer(False))


def _frozen(image: bytes, choice: Choice, *, progress: Progress) -> str:
    from coder_app.project.project import Project

    progress(0, 1)
    with Project.from_snapshot(image) as project:
        return project.rounds.frozen(choice)
