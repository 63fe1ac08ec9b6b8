"""What an action did with passages, in words: codings, memos, meaning units, rounds, what was settled."""

from __future__ import annotations

from collections.abc import Sequence

from coder_app.core.model import MemoTarget, Verdict
from coder_app.project.audit_words import Done, Net, Told, Words, joined
from coder_app.project.names import plural
from coder_app.project.schema import place_range

_VERDICTS = {
    Verdict.BOTH: "both versions stand",
    Verdict.NEITHER: "nothing is coded here",
    Verdict.OTHER: "another coding stands than either had",
    Verdict.AGREED: "as the coders had agreed",
    Verdict.SKIP: "left open",
    Verdict.DISCUSS: "left open, to be talked about",
}


def codings(words: Words, done: Done) -> Told:
    """Codes put on passages, changed, resized, removed."""
    nets = [
        one
        for one in done.of("coding")
        if one.now.keys() - {"coder"} and not _belongs_to_settlement(words, one, done)
    ]
    if not nets or _told_with_the_codebook(done):
        return Told("")
    return _one_coding(words, nets[0]) if len(nets) == 1 else Told(_many_codings(words, nets))


def _belongs_to_settlement(words: Words, one: Net, done: Done) -> bool:
    """Codings of the consensus are told with the decision that made them."""
    settled = one.now.get("settlement") or words.row("coding", one.row).get("settlement")
    return bool(settled) and bool(done.of("settlement"))


def _told_with_the_codebook(done: Done) -> bool:
    """A join or a split says itself how many codings went over."""
    nodes = done.of("code")
    made = [one.row for one in nodes if one.makes]
    deleted = {one.row for one in nodes if one.gone}
    moved = [one for one in done.of("coding") if one.was.get("code") and one.now.get("code")]
    if done.undoes or not moved:
        return False
    return (len(made) == 1 and any(one.now["code"] == made[0] for one in moved)) or any(
        one.was["code"] in deleted for one in moved
    )


def _one_coding(words: Words, one: Net) -> Told:
    row = words.row("coding", one.row) | one.now
    document, place, code = str(row.get("document", "")), str(row.get("place", "0-0")), row.get("code")
    start, end = place_range(place)
    return Told(_phrase(words, one, document, place, code), str(code or ""), document, start, end)


def _phrase(words: Words, one: Net, document: str, place: str, code: str | None) -> str:
    quote, where = words.quote(document, place), words.name("document", document)
    named = words.name("code", code) if code else ""
    if one.gone is not None:
        verb, how = ("removed", "from") if one.gone else ("brought back", "on")
        return f"{verb} {named or 'the mark without a code'} {how} {quote} in {where}"
    if one.makes:
        star = ", as an exemplar" if one.now.get("exemplar") else ""
        return (
            f"put {named} on {quote} in {where}{star}"
            if code
            else f"marked {quote} in {where}, without a code yet"
        )
    if "code" in one.now:
        old = one.was.get("code")
        if not code:
            return f"took {words.name('code', old)} from {quote} in {where}: the mark waits for a code"
        if old:
            return f"changed the code of {quote} in {where} from {words.name('code', old)} to {named}"
        return f"gave {quote} in {where} its code: {named}"
    if "place" in one.now:
        was = f" from {words.quote(document, str(one.was['place']))}" if one.was.get("place") else ""
        return f"changed what {named or 'a mark'} covers in {where}{was} to {quote}"
    if "exemplar" in one.now:
        of = f" of {named}" if named else ""
        if one.now["exemplar"]:
            return f"chose {quote} in {where} as an exemplar{of}"
        return f"took {quote} in {where} off the exemplars{of}"
    return ""


def _many_codings(words: Words, nets: Sequence[Net]) -> str:
    where = words.documents_of(nets)
    parts = []
    made = [one for one in nets if one.makes]
    coded = [one for one in made if one.now.get("code")]
    codes = {str(one.now["code"]) for one in coded}
    if len(codes) == 1:
        parts.append(f"put {words.name('code', codes.pop())} on {plural(len(coded), 'passage')}")
    elif codes:
        parts.append(f"made {plural(len(coded), 'coding')} with {words.names('code', codes, 'code')}")
    if len(coded) < len(made):
        parts.append(f"marked {plural(len(made) - len(coded), 'passage')}")
    given: dict[str, int] = {}
    for one in nets:
        if not one.makes and one.now.get("code") and one.gone is None:
            given[str(one.now["code"])] = given.get(str(one.now["code"]), 0) + 1
    parts += [f"gave {words.name('code', code)} to {plural(n, 'passage')}" for code, n in given.items()][:3]
    for gone, verb in ((True, "removed"), (False, "brought back")):
        number = sum(one.gone is gone for one in nets)
        parts += [f"{verb} {plural(number, 'coding')}"] if number else []
    phrase = joined(parts) or f"changed {plural(len(nets), 'coding')}"
    return f"{phrase} in {where}"


# Memos


