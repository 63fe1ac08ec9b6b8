"""Both codes of a pair side by side: definition, counts and quotes, each of its own coder."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListView,
    QPlainTextEdit,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from coder_app.core.model import Code, Coder, Coding
from coder_app.ui.agreement.codebooks import wording
from coder_app.ui.agreement.codebooks.meetings import Covered
from coder_app.ui.codebook.delegate import CHIP, paint_chip
from coder_app.ui.codebook.fields import FIELDS
from coder_app.ui.context import Context
from coder_app.ui.retrieval.delegate import QuoteDelegate
from coder_app.ui.retrieval.model import QuotesModel
from coder_app.ui.widgets.elided import ElidedLabel
from coder_app.ui.widgets.parts import label

DEFINITION_LINES = 5


class Chip(QWidget):
    """The colour of a code; says nothing to a screen reader."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self.ctx = ctx
        self.color = ""
        self.setFixedSize(CHIP + 2, CHIP + 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.color:
            area = QRectF(1, (self.height() - CHIP) / 2, CHIP, CHIP)
            paint_chip(QPainter(self), area, QColor(self.color), self.ctx.colors.border_strong)


class DefinitionText(QPlainTextEdit):
    """What a code means, as high as it needs up to some lines; to read, and to copy from."""

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )

    def sizeHint(self) -> QSize:
        lines = 0
        block = self.document().begin()
        while block.isValid():
            lines += max(1, block.layout().lineCount())
            block = block.next()
        high = min(max(lines, 1), DEFINITION_LINES) * self.fontMetrics().lineSpacing()
        around = self.height() - self.viewport().height() if self.isVisible() else 8
        return QSize(160, high + 2 * round(self.document().documentMargin()) + max(around, 2) + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.fontMetrics().lineSpacing() + 8)

    def resizeEvent(self, event) -> None:  # type: ignore[no-untyped-def]
        super().resizeEvent(event)
        self.updateGeometry()


class CodeSide(QWidget):
    """One code as its coder has it."""

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.chip = Chip(ctx)
        self.name = ElidedLabel("strong")
        self.whose = ElidedLabel("caption")
        self.definition = DefinitionText()
        self.undefined = label(self.tr("No definition yet."), "muted")
        self.model = QuotesModel(ctx, self)
        self.quotes = QListView()
        self.quotes.setModel(self.model)
        self.quotes.setItemDelegate(QuoteDelegate(ctx, self.quotes))
        self.quotes.setUniformItemSizes(True)
        self.quotes.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.quotes.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.quotes.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.quotes.setResizeMode(QListView.ResizeMode.Adjust)
        self.quotes.setFrameShape(QFrame.Shape.NoFrame)
        self.quotes.installEventFilter(self)
        self.quotes.doubleClicked.connect(lambda _: self.open_current())
        self.none = label("", "muted", wrap=True)
        self.none.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.none.setContentsMargins(2, 6, 2, 6)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.quotes)
        self.stack.addWidget(self.none)
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self.chip)
        head.addWidget(self.name, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 6)
        column.setSpacing(3)
        column.addLayout(head)
        for widget in (self.whose, self.definition, self.undefined):
            column.addWidget(widget)
        column.addWidget(self.stack, 1)

    def put(self, coder: Coder, code: Code, path: str, codings: list[Coding]) -> None:
        """Show a code with this coder's quotes."""
        self.chip.color = code.color
        self.chip.update()
        self.name.put(code.name)
        ids = [coding.guid for coding in codings]
        documents = len({coding.document for coding in codings})
        parts = (coder.name, path, wording.counts(len(ids), documents))
        self.whose.put(" · ".join(part for part in parts if part))
        text = definition_text(code)
        self.definition.setPlainText(text)
        self.definition.setAccessibleName(self.tr("Definition of {name}").format(name=code.name))
        self.definition.setVisible(bool(text))
        self.definition.updateGeometry()
        self.undefined.setVisible(not text)
        self.model.set_ids(ids)
        self.quotes.setAccessibleName(
            self.tr("Quotes of {coder} for {name}").format(coder=coder.name, name=code.name)
        )
        if ids and not self.quotes.currentIndex().isValid():
            self.quotes.setCurrentIndex(self.model.index(0))
        self.none.setText(self.tr("{name} has no quotes of it.").format(name=coder.name))
        self.stack.setCurrentWidget(self.quotes if ids else self.none)

    def open_current(self) -> None:
        """Show the chosen quote in its transcript."""
        row = self.quotes.currentIndex().row()
        quote = self.model.quote(row) if row >= 0 else None
        if quote is not None:
            self.ctx.openPlace.emit(quote.coding.document, quote.coding.start, quote.coding.end)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                self.open_current()
                return True
        return super().eventFilter(watched, event)


class Sides(QWidget):
    """The two, with a splitter between."""

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.both = (CodeSide(ctx), CodeSide(ctx))
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        for side in self.both:
            self.splitter.addWidget(side)
            self.splitter.setStretchFactor(self.splitter.count() - 1, 1)
        self.splitter.setSizes([1000, 1000])
        self.splitter.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.splitter)

    def put(self, coders: tuple[Coder, Coder], codes: tuple[str, str], covered: Covered) -> None:
        """Show two codes (GUIDs), each with its coder's quotes."""
        tree = self.ctx.project.codes.tree()
        for side, coder, code in zip(self.both, coders, codes, strict=True):
            side.setVisible(code in tree)
            if code in tree:
                path = " › ".join(node.name for node in tree.path(code)[:-1])
                side.put(coder, tree[code], path, covered.codings(coder.guid, code))

    def again(self) -> None:
        """In another size of text."""
        for side in self.both:
            side.quotes.scheduleDelayedItemsLayout()


def definition_text(code: Code) -> str:
    """The fields that are filled, each after its label."""
    return "\n".join(
        f"{QCoreApplication.translate('Definition', title)}: {text}"
        for field, (title, _) in FIELDS.items()
        if (text := getattr(code.definition, field))
    )
