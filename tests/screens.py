"""Pictures of every page of the sample study, light and dark: ``python tests/screens.py DIR``.

Made without a screen, at 1366 x 768, and some once more at 200 %, where a laptop of that size has room for
half as much. ``SCREENS`` is the list: a name and what brings the window there.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

SIZE = (1366, 768)
DRAWING_ROUNDS = 40
PATIENCE = 60.0
"""Seconds for work in the background."""
LARGE = ["welcome", "transcripts", "code", "themes", "agreement", "membercheck", "report", "import",
         "trail", "trail-story", "compared", "merge-matched", "merge-report", "dialog-join-coders",
         "dialog-blind"]  # fmt: skip
"""Screens that are taken at 200 % as well."""

HOME = Path(os.environ.setdefault("CODER_APP_HOME", tempfile.mkdtemp(prefix="screens-")))
_screen = {"name": "laptop", "x": 0, "y": 0, "width": SIZE[0], "height": SIZE[1], "dpr": 1}
(HOME / "screen.json").write_text(
    json.dumps({"screens": [{**_screen, "logicalDpi": 96, "logicalBaseDpi": 96}]})
)
os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={HOME / 'screen.json'}"
SCALE = float(os.environ.get("QT_SCALE_FACTOR", "1"))

from PySide6.QtCore import Qt  # noqa: E402
from PySide6.QtGui import QPainter, QPixmap  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402
from screens_history import HISTORY  # noqa: E402
from screens_sharing import SHARING  # noqa: E402
from screens_team import TEAM  # noqa: E402

from coder_app.formats.sample import CODERS, build_sample  # noqa: E402
from coder_app.ui.app import first_window  # noqa: E402
from coder_app.ui.coding.page import CodePage  # noqa: E402
from coder_app.ui.report.page import ReportPage  # noqa: E402
from coder_app.ui.settings import Settings  # noqa: E402
from coder_app.ui.window import Window  # noqa: E402

Bring = Callable[[Window, Path], QWidget | None]
"""Brings the window to what is to be seen; returns the widget to take, or None for the whole window."""


def welcome(window: Window, study: Path) -> None:
    window.commands.close_project()


def page(key: str) -> Bring:
    def bring(window: Window, study: Path) -> None:
        window.commands.open_path(study, CODERS[0])
        leave_pass(window)
        window.show_page(key)

    return bring


def participants(window: Window, study: Path) -> None:
    page("transcripts")(window, study)
    window.page_actions["transcripts"].trigger("show_participants")


def import_preview(window: Window, study: Path) -> QWidget:
    """The import preview over the page of transcripts, with files to look through and one that is none."""
    from coder_app.core.resources import resource
    from coder_app.ui.transcripts.import_dialog import ImportDialog

    window.page_actions["transcripts"].trigger("show_transcripts")
    broken = study.with_name("notes of a meeting.docx")
    broken.write_bytes(b"not a Word document")
    paths = [*sorted(resource("sample-study/transcripts").iterdir()), broken]
    dialog = ImportDialog(window.ctx, paths, window)
    dialog.open()
    settle(window)
    return dialog


def coding(window: Window, study: Path) -> None:
    """A coding that is chosen, with its handles, its details and the quotes of its code."""
    page("code")(window, study)
    code = window.pages["code"]
    assert isinstance(code, CodePage)
    first = code.codings[3]
    code.open_place(first.document, first.start, first.end)
    code.view.clear_selection()
    QTest.keyClick(code.view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)


def typing(window: Window, study: Path) -> None:
    """The first letters of a code, typed on selected words."""
    page("code")(window, study)
    code = window.pages["code"]
    assert isinstance(code, CodePage)
    assert code.transcript is not None
    turn = code.transcript.turns[9]
    code.open_place(code.transcript.document.guid, turn.body, turn.body + 40)
    code.letter_typed("t")


def units(window: Window, study: Path) -> None:
    """A transcript divided into sentences, at one of them; two are coded."""
    from coder_app.core.model import Division

    page("code")(window, study)
    code = window.pages["code"]
    assert isinstance(code, CodePage)
    code.popup.leave()
    code.show_document(code.documents.guids()[1])
    units = window.ctx.project.meaning_units
    if units.of(window.ctx.document) is None:
        window.ctx.run(units.make, [window.ctx.document], Division.SENTENCE)
        window.ctx.run(units.set_locked, [window.ctx.document], True)
    code.go_unit(4)


def divide(window: Window, study: Path) -> QWidget:
    """How transcripts are divided into meaning units; one is locked."""
    from coder_app.ui.units.dialog import DivideDialog

    page("code")(window, study)
    guids = [document.guid for document in window.ctx.project.documents.all()]
    dialog = DivideDialog(window, window.ctx, guids)
    dialog.how.setCurrentIndex(1)
    dialog.show()
    return dialog


def everyone(window: Window, study: Path) -> None:
    page("code")(window, study)
    code = window.pages["code"]
    assert isinstance(code, CodePage)
    code.popup.leave()
    window.ctx.set_everyone(True)


def passages(window: Window, study: Path) -> None:
    page("agreement")(window, study)
    window.ctx.set_everyone(False)
    settle(window)
    _look(window)
    rows = window.page_actions["agreement"]
    rows.trigger("section_figures")
    rows.trigger("agreement_go_levels")
    rows.trigger("agreement_open")


def _look(window: Window) -> None:
    """She chose before to see the others' work."""
    project = window.ctx.project
    window.ctx.looked.add((project.guid, project.coders.current.guid))


