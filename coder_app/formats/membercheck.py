"""Member check: for each participant a Word document with the findings and that person's own words.

Nobody else's words enter, no names of speakers and no titles of transcripts. The boxes to tick and the
fields for comments are tagged (``rating:GUID:1`` ... ``rating:GUID:4``, ``comment:GUID``, where GUID is the
node's), so that the answers can be read back from the filled document.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from coder_app.core.codetree import Codebook
from coder_app.core.errors import UserError
from coder_app.core.model import Code, Coding, Level, Participant
from coder_app.formats.docx import Pages, writing
from coder_app.formats.output import Progress, file_names, filling, no_progress
from coder_app.project.project import Project

SCALE = ("not at all true", "rather not true", "rather true", "very true")
"""What the ratings 1 to 4 mean."""

TITLE = "Did we understand you?"
GREETING = (
    "Thank you for talking with us. We have read the interviews many times and gathered what they have"
    " in common under a few themes. Before we report them we would like to know whether they are true"
    " to you.",
    "For each theme you find what we mean by it and what you said yourself. Please tick how true the"
    " theme is to your own experience, from 1 (not at all true) to 4 (very true), and write whatever"
    " you would put differently, leave out or add. There are no wrong answers, and you may skip what"
    " you like. All quotes here are your own words; nobody else's are in this document.",
)
"""The paragraphs before the findings."""
SAID = "What you said"
NOTHING_SAID = "We quote nothing of yours here; you can still say whether it is true to you."
HOW_TRUE = "How true is this theme to your experience?"
DIFFERENTLY = "What would you put differently, leave out or add?"
WRITE_HERE = "Write here"
CLOSING = "In closing"
MISSING = "Is anything that matters to you missing, or wrong in a way we did not ask about?"
THANKS = "Thank you for your time and your trust."
_W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
_GAP = " […] "


@dataclass(frozen=True, slots=True)
class Finding:
    """A theme as one participant gets it: with her own words, each quote a string."""

    node: Code
    words: tuple[str, ...]


def write_member_check(
    project: Project,
    folder: Path,
    *,
    coders: Collection[str] | None = None,
    participants: Collection[str] | None = None,
    findings: Collection[str] | None = None,
    progress: Progress | None = None,
) -> list[Path]:
    """Write a document for each participant into ``folder``; returns the files.

    ``participants`` and ``findings`` (nodes of the codebook) are GUIDs; by default everybody is asked
    about each theme. Quotes are those of ``coders`` (default: everybody's). All documents are written
    or none. Raises UserError where there is nothing to ask or ``folder`` cannot be written, Cancelled
    where ``progress`` asks for it.
    """
    people = [p for p in project.participants.all() if participants is None or p.guid in participants]
    nodes = findings_of(project.codes.tree(), findings)
    if not people:
        raise UserError("There is no participant to write to: match speakers to participants first.")
    if not nodes:
        raise UserError("There is nothing to check with participants yet: the codebook is empty.")
    report = progress or no_progress
    coded = passages(project, nodes, coders)
    names = file_names([person.label for person in people], ".docx")
    with filling(folder) as draft:
        for done, (person, name) in enumerate(zip(people, names, strict=True)):
            report(done, len(people))
            _write_one(project.name, person, own_findings(project, person, coded), draft / name)
    report(len(people), len(people))
    return [folder / name for name in names]


def findings_of(tree: Codebook, chosen: Collection[str] | None = None) -> list[Code]:
    """What participants are asked about, in display order: the themes, or the nodes chosen.

    Where the codebook has no theme, the nodes of the highest level there is.
    """
    nodes = [tree[guid] for guid, _ in tree.walk()]
    if chosen is not None:
        return [node for node in nodes if node.guid in chosen]
    levels = {node.level for node in nodes}
    asked = Level.THEME if Level.THEME in levels else max(levels, default=Level.THEME)
    return [node for node in nodes if node.level == asked]


@dataclass(frozen=True, slots=True)
class Passages:
    """A node with the stretches coded with it or anything below, overlapping ones as one, in order."""

    node: Code
    codings: tuple[Coding, ...]


def passages(
    project: Project, nodes: Sequence[Code], coders: Collection[str] | None = None
) -> list[Passages]:
    """What ``coders`` (GUIDs; None: anybody) coded with each node and below, by transcript and place."""
    tree = project.codes.tree()
    position = {document.guid: at for at, document in enumerate(project.documents.all())}
    found = []
    for node in nodes:
        codings = project.codings.of_codes(tree.with_below([node.guid]), coders)
        codings.sort(key=lambda c: (position.get(c.document, -1), c.start, c.end))
        found.append(Passages(node, tuple(_united(codings))))
    return found


def own_findings(project: Project, person: Participant, coded: Sequence[Passages]) -> list[Finding]:
    """The findings with this participant's own words for each."""
    documents = {
        document
        for document, speakers in project.documents.all_speakers().items()
        if any(speaker.participant == person.guid for speaker in speakers)
    }
    found = []
    for passage in coded:
        own = [
            project.queries.own_words(coding, person.guid)
            for coding in passage.codings
            if coding.document in documents
        ]
        found.append(Finding(passage.node, tuple(_GAP.join(pieces) for pieces in own if pieces)))
    return found


def _united(codings: Sequence[Coding]) -> list[Coding]:
    """Codings that overlap as one, so that nobody reads the same words twice."""
    united: list[Coding] = []
    for coding in codings:
        last = united[-1] if united else None
        if last is not None and last.document == coding.document and coding.start < last.end:
            united[-1] = replace(last, end=max(last.end, coding.end))
        else:
            united.append(coding)
    return united


def _write_one(study: str, person: Participant, findings: Sequence[Finding], out: Path) -> None:
    with writing(out, TITLE) as pages:
        pages.heading(TITLE, 0)
        pages.add("Subtitle", f"{study} · {person.label}")
        for paragraph in GREETING:
            pages.add("Normal", paragraph)
        for finding in findings:
            _add_finding(pages, finding)
        pages.heading(CLOSING, 1)
        pages.add("Normal", MISSING)
        _add_field(pages, "comment:closing")
        pages.add("Normal", THANKS)


def _add_finding(pages: Pages, finding: Finding) -> None:
    pages.heading(finding.node.name, 1)
    if meaning := finding.node.definition.plain_words:
        pages.add("Normal", meaning)
    if finding.words:
        pages.add("Question", SAID)
        for words in finding.words:
            pages.add("Quote", f"“{words}”")
    else:
        pages.add("Remark", NOTHING_SAID)
    pages.add("Question", HOW_TRUE)
    pages.append(_scale(finding.node.guid))
    pages.add("Question", DIFFERENTLY)
    _add_field(pages, f"comment:{finding.node.guid}")


def _scale(guid: str) -> Any:
    """A table of four boxes that can be ticked in Word or with a pen."""
    cells = "".join(_box(guid, number, meaning) for number, meaning in enumerate(SCALE, 1))
    return parse_xml(
        f"<w:tbl {nsdecls('w')} {_W14}>{_TABLE}<w:tblGrid>{_FOUR}</w:tblGrid>"
        f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr></w:tbl>"
    )


_TABLE = (
    '<w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>'
    + "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="A6ADB8"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + '</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
)
_FOUR = '<w:gridCol w:w="2268"/>' * 4
_BOX_FONT = '<w:rPr><w:rFonts w:ascii="MS Gothic" w:eastAsia="MS Gothic" w:hAnsi="MS Gothic"/></w:rPr>'


def _box(guid: str, number: int, meaning: str) -> str:
    """One cell: a box, its number and what it means. Nothing here comes from a researcher's text."""
    return (
        '<w:tc><w:tcPr><w:tcW w:w="2268" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:keepNext/><w:spacing'
        ' w:before="60" w:after="60"/></w:pPr>'
        f'<w:sdt><w:sdtPr><w:alias w:val="{number}"/><w:tag w:val="rating:{guid}:{number}"/>'
        '<w14:checkbox><w14:checked w14:val="0"/><w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
        '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr>'
        f"<w:sdtContent><w:r>{_BOX_FONT}<w:t>☐</w:t></w:r></w:sdtContent></w:sdt>"
        f'<w:r><w:t xml:space="preserve"> {number}  {meaning}</w:t></w:r></w:p></w:tc>'
    )


def _add_field(pages: Pages, tag: str) -> None:
    """Room for a comment: a framed field to type in, or to write in by hand."""
    pages.append(
        parse_xml(
            f'<w:tbl {nsdecls("w")}>{_TABLE}<w:tblGrid><w:gridCol w:w="9072"/></w:tblGrid><w:tr><w:trPr>'
            '<w:cantSplit/><w:trHeight w:val="1700" w:hRule="atLeast"/></w:trPr><w:tc><w:tcPr>'
            '<w:tcW w:w="9072" w:type="dxa"/></w:tcPr><w:p><w:sdt><w:sdtPr><w:alias w:val="Comment"/>'
            f'<w:tag w:val="{tag}"/><w:showingPlcHdr/><w:text w:multiLine="1"/></w:sdtPr><w:sdtContent><w:r>'
            f'<w:rPr><w:color w:val="8A919C"/></w:rPr><w:t>{WRITE_HERE}</w:t></w:r></w:sdtContent></w:sdt>'
            "</w:p></w:tc></w:tr></w:tbl>"
        )
    )
    pages.add("Normal")
