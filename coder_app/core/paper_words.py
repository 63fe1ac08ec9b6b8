"""What the words for the paper are put together from: sentences, their sources, parts of sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from coder_app.core.agreement.result import Interval, Statistic
from coder_app.core.model import Level
from coder_app.core.paper_facts import Measure
from coder_app.core.paper_references import REFERENCES

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_LEVELS = {
    Level.CODE: "codes", Level.SUBCATEGORY: "subcategories", Level.CATEGORY: "categories",
    Level.THEME: "themes", Level.CORE_THEME: "core themes",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure of the text comes from."""

    what: str
    figure: str
    where: str


@dataclass(slots=True)
class Words:
    """The paragraph with what belongs to it."""

    sentences: list[str] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    """What a reviewer will ask for and the project does not hold yet; each says what to do."""
    cited: list[str] = field(default_factory=list)

    @property
    def paragraph(self) -> str:
        return " ".join(self.sentences)

    @property
    def references(self) -> list[str]:
        """Those cited, in alphabetical order."""
        return sorted((REFERENCES[key] for key in dict.fromkeys(self.cited)), key=str.casefold)

    def text(self) -> str:
        """Paragraph and references, as they are copied."""
        if not self.cited:
            return self.paragraph + "\n"
        return "\n".join([self.paragraph, "", "References", *self.references]) + "\n"

    def say(self, sentence: str, *cited: str) -> None:
        self.sentences.append(sentence)
        self.cited += cited

    def note(self, what: str, figure: str, where: str) -> None:
        self.sources.append(Source(what, figure, where))


# Parts of sentences


def percent(value: float | int | None) -> str:
    """“50.7%”, as papers write it."""
    return "–" if value is None else f"{100 * value:.1f}%"


def decimals(value: float | int | None) -> str:
    """Three decimals with a true minus sign."""
    if value is None:
        return "–"
    text = f"{value:.3f}"
    return "0.000" if text == "-0.000" else text.replace("-", "−")


def number(count: int) -> str:
    """Small numbers as words."""
    return _NUMBERS[count] if 0 <= count < len(_NUMBERS) else f"{count:,}"


def joined(parts: Sequence[str]) -> str:
    """“a”, “a and b”, “a, b and c”."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def codes_of(measure: Measure) -> str:
    """What the level measured is called, in the plural."""
    name = _LEVELS[measure.level]
    own = measure.level_name.casefold()
    usual = measure.level.key.replace("-", " ")
    if own in (usual, name):
        return name
    return own if own.endswith("s") else own[:-1] + "ies" if own.endswith("y") else own + "s"


def place_of(measure: Measure) -> str:
    return measure.round or f"the project on {measure.day}"


def intervals_of(measure: Measure) -> list[Interval]:
    shares = [share.interval for share in (measure.coded, measure.all) if share is not None]
    found = [*shares, *(figure.interval for figure in measure.figures)]
    return [interval for interval in found if interval is not None and interval.low is not None]


def interval_of(interval: Interval | None, shown: object = decimals) -> str:
    """“; 95% CI 0.626 to 0.719”, or nothing."""
    if interval is None or interval.low is None or interval.high is None or not callable(shown):
        return ""
    return f"; 95% CI {shown(interval.low)} to {shown(interval.high)}"


def was(value: Statistic, interval: Interval | None) -> str:
    if not value.defined:
        return f"could not be computed ({value.reason})"
    inside = interval_of(interval).removeprefix("; ")
    return f"was {decimals(value.value)}" + (f" ({inside})" if inside else "")


def value_of(value: Statistic, interval: Interval | None) -> str:
    if not value.defined:
        return f"undefined ({value.reason})"
    return decimals(value.value) + interval_of(interval)


def count_of(measure: Measure) -> str:
    """How many units the chance-corrected figures stand over."""
    return f" (n = {measure.units:,} units)" if measure.coded is not None else ""
