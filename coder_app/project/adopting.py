"""Taking in the work of a colleague who began a project of her own on the same interviews.

The two files have no common history, so nothing is united: transcripts are matched by the hash of their
text, codes by name and place in the tree, and what she made is written into our project with her as its
coder, as one action that can be undone. Her rows keep their GUIDs; so whoever takes the same file in,
on whatever laptop and however often, holds the same rows.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table, func, select

from coder_app.core.codetree import Codebook, key_after
from coder_app.core.errors import UserError
from coder_app.core.model import CONSENSUS, MemoTarget
from coder_app.project import resembling, schema
from coder_app.project.among import among
from coder_app.project.codes import DEFINITION_FIELDS
from coder_app.project.documents import progress_guid
from coder_app.project.merge_report import Matched, MergeReport, New
from coder_app.project.names import field_words, plural
from coder_app.project.schema import node_place, node_place_text
from coder_app.project.shown import shows
from coder_app.project.writing import set_field

if TYPE_CHECKING:
    from coder_app.project.project import Project

Row = dict[str, Any]


_DEFINITIONS = uuid.UUID("9b0b8c1e-5b5f-5a0e-8d43-6d1f0a2e7c54")  # name space of the GUIDs of such memos


class DifferentStudy(UserError):
    """The file shares no transcript with the project; it may be meant all the same."""


@dataclass(slots=True)
class Match:
    """Their GUID -> ours, for what is the same in both; and what is told about it."""

    documents: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    by_name: list[Matched] = field(default_factory=list)
    """Those of the codes that are the same by name and place alone."""
    same_title: list[str] = field(default_factory=list)
    """Titles that both have, over different texts: they stay two."""


def match(ours: Project, theirs: Project, separate: Collection[str] = ()) -> Match:
    """What is the same in two projects: transcripts of the same text, codes of the same name and place.

    Their codes in ``separate`` (GUIDs) are not; one that came over before is itself.
    """
    found = Match()
    table = schema.document.c
    hashes = {
        row.sha256: row.guid
        for row in ours.connection.execute(select(table.guid, table.sha256).where(shows("document")))
    }
    titles = {document.title.casefold() for document in ours.documents.all()}
    for row in theirs.connection.execute(
        select(table.guid, table.sha256, table.title).where(shows("document"))
    ):
        if row.sha256 in hashes:
            found.documents[row.guid] = hashes[row.sha256]
        elif row.title.casefold() in titles:
            found.same_title.append(row.title)
    _match_codes(ours, theirs, separate, found)
    return found


def _match_codes(ours: Project, theirs: Project, separate: Collection[str], found: Match) -> None:
    here, there = ours.codes.tree(), theirs.codes.tree()
    paths = {_path(here, guid): guid for guid, _ in here.walk()}
    for guid, _ in there.walk():
        if guid in here:
            found.codes[guid] = guid
            continue
        same = paths.get(_path(there, guid))
        if same is None or guid in separate:
            continue
        found.codes[guid] = same
        one, other = here[same].definition, there[guid].definition
        both = [name for name in DEFINITION_FIELDS if getattr(one, name) and getattr(other, name)]
        differs = any(getattr(one, name) != getattr(other, name) for name in both)
        path = " › ".join(node.name for node in there.path(guid))
        found.by_name.append(Matched(guid, same, path, differs))


def _path(tree: Codebook, guid: str) -> tuple[tuple[int, str], ...]:
    """Names and levels from the top down to a code, letter case apart."""
    return tuple((node.level, " ".join(node.name.split()).casefold()) for node in tree.path(guid))


def check_related(ours: Project, theirs: Project, source: str, *, different: bool) -> None:
    """Raise DifferentStudy where no transcript is the same in both, unless ``different`` says it is meant."""
    if not different and not match(ours, theirs).documents:
        raise DifferentStudy(
            f"“{source}” is of a different study, “{theirs.name}”: none of its transcripts is in this"
            " project."
        )


def adopt(ours: Project, theirs: Project, source: str, separate: Collection[str] = ()) -> MergeReport:
    """Part of a larger step: take in everything that shows in the other project.

    Their codes in ``separate`` (GUIDs) are nobody else's, though one of ours has their name and place.
    """
    found = match(ours, theirs, separate)
    writer = _Writer(ours, theirs, found)
    writer.write()
    ours.codes.forget()  # within a step it does not notice what was written
    texts = plural(len(found.documents), "transcript has", "transcripts have")
    codes = plural(len(found.by_name), "code has", "codes have")
    notes = [
        f"{texts} the same text in both projects.",
        f"{codes} the same name and place in both codebooks.",
        *(f"“{title}” is the title of two different texts: they stay two." for title in found.same_title),
    ]
    if theirs.rounds.all():
        notes.append("The rounds of agreement of the other project stay in its own file.")
    new = tuple(
        New(coder, tuple((kind, count) for kind, count in sorted(own.items())))
        for coder, own in sorted(writer.made.items())
    )
    return MergeReport(
        source=source,
        steps=int(bool(new)),  # it is one action, whatever it brings
        new=new,
        alike=resembling.alike(ours, writer.written),
        matched=tuple(found.by_name),
        notes=tuple(notes),
        created=ours.now(),
    )


class _Writer:
    """Writes rows of the other project as they are, but for what they refer to."""

    def __init__(self, ours: Project, theirs: Project, found: Match) -> None:
        self._ours, self._theirs = ours, theirs
        self._found = found
        self._documents = dict(found.documents)
        self._codes = dict(found.codes)
        self._people: dict[str, str] = {}
        self._coders = {coder.guid: coder.name for coder in theirs.coders.all()}
        self.made: dict[str, Counter[str]] = {}
        self.written: set[tuple[str, str]] = set()
        """(table, GUID) of what is new here."""

    def write(self) -> None:
        self._add(schema.coder, [{"guid": guid, "name": name} for guid, name in self._coders.items()])
        self._write_participants()
        self._write_documents()
        self._write_codes()
        self._keep_definitions()
        self._write_codings()
        self._write_memos()
        self._write_progress()

    def _rows(self, table: Table) -> list[Row]:
        query = select(table).where(shows(table.name)).order_by(table.c.guid)
        return [dict(row) for row in self._theirs.connection.execute(query).mappings()]

    def _add(self, table: Table, rows: Iterable[Row], kind: str = "", whose: str = "") -> list[str]:
        """Insert those rows that are not here; returns their GUIDs. ``whose`` is the field of their coder."""
        wanted = {row["guid"]: {name: value for name, value in row.items() if name != "gone"} for row in rows}
        there = dict(
            self._ours.connection.execute(
                select(table.c.guid, table.c.gone).where(among(table.c.guid, wanted))
            ).all()
        )
        back = [guid for guid in wanted if there.get(guid)]  # they came in before, and that was taken back
        new = [row for guid, row in wanted.items() if guid not in there]
        if new:
            self._ours.connection.execute(table.insert(), new)
        set_field(self._ours.connection, table, "gone", ((guid, 0) for guid in back))
        wanted = {guid: row for guid, row in wanted.items() if guid not in there or there[guid]}
        self.written.update((table.name, guid) for guid in wanted)
        if kind:
            for row in wanted.values():
                self._count(kind, row[whose] if whose else "")
        return list(wanted)

    def _count(self, kind: str, coder: str) -> None:
        self.made.setdefault(self._coders.get(coder) or "Everybody", Counter())[kind] += 1

    def _write_participants(self) -> None:
        """Those who speak in what is new. Who speaks in a transcript that both have is known by that;
        of the others an equal ID says nothing: they stay two until somebody joins them."""
        theirs, here = self._rows(schema.speaker), self._speakers_here()
        for row in theirs:
            same = here.get((self._documents.get(row["document"], ""), row["name"]))
            if same and row["participant"]:
                self._people.setdefault(row["participant"], same)
        wanted = {
            row["participant"]
            for row in theirs
            if row["participant"] and row["document"] not in self._documents
        }
        rows = [row for row in self._rows(schema.participant) if row["guid"] in wanted - self._people.keys()]
        self._people.update((row["guid"], row["guid"]) for row in rows)
        self._add(schema.participant, rows, "participant")
        for person in self._theirs.participants.all():
            self._describe(self._people.get(person.guid, ""), person.attributes)

    def _speakers_here(self) -> dict[tuple[str, str], str]:
        """(transcript, name of the speaker) -> participant, of the transcripts that both have."""
        table = schema.speaker.c
        query = select(table.document, table.name, table.participant).where(
            among(table.document, set(self._documents.values())), table.participant.is_not(None)
        )
        return {(row.document, row.name): row.participant for row in self._ours.connection.execute(query)}

    def _describe(self, guid: str, attributes: Mapping[str, str]) -> None:
        """What theirs know of a participant and we do not."""
        if not guid:
            return
        known = self._ours.participants.need(guid).attributes
        for name, value in attributes.items():
            if not known.get(name):
                self._ours.participants.set_attribute(guid, name, value)

    def _write_documents(self) -> None:
        rows = [row for row in self._rows(schema.document) if row["guid"] not in self._documents]
        last = self._ours.connection.scalar(select(func.max(schema.document.c.position))) or None
        taken = {document.title.casefold() for document in self._ours.documents.all()}
        for row in sorted(rows, key=lambda row: str(row["position"])):
            row["position"] = last = key_after(last)
            if row["title"].casefold() in taken:
                row["title"] = f"{row['title']} ({self._theirs.name})"[:300]
            self._documents[row["guid"]] = row["guid"]
        added = self._add(schema.document, rows, "transcript")
        speakers = [row for row in self._rows(schema.speaker) if row["document"] in added]
        for row in speakers:
            row["participant"] = self._people.get(row["participant"] or "")
        self._add(schema.speaker, speakers)
        contents = select(schema.content).where(among(schema.content.c.guid, added))
        for content in self._theirs.connection.execute(contents).mappings().all():
            there = select(schema.content.c.guid).where(schema.content.c.guid == content["guid"])
            if self._ours.connection.scalar(there) is None:
                self._ours.connection.execute(schema.content.insert(), dict(content))

    def _write_codes(self) -> None:
        rows = {row["guid"]: row for row in self._rows(schema.code)}
        new = []
        for guid, _ in self._theirs.codes.tree().walk():
            if guid in self._codes:
                continue
            self._codes[guid] = guid
            parent, order = node_place(rows[guid]["place"])
            rows[guid]["place"] = node_place_text(self._codes.get(parent or "") or None, order)
            new.append(rows[guid])
        self._add(schema.code, new, "code")

    def _keep_definitions(self) -> None:
        """What theirs say of codes that are taken to be ours: it fills what ours leave empty; where both
        say something else, theirs becomes a memo on the code, of whoever made it."""
        table = schema.change.c
        makers = dict(
            self._theirs.connection.execute(
                select(table.row, schema.step.c.coder)
                .join(schema.step, schema.step.c.id == table.step)
                .where(table.tbl == "code", table.before.is_(None))
            ).all()
        )
        here, there = self._ours.codes.tree(), self._theirs.codes.tree()
        memos = []
        for pair in self._found.by_name:
            own, other = here[pair.ours].definition, there[pair.theirs].definition
            said = {name: getattr(other, name) for name in DEFINITION_FIELDS if getattr(other, name)}
            new = {name: text for name, text in said.items() if not getattr(own, name)}
            maker = makers.get(pair.theirs, "")
            for name, text in new.items():
                set_field(self._ours.connection, schema.code, name, [(pair.ours, text)])
                self._count("definition", maker)
            differs = [
                f"{field_words('code', name).capitalize()}: {text}"
                for name, text in said.items()
                if name not in new and text != getattr(own, name)
            ]
            if differs:
                memos.append(
                    {
                        "guid": str(uuid.uuid5(_DEFINITIONS, f"{pair.theirs}/{pair.ours}")),
                        "kind": MemoTarget.CODE.value,
                        "target": pair.ours,
                        "place": None,
                        "coder": maker,
                        "text": "\n".join((f"Defined in “{self._theirs.name}”:", *differs)),
                        "created": self._ours.now(),
                    }
                )
        self._add(schema.memo, memos, "memo", "coder")

    def _write_codings(self) -> None:
        rows = []
        for row in self._rows(schema.coding):
            if row["coder"] == CONSENSUS or row["document"] not in self._documents:
                continue
            row["document"] = self._documents[row["document"]]
            row["code"] = self._codes.get(row["code"]) if row["code"] else None
            rows.append(row)
        self._add(schema.coding, rows, "coding", "coder")

    def _write_memos(self) -> None:
        maps = {
            MemoTarget.DOCUMENT: self._documents,
            MemoTarget.PASSAGE: self._documents,
            MemoTarget.CODE: self._codes,
            MemoTarget.PARTICIPANT: self._people,
            MemoTarget.PROJECT: {self._theirs.guid: self._ours.guid},
        }
        rows = []
        for row in self._rows(schema.memo):
            kind = MemoTarget(row["kind"])
            target = row["target"] if kind is MemoTarget.CODING else maps[kind].get(row["target"])
            if target is not None:
                rows.append({**row, "target": target})
        self._add(schema.memo, rows, "memo", "coder")

    def _write_progress(self) -> None:
        rows = []
        for row in self._rows(schema.progress):
            document = self._documents.get(row["document"])
            if document is not None:
                guid = progress_guid(document, row["coder"])
                rows.append({**row, "guid": guid, "document": document})
        self._add(schema.progress, rows)
