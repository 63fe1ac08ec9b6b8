"""The outputs of this version in one table."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from coder_app.ui.actions import Action
from coder_app.ui.tr import QT_TRANSLATE_NOOP


@dataclass(frozen=True, slots=True)
class Output:
    """One output as the page offers it; the texts are not translated yet."""

    key: str
    kind: str
    """Name of the export (``formats.exports.KINDS``)."""
    title: str
    format: str
    file_name: str
    """Default name of the file, or of the folder."""
    purpose: str
    icon: str
    shortcut: str
    row: str
    """Text of its row in the menu."""
    files: str = ""
    """What the file dialog calls such files; empty for a folder."""

    @property
    def is_folder(self) -> bool:
        return not self.files

    @property
    def call(self) -> str:
        """Name of the page's method that exports it."""
        return f"export_{self.key}"

    def tr(self, text: str) -> str:
        """One of the texts in the user's language."""
        return QCoreApplication.translate("Outputs", text)


OUTPUTS: tuple[Output, ...] = (
    Output(
        "codebook", "codebook", QT_TRANSLATE_NOOP("Outputs", "Codebook"), "Excel", "codebook.xlsx",
        QT_TRANSLATE_NOOP("Outputs", "The table of themes for the paper or its supplement: every node with"
                          " its definition, counts and one exemplar, and the tree on a second sheet."),
        "book", "Alt+1", QT_TRANSLATE_NOOP("Actions", "&Codebook to Excel…"),
        QT_TRANSLATE_NOOP("Outputs", "Excel workbooks (*.xlsx)"),
    ),
    Output(
        "quotes_excel", "quotes", QT_TRANSLATE_NOOP("Outputs", "Quotes"), "Excel", "quotes.xlsx",
        QT_TRANSLATE_NOOP("Outputs", "All quotes as one table to sort and filter: where each stands in the"
                          " codebook, who said it and where, who coded it, and the memo on it."),
        "table", "Alt+2", QT_TRANSLATE_NOOP("Actions", "&Quotes to Excel…"),
        QT_TRANSLATE_NOOP("Outputs", "Excel workbooks (*.xlsx)"),
    ),
    Output(
        "quotes_word", "quotes", QT_TRANSLATE_NOOP("Outputs", "Quotes"), "Word", "quotes.docx",
        QT_TRANSLATE_NOOP("Outputs", "All quotes to read and to choose from: a heading for each node of the"
                          " codebook, its quotes below, each with participant, transcript and turn."),
        "quote", "Alt+3", QT_TRANSLATE_NOOP("Actions", "Quotes to &Word…"),
        QT_TRANSLATE_NOOP("Outputs", "Word documents (*.docx)"),
    ),
    Output(
        "agreement", "agreement", QT_TRANSLATE_NOOP("Outputs", "Agreement"), "Excel", "agreement.xlsx",
        QT_TRANSLATE_NOOP("Outputs", "How far the coders agree, for a reviewer to follow cell by cell: the"
                          " coefficients with live formulas, each code with its counts, the passages on which"
                          " they differ."),
        "agreement", "Alt+4", QT_TRANSLATE_NOOP("Actions", "&Agreement to Excel…"),
        QT_TRANSLATE_NOOP("Outputs", "Excel workbooks (*.xlsx)"),
    ),
    Output(
        "member_check", "member-check", QT_TRANSLATE_NOOP("Outputs", "Member check"), "Word", "member-check",
        QT_TRANSLATE_NOOP("Outputs", "A document for each participant: each theme in plain words with that"
                          " person's own quotes, a scale to tick and room for comment."),
        "membercheck", "Alt+5", QT_TRANSLATE_NOOP("Actions", "&Member check to Word…"),
    ),
    Output(
        "audit_trail", "audit-trail", QT_TRANSLATE_NOOP("Outputs", "Audit trail"), "Excel",
        "audit-trail.xlsx",
        QT_TRANSLATE_NOOP("Outputs", "Who did what when, a sentence for each action: the evidence for how"
                          " codes and themes came to be. Open the trail itself to read and filter it; the"
                          " story of one code is in its menu."),
        "clock", "Alt+6", QT_TRANSLATE_NOOP("Actions", "Audit &trail to Excel…"),
        QT_TRANSLATE_NOOP("Outputs", "Excel workbooks (*.xlsx)"),
    ),
)  # fmt: skip
"""In the order of the page."""

WORDS = "export report output save write"
EXPORT_KEY = "Ctrl+Shift+S"
"""Exports what a page is about."""


def output_rows() -> list[Action]:
    """The rows of the table of commands: one for each output, and what is done with the last one."""
    rows = [
        Action(f"export_{output.key}", output.row, output.call, "output", output.shortcut, output.icon,
               when="project", words=WORDS)
        for output in OUTPUTS
    ]  # fmt: skip
    chosen = Action("export_chosen", QT_TRANSLATE_NOOP("Actions", "&Export the chosen output…"),
                    "export_current", "output", EXPORT_KEY, "export", when="project", separator=True,
                    words=WORDS)  # fmt: skip
    return [*rows, chosen, *written_rows("report")]


def written_rows(page: str) -> list[Action]:
    """Rows for a page with an ``Exporter``: open what was written, stop writing."""
    return [
        Action(f"{page}_open_folder", QT_TRANSLATE_NOOP("Actions", "Open the &folder of what was written"),
               "open_folder", "output", "Ctrl+Shift+J", "folder", when="has_written", separator=True),
        Action(f"{page}_open_file", QT_TRANSLATE_NOOP("Actions", "&Open what was written"), "open_file",
               "output", "Ctrl+J", "open", when="has_written_file"),
        Action(f"{page}_cancel", QT_TRANSLATE_NOOP("Actions", "&Stop the export"), "cancel_export", "output",
               "Ctrl+.", "close", when="is_exporting", words="cancel"),
    ]  # fmt: skip
