"""The findings that participants are asked about, each with its plain words to write right here."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from coder_app.core.model import Code
from coder_app.ui.codebook.delegate import paint_chip
from coder_app.ui.context import Context
from coder_app.ui.memos.editor import MemoEditor
from coder_app.ui.widgets.parts import button, label


class Chip(QWidget):
    """The colour of a node; says nothing to a screen reader."""

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.color = "#888888"
        self.setFixedSize(QSize(12, 12))
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_chip(painter, self.rect().toRectF(), QColor(self.color), self.ctx.colors.border_strong)
        painter.end()


class _Name(QLabel):
    """A name that wraps, and that a click answers as it does on the box before it."""

    clicked = Signal()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()


class FindingCard(QFrame):
    """One finding: asked about or not, its name, and its plain words."""

    left = Signal(object)
    """The words of this card were left."""
    typed = Signal()
    toggled = Signal(str, bool)
    """(node, whether it is asked about)."""

    def __init__(self, ctx: Context, node: Code, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.node = node
        self._saved = ""
        self.setProperty("kind", "card")
        self.box = QCheckBox()
        self.box.setFixedWidth(24)
        self.chip = Chip(ctx)
        self.name = _Name()
        self.name.setTextFormat(Qt.TextFormat.PlainText)
        self.name.setProperty("kind", "strong")
        self.name.setWordWrap(True)
        self.name.setMinimumWidth(40)
        self.editor = MemoEditor()
        self.state = label("", "caption", wrap=True)
        self.start = button(self.tr("Start from the definition"), self.start_from_definition, kind="flat")
        top = QHBoxLayout()
        top.setSpacing(6)
        for widget, stretch in ((self.box, 0), (self.chip, 0), (self.name, 1)):
            top.addWidget(widget, stretch)
        below = QHBoxLayout()
        below.addWidget(self.state, 1)
        below.addWidget(self.start)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(4)
        column.addLayout(top)
        column.addWidget(self.editor)
        column.addLayout(below)
        self.name.clicked.connect(self.box.click)
        self.box.toggled.connect(lambda on: self.toggled.emit(self.node.guid, on))
        self.editor.left.connect(lambda: self.left.emit(self))
        self.editor.textChanged.connect(self._typed)

    @property
    def text(self) -> str:
        return self.editor.text.strip()

    @property
    def dirty(self) -> bool:
        """Whether something was typed that the project does not hold yet."""
        return not self.editor.isReadOnly() and self.text != self._saved

    def put(self, node: Code, *, asked: bool, writable: bool) -> None:
        """Show the node as it is now; what is being typed stays."""
        self.node = node
        plain = node.definition.plain.strip()
        if not self.dirty and plain != self.text:
            self.editor.put(plain)
        self._saved = plain
        self.chip.color = node.color
        self.chip.update()
        self.name.setText(node.name)
        self.box.setAccessibleName(self.tr("Ask about {finding}").format(finding=node.name))
        self.box.blockSignals(True)
        self.box.setChecked(asked)
        self.box.blockSignals(False)
        self.editor.setReadOnly(not writable)
        self.editor.setAccessibleName(self.tr("Plain words for {finding}").format(finding=node.name))
        definition = self.definition
        self.editor.setPlaceholderText(definition or self.tr("Say it as you would to a participant."))
        self._show_state()

    def put_saved(self, node: Code) -> None:
        """What was typed is in the project now."""
        self.node, self._saved = node, node.definition.plain.strip()

    @property
    def definition(self) -> str:
        """What stands in where there are no plain words."""
        return self.node.definition.short or self.node.definition.full

    def start_from_definition(self) -> None:
        """Take the definition over, to be put into plain words."""
        self.editor.setPlainText(self.definition)
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.editor.selectAll()

    def _typed(self) -> None:
        self._show_state()
        self.typed.emit()

    def _show_state(self) -> None:
        empty = not self.text
        words = (
            self.tr("No plain words yet") if self.definition else self.tr("Nothing says what it means yet")
        )
        self.state.setText(words)
        self.state.setVisible(empty)
        self.start.setVisible(empty and bool(self.definition) and not self.editor.isReadOnly())


class FindingsList(QScrollArea):
    """A card for each finding in the order of the codebook."""

    cardLeft = Signal(object)
    typed = Signal()
    chosenChanged = Signal()

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.cards: list[FindingCard] = []
        self.left_out: set[str] = set()
        """GUIDs of findings that are not asked about."""
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 6, 0)
        self._column.setSpacing(8)
        self._column.addStretch(1)
        self.setWidget(inner)

    @property
    def chosen(self) -> list[FindingCard]:
        """Cards of the findings asked about, in order."""
        return [card for card in self.cards if card.node.guid not in self.left_out]

    def put(self, nodes: Sequence[Code]) -> None:
        """Show these nodes; the choice and what is being typed stay."""
        self.left_out &= {node.guid for node in nodes}
        if [node.guid for node in nodes] != [card.node.guid for card in self.cards]:
            self._rebuild(nodes)
        for card, node in zip(self.cards, nodes, strict=True):
            card.put(node, asked=node.guid not in self.left_out, writable=self.ctx.writable)

    def _rebuild(self, nodes: Sequence[Code]) -> None:
        known = {card.node.guid: card for card in self.cards}
        for card in self.cards:
            self._column.removeWidget(card)
        self.cards = [known.pop(node.guid) if node.guid in known else self._make(node) for node in nodes]
        for card in known.values():
            card.blockSignals(True)
            card.hide()
            card.deleteLater()
        before: QWidget | None = None
        for at, card in enumerate(self.cards):
            self._column.insertWidget(at, card)
            card.show()
            if before is not None:
                QWidget.setTabOrder(before, card.box)
            before = card.start

    def _make(self, node: Code) -> FindingCard:
        card = FindingCard(self.ctx, node)
        QWidget.setTabOrder(card.box, card.editor)
        QWidget.setTabOrder(card.editor, card.start)
        card.left.connect(self.cardLeft)
        card.typed.connect(self.typed)
        card.toggled.connect(self._toggled)
        return card

    def _toggled(self, guid: str, on: bool) -> None:
        if on:
            self.left_out.discard(guid)
        else:
            self.left_out.add(guid)
        self.chosenChanged.emit()
