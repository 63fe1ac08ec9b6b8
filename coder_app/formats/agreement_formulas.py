"""How each coefficient of agreement is called, computed and cited, in words and as Excel formulas.

The formulas take addresses of cells that hold counts. Where a coefficient is undefined they give a dash.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

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
        "Krippendorff (2011, 2019)",
    ),
    "alpha_jaccard": Described(
        "Krippendorff's alpha, Jaccard distance",
        "1 − D_o / D_e, distance 1 − |X ∩ Y| / |X ∪ Y|",
        "Krippendorff (2011, 2019)",
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

TWO_CODERS = (
    "percent_agreement",
    "cohen_kappa",
    "alpha_nominal",
    "positive_agreement",
    "negative_agreement",
    "gwet_ac1",
    "scott_pi",
    "pabak",
    "prevalence_index",
    "bias_index",
)
"""What is shown of each code for two coders."""
MORE_CODERS = (
    "percent_agreement",
    "unanimous_agreement",
    "light_kappa",
    "fleiss_kappa",
    "alpha_nominal",
    "brennan_prediger",
    "gwet_ac1",
)
"""What is shown of each code for three coders or more."""


def ratio(above: str, below: str) -> str:
    """``above / below``, a dash where ``below`` is 0."""
    return f'IF({below}=0,"{DASH}",({above})/({below}))'


def difference(value: str, formula: str) -> str:
    """How far a value is from its recomputation: 0, also where both are undefined."""
    return (
        f"IF(AND(ISNUMBER({value}),ISNUMBER({formula})),ROUND({value}-{formula},9),"
        f'IF({value}={formula},0,"differs"))'
    )


def expected(a: str, b: str, c: str, d: str) -> str:
    """N² times the chance agreement p_e of a 2 x 2 table."""
    return f"({a}+{b})*({a}+{c})+({c}+{d})*({b}+{d})"


def kappa(agreed: str, n: str, chance: str) -> str:
    """Kappa from a + d, N and N² p_e; pooled kappa from their sums with ``n`` and its square apart."""
    return ratio(f"{n}*({agreed})-{chance}", f"{n}^2-{chance}")


def of_table(a: str, b: str, c: str, d: str, n: str, chance: str) -> dict[str, str]:
    """The formulas of `TWO_CODERS` from the cells of a 2 x 2 table."""
    present, absent = f"(2*{a}+{b}+{c})", f"(2*{d}+{b}+{c})"
    both, squares = f"2*{present}*{absent}", f"({present}^2+{absent}^2)"
    return {
        "percent_agreement": ratio(f"{a}+{d}", n),
        "cohen_kappa": kappa(f"{a}+{d}", n, chance),
        "alpha_nominal": f'IF({present}*{absent}=0,"{DASH}",1-(2*{n}-1)*({b}+{c})/({present}*{absent}))',
        "positive_agreement": ratio(f"2*{a}", present),
        "negative_agreement": ratio(f"2*{d}", absent),
        "gwet_ac1": ratio(f"4*{n}*({a}+{d})-{both}", f"(4*{n}^2-{both})"),
        "scott_pi": ratio(f"4*{n}*({a}+{d})-{squares}", f"(4*{n}^2-{squares})"),
        "pabak": ratio(f"2*({a}+{d})-{n}", n),
        "prevalence_index": ratio(f"{a}-{d}", n),
        "bias_index": ratio(f"{b}-{c}", n),
    }


def of_given_by(given_by: Sequence[str], kappas: Sequence[str]) -> dict[str, str]:
    """The formulas of `MORE_CODERS` from cells that count the units that 0, 1, 2 ... coders gave the code.

    ``kappas`` are the cells of the pairs' kappas of the same code.
    """
    m = len(given_by) - 1
    n = f"({'+'.join(given_by)})"
    given = "(" + "+".join(f"{j}*{cell}" for j, cell in enumerate(given_by) if j) + ")"
    absent = "(" + "+".join(f"{m - j}*{cell}" for j, cell in enumerate(given_by) if m - j) + ")"
    weights = [j * (j - 1) + (m - j) * (m - j - 1) for j in range(m + 1)]
    agreeing = "(" + "+".join(f"{w}*{cell}" for w, cell in zip(weights, given_by, strict=True) if w) + ")"
    pairs, values = f"({n}*{m * (m - 1)})", f"({m}*{n})"
    both = f"({given}*{absent})"
    return {
        "percent_agreement": ratio(agreeing, pairs),
        "unanimous_agreement": ratio(f"{given_by[0]}+{given_by[-1]}", n),
        "light_kappa": mean_of(kappas),
        "fleiss_kappa": f'IF({both}=0,"{DASH}",({agreeing}/{pairs}-({given}^2+{absent}^2)/{values}^2)'
        f"/(1-({given}^2+{absent}^2)/{values}^2))",
        "alpha_nominal": f'IF({both}=0,"{DASH}",1-({values}-1)*({pairs}-{agreeing})/({both}*{2 * (m - 1)}))',
        "brennan_prediger": f'IF({n}=0,"{DASH}",2*{agreeing}/{pairs}-1)',
        "gwet_ac1": f'IF({n}=0,"{DASH}",({agreeing}/{pairs}-2*{both}/{values}^2)/(1-2*{both}/{values}^2))',
    }


def mean_of(cells: Sequence[str]) -> str:
    """The mean of those cells (or ranges) that hold numbers, a dash where none does."""
    if not cells:
        return f'"{DASH}"'
    listed = ",".join(cells)
    return f'IF(COUNT({listed})=0,"{DASH}",AVERAGE({listed}))'


def jaccard(size: str, other: str, common: str) -> str:
    """Similarity of two sets from their sizes and what they share."""
    return f"IF({size}+{other}-{common}=0,1,{common}/({size}+{other}-{common}))"


def masi(size: str, other: str, common: str) -> str:
    """Jaccard weighted by 1 for equal sets, 2/3 where one holds the other, 1/3 where they overlap."""
    weight = f"IF(AND({common}={size},{common}={other}),1,IF(OR({common}={size},{common}={other}),2/3,1/3))"
    return f"{jaccard(size, other, common)}*{weight}"


def summed_distance(similarity: str, sizes: Sequence[str], common: Sequence[str]) -> str:
    """The distances of all pairs of coders on one unit; ``common`` in the order of the pairs."""
    measure = jaccard if similarity == "jaccard" else masi
    pairs = list(combinations(sizes, 2))
    terms = [f"(1-{measure(x, y, both)})" for (x, y), both in zip(pairs, common, strict=True)]
    return "+".join(terms)


def alpha(distance: str, alike: str, n: str, coders: int) -> str:
    """1 − D_o / D_e from the summed distances of the units, Σ n_s n_t sim(s, t) and the N values."""
    below = f"({n}^2-{alike})"
    return f'IF({below}=0,"{DASH}",1-2*{distance}*({n}-1)/({coders - 1}*{below}))'
