"""What an action did to the study itself, its transcripts, participants and coders, in words."""

from __future__ import annotations

from coder_app.core.model import DEFAULT_LEVEL_NAMES, Level, Role, Status
from coder_app.project.audit_words import MANY, Done, Net, Told, Words, a, joined
from coder_app.project.names import plural


def study(words: Words, done: Done) -> Told:
    phrases: list[str] = []
    for one in done.of("study"):
        if one.makes:
            phrases.append(f"began the project “{one.now.get('name') or words.bare_name('study', one.row)}”")
            continue
        if "name" in one.now:
            was = f" “{one.was['name']}”" if one.was.get("name") else ""
            phrases.append(f"renamed the project{was} to “{one.now['name']}”")
        if "codebook_frozen" in one.now:
            phrases.append(
                "froze the codebook" if one.now["codebook_frozen"] else "opened the codebook again"
            )
        phrases += [_level(level, one) for level in Level if f"level_{level.value}" in one.now]
    return Told("; ".join(phrases))


def _level(level: Level, one: Net) -> str:
    usual = DEFAULT_LEVEL_NAMES[level].lower()
    new, old = one.now[f"level_{level.value}"], one.was.get(f"level_{level.value}")
    if new == "":
        return f"left the level “{old or usual}” out of the codebook"
    if new is None:
        return f"went back to the usual name of the level “{usual}”"
    return f"called the level “{old or usual}” “{new}”"


def coders(words: Words, done: Done) -> Told:
    phrases = []
    for one in done.of("coder"):
        if one.makes:
            if done.of("study"):
                continue  # whoever begins the project is its first coder
            name = one.now.get("name") or words.bare_name("coder", one.row)
            own = one.row == done.coder
            phrases.append("joined the project as a coder" if own else f"added the coder “{name}”")
        elif one.gone is not None:
            phrases.append(
                f"{'removed' if one.gone else 'brought back'} the coder {words.name('coder', one.row)}"
            )
        elif "name" in one.now:
            was = f" “{one.was['name']}”" if one.was.get("name") else ""
            phrases.append(f"renamed the coder{was} to “{one.now['name']}”")
        elif "person" in one.now:
            phrases.append(f"changed whose second pass {words.name('coder', one.row)} is")
    return Told(joined(phrases))


def documents(words: Words, done: Done) -> Told:
    nets = done.of("document")
    made = [one.row for one in nets if one.makes]
    alone = nets[0].row if len(nets) == 1 else ""
    if made:
        what = "the transcript " if len(made) == 1 else ""
        return Told(f"imported {what}{words.names('document', made, 'transcript')}", document=alone)
    phrases = []
    for one in nets:
        name = words.name("document", one.row)
        if one.gone is not None:
            phrases.append(f"{'removed' if one.gone else 'brought back'} the transcript {name}")
        elif "title" in one.now:
            was = f" “{one.was['title']}”" if one.was.get("title") else ""
            phrases.append(f"renamed the transcript{was} to {name}")
        elif "date" in one.now:
            phrases.append(
                f"dated {name} {one.now['date']}" if one.now["date"] else f"took the date from {name}"
            )
        elif "source" in one.now:
            phrases.append(words.changed(one, "source", f"the file name of {name}"))
    if not phrases and any("position" in one.now for one in nets):
        phrases = ["put the transcripts in another order"]
    told = joined(phrases) if len(phrases) <= MANY else f"changed {plural(len(nets), 'transcript')}"
    return Told(told, document=alone)


def speakers(words: Words, done: Done) -> Told:
    phrases = []
    for one in done.of("speaker"):
        if one.makes:
            continue  # told with the import
        row = words.row("speaker", one.row)
        name = f"the speaker “{row.get('name', '')}” of {words.name('document', row.get('document'))}"
        if "participant" in one.now:
            new = one.now["participant"]
            phrases.append(
                f"matched {name} to {words.name('participant', new)}"
                if new
                else f"took the match with a participant from {name}"
            )
        if "role" in one.now:
            role = str(one.now["role"])
            other = "neither a participant nor an interviewer"
            phrases.append(f"made {name} {other if role == Role.OTHER else a(role)}")
        if "name" in one.now:
            phrases.append(words.changed(one, "name", f"the name of {name}"))
    if len(phrases) > MANY:
        return Told(f"matched {plural(len(phrases), 'speaker')}")
    return Told(joined(phrases))


