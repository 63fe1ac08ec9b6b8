"""The words of a parsed ``word/document.xml``: paragraphs in reading order, changes accepted.

What does not count is taken out of the tree first (deletions, hidden runs, second copies of pictures'
texts, phonetic guides); text boxes are put behind their paragraph; then one pass collects the words.
Source: ISO/IEC 29500-1, part 17 (WordprocessingML), transitional and strict namespaces.
"""

from __future__ import annotations

from lxml import etree

_NAMESPACES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": (
        "http://schemas.openxmlformats.org/officeDocument/2006/math"
    ),
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "http://purl.oclc.org/ooxml/officeDocument/math",
}
"""WordprocessingML -> its formulas."""

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_OFF = ("0", "false", "off")
_SPACES = str.maketrans("\t\n", "  ")
_LEFT_OUT = (
    ("footnoteReference", "footnote"),
    ("endnoteReference", "endnote"),
    ("commentReference", "comment"),
)


def words_of(root: etree._Element, name: str) -> tuple[str, list[str]] | None:
    """(text, remarks on what was left out or read otherwise), or None where ``root`` is no Word document.

    ``name`` is the file's, as it stands in a sentence. Each paragraph is a line, tables go cell by cell;
    line breaks and tabs are kept. Changes ``root``.
    """
    namespace = etree.QName(root).namespace or ""
    body = root.find(f"{{{namespace}}}body")
    if namespace not in _NAMESPACES or body is None:
        return None
    w = f"{{{namespace}}}"
    remarks = []
    for tag, word in _LEFT_OUT:
        count = sum(1 for _ in body.iter(w + tag))
        if count:
            remarks.append(f"{count} {word}{'s were' if count > 1 else ' was'} left out.")
    joined = _take_out(body, w)
    _move_text_boxes(body, w)
    remarks += _remark_on_tables(body, w, name)
    return _collected(body, w, f"{{{_NAMESPACES[namespace]}}}t", joined), remarks


def _remark_on_tables(body: etree._Element, w: str, name: str) -> list[str]:
    """A sentence where there are tables; those within another table and those without a row do not count."""
    tables = [
        table
        for table in body.iter(w + "tbl")
        if table.find(f".//{w}tr") is not None and next(table.iterancestors(w + "tbl"), None) is None
    ]
    if not tables:
        return []
    told = f"{len(tables)} tables in {name} were" if len(tables) > 1 else f"table in {name} was"
    return [f"The {told} read as text, cell by cell."]


def _take_out(body: etree._Element, w: str) -> set[etree._Element]:
    """Remove what does not count; returns the paragraphs that, their end deleted, run on into the next."""
    joined: set[etree._Element] = set()
    unwanted = list(body.iter(w + "rt"))
    for change in body.iter(w + "del", w + "moveFrom"):
        parent = change.getparent()
        holder = None if parent is None else parent.getparent()
        if parent is None or holder is None or parent.tag not in (w + "rPr", w + "trPr"):
            unwanted.append(change)
        elif parent.tag == w + "trPr":
            unwanted.append(holder)
        elif holder.tag == w + "pPr" and (paragraph := holder.getparent()) is not None:
            joined.add(paragraph)
    for hidden in body.iter(w + "vanish"):
        properties = hidden.getparent()
        run = None if properties is None else properties.getparent()
        if run is not None and run.tag == w + "r" and hidden.get(w + "val") not in _OFF:
            unwanted.append(run)
    for alternative in body.iter(_MC + "AlternateContent"):
        choices = alternative.findall(_MC + "Choice")
        if choices:
            unwanted += choices[1:] + alternative.findall(_MC + "Fallback")
    for element in unwanted:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    return joined


def _move_text_boxes(body: etree._Element, w: str) -> None:
    """Put the paragraphs of each text box behind the outermost paragraph that holds it."""
    boxes = list(body.iter(w + "txbxContent"))
    for box in reversed(boxes):
        holders = list(box.iterancestors(w + "p"))
        parent = box.getparent()
        if not holders or parent is None:
            continue
        parent.remove(box)
        for paragraph in reversed(list(box)):
            holders[-1].addnext(paragraph)


def _collected(body: etree._Element, w: str, formula: str, joined: set[etree._Element]) -> str:
    paragraph, words, tab, line = w + "p", w + "t", w + "tab", w + "br"
    others = {w + "cr": "\n", w + "ptab": "\t", w + "noBreakHyphen": "\u2011", w + "softHyphen": "\u00ad"}
    parts: list[str] = []
    runs_on = True
    for element in body.iter(words, paragraph, tab, line, formula, *others):
        tag = element.tag
        if tag in (words, formula):
            said = element.text or ""
            parts.append(said.translate(_SPACES) if "\n" in said or "\t" in said else said)
        elif tag == paragraph:
            if not runs_on:
                parts.append("\n")
            runs_on = element in joined
        elif tag == tab:
            parent = element.getparent()
            if parent is not None and parent.tag == w + "r":  # elsewhere it defines a tab stop
                parts.append("\t")
        elif tag == line:
            parts.append("" if element.get(w + "type") in ("page", "column") else "\n")
        else:
            parts.append(others[str(tag)])
    return "".join(parts)
