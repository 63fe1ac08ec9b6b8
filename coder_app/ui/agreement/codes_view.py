"""The single codes with their counts: filter, sorting, the picture of the intervals, and the passages."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from coder_app.core.model import Level
from coder_app.ui.agreement import forest, wording
from coder_app.ui.agreement.codes_model import BAR, CodesModel
from coder_app.ui.agreement.columns import Column, Kind, pictured
from coder_app.ui.agreement.figures_words import interval_text, number
from coder_app.ui.agreement.looking import Look
from coder_app.ui.agreement.number_table import NumberTable
from coder_app.ui.agreement.units import count_units
from coder_app.ui.context import Context
from coder_app.ui.icons import icons
from coder_app.ui.widgets.parts import label, tool
from coder_app.ui.widgets.table_model import Index

HEADER_PIXELS = 42
HEAD_PADDING = 20


class FilterEdit(QLineEdit):
    """Escape empties it; Down goes on to the table."""

    def __init__(self, table: QWidget) -> None:
        super().__init__()
        self._table = table

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._table.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)


class PlotHeader(QHeaderView):
    """The scale of the picture stands over its column."""

    def __init__(self, ctx: Context, model: CodesModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.ctx = ctx
        self._model = model
        self.scale = forest.Scale(0.0)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        painter.save()
        super().paintSection(painter, rect, logicalIndex)
        painter.restore()
        if self._model.columns[logicalIndex].kind is Kind.PLOT:
            painter.save()
            font = self.font()
            font.setPixelSize(max(9, round(self.fontMetrics().height() * 0.62)))
            painter.setFont(font)
            forest.draw_axis(painter, QRectF(rect), self.scale, self.ctx.colors)
            painter.restore()


class PlotDelegate(QStyledItemDelegate):
    """Draws the interval of a row; other columns are as usual."""

    def __init__(self, ctx: Context, header: PlotHeader, parent: QWidget) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self._header = header

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, CodesModel) or model.columns[index.column()].kind is not Kind.PLOT:
            super().paint(painter, option, index)
            return
        self.initStyleOption(option, index)
        option.text = ""
        option.widget.style().drawControl(
            QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget
        )
        forest.draw_bar(painter, QRectF(option.rect), index.data(BAR), self._header.scale, self.ctx.colors)


class CodesView(QWidget):
    """The filter above, the table, and what the chosen cell means below."""

    saveWanted = Signal()
    """Save the picture of the intervals."""

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.model = CodesModel(ctx, self)
        self.table = NumberTable(self.model, self.tr("Agreement of single codes"))
        header = PlotHeader(ctx, self.model, self.table)
        self.header = header
        self.table.setHorizontalHeader(header)
        header.setMinimumSectionSize(44)
        header.setFixedHeight(HEADER_PIXELS)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.table.setSortingEnabled(True)
        self.table.setItemDelegate(PlotDelegate(ctx, header, self.table))
        self.filter = FilterEdit(self.table)
        self.filter.setPlaceholderText(self.tr("Filter by name"))
        self.filter.setAccessibleName(self.tr("Filter the codes by name"))
        self.filter.setClearButtonEnabled(True)
        icons.put(
            self.filter.addAction(icons.icon("filter"), QLineEdit.ActionPosition.LeadingPosition), "filter"
        )
        self.unused = QCheckBox()
        self.unused.setToolTip(self.tr("List the codes that nobody used, too"))
        self.picture = QComboBox()
        self.picture.setAccessibleName(self.tr("Coefficient whose intervals are drawn"))
        self.picture.setToolTip(self.tr("Coefficient whose intervals are shown and drawn"))
        self.picture.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.picture.setMinimumContentsLength(6)
        self.picture.setMaximumWidth(190)
        self.picture.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.filter.setMinimumWidth(60)
        self.save = tool("export", self.tr("Save the picture of the intervals"), self.saveWanted.emit)
        self.explained = label("", "caption", wrap=True)
        self.explained.setMinimumHeight(2 * self.explained.fontMetrics().lineSpacing())
        self.explained.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.explained.setContentsMargins(10, 2, 10, 4)
        top = QHBoxLayout()
        top.setContentsMargins(8, 6, 8, 6)
        top.addWidget(self.filter, 1)
        top.addWidget(self.unused)
        top.addWidget(self.picture, 1)
        top.addWidget(self.save)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(top)
        whole.addWidget(self.table, 1)
        whole.addWidget(self.explained)
        self.setFocusProxy(self.table)
        self.filter.textChanged.connect(self.model.filter)
        self.unused.toggled.connect(self.model.show_unused)
        self.picture.currentIndexChanged.connect(self._picture_chosen)
        self.table.selectionModel().currentChanged.connect(self._explain)
        self.model.modelReset.connect(self._fit)

    def put(self, look: Look, level: Level, names: Mapping[Level, str]) -> None:
        """Show the codes of a level; the chosen cell stays where its code is still listed."""
        index = self.table.currentIndex()
        kept = (self.model.keys[index.row()], index.column()) if index.isValid() else None
        before = len(self.model.columns)
        self.model.put(look, look.line(level.key), names)
        if len(self.model.columns) != before:
            self.table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self._offer_pictures(look)
        self.unused.setText(self.tr("Unused ({n})").format(n=f"{self.model.unused:,}"))
        self.unused.setEnabled(self.model.unused > 0)
        if kept is not None and kept[0] in self.model.keys:
            self.table.setCurrentIndex(self.model.index(self.model.keys.index(kept[0]), kept[1]))

    def _offer_pictures(self, look: Look) -> None:
        self.picture.blockSignals(True)
        self.picture.clear()
        for name in pictured(look.wanted.unit, look.two):
            self.picture.addItem(wording.coefficient_name(name), name)
        self.picture.setCurrentIndex(max(0, self.picture.findData(self.model.picture)))
        self.picture.setVisible(self.picture.count() > 1)
        self.picture.blockSignals(False)

    def _picture_chosen(self) -> None:
        name = self.picture.currentData()
        if name:
            self.model.choose_picture(str(name))

    def next_picture(self) -> None:
        """The next coefficient."""
        self.picture.setCurrentIndex((self.picture.currentIndex() + 1) % max(1, self.picture.count()))

    def _fit(self) -> None:
        """Columns and scale for what is shown now."""
        self.table.set_widths([self._width(column) for column in self.model.columns])
        bars = [self.model.bar(key) for key in self.model.keys] if self.model.line is not None else []
        self.header.scale = forest.Scale.of(bars)
        self.header.update()
        self._explain(self.table.currentIndex())

    def _width(self, column: Column) -> int:
        """Of a column; more where a coder's name stands over it."""
        if column.kind is not Kind.COUNT:
            return column.width
        font = QFont(self.header.font())
        font.setBold(True)
        metrics = QFontMetrics(font)
        widest = max(metrics.horizontalAdvance(line) for line in column.head.split("\n"))
        return min(max(54, widest + HEAD_PADDING), 120)

    def _explain(self, index: QModelIndex, _before: QModelIndex | None = None) -> None:
        text = self.model.explain(index) if index.isValid() else ""
        hint = self.tr("Each count is a number of units; click it, or press Enter on it, to read them.")
        self.explained.setText(text or hint)

    def drawing(self, level: str) -> forest.Picture | None:
        """The rows as they are sorted and filtered now, as a picture to save; None without rows."""
        look, line, name = self.model.look, self.model.line, self.model.picture
        if look is None or line is None or not self.model.keys:
            return None
        rows = []
        for key in self.model.keys:
            statistic = line.codes[key].statistics.get(name)
            text = number(name, statistic) if statistic is not None else wording.DASH
            interval = interval_text(name, line.code_intervals.get(key, {}).get(name))
            shown = f"{text}  ({interval})" if interval and interval != wording.DASH else text
            rows.append((self.model.label(key), self.model.bar(key), shown))
        coefficient = wording.coefficient_name(name)
        title = self.tr("{coefficient} of each {level}").format(coefficient=coefficient, level=level.lower())
        subtitle = self.tr("{coders}; {units}").format(
            coders=", ".join(look.names), units=count_units(look.wanted.unit, look.n_units)
        )
        note = self.tr(
            "Dots are the coefficients, lines their 95 % intervals; a dash is undefined."
            " Dotted: .667 and .800 (Krippendorff)."
        )
        return forest.Picture(title, subtitle, tuple(rows), note)
