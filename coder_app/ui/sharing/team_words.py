"""What is new in the team folder, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QCoreApplication

from coder_app.project.team_look import Copy, News, State, news
from coder_app.ui.tr import QT_TRANSLATE_NOOP

MOST_NAMED = 4
"""Coders whose news is told one by one."""


def sentence(found: Sequence[News], me: str) -> str:
    """“Ben has 34 new codings; Cleo has 2 new codes.” ``me`` is the GUID of who works now."""
    told = [_of_coder(one, me) for one in found[:MOST_NAMED]]
    if len(found) > MOST_NAMED:
        told.append(tr("{n} others have news too").format(n=len(found) - MOST_NAMED))
    return tr("{news}.").format(news="; ".join(told)) if told else ""


def _of_coder(one: News, me: str) -> str:
    what = counted(one.counts, one.others)
    if one.coder and one.coder == me:
        return tr("In another copy of yours: {what}").format(what=what)
    return tr("{name} has {what}").format(name=one.name or tr("Somebody"), what=what)


def counted(counts: Iterable[tuple[str, int]], others: int) -> str:
    """“34 new codings, 1 new memo and 2 other changes”."""
    parts = [_new(kind, count) for kind, count in counts]
    if others:
        other = tr("1 other change") if others == 1 else tr("{n} other changes").format(n=f"{others:,}")
        change = tr("1 change") if others == 1 else tr("{n} changes").format(n=f"{others:,}")
        parts.append(other if parts else change)
    if len(parts) < 2:
        return "".join(parts)
    return tr("{list} and {last}").format(list=", ".join(parts[:-1]), last=parts[-1])


def _new(kind: str, count: int) -> str:
    one, many = _NOUNS[kind]
    if count == 1:
        return tr("1 new {thing}").format(thing=tr(one))
    return tr("{n} new {things}").format(n=f"{count:,}", things=tr(many))


_NOUNS = {
    "document": (
        QT_TRANSLATE_NOOP("TeamFolder", "transcript"),
        QT_TRANSLATE_NOOP("TeamFolder", "transcripts"),
    ),
    "participant": (
        QT_TRANSLATE_NOOP("TeamFolder", "participant"),
        QT_TRANSLATE_NOOP("TeamFolder", "participants"),
    ),
    "code": (QT_TRANSLATE_NOOP("TeamFolder", "code"), QT_TRANSLATE_NOOP("TeamFolder", "codes")),
    "coding": (QT_TRANSLATE_NOOP("TeamFolder", "coding"), QT_TRANSLATE_NOOP("TeamFolder", "codings")),
    "memo": (QT_TRANSLATE_NOOP("TeamFolder", "memo"), QT_TRANSLATE_NOOP("TeamFolder", "memos")),
    "settlement": (
        QT_TRANSLATE_NOOP("TeamFolder", "settled passage"),
        QT_TRANSLATE_NOOP("TeamFolder", "settled passages"),
    ),
    "round": (QT_TRANSLATE_NOOP("TeamFolder", "round"), QT_TRANSLATE_NOOP("TeamFolder", "rounds")),
    "unit": (
        QT_TRANSLATE_NOOP("TeamFolder", "meaning unit"),
        QT_TRANSLATE_NOOP("TeamFolder", "meaning units"),
    ),
}


def of_copy(copy: Copy) -> str:
    """What one file in the folder holds for us, shortly."""
    states = {
        State.BROKEN: tr("not whole yet"),
        State.NEWER: tr("made by a newer version"),
        State.UNREADABLE: tr("cannot be read just now"),
    }
    if copy.state is not State.COPY:
        return states.get(copy.state, "")
    found = news([copy])
    totals: dict[str, int] = {}
    for one in found:
        for kind, count in one.counts:
            totals[kind] = totals.get(kind, 0) + count
    return counted(totals.items(), sum(one.others for one in found)) or tr("nothing new")


def tr(text: str) -> str:
    return QCoreApplication.translate("TeamFolder", text)
