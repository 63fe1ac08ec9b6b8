"""Paints a quote: code, who and where in one line, the words below it."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from coder_app.core.model import Quote
from coder_app.ui.codebook.delegate import CHIP, paint_chip, small
from coder_app.ui.context import Context
from coder_app.ui.icons import pixmap
from coder_app.ui.retrieval.model import QUOTE_ROLE
from coder_app.ui.theme import reading_font, ui_font
from coder_app.ui.widgets.table_model import Index

MARGIN = 8
STAR = 14
LONGEST = 1200
"""Code points of a quote that are laid out; more never fits into its lines."""


class QuoteDelegate(QStyledItemDelegate):
    """Rows of one height: a line of what it is and ``lines`` lines of words."""

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.lines = 2

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        head, words = QFontMetrics(small(ui_font())), QFontMetrics(self._font())
        return QSize(200, head.height() + self.lines * words.lineSpacing() + 2 * MARGIN + 3)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        styled = QStyleOptionViewItem(option)
        style = option.widget.style() if option.widget is not None else QApplication.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, styled, painter, option.widget)
        quote = index.data(QUOTE_ROLE)
        if not isinstance(quote, Quote):
            return
        painter.save()
        area = option.rect.adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        head = self._paint_head(painter, option, area, quote)
        self._paint_words(painter, area.adjusted(0, head + 3, 0, 0), quote.text)
        colors = self.ctx.colors
        painter.setPen(QColor(colors.border))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(colors.focus))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1))
        painter.restore()

    def _paint_head(self, painter: QPainter, option: QStyleOptionViewItem, area: QRect, quote: Quote) -> int:
        """Chip and name of the code, then who said it where; returns the height."""
        colors, plain = self.ctx.colors, small(ui_font())
        strong = QFont(plain)
        strong.setWeight(QFont.Weight.DemiBold)
        height = QFontMetrics(plain).height()
        line = QRect(area.left(), area.top(), area.width(), height)
        if quote.coding.exemplar:
            ratio = painter.device().devicePixelRatio()
            star = QRect(line.right() - STAR, line.top(), STAR, STAR)
            painter.drawPixmap(_seen(option, area, star), pixmap("star", colors.warning, STAR, ratio))
            line.setRight(star.left() - MARGIN)
        code = (
            self.ctx.project.codes.tree().nodes.get(quote.coding.code or "") if self.ctx.has_project else None
        )
        if code is not None:
            chip = QRect(line.left(), line.center().y() - CHIP // 2 + 1, CHIP, CHIP)
            paint_chip(painter, QRectF(_seen(option, area, chip)), QColor(code.color), colors.border_strong)
            line.setLeft(chip.right() + 6)
        name = code.name if code is not None else self.tr("Waits for a code")
        room = line.width()
        shown = QFontMetrics(strong).elidedText(name, Qt.TextElideMode.ElideRight, room * 3 // 5)
        width = min(room, QFontMetrics(strong).horizontalAdvance(shown) + 2)
        painter.setFont(strong)
        painter.setPen(QColor(colors.text if code is not None else colors.warning))
        place = QRect(line.left(), line.top(), width, height)
        painter.drawText(_seen(option, area, place), _flags(option), shown)
        line.setLeft(place.right() + 10)
        painter.setFont(plain)
        painter.setPen(QColor(colors.muted))
        rest = QFontMetrics(plain).elidedText(self._source(quote), Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(_seen(option, area, line), _flags(option), rest)
        return height

    def _source(self, quote: Quote) -> str:
        turn = self.tr("turn {n}").format(n=quote.turn) if quote.turn else ""
        parts = (quote.participant, quote.document_title, turn, quote.coder_name)
        return "  ·  ".join(part for part in parts if part)

    def _paint_words(self, painter: QPainter, area: QRect, text: str) -> None:
        """The words in at most ``lines`` lines; the last ends with dots where there are more."""
        words = " ".join(text[:LONGEST].split())
        font = self._font()
        layout = QTextLayout(words, font)
        option = QTextOption()
        side = _side(words)
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        option.setAlignment(side)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        spacing = QFontMetrics(font).lineSpacing()
        painter.setPen(QColor(self.ctx.colors.text))
        painter.setFont(font)
        layout.beginLayout()
        for number in range(self.lines):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(area.width())
            top = area.top() + number * spacing
            more = line.textStart() + line.textLength() < _units(words)
            if number == self.lines - 1 and more:
                rest = _from_unit(words, line.textStart())
                shown = QFontMetrics(font).elidedText(rest, Qt.TextElideMode.ElideRight, area.width())
                painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
                place = QRect(area.left(), top, area.width(), spacing)
                flags = int(side.value) | int(Qt.AlignmentFlag.AlignAbsolute.value)
                painter.drawText(place, flags | int(Qt.TextFlag.TextSingleLine.value), shown)
            else:
                line.draw(painter, QPointF(area.left(), top))
        layout.endLayout()

    def _font(self) -> QFont:
        font = reading_font(self.ctx.settings.zoom)
        font.setPixelSize(max(8, font.pixelSize() - 1))
        return font


def _side(text: str) -> Qt.AlignmentFlag:
    """Where lines begin: at the right for text whose first letter is Hebrew or Arabic, say."""
    strong = next((kind for kind in map(unicodedata.bidirectional, text) if kind in ("L", "R", "AL")), "L")
    return Qt.AlignmentFlag.AlignLeft if strong == "L" else Qt.AlignmentFlag.AlignRight


def _units(text: str) -> int:
    """Length in UTF-16 units, as Qt counts."""
    return len(text) + sum(ord(c) > 0xFFFF for c in text)


def _from_unit(text: str, start: int) -> str:
    """The text from a UTF-16 unit on."""
    return text.encode("utf-16-le", "replace")[2 * start :].decode("utf-16-le", "replace")


def _seen(option: QStyleOptionViewItem, area: QRect, part: QRect) -> QRect:
    """Mirrored where the program runs from right to left."""
    return QStyle.visualRect(option.direction, area, part)


def _flags(option: QStyleOptionViewItem) -> int:
    mirrored = option.direction == Qt.LayoutDirection.RightToLeft
    side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
    flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
    return int(flags.value) | int(Qt.TextFlag.TextSingleLine.value)
