"""What of the coders' work may be told to whom: the same rule as for codings on the pages."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from coder_app.core.model import CONSENSUS
from coder_app.ui.context import Context, Whose


def eyes_of(ctx: Context) -> tuple[str, ...] | None:
    """Whose codings, memos and decisions may be told now: blind one's own, with the consensus that too."""
    if ctx.everyone:
        return None
    me = ctx.project.coders.current.guid
    return (me, CONSENSUS) if ctx.whose is Whose.CONSENSUS else (me,)


def may_see_all(parent: QWidget, ctx: Context, whose: Whose) -> None:
    """Show everybody's work, after the question that comes before it."""
    from coder_app.ui.agreement.settle.gate import show_whose

    show_whose(parent, ctx, whose)
