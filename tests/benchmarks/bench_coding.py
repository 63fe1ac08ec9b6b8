"""The Code page on the workload: ``uv run tests/benchmarks/bench_coding.py [transcripts]``.

Each figure is the time until what was asked for is painted (and, for actions, on disk), in the real
window; beside it stands its limit measured in the same run. ``--profile`` prints where an action spends it.
"""

from __future__ import annotations

import argparse
import cProfile
import itertools
import os
import pstats
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["CODER_APP_HOME"] = tempfile.mkdtemp()
sys.path.insert(0, str(Path(__file__).parent))

from PySide6.QtWidgets import QApplication, QTextEdit
from workload_project import CODERS, workload_project

from coder_app.core.model import Level
from coder_app.project.project import Project
from coder_app.ui import theme
from coder_app.ui.coding.page import CodePage
from coder_app.ui.colors import LIGHT
from coder_app.ui.context import Context
from coder_app.ui.pages import PAGES
from coder_app.ui.settings import Settings
from coder_app.ui.window import Window
from coder_app.ui.work import Work

SIZE = (1366, 768)


def settle() -> None:
    """Let everything asked for be laid out and painted."""
    QApplication.processEvents()
    QApplication.sendPostedEvents()
    QApplication.processEvents()


def paint() -> None:
    """Have everything that is out of date painted, as the event loop does before anything else.

    Timers wait: Qt lays out the invisible rest of a text by one, in a bare widget too.
    """
    for _ in range(3):
        QApplication.sendPostedEvents()


class Figure(float):
    """Milliseconds on the clock, and those of them that the processor worked for this process."""

    cpu: float = 0.0


def timed(works: Sequence[Callable[[], object]], before: Callable[[], object] | None = None) -> Figure:
    """Median of these calls; the first is not counted. ``before`` each is not timed."""
    taken, worked = [], []
    for work in works:
        if before is not None:
            before()
        settle()
        began, busy = time.perf_counter(), time.process_time()
        work()
        paint()
        taken.append((time.perf_counter() - began) * 1000)
        worked.append((time.process_time() - busy) * 1000)
        settle()
    figure = Figure(statistics.median(taken[1:]))
    figure.cpu = statistics.median(worked[1:])
    return figure


def row(name: str, figure: Figure, limit: Figure | None, aim: str) -> None:
    beside = f"{limit:9.1f} ms {figure / limit:6.1f} x" if limit else " " * 21
    print(f"{name:<50}{figure:9.1f} ms (cpu {figure.cpu:6.1f}){beside}   {aim}")


