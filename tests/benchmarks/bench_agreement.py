"""How long agreement takes on 50 transcripts of 52,000 characters, 20,000 codings, 150 codes; run by hand.

    python tests/benchmarks/bench_agreement.py

Each figure stands beside its limit. scikit-learn's ``cohen_kappa_score``, code by code on arrays of
characters, is measured in the same run, and so is the same comparison at ten times the text: the cost grows
with the codings, not with characters. Beside each time stands the processor's, which says more on a machine
that has other work to do.
"""

from __future__ import annotations

# isort: off
import coder_app.core.agreement  # noqa: F401 -- before NumPy, for the number of its threads

# isort: on
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from coder_app.core.agreement.codelist import CodeList
from coder_app.core.agreement.study import Codings, DocumentUnits, compare
from coder_app.core.codetree import Codebook
from coder_app.core.model import Code, Coder, Coding, Document, Level, Role, Speaker, Status
from coder_app.project.comparing import UNITS, Choice, compare_sources
from coder_app.project.content import Content
from coder_app.project.sources import Sources

DOCUMENTS, LENGTH, CODINGS, CODES, TURN = 50, 52_000, 20_000, 150, 260
CODERS = ("A", "B", "C")
LEVELS = [Level.CODE] * CODES + [Level.SUBCATEGORY] * 24 + [Level.CATEGORY] * 8 + [Level.THEME] * 4
PARENTS: list[int | None] = [
    *(CODES + k % 24 for k in range(CODES)),
    *(CODES + 24 + k % 8 for k in range(24)),
    *(CODES + 32 + k % 4 for k in range(8)),
    *([None] * 4),
]
CODE_LIST = CodeList.from_parents([f"k{k}" for k in range(len(LEVELS))], LEVELS, PARENTS)


def codings(seed: int = 1, stretched: int = 1) -> Codings:
    """Two coders who often mark the same place; ``stretched`` makes the same codings lie farther apart."""
    random = np.random.default_rng(seed)
    half = CODINGS // 2
    document = random.integers(0, DOCUMENTS, half)
    start = random.integers(0, LENGTH - 600, half) * stretched
    length = random.integers(20, 400, half)
    code = random.integers(0, CODES, half)
    other = np.where(random.random(half) < 0.6, code, random.integers(0, CODES, half))
    moved = start + random.integers(0, 60, half)
    return Codings.of(
        np.tile(document, 2),
        np.repeat([0, 1], half),
        np.concatenate([code, other]),
        np.concatenate([start, moved]),
        np.concatenate([start + length, moved + length]),
    )


def documents(stretched: int = 1) -> list[DocumentUnits]:
    length = LENGTH * stretched
    turns = [(at, at + TURN - 1) for at in range(0, length, TURN)]
    return [DocumentUnits(f"d{n}", length, turns, None, [at for at, _ in turns]) for n in range(DOCUMENTS)]


