"""Word documents written paragraph by paragraph, in a few styles of our own.

python-docx makes the file and its styles; paragraphs are built directly, because its own way looks at
all that stand there already for each new one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from lxml import etree

from coder_app.formats.output import replacing
from coder_app.formats.xmltext import is_right_to_left, xml_text

_BREAKS = re.compile("([\n\t])")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_QUIET = RGBColor(0x5F, 0x67, 0x73)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one look."""

    text: str
    bold: bool = False
    italic: bool = False


class Pages:
    """A document in the making: A4, paragraphs in named styles; see `writing`."""

    def __init__(self, title: str) -> None:
        self.document: Any = Document()
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(25)
        section.top_margin = section.bottom_margin = Mm(22)
        self._set_styles()
        properties = self.document.core_properties
        properties.title, properties.author, properties.comments = xml_text(title)[:255], "", ""
        properties.created = properties.modified = datetime.now(UTC).replace(microsecond=0, tzinfo=None)
        self._end: Any = self.document.element.body.sectPr

    def _set_styles(self) -> None:
        styles = self.document.styles
        normal = styles["Normal"]
        normal.font.name, normal.font.size = "Calibri", Pt(11)
        normal.paragraph_format.space_after = Pt(6)
        quote = styles["Quote"]
        quote.font.italic = False
        quote.paragraph_format.left_indent = Mm(6)
        quote.paragraph_format.space_after = Pt(3)
        for name in ("Attribution", "Remark"):
            style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = normal
            style.font.size, style.font.color.rgb = Pt(9.5), _QUIET
            style.paragraph_format.left_indent = Mm(6)
            style.paragraph_format.space_after = Pt(10 if name == "Attribution" else 4)
        quote.paragraph_format.keep_together = True
        question = styles.add_style("Question", WD_STYLE_TYPE.PARAGRAPH)
        question.base_style, question.font.bold = normal, True
        question.paragraph_format.space_before, question.paragraph_format.space_after = Pt(10), Pt(4)
        question.paragraph_format.keep_with_next = True
        for level in range(1, 7):
            heading = styles[f"Heading {level}"]
            heading.font.color.rgb = RGBColor(0x1F, 0x2A, 0x3A)
            heading.paragraph_format.space_before = Pt(18 - 2 * level)
            heading.paragraph_format.space_after = Pt(4)

    def heading(self, text: str, level: int) -> None:
        """A heading; ``level`` 0 is the document's title, 1 the highest in its outline."""
        self.add("Title" if level == 0 else f"Heading{min(level, 6)}", text)

    def add(self, style: str, *runs: str | Run) -> Any:
        """Append a paragraph in the style of that id; returns its element.

        Line breaks and tabs of the text are kept; text that runs from right to left is set so.
        """
        paragraph = self.paragraph(style, *runs)
        self._end.addprevious(paragraph)
        return paragraph

    def append(self, element: Any) -> None:
        """Append something made elsewhere (a table)."""
        self._end.addprevious(element)

    def paragraph(self, style: str, *runs: str | Run) -> Any:
        """A paragraph that stands nowhere yet."""
        paragraph = etree.Element(qn("w:p"))
        properties = etree.SubElement(paragraph, qn("w:pPr"))
        etree.SubElement(properties, qn("w:pStyle")).set(qn("w:val"), style)
        made = [Run(run) if isinstance(run, str) else run for run in runs]
        right_to_left = is_right_to_left("".join(run.text for run in made))
        if right_to_left:
            etree.SubElement(properties, qn("w:bidi"))
        for run in made:
            _add_run(paragraph, run, right_to_left)
        return paragraph


def _add_run(paragraph: Any, run: Run, right_to_left: bool) -> None:
    element = etree.SubElement(paragraph, qn("w:r"))
    if run.bold or run.italic or right_to_left:
        look = etree.SubElement(element, qn("w:rPr"))
        for wanted, name in ((run.bold, "b"), (run.italic, "i"), (right_to_left, "rtl")):
            if wanted:
                etree.SubElement(look, qn(f"w:{name}"))
    for part in _BREAKS.split(xml_text(run.text)):
        if part == "\n":
            etree.SubElement(element, qn("w:br"))
        elif part == "\t":
            etree.SubElement(element, qn("w:tab"))
        elif part:
            text = etree.SubElement(element, qn("w:t"))
            text.text = part
            text.set(_SPACE, "preserve")


@contextmanager
def writing(out: Path, title: str) -> Iterator[Pages]:
    """A document that is saved as ``out`` when the block ends well, and leaves nothing otherwise.

    Raises UserError where ``out`` cannot be written.
    """
    with replacing(out) as draft:
        pages = Pages(title)
        yield pages
        packed = BytesIO()  # a ZIP file that meets a full disk complains once more when it is thrown away
        pages.document.save(packed)
        draft.write_bytes(packed.getbuffer())
