"""What the section “Settle” says: what was decided, and why nothing is listed."""

from __future__ import annotations

from coder_app.core.model import Settlement, Verdict
from coder_app.project.project import Project
from coder_app.ui.agreement.settle import words
from coder_app.ui.agreement.settle.states import Entry, Show, State, Tally
from coder_app.ui.codebook.wording import short
from coder_app.ui.times import moment


def decided_words(entry: Entry, project: Project) -> str:
    """What was decided about a place, by whom, when and why."""
    one = entry.settlement
    if one is None:
        if entry.state is State.AGREED:
            return words.tr("The coders agree here. It is not taken over yet.")
        return words.tr("Not settled yet.")
    who = f"{short(project.coders.name_of(one.coder))}, {moment(one.created)}"
    text = f"{_verdict(one, project)} ({who})"
    return f"{text}\n“{one.reason}”" if one.reason else text


def _verdict(one: Settlement, project: Project) -> str:
    taken = short(project.coders.name_of(one.taken)) if one.taken else ""
    return {
        Verdict.TAKE: words.tr("The version of {name} was taken").format(name=taken),
        Verdict.BOTH: words.tr("Every coder's codes stand"),
        Verdict.NEITHER: words.tr("Nothing is coded here"),
        Verdict.OTHER: words.tr("A version of its own"),
        Verdict.AGREED: words.tr("Taken over, as the coders agree"),
        Verdict.SKIP: words.tr("Skipped"),
        Verdict.DISCUSS: words.tr("To be discussed"),
    }[one.verdict]


def empty_words(counts: Tally, show: Show) -> tuple[str, str]:
    """Title and text where no place is listed."""
    if not counts.disagreements and not counts.agreed:
        return words.tr("Nothing was coded"), words.tr("Nobody coded anything in what this round compares.")
    if not counts.disagreements and show is not Show.AGREED:
        return (
            words.tr("Nothing to settle"),
            words.tr("The coders agree wherever anybody coded. Take over what they agreed on."),
        )
    if counts.settled == counts.disagreements and show is Show.OPEN:
        return (
            words.tr("Everything is settled"),
            words.tr("Choose “Settled” above to look at the decisions again."),
        )
    return words.tr("Nothing here"), words.tr("No place answers to what is chosen above.")


def no_round_words(project: Project, *, blind: bool) -> str:
    """Why there is no round to settle, and what to do. ``blind``: a stability pass is under way."""
    if blind:
        return words.tr(
            "You are coding a stability pass, which is done blind. What the coders gave and settled on is"
            " shown again when you work as yourself."
        )
    if len(project.coders.all()) < 2:
        return words.tr(
            "Two people code the same transcripts; here they then settle, place by place, where they differ."
            " Add the second coder with Coder > New coder."
        )
    if project.read_only:
        return words.tr("This project holds no round, and it is open for reading only.")
    return words.tr(
        "First make a round: it keeps the codings and the figures as they are before you look at each other's"
        " work. Then settle here, place by place, where you differ. Nobody's own codings change; what you"
        " settle on becomes the consensus."
    )
