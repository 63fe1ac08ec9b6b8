"""Read-only questions across the project: counts, quotes, totals, search."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, exists, func, select

from coder_app.core.changes import Changes
from coder_app.core.model import Coding, Count, Level, Quote
from coder_app.core.search import Hit, find
from coder_app.project import schema
from coder_app.project.among import among, by_coders
from coder_app.project.counts import Counts, People
from coder_app.project.reach import Reach
from coder_app.project.schema import place_range
from coder_app.project.shown import coding_shows

if TYPE_CHECKING:
    from coder_app.project.project import Project


@dataclass(frozen=True, slots=True)
class Info:
    """Totals of a project; counts of what shows."""

    project: str
    documents: int
    participants: int
    characters: int
    memos: int
    codings: int
    """With a code; passages that wait for one are ``unnamed``."""
    unnamed: int
    statements: int
    """Different stretches marked, per coder and transcript, named or not."""
    coders: tuple[tuple[str, int], ...]
    """(name, codings)."""
    codes: dict[Level, int]


@dataclass(frozen=True, slots=True)
class Found:
    """One place where a search matched."""

    document: str
    title: str
    start: int
    end: int
    before: str
    """Some words before the match, on one line."""
    match: str
    after: str


class Queries:
    """``project.queries``."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._counts = Counts(project)
        self._people: People | None = None
        self._by_document: dict[str, dict[str, int]] | None = None  # transcript -> coder -> codings

    @property
    def people(self) -> People:
        """Who speaks where."""
        if self._people is None:
            self._people = People(self._project)
        return self._people

    def counts(self, coders: Collection[str] | None = None) -> dict[str, Count]:
        """Quotes and participants of every node, for some coders or (None) everybody.

        The same dictionary until something changes: look at it only.
        """
        return self._counts.of_nodes(coders, self.people)

    # Quotes

    def quote_ids(
        self, codes: Collection[str], coders: Collection[str] | None = None, *, below: bool = True
    ) -> list[str]:
        """GUIDs of the codings of these nodes, by transcript and place."""
        coding = schema.coding.c
        query = select(coding.document, coding.place, coding.guid).where(
            coding_shows(),
            among(coding.code, self._nodes(codes, below)),
            by_coders(coding.coder, coders),
        )
        position = self._positions()
        places = sorted(
            (position.get(document, -1), *place_range(place), guid)
            for document, place, guid in self._project.connection.execute(query).all()
        )
        return [guid for *_, guid in places]

    def unnamed_ids(self, coders: Collection[str] | None = None) -> list[str]:
        """GUIDs of the passages that wait for a code, by transcript and place."""
        return [coding.guid for coding in self._ordered(self._project.codings.unnamed(coders))]

    def _codings_of(
        self, codes: Collection[str], coders: Collection[str] | None, below: bool
    ) -> list[Coding]:
        return self._ordered(self._project.codings.of_codes(self._nodes(codes, below), coders))

    def _nodes(self, codes: Collection[str], below: bool) -> set[str]:
        return self._project.codes.tree().with_below(codes) if below else set(codes)

    def _positions(self) -> dict[str, int]:
        """Transcript -> its place in the list."""
        return {document.guid: at for at, document in enumerate(self._project.documents.all())}

    def _ordered(self, codings: list[Coding]) -> list[Coding]:
        position = self._positions()
        codings.sort(key=lambda c: (position.get(c.document, -1), c.start, c.end, c.guid))
        return codings

    def quotes(
        self, codes: Collection[str], coders: Collection[str] | None = None, *, below: bool = True
    ) -> list[Quote]:
        """All quotes of these nodes; for long lists ask ``quote_ids`` and then a page at a time."""
        return self.as_quotes(self._codings_of(codes, coders, below))

    def quotes_of(self, guids: Sequence[str]) -> list[Quote]:
        """These codings as quotes, in the given order; those that no longer show are left out."""
        found = {coding.guid: coding for coding in self._project.codings.get(guids)}
        return self.as_quotes([found[guid] for guid in guids if guid in found])

    def as_quotes(self, codings: Iterable[Coding]) -> list[Quote]:
        tree, documents = self._project.codes.tree(), self._project.documents
        titles = {document.guid: document.title for document in documents.all()}
        coders = {coder.guid: coder.name for coder in self._project.coders.layers()}
        labels = {person.guid: person.label for person in self._project.participants.all()}
        quotes = []
        for coding in codings:
            content = documents.content(coding.document)
            people = self.people.at(coding.document, coding.start, coding.end)
            names = [labels[person] for person in people if person in labels]
            if not names:
                speakers = self.people.speakers(coding.document)
                names = [speakers[n].name for n in content.speakers_in(coding.start, coding.end)]
            code = tree.nodes.get(coding.code or "")
            quotes.append(
                Quote(
                    coding,
                    content.text[coding.start : coding.end],
                    titles.get(coding.document, ""),
                    ", ".join(names),
                    people,
                    content.turn_at(coding.start),
                    coders.get(coding.coder, ""),
                    code.name if code else "",
                )
            )
        return quotes

    def own_words(self, coding: Coding, participant: str) -> list[str]:
        """What this participant says within a coding: the pieces of the turns that are hers, in order.

        Nobody else's words, no names and no time stamps.
        """
        content = self._project.documents.content(coding.document)
        speakers = self.people.speakers(coding.document)
        first, last = content.turn_at(coding.start), content.turn_at(coding.end - 1)
        pieces = []
        for turn in content.turns[max(first - 1, 0) : last]:
            if turn.speaker is None or speakers[turn.speaker].participant != participant:
                continue
            piece = content.text[max(turn.body, coding.start) : min(turn.end, coding.end)].strip()
            if piece:
                pieces.append(piece)
        return pieces

    # Totals

    def info(self) -> Info:
        """Totals of the project."""
        coding, connection = schema.coding.c, self._project.connection
        people = and_(coding_shows(), by_coders(coding.coder, None))
        by_coder = select(coding.coder, func.count(coding.code), func.count()).where(people)
        rows = connection.execute(by_coder.group_by(coding.coder)).all()
        named = {coder: with_code for coder, with_code, _ in rows}
        stretches = select(coding.coder, coding.document, coding.place).where(people).distinct()
        documents = self._project.documents.all()
        levels = dict.fromkeys(self._project.level_names(), 0)
        for node in self._project.codes.tree().nodes.values():
            levels[node.level] = levels.get(node.level, 0) + 1
        return Info(
            project=self._project.name,
            documents=len(documents),
            participants=len(self._project.participants.all()),
            characters=sum(document.characters for document in documents),
            memos=len(self._project.memos.all()),
            codings=sum(named.values()),
            unnamed=sum(count for *_, count in rows) - sum(named.values()),
            statements=connection.scalar(select(func.count()).select_from(stretches.subquery())) or 0,
            coders=tuple((coder.name, named.get(coder.guid, 0)) for coder in self._project.coders.all()),
            codes=levels,
        )

    def codings_by_document(self) -> dict[tuple[str, str], int]:
        """(transcript, coder) -> codings and marked passages.

        Kept up to date: counting 200,000 codings anew after each action takes 100 ms, those of one
        transcript 1 ms.
        """
        if self._by_document is None:
            self._by_document = {}
            self._count_documents(None)
        return {(d, coder): n for d, found in self._by_document.items() for coder, n in found.items()}

    def _count_documents(self, documents: Collection[str] | None) -> None:
        """Count the codings of these transcripts, or of all."""
        assert self._by_document is not None
        coding = schema.coding.c
        query = select(coding.document, coding.coder, func.count()).where(
            coding_shows(), by_coders(coding.coder, None)
        )
        if documents is not None:
            query = query.where(among(coding.document, documents))
            for document in documents:
                self._by_document.pop(document, None)
        rows = self._project.connection.execute(query.group_by(coding.document, coding.coder)).all()
        for document, coder, count in rows:
            self._by_document.setdefault(document, {})[coder] = count

    # Search

    def search(
        self,
        words: str,
        *,
        documents: Collection[str] | None = None,
        most: int = 1000,
        progress: Callable[[int, int], None] | None = None,
    ) -> list[Found]:
        """Where these words stand in the transcripts, letter case apart, at most ``most`` places.

        Positions are code points. An empty search finds nothing.
        """
        found: list[Found] = []
        chosen = [d for d in self._project.documents.all() if documents is None or d.guid in documents]
        for done, document in enumerate(chosen):
            if progress is not None:
                progress(done, len(chosen))
            text = self._project.documents.content(document.guid).text
            for hit in find(text, words, most - len(found)):
                found.append(_found(document.guid, document.title, text, hit))
            if len(found) >= most:
                break
        return found

    # Kept up to date

    def after_step(self, reach: Reach) -> Changes:
        """Count again what a step may have changed; returns what it changed by reference."""
        if not reach.touched.keys().isdisjoint(("speaker", "participant", "document")):
            self.forget()
        elif len(reach.codings) > 500:
            self._counts.forget()
            self._by_document = None
        elif reach.codings:
            if self._by_document is not None:
                self._count_documents(reach.documents)
            self._counts.update(reach.codes, self.people)
        return Changes.CODINGS if self._revealed(reach) else Changes.NONE

    def _revealed(self, reach: Reach) -> bool:
        """Whether a memo made a removed coding show, or vanish."""
        by_memo = reach.codings.difference(reach.touched.get("coding", ()))
        if not by_memo:
            return False
        coding = schema.coding.c
        return bool(
            self._project.connection.scalar(
                select(exists().where(among(coding.guid, by_memo), coding.gone == 1))
            )
        )

    def forget(self) -> None:
        self._counts.forget()
        self._people = None
        self._by_document = None


def _found(document: str, title: str, text: str, hit: Hit) -> Found:
    start, end = hit
    before = " ".join(text[max(0, start - 60) : start].split())
    after = " ".join(text[end : end + 60].split())
    gap_before = " " if text[start - 1 : start].isspace() else ""
    gap_after = " " if text[end : end + 1].isspace() else ""
    return Found(document, title, start, end, before + gap_before, text[start:end], gap_after + after)
