"""The questions about codes: a name, another code, and what deleting does. A refusal is shown where it
was caused, and nothing typed is lost by it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from coder_app.core.errors import UserError
from coder_app.ui.codebook.entry import CodeEntry
from coder_app.ui.codebook.wording import short
from coder_app.ui.context import Context
from coder_app.ui.widgets.parts import button, label


class Question(QDialog):
    """A small dialog: words, one thing to fill in, the button that does it, Cancel."""

    def __init__(self, ctx: Context, title: str, text: str, do: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(400)
        self.words = label(text, wrap=True)
        self.problem = label("", "problem", wrap=True)
        self.problem.hide()
        self.do = button(do, self.submit, kind="primary")
        self.do.setDefault(True)
        self.cancel = button(self.tr("Cancel"), self.reject)
        self.cancel.setAutoDefault(False)
        self.body = QVBoxLayout()
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.do)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(12)
        column.addWidget(self.words)
        column.addLayout(self.body)
        column.addWidget(self.problem)
        column.addLayout(buttons)

    def submit(self) -> None:
        """Do it; stays open with the reason where it cannot be done."""
        try:
            self.carry_out()
        except UserError as error:
            self.problem.setText(str(error))
            self.problem.show()
            self.ctx.spread()
            return
        self.ctx.spread()
        self.accept()

    def carry_out(self) -> None:
        """What the button does; raises UserError."""
        raise NotImplementedError


class NameQuestion(Question):
    """Asks a name. ``act`` gets it and may raise UserError."""

    def __init__(
        self,
        ctx: Context,
        title: str,
        text: str,
        do: str,
        act: Callable[[str], object],
        parent: QWidget,
        *,
        name: str = "",
    ) -> None:
        super().__init__(ctx, title, text, do, parent)
        self.act = act
        self.name = QLineEdit(name)
        self.name.setAccessibleName(self.tr("Name"))
        self.name.selectAll()
        self.name.textChanged.connect(lambda _: self._look())
        self.body.addWidget(self.name)
        self.name.setFocus()
        self._look()

    def _look(self) -> None:
        self.do.setEnabled(bool(self.name.text().strip()))
        self.problem.hide()

    def carry_out(self) -> None:
        self.act(self.name.text())


class CodeQuestion(Question):
    """Asks a code by its first letters. ``act`` gets its GUID, ``act_new`` (if given) a new code's name."""

    def __init__(
        self,
        ctx: Context,
        title: str,
        text: str,
        do: str,
        act: Callable[[str], object],
        parent: QWidget,
        *,
        act_new: Callable[[str], object] | None = None,
        without: Collection[str] = (),
    ) -> None:
        super().__init__(ctx, title, text, do, parent)
        self.act, self.act_new = act, act_new
        self._chosen: Callable[[], object] | None = None
        self.entry = CodeEntry(ctx, new_allowed=act_new is not None, without=frozenset(without))
        self.entry.codeEntered.connect(self._take)
        self.entry.nameEntered.connect(self._take_new)
        self.entry.textEdited.connect(lambda _: self.problem.hide())
        self.body.addWidget(self.entry)
        self.do.setAutoDefault(False)
        self.do.setDefault(False)
        self.do.clicked.disconnect()
        self.do.clicked.connect(self.entry.submit)
        self.entry.setFocus()

    def _take(self, guid: str) -> None:
        self.entry.setText(self.ctx.project.codes.tree()[guid].name)
        self._chosen = lambda: self.act(guid)
        self.submit()

    def _take_new(self, name: str) -> None:
        act = self.act_new
        if act is not None:
            self._chosen = lambda: act(name)
            self.submit()

    def carry_out(self) -> None:
        if self._chosen is not None:
            self._chosen()


class DeleteQuestion(Question):
    """Tells what deleting does and, where something lies below, asks what becomes of it."""

    def __init__(self, ctx: Context, guids: list[str], parent: QWidget) -> None:
        tree = ctx.project.codes.tree()
        name = short(tree[guids[0]].name, 60)
        several = len(guids) > 1
        super().__init__(ctx, "", "", "", parent)
        self.setWindowTitle(self.tr("Delete from the codebook"))
        self.words.setText(
            self.tr("Delete {n} nodes?").format(n=len(guids))
            if several
            else self.tr("Delete “{name}”?").format(name=name)
        )
        self.words.setProperty("kind", "heading")
        self.do.setText(self.tr("Delete"))
        self.do.setAccessibleName(self.tr("Delete"))
        self.guids = guids
        self.up = QRadioButton(self.tr("Move what is below up"))
        self.below = QRadioButton(self.tr("Delete everything below too"))
        self.up.setChecked(True)
        self.told = label("", wrap=True)
        self.told.setMinimumHeight(self.fontMetrics().lineSpacing() * 3)
        self.told.setAlignment(Qt.AlignmentFlag.AlignTop)
        chosen = set(guids)
        self.asks = any(child not in chosen for guid in guids for child in tree.children(guid))
        for way in (self.up, self.below):
            way.setVisible(self.asks)
            way.toggled.connect(lambda _: self._tell())
            self.body.addWidget(way)
        self.body.addWidget(self.told)
        self.body.addWidget(label(self.tr("Undo brings everything back."), "caption"))
        self._tell()
        (self.up if self.asks else self.do).setFocus()

    def _tell(self) -> None:
        self.told.setText(self.ctx.project.codes.consequences(self.guids, below=self.below.isChecked()))

    def carry_out(self) -> None:
        self.ctx.project.codes.delete(self.guids, below=self.below.isChecked())