def memos(words: Words, done: Done) -> Told:
    nets = [one for one in done.of("memo") if one.now.keys() - {"target", "coder"}]
    if not nets:
        return Told("")
    one = nets[0]
    row = words.row("memo", one.row) | one.now
    on = _memo_target(words, row)
    text = words.quoted(str(row.get("text", "")))
    if one.gone is not None:
        count = "the memo" if len(nets) == 1 else plural(len(nets), "memo")
        phrase = f"{'removed' if one.gone else 'brought back'} {count} on {on.phrase}"
        phrase += f": {text}" if len(nets) == 1 else ""
    elif len(nets) > 1:
        phrase = f"wrote {plural(len(nets), 'memo')}, one on {on.phrase}: {text}"
    elif one.makes:
        phrase = f"wrote a memo on {on.phrase}: {text}"
    else:
        was = f" from {words.quoted(str(one.was['text']))}" if one.was.get("text") else ""
        phrase = f"changed the memo on {on.phrase}{was} to {text}"
    return Told(phrase).at(on)


def _memo_target(words: Words, row: dict[str, object]) -> Told:
    target, kind = str(row.get("target", "")), str(row.get("kind", ""))
    place = str(row.get("place") or "0-0")
    if kind == MemoTarget.CODE:
        return Told(words.node(target), code=target)
    if kind == MemoTarget.DOCUMENT:
        return Told(words.name("document", target), document=target)
    if kind == MemoTarget.PARTICIPANT:
        return Told(words.name("participant", target), participant=target)
    if kind == MemoTarget.PASSAGE:
        where = f"{words.quote(target, place)} in {words.name('document', target)}"
        return Told(where, "", target, *place_range(place))
    if kind == MemoTarget.CODING:
        coding = words.row("coding", target)
        document, place = str(coding.get("document", "")), str(coding.get("place", "0-0"))
        code = coding.get("code")
        named = f"{words.name('code', code)} at " if code else ""
        where = f"{named}{words.quote(document, place)} in {words.name('document', document)}"
        return Told(where, str(code or ""), document, *place_range(place))
    return Told("the project")


# Meaning units


def units(words: Words, done: Done) -> Told:
    nets = done.of("unit")
    if not nets:
        return Told("")
    documents = {
        str(one.now.get("document") or words.row("unit", one.row).get("document", "")) for one in nets
    }
    made = sum(one.makes or one.gone is False for one in nets)
    removed = sum(one.gone is True for one in nets)
    parts = [f"made {plural(made, 'meaning unit')}"] if made else []
    parts += [f"removed {plural(removed, 'meaning unit')}"] if removed else []
    parts = parts or [f"changed {plural(len(nets), 'meaning unit')}"]
    known = {document for document in documents if document}
    where = f" in {words.names('document', sorted(known), 'transcript')}" if known else ""
    return Told(f"{joined(parts)}{where}", document=known.pop() if len(known) == 1 else "")


def divisions(words: Words, done: Done) -> Told:
    nets = done.of("division")
    locks = [one for one in nets if "locked" in one.now and not one.makes]
    if not locks and (done.of("unit") or not nets):
        return Told("")  # how many units there are tells more
    if not locks:
        where = words.names("document", (one.row for one in nets), "transcript")
        if any(one.gone for one in nets):
            return Told(f"took the division into meaning units from {where}")
        verb = "divided" if any(one.makes or one.gone is False for one in nets) else "divided anew"
        return Told(f"{verb} {where} into meaning units")
    where = words.names("document", (one.row for one in locks), "transcript")
    return Told(f"{'locked' if locks[0].now['locked'] else 'unlocked'} the meaning units of {where}")


# Agreement


def settlements(words: Words, done: Done) -> Told:
    nets = [one for one in done.of("settlement") if one.now.keys() - {"coder"}]
    if not nets:
        return Told("")
    made = [one for one in nets if one.makes]
    if not made:
        taken_back = any(one.gone for one in nets)
        what = "took back" if taken_back else "settled again"
        return Told(f"{what} what was settled on {plural(len(nets), 'passage')}")
    if len(made) > 1:
        return Told(f"settled {plural(len(made), 'passage')}")
    now = made[0].now
    document, place = str(now.get("document", "")), str(now.get("place", "0-0"))
    how = decision(str(now.get("verdict", "")), words.bare_name("coder", str(now.get("taken", ""))))
    reason = f", because {words.quoted(str(now['reason']))}" if now.get("reason") else ""
    phrase = f"settled {words.quote(document, place)} in {words.name('document', document)}: {how}{reason}"
    return Told(phrase, "", document, *place_range(place))


def decision(verdict: str, taken: str) -> str:
    """A verdict as a sentence; ``taken`` is the name of the coder whose version was taken."""
    if verdict == Verdict.TAKE:
        return f"the version of {taken or 'one coder'} stands"
    return next((words for known, words in _VERDICTS.items() if known == verdict), verdict)


def rounds(words: Words, done: Done) -> Told:
    phrases = []
    for one in done.of("round"):
        name = words.name("round", one.row)
        if one.makes:
            phrases.append(f"froze the round {name}: agreement as it was then")
        elif one.gone is not None:
            phrases.append(f"{'removed' if one.gone else 'brought back'} the round {name}")
        elif "name" in one.now:
            was = f" “{one.was['name']}”" if one.was.get("name") else ""
            phrases.append(f"renamed the round{was} to “{one.now['name']}”")
    return Told(joined(phrases))


def stability(words: Words, done: Done) -> Told:
    for one in done.of("stability"):
        name = words.name("round", words.row("stability", one.row).get("round"))
        if one.makes:
            return Told(f"began a stability pass over the round {name}")
        return Told(f"{'removed' if one.gone else 'brought back'} the stability pass over the round {name}")
    return Told("")
