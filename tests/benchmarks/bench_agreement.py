"""How long agreement takes on 20,000 codings with 150 codes; run by hand.

    python tests/benchmarks/bench_agreement.py

Each figure stands beside its limit; sorting the same rows five times in NumPy is the measure of this
machine, measured in the same run, so that figures of different machines can be compared as ratios.
"""

from __future__ import annotations

# isort: off
import coder_app.core.agreement  # noqa: F401 -- before NumPy, for the number of its threads

# isort: on
import time
from collections.abc import Callable

import numpy as np

from coder_app.core.agreement import matching, spans, unitizing
from coder_app.core.agreement.codelist import CodeList
from coder_app.core.agreement.study import Codings, DocumentUnits, UnitKind, compare
from coder_app.core.model import Level

DOCUMENTS, LENGTH, CODINGS, CODES, TURN = 50, 60_000, 20_000, 150, 300


def workload(seed: int = 1) -> tuple[Codings, list[DocumentUnits], CodeList]:
    """Two coders who often mark the same place, 200 turns a transcript, a tree of four levels."""
    random = np.random.default_rng(seed)
    half = CODINGS // 2
    document = random.integers(0, DOCUMENTS, half)
    start = random.integers(0, LENGTH - 600, half)
    length = random.integers(20, 400, half)
    code = random.integers(0, CODES, half)
    kept = random.random(half) < 0.6
    other = np.where(kept, code, random.integers(0, CODES, half))
    moved = start + random.integers(0, 60, half)
    codings = Codings.of(
        np.tile(document, 2),
        np.repeat([0, 1], half),
        np.concatenate([code, other]),
        np.concatenate([start, moved]),
        np.concatenate([start + length, moved + length]),
    )
    turns = [(at, at + TURN - 1) for at in range(0, LENGTH, TURN)]
    documents = [DocumentUnits(f"d{number}", LENGTH, turns) for number in range(DOCUMENTS)]
    levels = [Level.CODE] * CODES + [Level.SUBCATEGORY] * 24 + [Level.CATEGORY] * 8 + [Level.THEME] * 4
    parents: list[int | None] = [CODES + k % 24 for k in range(CODES)]
    parents += [CODES + 24 + k % 8 for k in range(24)] + [CODES + 32 + k % 4 for k in range(8)] + [None] * 4
    return codings, documents, CodeList.from_parents([f"k{k}" for k in range(len(levels))], levels, parents)


def seconds(action: Callable[[], object], times: int = 5) -> float:
    """The shortest of several runs."""
    best = float("inf")
    for _ in range(times):
        begun = time.perf_counter()
        action()
        best = min(best, time.perf_counter() - begun)
    return best


def main() -> None:
    codings, documents, codes = workload()
    lengths = [document.length for document in documents]
    width = sum(lengths)

    def sort_rows() -> None:
        for _ in range(5):
            np.lexsort((codings.start, codings.code, codings.coder, codings.document))

    def merged() -> spans.Segments:
        return spans.merge(spans.join(codings, lengths))

    ready = merged()
    measure = seconds(sort_rows)
    print(f"{'sorting the rows five times':46} {measure * 1000:8.1f} ms")
    work: list[tuple[str, float, Callable[[], object]]] = [
        ("2 x 2 by characters, all codes", 0.25, lambda: spans.character_tables(merged(), width, CODES)),
        ("matched segments, all codes", 0.25, lambda: matching.match(ready, width, CODES, 0.5)),
        ("u_alpha of each code", 0.25, lambda: unitizing.u_alpha_by_code(ready, 2, CODES, width)),
        (
            "compare, characters, four levels",
            1.0,
            lambda: compare(codings, ("A", "B"), documents, codes, unit=UnitKind.CHARACTER),
        ),
        (
            "compare, turns, four levels",
            1.0,
            lambda: compare(codings, ("A", "B"), documents, codes, unit=UnitKind.TURN),
        ),
    ]
    for name, limit, action in work:
        taken = seconds(action)
        print(
            f"{name:46} {taken * 1000:8.1f} ms   limit {limit * 1000:6.0f} ms   "
            f"{taken / limit:5.2f} of the limit   {taken / measure:6.1f} x sorting"
        )
    for unit in (UnitKind.TURN, UnitKind.CHARACTER):
        taken = seconds(
            lambda unit=unit: compare(codings, ("A", "B"), documents, codes, unit=unit, resamples=2000), 1
        )
        print(f"{'compare, 2,000 resamples, ' + unit.value:46} {taken * 1000:8.1f} ms")


if __name__ == "__main__":
    main()
