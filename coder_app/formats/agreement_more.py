"""The sheet that the figures of one code a unit rest on, and their formulas."""

from __future__ import annotations

from collections.abc import Mapping

from coder_app.core.agreement.comparison import Comparison
from coder_app.core.model import UnitKind
from coder_app.formats import agreement_formulas as formulas
from coder_app.formats.agreement_codes import CodeSheet
from coder_app.formats.agreement_figures import COUNT_LIVE
from coder_app.formats.agreement_units import UnitSheet
from coder_app.formats.xlsx import COUNT, TEXT, Book, Cell, Column, Formula, Value

TITLE = "One code a unit"
_COLUMNS = (Column("What", 70, TEXT), Column("count", 18, COUNT_LIVE))
_ROWS = (
    ("m", "Coders (m)"),
    ("n", "Units (N)"),
    ("q", "Codes"),
    ("several", "Somebody gave a unit several codes (1: yes, 0: no); then these figures do not exist"),
    ("given", "Times that a code was given, all coders together"),
    ("none", "Times that no code was given (m N less these)"),
    ("alike", "Ordered pairs of coders who gave a unit the same code"),
    ("alike_none", "Ordered pairs of coders who both gave a unit none"),
    ("unanimous", "Units that all coders gave the same code, or all none"),
    ("squares", "Sum of squares of how often each code was given, and none"),
    ("categories", "Categories (q: the codes and “no code”; of meaning units the codes alone)"),
)


def write_one_value(book: Book, result: Comparison, codes: CodeSheet, units: UnitSheet) -> dict[str, str]:
    """The sheet of counts; returns the formulas of what rests on it.

    ``codes`` is the sheet of all coders, ``units`` that of the units.
    """
    sheet = book.table(TITLE, _COLUMNS)
    cells = {key: f"{sheet.reference}$B${row}" for row, (key, _) in enumerate(_ROWS, 2)}
    own = {key: f"$B${row}" for row, (key, _) in enumerate(_ROWS, 2)}
    m, view = len(result.coders), result.views[result.level]
    all_coded = result.unit == UnitKind.MEANING_UNIT
    several = any((view.incidence.sizes(coder) > 1).any() for coder in range(m))
    coded_by = [units.summed("coders", str(j)) for j in range(1, m + 1)]
    nobody = f"({own['n']}-{'-'.join(coded_by)})"
    counts = _of_two(codes) if m == 2 else _of_more(codes, m)
    both_none = [f"{(m - j) * (m - j - 1)}*{formula}" for j, formula in enumerate([nobody, *coded_by])]
    written: dict[str, Value | Cell] = {
        "m": Cell(m, COUNT),
        "n": Cell(result.n_units, COUNT),
        "q": Cell(len(result.codes), COUNT),
        "several": Cell(int(several), COUNT),
        "given": Formula(counts["given"]),
        "none": Formula(f"{own['m']}*{own['n']}-{own['given']}"),
        "alike": Formula(counts["alike"]),
        "alike_none": Formula("+".join(term for term in both_none if not term.startswith("0*"))),
        "unanimous": Formula(f"{counts['unanimous']}+{nobody}"),
        "squares": Formula(f"{counts['squares']}+{own['none']}^2"),
        "categories": Formula(f"{own['q']}+IF({own['none']}>0,1,0)" if all_coded else f"{own['q']}+1"),
    }
    for key, words in _ROWS:
        sheet.values(_COLUMNS, [words, written[key]])
    book.finish_table(sheet, _COLUMNS)
    found = formulas.one_value(cells)
    for name in ("brennan_prediger", "gwet_ac1") if all_coded else ():
        found[name] = f'IF({cells["none"]}>0,"{formulas.DASH}",{found[name]})'
    if m == 2:
        products = f"SUMPRODUCT({codes.range('given_a')},{codes.range('given_b')})"
        none = [f"({cells['n']}-SUM({codes.range(name)}))" for name in ("given_a", "given_b")]
        chance = f"({products}+{none[0]}*{none[1]})"
        found["cohen_kappa"] = formulas.one_value_kappa(cells, chance)
    return found


def _of_two(codes: CodeSheet) -> dict[str, str]:
    a, b, both = (codes.range(name) for name in ("given_a", "given_b", "both"))
    return {
        "given": f"SUM({a})+SUM({b})",
        "alike": f"2*SUM({both})",
        "unanimous": f"SUM({both})",
        "squares": f"SUMSQ({a})+SUMSQ({b})+2*SUMPRODUCT({a},{b})",
    }


def _of_more(codes: CodeSheet, m: int) -> dict[str, str]:
    by = [f"SUM({codes.range(f'by {j}')})" for j in range(m + 1)]
    return {
        "given": f"SUM({codes.range('times')})",
        "alike": "+".join(f"{j * (j - 1)}*{by[j]}" for j in range(2, m + 1)),
        "unanimous": by[m],
        "squares": f"SUMSQ({codes.range('times')})",
    }


def means_over_codes(result: Comparison, codes: CodeSheet) -> dict[str, str]:
    """The formulas of the means over codes."""
    names = [name for name in result.more if name.startswith("mean_")]
    return {name: formulas.mean_of([codes.range(name.removeprefix("mean_"))]) for name in names}


def more_formulas(
    result: Comparison, codes: CodeSheet, one_value: Mapping[str, str], holsti: str
) -> dict[str, str]:
    """The formulas of all further figures."""
    return {"holsti": holsti, **means_over_codes(result, codes), **one_value}
