"""Words for the paper: a methods paragraph with a study's own figures, after O'Connor & Joffe (2020).

The English is neutral between American and British use. What the program cannot know stands in square
brackets, and what is missing is said apart, with what to do about it.
"""

from __future__ import annotations

from collections.abc import Sequence

from coder_app.core.model import Verdict
from coder_app.core.paper_facts import Facts, Measure, Pass, Purpose, Settled, Share
from coder_app.core.paper_words import (
    Words,
    codes_of,
    count_of,
    interval_of,
    intervals_of,
    joined,
    number,
    percent,
    place_of,
    value_of,
    was,
)

LITTLE = 0.1
"""Below this share of the text coded twice a note is due; O'Connor & Joffe (2020) name 10 to 25 %."""
FEW_UNITS = 10
_PURPOSES = {
    Purpose.RELIABILITY: "To assess the reliability of the coding",
    Purpose.CODEBOOK: "To test and refine the codebook",
    Purpose.TRANSPARENCY: "To make the coding systematic, communicable and transparent",
    Purpose.DIALOGUE: "To prompt discussion of different readings within the team",
    Purpose.TRUST: "To support the trustworthiness of the analysis",
}
_UNITS = {
    "turn": ("the speaker turn", "turns"),
    "paragraph": ("the paragraph", "paragraphs"),
    "sentence": ("the sentence", "sentences"),
    "document": ("the whole transcript", "transcripts"),
    "meaning-unit": ("the meaning unit", "meaning units"),
    "character": ("the character", "characters"),
    "token": ("the word", "words"),
    "match": ("the coded passage", "coded passages"),
    "unitizing": ("the coded segment", "coded segments"),
}
_CORRECTED = (
    ("alpha_masi", "Krippendorff's alpha (MASI)", "Krippendorff's alpha over each unit's set of codes, with"
     " the MASI distance (Krippendorff, 2019; Passonneau, 2006),", ("krippendorff2019", "passonneau2006")),
    ("pooled_kappa", "Cohen's kappa, pooled", "Cohen's kappa, pooled over the {codes} (Cohen, 1960; De Vries"
     " et al., 2008),", ("cohen1960", "devries2008")),
    ("light_kappa", "Cohen's kappa, mean of pairs", "the mean of Cohen's kappa over all pairs of coders"
     " (Cohen, 1960; Light, 1971)", ("cohen1960", "light1971")),
    ("u_alpha_nominal", "Krippendorff's alpha for unitizing", "Krippendorff's alpha for unitizing"
     " (Krippendorff et al., 2016)", ("krippendorff2016",)),
    ("cu_alpha", "The same, valued segments alone", "its variant for the valued segments alone (Krippendorff"
     " et al., 2016)", ("krippendorff2016",)),
)  # fmt: skip
"""Key, name in the list of sources, words in the text, references."""
_VERDICTS = (
    (Verdict.TAKE, "one coder's version was taken"),
    (Verdict.BOTH, "all coders' codes were kept"),
    (Verdict.NEITHER, "none of the codes was kept"),
    (Verdict.OTHER, "another code or other bounds were chosen"),
)


def write(facts: Facts, purpose: Purpose = Purpose.RELIABILITY) -> Words:
    """The paragraph on one measuring of agreement."""
    words, measure = Words(), facts.measure
    _who_and_how_much(words, facts, purpose)
    _unit(words, measure)
    _moment(words, facts)
    _coefficients(words, measure)
    _differences(words, measure)
    _passes(words, facts.passes)
    if facts.version:
        words.say(f"The figures were computed with coder-app {facts.version}.")
    return words


# Sentences


def _who_and_how_much(words: Words, facts: Facts, purpose: Purpose) -> None:
    measure = facts.measure
    names = joined(measure.coders)
    part, whole = measure.transcripts, facts.transcripts
    data = (
        f"all {number(whole)} transcripts"
        if part >= whole
        else f"{number(part)} of the {number(whole)} transcripts"
    )
    if whole <= 2 and part >= whole:
        data = "both transcripts" if whole == 2 else "the transcript"
    share = measure.characters / facts.characters if facts.characters else 0.0
    if part < whole:
        data += f" ({percent(part / whole)} of the transcripts, {percent(share)} of the text)"
    codebook = f"a shared codebook of {measure.codes:,} {codes_of(measure)}"
    words.say(
        f"{_PURPOSES[purpose]}, {number(len(measure.coders))} coders ({names}) independently coded {data}"
        f" with {codebook} (O'Connor & Joffe, 2020).",
        "oconnor2020",
    )
    where = place_of(measure)
    words.note("Coders", names, where)
    words.note("Transcripts coded by all", f"{part:,} of {whole:,}", where)
    words.note("Share of the text", percent(share), "characters of these transcripts and of all")
    words.note("Codebook", f"{measure.codes:,} {codes_of(measure)}", where)
    if share < LITTLE:
        words.missing.append(
            f"Only {percent(share)} of the text was coded by all: 10 to 25% is usual (O'Connor & Joffe,"
            " 2020). Have more transcripts coded by everybody, or say why these are enough."
        )
    if measure.unfinished:
        words.missing.append(
            "Not every transcript was marked as finished by all coders: mark what is finished, so that"
            " uncoded text counts as a decision."
        )


