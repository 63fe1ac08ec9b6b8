"""How long it takes to compare two codebooks of 150 codes with 20,000 codings; run by hand.

    python tests/benchmarks/bench_codebooks.py

Each figure stands beside its limit; sorting the same spans five times in NumPy is the measure of this
machine, measured in the same run.
"""

from __future__ import annotations

# isort: off
import coder_app.core.agreement  # noqa: F401 -- before NumPy, for the number of its threads

# isort: on
import random
import time
from collections.abc import Callable

import numpy as np

from coder_app.core.agreement.overlap import overlaps
from coder_app.core.codetree import Codebook, key_after
from coder_app.core.lookalike import proposed
from coder_app.core.model import Code, Coding, Level
from coder_app.core.names_alike import likeness

CODES, CODINGS, DOCUMENTS, LENGTH = 150, 20_000, 50, 52_000
LIMIT = 0.3
"""Seconds for the overlap of all pairs of codes, and for choosing among them."""
WORDS = ("fear", "of", "being", "told", "support", "family", "alone", "trust", "week", "care", "nurse")


def codebooks(dice: random.Random) -> tuple[Codebook, list[str], list[str]]:
    """Two codebooks in one tree, and the codes of each."""
    nodes, key = [], None
    for side in "ab":
        for number in range(CODES):
            key = key_after(key)
            name = " ".join(dice.sample(WORDS, dice.randint(1, 4)))
            nodes.append(Code(f"{side}{number}", name, Level.CODE, "#000000", None, key))
    tree = Codebook(nodes)
    return tree, [n.guid for n in nodes[:CODES]], [n.guid for n in nodes[CODES:]]


def workload(dice: random.Random) -> tuple[list[Coding], list[Coding]]:
    """Codings of two coders who often mark the same place."""
    ones, others = [], []
    for number in range(CODINGS // 2):
        document, start = f"d{dice.randrange(DOCUMENTS)}", dice.randrange(LENGTH - 500)
        code = dice.randrange(CODES)
        end = start + dice.randrange(20, 400)
        ones.append(Coding(f"x{number}", document, "A", f"a{code}", start, end))
        other = code if dice.random() < 0.6 else dice.randrange(CODES)
        begin = start + dice.randrange(60)
        others.append(
            Coding(f"y{number}", document, "B", f"b{other}", begin, begin + dice.randrange(20, 400))
        )
    return ones, others


def timed(call: Callable[[], object], times: int = 5) -> float:
    """Seconds of the fastest of some runs."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        call()
        found.append(time.perf_counter() - start)
    return min(found)


def main() -> None:
    dice = random.Random(1)
    tree, a, b = codebooks(dice)
    ones, others = workload(dice)
    covered = [{guid: [at] for at, guid in enumerate(side)} for side in (a, b)]
    starts = np.array([coding.start for coding in ones + others])
    measure = timed(lambda: [np.sort(starts) for _ in range(5)])
    likeness("load", "it")
    found = overlaps(ones, others, covered[0], covered[1], (CODES, CODES))
    figures = {
        "overlap of all pairs": timed(lambda: overlaps(ones, others, *covered, (CODES, CODES))),
        "pairs proposed": timed(lambda: proposed(tree, a, b, found.of)),
    }
    print(f"sorting the spans five times {1000 * measure:.1f} ms")
    for name, seconds in figures.items():
        figure = f"{1000 * seconds:8.1f} ms   limit {1000 * LIMIT:.0f} ms"
        print(f"{name:24}{figure}   {seconds / measure:6.1f} sorts")


if __name__ == "__main__":
    main()
