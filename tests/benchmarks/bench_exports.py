"""Exports of the default workload beside openpyxl writing the same cells with the same styles.

Run by hand: ``uv run python tests/benchmarks/bench_exports.py``. Figures are CPU seconds, the best of
three runs, so that what else the machine does matters little.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from copy import copy
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter
from workload_project import workload_project

from coder_app.formats import exports
from coder_app.formats.agreement_book import write_agreement
from coder_app.project.comparing import UNITS, Choice, compare_project
from coder_app.project.project import Project


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Project.open(workload_project(), read_only=True) as project:
            for kind in ("codebook", "quotes"):
                out = folder / f"{kind}.xlsx"
                own = best(partial(exports.export, kind, project, out))
                bare = best(partial(Bare(out).write, folder / "bare.xlsx"))
                tell(out.name, own, bare, 1.5, "openpyxl, same cells and styles")
            tell("quotes.docx", best(partial(exports.export, "quotes", project, folder / "q.docx"), 1))
            tell("member-check", best(partial(exports.export, "member-check", project, folder / "mc"), 1))
            everybody = tuple(coder.guid for coder in project.coders.all())
            for unit in UNITS:
                if unit == "meaning-unit":  # the workload is not divided into any
                    continue
                compared = compare_project(project, Choice(everybody, unit=unit))
                out = folder / "agreement.xlsx"
                own = best(partial(write_agreement, project, out, compared), 1)
                bare = best(partial(Bare(out).write, folder / "bare.xlsx"), 1)
                tell(f"agreement.xlsx by {unit}", own, bare, 1.5, "openpyxl, same cells and styles")


def best(run: Callable[[], object], runs: int = 3) -> float:
    """CPU seconds of the fastest run."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
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