def figures(command: str) -> Bring:
    """Another part of the figures."""

    def bring(window: Window, study: Path) -> None:
        page("agreement")(window, study)
        settle(window)
        window.page_actions["agreement"].trigger("section_figures")
        window.page_actions["agreement"].trigger(command)

    return bring


def codebooks(window: Window, study: Path) -> None:
    """Two codebooks compared, for somebody who chose to look before."""
    page("agreement")(window, study)
    project = window.ctx.project
    window.ctx.looked.add((project.guid, project.coders.current.guid))
    window.page_actions["agreement"].trigger("section_codebooks")
    settle(window)


def overlap(window: Window, study: Path) -> None:
    """The matrix of what the codes of both cover."""
    codebooks(window, study)
    window.page_actions["agreement"].trigger("codebooks_go_matrix")


def section(key: str) -> Bring:
    """A section of the Agreement page, over a study with a round and a stability pass that is half done."""

    def bring(window: Window, study: Path) -> None:
        page("agreement")(window, study)
        window.ctx.set_everyone(False)
        _make_pass(window)
        window.page_actions["agreement"].trigger(f"section_{key}")

    return bring


def _make_pass(window: Window) -> None:
    """A round, and the agreed units coded again by the first coder, two thirds of them alike."""
    from coder_app.project.comparing import Choice

    project = window.ctx.project
    if project.stability.all():
        return
    me = project.coders.current.guid
    coders = [coder.guid for coder in project.coders.all()][:2]
    found = project.rounds.make("Round 1", Choice(tuple(coders)))
    guid = project.stability.start(found, coders[0])
    agreed = project.stability.agreed(found)
    project.coders.switch(project.stability.get(guid).coder.guid)
    units = [unit for unit in agreed.units if unit.agreed]
    for number, unit in enumerate(units[: len(units) * 9 // 10]):
        code = next(iter(unit.sets[0 if number % 3 else -1] if number % 4 else units[0].sets[0]))
        project.codings.apply(unit.document, *unit.place, code)
    project.coders.switch(me)
    window.ctx.spread()


def stability_pass(window: Window, study: Path) -> None:
    """The Code page while a pass is coded."""
    section("stability")(window, study)
    settle(window)
    window.page_actions["agreement"].trigger("stability_code")


def leave_pass(window: Window) -> None:
    project = window.ctx.project
    found = project.stability.of_coder(project.coders.current.guid)
    if found is not None:
        window.ctx.switch_coder(found.coder.person)


def report(output: str) -> Bring:
    def bring(window: Window, study: Path) -> None:
        page("report")(window, study)
        shown = window.pages["report"]
        assert isinstance(shown, ReportPage)
        shown.outputs.choose(output)

    return bring


def search(window: Window, study: Path) -> None:
    page("code")(window, study)
    settle(window)
    window.search.start()
    QTest.keyClicks(window.search, "trust")
    while window.search.searching:
        QTest.qWait(10)


def message(window: Window, study: Path) -> None:
    page("code")(window, study)
    window.search.leave()
    window.ctx.run(window.ctx.project.coders.add, CODERS[0])


def new_project(window: Window, study: Path) -> QWidget:
    from coder_app.ui.dialogs.new_project import NewProjectDialog

    dialog = NewProjectDialog(window, "Aylin Kaya", study.parent)
    dialog.name_edit.setText("Living with long shifts")
    dialog.show()
    return dialog


def who(window: Window, study: Path) -> QWidget:
    from coder_app.ui.dialogs.coder import WhoDialog

    coders = window.ctx.project.coders.all()
    dialog = WhoDialog(window, window.ctx.project.name, coders, "Aylin", may_add=True)
    dialog.show()
    return dialog


def shortcuts(window: Window, study: Path) -> QWidget:
    from coder_app.ui.dialogs.shortcuts import ShortcutsDialog

    dialog = ShortcutsDialog(window, window.action_groups())
    dialog.show()
    return dialog


def levels(window: Window, study: Path) -> QWidget:
    from coder_app.ui.dialogs.level_names import LevelNamesDialog

    dialog = LevelNamesDialog(window, window.ctx.project.level_names())
    dialog.show()
    return dialog


def crash(window: Window, study: Path) -> QWidget:
    from coder_app.ui.crash import CrashDialog

    dialog = CrashDialog(
        "Traceback (most recent call last):\n  ...\nZeroDivisionError: division by zero", window
    )
    dialog.show()
    return dialog


SCREENS: list[tuple[str, Bring]] = [
    ("welcome", welcome),
    ("transcripts", page("transcripts")),
    ("participants", participants),
    ("import", import_preview),
    ("code", page("code")),
    ("code-coding", coding),
    ("code-typing", typing),
    ("code-everyone", everyone),
    ("code-units", units),
    ("dialog-divide", divide),
    ("themes", page("themes")),
    ("agreement", page("agreement")),
    ("agreement-more", figures("agreement_go_more")),
    ("agreement-confusion", figures("agreement_go_confusion")),
    ("agreement-passages", passages),
    ("agreement-codebooks", codebooks),
    ("agreement-overlap", overlap),
    ("agreement-settle", section("settle")),
    ("agreement-stability", section("stability")),
    ("agreement-paper", section("paper")),
    ("code-pass", stability_pass),
    ("membercheck", page("membercheck")),
    ("report", page("report")),
    ("report-quotes", report("quotes_word")),
    ("report-agreement", report("agreement")),
    ("report-trail", report("audit_trail")),
    *HISTORY,
    ("search", search),
    ("message", message),
    ("dialog-new-project", new_project),
    ("dialog-who", who),
    ("dialog-shortcuts", shortcuts),
    ("dialog-levels", levels),
    ("dialog-crash", crash),
    *SHARING,
    *TEAM,
]


def settle(window: Window) -> None:
    """Let work in the background end, then timers and paint events happen."""
    deadline = time.monotonic() + PATIENCE
    while window.ctx.work.busy:
        QTest.qWait(10)
        if time.monotonic() > deadline:
            raise SystemExit("The work in the background does not end.")
    for _ in range(DRAWING_ROUNDS):
        QApplication.processEvents()
        QTest.qWait(5)


def picture(widget: QWidget) -> QPixmap:
    """A window with the lists and menus that are open over it."""
    made = widget.grab()
    painter = QPainter(made)
    for over in QApplication.topLevelWidgets():
        if over.isVisible() and over.windowType() == Qt.WindowType.Popup:
            painter.drawPixmap(widget.mapFromGlobal(over.pos()), over.grab())
    painter.end()
    return made


def take(folder: Path, study: Path, theme: str, only: list[str]) -> None:
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    settings = Settings.load()
    settings.theme, settings.coder_name = theme, CODERS[0]
    settings.save()
    window = first_window(app)
    window.resize(*(round(pixels / SCALE) for pixels in SIZE))
    window.show()
    for name, bring in SCREENS:
        if only and name not in only:
            continue
        shown = bring(window, study)
        settle(window)
        target = folder / f"{name}-{theme}{'-200' if SCALE == 2 else ''}.png"
        picture(shown or window).save(str(target))
        sys.stdout.write(f"{target}\n")
        if shown is not None:
            shown.close()
    window.close()


def main() -> int:
    """The folder, and after it the names of single screens."""
    if len(sys.argv) < 2:
        sys.stderr.write("Usage: python tests/screens.py DIR [SCREEN ...]\n")
        return 2
    folder, only = Path(sys.argv[1]), sys.argv[2:]
    folder.mkdir(parents=True, exist_ok=True)
    study = HOME / "Sample study.coder"
    if not study.exists():
        build_sample(study)
    themes = ("light",) if SCALE != 1 else ("light", "dark")
    for theme in themes:
        take(folder, study, theme, only)
    large = [name for name in LARGE if not only or name in only]
    if SCALE == 1 and large:
        command = [sys.executable, __file__, str(folder), *large]
        return subprocess.run(command, env={**os.environ, "QT_SCALE_FACTOR": "2"}).returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
