"""Actions that touch many tables and are one thing: two people who are one, projects that were brought in."""

from __future__ import annotations

from coder_app.project.audit_words import Done, Told, Words, joined
from coder_app.project.names import plural


def as_one(words: Words, done: Done) -> Told:
    """An action in one phrase, where that says it better than table by table; an empty one elsewhere."""
    if done.undoes:
        return Told("")
    return _joined_coders(words, done) or _joined_participants(words, done) or Told("")


def beginning(done: Done) -> str:
    """What goes before the phrases on an action: where it came from."""
    if done.name.startswith("Bring in "):
        return f"brought in “{done.name.removeprefix('Bring in ')}”: "
    if done.name.startswith("Choose the other value"):
        return "let the other value stand after a merge: "
    return ""


def _joined_coders(words: Words, done: Done) -> Told | None:
    gone = [one for one in done.of("coder") if one.gone and one.now.get("person")]
    if not gone:
        return None
    one, into = gone[0].row, str(gone[0].now["person"])
    parts = []
    for table, what in (("coding", "coding"), ("memo", "memo"), ("settlement", "decision")):
        number = sum("coder" in change.now for change in done.of(table))
        parts += [plural(number, what)] if number else []
    along = f": {joined(parts)} went over" if parts else ""
    return Told(
        f"joined the coder {words.name('coder', one)} into {words.name('coder', into)}, one person{along}"
    )


def _joined_participants(words: Words, done: Done) -> Told | None:
    gone = [one.row for one in done.of("participant") if one.gone]
    if len(gone) != 1 or not done.name.startswith("Join participant "):
        return None
    moved = [one for one in done.of("speaker") if one.was.get("participant") == gone[0]]
    into = next((str(one.now["participant"]) for one in moved if one.now.get("participant")), "")
    other = words.name("participant", into) if into else f"“{done.name.rpartition(' into ')[2]}”"
    along = f": {plural(len(moved), 'speaker')} went over" if moved else ""
    phrase = f"joined the participant {words.name('participant', gone[0])} into {other}, one person{along}"
    return Told(phrase, participant=into)
