"""The cautions of a comparison in plain words."""

from __future__ import annotations

from coder_app.core.agreement.cautions import Caution, CautionKind
from coder_app.project.comparing import Compared
from coder_app.project.names import plural

_NAMED = 3


def sentences(compared: Compared) -> list[str]:
    """Each caution of a comparison as a sentence, in its order."""
    return [sentence(compared, caution) for caution in compared.result.cautions]


def sentence(compared: Compared, caution: Caution) -> str:
    """What to be careful about, and where it helps what to do."""
    codes = _listed([compared.gathered.labels[key] for key in caution.codes])
    names = {coder.guid: coder.name for coder in compared.gathered.coders}
    coders = " and ".join(names[guid] for guid in caution.coders)
    match caution.kind:
        case CautionKind.NOBODY_CODED:
            return f"{coders} gave no code to anything compared: code first, or choose other transcripts."
        case CautionKind.FEW_UNITS:
            return f"Only {plural(caution.count, 'unit')}: with so few, any coefficient is mostly chance."
        case CautionKind.ONE_SIDED:
            return f"{coders} gave no code to anything compared."
        case CautionKind.FEW_SHARED_CODES:
            return (
                f"The coders mostly use different codes: {caution.count} of {caution.of} codes shared."
                " Compare the codebooks first."
            )
        case CautionKind.ONE_CODE:
            return f"The codebook holds one code at this level ({codes}): nothing can be mistaken for it."
        case CautionKind.ONE_CODE_DOMINATES:
            share = 100 * caution.count / caution.of
            return f"One code dominates: {codes} is {share:.0f} % of all that was given."
        case CautionKind.UNDEFINED_CODES:
            return (
                f"Kappa is undefined for {plural(caution.count, 'code')} of {caution.of} ({codes}):"
                " nobody used them, or everybody everywhere."
            )
        case CautionKind.PREVALENCE:
            return (
                f"Kappa is low although the coders mostly agree for {plural(caution.count, 'code')}"
                f" ({codes}): where a code is rare, look at positive agreement and AC1 too."
            )
        case CautionKind.CODES_OVERLAP:
            return (
                "A coder's codes overlap, so unitizing over all codes is undefined: look at each code, or"
                " within a category or theme whose codes do not overlap."
            )


def _listed(names: list[str]) -> str:
    """“A”, “B”, “C” and 4 more."""
    quoted = ", ".join(f"“{name}”" for name in names[:_NAMED])
    return f"{quoted} and {len(names) - _NAMED} more" if len(names) > _NAMED else quoted
