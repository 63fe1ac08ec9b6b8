"""What is done with actions that are read: opening what they speak of, copying, export."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from coder_app.formats.output import safe_name
from coder_app.project.audit import Entry
from coder_app.project.audit_search import Wanted
from coder_app.project.difference import Item
from coder_app.ui import providers
from coder_app.ui.context import Context
from coder_app.ui.report import files
from coder_app.ui.report.exporting import Exporter
from coder_app.ui.report.job import Order

if TYPE_CHECKING:
    from coder_app.ui.window import Window


def open_thing(ctx: Context, window: Window, thing: Entry | Item) -> bool:
    """Go to the passage, code, transcript or participant that an action or a difference is about."""
    project = ctx.project
    known = {document.guid for document in project.documents.all()}
    if thing.document in known and thing.end > thing.start:
        ctx.openPlace.emit(thing.document, thing.start, thing.end)
    elif thing.code in project.codes.tree():
        providers.show_code(ctx, thing.code)
    elif thing.document in known:
        providers.show_document(ctx, thing.document)
    elif thing.participant in {person.guid for person in project.participants.all()}:
        show_participant(window, thing.participant)
    else:
        gone = thing.document or thing.code or thing.participant
        ctx.message.emit(
            tr("What this speaks of is not in the project now.")
            if gone
            else tr("This speaks of nothing that could be opened by itself.")
        )
        return False
    return True


def show_participant(window: Window, guid: str) -> None:
    from coder_app.ui.transcripts.page import TranscriptsPage

    page = window.show_page("transcripts")
    if isinstance(page, TranscriptsPage):
        page.show_people()
        page.people.choose(guid)


def as_text(title: str, entries: Sequence[Entry]) -> str:
    """A line for each action, with the day and time of this machine's clock."""
    lines = [
        f"{datetime.fromtimestamp(entry.time / 1000).astimezone():%Y-%m-%d %H:%M}\t{entry.sentence}"
        + (f" {tr('(Taken back later.)')}" if entry.taken_back else "")
        for entry in entries
    ]
    return "\n".join([title, "", *lines] if title else lines) + "\n"


def ask_and_export(ctx: Context, parent: QWidget, exporter: Exporter, wanted: Wanted) -> None:
    """Ask where to, then write these actions to an Excel workbook."""
    name = "audit-trail.xlsx"
    if wanted.story:
        node = ctx.project.codes.tree().nodes.get(wanted.story)
        name = f"{safe_name(tr('How {name} came to be').format(name=node.name if node else ''))}.xlsx"
    suggested = files.home_folder(ctx) / name
    out = files.ask_file(parent, tr("Export the audit trail"), suggested, tr("Excel workbooks (*.xlsx)"))
    if out is not None:
        order = Order("audit-trail", out, trail=wanted)
        exporter.start(tr("Writing {name}").format(name=out.name), order)


def tr(text: str) -> str:
    return QCoreApplication.translate("Trail", text)
