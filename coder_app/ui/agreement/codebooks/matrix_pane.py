"""The matrix with what it shows above it, and how much of it there is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from coder_app.core.model import Level
from coder_app.project.lookalikes import Compared
from coder_app.ui.agreement.codebooks import wording
from coder_app.ui.agreement.codebooks.matrix_model import MatrixModel, Measure
from coder_app.ui.agreement.codebooks.matrix_view import MatrixTable
from coder_app.ui.context import Context
from coder_app.ui.widgets.elided import ElidedLabel
from coder_app.ui.widgets.parts import label


class MatrixPane(QWidget):
    """Measure, order, matrix."""

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = MatrixModel(self)
        self.table = MatrixTable(ctx, self.model)
        self.measure = QComboBox()
        self.measure.setAccessibleName(self.tr("What the numbers are percent of"))
        self.measure.addItem(self.tr("% of the text of either"), Measure.EITHER)
        self.measure.addItem(self.tr("% of the smaller code's text"), Measure.SMALLER)
        self.diagonal = QCheckBox(self.tr("Best matches on the diagonal"))
        self.diagonal.setChecked(True)
        self.caption = ElidedLabel("caption")
        self.empty = label("", "muted", wrap=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.empty.setContentsMargins(24, 28, 24, 12)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        top = QHBoxLayout()
        top.setContentsMargins(8, 6, 8, 6)
        top.setSpacing(10)
        top.addWidget(self.measure)
        top.addWidget(self.diagonal)
        top.addWidget(self.caption, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.stack, 1)
        self.setFocusProxy(self.table)
        self.measure.currentIndexChanged.connect(lambda: self.again())
        self.diagonal.toggled.connect(lambda: self.again())

    def put(self, compared: Compared | None, level: Level | None, words: str) -> None:
        """Show an answer at a level (None: codes), with the cursor on the same codes as before."""
        kept = self.table.current()
        self.model.level = Level.CODE if level is None else level
        self.model.words = words
        self.model.measure = Measure(self.measure.currentData())
        self.model.diagonal = self.diagonal.isChecked()
        self.model.put(compared)
        if kept is not None:
            self.table.choose(*kept)
        self._tell()

    def again(self) -> None:
        """Measure, order or filter has changed."""
        compared = self.model.compared
        self.put(compared, self.model.level, self.model.words)

    def _tell(self) -> None:
        """How much there is, or why there is nothing."""
        model, compared = self.model, self.model.compared
        there = bool(model.rows and model.columns)
        self.stack.setCurrentWidget(self.table if there else self.empty)
        if compared is None:
            return
        one, other = (side.coder.name for side in compared.sides)
        if there:
            self.caption.put(
                self.tr(
                    "Rows: {m} of {first}. Columns: {n} of {second}. Codes without quotes are left out."
                ).format(m=f"{len(model.rows):,}", n=f"{len(model.columns):,}", first=one, second=other)
            )
        else:
            self.caption.put("")
            missing = other if model.rows else one
            self.empty.setText(
                self.tr(
                    "{name} has no quotes on this level in the transcripts that both worked on, so there is"
                    " nothing to lay side by side."
                ).format(name=missing)
                if compared.documents
                else self.tr("There is no transcript yet on which both {first} and {second} worked.").format(
                    first=one, second=other
                )
            )

    def as_text(self) -> str:
        """Lines of cells separated by tabs, ready for a spreadsheet; names above and in front."""
        model = self.model
        across = Qt.Orientation.Horizontal
        names = [str(model.headerData(n, across)) for n in range(model.columnCount())]
        lines = ["\t".join(_cells(["", *names]))]
        for row in range(model.rowCount()):
            name = str(model.headerData(row, Qt.Orientation.Vertical))
            shares = [
                wording.percent(model.measure.of(model.overlap(model.index(row, column)))).replace(
                    "\u00a0", " "
                )
                for column in range(model.columnCount())
            ]
            lines.append("\t".join([*_cells([name]), *shares]))
        return "\n".join(lines) + "\n"


def _cells(texts: list[str]) -> list[str]:
    """On one line each; what a spreadsheet would take for a formula is kept as text by an apostrophe."""
    flat = [" ".join(text.split()) for text in texts]
    return [f"'{text}" if text[:1] in ("=", "+", "-", "@") else text for text in flat]
