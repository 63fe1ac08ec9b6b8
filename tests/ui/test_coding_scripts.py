"""Korean, Hebrew, emoji and combining marks: coded by mouse at exact words, exported as those words."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
from helpers import document_of
from pytestqt.qtbot import QtBot
from ui.coding_desk import CodingDesk

from coder_app.core.graphemes import grapheme_bounds
from coder_app.formats.exports import export
from coder_app.formats.readers import read
from coder_app.project.project import Project

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

FAMILY = "👩\u200d👩\u200d👧\u200d👦"
TALKS = {
    "korean": ("처음에는 아무도 말해 주지 않았어요. 그래서 혼자 병동을 돌아다녔습니다.", "아무도 말해 주지"),
    "hebrew": ("בהתחלה אף אחד לא סיפר לי כלום. אחר כך הכול השתנה.", "אף אחד לא סיפר"),
    "pointed hebrew": ("שָׁלוֹם לָכֶם וּבְרָכָה רַבָּה", "לָכֶם וּבְרָכָה"),
    "emoji": (f"look {FAMILY} and 🇰🇷🇮🇱 flags 👍🏽 done", f"{FAMILY} and 🇰🇷"),
    "one emoji": (f"😀😀 x {FAMILY} y", FAMILY),
    "combining": ("ʾána šmíyənwa Goza\u0301li e\u0301e\u0323\u0301 end", "Goza\u0301li e\u0301e\u0323\u0301"),
    "mixed": ("we say שלום רב here", "שלום רב"),
}


def quotes_exported(project: Project, out: Path) -> list[str]:
    """The words of the quotes in the Excel export."""
    (written,) = export("quotes", project, out / "quotes.xlsx")
    sheet = openpyxl.load_workbook(written)["Quotes"]
    rows = list(sheet.iter_rows(values_only=True))
    column = next(i for i, name in enumerate(rows[0]) if name == "Quote")
    return [str(row[column]) for row in rows[1:] if row[column]]


@pytest.mark.parametrize("name", TALKS)
def test_words_swept_with_the_mouse_are_the_words_exported(qtbot: QtBot, tmp_path: Path, name: str) -> None:
    words, wanted = TALKS[name]
    with Project.create(tmp_path / "talks.coder", "Talks", "Ann") as project:
        talk = document_of("Talk", ("I", "😀 before"), ("Mara", words), participants={"Mara": "P1"})
        project.documents.add([talk])
        desk = CodingDesk(project)
        qtbot.addWidget(desk.window)
        desk.sweep(wanted)
        assert desk.page.view.selected_text() == wanted
        desk.type("c")
        desk.keys("Return")
        assert desk.on_disk() == desk.painted() == [(wanted, "c")]
        desk.keys("Alt+Right", "Ctrl+Z")
        assert desk.on_disk() == [(wanted, "c")]
        desk.page.view.select(*desk.find(wanted))
        desk.keys("F8")
        assert (wanted, wanted) in desk.on_disk()
        assert quotes_exported(project, tmp_path) == [wanted, wanted]
        desk.close()


SAMPLES = {
    "korean-national-assembly-2013-11-20.txt": r"[가-힣]{2,} [가-힣]{2,}",
    "hebrew-knesset-dev-rtl.txt": r"[א-ת]{3,} [א-ת]{3,}",
    "changelog-ship-it-100-emoji.md": r"(?<=Frazee✌: )\w+ \w+ \w+",
    "nena-combining-marks-gozali.nena.txt": r"\w*[\u0300-\u036f]\w* \w+",
}


@pytest.mark.parametrize("name", SAMPLES)
def test_real_transcripts_are_coded_at_exact_words(
    qtbot: QtBot, samples: Path, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name.replace(".nena", "")
    path.write_bytes((samples / "transcripts" / name).read_bytes())
    with Project.create(tmp_path / "real.coder", "Real", "Ann") as project:
        project.documents.add([read(path).document({}, title="Real")])
        desk = CodingDesk(project)
        qtbot.addWidget(desk.window)
        found = []
        for match in re.finditer(SAMPLES[name], desk.text):
            start, end = match.span()
            whole = (
                grapheme_bounds(desk.text, start)[0] == start
                and grapheme_bounds(desk.text, end - 1)[1] == end
            )
            one_line = "\n" not in match.group()
            if whole and one_line and desk.text.count(match.group()) == 1:
                found.append(match.group())
        assert len(found) >= 3, name
        wanted = found[:: max(1, len(found) // 4)][:4]
        for words in wanted:
            desk.page.view.set_selected(None)
            desk.sweep(words)
            assert desk.page.view.selected_text() == words
            desk.keys("Ctrl+Return")
            desk.type("k")
            desk.keys("Return")
        assert sorted(words for words, _ in desk.on_disk()) == sorted(wanted)
        assert sorted(quotes_exported(project, tmp_path)) == sorted(wanted)
        desk.close()
