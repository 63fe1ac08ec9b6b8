"""The columns of the tables of figures: which there are depends on the unit and on the number of coders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from coder_app.ui.agreement import wording
from coder_app.ui.agreement.passages import Which
from coder_app.ui.codebook.wording import short


class Kind(Enum):
    """What stands in a cell."""

    NAME = auto()
    SHARE = auto()
    """A count of a count: ``109 of 215``."""
    COUNT = auto()
    PERCENT = auto()
    VALUE = auto()
    """A coefficient with three decimals."""
    INTERVAL = auto()
    """The 95 % interval of the statistic ``names``."""
    PLOT = auto()
    """The same as a picture."""


@dataclass(frozen=True, slots=True)
class Column:
    """``head`` is shown (it may hold a line break), ``name`` is read out and copied.

    ``names`` are the statistic's, of which a row has one. ``number``: of a count, how many coders.
    """

    kind: Kind
    head: str
    name: str
    which: Which
    names: tuple[str, ...] = ()
    number: int = 0
    width: int = 66


KAPPA = ("pooled_kappa", "light_kappa", "cohen_kappa", "fleiss_kappa")
SHORTEST = 11
"""Code points of a coder's name over a narrow column."""
ALPHA = ("alpha_masi", "alpha_nominal")


def _value(
    head: str, names: tuple[str, ...], which: Which, width: int = 63, *, percent: bool = False
) -> Column:
    kind = Kind.PERCENT if percent else Kind.VALUE
    return Column(kind, head, wording.coefficient_name(names[0]), which, names, width=width)


def _interval(names: tuple[str, ...], which: Which, width: int = 96) -> Column:
    tr = wording.tr
    name = tr("95 % interval of {name}").format(name=wording.coefficient_name(names[0]))
    return Column(Kind.INTERVAL, tr("95 %\ninterval"), name, which, names, width=width)


def level_columns(unit: str, two: bool) -> tuple[Column, ...]:
    """Of the table on top."""
    tr = wording.tr
    name = Column(Kind.NAME, "", tr("Level"), Which.CODED, width=100)
    if unit == "match":
        return name, *_matches(two)
    if unit == "unitizing":
        found = [name]
        for head, key in (
            (tr("u-alpha"), "u_alpha_nominal"),
            (tr("u-alpha,\nmarked or not"), "u_alpha_binary"),
            (tr("cu-alpha"), "cu_alpha"),
        ):
            found += [replace(_value(head, (key,), Which.CODED), width=110), _interval((key,), Which.CODED)]
        return tuple(found)
    coded = ("agreement_coded",)
    return (
        name,
        Column(Kind.SHARE, tr("Alike, of\ncoded"), tr("Alike, of coded"), Which.ALIKE, coded, width=90),
        _value(tr("Percent\nof coded"), coded, Which.CODED, 72, percent=True),
        _interval(coded, Which.CODED, 94),
        _value(tr("A code in\ncommon"), ("agreement_any_coded",), Which.COMMON, 76, percent=True),
        Column(
            Kind.SHARE, tr("Alike,\nof all"), tr("Alike, of all"), Which.ALL_ALIKE, ("agreement_all",),
            width=92,
        ),
        _value(tr("Percent\nof all"), ("agreement_all",), Which.ALL, 66, percent=True),
        _value(tr("Cohen's\nkappa") if two else tr("Light's\nkappa"), KAPPA, Which.CODED),
        _interval(KAPPA, Which.CODED),
        _value(tr("Kripp.\nalpha"), ALPHA, Which.CODED),
        _interval(ALPHA, Which.CODED),
    )  # fmt: skip


def _matches(two: bool) -> list[Column]:
    tr = wording.tr
    found = []
    if two:
        found.append(Column(Kind.COUNT, tr("Matched"), tr("Matched"), Which.BOTH, ("matched",), width=80))
    for head, key in ((tr("Holsti's\nCR"), "holsti"), (tr("Jaccard"), "jaccard")):
        found += [_value(head, (key,), Which.EITHER), _interval((key,), Which.EITHER)]
    return found