def participants(words: Words, done: Done) -> Told:
    nets = done.of("participant")
    phrases = []
    made = [one.row for one in nets if one.makes]
    if made:
        what = "the participant " if len(made) == 1 else ""
        phrases.append(f"added {what}{words.names('participant', made, 'participant')}")
    for gone, verb in ((True, "removed"), (False, "brought back")):
        rows = [one.row for one in nets if one.gone is gone]
        if rows:
            what = "the participant " if len(rows) == 1 else ""
            phrases.append(f"{verb} {what}{words.names('participant', rows, 'participant')}")
    named = [one for one in nets if not one.makes and "label" in one.now]
    for one in named[:MANY]:
        was = f" “{one.was['label']}”" if one.was.get("label") else ""
        phrases.append(f"changed the ID of the participant{was} to “{one.now['label']}”")
    hidden = [one.row for one in nets if not one.makes and "pseudonym" in one.now]
    if hidden:
        phrases.append(f"wrote the pseudonym of {words.names('participant', hidden, 'participant')}")
    return Told(joined(phrases), participant=nets[0].row if len(nets) == 1 else "")


def attributes(words: Words, done: Done) -> Told:
    nets = done.of("attribute")
    phrases = []
    made = [one.row for one in nets if one.makes]
    if made:
        what = "the attribute " if len(made) == 1 else ""
        phrases.append(f"added {what}{words.names('attribute', made, 'attribute')}")
    for one in nets:
        if one.gone is not None:
            verb = "removed" if one.gone else "brought back"
            phrases.append(f"{verb} the attribute {words.name('attribute', one.row)}")
        elif not one.makes and "name" in one.now:
            was = f" “{one.was['name']}”" if one.was.get("name") else ""
            phrases.append(f"renamed the attribute{was} to “{one.now['name']}”")
    if not phrases and any("position" in one.now for one in nets):
        phrases = ["put the attributes in another order"]
    return Told(joined(phrases[: MANY + 1]))


def values(words: Words, done: Done) -> Told:
    nets = done.of("attribute_value")
    phrases = []
    people = set()
    for one in nets:
        row = words.row("attribute_value", one.row) | one.now
        people.add(str(row.get("participant", "")))
        whose = words.name("participant", row.get("participant"))
        what = f"{words.name('attribute', row.get('attribute'))} of {whose}"
        new, old = str(row.get("value") or ""), str(one.was.get("value") or "")
        if one.gone or not new:
            phrases.append(f"emptied {what}" + (f", which was “{old}”" if old else ""))
        else:
            phrases.append(f"changed {what} from “{old}” to “{new}”" if old else f"set {what} to “{new}”")
    if len(phrases) > MANY:
        whose = f"{plural(len(people), 'participant')}"
        return Told(f"filled in {plural(len(phrases), 'attribute')} of {whose}")
    return Told(joined(phrases), participant=people.pop() if len(people) == 1 else "")


def progress(words: Words, done: Done) -> Told:
    groups: dict[tuple[str, str], list[str]] = {}
    for one in done.of("progress"):
        row = words.row("progress", one.row) | one.now
        status = "" if one.gone else str(row.get("status", ""))
        groups.setdefault((status, str(row.get("coder", ""))), []).append(str(row.get("document", "")))
    phrases = []
    for (status, coder), guids in groups.items():
        where = words.names("document", guids, "transcript")
        whose = "" if coder == done.coder else f" for {words.bare_name('coder', coder) or 'another coder'}"
        if status == Status.IN_PROGRESS and any(one.makes for one in done.of("coding")):
            phrases.append(f"so began to code {where}")
        elif status:
            phrases.append(f"marked {where} as {status}{whose}")
        else:
            phrases.append(f"took the mark of progress from {where}{whose}")
    guids = next(iter(groups.values()), [])
    return Told(joined(phrases), document=guids[0] if len(groups) == 1 and len(guids) == 1 else "")
