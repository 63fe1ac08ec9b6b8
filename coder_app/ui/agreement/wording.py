"""What the Agreement page says: sentences, cautions, titles, and what stands behind a number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from coder_app.core.agreement.result import Reason
from coder_app.core.model import Level, Status
from coder_app.ui.agreement.described import of_code
from coder_app.ui.agreement.looking import MARKED, Look
from coder_app.ui.agreement.passages import Passages, Question, Which
from coder_app.ui.agreement.standing import Forgotten, Standing
from coder_app.ui.agreement.units import STRETCHES, count_units
from coder_app.ui.codebook.wording import short

if TYPE_CHECKING:
    from coder_app.core.agreement.comparison import CodeResult
    from coder_app.core.agreement.result import Statistic

DASH = "–"
MOST_TITLES = 4
LONGEST_NAME = 60
SHORT_NAME = 14
"""Code points of a name where there is little room."""


def tr(text: str) -> str:
    return QCoreApplication.translate("Agreement", text)


# Numbers


def percent(statistic: Statistic) -> str:
    """``42.7 %`` (with a space that does not break), or a dash."""
    return DASH if statistic.value is None else f"{100 * statistic.value:.1f}\u00a0%"


def coefficient(statistic: Statistic) -> str:
    """Three decimals with a true minus sign, or a dash."""
    return DASH if statistic.value is None else three(statistic.value)


def three(value: float) -> str:
    """Three decimals with a true minus sign."""
    text = f"{value:.3f}"
    return "0.000" if text == "-0.000" else text.replace("-", "−")


def coefficient_name(name: str) -> str:
    """What a statistic is called."""
    return of_code(name).name


def share(part: int, whole: int) -> str:
    return tr("{part} of {whole}").format(part=f"{part:,}", whole=f"{whole:,}")


def row_name(key: str, level_names: Mapping[Level, str]) -> str:
    """The name of a row of the table."""
    if key == MARKED:
        return tr("Marked or not")
    return next((name for level, name in level_names.items() if level.key == key), key)


def row_meaning(key: str, name: str, *, empty: bool = False) -> str:
    """What a row of the table compares."""
    if key == MARKED:
        return tr("Marked or not: did they mark the same units, whichever code it was?")
    if empty:
        return tr(
            "{level}: the codebook has none, so each code stands for itself or for what is below; the row"
            " says nothing of its own."
        ).format(level=name)
    return tr(
        "{level}: each unit's codes, compared at this level of the codebook; what has nothing above it at"
        " this level stands for itself."
    ).format(level=name)


def calm_note() -> str:
    """What seeing this page means for independent coding."""
    return tr(
        "Until you open a number you see only numbers here; the passages behind it show everybody's codes,"
        " which ends independent coding for you."
    )


def round_words(name: str, created: int, coder: str) -> str:
    """``“Round 1”, frozen on 12 March 2026 by Ann …``; ``created`` in milliseconds since 1970."""
    day = QLocale().toString(QDateTime.fromMSecsSinceEpoch(created).date(), QLocale.FormatType.LongFormat)
    text = tr("“{name}”, frozen on {day} by {coder}: later changes do not enter.")
    return text.format(name=name, day=day, coder=coder)


# What stands behind one number


def why_undefined(reason: str, code: CodeResult | None = None) -> str:
    """The reason in words; ``code``: the one that is meant."""
    if code is not None and code.n:
        if code.given_by[0] == code.n:
            return tr("undefined, because no coder used this code")
        if code.given_by[-1] == code.n:
            return tr("undefined, because everybody gave this code everywhere")
    reasons: dict[str, str] = {
        Reason.NO_UNITS: tr("undefined, because there is nothing to compare"),
        Reason.NO_VARIATION: tr("undefined, because every value is the same: nought divided by nought"),
        Reason.ONE_CATEGORY: tr("undefined, because there is only one code"),
        Reason.CODES_OVERLAP: tr("undefined, because one coder's codes overlap"),
        Reason.TOO_FEW_UNITS: tr("undefined, because there are too few units"),
        Reason.LEFT_UNCODED: tr("undefined, because a meaning unit was left uncoded"),
    }
    return reasons.get(reason, reason)


def why_no_interval(reason: str) -> str:
    """Why there is no interval beside a number."""
    reasons: dict[str, str] = {
        Reason.TOO_FEW_UNITS: tr("there are too few units"),
        Reason.NO_VARIATION: tr("the units do not vary"),
        Reason.NO_UNITS: tr("there are no units"),
        Reason.CODES_OVERLAP: tr("codes overlap"),
        Reason.ONE_CATEGORY: tr("there is only one code"),
        Reason.LEFT_UNCODED: tr("a meaning unit was left uncoded"),
        Reason.NO_SPREAD: tr("no variation between units: the standard error is 0"),
        Reason.NO_SPREAD_DRAWN: tr("no variation between units: every resample gives the same value"),
    }
    return reasons.get(reason, reason)


def which_words(question: Question, names: Sequence[str]) -> str:
    """Which units a number counts."""
    marked = question.row == MARKED
    if question.which is Which.GIVEN_BY:
        if question.number in (0, len(names)):
            return tr("by none") if not question.number else tr("by all")
        return tr("by {n} of {all}").format(n=question.number, all=len(names))
    if question.which is Which.ONLY_A:
        return tr("only by {name}").format(name=names[0])
    if question.which is Which.ONLY_B:
        return tr("only by {name}").format(name=names[1])
    two = len(names) == 2
    return {
        Which.CODED: tr("coded by either") if two else tr("coded by anybody"),
        Which.ALIKE: (tr("marked by both") if two else tr("marked by all")) if marked else tr("alike"),
        Which.COMMON: tr("with a code in common"),
        Which.ALL: tr("all"),
        Which.ALL_ALIKE: tr("marked by all or by none") if marked else tr("alike, also where nobody coded"),
        Which.EITHER: tr("by either") if two else tr("by anybody"),
        Which.BOTH: tr("by both") if two else tr("by all"),
        Which.NEITHER: tr("by neither") if two else tr("by none"),
    }[question.which]


def passages_title(look: Look, passages: Passages, level_names: Mapping[Level, str]) -> str:
    """``Stigma – only by Ann: 12 turns``"""
    question, unit = passages.question, look.wanted.unit
    labels = look.compared.gathered.labels
    count = count_units(unit, passages.count)
    if unit in STRETCHES:
        stretches = len(passages.found)
        count += tr(" in {n} passages").format(n=f"{stretches:,}") if stretches != 1 else tr(" in 1 passage")
    if question.which is Which.CONFUSED:
        return f"{confused_words(look, question)}: {count}"
    what = labels.get(question.code, "") if question.code else row_name(question.row, level_names)
    return f"{what} – {which_words(question, look.names)}: {count}"


def confused_words(look: Look, question: Question) -> str:
    """``Ann: Fear, Ben: Anger``"""
    labels = look.compared.gathered.labels
    parts = []
    for place, code in zip(question.pair, (question.code, question.other), strict=True):
        parts.append(f"{look.names[place]}: {labels[code] if code else tr('nothing')}")
    return ", ".join(parts)


# Transcripts and "finished"


def standing_words(row: Standing, names: Sequence[str]) -> str:
    """How far the coders are with a transcript, in a few words: who is not finished comes up by name."""
    if row.finished:
        return tr("Finished by both") if len(names) == 2 else tr("Finished by all")
    words = []
    for whole, status, count in zip(names, row.statuses, row.codings, strict=True):
        name = short(whole, SHORT_NAME)
        if status is Status.FINISHED:
            continue
        if count:
            words.append(tr("{name}: {codings}, not finished").format(name=name, codings=codings(count)))
        else:
            words.append(tr("{name}: nothing coded").format(name=name))
    return " · ".join(words)


def codings(count: int) -> str:
    return tr("1 coding") if count == 1 else tr("{n} codings").format(n=f"{count:,}")


def forgotten_sentence(one: Forgotten) -> str:
    """``Interview P4: Tom has 23 codings but did not mark it as finished.``"""
    name = one.coder.name
    if len(one.documents) == 1:
        document, count = one.documents[0]
        if one.mine:
            text = tr("{title}: you have {codings} but did not mark it as finished.")
        else:
            text = tr("{title}: {name} has {codings} but did not mark it as finished.")
        return text.format(title=document.title, name=name, codings=codings(count))
    listed = titles([f"{document.title} ({count})" for document, count in one.documents])
    if one.mine:
        return tr("You have codings in transcripts that you did not mark as finished: {listed}.").format(
            listed=listed
        )
    text = tr("{name} has codings in transcripts not marked as finished: {listed}.")
    return text.format(name=name, listed=listed)


def titles(names: Sequence[str]) -> str:
    """The first few, and how many more."""
    shown = ", ".join(names[:MOST_TITLES])
    more = len(names) - MOST_TITLES
    return shown if more <= 0 else tr("{shown} and {more} more").format(shown=shown, more=more)


def nothing_to_compare(names: Sequence[str], table: Sequence[Standing]) -> str:
    """Why there is no result, and what to do."""
    if len(names) < 2:
        return tr("Tick at least two coders on the left: agreement is between people.")
    if not table:
        return tr("There is no transcript yet. Import transcripts first; then the coders code them.")
    idle = [name for number, name in enumerate(names) if not any(row.seen_by(number) for row in table)]
    if idle:
        return tr("{names} did not code anything yet.").format(names=listed(idle))
    if not any(row.can_enter for row in table):
        return tr("{names} did not code a transcript in common yet.").format(names=listed(names))
    return tr(
        "No transcript is marked as finished by {names}. Mark it on the Code page when it is done, or tick a"
        " transcript on the left to look at it as it stands."
    ).format(names=listed(names, both=True))


def listed(names: Sequence[str], *, both: bool = False) -> str:
    """``Ann and Ben``, ``both Ann and Ben``, ``Ann, Ben and Cleo``."""
    if len(names) < 2:
        return "".join(names)
    text = tr("{first} and {last}").format(first=", ".join(names[:-1]), last=names[-1])
    return tr("both {names}").format(names=text) if both and len(names) == 2 else text


def turn_words(number: int, speaker: str) -> str:
    """``Turn 12 · Mara``; before the first turn just the speaker, if any."""
    if not number:
        return speaker
    text = tr("Turn {number}").format(number=number)
    return f"{text} · {speaker}" if speaker else text


def alike_words(alike: bool) -> str:
    return tr("Alike") if alike else tr("Differ")
