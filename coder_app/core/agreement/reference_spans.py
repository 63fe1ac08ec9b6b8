"""The reference cases on spans: keys ``[L<level>/]<method>:<code|all|sets>:<statistic>``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from coder_app.core.agreement import earlier_unitizing, matching, sets, spans, twobytwo, unitizing, units
from coder_app.core.agreement.result import Statistic

Found = dict[str, Statistic]


def span_statistics(values: Mapping[str, Any]) -> Found:
    """Everything the case asks for in ``compute``, at each of its ``levels`` (or once, without levels)."""
    found: Found = {}
    if not values.get("levels"):
        names = list(values["codes"])
        _add(found, "", _computed(values, names, list(range(len(names)))))
        return found
    for level in values["levels"]:
        names, ancestor = roll_up(values["codes"], values["tree"], level)
        _add(found, f"L{level}/", _computed(values, names, ancestor))
    return found


def earlier_unitizing_statistics(values: Mapping[str, Any]) -> Found:
    """The unitizing alpha of 1995 and 2004 of each code, and over all."""
    segments, edges = _joined(values)
    merged = spans.merge(segments)
    by_code: dict[str, list[list[tuple[int, int]]]] = {}
    for place, code in enumerate(values["codes"]):
        of_code = merged.where(merged.code == place)
        own = [of_code.of_coder(coder) for coder in range(len(values["coders"]))]
        by_code[code] = [list(zip(s.start.tolist(), s.end.tolist(), strict=True)) for s in own]
    return earlier_unitizing.statistics(by_code, int(edges[-1]))


def roll_up(codes: Sequence[str], tree: Mapping[str, str | None], level: int) -> tuple[list[str], list[int]]:
    """The codes' ancestors at a level (1 = the root), each once, and for each code its ancestor's place."""
    names: list[str] = []
    places: list[int] = []
    for code in codes:
        path = [code]
        while (parent := tree.get(path[0])) is not None:
            if parent in path:
                raise ValueError("The tree holds a circle.")
            path.insert(0, parent)
        name = path[min(level, len(path)) - 1]
        if name not in names:
            names.append(name)
        places.append(names.index(name))
    return names, places


def _add(found: Found, prefix: str, part: Found) -> None:
    found.update({prefix + key: statistic for key, statistic in part.items()})


def _joined(values: Mapping[str, Any]) -> tuple[spans.Segments, spans.IntArray]:
    documents = {document["id"]: d for d, document in enumerate(values["documents"])}
    coders = {coder: c for c, coder in enumerate(values["coders"])}
    codes = {code: k for k, code in enumerate(values["codes"])}
    rows = [
        (documents[s["doc"]], coders[s["coder"]], codes[s["code"]], s["start"], s["end"])
        for s in values["spans"]
    ]
    lengths = [document["length"] for document in values["documents"]]
    if any(length < 0 for length in lengths) or (sum(lengths) + 1) * (len(codes) + 1) >= 2**62:
        raise ValueError("the documents' lengths make no sense")
    return spans.join(spans.Codings.from_rows(rows), lengths), spans.offsets(lengths)


def _computed(values: Mapping[str, Any], names: list[str], ancestor: list[int]) -> Found:
    segments, edges = _joined(values)
    merged = spans.merge(spans.replace(segments, ancestor))
    wanted, width = set(values["compute"]), int(edges[-1])
    coders = len(values["coders"])
    found: Found = {}
    if "characters" in wanted:
        _add(found, "char:", _by_code(names, spans.character_tables(merged, width, len(names))))
    if "units" in wanted:
        _add(found, "unit:", _units(values, merged, edges, names))
    if "document" in wanted:
        whole = units.fixed_units(merged, edges[:-1], edges[1:], coders, len(names))
        _add(found, "doc:", _by_code(names, units.code_tables(whole)))
    if "matching" in wanted:
        for threshold in values.get("thresholds", [matching.DEFAULT_THRESHOLD]):
            _add(found, f"match@{threshold}:", _matching(merged, width, names, threshold))
    if "unitizing" in wanted:
        _add(found, "unitizing:", _unitizing(merged, coders, width, names))
    return found


def _by_code(names: list[str], tables: list[twobytwo.Table]) -> Found:
    found: Found = {}
    for name, table in zip(names, tables, strict=True):
        counts = {
            "both": table.both,
            "only_a": table.only_a,
            "only_b": table.only_b,
            "neither": table.neither,
        }
        _add(found, f"{name}:", {key: Statistic(count) for key, count in counts.items()})
        _add(found, f"{name}:", twobytwo.statistics(table))
    _add(found, "all:", twobytwo.across_codes(tables))
    return found


def _units(
    values: Mapping[str, Any], merged: spans.Segments, edges: spans.IntArray, names: list[str]
) -> Found:
    given: list[list[tuple[int, int]]] = [[] for _ in values["documents"]]
    place = {document["id"]: d for d, document in enumerate(values["documents"])}
    for unit in values["units"]:
        given[place[unit["doc"]]].append((unit["start"], unit["end"]))
    starts, ends, _ = units.on_continuum([np.array(sorted(part)) for part in given], edges)
    least = int(values.get("unit_min_chars", 1))
    incidence = units.fixed_units(merged, starts, ends, len(values["coders"]), len(names), least)
    found = _by_code(names, units.code_tables(incidence))
    _add(found, "sets:", sets.statistics(incidence))
    return found


def _matching(merged: spans.Segments, width: int, names: list[str], threshold: float) -> Found:
    by_code = matching.match(merged, width, len(names), threshold)
    found: Found = {}
    for name, matched in zip(names, by_code, strict=True):
        _add(found, f"{name}:", matching.of_code(matched))
    _add(found, "all:", matching.overall(by_code))
    return found


def _unitizing(merged: spans.Segments, coders: int, width: int, names: list[str]) -> Found:
    found: Found = {}
    by_code = unitizing.u_alpha_by_code(merged, coders, len(names), width)
    for name, statistic in zip(names, by_code, strict=True):
        found[f"{name}:u_alpha"] = statistic
    _add(found, "all:", unitizing.overall(merged, coders, len(names), width))
    return found
