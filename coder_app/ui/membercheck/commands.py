"""The rows of the table of commands that belong to the Member check page."""

from __future__ import annotations

from coder_app.ui.actions import Action
from coder_app.ui.report.outputs import EXPORT_KEY, WORDS, written_rows
from coder_app.ui.tr import QT_TRANSLATE_NOOP


def member_check_rows() -> list[Action]:
    """Targets are members of MemberCheckPage."""
    return [
        Action("membercheck_export", QT_TRANSLATE_NOOP("Actions", "&Export the documents…"), "export",
               "output", EXPORT_KEY, "export", when="project",
               words=f"member check participants word {WORDS}"),
        *written_rows("membercheck"),
        Action("membercheck_people", QT_TRANSLATE_NOOP("Actions", "Go to the parti&cipants"), "go_people",
               "view", "Ctrl+Shift+P", when="project", separator=True),
        Action("membercheck_findings", QT_TRANSLATE_NOOP("Actions", "Go to the plain &words"), "go_findings",
               "view", "Ctrl+B", when="project", words="findings themes definition"),
        Action("membercheck_preview", QT_TRANSLATE_NOOP("Actions", "Go to the pre&view"), "go_preview",
               "view", "Ctrl+T", when="project", words="document text"),
    ]  # fmt: skip
