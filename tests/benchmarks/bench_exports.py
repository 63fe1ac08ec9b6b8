"""Exports of the default workload beside openpyxl writing the same cells with the same styles.

Run by hand: ``uv run python tests/benchmarks/bench_exports.py``. 50 transcripts of 10,000 words, 150 codes,
20,000 codings by two coders. Each figure is the best of three runs in this process.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable
from copy import copy
from functools import partial
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter

from coder_app.core.model import Level, NewDocument, NewSpeaker, Role, Status, Turn
from coder_app.formats import exports
from coder_app.project.comparing import UNITS, Choice, compare_project
from coder_app.project.project import Project

WORDS = str.split(
    "she said that nobody told us before because the team was there and we had to ask them again"
)


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with workload(folder / "bench.coder") as project:
            for kind in ("codebook", "quotes"):
                out = folder / f"{kind}.xlsx"
                own = best(partial(exports.export, kind, project, out))
                bare = best(partial(Bare(out).write, folder / "bare.xlsx"))
                tell(out.name, own, bare, 1.5, "openpyxl, same cells and styles")
            tell("quotes.docx", best(partial(exports.export, "quotes", project, folder / "q.docx"), 1))
            tell("member-check", best(partial(exports.export, "member-check", project, folder / "mc"), 1))
            everybody = tuple(coder.guid for coder in project.coders.all())
            for unit in UNITS:
                choice = Choice(everybody, unit=unit)
                tell(f"compare by {unit}", best(partial(compare_project, project, choice)))
                options = exports.Options(comparison=choice)
                run = partial(exports.export, "agreement", project, folder / "agreement.xlsx", options)
                tell(f"agreement.xlsx by {unit}", best(run, 1))


def workload(path: Path) -> Project:
    """The default workload, as plain as it can be."""
    pick = random.Random(1)
    project = Project.create(path, "Bench", "Ann")
    project.documents.add([transcript(number, pick) for number in range(50)])
    codes = []
    for theme in range(10):
        top = project.codes.add(f"Theme {theme}", Level.THEME)
        for category in range(3):
            middle = project.codes.add(f"Category {theme}.{category}", Level.CATEGORY, top)
            for code in range(4 if category or theme % 3 else 2):
                codes.append(project.codes.add(f"Code {theme}.{category}.{code}", parent=middle))
                project.codes.define(codes[-1], "short", "What is meant by it, in a line or two. " * 2)
                project.codes.define(codes[-1], "full", "What is meant by it, at length. " * 8)
    coders = [project.coders.current.guid, project.coders.add("Ben")]
    documents = project.documents.all()
    places = [
        [
            (pick.randrange(document.characters - 400), pick.randrange(20, 400), pick.choice(codes))
            for _ in range(200)
        ]
        for document in documents
    ]
    for number, coder in enumerate(coders):
        project.coders.switch(coder)
        rows = []
        for document, own in zip(documents, places, strict=True):
            for start, length, code in own:
                given = pick.choice(codes) if number and pick.random() < 0.3 else code
                rows.append((document.guid, start, start + length, given))
        project.codings.apply_many(rows)
        project.documents.set_statuses([document.guid for document in documents], Status.FINISHED)
    project.coders.switch(coders[0])
    return project


def transcript(number: int, pick: random.Random) -> NewDocument:
    text, turns = "", []
    for turn in range(1, 401):
        name = "I" if turn % 2 else f"P{number + 1}"
        body = " ".join(pick.choice(WORDS) for _ in range(8 if turn % 2 else 42)).capitalize() + "."
        start = len(text)
        text += f"{name}: {body}\n\n"
        turns.append(Turn(turn, start, start + len(name) + 2, len(text) - 2, 1 - turn % 2, None))
    speakers = (
        NewSpeaker("I", Role.INTERVIEWER),
        NewSpeaker(f"P{number + 1}", Role.PARTICIPANT, f"P{number + 1}"),
    )
    return NewDocument(f"Interview {number + 1}", text, speakers, tuple(turns))


def best(run: Callable[[], object], runs: int = 3) -> float:
    """Seconds of the fastest run."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times)


class Bare:
    """The cells and styles of a workbook, kept in memory to be written again by openpyxl alone."""

    def __init__(self, path: Path) -> None:
        self.sheets = []
        self.looks: dict[int, Any] = {}
        for sheet in load_workbook(path):
            rows = []
            for row in sheet.iter_rows():
                rows.append([(cell.value, cell.style_id) for cell in row])
                self.looks.update((cell.style_id, cell) for cell in row)
            letters = [get_column_letter(number) for number in range(1, sheet.max_column + 1)]
            widths = {letter: sheet.column_dimensions[letter].width for letter in letters}
            self.sheets.append((sheet.title, rows, widths))

    def write(self, out: Path) -> None:
        """Write-only mode; every style is made once and shared."""
        book = Workbook(write_only=True)
        styles: dict[int, Any] = {}
        for title, rows, widths in self.sheets:
            sheet: Any = book.create_sheet(title)
            for letter, width in widths.items():
                sheet.column_dimensions[letter].width = width
            for row in rows:
                cells = []
                for value, look in row:
                    cell: Any = WriteOnlyCell(sheet, value)
                    if look not in styles:
                        styles[look] = self._style(sheet, look)
                    cell._style = styles[look]
                    cells.append(cell)
                sheet.append(cells)
        book.save(out)

    def _style(self, sheet: Any, look: int) -> Any:
        cell: Any = WriteOnlyCell(sheet)
        for part in ("font", "fill", "alignment", "border"):
            setattr(cell, part, copy(getattr(self.looks[look], part)))
        cell.number_format = self.looks[look].number_format
        return cell._style


def tell(what: str, seconds: float, bare: float | None = None, limit: float = 0, beside: str = "") -> None:
    line = f"{what:32} {seconds:6.2f} s"
    if bare is not None:
        line += f"   {beside}: {bare:.2f} s, {seconds / bare:.2f} times (limit {limit})"
    print(line, flush=True)


if __name__ == "__main__":
    main()
