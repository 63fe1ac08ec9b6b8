"""The page: a transcript as a QTextDocument whose positions are those of the text, unit for unit.

It is made in one edit block and before it has a widget, so that nothing is laid out twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import QObject
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)

from coder_app.core.model import Role, Turn
from coder_app.ui.transcript.colors import TranscriptColors, blend
from coder_app.ui.transcript.source import Source

LINE_SPACING = 1.45
"""Distance of base lines in heights of the font."""
MARGIN = 8
"""White space round the words inside the page, in pixels; the handles of a coding stand in it."""
_FIXED = QTextBlockFormat.LineHeightTypes.FixedHeight.value
_ENDS = (".", "!", "?", "\u2026", ":", '"', "\u201d", ")", "\u3002", "\u05c3")
_TIME = re.compile(r"[\[(<]?\d{1,3}(?::\d{2}){1,2}(?:[.,]\d+)?[\])>]?")


def line_pitch(font: QFont) -> int:
    """Distance of base lines in pixels; the same for every script, so that lines keep their rhythm."""
    return round(QFontMetricsF(font).height() * LINE_SPACING)


def build_document(source: Source, font: QFont, colors: TranscriptColors, parent: QObject) -> QTextDocument:
    """The page for ``source``; position n of it is UTF-16 unit n of the text."""
    document = QTextDocument(parent)
    document.setUndoRedoEnabled(False)
    document.setDocumentMargin(MARGIN)
    document.setDefaultFont(font)
    pitch = line_pitch(font)
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    cursor.setBlockFormat(_block_format(pitch))
    for start, end, form in _stretches(source, colors, font):
        cursor.insertText(source.shown[start:end], form)
    _space_blocks(cursor, source, pitch)
    cursor.endEditBlock()
    return document


def _block_format(height: int, top: float = 0.0) -> QTextBlockFormat:
    form = QTextBlockFormat()
    form.setLineHeight(height, _FIXED)
    form.setTopMargin(top)
    return form


def _space_blocks(cursor: QTextCursor, source: Source, pitch: int) -> None:
    """Space above turns and paragraphs, low empty lines, and the direction of each block."""
    blank = _block_format(round(pitch * 0.62))
    bodies = {turn.start: turn.body for turn in source.transcript.turns}
    after_blank = True
    for number, start in enumerate(source.block_starts):
        low, end = source.block_range(number)
        empty = low == end or source.text[low:end].isspace()
        above = 0.0 if after_blank or empty else _space_above(source, start, bodies)
        rtl = not empty and source.has_rtl(number)
        if empty or above or rtl:
            form = blank if empty else _block_format(pitch, round(pitch * above))
            if rtl:
                form.setLayoutDirection(source.direction(number, bodies.get(start, start)))
            cursor.setPosition(source.unit_starts[number])
            cursor.setBlockFormat(form)
        after_blank = empty


def _space_above(source: Source, start: int, bodies: dict[int, int]) -> float:
    """Space above a block in line heights: much above a turn, little above a paragraph, none in a
    sentence that the file broke into lines.
    """
    if start in bodies:
        return 0.62
    ended = source.text[max(0, start - 4) : start].rstrip().endswith(_ENDS)
    return 0.22 if ended and not source.text[start].islower() else 0.0


def _stretches(
    source: Source, colors: TranscriptColors, font: QFont
) -> Iterator[tuple[int, int, QTextCharFormat]]:
    """The text in stretches of one look each: names in their speaker's colour, time stamps small and muted,
    an interviewer's words a little softer.
    """
    plain, soft = QTextCharFormat(), _ink(blend(colors.ink, colors.muted, 0.55))
    stamp = _ink(colors.muted)
    points = font.pointSizeF() if font.pointSizeF() > 0 else font.pixelSize() * 0.75
    stamp.setFontPointSize(points * 0.84)
    names = [_name_format(ink) for ink in _speaker_inks(source, colors)]
    at = 0
    for turn in source.transcript.turns:
        if turn.start < at:
            continue
        name = plain if turn.speaker is None else names[turn.speaker]
        cuts = [(at, turn.start, plain), (turn.start, turn.body, name)]
        match = _TIME.search(source.text, turn.start, turn.body) if turn.seconds is not None else None
        if match:
            cuts[1:] = [
                (turn.start, match.start(), name),
                (*match.span(), stamp),
                (match.end(), turn.body, name),
            ]
        cuts.append((turn.body, turn.end, soft if _is_interviewer(source, turn) else plain))
        yield from (cut for cut in cuts if cut[0] < cut[1])
        at = max(turn.body, turn.end)
    yield at, len(source.text), plain


def _ink(color: str) -> QTextCharFormat:
    form = QTextCharFormat()
    form.setForeground(QColor(color))
    return form


def _name_format(color: str) -> QTextCharFormat:
    form = _ink(color)
    form.setFontWeight(QFont.Weight.DemiBold)
    return form


def _is_interviewer(source: Source, turn: Turn) -> bool:
    speaker = source.transcript.speaker_of(turn)
    return speaker is not None and speaker.role is Role.INTERVIEWER


def _speaker_inks(source: Source, colors: TranscriptColors) -> list[str]:
    """The colour of each speaker's name, by the place in ``Transcript.speakers``."""
    inks: list[str] = []
    others = 0
    for speaker in source.transcript.speakers:
        if speaker.role is Role.INTERVIEWER:
            inks.append(colors.muted)
        else:
            inks.append(colors.speakers[others % len(colors.speakers)])
            others += 1
    return inks
