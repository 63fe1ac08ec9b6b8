"""What the Agreement page says: sentences, cautions, titles, and what stands behind a number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from coder_app.core.model import Level, Status
from coder_app.formats.agreement_formulas import DESCRIBED
from coder_app.ui.agreement.looking import MARKED, Line, Look
from coder_app.ui.agreement.passages import Passages, Question, Which
from coder_app.ui.agreement.standing import Forgotten, Standing
from coder_app.ui.codebook.wording import short

if TYPE_CHECKING:
    from coder_app.core.agreement.result import Statistic
    from coder_app.core.agreement.twobytwo import Table

DASH = "–"
FEW_UNITS = 10
"""Below this many units no interval is given and the percent jumps with each unit."""
DOMINANT = 0.5
"""From this share of all decisions on one code dominates the figures."""
MOST_TITLES = 4
LONGEST_NAME = 60
SHORT_NAME = 14
"""Code points of a name where there is little room."""
UNITS = ("turn", "paragraph", "sentence", "character")


def tr(text: str) -> str:
    return QCoreApplication.translate("Agreement", text)


# Numbers


def percent(statistic: Statistic) -> str:
    """``42.7 %`` (with a space that does not break), or a dash."""
    return DASH if statistic.value is None else f"{100 * statistic.value:.1f}\u00a0%"


def coefficient(statistic: Statistic) -> str:
    """Three decimals with a true minus sign, or a dash."""
    if statistic.value is None:
        return DASH
    text = f"{statistic.value:.3f}"
    return "0.000" if text == "-0.000" else text.replace("-", "−")


def share(part: int, whole: int) -> str:
    return tr("{part} of {whole}").format(part=f"{part:,}", whole=f"{whole:,}")


def unit_name(unit: str) -> str:
    """A unit as it is chosen."""
    return {
        "turn": tr("Turns"),
        "paragraph": tr("Paragraphs"),
        "sentence": tr("Sentences"),
        "character": tr("Characters"),
    }[unit]


def count_units(unit: str, count: int) -> str:
    """``1 turn``, ``1,204 characters``."""
    one = {
        "turn": tr("1 turn"),
        "paragraph": tr("1 paragraph"),
        "sentence": tr("1 sentence"),
        "character": tr("1 character"),
    }
    many = {
        "turn": tr("{n} turns"),
        "paragraph": tr("{n} paragraphs"),
        "sentence": tr("{n} sentences"),
        "character": tr("{n} characters"),
    }
    return one[unit] if count == 1 else many[unit].format(n=f"{count:,}")


def row_name(key: str, level_names: Mapping[Level, str]) -> str:
    """The name of a row of the table."""
    if key == MARKED:
        return tr("Marked or not")
    return next((name for level, name in level_names.items() if level.key == key), key)


def row_meaning(key: str, name: str) -> str:
    """What a row of the table compares."""
    if key == MARKED:
        return tr("Marked or not: did both put a code on the same units, whichever code it was?")
    return tr("{level}: each unit's codes, compared at this level of the codebook.").format(level=name)


# The sentence on top, and what it must be read with


def headline(look: Look, line: Line, level_names: Mapping[Level, str]) -> str:
    """What the figure means, in plain words."""
    one, other = look.names
    row, unit = line.row, look.wanted.unit
    if not row.n_all:
        return tr("The chosen transcripts hold nothing to compare.")
    if not row.n_coded:
        text = tr("Neither {one} nor {other} coded any of the {units}.")
        return text.format(one=one, other=other, units=count_units(unit, row.n_all))
    if line.level == Level.CODE:
        text = tr(
            "{one} and {other} gave the same codes to {agreed} of the {units} that either coded ({percent})."
        )
    else:
        text = tr(
            "With codes gathered under “{level}”, {one} and {other} agree on {agreed} of the {units}"
            " that either coded ({percent})."
        )
    return text.format(
        one=one,
        other=other,
        level=level_names.get(line.level, line.key),
        agreed=f"{row.agreed_coded:,}",
        units=count_units(unit, row.n_coded),
        percent=percent(row.coded),
    )


def second_sentence(look: Look, line: Line) -> str:
    """What became of the others: coded by one alone, some codes shared, none shared."""
    marked, row = look.line(MARKED).row, line.row
    rest = row.n_coded - row.agreed_coded
    if not rest:
        return ""
    alone = marked.n_coded - marked.agreed_coded
    partly = row.agreed_any - row.agreed_coded
    apart = rest - alone - partly
    words = [
        (alone, tr("1 was coded by one of them alone"), tr("{n} were coded by one of them alone")),
        (
            partly,
            tr("1 has some codes in common but not all"),
            tr("{n} have some codes in common but not all"),
        ),
        (apart, tr("1 has none in common"), tr("{n} have none in common")),
    ]
    parts = [(many if count != 1 else one).format(n=f"{count:,}") for count, one, many in words if count]
    return tr("Of the other {rest}: {parts}.").format(rest=f"{rest:,}", parts=", ".join(parts))


def cautions(look: Look, line: Line, labels: Mapping[str, str]) -> list[str]:
    """What to keep in mind with these figures, each a sentence; the weightiest first."""
    row, unit = line.row, look.wanted.unit
    found = []
    if line.few_shared:
        found.append(
            tr("The two use different codes: {shared} codes shared.").format(
                shared=share(line.shared, line.used_by_any)
            )
        )
    if 0 < row.n_coded < FEW_UNITS:
        text = tr("Only {units} are coded: one more or less would move the percentage by {points} points.")
        found.append(text.format(units=count_units(unit, row.n_coded), points=round(100 / row.n_coded)))
    dominant = _dominant(line)
    if dominant is not None:
        text = tr(
            "“{code}” alone makes up {percent} of what they coded, so the figures speak mostly about it."
        )
        found.append(
            text.format(
                code=short(labels[dominant[0]], LONGEST_NAME), percent=f"{100 * dominant[1]:.0f}\u00a0%"
            )
        )
    if row.n_coded and line.kappas_undefined:
        text = tr(
            "Kappa is undefined for {count} codes, because neither coder used them or both used them"
            " throughout."
        )
        found.append(text.format(count=share(line.kappas_undefined, len(line.codes))))
    if look.wanted.include_unfinished:
        found.append(tr("Transcripts that are not marked as finished by both are counted too."))
    return found


def _dominant(line: Line) -> tuple[str, float] | None:
    """The code that makes up most of the coding, where others were used too."""
    presences = {
        key: code.table.presences for key, code in line.codes.items() if code.table and code.table.presences
    }
    if len(presences) < 2:
        return None
    key = max(presences, key=lambda k: presences[k])
    part = presences[key] / sum(presences.values())
    return (key, part) if part >= DOMINANT else None


def calm_note() -> str:
    """What seeing this page means for independent coding."""
    return tr(
        "Until you open a number you see only numbers here; the passages behind it show both coders' codes,"
        " which ends independent coding for you."
    )


# What stands behind one number


def why_undefined(reason: str, table: Table | None = None) -> str:
    """The reason in words; ``table``: of the code that is meant."""
    if table is not None and table.n:
        if not table.presences:
            return tr("undefined, because neither coder used this code")
        if not table.absences:
            return tr("undefined, because both gave this code everywhere")
    reasons = {
        "no units": tr("undefined, because there is nothing to compare"),
        "no variation": tr("undefined, because every value is the same: nought divided by nought"),
        "one category": tr("undefined, because there is only one code"),
        "codes overlap": tr("undefined, because codes overlap"),
        "too few units": tr("undefined, because there are too few units"),
    }
    return reasons.get(reason, reason)


def explain(name: str, statistic: Statistic, shown: str, table: Table | None = None) -> str:
    """A coefficient in full: name, value or reason, formula, source."""
    described = DESCRIBED[name]
    value = shown
    if statistic.value is None:
        value = why_undefined(statistic.reason, table) + tr(" (other programs print 0 or 1 here)")
    source = f" {described.source}." if described.source else ""
    return f"{described.name}: {value}. {described.formula}.{source}"


def which_words(question: Question, names: tuple[str, str]) -> str:
    """Which units a number counts."""
    one, other = names
    marked = question.row == MARKED
    return {
        Which.CODED: tr("coded by either"),
        Which.ALIKE: tr("marked by both") if marked else tr("alike"),
        Which.COMMON: tr("with a code in common"),
        Which.ALL: tr("all"),
        Which.ALL_ALIKE: tr("marked by both or by neither")
        if marked
        else tr("alike, also where neither coded"),
        Which.EITHER: tr("by either"),
        Which.BOTH: tr("by both"),
        Which.ONLY_A: tr("only by {name}").format(name=one),
        Which.ONLY_B: tr("only by {name}").format(name=other),
        Which.NEITHER: tr("by neither"),
    }[question.which]


def passages_title(look: Look, passages: Passages, level_names: Mapping[Level, str]) -> str:
    """``Stigma – only by Ann: 12 turns``"""
    question, unit = passages.question, look.wanted.unit
    labels = look.compared.gathered.labels
    what = labels.get(question.code, "") if question.code else row_name(question.row, level_names)
    count = count_units(unit, passages.count)
    if unit == "character":
        stretches = len(passages.found)
        count += tr(" in {n} passages").format(n=f"{stretches:,}") if stretches != 1 else tr(" in 1 passage")
    return f"{what} – {which_words(question, look.names)}: {count}"


# Transcripts and "finished"


def standing_words(row: Standing, names: tuple[str, str]) -> str:
    """How far both are with a transcript, in a few words: who is not finished comes up by name."""
    if row.finished:
        return tr("Finished by both")
    words = []
    for whole, status, codings in zip(names, row.statuses, row.codings, strict=True):
        name = short(whole, SHORT_NAME)
        if status is Status.FINISHED:
            continue
        if codings:
            words.append(tr("{name}: {codings}, not finished").format(name=name, codings=_codings(codings)))
        else:
            words.append(tr("{name}: nothing coded").format(name=name))
    return " · ".join(words)


def _codings(count: int) -> str:
    return tr("1 coding") if count == 1 else tr("{n} codings").format(n=f"{count:,}")


def forgotten_sentence(one: Forgotten) -> str:
    """``Interview P4: Tom has 23 codings but did not mark it as finished.``"""
    name = one.coder.name
    if len(one.documents) == 1:
        document, codings = one.documents[0]
        if one.mine:
            text = tr("{title}: you have {codings} but did not mark it as finished.")
        else:
            text = tr("{title}: {name} has {codings} but did not mark it as finished.")
        return text.format(title=document.title, name=name, codings=_codings(codings))
    listed = titles([f"{document.title} ({codings})" for document, codings in one.documents])
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


def nothing_to_compare(names: tuple[str, str], table: Sequence[Standing]) -> str:
    """Why there is no result, and what to do."""
    one, other = names
    if not table:
        return tr("There is no transcript yet. Import transcripts first; then both coders code them.")
    idle = [name for number, name in enumerate(names) if not any(row.seen_by(number) for row in table)]
    if idle:
        return tr("{names} did not code anything yet.").format(names=tr(" and ").join(idle))
    if not any(row.can_enter for row in table):
        return tr("{one} and {other} did not code a transcript in common yet.").format(one=one, other=other)
    return tr(
        "No transcript is marked as finished by both {one} and {other}. Mark it on the Code page when it is"
        " done, or tick a transcript on the left to look at it as it stands."
    ).format(one=one, other=other)


def turn_words(number: int, speaker: str) -> str:
    """``Turn 12 · Mara``; before the first turn just the speaker, if any."""
    if not number:
        return speaker
    text = tr("Turn {number}").format(number=number)
    return f"{text} · {speaker}" if speaker else text


def alike_words(alike: bool) -> str:
    return tr("Alike") if alike else tr("Differ")
