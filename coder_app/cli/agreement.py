"""``agreement``: how far coders agree, on the command line."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from coder_app.cli.output import say, say_json, say_table
from coder_app.core.errors import UserError
from coder_app.core.model import Level

if TYPE_CHECKING:
    from coder_app.core.agreement.comparison import Comparison
    from coder_app.core.agreement.result import Interval, Statistic
    from coder_app.project.comparing import Choice, Compared
    from coder_app.project.project import Project


RESAMPLES = 2000
"""For the workbook, unless another number is asked for."""
FEWEST_RESAMPLES = 100
"""Fewer say nothing of the ends of an interval."""


def comparison_choice(project: Project, chosen: Namespace, frozen: Choice | None = None) -> Choice:
    """What the arguments ask to compare; without coders everybody who coded.

    What they leave open is as in ``frozen``, what a round measured. Raises UserError for coders and
    transcripts that are not there.
    """
    from coder_app.project.sources import Choice, usual_unit

    base = frozen or Choice(unit=usual_unit(project))
    documents = base.documents
    if chosen.documents:
        documents = tuple(project.documents.titled(title).guid for title in chosen.documents)
    coders = base.coders
    if chosen.coders:
        coders = tuple(project.coders.named(name).guid for name in chosen.coders)
    level = base.level if chosen.level is None else Level[chosen.level.upper().replace("-", "_")]
    least, threshold = chosen.unit_min_chars, chosen.threshold
    return Choice(
        coders=coders,
        unit=chosen.unit or base.unit,
        level=level,
        documents=documents,
        include_unfinished=chosen.include_unfinished or base.include_unfinished,
        interviewer_turns=chosen.interviewer_turns or base.interviewer_turns,
        threshold=base.threshold if threshold is None else threshold,
        unit_min_chars=base.unit_min_chars if least is None else least,
    )


def agreement(chosen: Namespace) -> int:
    """``agreement PROJECT --coders A B [C ...]``, or of a round: ``--round NAME [--after]``"""
    from coder_app.cli.commands import reading

    if chosen.after and chosen.round is None:
        raise UserError("Say with --round in which round was settled what --after asks for.")
    if chosen.resamples is not None and (chosen.resamples < 0 or 0 < chosen.resamples < FEWEST_RESAMPLES):
        raise UserError(f"Take 0 for none, or at least {FEWEST_RESAMPLES}; 2,000 are meant (--resamples).")
    if not chosen.coders and chosen.round is None:
        raise UserError("Say with --coders whose codings to compare, or with --round which round to measure.")
    with reading(chosen.project) as project:
        compared = _compared(project, chosen)
        if chosen.xlsx is not None:
            from coder_app.formats.agreement_book import write_agreement

            write_agreement(project, chosen.xlsx, compared, round_name=chosen.round or "")
        level_names = project.level_names()
    if chosen.json:
        say_json(as_json(compared, chosen.round, after=chosen.after))
    else:
        say_result(compared, level_names)
    return 0


def _compared(project: Project, chosen: Namespace) -> Compared:
    """The project as it stands, or a round as it was frozen or as it was settled afterwards."""
    from coder_app.project import comparing

    if chosen.round is None:
        sources = comparing.read_sources(project)
        choice = comparison_choice(project, chosen)
    else:
        found = project.rounds.named(chosen.round)
        sources = project.rounds.sources(found.guid)
        choice = comparison_choice(project, chosen, project.rounds.choice(found.guid))
        if chosen.after:
            settled = project.consensus.settlements(found.guid)
            if not settled:
                raise UserError(f"Nothing is settled yet in the round “{found.name}”.")
            codings = project.consensus.codings(found.guid)
            sources = comparing.after(sources, settled, codings, project.codes.tree())
    resamples = chosen.resamples
    if resamples is None:
        resamples = RESAMPLES if chosen.xlsx is not None else 0
    return comparing.compare_sources(sources, choice, resamples=resamples)


def as_json(compared: Compared, round_name: str | None = None, *, after: bool = False) -> dict[str, Any]:
    """The result with names instead of GUIDs; undefined is None, with its reason under ``undefined``.

    Standard errors and the limits of 95 % intervals stand beside their statistic: ``..._se``,
    ``..._ci_low``, ``..._ci_high``.
    """
    from coder_app.project.cautioning import sentences

    gathered, result = compared.gathered, compared.result
    undefined: dict[str, str] = {}
    codes: dict[str, dict[str, float | int | None]] = {}
    for key, code in result.codes.items():
        name = gathered.labels[key]
        counts: dict[str, float | int | None] = {}
        if code.table is not None:
            table = code.table
            counts = {
                "both": table.both,
                "only_a": table.only_a,
                "only_b": table.only_b,
                "neither": table.neither,
            }
        codes[name] = {**counts, **_values(f"codes.{name}", code.statistics, code.intervals, undefined)}
    everything = {**result.overall, **{k: s for k, s in result.more.items() if k not in result.overall}}
    found: dict[str, Any] = {
        "unit": result.unit,
        "level": result.level.key,
        "coders": [coder.name for coder in gathered.coders],
        "documents": [document.title for document in gathered.documents],
        "n_units": result.n_units,
        "overall": _values("overall", everything, result.intervals, undefined),
        "codes": codes,
        "undefined": undefined,
        "left_out": list(gathered.left_out.sentences()),
        "cautions": sentences(compared),
        "threshold": gathered.choice.threshold,
        "unit_min_chars": gathered.choice.unit_min_chars,
        "interviewer_turns": gathered.choice.interviewer_turns,
    }
    if result.pairs:
        names = {coder.guid: coder.name for coder in gathered.coders}
        found["pairs"] = []
        for coders, pair in result.pairs.items():
            own = [names[coder] for coder in coders]
            path = f"pairs.{' and '.join(own)}"
            statistics = {**pair.more, **pair.overall}
            values = _values(path, statistics, pair.intervals, undefined)
            found["pairs"].append({"coders": own, "overall": values})
    if round_name is not None:
        found |= {"round": round_name, "after_discussion": after}
    if any(interval.resamples for interval in result.intervals.values()):
        found["seed"] = result.seed
    return found


def _values(
    path: str,
    statistics: Mapping[str, Statistic],
    intervals: Mapping[str, Interval],
    undefined: dict[str, str],
) -> dict[str, float | int | None]:
    """Values by name, with what is undefined and why noted in ``undefined``."""
    values: dict[str, float | int | None] = {}
    for name, statistic in statistics.items():
        values[name] = statistic.value
        if statistic.value is None:
            undefined[f"{path}.{name}"] = statistic.reason
        interval = intervals.get(name)
        if interval is None or statistic.value is None:
            continue
        if interval.se is not None:
            values[f"{name}_se"] = interval.se
        for end, limit in (("low", interval.low), ("high", interval.high)):
            values[f"{name}_ci_{end}"] = limit
            if limit is None:
                undefined[f"{path}.{name}_ci_{end}"] = interval.reason
    return values


def notes(compared: Compared) -> list[str]:
    """What was left out and what to be careful about, a sentence each."""
    from coder_app.project.cautioning import sentences

    return [*compared.gathered.left_out.sentences(), *sentences(compared)]


def say_result(compared: Compared, level_names: Mapping[Level, str]) -> None:
    """The result as tables."""
    from coder_app.formats.agreement_formulas import DESCRIBED

    gathered, result = compared.gathered, compared.result
    counted = f"{result.n_units:,} units ({result.unit})"
    if result.unit in ("character", "match", "unitizing"):
        counted = f"{result.n_units:,} characters compared ({result.unit})"
    say(
        f"{', '.join(coder.name for coder in gathered.coders)}: {len(gathered.documents)} transcripts,"
        f" {counted}, level {result.level.key}"
    )
    for sentence in notes(compared):
        say(sentence)
    say(f"{compared.codes_shared[:1].upper()}{compared.codes_shared[1:]}.")
    if result.rows:
        say()
        say("Coefficient of agreement (Schreier 2012)")
        rows = [("", "agreed", "of coded", "percent", "agreed", "of all", "percent")]
        for row in result.rows:
            name = "marked or not" if row.key == "marked" else _level_name(row.key, level_names)
            coded = (f"{row.agreed_coded:,}", f"{row.n_coded:,}", _percent(row.coded))
            rows.append((name, *coded, f"{row.agreed_all:,}", f"{row.n_all:,}", _percent(row.all)))
        say_table(rows, right=range(1, 7))
    say()
    for title, statistics in (("All codes together", result.overall), ("More coefficients", result.more)):
        shown = [name for name in statistics if not name.startswith("agreement_")]
        if shown:
            say(title)
            named = [(DESCRIBED[name].name if name in DESCRIBED else _plain(name), name) for name in shown]
            say_table([(text, _figure(statistics[name]), _limits(result, name)) for text, name in named])
            say()


def _level_name(key: str, names: Mapping[Level, str]) -> str:
    level = Level[key.upper().replace("-", "_")]
    return names.get(level, key).lower()


def _figure(statistic: Statistic) -> str:
    return str(statistic.value) if isinstance(statistic.value, int) else str(statistic)


def _percent(statistic: Statistic) -> str:
    return f"– ({statistic.reason})" if statistic.value is None else f"{100 * statistic.value:.1f} %"


def _plain(name: str) -> str:
    return name.replace("_", " ")


def _limits(result: Comparison, name: str) -> str:
    interval = result.intervals.get(name)
    if interval is None or interval.low is None or interval.high is None:
        return ""
    return f"95 % from {interval.low:.3f} to {interval.high:.3f}"
