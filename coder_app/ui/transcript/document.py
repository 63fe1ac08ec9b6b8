"""The page: a transcript as a QTextDocument whose positions are those of the text, unit for unit.

The whole text goes in at once; only then turns get their space and names their weight, in one edit
block and before the document has a widget, so that nothing is laid out twice.
"""

from __future__ import annotations

import re

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
    cursor.insertText(source.shown)
    _space_blocks(cursor, source, font, pitch)
    _dress_turns(cursor, source, colors, font)
    cursor.endEditBlock()
    return document


def _block_format(height: int, top: float = 0.0) -> QTextBlockFormat:
    form = QTextBlockFormat()
    form.setLineHeight(height, _FIXED)
    form.setTopMargin(top)
    return form


def _space_blocks(cursor: QTextCursor, source: Source, font: QFont, pitch: int) -> None:
    """Space above turns and paragraphs, low empty lines, and the direction of each block."""
    blank = _block_format(round(pitch * 0.62))
    small = QTextCharFormat()
    small.setFontPointSize(max(1.0, font.pointSizeF() * 0.55))
    bodies = {turn.start: turn.body for turn in source.transcript.turns}
    after_blank = True
    for number, start in enumerate(source.block_starts):
        end = source.block_range(number)[1]
        empty = start == end or source.text[start:end].isspace()
        form = blank
        if not empty:
            form = _block_format(
                pitch, 0 if after_blank else round(pitch * _space_above(source, start, bodies))
            )
            if source.has_rtl(number):
                form.setLayoutDirection(source.direction(number, bodies.get(start, start)))
        if empty or form.topMargin() or source.has_rtl(number):
            cursor.setPosition(source.unit_starts[number])
            cursor.setBlockFormat(form)
            if empty:
                cursor.setBlockCharFormat(small)
        after_blank = empty


def _space_above(source: Source, start: int, bodies: dict[int, int]) -> float:
    """Space above a block in line heights: much above a turn, little above a paragraph, none in a
    sentence that the file broke into lines.
    """
    if start in bodies:
        return 0.62
    ended = source.text[max(0, start - 4) : start].rstrip().endswith(_ENDS)
    return 0.22 if ended and not source.text[start].islower() else 0.0


def _dress_turns(cursor: QTextCursor, source: Source, colors: TranscriptColors, font: QFont) -> None:
    """Names in their speaker's colour, time stamps small and muted, other people's words a little softer."""
    inks = _speaker_inks(source, colors)
    stamp = QTextCharFormat()
    stamp.setForeground(QColor(colors.muted))
    stamp.setFontPointSize(font.pointSizeF() * 0.84)
    soft = QTextCharFormat()
    soft.setForeground(QColor(blend(colors.ink, colors.muted, 0.55)))
    for turn in source.transcript.turns:
        if turn.speaker is not None and turn.body > turn.start:
            name = QTextCharFormat()
            name.setForeground(QColor(inks[turn.speaker]))
            name.setFontWeight(QFont.Weight.DemiBold)
            _format(cursor, source, turn.start, turn.body, name)
        if turn.seconds is not None:
            for match in _TIME.finditer(source.text, turn.start, turn.body):
                _format(cursor, source, match.start(), match.end(), stamp)
        if _is_interviewer(source, turn):
            _format(cursor, source, turn.body, turn.end, soft)


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


def _format(cursor: QTextCursor, source: Source, start: int, end: int, form: QTextCharFormat) -> None:
    cursor.setPosition(source.map.unit(start))
    cursor.setPosition(source.map.unit(end), QTextCursor.MoveMode.KeepAnchor)
    cursor.setCharFormat(form)
