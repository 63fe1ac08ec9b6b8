"""The sentences over the figures: what they mean, and what they must be read with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from coder_app.core.model import Level
from coder_app.ui.agreement.looking import MARKED, Line, Look
from coder_app.ui.agreement.units import FIXED, count_units
from coder_app.ui.agreement.wording import (
    LONGEST_NAME,
    coefficient,
    listed,
    percent,
    share,
    tr,
    why_undefined,
)
from coder_app.ui.codebook.wording import counted, short

if TYPE_CHECKING:
    from coder_app.core.agreement.cautions import Caution

MOST_NAMES = 4
"""Coders that a sentence names; of more it says how many they are."""
MOST_CODES = 3
FEW = 10
"""Below this many coded units the percentage jumps with each of them."""


def everybody(names: Sequence[str]) -> str:
    """The coders in a sentence: by name, or how many they are."""
    return listed(names) if len(names) <= MOST_NAMES else tr("The {n} coders").format(n=len(names))


def headline(look: Look, line: Line, level_names: Mapping[Level, str]) -> str:
    """What the figure means, in plain words."""
    unit = look.wanted.unit
    if line.row is None:
        return _match_headline(look, line) if unit == "match" else _unitizing_headline(look, line)
    row, who = line.row, everybody(look.names)
    if not row.n_all:
        return tr("The chosen transcripts hold nothing to compare.")
    if not row.n_coded:
        if look.two:
            text = tr("Neither {one} nor {other} coded any of the {units}.")
            return text.format(one=look.names[0], other=look.names[1], units=count_units(unit, row.n_all))
        return tr("None of the coders coded any of the {units}.").format(units=count_units(unit, row.n_all))
    if line.level == Level.CODE:
        text = tr("{who} gave the same codes to {agreed} of the {units} that {any} coded ({percent}).")
    else:
        text = tr(
            "With codes gathered under “{level}”, {who} agree on {agreed} of the {units} that {any} coded"
            " ({percent})."
        )
    return text.format(
        who=who,
        any=tr("either") if look.two else tr("anybody"),
        level=level_names.get(line.level, line.key),
        agreed=f"{row.agreed_coded:,}",
        units=count_units(unit, row.n_coded),
        percent=percent(row.coded),
    )


def _match_headline(look: Look, line: Line) -> str:
    holsti = line.statistic("holsti")
    if holsti is None or holsti.value is None:
        return tr("{who} marked no passage that could match.").format(who=everybody(look.names))
    if look.two:
        counts = [line.statistic(name) for name in ("matched", "n_a", "n_b")]
        matched, n_a, n_b = (int(one.value or 0) if one is not None else 0 for one in counts)
        return tr(
            "{matched} of {one}'s {n_a} and {other}'s {n_b} coded passages match: {percent} of all they"
            " marked."
        ).format(
            matched=f"{matched:,}", one=look.names[0], other=look.names[1], n_a=f"{n_a:,}", n_b=f"{n_b:,}",
            percent=percent(holsti),
        )  # fmt: skip
    return tr("On average over each two coders, {percent} of the passages they marked match.").format(
        percent=percent(holsti)
    )


def _unitizing_headline(look: Look, line: Line) -> str:
    who = everybody(look.names)
    nominal, binary = line.statistic("u_alpha_nominal"), line.statistic("u_alpha_binary")
    if nominal is not None and nominal.value is not None:
        text = tr("Where {who} put their passages, and with which code, agrees with a u-alpha of {value}.")
        return text.format(who=who, value=coefficient(nominal))
    if binary is not None and binary.value is not None:
        text = tr("Where {who} put their passages, whatever the code, agrees with a u-alpha of {value}.")
        return text.format(who=who, value=coefficient(binary))
    reason = nominal.reason if nominal is not None else ""
    if reason == "codes overlap":
        return tr(
            "One figure over all codes does not exist here, because somebody's codes overlap; each code has"
            " its own below."
        )
    return tr("There is no figure over all codes: {reason}.").format(reason=why_undefined(reason))


def second_sentence(look: Look, line: Line) -> str:
    """What became of the others: coded by one alone, some codes shared, none shared."""
    row = line.row
    if row is None or row.n_coded == row.agreed_coded:
        return ""
    rest = row.n_coded - row.agreed_coded
    alone = row.n_coded - line.coded_by_all
    partly = row.agreed_any - row.agreed_coded
    apart = rest - alone - partly
    by_one = (
        (tr("1 was coded by one of them alone"), tr("{n} were coded by one of them alone"))
        if look.two
        else (tr("1 was not coded by all"), tr("{n} were not coded by all"))
    )
    words = [
        (alone, *by_one),
        (
            partly,
            tr("1 has some codes in common but not all"),
            tr("{n} have some codes in common but not all"),
        ),
        (apart, tr("1 has none in common"), tr("{n} have none in common")),
    ]
    parts = [(many if count != 1 else one).format(n=f"{count:,}") for count, one, many in words if count > 0]
    return tr("Of the other {rest}: {parts}.").format(rest=f"{rest:,}", parts=", ".join(parts))


# What the figures must be read with


def cautions(look: Look, line: Line) -> list[tuple[str, str]]:
    """(kind, sentence), the weightiest first."""
    from coder_app.core.agreement.cautions import CautionKind, of_level

    unit, result = look.wanted.unit, look.compared.result
    found: list[tuple[str, str]] = []
    if line.key == MARKED:
        return found
    if line.row is not None and 0 < line.row.n_coded < FEW:
        text = tr("Only {units} are coded: one more or less would move the percentage by {points} points.")
        points = round(100 / line.row.n_coded)
        told = text.format(units=count_units(unit, line.row.n_coded), points=points)
        found.append((CautionKind.FEW_UNITS.value, told))
    level = result.levels[line.level]
    for caution in of_level(level, result.n_units, result.coders, fixed_units=unit in FIXED):
        told = _caution(caution, look)
        if told and caution.kind.value not in [kind for kind, _ in found]:
            found.append((caution.kind.value, told))
    found += [("", text) for text in _changed(look)]
    if look.wanted.include_unfinished:
        found.append(("", tr("Transcripts that are not marked as finished by everybody are counted too.")))
    shared = CautionKind.FEW_SHARED_CODES.value
    return sorted(found, key=lambda one: one[0] != shared)


def _caution(caution: Caution, look: Look) -> str:
    """A caution in a sentence; empty for what the tables say better."""
    from coder_app.core.agreement.cautions import CautionKind

    kind = caution.kind
    if kind is CautionKind.FEW_UNITS:
        text = tr("Only {units} are compared: with less than {least} every coefficient is mostly chance.")
        return text.format(units=count_units(look.wanted.unit, caution.count), least=caution.of)
    if kind is CautionKind.FEW_SHARED_CODES:
        text = tr("They use different codes: {shared} codes shared.")
        return text.format(shared=share(caution.count, caution.of))
    if kind is CautionKind.ONE_CODE_DOMINATES:
        text = tr(
            "“{code}” alone makes up {percent} of what they coded, so the figures speak mostly about it."
        )
        part = 100 * caution.count / max(1, caution.of)
        return text.format(code=_codes(caution.codes, look), percent=f"{part:.0f}\u00a0%")
    if kind is CautionKind.UNDEFINED_CODES:
        text = tr("Kappa is undefined for {count} codes, because nobody used them or everybody throughout.")
        return text.format(count=share(caution.count, caution.of))
    if kind is CautionKind.PREVALENCE:
        text = tr(
            "Kappa is low although they mostly agree for {count} codes ({names}): codes that are rare, or"
            " nearly everywhere, press it down. Look at positive agreement too."
        )
        return text.format(count=share(caution.count, caution.of), names=_codes(caution.codes, look))
    if kind is CautionKind.ONE_SIDED:
        names = [c.name for c in look.compared.gathered.coders if c.guid in caution.coders]
        return tr("{names} coded nothing here.").format(names=listed(names))
    if kind is CautionKind.ONE_CODE:
        return tr("There is only one code at this level: chance correction means little.")
    return ""


def _codes(keys: Sequence[str], look: Look) -> str:
    labels = look.compared.gathered.labels
    names = [short(labels[key], LONGEST_NAME) for key in keys[:MOST_CODES]]
    more = len(keys) - len(names)
    shown = ", ".join(names)
    return tr("{shown} and {more} more").format(shown=shown, more=more) if more > 0 else shown


def _changed(look: Look) -> list[str]:
    """Where a coder changed codings after she had marked the transcript as finished."""
    changed = look.compared.gathered.left_out.changed
    if not changed:
        return []
    document, coder = changed[0]
    if len(changed) == 1:
        text = tr("{name} changed “{title}” after marking it as finished.")
        return [text.format(name=coder.name, title=document.title)]
    text = tr(
        "{n} transcripts were changed after they were marked as finished, “{title}” by {name} among them."
    )
    return [text.format(n=len(changed), title=document.title, name=coder.name)]


def left_out(look: Look) -> list[str]:
    """What was not compared, each a sentence."""
    out = look.compared.gathered.left_out
    parts = []
    if out.interviewer_turns:
        one, many = tr("1 turn of interviewers and others"), tr("{n} turns of interviewers and others")
        parts.append(counted(out.interviewer_turns, one, many))
    if out.outside:
        one, many = tr("1 coding outside of what is compared"), tr("{n} codings outside of what is compared")
        parts.append(counted(out.outside, one, many))
    if out.without_units:
        titles = ", ".join(document.title for document in out.without_units)
        parts.append(tr("transcripts without locked meaning units ({titles})").format(titles=titles))
    return [tr("Left out: {things}.").format(things="; ".join(parts))] if parts else []
