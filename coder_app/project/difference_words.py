"""Differences in sentences. A sentence on something that one copy has does not say which: its list does."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from coder_app.core.model import DEFAULT_LEVEL_NAMES, Level, MemoTarget, Status
from coder_app.core.palette import color_name
from coder_app.project.audit_codebook import DEFINITION
from coder_app.project.audit_coding import decision
from coder_app.project.difference import Item, Side, Topic
from coder_app.project.difference_sides import Copy, Row, Two, both, field_sentences, quoted
from coder_app.project.history import driver
from coder_app.project.names import plural
from coder_app.project.schema import node_place, place_range

# Transcripts and participants


def documents(two: Two) -> Iterator[Item]:
    for guid, mine, other in two.rows("document"):
        if one := two.one_sided(mine, other):
            side, copy, _ = one
            remark = two.removed(side, "document", guid)
            yield Item(
                Topic.TRANSCRIPTS,
                side,
                f"The transcript {copy.name('document', guid)}{remark}.",
                document=guid,
            )
        elif mine and other:
            what = f"the transcript {two.here.name('document', guid)}"
            for sentence in field_sentences("document", ("title", "date", "source"), what, mine, other):
                yield Item(Topic.TRANSCRIPTS, Side.BOTH, sentence, document=guid)
    orders = [[document.guid for document in project.documents.all()] for project in (two.ours, two.theirs)]
    common = set(orders[0]).intersection(orders[1])
    here, there = ([guid for guid in order if guid in common] for order in orders)
    if here != there:
        yield Item(Topic.TRANSCRIPTS, Side.BOTH, "The transcripts stand in another order.")


def speakers(two: Two) -> Iterator[Item]:
    for _, mine, other in two.rows("speaker"):
        if not mine or not other:
            continue  # told with its transcript
        document = str(mine["document"])
        what = f"the speaker “{mine['name']}” of {two.here.name('document', document)}"
        for sentence in field_sentences("speaker", ("name", "role"), what, mine, other):
            yield Item(Topic.TRANSCRIPTS, Side.BOTH, sentence, document=document)
        if mine["participant"] != other["participant"]:
            sides = [
                copy.name("participant", row["participant"]) if row["participant"] else "nobody"
                for copy, row in ((two.here, mine), (two.there, other))
            ]
            sentence = both(f"Participant of {what}", *sides)
            yield Item(Topic.TRANSCRIPTS, Side.BOTH, sentence, document=document)


def progress(two: Two) -> Iterator[Item]:
    for _, mine, other in two.rows("progress"):
        row = mine or other or {}
        document, coder = str(row["document"]), row["coder"]
        states = [str(one["status"]) if one else Status.NOT_STARTED.value for one in (mine, other)]
        if states[0] != states[1]:
            who = (two.here if two.here.knows("coder", coder) else two.there).who(coder)
            copy = two.here if two.here.knows("document", document) else two.there
            sentence = both(f"{who} with {copy.name('document', document)}", *states)
            yield Item(Topic.TRANSCRIPTS, Side.BOTH, sentence, who, document=document)


def units(two: Two) -> Iterator[Item]:
    counts: dict[str, list[int]] = {}
    for _, mine, other in two.rows("unit"):
        for at, row in enumerate((mine, other)):
            if row is not None:
                counts.setdefault(str(row["document"]), [0, 0])[at] += 1
    for document, (here, there) in counts.items():
        copy = two.here if two.here.knows("document", document) else two.there
        sentence = (
            f"Meaning units of {copy.name('document', document)}: {here:,} that are only here,"
            f" {there:,} that are only there."
        )
        yield Item(Topic.TRANSCRIPTS, Side.BOTH, sentence, document=document)
    for guid, mine, other in two.rows("division"):
        if mine and other and mine["locked"] != other["locked"]:
            states = ["locked" if row["locked"] else "not locked" for row in (mine, other)]
            sentence = both(f"The meaning units of {two.here.name('document', guid)}", *states)
            yield Item(Topic.TRANSCRIPTS, Side.BOTH, sentence, document=guid)


def _called(two: Two, table: str, topic: Topic, is_called: str) -> Iterator[Item]:
    """Rows that have a name and nothing else that people read."""
    for guid, mine, other in two.rows(table):
        if one := two.one_sided(mine, other):
            side, copy, _ = one
            yield Item(topic, side, f"The {table} {copy.name(table, guid)}{two.removed(side, table, guid)}.")
        elif mine and other and mine["name"] != other["name"]:
            sentence = both(is_called, f"“{mine['name']}”", f"“{other['name']}”")
            yield Item(topic, Side.BOTH, sentence)


def participants(two: Two) -> Iterator[Item]:
    for guid, mine, other in two.rows("participant"):
        if one := two.one_sided(mine, other):
            side, copy, _ = one
            sentence = (
                f"The participant {copy.name('participant', guid)}{two.removed(side, 'participant', guid)}."
            )
            yield Item(Topic.PARTICIPANTS, side, sentence, participant=guid)
        elif mine and other:
            what = f"the participant {two.here.name('participant', guid)}"
            for sentence in field_sentences("participant", ("label", "pseudonym"), what, mine, other):
                yield Item(Topic.PARTICIPANTS, Side.BOTH, sentence, participant=guid)
    yield from _called(two, "attribute", Topic.PARTICIPANTS, "An attribute is called")
    for _, mine, other in two.rows("attribute_value"):
        row, copy = (mine, two.here) if mine else (other or {}, two.there)
        values = [(one or {}).get("value") for one in (mine, other)]
        if values[0] != values[1]:
            person = str(row["participant"])
            what = f"{copy.name('attribute', row['attribute'])} of {copy.name('participant', person)}"
            sentence = both(what, *(quoted(value) for value in values))
            yield Item(Topic.PARTICIPANTS, Side.BOTH, sentence, participant=person)


# The codebook


def codes(two: Two) -> Iterator[Item]:
    reordered = 0
    for guid, mine, other in two.rows("code"):
        if one := two.one_sided(mine, other):
            side, copy, row = one
            parent = node_place(row["place"])[0]
            under = f" under {copy.name('code', parent)}" if parent else ""
            remark = two.removed(side, "code", guid)
            sentence = f"The {copy.level(row['level'])} “{row['name']}”{under}{remark}."
            yield Item(Topic.CODEBOOK, side, sentence, code=guid)
        elif mine and other:
            told = list(_node(two, mine, other))
            reordered += not told and mine["place"] != other["place"]
            for sentence in told:
                yield Item(Topic.CODEBOOK, Side.BOTH, sentence, code=guid)
    if reordered:
        sentence = f"{plural(reordered, 'node')} of the codebook in another order among the siblings."
        yield Item(Topic.CODEBOOK, Side.BOTH, sentence)
    pairs = [
        mine is not None for _, mine, other in two.rows("kept_apart") if (mine is None) != (other is None)
    ]
    for side, here in ((Side.HERE, True), (Side.THERE, False)):
        if number := pairs.count(here):
            what = plural(number, "pair")
            sentence = f"{what} of codes that look alike and {'was' if number == 1 else 'were'} kept apart."
            yield Item(Topic.CODEBOOK, side, sentence)


def _node(two: Two, mine: Row, other: Row) -> Iterator[str]:
    name = f"“{mine['name']}”"
    if mine["name"] != other["name"]:
        yield both(f"A {two.here.level(mine['level'])} is called", name, f"“{other['name']}”")
    parents = [node_place(row["place"])[0] for row in (mine, other)]
    if parents[0] != parents[1]:
        sides = [
            f"under {copy.name('code', parent)}" if parent else "at the top"
            for copy, parent in zip((two.here, two.there), parents, strict=True)
        ]
        yield both(f"{name} stands", *sides)
    if mine["level"] != other["level"]:
        yield both(f"{name} is a", two.here.level(mine["level"]), two.there.level(other["level"]))
    if mine["color"] != other["color"]:
        colors = [color_name(row["color"]) or str(row["color"]) for row in (mine, other)]
        yield both(f"Colour of {name}", *colors)
    yield from field_sentences("code", DEFINITION, name, mine, other)


# What coders did


def codings(two: Two) -> Iterator[Item]:
    for guid, mine, other in two.rows("coding"):
        if one := two.one_sided(mine, other):
            side, copy, row = one
            yield _coding_item(side, copy, row, f"{_coding(copy, row)}{two.removed(side, 'coding', guid)}.")
        elif mine and other:
            for sentence in _changed_coding(two, mine, other):
                yield _coding_item(Side.BOTH, two.here, mine, sentence)


def _coding_item(side: Side, copy: Copy, row: Row, sentence: str) -> Item:
    start, end = place_range(row["place"])
    who = copy.who(row["coder"])
    return Item(
        Topic.CODINGS,
        side,
        f"{who}: {sentence}",
        who,
        str(row["code"] or ""),
        str(row["document"]),
        start,
        end,
    )


def _code(copy: Copy, code: str | None) -> str:
    return copy.name("code", code) if code else "no code yet"


def _coding(copy: Copy, row: Row) -> str:
    where = copy.name("document", row["document"])
    return f"{_code(copy, row['code'])} on {copy.quote(row['document'], row['place'])} in {where}"


def _changed_coding(two: Two, mine: Row, other: Row) -> Iterator[str]:
    where = two.here.name("document", mine["document"])
    quote = two.here.quote(mine["document"], mine["place"])
    if mine["code"] != other["code"]:
        sides = [_code(two.here, mine["code"]), _code(two.there, other["code"])]
        yield both(f"{quote} in {where} is coded", *sides)
    if mine["place"] != other["place"]:
        sides = [quote, two.there.quote(other["document"], other["place"])]
        yield both(f"{_code(two.here, mine['code'])} in {where} covers", *sides)
    if mine["coder"] != other["coder"]:
        yield both(
            f"{_coding(two.here, mine)} is of", two.here.who(mine["coder"]), two.there.who(other["coder"])
        )
    if mine["exemplar"] != other["exemplar"]:
        states = ["an exemplar" if row["exemplar"] else "no exemplar" for row in (mine, other)]
        yield both(f"{_coding(two.here, mine)} is", *states)


def memos(two: Two) -> Iterator[Item]:
    for guid, mine, other in two.rows("memo"):
        if one := two.one_sided(mine, other):
            side, copy, row = one
            sentence = (
                f"on {_memo_target(copy, row)}: {quoted(row['text'])}{two.removed(side, 'memo', guid)}."
            )
            yield _memo_item(side, copy, row, sentence)
        elif mine and other:
            if mine["text"] != other["text"]:
                sentence = both(
                    f"the memo on {_memo_target(two.here, mine)} says",
                    quoted(mine["text"]),
                    quoted(other["text"]),
                )
                yield _memo_item(Side.BOTH, two.here, mine, sentence)
            elif mine["coder"] != other["coder"]:
                sides = [two.here.who(mine["coder"]), two.there.who(other["coder"])]
                sentence = both(f"the memo {quoted(mine['text'])} is of", *sides)
                yield _memo_item(Side.BOTH, two.here, mine, sentence)
            elif mine["target"] != other["target"]:
                sides = [_memo_target(two.here, mine), _memo_target(two.there, other)]
                sentence = both(f"the memo {quoted(mine['text'])} is on", *sides)
                yield _memo_item(Side.BOTH, two.here, mine, sentence)


def _memo_item(side: Side, copy: Copy, row: Row, sentence: str) -> Item:
    kind, target, who = row["kind"], str(row["target"]), copy.who(row["coder"])
    place, document, code = row["place"], "", ""
    if kind == MemoTarget.CODING:
        document, place, code = _target_coding(copy, target)
    elif kind in (MemoTarget.DOCUMENT, MemoTarget.PASSAGE):
        document = target
    elif kind == MemoTarget.CODE:
        code = target
    start, end = place_range(place) if place else (0, 0)
    person = target if kind == MemoTarget.PARTICIPANT else ""
    return Item(Topic.MEMOS, side, f"{who}, {sentence}", who, code, document, start, end, person)


def _target_coding(copy: Copy, guid: str) -> tuple[str, str | None, str]:
    query = "SELECT document, place, code FROM coding WHERE guid = ?"
    row = driver(copy.project.connection).execute(query, (guid,)).fetchone()
    return (row[0], row[1], row[2] or "") if row else ("", None, "")


def _memo_target(copy: Copy, row: Row) -> str:
    kind, target = row["kind"], str(row["target"])
    if kind == MemoTarget.CODING:
        document, place, code = _target_coding(copy, target)
        if not place:
            return "a coding"
        return f"{_code(copy, code)} at {copy.quote(document, place)} in {copy.name('document', document)}"
    if kind == MemoTarget.PASSAGE:
        return f"{copy.quote(target, row['place'] or '0-0')} in {copy.name('document', target)}"
    if kind == MemoTarget.PROJECT:
        return "the project"
    return copy.name(str(kind), target)


# Agreement and the study


def agreement(two: Two) -> Iterator[Item]:
    yield from _called(two, "round", Topic.AGREEMENT, "A round is called")
    for guid, mine, other in two.rows("settlement"):
        if one := two.one_sided(mine, other):
            side, copy, row = one
            remark = two.removed(side, "settlement", guid)
            yield _settled(side, copy, row, f"{_decision(copy, row)}{remark}.")
        elif mine and other and (mine["verdict"], mine["taken"]) != (other["verdict"], other["taken"]):
            sentence = both("Settled", _decision(two.here, mine), _decision(two.there, other))
            yield _settled(Side.BOTH, two.here, mine, sentence)
    for guid, mine, other in two.rows("stability"):
        if one := two.one_sided(mine, other):
            side, copy, row = one
            remark = two.removed(side, "stability", guid)
            sentence = f"A stability pass over the round {copy.name('round', row['round'])}{remark}."
            yield Item(Topic.AGREEMENT, side, sentence)


def _settled(side: Side, copy: Copy, row: Row, sentence: str) -> Item:
    start, end = place_range(row["place"])
    who = copy.who(row["coder"])
    return Item(Topic.AGREEMENT, side, sentence, who, "", str(row["document"]), start, end)


def _decision(copy: Copy, row: Row) -> str:
    taken = copy.who(row["taken"]) if row["taken"] else ""
    where = copy.name("document", row["document"])
    return f"{copy.quote(row['document'], row['place'])} in {where}: {decision(row['verdict'], taken)}"


def study(two: Two) -> Iterator[Item]:
    for _, mine, other in two.rows("study"):
        if not mine or not other:
            continue
        if mine["name"] != other["name"]:
            yield Item(
                Topic.STUDY,
                Side.BOTH,
                both("The project is called", quoted(mine["name"]), quoted(other["name"])),
            )
        names = [project.level_names() for project in (two.ours, two.theirs)]
        for level in Level:
            sides = [quoted(one[level]) if level in one else "left out" for one in names]
            if sides[0] != sides[1]:
                usual = DEFAULT_LEVEL_NAMES[level].lower()
                yield Item(Topic.STUDY, Side.BOTH, both(f"The level “{usual}” is called", *sides))
        if bool(mine["codebook_frozen"]) != bool(other["codebook_frozen"]):
            states = ["frozen" if row["codebook_frozen"] else "open" for row in (mine, other)]
            yield Item(Topic.STUDY, Side.BOTH, both("The codebook is", *states))
    for guid, mine, other in two.rows("coder"):
        if one := two.one_sided(mine, other):
            side, copy, _ = one
            yield Item(
                Topic.STUDY, side, f"The coder {copy.name('coder', guid)}{two.removed(side, 'coder', guid)}."
            )
        elif mine and other and mine["name"] != other["name"]:
            yield Item(
                Topic.STUDY,
                Side.BOTH,
                both("A coder is called", quoted(mine["name"]), quoted(other["name"])),
            )


TELLERS: tuple[Callable[[Two], Iterator[Item]], ...] = (
    documents,
    speakers,
    progress,
    units,
    participants,
    codes,
    codings,
    memos,
    agreement,
    study,
)
