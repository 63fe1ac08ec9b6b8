"""Asking for the comparison: whose codebooks, whether they may be seen, and what becomes of the question."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QSplitter, QWidget
from shiboken6 import isValid

from coder_app.core.errors import UserError
from coder_app.project.lookalikes import Compared
from coder_app.ui.agreement.codebooks.doing import CodebooksDoing
from coder_app.ui.agreement.codebooks.looking import compare
from coder_app.ui.agreement.settle.freezing import unmeasured
from coder_app.ui.agreement.settle.gate import may_look
from coder_app.ui.agreement.standing import likely_pair


class CodebooksAsking(CodebooksDoing):
    """The section makes the widgets and shows the answer."""

    open_sheet: QWidget
    splitter: QSplitter
    headline: QLabel
    waiting: QLabel
    failed: QLabel
    _patience: QTimer
    _figures_pair: tuple[str, str] | None = None

    def _answered(self, compared: Compared) -> None:
        """Show the answer."""
        raise NotImplementedError

    def _clear(self) -> None:
        """Show no comparison."""
        raise NotImplementedError

    def _first_pair(self) -> tuple[str, str] | None:
        """Who is compared at first: those of the figures, else the likeliest two."""
        self._figures_pair = self._pair_of_figures()
        return self._figures_pair or likely_pair(self.ctx.project)

    def _pair_of_figures(self) -> tuple[str, str] | None:
        """The first two coders that the figures compare."""
        known = {coder.guid for coder in self.ctx.project.coders.all()}
        wanted = self.desk.wanted
        if wanted is None or len(wanted.coders) < 2 or not known.issuperset(wanted.coders[:2]):
            return None
        return wanted.coders[0], wanted.coders[1]

    def _follow_figures(self) -> None:
        """Where other coders were chosen for the figures since, compare these."""
        pair = self._pair_of_figures()
        if pair is None or pair == self._figures_pair:
            return
        self._figures_pair = pair
        if set(pair) != set(self.choosing.pair):
            self.choosing.choose(pair)

    def _coders_chosen(self) -> None:
        self._clear()
        self._ask_again()

    def _ask_again(self) -> None:
        """Compare the two codebooks, where the other's work may be seen."""
        if not self._may_see():
            self._forget(self.closed)
            return
        self.whole.setCurrentWidget(self.open_sheet)
        self._patience.start()
        self.ctx.work.in_thread(
            self.tr("Comparing codebooks"),
            partial(compare, self.ctx.project.snapshot(), *self.choosing.pair),
            self._answered,
            key="codebooks",
            failed=self._failed,
            cancelled=self._stopped,
        )

    def _may_see(self) -> bool:
        """Whether nothing must be asked before the others' codings are shown."""
        project = self.ctx.project
        if project.read_only or (project.guid, project.coders.current.guid) in self.ctx.looked:
            return True
        unseen = unmeasured(project, self.choosing.pair, self._documents())
        names = ", ".join(coder.name for coder in unseen)
        self.closed.say(
            self.tr(
                "Comparing codebooks shows what {names} coded. Before that, a round can keep the agreement as"
                " it is now, while nobody has seen the other's work."
            ).format(names=names)
        )
        return not unseen

    def _documents(self) -> list[str]:
        return list(self.ctx.project.lookalikes.documents_of_both(*self.choosing.pair))

    def ask_to_look(self) -> None:
        """Ask for a round, then compare."""
        may_look(self, self.ctx, self.choosing.pair, self._documents(), self._look)

    def _look(self) -> None:
        self._ask_again()
        self.enter()

    def _failed(self, error: UserError) -> None:
        self._settled(str(error))
        self._clear()

    def _stopped(self) -> None:
        """Cancelled by the user, or dropped for a newer question, which then is under way."""
        asked_again = any(job.key == "codebooks" for job in self.ctx.work.jobs)
        if asked_again or not self.ctx.has_project or not isValid(self):
            return
        self._settled("")
        if self.compared is None and self.whole.currentWidget() is self.open_sheet:
            self.closed.say(self.tr("The comparison was stopped."))
            self.whole.setCurrentWidget(self.closed)
            self.update_actions()

    def _settled(self, problem: str) -> None:
        self._patience.stop()
        self.waiting.hide()
        self.failed.setText(problem)
        self.failed.setVisible(bool(problem))
        self.splitter.setVisible(not problem)
        self.headline.setVisible(not problem)

    def _forget(self, instead: QWidget) -> None:
        """No comparison; show something else."""
        for job in self.ctx.work.jobs:
            if job.key == "codebooks":
                job.cancel()
        self._settled("")
        self._clear()
        self.whole.setCurrentWidget(instead)
