"""Real texts, coded twice by real people: imported, coded and compared as users do, and confirmed twice.

The figures are computed again by scikit-learn, and naively (``naive_agreement``).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path

import naive_agreement as naive
import numpy as np
import pytest
from openpyxl import load_workbook
from sklearn.metrics import cohen_kappa_score, f1_score

from coder_app.core.model import Level, Status
from coder_app.formats.agreement_book import write_agreement
from coder_app.formats.readers import read
from coder_app.project.comparing import Choice, Compared, compare_sources, read_sources
from coder_app.project.project import Project
from coder_app.project.sources import Sources

NOVELS = (
    "AliceInWonderland",
    "DavidCopperfield",
    "Emma",
    "OliverTwist",
    "PrideAndPrejudice",
    "TheCallOfTheWild",
)
ANNOTATORS = (2, 3)


@pytest.fixture(scope="module", params=NOVELS)
def novel(
    request: pytest.FixtureRequest, samples: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Project]:
    """A study of one novel's opening: two coders, two codes under a category, all finished."""
    file = samples / "agreement" / f"doccano-two-coders-{request.param}.jsonl"
    passages = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    folder = tmp_path_factory.mktemp("novel")
    (folder / "opening.txt").write_text("\n\n".join(p["text"] for p in passages), encoding="utf-8")
    with Project.create(folder / "study.coder", request.param, "Annotator 2") as project:
        (document,) = project.documents.add([read(folder / "opening.txt").document({})])
        text = project.documents.content(document).text
        above = project.codes.add("Person", Level.CATEGORY)
        labels = sorted({a["label"] for p in passages for a in p["annotations"]})
        codes = {label: project.codes.add(f"Label {label}", parent=above) for label in labels}
        for annotator in ANNOTATORS:
            if annotator != ANNOTATORS[0]:
                project.coders.switch(project.coders.add(f"Annotator {annotator}"))
            at = 0
            places = []
            for passage in passages:
                at = text.index(passage["text"], at)
                places += [
                    (document, at + a["start_offset"], at + a["end_offset"], codes[a["label"]])
                    for a in passage["annotations"]
                    if a["user"] == annotator
                ]
            project.codings.apply_many(places)
            project.documents.set_status(document, Status.FINISHED)
        yield project


@pytest.fixture(scope="module")
def sources(novel: Project) -> Sources:
    return read_sources(novel)


def compared(sources: Sources, unit: str, **options: object) -> Compared:
    by_name = {coder.name: coder.guid for coder in sources.coders}
    coders = tuple(by_name[f"Annotator {number}"] for number in ANNOTATORS)
    return compare_sources(sources, Choice(coders, unit, **options))  # type: ignore[arg-type]


def spans_of(found: Compared) -> list[naive.Span]:
    """Coder, code and place of every coding, as numbers."""
    (codings,) = found.gathered.marked.values()
    coders = [coder.guid for coder in found.gathered.coders]
    codes = list(found.result.codes)
    return [(coders.index(c.coder), codes.index(c.code or ""), c.start, c.end) for c in codings]


def kappa(a: Sequence[object], b: Sequence[object]) -> float | None:
    """scikit-learn's, which warns where there is none."""
    return float(cohen_kappa_score(a, b)) if len({*a, *b}) > 1 else None


def near(value: float | None, other: object) -> bool:
    if value is None or other is None:
        return value is None and other is None
    return value == pytest.approx(float(other), abs=1e-9)  # type: ignore[arg-type]


@pytest.mark.parametrize("unit", ["paragraph", "sentence", "token"])
def test_units(sources: Sources, unit: str) -> None:
    found = compared(sources, unit)
    (places,) = (np.asarray(document.units).tolist() for document in found.gathered.units)
    spans = spans_of(found)
    touched = [(start, end) for start, end in places if any(s < end and e > start for _, _, s, e in spans)]
    given = naive.sets_of(spans, 2, touched)
    given = [[*row, *[frozenset()] * (len(places) - len(touched))] for row in given]
    units = list(zip(*given, strict=True))
    row = found.result.rows[1]
    assert (row.agreed_coded, row.n_coded, row.n_all) == (
        sum(x == y for x, y in units if x or y),
        len(touched),
        len(places),
    )
    kappas = []
    for number, code in enumerate(found.result.codes.values()):
        a, b = ([number in x for x in own] for own in given)
        kappas.append((a, b))
        assert near(code.statistics["cohen_kappa"].value, kappa(a, b))
        if len({*a, *b}) > 1:
            assert near(code.statistics["positive_agreement"].value, f1_score(a, b))
        assert near(code.statistics["alpha_nominal"].value, naive.alpha([a, b], naive.differs))
    assert near(found.result.overall["pooled_kappa"].value, naive.pooled(kappas))
    alpha = naive.alpha(given, lambda x, y: 1 - naive.masi(x, y))
    assert near(found.result.overall["alpha_masi"].value, alpha)
    one_value = found.result.more["cohen_kappa"]  # of sets of codes that are never larger than one
    if one_value.reason != "codes overlap":
        labels = [["+".join(map(str, sorted(x))) for x in own] for own in given]
        assert near(one_value.value, kappa(*labels))


