"""The pages of the window, known by name until they are shown."""

from __future__ import annotations

from collections.abc import Sequence

from coder_app.ui.actions import Action
from coder_app.ui.page import PageSpec
from coder_app.ui.tr import QT_TRANSLATE_NOOP

PAGES: tuple[PageSpec, ...] = (
    PageSpec("transcripts", QT_TRANSLATE_NOOP("Actions", "Transcripts"), "transcripts",
             "coder_app.ui.transcripts.page:TranscriptsPage"),
    PageSpec("code", QT_TRANSLATE_NOOP("Actions", "Code"), "code", "coder_app.ui.coding.page:CodePage"),
    PageSpec("themes", QT_TRANSLATE_NOOP("Actions", "Themes"), "themes",
             "coder_app.ui.themes.page:ThemesPage"),
    PageSpec("agreement", QT_TRANSLATE_NOOP("Actions", "Agreement"), "agreement",
             "coder_app.ui.agreement.page:AgreementPage"),
    PageSpec("membercheck", QT_TRANSLATE_NOOP("Actions", "Member check"), "membercheck",
             "coder_app.ui.membercheck.page:MemberCheckPage"),
    PageSpec("report", QT_TRANSLATE_NOOP("Actions", "Report"), "report",
             "coder_app.ui.report.page:ReportPage"),
)  # fmt: skip
"""The pages in the order of the method."""


def page_rows(specs: Sequence[PageSpec]) -> list[Action]:
    """One row for each page: Ctrl+1, Ctrl+2 ..."""
    return [
        Action(f"page_{spec.key}", spec.title, f"show_{spec.key}", "view", f"Ctrl+{number}", spec.icon,
               when="project", words="page go show")
        for number, spec in enumerate(specs, 1)
    ]  # fmt: skip
