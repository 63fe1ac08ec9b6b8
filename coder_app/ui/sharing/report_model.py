"""A report on a merge as a list of groups and sentences, with what can be decided about each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication

from coder_app.project.deciding import Fate
from coder_app.project.merge_report import Alike, Conflict, Matched, MergeReport
from coder_app.project.names import field_words, plural
from coder_app.project.resembling import SAME_TEXT
from coder_app.ui.codebook.wording import short
from coder_app.ui.sharing.jobs import Differing
from coder_app.ui.times import moment

LONGEST_VALUE = 60
"""Code points of a value in a line; below the list it stands whole."""

About = Conflict | Alike | Matched


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence; what can be decided about it, and what stands below the list when it is looked at."""

    text: str
    about: About | None = None
    detail: str = ""
    hidden: bool = False
    """It tells of work that may not be seen now, so nothing can be decided about it."""


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Insight:
    """What is known beside the reports."""

    blind: bool = False
    """Whether it may not be told where others coded."""
    hidden: frozenset[Conflict] = frozenset()
    """Conflicts about work that may not be seen."""
    differing: Mapping[str, tuple[Differing, ...]] = field(default_factory=dict)
    done: bool = False
    """Whether it has come in already."""


def groups(reports: Sequence[MergeReport], insight: Insight) -> Iterator[Group]:
    """What the reports tell, in the order of its importance; groups with nothing to tell are left out."""
    for report in reports:
        found = [
            Group(_title(report, len(reports) > 1), tuple(Line(text) for text in _new(report))),
            Group(tr("Also to know"), _plain(_notes(report))),
            Group(_matched_title(insight), tuple(_matched(one, insight) for one in report.matched)),
            Group(tr("Changed on both sides"), tuple(_conflict(one, insight) for one in report.conflicts)),
            Group(tr("Deleted on one side, used on the other"), _plain(report.lived_on)),
            Group(tr("Moves that were skipped"), _plain(report.circles)),
            *_alike_groups(report, insight),
        ]
        yield from (group for group in found if group.lines)


def as_text(reports: Sequence[MergeReport], insight: Insight) -> str:
    """The whole report, to be pasted elsewhere."""
    parts = []
    for group in groups(reports, insight):
        parts.append(f"{group.title}\n" + "\n".join(f"- {line.detail or line.text}" for line in group.lines))
    return "\n\n".join(parts) + "\n"


def _plain(sentences: Iterable[str]) -> tuple[Line, ...]:
    return tuple(Line(one_line(sentence, 300), detail=sentence) for sentence in sentences)


def _title(report: MergeReport, several: bool) -> str:
    return tr("New from {file}").format(file=report.source) if several else tr("New")


def _new(report: MergeReport) -> Iterator[str]:
    if not report.guid and not report.steps:
        yield tr("Nothing: all of it is here already.")
        return
    for new in report.new:
        counts = ", ".join(plural(count, kind) for kind, count in new.counts)
        yield tr("{coder}: {counts}").format(coder=one_line(new.coder), counts=counts)
    yield tr("{actions} in all").format(actions=plural(report.steps, "action"))


def _notes(report: MergeReport) -> Iterator[str]:
    yield from report.notes
    if report.clock:
        yield report.clock


# Codes taken to be the same


def _matched_title(insight: Insight) -> str:
    if insight.done:
        return tr("Taken to be the same code")
    return tr("Taken to be the same code: uncheck those that mean something else")


def _matched(one: Matched, insight: Insight) -> Line:
    above, _, name = one.path.rpartition(" › ")
    text = tr("“{name}”, defined in other words") if one.differs else tr("“{name}”")
    text = text.format(name=one_line(name))
    if above:
        text = tr("{code}; in {path}").format(code=text, path=one_line(above, 200))
    parts = [tr("“{path}” has the same name and place in both codebooks.").format(path=one.path)]
    if not insight.done:
        parts.append(
            tr("Checked: what was coded with it is coded with yours. Unchecked: it comes in beside yours.")
        )
    for value in insight.differing.get(one.theirs, ()):
        name, nothing = field_words("code", value.field), tr("(nothing)")
        parts.append(
            tr("{field}, yours: {ours}\n{field}, theirs: {theirs}").format(
                field=name[:1].upper() + name[1:], ours=value.ours or nothing, theirs=value.theirs or nothing
            )
        )
    return Line(text, one, "\n".join(parts))