def _unit(words: Words, measure: Measure) -> None:
    one, many = _UNITS.get(measure.unit, ("the unit", "units"))
    cited: tuple[str, ...] = ()
    if measure.unit == "meaning-unit":
        words.say(
            "The transcripts were divided into meaning units before they were coded (Campbell et al., 2013)."
        )
        cited = ("campbell2013",)
    if measure.coded is not None:
        text = (
            f"The unit of analysis was {one}; of {measure.units:,} {many}, {measure.coded.units:,} were coded"
            " by at least one coder"
        )
        words.note("Units", f"{measure.units:,}, of which {measure.coded.units:,} coded", place_of(measure))
    else:
        text = f"The unit of analysis was {one}"
    text += "; interviewers' words were counted as well." if measure.interviewer_turns else (
        "; interviewers' words were left out."
    )  # fmt: skip
    words.say(text, *cited)
    if measure.unit_min_chars > 1 and measure.coded is not None:
        words.say(f"A code counted for a unit where it covered at least {measure.unit_min_chars} characters.")


def _moment(words: Words, facts: Facts) -> None:
    measure, before = facts.measure, facts.earlier
    if not measure.round:
        words.say(f"Agreement was measured on the codings as they stood on {measure.day}.")
        words.missing.append(
            "These are the codings of today, not a round: freeze a round before the coders see each other's"
            " work, so that the figures are those of independent coding."
        )
    else:
        if facts.independent:
            words.say("Agreement was measured before the coders saw each other's work.")
        words.note("Round", f"{measure.round}, frozen {measure.day}", "Agreement, rounds")
    known = [one for one in before if one.coded is not None and one.coded.value.defined]
    if measure.round and known:
        course = "; ".join(
            f"{one.round}, {percent(one.coded.value.value)} ({one.coded.agreed:,} of {one.coded.units:,})"
            for one in known
            if one.coded is not None
        )
        words.say(
            f"It was measured in {number(len(known) + 1)} rounds, of which {measure.round} is reported here"
            f" (before it: {course})."
        )
        words.note("Earlier rounds", course, "Agreement, rounds")


def _coefficients(words: Words, measure: Measure) -> None:
    where = place_of(measure)
    if measure.coded is not None:
        _headline(words, measure, measure.coded, where)
    _matching(words, measure, where)
    parts = []
    for key, label, name, cited in _CORRECTED:
        figure = measure.figure(key)
        if figure is None:
            continue
        parts.append(f"{name.format(codes=codes_of(measure))} {was(figure.value, figure.interval)}")
        words.cited += cited
        words.note(label, value_of(figure.value, figure.interval), where)
        if not figure.value.defined:
            words.missing.append(f"{label}: undefined here ({figure.value.reason}).")
    if parts:
        words.say(f"Corrected for chance, {joined(parts)}{count_of(measure)}.")
    if any(interval.resamples for interval in intervals_of(measure)):
        drawn = "paragraphs" if measure.unit in ("character", "token", "match", "unitizing") else "units"
        words.say(
            f"Intervals are 95% percentile intervals of {measure.resamples:,} bootstrap resamples of {drawn}"
            f" (seed {measure.seed})."
        )
    elif measure.units < FEW_UNITS and measure.coded is not None:
        words.missing.append(f"There are fewer than {FEW_UNITS} units, so no interval can be given.")
    alphas = [measure.figure(key) for key in ("alpha_masi", "u_alpha_nominal")]
    if any(figure is not None and figure.value.defined for figure in alphas):
        words.note("Threshold of alpha", "0.800 and 0.667", "Krippendorff (2019)")
        words.say(
            "Values of alpha of 0.800 and above were taken as reliable, and values from 0.667 to 0.800 as"
            " allowing tentative conclusions (Krippendorff, 2019).",
            "krippendorff2019",
        )


