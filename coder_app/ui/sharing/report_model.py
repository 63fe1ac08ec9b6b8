"""A report on a merge as a list of groups and sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from coder_app.project.merge_report import Alike, Conflict, MergeReport
from coder_app.project.names import field_words


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence; a conflict can be decided the other way."""

    text: str
    conflict: Conflict | None = None


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    lines: tuple[Line, ...]


def groups(reports: Sequence[MergeReport]) -> Iterator[Group]:
    """What the reports tell, in the order of its importance; groups with nothing to tell are left out."""
    for report in reports:
        found = [
            Group(_title(report, len(reports) > 1), tuple(Line(text) for text in _new(report))),
            Group(tr("The same in both"), tuple(map(Line, report.notes))),
            Group(tr("Changed on both sides"), tuple(_conflict(one) for one in report.conflicts)),
            Group(tr("Deleted on one side, used on the other"), tuple(map(Line, report.lived_on))),
            Group(tr("Moves that were skipped"), tuple(map(Line, report.circles))),
            Group(tr("Of the same name, still two"), tuple(_alike(one) for one in report.alike)),
            Group(tr("The clock"), (Line(report.clock),) if report.clock else ()),
        ]
        yield from (group for group in found if group.lines)


def _title(report: MergeReport, several: bool) -> str:
    return tr("New from {file}").format(file=report.source) if several else tr("New")


def _new(report: MergeReport) -> Iterator[str]:
    if not report.guid and not report.steps:
        yield tr("Nothing: all of it is here already.")
        return
    for new in report.new:
        counts = ", ".join(f"{count:,} {kind if count == 1 else kind + 's'}" for kind, count in new.counts)
        yield tr("{coder}: {counts}").format(coder=new.coder, counts=counts)
    yield tr("{n} actions in all").format(n=f"{report.steps:,}")


def _conflict(one: Conflict) -> Line:
    ours = _side(one.our_coder, one.ours, one.our_time)
    theirs = _side(one.their_coder, one.theirs, one.their_time)
    stands, not_ = (theirs, ours) if one.theirs_stands else (ours, theirs)
    text = tr("{what}, {field}: {stands} stands; {other} does not.")
    return Line(
        text.format(what=one.what, field=tr(field_words(one.table, one.field)), stands=stands, other=not_),
        one,
    )


def _side(coder: str, value: str, time: int) -> str:
    when = QLocale().toString(QDateTime.fromMSecsSinceEpoch(time), QLocale.FormatType.ShortFormat)
    return tr("{value} ({coder}, {when})").format(value=value, coder=coder, when=when)


def _alike(one: Alike) -> Line:
    what = tr("codes") if one.kind == "code" else tr("participants")
    return Line(
        tr("Two {what} are named “{name}”. Join them if they mean the same.").format(what=what, name=one.name)
    )


def tr(text: str) -> str:
    return QCoreApplication.translate("MergeReport", text)