def sources(given: Codings) -> Sources:
    """The same as read from a project: participants and interviewers speak by turns."""
    words = ("so I said to her that it was all right. " * 8)[: TURN - 3]
    text = "".join(f"{'PI'[n % 2]}: {words[: TURN - 4]}\n" for n in range(LENGTH // TURN))
    turns = [[at, at + 3, at + TURN - 1, at // TURN % 2, None] for at in range(0, len(text), TURN)]
    heads = tuple(Document(f"d{n}", f"Interview {n}", "", "", len(text)) for n in range(DOCUMENTS))
    rows = zip(given.document, given.coder, given.code, given.start, given.end, strict=True)
    found: dict[str, list[Coding]] = {head.guid: [] for head in heads}
    for number, (d, c, k, s, e) in enumerate(rows):
        found[f"d{d}"].append(Coding(str(number), f"d{d}", CODERS[c], f"k{k}", int(s), int(e)))
    nodes = [
        Code(f"k{k}", f"Code {k}", level, "#000000", None if parent is None else f"k{parent}", f"{k:04}")
        for k, (level, parent) in enumerate(zip(LEVELS, PARENTS, strict=True))
    ]
    return Sources(
        project="benchmark",
        coders=tuple(Coder(name, name) for name in CODERS),
        documents=heads,
        hashes={},
        statuses={(head.guid, coder): Status.FINISHED for head in heads for coder in CODERS},
        changed_after=frozenset(),
        tree=Codebook(nodes),
        level_names={
            level: level.key for level in (Level.CODE, Level.SUBCATEGORY, Level.CATEGORY, Level.THEME)
        },
        speakers={
            head.guid: (
                Speaker("p", head.guid, "P", Role.PARTICIPANT, None),
                Speaker("i", head.guid, "I", Role.INTERVIEWER, None),
            )
            for head in heads
        },
        meaning_units={head.guid: tuple((s + 3, e) for s, _, e, _, _ in turns) for head in heads},
        codings={guid: tuple(sorted(own, key=lambda c: (c.start, c.end))) for guid, own in found.items()},
        contents={head.guid: Content(text, str(turns).replace("None", "null"), 2) for head in heads},
    )


@dataclass(frozen=True)
class Taken:
    """The shortest of several runs, by the clock and by the processor, in seconds."""

    clock: float
    processor: float


def seconds(action: Callable[[], object], times: int = 5) -> Taken:
    clock = processor = float("inf")
    for _ in range(times):
        begun, used = time.perf_counter(), time.process_time()
        action()
        clock = min(clock, time.perf_counter() - begun)
        processor = min(processor, time.process_time() - used)
    return Taken(clock, processor)


def show(name: str, taken: Taken, limit: float | None = None) -> None:
    """A line: what, how long, the limit and how much of it was used."""
    beside = ""
    if limit is not None:
        beside = f"   limit {limit * 1000:5.0f} ms   {taken.clock / limit:5.2f} of the limit"
    print(f"{name:54} {taken.clock * 1000:8.0f} ms ({taken.processor * 1000:6.0f} processor){beside}")


def main() -> None:
    given, units = codings(), documents()

    def measured(unit: str, resamples: int = 0) -> Callable[[], object]:
        return lambda: compare(given, CODERS[:2], units, CODE_LIST, unit=unit, resamples=resamples)

    for unit, limit in (("character", 0.25), ("turn", 0.25), ("match", 0.25), ("unitizing", 1.0)):
        show(f"every coefficient, all codes, four levels: {unit}", seconds(measured(unit)), limit)
    for unit in ("turn", "character"):
        show(f"the same with 2,000 resamples: {unit}", seconds(measured(unit, 2000), 1), 5.0)
    far, long = codings(stretched=10), documents(10)
    taken = seconds(lambda: compare(far, CODERS[:2], long, CODE_LIST, unit="character"))
    show(
        "characters, the same codings in ten times the text", taken, 2 * seconds(measured("character")).clock
    )
    show_choices(sources(given))
    show_sklearn(given, seconds(measured("character")))


def show_choices(read: Sources) -> None:
    """Another unit, level or coder chosen on sources read once."""
    compare_sources(read, Choice(CODERS[:2]))
    for unit in UNITS:
        show(
            f"choosing the unit {unit}",
            seconds(lambda unit=unit: compare_sources(read, Choice(CODERS[:2], unit)), 1),
            0.3,
        )
    choice = Choice(CODERS[:2], level=Level.THEME)
    show("choosing the level theme", seconds(lambda: compare_sources(read, choice)), 0.3)
    show("choosing the other two coders", seconds(lambda: compare_sources(read, Choice(CODERS[1:]))), 0.3)
    few = Choice(CODERS[:2], documents=tuple(f"d{n}" for n in range(25)))
    show("choosing half of the transcripts", seconds(lambda: compare_sources(read, few)), 0.3)
    show("all three coders", seconds(lambda: compare_sources(read, Choice(CODERS))))


def show_sklearn(given: Codings, ours: Taken) -> None:
    """scikit-learn's kappa of five codes on arrays of characters, times thirty."""
    try:
        from sklearn.metrics import cohen_kappa_score
    except ImportError:
        print("scikit-learn is not installed: `uv sync` brings it.")
        return
    sample = 5
    held = np.zeros((2, sample, DOCUMENTS * LENGTH), dtype=bool)
    chosen = given.code < sample
    rows = zip(
        *(part[chosen] for part in (given.document, given.coder, given.code, given.start, given.end)),
        strict=True,
    )
    for d, c, k, s, e in rows:
        held[c, k, d * LENGTH + s : d * LENGTH + e] = True
    one = seconds(lambda: [cohen_kappa_score(*held[:, k]) for k in range(sample)], 1)
    times = CODES / sample
    taken = Taken(one.clock * times, one.processor * times)
    show(f"scikit-learn: kappa of {CODES} codes ({sample} measured)", taken)
    print(f"all our figures: {taken.processor / ours.processor:.0f} times faster (at least 20 wanted)")


if __name__ == "__main__":
    main()
