"""Bringing in what colleagues coded is one's own decision: what it means is said before a round is taken."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from coder_app.core.model import CONSENSUS
from coder_app.project.team_look import Copy, fresh_steps
from coder_app.ui.context import Context
from coder_app.ui.dialogs.ask import confirm


def may_bring_in(parent: QWidget | None, ctx: Context, copies: Iterable[Copy]) -> bool:
    """Whether the codings in these copies come in: at once where a round measured their coders' work.

    Who agreed once, or chose to look at the others' work, is not asked again in the session.
    """
    project = ctx.project
    me = project.coders.current.guid
    names = _unmeasured(ctx, copies, me)
    key = (project.guid, me)
    if not names or key in ctx.looked or key in ctx.agreed_to_bring_in:
        return True
    text = tr(
        "Codings of {names} come in with it, and no round keeps how far you agree without knowing each"
        " other's work.\n\nYou will not see them yet: the window goes on showing your own codings only, and"
        " before you look at theirs a round is offered. Changes of the codebook, new codes and definitions,"
        " are seen at once. If these could guide your coding, wait until you have finished: nothing is lost"
        " by waiting."
    ).format(names=_joined(names))
    if not confirm(parent, tr("Before you bring it in"), text, tr("Bring it in")):
        return False
    ctx.agreed_to_bring_in.add(key)
    return True


def _unmeasured(ctx: Context, copies: Iterable[Copy], me: str) -> list[str]:
    """Names of the coders of whose codings no round of both of us tells."""
    places: dict[str, set[str]] = {}
    names = {coder.guid: coder.name for coder in ctx.project.coders.all()}
    for one in fresh_steps(copies).values():
        for coder, document in one.coded:
            if coder not in (me, CONSENSUS):
                places.setdefault(coder, set()).add(document)
                if coder == one.coder:
                    names.setdefault(coder, one.name)
    rounds = ctx.project.rounds
    found = [coder for coder, documents in places.items() if rounds.covering([me, coder], documents) is None]
    return sorted((names.get(coder, tr("a colleague")) for coder in found), key=str.casefold)


def _joined(names: list[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return tr("{names} and {last}").format(names=", ".join(names[:-1]), last=names[-1])


def tr(text: str) -> str:
    return QCoreApplication.translate("TeamFolder", text)
