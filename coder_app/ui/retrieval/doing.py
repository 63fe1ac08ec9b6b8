"""What one does with chosen quotes: recode, split, mark, copy, remove, name. Each is one step."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QApplication, QListView, QWidget

from coder_app.core.model import Quote
from coder_app.ui.codebook.ask import CodeQuestion, NameQuestion, Question
from coder_app.ui.codebook.entry import CodeEntry
from coder_app.ui.codebook.wording import counted
from coder_app.ui.context import Context
from coder_app.ui.retrieval.model import QuotesModel, attribution


class QuotesDoing(QWidget):
    """The part of ``QuotesView`` that acts; others' codings are refused by the project, which says so."""

    entry: CodeEntry

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.node = ""
        """The node whose quotes are shown; empty for none or for the unnamed passages."""
        self.unnamed = False
        self.model = QuotesModel(ctx, self)
        self.list = QListView()
        self.question: Question | None = None
        """The dialog that is open."""

    def reload(self) -> None:
        """Read which quotes there are."""
        raise NotImplementedError

    def selected(self) -> list[str]:
        """GUIDs of the chosen codings, in order."""
        rows = sorted(index.row() for index in self.list.selectionModel().selectedIndexes())
        return [self.model.ids[row] for row in rows]

    @property
    def has_quotes(self) -> bool:
        """Whether any quote is chosen."""
        return self.list.selectionModel().hasSelection()

    def open_current(self) -> None:
        """Jump to the place of the current quote."""
        row = self.list.currentIndex().row()
        quote = self.model.quote(row) if row >= 0 else None
        if quote is not None:
            self.ctx.openPlace.emit(quote.coding.document, quote.coding.start, quote.coding.end)

    def remove(self) -> None:
        """Remove the chosen codings, as one step."""
        guids = self.selected()
        if guids:
            self.ctx.run(self.ctx.project.codings.remove, guids)

    def recode(self) -> None:
        """Ask another code for the chosen quotes."""
        guids = self.selected()
        if not guids:
            return
        if self.unnamed:
            self.entry.setFocus()
            return
        self._ask(
            CodeQuestion(
                self.ctx,
                self.tr("Recode"),
                self.tr("Give {what} another code:").format(what=self._what(guids)),
                self.tr("Recode"),
                lambda code: self.ctx.project.codings.recode(guids, code),
                self,
                act_new=lambda name: self._with_new_code(guids, name),
                without=[self.node] if self._all_own_node(guids) else (),
            )
        )

    def split(self) -> None:
        """Ask a name and move the chosen quotes to a new code of that name."""
        guids = self.selected()
        if guids:
            self._ask(
                NameQuestion(
                    self.ctx,
                    self.tr("Split into a new code"),
                    self.tr("A name for the new code that takes {what}:").format(what=self._what(guids)),
                    self.tr("Split"),
                    lambda name: self.ctx.project.codes.split(guids, name),
                    self,
                )
            )

    def mark_exemplar(self) -> None:
        """Mark the chosen quotes as exemplars; where all are, take the marks away."""
        guids = self.selected()
        quotes = [quote for quote in self._quotes(guids) if quote is not None]
        if not quotes:
            return
        value = not all(quote.coding.exemplar for quote in quotes)
        self.ctx.run(self._mark_all, guids, value)

    def copy(self) -> None:
        """Copy the chosen quotes as text with who said them where."""
        quotes = self._quotes(self.selected())
        lines = [
            f"“{q.text.strip()}” ({attribution(q, self.tr('turn {n}'))})" for q in quotes if q is not None
        ]
        if lines:
            QApplication.clipboard().setText("\n\n".join(lines))
            self.ctx.message.emit(
                counted(len(lines), self.tr("{n} quote copied."), self.tr("{n} quotes copied."))
            )

    def name_with(self, code: str) -> None:
        """Give the chosen unnamed passages a code and go on to the next."""
        guids = self.selected()
        if guids and self.ctx.run(self.ctx.project.codings.name, guids, code)[0]:
            self._named()

    def name_with_new(self, name: str) -> None:
        """Make a code of that name and give it to the chosen unnamed passages, as one step."""
        guids = self.selected()
        if guids and self.ctx.run(self._with_new_code, guids, name)[0]:
            self._named()

    def _named(self) -> None:
        self.entry.clear()
        self.reload()

    def _with_new_code(self, guids: Sequence[str], name: str) -> None:
        project = self.ctx.project
        naming = all(coding.code is None for coding in project.codings.own(guids))
        with project.step(f"{'Name passage' if naming else 'Recode'}: {name}"):
            code = project.codes.add(name)
            if naming:
                project.codings.name(guids, code)
            else:
                project.codings.recode(guids, code)

    def _mark_all(self, guids: Sequence[str], value: bool) -> None:
        codings = self.ctx.project.codings
        codings.own(guids)
        with self.ctx.project.step("Mark as exemplar" if value else "Unmark exemplar"):
            for guid in guids:
                codings.set_exemplar(guid, value)

    def _quotes(self, guids: Sequence[str]) -> list[Quote | None]:
        rows = {guid: row for row, guid in enumerate(self.model.ids)}
        return [self.model.quote(rows[guid]) for guid in guids]

    def _all_own_node(self, guids: Sequence[str]) -> bool:
        return all(quote is not None and quote.coding.code == self.node for quote in self._quotes(guids))

    def _what(self, guids: Sequence[str]) -> str:
        return counted(len(guids), self.tr("this quote"), self.tr("{n} quotes"))

    def _ask(self, question: Question) -> None:
        self.question = question
        question.finished.connect(self._question_gone)
        question.open()

    def _question_gone(self) -> None:
        self.question = None
        self.list.setFocus()
