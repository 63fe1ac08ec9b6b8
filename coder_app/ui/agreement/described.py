"""What each coefficient is called, how it is computed and where it comes from, for every name there is.

The same name stands for different formulas: of one code present or absent, of one value a unit over all
codes, of matched spans. Which it is depends on where the number stands.
"""

from __future__ import annotations

from coder_app.formats.agreement_names import DESCRIBED, MORE, SPANS, Described

_SPAN_UNITS = ("match", "unitizing")
_FURTHER: dict[str, Described] = {
    "exact_set_agreement": Described("Sets of codes alike", "units with X = Y / all units", ""),
    "n_a": Described("Passages of the first coder", "count", ""),
    "n_b": Described("Passages of the second coder", "count", ""),
    "only_a": Described("Passages of the first coder without a match", "count", ""),
    "only_b": Described("Passages of the second coder without a match", "count", ""),
}
_SEVERAL: dict[str, Described] = {
    "percent_agreement": Described(
        "Percent agreement",
        "agreeing pairs of values / pairs of values, mean over units; values: code given or not",
        "Schreier (2012)",
    ),
    "alpha_nominal": Described(
        "Krippendorff's alpha",
        "1 − D_o / D_e, D_o = N − Σ_u Σ_k r_uk (r_uk − 1) / (r_u − 1), D_e = (N² − Σ n_k²) / (N − 1);"
        " values k: code given or not",
        "Krippendorff (2011); Krippendorff (2019)",
    ),
}
"""Of one code, where three or more coders are compared."""


def of_code(name: str, unit: str = "", *, several: bool = False) -> Described:
    """A coefficient of one code; ``several``: of three or more coders."""
    known = SPANS if unit in _SPAN_UNITS else (DESCRIBED | _SEVERAL if several else DESCRIBED)
    return known.get(name) or _known(name)


def over_codes(name: str, unit: str = "", *, more: bool = False) -> Described:
    """A coefficient over all codes; ``more``: one of the further figures of fixed units."""
    known = SPANS if unit in _SPAN_UNITS else MORE if more else DESCRIBED
    return known.get(name) or _known(name)


def _known(name: str) -> Described:
    for known in (_FURTHER, DESCRIBED, MORE, SPANS):
        if name in known:
            return known[name]
    return Described(name.replace("_", " ").capitalize(), "", "")
