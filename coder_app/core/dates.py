"""A title and a date proposed for a transcript from its file name and its first lines."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

_MONTHS: dict[str, int] = {}
for _number, _names in enumerate(
    (
        "january jan januar jänner janvier enero gennaio janeiro januari ocak января ינואר",
        "february feb februar février fevrier febrero febbraio fevereiro februari şubat февраля פברואר",
        "march mar märz maerz mars marzo março maart mart марта מרץ מרס",
        "april apr avril abril aprile nisan апреля אפריל",
        "may mai mayo maggio maio mei maj mayıs мая מאי",
        "june jun juni juin junio giugno junho haziran июня יוני",
        "july jul juli juillet julio luglio julho temmuz июля יולי",
        "august aug août aout agosto augustus augusti ağustos августа אוגוסט",
        "september sep sept septembre septiembre settembre setembro eylül сентября ספטמבר",
        "october oct oktober okt octobre octubre ottobre outubro ekim октября אוקטובר",
        "november nov novembre noviembre novembro kasım ноября נובמבר",
        "december dec dezember dez décembre decembre diciembre dicembre dezembro aralık декабря דצמבר",
    ),
    start=1,
):
    _MONTHS.update(dict.fromkeys(_names.split(), _number))

_YEAR_FIRST = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:([-_./])(\d{1,2})\2(\d{1,2})|(\d\d)(\d\d))(?!\d)")
_EAST_ASIAN = re.compile(r"((?:19|20)\d\d)\s*[년年]\s*(\d{1,2})\s*[월月]\s*(\d{1,2})\s*[일日]")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})([-_./])(\d{1,2})\2((?:19|20)\d\d)(?!\d)")
_DAY_MONTH = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|\.|er|º)?[\s_-]+(?:of |de |ב)?([^\W\d_]{3,9})\.?,?"
    r"[\s_-]+(?:de |del )?((?:19|20)\d\d)(?!\d)",
    re.I,
)
_MONTH_DAY = re.compile(
    r"(?<![^\W\d_])([^\W\d_]{3,9})\.?[\s_-]+(\d{1,2})(?:st|nd|rd|th)?,?[\s_-]+((?:19|20)\d\d)(?!\d)", re.I
)


def proposed_title(file_name: str) -> str:
    """A title from a file's name: without folder and ending, underscores as spaces, no control characters."""
    stem = re.split(r"[/\\]", file_name)[-1]
    stem = re.sub(r"(?<=.)\.[A-Za-z0-9]{1,5}\Z", "", stem)
    printable = "".join(char for char in unicodedata.normalize("NFC", stem) if char.isprintable())
    return " ".join(printable.replace("_", " ").split())[:200] or "Transcript"


def proposed_date(*texts: str) -> str:
    """The first full date (day, month and year) in the first of ``texts`` that holds one, as YYYY-MM-DD.

    Empty where there is none. ``03/04/2024`` is read by nobody's custom: it is left out unless only one
    reading is possible; with full stops (``03.04.2024``) the day stands first.
    """
    for text in texts:
        found = sorted(_dates(text))
        if found:
            return found[0][1]
    return ""


def _dates(text: str) -> Iterator[tuple[int, str]]:
    """Each date as (position, ISO form)."""
    for match in _YEAR_FIRST.finditer(text):
        yield from _valid(match.start(), match[1], match[3] or match[5], match[4] or match[6])
    for match in _EAST_ASIAN.finditer(text):
        yield from _valid(match.start(), match[1], match[2], match[3])
    for match in _DAY_FIRST.finditer(text):
        first, second = int(match[1]), int(match[3])
        if match[2] in "./-_" and (match[2] == "." or first > 12 or first == second):
            yield from _valid(match.start(), match[4], second, first)
        elif second > 12:
            yield from _valid(match.start(), match[4], first, second)
    for match in _DAY_MONTH.finditer(text):
        yield from _valid(match.start(), match[3], _MONTHS.get(match[2].lower().strip("."), 0), match[1])
    for match in _MONTH_DAY.finditer(text):
        yield from _valid(match.start(), match[3], _MONTHS.get(match[1].lower(), 0), match[2])


def _valid(at: int, year: str | int, month: str | int, day: str | int) -> Iterator[tuple[int, str]]:
    try:
        yield at, date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return
