"""How each coefficient of agreement is called, computed and cited, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

DASH = "–"


@dataclass(frozen=True, slots=True)
class Described:
    """A coefficient: its name for readers, its formula in words and where it comes from."""

    name: str
    formula: str
    source: str


_TABLE = "a both, b only the first, c only the second, d neither, N = a + b + c + d"

DESCRIBED: dict[str, Described] = {
    "agreement_coded": Described(
        "Agreement, coded units", "units alike / units that either coded", "Schreier (2012)"
    ),
    "agreement_all": Described("Agreement, all units", "units alike / all units", "Schreier (2012)"),
    "agreement_any_coded": Described(
        "A code in common, coded units",
        "units with a code in common / units that either coded",
        "Schreier (2012)",
    ),
    "marked_agreement": Described(
        "Marked or not, all units",
        "units where both gave some code or both none / all units",
        "Schreier (2012)",
    ),
    "pooled_kappa": Described(
        "Cohen's kappa, pooled over codes",
        "(mean p_o − mean p_e) / (1 − mean p_e), p_o = (a + d) / N,"
        " p_e = ((a + b)(a + c) + (c + d)(b + d)) / N², means over all codes",
        "De Vries et al. (2008)",
    ),
    "mean_kappa": Described(
        "Cohen's kappa, mean over codes", "mean of the kappas that are defined", "Cohen (1960)"
    ),
    "codes_undefined": Described("Codes whose kappa is undefined", "count", ""),
    "summed_kappa": Described(
        "Cohen's kappa, summed tables", "kappa of the sum of all codes' tables", "Cohen (1960)"
    ),
    "summed_percent": Described(
        "Percent agreement, summed tables (high wherever codes are rare)",
        "(a + d) / N of the sum of all codes' tables",
        "",
    ),
    "light_kappa": Described(
        "Light's kappa", "mean of Cohen's kappa over the pairs of coders", "Light (1971)"
    ),
    "alpha_nominal_sets": Described(
        "Krippendorff's alpha, sets alike or not",
        "1 − D_o / D_e, distance 0 for equal sets of codes, otherwise 1",
        "Krippendorff (2011); Krippendorff (2019)",
    ),
    "alpha_jaccard": Described(
        "Krippendorff's alpha, Jaccard distance",
        "1 − D_o / D_e, distance 1 − |X ∩ Y| / |X ∪ Y|",
        "Krippendorff (2011); Krippendorff (2019)",
    ),
    "alpha_masi": Described(
        "Krippendorff's alpha, MASI distance",
        "1 − D_o / D_e, distance 1 − J·m, J Jaccard, m = 1 equal, 2/3 contained, 1/3 overlapping, 0 disjoint",
        "Passonneau (2006)",
    ),
    "mean_jaccard": Described("Mean Jaccard", "mean of |X ∩ Y| / |X ∪ Y|, 1 where both are empty", ""),
    "percent_agreement": Described("Percent agreement", f"(a + d) / N; {_TABLE}", "Schreier (2012)"),
    "cohen_kappa": Described("Cohen's kappa", "(p_o − p_e) / (1 − p_e)", "Cohen (1960)"),
    "alpha_nominal": Described(
        "Krippendorff's alpha", "1 − (2N − 1)(b + c) / ((2a + b + c)(2d + b + c))", "Krippendorff (2011)"
    ),
    "positive_agreement": Described(
        "Positive agreement", "2a / (2a + b + c)", "Cicchetti & Feinstein (1990)"
    ),
    "negative_agreement": Described(
        "Negative agreement", "2d / (2d + b + c)", "Cicchetti & Feinstein (1990)"
    ),
    "scott_pi": Described("Scott's pi", "(p_o − p_e) / (1 − p_e), p_e = π² + (1 − π)²", "Scott (1955)"),
    "pabak": Described("PABAK", "2(a + d) / N − 1", "Byrt, Bishop & Carlin (1993)"),
    "prevalence_index": Described("Prevalence index", "(a − d) / N", "Byrt, Bishop & Carlin (1993)"),
    "bias_index": Described("Bias index", "(b − c) / N", "Byrt, Bishop & Carlin (1993)"),
    "unanimous_agreement": Described("Unanimous agreement", "units all coders gave alike / units", ""),
    "fleiss_kappa": Described("Fleiss' kappa", "(p_a − p_e) / (1 − p_e), p_e = Σ π²", "Fleiss (1971)"),
    "brennan_prediger": Described("Brennan-Prediger", "(p_a − 1/2) / (1/2)", "Brennan & Prediger (1981)"),
    "gwet_ac1": Described("Gwet's AC1", "(p_a − p_e) / (1 − p_e), p_e = 2π(1 − π)", "Gwet (2008)"),
}

_ONE = "each coder gave every unit one code or none (“no code” is then a value of its own)"

MORE: dict[str, Described] = {
    "holsti": Described(
        "Holsti's CR over decisions",
        "2M / (N_A + N_B), M codes that both gave to a unit, N codes that each gave; of three coders or more"
        " the mean over pairs",
        "Holsti (1969)",
    ),
    "mean_scott_pi": Described(
        "Scott's pi, mean over codes", "mean of those that are defined", "Scott (1955)"
    ),
    "mean_fleiss_kappa": Described(
        "Fleiss' kappa, mean over codes", "mean of those that are defined", "Fleiss (1971)"
    ),
    "mean_gwet_ac1": Described(
        "Gwet's AC1, mean over codes", "mean of those that are defined", "Gwet (2008)"
    ),
    "mean_pabak": Described("PABAK, mean over codes", "mean", "Byrt, Bishop & Carlin (1993)"),
    "mean_brennan_prediger": Described(
        "Brennan-Prediger, mean over codes", "mean", "Brennan & Prediger (1981)"
    ),
    "percent_agreement": Described(
        "Percent agreement, one code a unit",
        f"agreeing pairs of values / pairs of values, mean over units, where {_ONE}",
        "Schreier (2012)",
    ),
    "unanimous_agreement": Described(
        "Unanimous agreement, one code a unit", f"units all coders gave alike / units, where {_ONE}", ""
    ),
    "cohen_kappa": Described(
        "Cohen's kappa, one code a unit", f"p_e = Σ p_Ak p_Bk over codes k, where {_ONE}", "Cohen (1960)"
    ),
    "scott_pi": Described(
        "Scott's pi, one code a unit", f"p_e = Σ ((p_Ak + p_Bk) / 2)², where {_ONE}", "Scott (1955)"
    ),
    "fleiss_kappa": Described(
        "Fleiss' kappa, one code a unit", f"p_e = Σ π_k², where {_ONE}", "Fleiss (1971)"
    ),
    "brennan_prediger": Described(
        "Brennan-Prediger, one code a unit",
        f"p_e = 1 / q, q categories (see “Categories”), where {_ONE}",
        "Brennan & Prediger (1981)",
    ),
    "gwet_ac1": Described(
        "Gwet's AC1, one code a unit",
        f"p_e = Σ π_k (1 − π_k) / (q − 1), q categories (see “Categories”), where {_ONE}",
        "Gwet (2008)",
    ),
    "alpha_nominal": Described(
        "Krippendorff's alpha, one code a unit",
        "1 − D_o / D_e, D_o = N − Σ_u Σ_k r_uk (r_uk − 1) / (r_u − 1), D_e = (N² − Σ n_k²) / (N − 1),"
        f" where {_ONE}",
        "Krippendorff (2011); Krippendorff (2019)",
    ),
}
"""Further figures over all codes ("More coefficients")."""

SPANS: dict[str, Described] = {
    "matched": Described(
        "Matched spans",
        "pairs of spans of one code whose overlap / union reaches the threshold; by falling ratio, each span"
        " once; of three coders or more summed over pairs",
        "this program's own matching",
    ),
    "holsti": Described(
        "Holsti's CR of matched spans", "2M / (N_A + N_B), M matched, N spans of each", "Holsti (1969)"
    ),
    "jaccard": Described("Jaccard of matched spans", "M / (N_A + N_B − M)", ""),
    "brennan_prediger": Described(
        "Brennan-Prediger of matched spans",
        "(CR − 1 / q) / (1 − 1 / q), q codes of the codebook",
        "Brennan & Prediger (1981)",
    ),
    "u_alpha": Described(
        "u-alpha of the code",
        "1 − (T − Σ l_cc)(T² − S) / (T (T² − Σ l_c²)), values the code and everything else",
        "Krippendorff et al. (2016); Krippendorff (2019)",
    ),
    "u_alpha_nominal": Described(
        "u-alpha, nominal",
        "1 − (T − Σ l_cc)(T² − S) / (T (T² − Σ l_c²)), values the codes and “nothing”; l_ck characters that"
        " ordered pairs of coders gave c and k, / (m − 1); S = Σ lengths of gaps + Σ squared lengths of"
        " segments",
        "Krippendorff et al. (2016); Krippendorff (2019)",
    ),
    "u_alpha_binary": Described(
        "u-alpha, coded or not",
        "the same with all codes read as one value; S unchanged",
        "Krippendorff et al. (2016); Krippendorff (2019)",
    ),
    "cu_alpha": Described(
        "cu-alpha, what both coded",
        "1 − (T* − Σ l*_cc)(T*² − S*) / (T* (T*² − Σ l*_c²)), over what two coders both coded; S* Σ w²,"
        " w characters of a segment that others coded, / (m − 1)",
        "Krippendorff et al. (2016); Krippendorff (2019)",
    ),
}
"""Figures of matched spans and of unitizing."""


def described(name: str, unit: str = "", *, more: bool = False) -> Described:
    """How a figure is called: of a kind of unit, or (``more``) among the further figures over all codes."""
    if unit in ("match", "unitizing"):
        return SPANS[name]
    return MORE[name] if more or name not in DESCRIBED else DESCRIBED[name]


FIRST = ("agreement_coded", "agreement_all", "agreement_any_coded", "marked_agreement")
"""The headline figures, in their order."""


def ordered(names: Iterable[str], unit: str = "", *, more: bool = False) -> list[str]:
    """Figures in the order in which they are shown: the headline, then as they are described.

    Left out is what only repeats another figure (``exact_set_agreement``) or a count shown elsewhere.
    """
    known: Iterable[str] = SPANS if unit in ("match", "unitizing") else MORE if more else DESCRIBED
    wanted = set(names)
    return [name for name in dict.fromkeys((*FIRST, *known)) if name in wanted]