def pictured(unit: str, two: bool) -> tuple[str, ...]:
    """The statistics of a code whose intervals can be shown and drawn, the usual one first."""
    if unit == "match":
        return "holsti", "jaccard"
    if unit == "unitizing":
        return ("u_alpha",)
    if two:
        return "cohen_kappa", "alpha_nominal", "gwet_ac1", "scott_pi", "percent_agreement"
    return "fleiss_kappa", "alpha_nominal", "gwet_ac1", "percent_agreement"


def code_columns(unit: str, names: Sequence[str], picture: str) -> tuple[Column, ...]:
    """Of the table of single codes; ``names`` are the coders', ``picture`` the statistic that is drawn."""
    tr = wording.tr
    first = Column(Kind.NAME, tr("Name"), tr("Name"), Which.EITHER, width=150)
    interval = replace(_interval((picture,), Which.EITHER), width=118)
    plot = Column(
        Kind.PLOT, "", tr("Picture of {name}").format(name=wording.coefficient_name(picture)), Which.EITHER,
        (picture,), width=116,
    )  # fmt: skip
    two = len(names) == 2
    if unit == "unitizing":
        values = [replace(_value(tr("u-alpha"), ("u_alpha",), Which.EITHER), width=80)]
    elif unit == "match":
        values = [*_counts(names, matched=True)] if two else []
        values += [
            _value(tr("Holsti's\nCR"), ("holsti",), Which.EITHER),
            _value(tr("Jaccard"), ("jaccard",), Which.EITHER),
        ]
    elif two:
        values = [
            *_counts(names),
            _value(tr("Percent"), ("percent_agreement",), Which.ALL, 72, percent=True),
            _value(tr("Cohen's\nkappa"), ("cohen_kappa",), Which.EITHER, 70),
            _value(tr("Kripp.\nalpha"), ("alpha_nominal",), Which.EITHER),
            _value(tr("Positive"), ("positive_agreement",), Which.EITHER, 70),
        ]
    else:
        values = [
            *_given_by(len(names)),
            _value(tr("Percent"), ("percent_agreement",), Which.ALL, 72, percent=True),
            _value(tr("Light's\nkappa"), ("light_kappa",), Which.EITHER),
            _value(tr("Fleiss'\nkappa"), ("fleiss_kappa",), Which.EITHER),
            _value(tr("Kripp.\nalpha"), ("alpha_nominal",), Which.EITHER),
        ]
    return first, *values, interval, plot


def _counts(names: Sequence[str], *, matched: bool = False) -> list[Column]:
    """The 2 x 2 table of a code."""
    tr = wording.tr
    alone = [(tr("Only\n{name}"), tr("Only {name}"), which) for which in (Which.ONLY_A, Which.ONLY_B)]
    heads = [
        (head.format(name=short(name, SHORTEST)), long.format(name=name), which)
        for (head, long, which), name in zip(alone, names, strict=True)
    ]
    both = tr("Matched") if matched else tr("Both")
    heads.insert(0, (both, both, Which.BOTH))
    keys = ["matched", "only_a", "only_b"] if matched else ["both", "only_a", "only_b", "neither"]
    if not matched:
        heads.append((tr("Neither"), tr("Neither"), Which.NEITHER))
    return [
        Column(Kind.COUNT, head, long, which, (key,), width=78 if "\n" in head else 68)
        for (head, long, which), key in zip(heads, keys, strict=True)
    ]


def _given_by(coders: int) -> list[Column]:
    """How many units all, all but one ... none of the coders gave the code to."""
    tr = wording.tr
    found = []
    for number in range(coders, -1, -1):
        if number == coders:
            head = long = tr("By all")
        elif number == 0:
            head = long = tr("By none")
        else:
            head = tr("By {n}").format(n=number)
            long = tr("By {n} of {all} coders").format(n=number, all=coders)
        found.append(Column(Kind.COUNT, head, long, Which.GIVEN_BY, ("given_by",), number, 64))
    return found
