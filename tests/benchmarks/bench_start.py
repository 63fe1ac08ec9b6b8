"""Start to usable window, beside a bare PySide6 window with qt-material, and the switch of colours.

By hand: ``python tests/benchmarks/bench_start.py``. Every start is a process of its own; the first of
each kind is not counted (it fills the caches). Aim: at most twice the bare window, and under 1.5 s.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time

RUNS = 7

BARE = """
import time
from PySide6.QtWidgets import QApplication, QMainWindow, QTextEdit
app = QApplication([])
from qt_material import apply_stylesheet
apply_stylesheet(app, theme="light_blue.xml", invert_secondary=True)
window = QMainWindow()
window.setCentralWidget(QTextEdit())
window.resize(1280, 720)
window.show()
app.processEvents()
window.grab()
"""

OURS = """
from PySide6.QtWidgets import QApplication
app = QApplication([])
from coder_app.ui.app import first_window
window = first_window(app)
window.show()
app.processEvents()
window.grab()
"""

SWITCH = (
    OURS
    + """
import sys, time
from pathlib import Path
if sys.argv[1:]:
    from coder_app.formats.sample import CODERS, build_sample
    study = Path(sys.argv[1])
    build_sample(study)
    window.resize(1366, 768)
    window.commands.open_path(study, CODERS[0])
    for key in [*window.page_specs, "code"]:
        window.show_page(key)
        until = time.monotonic() + 1
        while time.monotonic() < until or window.ctx.work.busy:
            app.processEvents()
for dark in (True, False) * 4:
    start = time.perf_counter()
    window.commands.set_dark(dark)
    app.processEvents()
    window.grab()
    print((time.perf_counter() - start) * 1000)
"""
)


def seconds(code: str, home: str) -> float:
    """Wall time of a whole process that runs ``code``."""
    environment = {**os.environ, "CODER_APP_HOME": home, "HOME": home, "QT_QPA_PLATFORM": "offscreen"}
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], env=environment, check=True, capture_output=True)
    return time.perf_counter() - start


def row(name: str, milliseconds: float, note: str = "") -> None:
    print(f"{name:38}{milliseconds:6.0f} ms   {note}")


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        times: dict[str, list[float]] = {"bare": [], "ours": []}
        first = seconds(OURS, home)
        seconds(BARE, home)
        for _ in range(RUNS):
            times["bare"].append(seconds(BARE, home))
            times["ours"].append(seconds(OURS, home))
        bare, ours = (1000 * statistics.median(times[name]) for name in ("bare", "ours"))
        row("bare PySide6 window with qt-material", bare)
        row("start to usable window", ours, f"{ours / bare:.2f} times (aim 2); aim 1500 ms")
        row("the very first start", 1000 * first)
        environment = {**os.environ, "CODER_APP_HOME": home, "QT_QPA_PLATFORM": "offscreen"}
        command = [sys.executable, "-c", SWITCH]
        done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
        switches = [float(line) for line in done.stdout.split()]
        row("switch light and dark", statistics.median(switches), f"aim 200 ms; first {switches[0]:.0f} ms")
        command.append(os.path.join(home, "study.coder"))
        done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
        switches = [float(line) for line in done.stdout.split()]
        row("the same with all pages built", statistics.median(switches), "aim 200 ms")


if __name__ == "__main__":
    main()
