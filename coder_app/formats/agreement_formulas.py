"""The coefficients of agreement as Excel formulas.

The formulas take addresses of cells that hold counts. Where a coefficient is undefined they give a dash.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from coder_app.formats.agreement_names import DASH, DESCRIBED, Described

__all__ = ["DASH", "DESCRIBED", "Described"]

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


def of_matched(matched: str, spans_a: str, spans_b: str) -> dict[str, str]:
    """Holsti's CR and Jaccard from the matched spans and the spans of each coder."""
    return {
        "holsti": ratio(f"2*{matched}", f"({spans_a}+{spans_b})"),
        "jaccard": ratio(matched, f"({spans_a}+{spans_b}-{matched})"),
    }


def matched_by_chance(matched: str, spans_a: str, spans_b: str, codes: str) -> str:
    """Brennan-Prediger of matched spans: (CR − 1/q) / (1 − 1/q) with q codes."""
    both = f"({spans_a}+{spans_b})"
    return ratio(f"2*{matched}*{codes}-{both}", f"({both}*({codes}-1))")


def u_alpha(whole: str, length: str, squares: str, same: str, others: int) -> str:
    """u_alpha of one code against everything else (unitizing).

    T, the code's characters by all coders l, its segments' squared lengths and the characters of it that
    others gave the same code, summed over ordered pairs of coders, B. Then T − Σ l_cc = 2l − 2B / (m − 1),
    S = T − l + Σ length², Σ l_c² = l² + (T − l)².
    """
    apart = f"(2*{length}-2*{same}/{others})"
    below = f"({whole}*({whole}^2-{length}^2-({whole}-{length})^2))"
    above = f"{apart}*({whole}^2-({whole}-{length})-{squares})"
    return f'IF({below}=0,"{DASH}",1-{above}/{below})'


def unitizing(cells: Mapping[str, str]) -> dict[str, str]:
    """u_alpha nominal and binary and cu_alpha, from the cells of the sheet “Counts”.

    As no coder's codes overlap, what others coded of a segment is summed up without counting anything twice.
    """
    t, length, others = cells["whole"], cells["length"], f"({cells['coders']}-1)"
    gaps = f"({t}-{length})"
    rest = f"({t}^2-{gaps}-{cells['squares']})"
    nominal = (
        f"(2*{length}-({cells['same']}+{cells['some']})/{others})*{rest}",
        f"({t}*({t}^2-{cells['length_squares']}-{gaps}^2))",
    )
    binary = (
        f"(2*{length}-2*{cells['some']}/{others})*{rest}",
        f"({t}*({t}^2-{length}^2-{gaps}^2))",
    )
    valued = cells["some"]
    both = (
        f"({valued}-{cells['same']})*({valued}^2-{cells['some_squares']})",
        f"({valued}*({valued}^2-{cells['some_code_squares']}))",
    )
    named = {"u_alpha_nominal": nominal, "u_alpha_binary": binary, "cu_alpha": both}
    return {
        name: f'IF({cells["overlap"]}=1,"{DASH}",IF({below}=0,"{DASH}",1-{above}/{below}))'
        for name, (above, below) in named.items()
    }


def mean_of(cells: Sequence[str]) -> str:
    """The mean of those cells (or ranges) that hold numbers, a dash where none does."""
    if not cells:
        return f'"{DASH}"'
    listed = ",".join(cells)
    return f'IF(COUNT({listed})=0,"{DASH}",AVERAGE({listed}))'


def one_value(cells: Mapping[str, str]) -> dict[str, str]:
    """The coefficients of one code a unit, from the cells of their sheet.

    A of P = N m (m − 1) ordered pairs of values are alike, each category was given n_k of V = m N times,
    q categories; Σ n_k² is ``squares``.
    """
    m, n, q, squares = (cells[key] for key in ("m", "n", "categories", "squares"))
    agreed = f"({cells['alike']}+{cells['alike_none']})"
    pairs, values = f"({n}*{m}*({m}-1))", f"({m}*{n})"
    observed, fleiss = f"{agreed}/{pairs}", f"{squares}/{values}^2"
    gwet = f"(1-{fleiss})/({q}-1)"
    varied = f"({values}^2-{squares})"

    def corrected(expected: str, never: str) -> str:
        return f'IF({never},"{DASH}",({observed}-{expected})/(1-{expected}))'

    found = {
        "percent_agreement": ratio(agreed, pairs),
        "unanimous_agreement": ratio(cells["unanimous"], n),
        "fleiss_kappa": corrected(f"({fleiss})", f"OR({q}<2,{varied}=0)"),
        "scott_pi": corrected(f"({fleiss})", f"OR({q}<2,{varied}=0)"),
        "brennan_prediger": corrected(f"(1/{q})", f"{q}<2"),
        "gwet_ac1": corrected(f"({gwet})", f"{q}<2"),
        "alpha_nominal": f'IF(OR({q}<2,{varied}=0),"{DASH}",'
        f"1-({values}-1)*({pairs}-{agreed})/(({m}-1)*{varied}))",
    }
    return {name: only_one_value(cells, formula) for name, formula in found.items()}


def only_one_value(cells: Mapping[str, str], formula: str) -> str:
    """A dash where somebody gave a unit several codes, and where there is no unit."""
    return f'IF(OR({cells["several"]}=1,{cells["n"]}=0),"{DASH}",{formula})'


def one_value_kappa(cells: Mapping[str, str], chance: str) -> str:
    """Cohen's kappa of one code a unit from N² p_e."""
    agreed = f"({cells['alike']}+{cells['alike_none']})/2"
    rest = f"({cells['n']}^2-{chance})"
    return only_one_value(
        cells,
        f'IF(OR({cells["categories"]}<2,{rest}=0),"{DASH}",({cells["n"]}*{agreed}-{chance})/{rest})',
    )


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