class Bench:
    """The window on a copy of the workload, coder A at work."""

    def __init__(self, source: Path, profile: bool) -> None:
        self.profile = profile
        self.places = itertools.count(40, 311)
        """Where the next coding is put; no stretch comes twice."""
        folder = Path(tempfile.mkdtemp())
        self.path = folder / "copy.coder"
        self.bare_path = folder / "bare.coder"
        shutil.copy(source, self.path)
        shutil.copy(source, self.bare_path)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.apply(app, LIGHT)
        self.ctx = Context(Settings(), Work(inline=True))
        self.window = Window(self.ctx, PAGES)
        self.window.resize(*SIZE)
        self.window.show()
        self.project = Project.open(self.path, coder=CODERS[0])
        self.ctx.set_project(self.project)
        page = self.window.show_page("code")
        assert isinstance(page, CodePage)
        self.page = page
        settle()

    def measure(self, name: str, figure: Callable[[], Figure], limit: Figure | None, aim: str) -> None:
        if not self.profile:
            row(name, figure(), limit, aim)
            return
        profiler = cProfile.Profile()
        row(name, profiler.runcall(figure), limit, aim)
        pstats.Stats(profiler).sort_stats("cumulative").print_stats(28)

    # Limits

    def bare_widget(self) -> QTextEdit:
        """Qt's own text widget with lines as wide as those of the page, in its letters."""
        pane = self.page.view._pane
        bare = QTextEdit(readOnly=True)
        bare.setStyleSheet("QTextEdit { border: 0; padding: 0; }")
        bare.document().setDefaultFont(pane.text_font())
        bare.resize(pane.viewport().width() + bare.verticalScrollBar().sizeHint().width(), pane.height())
        bare.show()
        settle()
        return bare

    def bare_text(self, texts: Sequence[str]) -> Figure:
        bare = self.bare_widget()
        settle()
        figure = timed([lambda text=text: bare.setPlainText(text) for text in texts])
        bare.close()
        return figure

    def bare_change(self) -> Figure:
        """One commit of a row with bare sqlite3 and one repaint of a bare text widget."""
        raw = sqlite3.connect(self.bare_path, isolation_level=None)
        raw.execute("CREATE TABLE IF NOT EXISTS bare (a, b)")
        bare = self.bare_widget()
        bare.setPlainText(self.page.transcript.text if self.page.transcript else "")
        settle()

        def change() -> None:
            raw.execute("BEGIN IMMEDIATE")
            raw.execute("INSERT INTO bare VALUES (1, 'some text of the size of a change')")
            raw.execute("COMMIT")
            bare.viewport().update()

        figure = timed([change] * 10)
        bare.close()
        raw.close()
        return figure

    # Figures

    def opening(self, documents: Sequence[str]) -> Figure:
        return timed([lambda guid=guid: self.page.show_document(guid) for guid in documents])

    def applying(self, code: str) -> Figure:
        def select() -> None:
            start = next(self.places)
            self.page.view.select(start, start + 60)
            self.page.view.scroll_to(start, start + 60)

        return timed([lambda: self.page.apply(code)] * 12, select)

    def choosing(self) -> Callable[[], object]:
        """Select own codings one after the other."""

        def choose() -> None:
            self.page.next_coding()
            while not self.page.has_own_coding:
                self.page.next_coding()

        return choose

    def resizing(self) -> Figure:
        return timed([self.page.grow_end] * 12, self.choosing())

    def removing(self) -> Figure:
        return timed([self.page.remove] * 12, self.choosing())

    def undoing(self) -> Figure:
        return timed([self.ctx.undo] * 12)

    def quotes(self, themes: Sequence[str]) -> Figure:
        return timed([lambda guid=guid: self.page.tree.select(guid) for guid in themes])

    def run(self, everyone: bool) -> None:
        whose = "everyone's" if everyone else "mine"
        self.ctx.set_everyone(everyone)
        settle()
        documents = [document.guid for document in self.project.documents.all()][:12]
        number = len(self.project.codings.of_document(documents[0], self.ctx.coders_shown()))
        texts = [self.project.documents.content(guid).text for guid in documents]
        print(f"\n{len(self.project.documents.all())} transcripts, {number} codings in one, {whose}")
        bare = self.bare_text(texts)
        self.measure(
            "open another transcript, painted", lambda: self.opening(documents), bare, "2 x, under 150 ms"
        )
        again = [*documents[:2]] * 5
        self.measure("  once more (texts in memory)", lambda: self.opening(again), bare, "2 x")
        bare = self.bare_change()
        tree = self.project.codes.tree()
        code = next(guid for guid, _ in tree.walk() if tree[guid].level == Level.CODE)
        self.page.tree.select(code)
        aim = "under 30 ms"
        self.measure("apply, painted and on disk", lambda: self.applying(code), bare, aim)
        self.measure("undo", self.undoing, bare, aim)
        self.measure("resize", self.resizing, bare, aim)
        self.measure("remove", self.removing, bare, aim)
        themes = [guid for guid in tree.roots if tree[guid].level == Level.THEME]
        most = max(len(self.project.queries.quote_ids([guid], self.ctx.coders_shown())) for guid in themes)
        self.measure(
            f"quotes of a theme ({most:,} at most)", lambda: self.quotes(themes), None, "under 100 ms"
        )
        self.page.tree.select(themes[0])
        settle()
        self.measure("apply, a theme's quotes below", lambda: self.applying(code), bare, aim)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", nargs="?", type=int, default=50)
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    app = QApplication([])
    bench = Bench(workload_project(options.documents), options.profile)
    for everyone in (False, True):
        bench.run(everyone)
    bench.window.close()
    app.quit()


if __name__ == "__main__":
    main()