def test_characters(sources: Sources) -> None:
    found = compared(sources, "character")
    (text,) = found.gathered.texts.values()
    assert found.result.n_units == len(text)
    held = np.zeros((2, len(found.result.codes), len(text)), dtype=bool)
    for coder, code, start, end in spans_of(found):
        held[coder, code, start:end] = True
    for number, code in enumerate(found.result.codes.values()):
        a, b = held[:, number]
        assert code.statistics["cohen_kappa"].value == pytest.approx(cohen_kappa_score(a, b), abs=1e-9)
        assert code.table is not None
        assert (code.table.both, code.table.only_a) == (int((a & b).sum()), int((a & ~b).sum()))
    above = compared(sources, "character", level=Level.CATEGORY).result.codes
    (code,) = above.values()
    a, b = held.any(axis=1)
    assert code.statistics["cohen_kappa"].value == pytest.approx(cohen_kappa_score(a, b), abs=1e-9)


@pytest.mark.parametrize("threshold", [0.5, 0.9])
def test_matched_spans(sources: Sources, threshold: float) -> None:
    found = compared(sources, "match", threshold=threshold)
    spans = naive.merged(spans_of(found))
    for number, code in enumerate(found.result.codes.values()):
        a, b = ([(s, e) for c, k, s, e in spans if (c, k) == (coder, number)] for coder in (0, 1))
        matched = naive.matched(a, b, Fraction(str(threshold)))
        assert code.statistics["matched"].value == matched
        assert code.statistics["holsti"].value == pytest.approx(2 * matched / (len(a) + len(b)))


def test_unitizing(sources: Sources) -> None:
    """Each code against everything else, from counts of positions and pairs of positions."""
    found = compared(sources, "unitizing")
    (text,) = found.gathered.texts.values()
    width = len(text)
    spans = naive.merged(spans_of(found))
    for number, code in enumerate(found.result.codes.values()):
        held = np.zeros((2, width), dtype=bool)
        squares = 0
        for coder, k, start, end in spans:
            if k == number:
                held[coder, start:end] = True
                squares += (end - start) ** 2
        coded = int(held.sum())
        gaps = 2 * width - coded
        apart = Fraction(int((held[0] != held[1]).sum()), width)
        expected = Fraction(2 * coded * gaps, (2 * width) ** 2 - squares - gaps)
        assert code.statistics["u_alpha"].value == pytest.approx(float(1 - apart / expected), abs=1e-12)


def test_the_workbook_holds_what_scikit_learn_computes(
    novel: Project, sources: Sources, tmp_path: Path
) -> None:
    found = compared(sources, "paragraph")
    write_agreement(novel, tmp_path / "agreement.xlsx", found)
    header, *rows = load_workbook(tmp_path / "agreement.xlsx")["Per code"].iter_rows(values_only=True)
    (places,) = (np.asarray(document.units).tolist() for document in found.gathered.units)
    given = naive.sets_of(spans_of(found), 2, places)
    assert [row[0] for row in rows] == [found.gathered.labels[key] for key in found.result.codes]
    for number, row in enumerate(rows):
        cells = dict(zip(reversed(header), reversed(row), strict=True))  # the first of each name
        a, b = ([number in x for x in own] for own in given)
        assert (cells["Both"], cells["Neither"]) == (
            sum(x and y for x, y in zip(a, b, strict=True)),
            sum(not x and not y for x, y in zip(a, b, strict=True)),
        )
        value = cells["Cohen's kappa"]
        assert near(value if isinstance(value, float | int) else None, kappa(a, b))