# Changed on both sides


def _conflict(one: Conflict, insight: Insight) -> Line:
    name = tr(field_words(one.table, one.field))
    first = (one.theirs, one.their_coder, one.their_time)
    second = (one.ours, one.our_coder, one.our_time)
    if not one.theirs_stands:
        first, second = second, first
    if one in insight.hidden:
        text = tr("{what}, {field}: others' work, which you do not see now").format(what=one.what, field=name)
        detail = tr(
            "{what}, {field}: changed by {one} ({when}) and by {other} ({then}). What it says is not shown"
            " while you see only your own codings; you can decide it once you see everyone's (Ctrl+Shift+E)."
        ).format(
            what=one.what,
            field=name,
            one=isolated(first[1]),
            when=moment(first[2]),
            other=isolated(second[1]),
            then=moment(second[2]),
        )
        return Line(text, one, detail, hidden=True)
    text = tr("{what}, {field}: {stands} ({coder}) stands, {other} ({second}) does not").format(
        what=one_line(one.what, 90),
        field=name,
        stands=one_line(first[0]),
        coder=one_line(first[1], 30),
        other=one_line(second[0]),
        second=one_line(second[1], 30),
    )
    detail = tr("{what}, {field}\n{first}\n{second}").format(
        what=isolated(one.what),
        field=name,
        first=tr("Stands: {value} ({coder}, {when})").format(
            value=isolated(first[0]), coder=isolated(first[1]), when=moment(first[2])
        ),
        second=tr("Does not: {value} ({coder}, {when})").format(
            value=isolated(second[0]), coder=isolated(second[1]), when=moment(second[2])
        ),
    )
    return Line(text, one, detail)


# Look-alikes


def _alike_groups(report: MergeReport, insight: Insight) -> Iterator[Group]:
    titles = {
        "coder": tr("Coders who may be one person"),
        "participant": tr("Participants who may be one person"),
        "code": tr("Codes that look alike, still two"),
    }
    for kind, title in titles.items():
        told = [one for one in report.alike if one.kind == kind]
        seen = [(one, reasons) for one in told if (reasons := _reasons(one, insight)) is not None]
        lines = [_alike(one, reasons, insight) for one, reasons in seen]
        if len(seen) < len(told):
            rest = tr(
                "{pairs} more, alike by where they were coded; told once you see everyone's codings"
                " (Ctrl+Shift+E)"
            )
            lines.append(Line(rest.format(pairs=plural(len(told) - len(seen), "pair"))))
        if lines and not insight.done:
            title = tr("{title}; you can join them afterwards").format(title=title)
        yield Group(title, tuple(lines))


def _reasons(one: Alike, insight: Insight) -> tuple[str, ...] | None:
    """Why two look alike, as far as it may be told; None where nothing of it may."""
    why = tuple(reason for reason in one.why if not insight.blind or reason != SAME_TEXT)
    return None if one.why and not why else why


def _alike(one: Alike, why: tuple[str, ...], insight: Insight) -> Line:
    names = {"came": one_line(one.name), "was": one_line(one.other_name or one.name)}
    text = tr("“{came}” came in, “{was}” was here") if names["came"] != names["was"] else tr("Two “{came}”")
    text = text.format(**names)
    if why:
        text = tr("{pair}: {why}").format(pair=text, why=", ".join(why))
    return Line(text, one, text)


def mark(fate: Fate, line: Line) -> str:
    """A line after something was decided about it."""
    text = {
        Fate.OTHER: tr("✓ Decided the other way: {text}"),
        Fate.ONE: tr("✓ One is left: {text}"),
        Fate.APART: tr("✓ Kept apart: {text}"),
    }.get(fate)
    return text.format(text=line.text) if text else line.text


_FROM_RIGHT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""The blocks of scripts written from right to left."""


def one_line(text: str, longest: int = LONGEST_VALUE) -> str:
    """Words for a line of the list: without line breaks, and cut; among words of another direction too."""
    return isolated(short(" ".join(text.split()), longest))


def isolated(text: str) -> str:
    """Words from right to left leave the order of the words around them alone (Unicode's isolates)."""
    if _FROM_RIGHT.search(text):
        return f"\u2068{text}\u2069"
    return text


def tr(text: str) -> str:
    return QCoreApplication.translate("MergeReport", text)
