"""What an action did to the codebook, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from coder_app.core.model import DEFAULT_LEVEL_NAMES, Level
from coder_app.project.audit_words import LONGEST, MANY, Done, Net, Told, Words, a, joined, listed
from coder_app.project.names import field_words, plural
from coder_app.project.schema import node_place

DEFINITION = ("short", "full", "when", "when_not", "example", "plain")

_TOP = "the top of the codebook"


def codebook(words: Words, done: Done) -> Told:
    """Nodes made, split off, joined, moved, renamed, defined, deleted."""
    nets = [one for one in done.of("code") if not (one.makes and one.now.get("gone"))]
    if not nets:
        return Told("")
    about = nets[0].row if len(nets) == 1 else ""
    phrases: list[str] = []
    rest = nets
    if not done.undoes and (whole := _split(words, done, nets) or _joined(words, done, nets)):
        told, rest = whole
        phrases.append(told.phrase)
        about = told.code
    else:
        made = [one for one in nets if one.makes]
        if made:
            phrases.append(_made(words, made, nets))
            about = made[0].row if len(made) == 1 else ""
            inside = {one.row for one in made}
            rest = [one for one in nets if not one.makes and _parent(one.now) not in inside]
    phrases += _named(words, rest)
    moves = _moves(words, rest)
    phrases += moves or ([] if phrases else _order(words, rest))
    phrases += _levels(words, rest)
    phrases += _defined(words, rest)
    phrases += _gone(words, rest)
    if not phrases and (colored := [one.row for one in rest if "color" in one.now]):
        phrases.append(f"gave {words.names('code', colored, 'node')} another colour")
    return Told("; ".join(phrases), about)


def _parent(fields: dict[str, object]) -> str | None:
    return node_place(str(fields["place"]))[0] if fields.get("place") else None


def _under(words: Words, parent: str | None) -> str:
    return words.name("code", parent) if parent else _TOP


# Making


def _made(words: Words, made: Sequence[Net], nets: Sequence[Net]) -> str:
    """Nodes that were made, with what was put into them by the same action."""
    if len(made) > MANY and len(_tops(made)) > 1:
        defined = any(one.now.get(name) for one in made for name in DEFINITION)
        return f"made {_by_level(words, made)}{' and defined them' if defined else ''}"
    return "; ".join(_made_one(words, one, nets) for one in _tops(made))


def _tops(made: Sequence[Net]) -> list[Net]:
    """Those that were not put into another one that was made."""
    own = {one.row for one in made}
    return [one for one in made if _parent(one.now) not in own]


def _made_one(words: Words, one: Net, nets: Sequence[Net]) -> str:
    parent = _parent(words.row("code", one.row) | one.now)
    level = one.now.get("level", words.row("code", one.row).get("level"))
    name = one.now.get("name") or words.bare_name("code", one.row)
    phrase = f"made the {words.level(level)} “{name}”"
    if parent:
        phrase += f" under {words.name('code', parent)}"
    born = [other.row for other in nets if other.makes and _parent(other.now) == one.row]
    if born:
        phrase += f" with {words.names('code', born, 'node')} in it"
    taken = [other.row for other in nets if not other.makes and _parent(other.now) == one.row]
    if taken:
        phrase += f" and put {words.names('code', taken, 'node')} into it"
    texts = [name for name in DEFINITION if one.now.get(name)]
    if texts:
        told = texts[: 2 if words.longest > LONGEST else 1]
        parts = [f"the {_field(name)} {words.quoted(str(one.now[name]))}" for name in told]
        left = len(texts) - len(told)
        parts += [f"{plural(left, 'more field')} of its definition"] if left else []
        phrase += f", with {joined(parts)}"
    return phrase


def _by_level(words: Words, made: Sequence[Net]) -> str:
    counts = Counter(one.now.get("level") for one in made)
    parts = []
    for level in sorted(DEFAULT_LEVEL_NAMES, reverse=True):
        name = words.level(int(level))
        many = name[:-1] + "ies" if name.endswith("y") else None
        if counts[level]:
            parts.append(plural(counts[Level(level)], name, many))
    return joined(parts) or plural(len(made), "node")


# Joining and splitting


def _split(words: Words, done: Done, nets: Sequence[Net]) -> tuple[Told, list[Net]] | None:
    """A new code that took codings over from another."""
    made = [one for one in nets if one.makes]
    if len(made) != 1:
        return None
    taken = [one for one in done.of("coding") if one.now.get("code") == made[0].row and one.was.get("code")]
    if not taken:
        return None
    old = words.names("code", dict.fromkeys(str(one.was["code"]) for one in taken), "code")
    phrase = f"{_made_one(words, made[0], nets)} and gave it {plural(len(taken), 'coding')} of {old}"
    return Told(phrase, made[0].row), [one for one in nets if one is not made[0]]


def _joined(words: Words, done: Done, nets: Sequence[Net]) -> tuple[Told, list[Net]] | None:
    """Nodes that became part of another one, with their codings, memos and what was below them."""
    deleted = [one.row for one in nets if one.gone]
    into = _joined_into(done, deleted)
    by_name = done.name.startswith("Join ")
    if not deleted or not (into or by_name):
        return None
    target = words.name("code", into) if into else f"“{done.name.rpartition(' into ')[2]}”"
    phrase = f"joined {words.names('code', deleted, 'node')} into {target}"
    codings = [one for one in done.of("coding") if one.was.get("code") in deleted]
    children = [one.row for one in nets if not one.makes and _came_from(one, deleted)]
    along = [plural(len(codings), "coding")] if codings else []
    along += [words.names("code", children, "node")] if children else []
    if along:
        phrase += f", with {joined(along)}"
    gone = set(deleted)
    return Told(phrase, into), [
        one for one in nets if one.row not in gone and one.row not in children and "place" not in one.now
    ]


def _came_from(one: Net, parents: Sequence[str]) -> bool:
    return "place" in one.now and _parent(one.was) in parents


def _joined_into(done: Done, deleted: Sequence[str]) -> str:
    """Where the codings and memos of deleted nodes went; empty where nothing tells."""
    for table, field in (("coding", "code"), ("memo", "target")):
        for one in done.of(table):
            if one.was.get(field) in deleted and one.now.get(field):
                return str(one.now[field])
    if done.name.startswith("Join "):
        for one in done.of("code"):
            if _came_from(one, deleted):
                return _parent(one.now) or ""
    return ""


# Changing


def _named(words: Words, nets: Sequence[Net]) -> list[str]:
    phrases = []
    for one in nets:
        if not one.makes and "name" in one.now:
            if one.was.get("name"):
                phrases.append(f"renamed “{one.was['name']}” to “{one.now['name']}”")
            else:
                phrases.append(
                    f"named {a(words.level(words.row('code', one.row).get('level')))} “{one.now['name']}”"
                )
    return phrases


def _moves(words: Words, nets: Sequence[Net]) -> list[str]:
    groups: dict[tuple[str | None, str | None, bool], list[str]] = {}
    for one in nets:
        if one.makes or "place" not in one.now:
            continue
        old, new, known = _parent(one.was), _parent(one.now), "place" in one.was
        if old != new or not known:
            groups.setdefault((old, new, known), []).append(one.row)
    phrases = []
    for (old, new, known), rows in groups.items():
        what = words.names("code", rows, "node")
        if not known:
            phrases.append(f"put {what} {'under' if new else 'at'} {_under(words, new)}")
        else:
            phrases.append(f"moved {what} from {_under(words, old)} to {_under(words, new)}")
    return phrases


def _order(words: Words, nets: Sequence[Net]) -> list[str]:
    parents = dict.fromkeys(_parent(one.now) for one in nets if not one.makes and "place" in one.now)
    return [
        f"changed the order of the nodes {'under ' if parent else 'at '}{_under(words, parent)}"
        for parent in parents
    ]


def _levels(words: Words, nets: Sequence[Net]) -> list[str]:
    groups: dict[tuple[object, object], list[str]] = {}
    for one in nets:
        if not one.makes and "level" in one.now:
            groups.setdefault((one.was.get("level"), one.now["level"]), []).append(one.row)
    phrases = []
    for (old, new), rows in groups.items():
        was = f" (before: {words.level(old)})" if old is not None else ""
        phrases.append(f"made {words.names('code', rows, 'node')} {a(words.level(new))}{was}")
    return phrases


def _defined(words: Words, nets: Sequence[Net]) -> list[str]:
    phrases: list[str] = []
    nodes: list[str] = []
    for one in nets:
        name = words.name("code", one.row)
        own = [field for field in DEFINITION if field in one.now and not one.makes]
        phrases += [words.changed(one, field, f"the {_field(field)} of {name}") for field in own]
        nodes += [name] if own else []
    return phrases if len(phrases) <= MANY else [f"defined {listed(nodes, 'node')}"]


def _field(field: str) -> str:
    return f"“{field_words('code', field)}”" if field in ("when", "when_not") else field_words("code", field)


def _gone(words: Words, nets: Sequence[Net]) -> list[str]:
    phrases = []
    for gone, verb in ((True, "deleted"), (False, "brought back")):
        rows = [one.row for one in nets if one.gone is gone]
        if len(rows) == 1:
            phrases.append(f"{verb} {words.node(rows[0])}")
        elif rows:
            phrases.append(f"{verb} {words.names('code', rows, 'node')}")
    return phrases


def kept_apart(words: Words, done: Done) -> Told:
    """Pairs of codes that look alike and are meant to stay two."""
    phrases = []
    for one in done.of("kept_apart"):
        row = words.row("kept_apart", one.row)
        pair = f"{words.name('code', row.get('one'))} and {words.name('code', row.get('other'))}"
        phrases.append(f"decided that {pair} stay two" if not one.gone else f"took back that {pair} stay two")
    return Told(listed(phrases, "decision on codes that look alike", "decisions on codes that look alike"))
