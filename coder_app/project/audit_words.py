"""Recorded changes in words: what one action did, as a phrase that follows the name of who did it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from coder_app.core.model import DEFAULT_LEVEL_NAMES, Level, MemoTarget
from coder_app.project.among import among
from coder_app.project.history import TABLES
from coder_app.project.names import plural
from coder_app.project.schema import node_place, place_range

if TYPE_CHECKING:
    from coder_app.project.project import Project

_LONGEST = 80
"""Code points of a quote in a sentence."""

_MANY = 3
"""So many things are told one by one; of more the number is told."""

_FIELDS = {
    "short": "short definition",
    "full": "full definition",
    "when": "“when to use”",
    "when_not": "“when not to use”",
    "example": "example",
    "plain": "plain words",
}


@dataclass(frozen=True, slots=True)
class Recorded:
    """One change of a row, as the history holds it; ``before`` is None where the row was made."""

    table: str
    row: str
    before: dict[str, Any] | None
    after: dict[str, Any]

    @property
    def makes(self) -> bool:
        return self.before is None


@dataclass(frozen=True, slots=True)
class Told:
    """A phrase, and what it speaks of, where it is one thing: GUIDs, and a place in code points."""

    phrase: str
    code: str = ""
    document: str = ""
    start: int = 0
    end: int = 0


class Words:
    """Knows the rows that some changes are about, as they stand today."""

    def __init__(self, project: Project, recorded: Iterable[Recorded]) -> None:
        self._project = project
        self._rows: dict[tuple[str, str], dict[str, Any]] = {}
        wanted: dict[str, set[str]] = {}
        for one in recorded:
            wanted.setdefault(one.table, set()).add(one.row)
        for table, guids in wanted.items():
            self._read(table, guids)
        targets = {row.get("target", "") for (table, _), row in self._rows.items() if table == "memo"}
        self._read("coding", targets)
        for table in ("code", "document", "participant", "round", "attribute", "coder"):
            self._read(table, None)

    def _read(self, name: str, guids: set[str] | None) -> None:
        table = TABLES[name]
        query = select(table) if guids is None else select(table).where(among(table.c.guid, guids))
        for row in self._project.connection.execute(query).mappings():
            self._rows[name, row["guid"]] = dict(row)

    def tell(self, recorded: Sequence[Recorded]) -> Told:
        """What the changes of one action did; an empty phrase where there is nothing to tell."""
        phrases: list[str] = []
        about = Told("")
        for table, phrase in _PHRASES.items():
            own = [one for one in recorded if one.table == table]
            if not own:
                continue
            told = phrase(self, own)
            if told.phrase:
                phrases.append(told.phrase)
                if about.phrase == "":
                    about = told
        return Told("; ".join(phrases), about.code, about.document, about.start, about.end)

    # Names

    def row(self, table: str, guid: str | None) -> dict[str, Any]:
        return self._rows.get((table, guid or ""), {})

    def name(self, table: str, guid: str | None) -> str:
        row = self.row(table, guid)
        name = row.get({"document": "title", "participant": "label"}.get(table, "name"))
        return f"“{name}”" if name is not None else "something that is gone"

    def quote(self, document: str, place: str) -> str:
        """The words at a place, shortened, on one line."""
        start, end = place_range(place)
        try:
            text = self._project.documents.content(document).text[start:end]
        except KeyError:
            text = ""
        return quoted(text)


def quoted(text: str) -> str:
    """Words in quotation marks, on one line, shortened."""
    line = " ".join(text.split())
    return f"“{line if len(line) <= _LONGEST else line[: _LONGEST - 1] + '…'}”"


def _listed(names: Iterable[str], many: str) -> str:
    found = list(dict.fromkeys(names))
    return ", ".join(found) if len(found) <= _MANY else plural(len(found), many)


def _gone(one: Recorded) -> bool | None:
    """True where a row was removed, False where it was brought back, None for other changes."""
    return bool(one.after["gone"]) if not one.makes and "gone" in one.after else None


def _level(value: object) -> str:
    known = isinstance(value, int) and value in list(Level)
    return DEFAULT_LEVEL_NAMES[Level(value)].lower() if known else "node"  # type: ignore[arg-type]


def _coding(words: Words, own: list[Recorded]) -> Told:
    if len({one.row for one in own}) > 1:
        return _codings(words, own)
    first = own[0]
    row = words.row("coding", first.row)
    document = str(row.get("document", ""))
    place = str(first.after.get("place", row.get("place", "0-0")))
    quote = words.quote(document, place)
    where = words.name("document", document)
    code = first.after.get("code", row.get("code"))
    start, end = place_range(place)
    named = words.name("code", code) if code else ""
    gone = _gone(first)
    if first.makes:
        phrase = f"put {named} on {quote} in {where}" if code else f"marked {quote} in {where}"
    elif gone is not None:
        verb = "removed" if gone else "brought back"
        phrase = f"{verb} {named or 'the mark'} {'from' if gone else 'on'} {quote} in {where}"
    elif "code" in first.after:
        old = (first.before or {}).get("code")
        was = f" (it was {words.name('code', old)})" if old else ""
        phrase = f"gave {quote} in {where} the code {named}{was}" if code else f"unnamed {quote} in {where}"
    elif "place" in first.after:
        phrase = f"changed where {named or 'a mark'} begins and ends, to {quote} in {where}"
    elif "exemplar" in first.after:
        verb = "marked" if first.after["exemplar"] else "no longer marked"
        phrase = f"{verb} {quote} in {where} as an exemplar of {named}"
    else:
        phrase = ""
    return Told(phrase, str(code or ""), document, start, end)


def _codings(words: Words, own: list[Recorded]) -> Told:
    rows = {one.row: words.row("coding", one.row) for one in own}
    where = _listed((words.name("document", row.get("document")) for row in rows.values()), "transcript")
    count = plural(len(rows), "coding")
    if all(one.makes for one in own):
        return Told(f"made {count} in {where}")
    recoded = {one.after["code"] for one in own if not one.makes and one.after.get("code")}
    if recoded:
        return Told(
            f"gave {_listed((words.name('code', code) for code in recoded), 'code')} to {count} in {where}"
        )
    states = {_gone(one) for one in own if not one.makes}
    if states == {True}:
        return Told(f"removed {count} in {where}")
    if states == {False}:
        return Told(f"brought back {count} in {where}")
    return Told(f"changed {count} in {where}")


def _code(words: Words, own: list[Recorded]) -> Told:
    about = own[0].row if len({one.row for one in own}) == 1 else ""
    made = {one.row for one in own if one.makes}
    if len(made) > _MANY:
        return Told(f"made {_by_level(one.after.get('level') for one in own if one.makes)}")
    single: list[str] = []
    defined: dict[str, list[str]] = {}
    many: dict[str, list[str]] = {}
    for one in own:
        name = words.name("code", one.row)
        verb = _verb_for_node(words, one)
        if one.makes:
            single.append(_made_node(words, one))
        elif "name" in one.after:
            single.append(f"renamed “{(one.before or {}).get('name', '')}” to “{one.after['name']}”")
        elif verb:
            many.setdefault(verb, []).append(name)
        else:
            defined.setdefault(name, []).extend(
                f"the {what}: {quoted(str(one.after[field]))}"
                for field, what in _FIELDS.items()
                if field in one.after
            )
    for verb, names in many.items():
        single.append(verb.format(_listed(names, "node")))
    fields = sum(len(written) for written in defined.values())
    if fields > _MANY:
        single.append(f"defined {_listed(defined, 'node')}")
    else:
        single += [f"wrote for {name} {', '.join(written)}" for name, written in defined.items() if written]
    return Told("; ".join(single), about)


def _made_node(words: Words, one: Recorded) -> str:
    parent = node_place(str(one.after.get("place", "|")))[0]
    under = f" under {words.name('code', parent)}" if parent else ""
    return f"made the {_level(one.after.get('level'))} “{one.after.get('name', '')}”{under}"


def _verb_for_node(words: Words, one: Recorded) -> str:
    """What was done to a node that can be done to many at once; the names go where {} stands."""
    before, gone = one.before or {}, _gone(one)
    if gone is not None:
        return "deleted {}" if gone else "brought back {}"
    if "place" in one.after:
        parent = node_place(str(one.after["place"]))[0]
        if parent == node_place(str(before.get("place", "|")))[0]:
            return "put {} in another order"
        return (
            f"moved {{}} under {words.name('code', parent).replace('{', '{{').replace('}', '}}')}"
            if (parent)
            else "moved {} to the top"
        )
    if "level" in one.after:
        return f"made {{}} a {_level(one.after['level'])}"
    return "recoloured {}" if "color" in one.after else ""


def _by_level(levels: Iterable[object]) -> str:
    counts = Counter(levels)
    parts = [
        plural(counts[level], name.lower(), name.lower()[:-1] + "ies" if name.endswith("y") else None)
        for level, name in sorted(DEFAULT_LEVEL_NAMES.items(), reverse=True)
        if counts[level]
    ]
    return ", ".join(parts)


def _document(words: Words, own: list[Recorded]) -> Told:
    made = [words.name("document", one.row) for one in own if one.makes]
    if made:
        return Told(f"imported {_listed(made, 'transcript')}", document=own[0].row if len(made) == 1 else "")
    phrases = []
    for one in own:
        name, gone = words.name("document", one.row), _gone(one)
        if gone is not None:
            phrases.append(f"{'removed' if gone else 'brought back'} the transcript {name}")
        elif "title" in one.after:
            phrases.append(f"renamed the transcript “{(one.before or {}).get('title', '')}” to {name}")
        elif "date" in one.after:
            phrases.append(f"dated {name} {one.after['date'] or 'nothing'}")
    if not phrases and any("position" in one.after for one in own):
        phrases = ["put the transcripts in another order"]
    return Told("; ".join(phrases), document=own[0].row if len(own) == 1 else "")


def _speaker(words: Words, own: list[Recorded]) -> Told:
    changed = [one for one in own if not one.makes]
    phrases = []
    for one in changed:
        row = words.row("speaker", one.row)
        name = f"“{row.get('name', '')}” in {words.name('document', row.get('document'))}"
        if one.after.get("participant"):
            phrases.append(f"matched {name} to {words.name('participant', one.after['participant'])}")
        elif "participant" in one.after:
            phrases.append(f"took the match of {name} away")
        elif "role" in one.after:
            phrases.append(f"made {name} {_a(str(one.after['role']))}")
    return Told("; ".join(phrases))


def _a(noun: str) -> str:
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"


def _progress(words: Words, own: list[Recorded]) -> Told:
    rows = [(words.row("progress", one.row), one) for one in own]
    states = {str(one.after["status"]) for _, one in rows if one.after.get("status")}
    where = _listed((words.name("document", row.get("document")) for row, _ in rows), "transcript")
    if not states:
        return Told(f"took the mark of progress from {where}")
    return Told(f"marked {where} as {' and '.join(sorted(states))}")


def _memo(words: Words, own: list[Recorded]) -> Told:
    one = own[0]
    row = words.row("memo", one.row)
    target, kind = str(row.get("target", "")), str(row.get("kind", ""))
    coding = words.row("coding", target)
    on = {
        MemoTarget.PROJECT: "the project",
        MemoTarget.CODE: words.name("code", target),
        MemoTarget.DOCUMENT: words.name("document", target),
        MemoTarget.PARTICIPANT: words.name("participant", target),
        MemoTarget.PASSAGE: f"a passage of {words.name('document', target)}",
        MemoTarget.CODING: f"a coding with {words.name('code', coding.get('code'))}",
    }.get(kind, "something")  # type: ignore[call-overload]
    gone = _gone(one)
    if gone is not None:
        phrase = f"{'removed' if gone else 'brought back'} {plural(len(own), 'memo')} on {on}"
    else:
        verb = "wrote a memo" if one.makes else "changed the memo"
        phrase = f"{verb} on {on}: {quoted(str(one.after.get('text', row.get('text', ''))))}"
    document = (
        target if kind in (MemoTarget.DOCUMENT, MemoTarget.PASSAGE) else str(coding.get("document", ""))
    )
    place = row.get("place") or coding.get("place") or "0-0"
    code = target if kind == MemoTarget.CODE else str(coding.get("code") or "")
    return Told(phrase, code, document, *place_range(place))


def _named(verb: str, table: str, field: str = "name") -> Callable[[Words, list[Recorded]], Told]:
    """For rows that have little but a name; ``verb`` is what making one is called."""

    def tell(words: Words, own: list[Recorded]) -> Told:
        groups: dict[str, list[str]] = {}
        for one in own:
            name, gone = words.name(table, one.row), _gone(one)
            if one.makes:
                groups.setdefault(verb, []).append(f"the {table} “{one.after.get(field, '')}”")
            elif gone is not None:
                groups.setdefault("removed" if gone else "brought back", []).append(f"the {table} {name}")
            elif field in one.after:
                was = (one.before or {}).get(field, "")
                groups.setdefault("renamed", []).append(f"the {table} “{was}” to “{one.after[field]}”")
            elif "pseudonym" in one.after:
                groups.setdefault("wrote the pseudonym of", []).append(name)
        return Told("; ".join(f"{what} {_listed(names, table)}" for what, names in groups.items()))

    return tell


def _attribute_value(words: Words, own: list[Recorded]) -> Told:
    phrases = []
    for one in own:
        row = words.row("attribute_value", one.row)
        attribute = words.name("attribute", row.get("attribute"))
        value = one.after.get("value", "")
        phrases.append(f"{attribute} of {words.name('participant', row.get('participant'))} to “{value}”")
    if len(phrases) > _MANY:
        return Told(f"set {plural(len(phrases), 'attribute')} of participants")
    return Told(f"set {', '.join(phrases)}")


def _settlement(words: Words, own: list[Recorded]) -> Told:
    made = [one for one in own if one.makes]
    if not made:
        gone = any(_gone(one) for one in own)
        count = plural(len(own), "passage")
        return Told(f"{'took back what was settled on' if gone else 'settled again'} {count}")
    if len(made) > 1:
        return Told(f"settled {plural(len(made), 'passage')}")
    after = made[0].after
    document, place = str(after.get("document", "")), str(after.get("place", "0-0"))
    verdict = str(after.get("verdict", ""))
    if verdict == "take":
        verdict = f"take {words.name('coder', after.get('taken'))}"
    reason = f" ({quoted(str(after['reason']))})" if after.get("reason") else ""
    where = words.name("document", document)
    phrase = f"settled {words.quote(document, place)} in {where}: {verdict}{reason}"
    return Told(phrase, "", document, *place_range(place))


def _unit(words: Words, own: list[Recorded]) -> Told:
    rows = [words.row("unit", one.row) for one in own]
    where = _listed((words.name("document", row.get("document")) for row in rows), "transcript")
    made = sum(one.makes or _gone(one) is False for one in own)
    gone = sum(_gone(one) is True for one in own)
    parts = [f"made {plural(made, 'meaning unit')}"] if made else []
    parts += [f"removed {plural(gone, 'meaning unit')}"] if gone else []
    return Told(f"{' and '.join(parts)} in {where}")


def _division(words: Words, own: list[Recorded]) -> Told:
    locks = [one for one in own if "locked" in one.after and not one.makes]
    if not locks:
        return Told("")
    where = _listed((words.name("document", one.row) for one in locks), "transcript")
    return Told(f"{'locked' if locks[0].after['locked'] else 'unlocked'} the meaning units of {where}")


def _stability(words: Words, own: list[Recorded]) -> Told:
    one = own[0]
    if not one.makes:
        return Told(f"{'removed' if _gone(one) else 'brought back'} a stability pass")
    return Told(f"began a stability pass over {words.name('round', one.after.get('round'))}")


def _kept_apart(words: Words, own: list[Recorded]) -> Told:
    phrases = []
    for one in own:
        row = words.row("kept_apart", one.row)
        pair = f"{words.name('code', row.get('one'))} and {words.name('code', row.get('other'))}"
        phrases.append(f"{'no longer kept' if _gone(one) else 'kept'} {pair} apart")
    return Told(_listed(phrases, "pair"))


def _study(words: Words, own: list[Recorded]) -> Told:
    after = own[0].after
    if own[0].makes:
        return Told(f"began the project “{after.get('name', '')}”")
    if "name" in after:
        return Told(f"renamed the project to “{after['name']}”")
    if "codebook_frozen" in after:
        return Told("froze the codebook" if after["codebook_frozen"] else "opened the codebook again")
    return Told("changed the names of the codebook's levels")


_PHRASES: dict[str, Callable[[Words, list[Recorded]], Told]] = {
    "study": _study,
    "document": _document,
    "code": _code,
    "coding": _coding,
    "memo": _memo,
    "settlement": _settlement,
    "round": _named("froze", "round"),
    "stability": _stability,
    "kept_apart": _kept_apart,
    "unit": _unit,
    "division": _division,
    "participant": _named("added", "participant", "label"),
    "attribute": _named("added", "attribute"),
    "attribute_value": _attribute_value,
    "speaker": _speaker,
    "progress": _progress,
    "coder": _named("added", "coder"),
}
"""Table -> how its changes are told; in this order where an action wrote to several."""