def _headline(words: Words, measure: Measure, coded: Share, where: str) -> None:
    both = "both coders" if len(measure.coders) == 2 else "all coders"
    level = f"At the level of {codes_of(measure)}, the"
    name = (
        f"{level} coefficient of agreement (Schreier, 2012), the share of units coded by at least one coder"
        f" to which {both} gave the same {codes_of(measure)},"
    )
    if coded.value.defined:
        words.say(
            f"{name} was {percent(coded.value.value)} ({coded.agreed:,} of {coded.units:,}"
            f"{interval_of(coded.interval, percent)}).",
            "schreier2012",
        )
    else:
        words.say(f"{name} could not be computed ({coded.value.reason}).", "schreier2012")
        words.missing.append("Nobody coded any of these units: code first, then measure.")
    words.note("Coefficient of agreement", f"{coded.agreed:,} of {coded.units:,}", where)
    if measure.all is not None and measure.all.value.defined:
        words.say(
            f"Over all {measure.all.units:,} units, also those that nobody coded, it was"
            f" {percent(measure.all.value.value)} ({measure.all.agreed:,} of {measure.all.units:,})."
        )
        words.note("The same over all units", f"{measure.all.agreed:,} of {measure.all.units:,}", where)


def _matching(words: Words, measure: Measure, where: str) -> None:
    figure = measure.figure("holsti")
    if measure.unit != "match" or figure is None:
        return
    counts = [measure.figure(key) for key in ("matched", "n_a", "n_b")]
    matched, one, other = ((f.value.value or 0) if f is not None else 0 for f in counts)
    words.say(
        f"Two passages of one code matched where their overlap was at least {percent(measure.threshold)} of"
        f" the text that they cover together; {int(matched):,} passages of {int(one):,} and {int(other):,}"
        f" matched, and Holsti's coefficient {was(figure.value, figure.interval)} (Holsti, 1969).",
        "holsti1969",
    )
    words.note("Holsti's coefficient", value_of(figure.value, figure.interval), where)


def _differences(words: Words, measure: Measure) -> None:
    settled = measure.settled
    if settled is None or not settled.verdicts or not settled.settled:
        words.say("[How differences between the coders were handled.]")
        words.missing.append(
            "How differences were handled is not in the project: settle them under Settle, or write what you"
            " did in place of the brackets."
        )
        return
    words.say(_discussion(settled))
    words.note("Differences settled", f"{settled.settled:,}; left open {settled.open:,}", "Settle")
    if settled.after is not None and settled.after.value.defined:
        words.say(
            f"After discussion agreement was {percent(settled.after.value.value)}"
            f" ({settled.after.agreed:,} of {settled.after.units:,}); the consensus was kept as a layer of"
            " its own beside each coder's own codings."
        )
        words.note(
            "Agreement after discussion", f"{settled.after.agreed:,} of {settled.after.units:,}", "Settle"
        )
    left = settled.differing - settled.settled - settled.open
    if left > 0:
        words.missing.append(
            f"{left:,} of the differences are not looked at yet: go on under Settle."
            if left > 1
            else "One of the differences is not looked at yet: go on under Settle."
        )


def _discussion(settled: Settled) -> str:
    ways = [
        f"in {number(settled.verdicts[verdict])} {what}"
        for verdict, what in _VERDICTS
        if settled.verdicts.get(verdict)
    ]
    text = (
        f"The coders discussed the passages on which they differed and settled {settled.settled:,} of"
        f" {max(settled.differing, settled.settled + settled.open):,}: {joined(ways)}"
    )
    if settled.open:
        text += f"; {number(settled.open)} {'was' if settled.open == 1 else 'were'} left open"
    return text + "."


def _passes(words: Words, passes: Sequence[Pass]) -> None:
    for done in passes:
        found = done.found
        if not found.repeated:
            words.missing.append(
                f"The stability pass of {done.who} has no codings yet: code it, or remove it."
            )
            continue
        if done.same_coder:
            later = (
                f"{number(done.days)} {'day' if done.days == 1 else 'days'} later" if done.days else "later"
            )
            text = f"To examine stability, one of the coders ({done.who}) coded the {found.agreed:,} agreed"
            text += f" units again {later}, without seeing the first codes,"
        else:
            text = (
                f"A further coder ({done.who}) coded the {found.agreed:,} agreed units without seeing their"
            )
            text += " codes"
        text += f" and confirmed {found.confirmed:,} of {found.agreed:,}"
        if found.confirmation.defined:
            text += f" ({percent(found.confirmation.value)})"
        words.say(text + ".")
        words.note(f"Confirmed by {done.who}", f"{found.confirmed:,} of {found.agreed:,}", "Stability")
        missing = found.agreed - found.repeated
        if missing:
            words.missing.append(
                f"{missing:,} agreed units have no code in the pass of {done.who} yet; they count as not"
                " confirmed."
            )
