"""What the section “Stability” says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from coder_app.ui.agreement.settle.words import joined, transcripts
from coder_app.ui.agreement.wording import percent
from coder_app.ui.codebook.wording import counted, short

if TYPE_CHECKING:
    from coder_app.core.confirming import Confirmation
    from coder_app.project.agreed import Agreed


def tr(text: str) -> str:
    return QCoreApplication.translate("Stability", text)


def about() -> str:
    """What a pass is, in two sentences."""
    return tr(
        "Somebody codes the units that the coders of a round agreed on once more, with the same codebook and"
        " without seeing their codes: a third coder, or one of the first some weeks later. The share that is"
        " coded alike again is reported beside the agreement of the round, with both counts."
    )


def what_is_coded(agreed: Agreed) -> str:
    """Which units a pass over this round has."""
    names = joined(list(agreed.coders))
    if not agreed.units:
        return tr("The round of {names} has no unit that anybody coded: choose another round.").format(
            names=names
        )
    if not agreed.count:
        return tr(
            "{names} agree on none of the {n} units that any of them coded, so there is nothing to repeat."
        ).format(names=names, n=f"{len(agreed.units):,}")
    return tr(
        "{names} agree on {agreed} of the {n} units that any of them coded. These {agreed}, in {where}, are"
        " coded again."
    ).format(
        names=names,
        agreed=f"{agreed.count:,}",
        n=f"{len(agreed.units):,}",
        where=transcripts(len(agreed.places)),
    )


def result(agreed: Agreed, found: Confirmation, who: str, round_name: str) -> str:
    """Both figures with their counts."""
    first = tr(
        "{round}: {names} agreed on {agreed} of {compared} units that any of them coded ({percent})."
    ).format(
        round=short(round_name),
        names=joined(list(agreed.coders)),
        agreed=f"{found.agreed:,}",
        compared=f"{found.compared:,}",
        percent=percent(found.agreement),
    )
    again = tr("{who} confirmed {confirmed} of these {agreed} ({percent}).").format(
        who=short(who),
        confirmed=f"{found.confirmed:,}",
        agreed=f"{found.agreed:,}",
        percent=percent(found.confirmation),
    )
    missing = found.agreed - found.repeated
    if not missing:
        return f"{first} {again}"
    left = counted(
        missing,
        tr("1 unit has no code in this pass and counts as not confirmed."),
        tr("{n} units have no code in this pass and count as not confirmed."),
    )
    return f"{first} {again} {left}"


def blind() -> str:
    return tr(
        "You are coding in this pass: its result is shown once you have left it, so that you stay blind."
    )
