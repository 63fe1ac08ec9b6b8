"""What a reader of the figures should be warned of, as values; the words for them are elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coder_app.core.agreement.comparison import CodeResult, LevelResult
    from coder_app.core.agreement.result import Statistic

FEW_UNITS = 30
"""Below this many units a coefficient is mostly chance."""
DOMINATES = 0.5
"""One code carries more than this share of all that was given."""
LOW_KAPPA, HIGH_PERCENT = 0.4, 0.9
"""Kappa below the one while percent agreement is at or above the other: prevalence (Feinstein & Cicchetti
1990)."""


class CautionKind(StrEnum):
    """What to be careful about."""

    NOBODY_CODED = "nobody coded"
    """None of the coders gave a code to anything that was compared."""
    FEW_UNITS = "few units"
    ONE_CODE_DOMINATES = "one code dominates"
    UNDEFINED_CODES = "undefined codes"
    """Kappa is undefined for these codes: nobody used them, or everybody everywhere."""
    PREVALENCE = "prevalence"
    """Kappa is low though agreement is high, because the code is rare or nearly everywhere."""
    FEW_SHARED_CODES = "few shared codes"
    ONE_CODE = "one code"
    """The codebook holds one code at this level."""
    CODES_OVERLAP = "codes overlap"
    """Unitizing over all codes is undefined: a coder's codes overlap."""
    ONE_SIDED = "one coder coded nothing"


@dataclass(frozen=True, slots=True)
class Caution:
    """``count`` of ``of``: units (few units), codes otherwise, or times given (one code dominates).

    ``codes`` are the keys of the codes meant; ``coders`` the keys of the coders.
    """

    kind: CautionKind
    count: int = 0
    of: int = 0
    codes: tuple[str, ...] = ()
    coders: tuple[str, ...] = ()


def of_level(
    result: LevelResult, n_units: int, coders: tuple[str, ...], *, fixed_units: bool
) -> tuple[Caution, ...]:
    """The cautions that fit, the weightiest first. ``fixed_units``: units are turns and the like."""
    if not result.codes_used_by_any:
        return (Caution(CautionKind.NOBODY_CODED, 0, len(coders), coders=coders),)
    found: list[Caution] = []
    if fixed_units and n_units < FEW_UNITS:
        found.append(Caution(CautionKind.FEW_UNITS, n_units, FEW_UNITS))
    idle = tuple(coder for coder, used in zip(coders, result.codes_used, strict=True) if not used)
    if idle:
        found.append(Caution(CautionKind.ONE_SIDED, len(idle), len(coders), coders=idle))
    elif result.few_codes_shared:
        found.append(Caution(CautionKind.FEW_SHARED_CODES, result.codes_shared, result.codes_used_by_any))
    if len(result.codes) == 1:
        found.append(Caution(CautionKind.ONE_CODE, 1, 1, tuple(result.codes)))
    found += _of_codes(result.codes)
    if any(s.reason == CautionKind.CODES_OVERLAP.value for s in result.overall.values()):
        found.append(Caution(CautionKind.CODES_OVERLAP))
    return tuple(found)


def _of_codes(codes: Mapping[str, CodeResult]) -> list[Caution]:
    found: list[Caution] = []
    given = {key: sum(j * count for j, count in enumerate(code.given_by)) for key, code in codes.items()}
    total = sum(given.values())
    most = max(given, key=lambda key: given[key], default=None)
    if most is not None and sum(map(bool, given.values())) > 1 and given[most] > DOMINATES * total:
        found.append(Caution(CautionKind.ONE_CODE_DOMINATES, given[most], total, (most,)))
    kappas = {key: _kappa(code) for key, code in codes.items()}
    undefined = tuple(key for key, kappa in kappas.items() if kappa is not None and kappa.value is None)
    if undefined:
        found.append(Caution(CautionKind.UNDEFINED_CODES, len(undefined), len(codes), undefined))
    paradox = []
    for key, code in codes.items():
        kappa, percent = kappas[key], code.statistics.get("percent_agreement")
        if kappa is None or percent is None or kappa.value is None or percent.value is None:
            continue
        if kappa.value < LOW_KAPPA and percent.value >= HIGH_PERCENT:
            paradox.append(key)
    if paradox:
        found.append(Caution(CautionKind.PREVALENCE, len(paradox), len(codes), tuple(paradox)))
    return found


def _kappa(code: CodeResult) -> Statistic | None:
    return code.statistics.get("cohen_kappa") or code.statistics.get("fleiss_kappa")
