"""What colleagues' copies bring: groups of sentences, and below them the whole of the one looked at."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QPlainTextEdit,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from coder_app.project import deciding
from coder_app.project.deciding import Fate
from coder_app.project.merge_report import Matched, MergeReport
from coder_app.ui.codebook.wording import short
from coder_app.ui.context import Context
from coder_app.ui.sharing.jobs import Differing, Previewed
from coder_app.ui.sharing.report_model import Insight, Line, groups, mark
from coder_app.ui.trail.eyes import eyes_of
from coder_app.ui.widgets.parts import breakable, label

SIZE = (780, 540)
"""Pixels, where the screen has room for them."""
DETAIL_LINES = 5


def insight_into(
    ctx: Context,
    reports: Sequence[MergeReport],
    differing: Mapping[str, tuple[Differing, ...]] | None = None,
    *,
    done: bool,
) -> Insight:
    """What is known beside the reports: above all what may not be told to who works blind."""
    eyes = eyes_of(ctx)
    conflicts = [conflict for report in reports for conflict in report.conflicts]
    hidden = deciding.hidden(ctx.project, conflicts, eyes) if eyes is not None else ()
    return Insight(eyes is not None, frozenset(hidden), differing or {}, done)


class ReportList(QTreeWidget):
    """Groups and their lines. Enter is told where ``takes_enter`` is set, else the dialog hears it."""

    entered = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.takes_enter = False
        self.setHeaderHidden(True)
        self.setColumnCount(1)
        self.setIndentation(16)
        self.setUniformRowHeights(True)
        self.setAccessibleName(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.takes_enter and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class MergeDialog(QDialog):
    """What is common to the preview and the report afterwards."""

    done_already = False

    def __init__(self, parent: QWidget | None, ctx: Context, title: str) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.reports: list[MergeReport] = []
        self.insight = Insight()
        self.lines: list[tuple[QTreeWidgetItem, Line]] = []
        self.setWindowTitle(title)
        self.setMinimumWidth(440)
        self.heading = label("", "heading", wrap=True)
        self.explanation = label("", "muted", wrap=True)
        self.list = ReportList(title)
        self.detail = QPlainTextEdit()
        self.detail.setReadOnly(True)
        self.detail.setTabChangesFocus(True)
        self.detail.setAccessibleName(self.tr("The whole of it"))
        self.detail.setPlaceholderText(self.tr("Choose a line to read the whole of it."))
        self.list.setMinimumHeight(60)
        line = self.detail.fontMetrics().lineSpacing()
        self.detail.setMinimumHeight(2 * line + 16)
        self.parts = QSplitter(Qt.Orientation.Vertical)
        self.parts.setChildrenCollapsible(False)
        self.parts.setHandleWidth(10)
        for part in (self.list, self.detail):
            self.parts.addWidget(part)
        self.parts.setSizes([SIZE[1] // 2, DETAIL_LINES * line + 20])
        self.buttons = QDialogButtonBox()
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(20, 16, 20, 14)
        self.column.setSpacing(10)
        self.column.addWidget(self.heading)
        self.column.addWidget(self.explanation)
        self.column.addWidget(self.parts, 1)
        self.column.addWidget(self.buttons)
        self.list.currentItemChanged.connect(lambda *_: self.look())

    def show_reports(self, reports: Sequence[MergeReport], insight: Insight) -> None:
        """Fill the dialog."""
        self.reports, self.insight = list(reports), insight
        bold = QFont(self.font())
        bold.setBold(True)
        self.lines = []
        self.list.clear()
        for group in groups(reports, insight):
            top = QTreeWidgetItem([group.title])
            top.setFont(0, bold)
            for line in group.lines:
                item = QTreeWidgetItem(top, [line.text])
                self.lines.append((item, line))
            self.list.addTopLevelItem(top)
        self.list.expandAll()
        first = self.list.topLevelItem(0)
        if first is not None:
            self.list.setCurrentItem(first.child(0) or first)
        self.look()

    def fit(self) -> None:
        """Take the size that the screen has room for; where there is no news, as little as that needs."""
        self.parts.setVisible(self.is_news)
        room = self.screen().availableGeometry().adjusted(0, 0, -20, -40)
        width, height = SIZE
        if not self.is_news:
            width = width * 2 // 3
            height = self.column.totalHeightForWidth(width)
        self.resize(QSize(width, height).boundedTo(room.size()))

    def show_fates(self, fates: dict[object, Fate]) -> None:
        """Mark what is decided."""
        muted = QBrush(QColor(self.ctx.colors.muted))
        for item, line in self.lines:
            fate = fates.get(line.about, Fate.OPEN) if line.about is not None else Fate.OPEN
            item.setText(0, mark(fate, line))
            item.setForeground(0, muted if fate is not Fate.OPEN or line.hidden else QBrush())

    @property
    def files(self) -> str:
        """The names of the copies."""
        return ", ".join(f"“{breakable(short(report.source, 60))}”" for report in self.reports)

    @property
    def is_news(self) -> bool:
        return any(report.steps or report.guid for report in self.reports)

    @property
    def line(self) -> Line | None:
        """The line that is looked at."""
        current = self.list.currentItem()
        return next((line for item, line in self.lines if item is current), None)

    def look(self) -> None:
        """Show the whole of the line looked at, which may be too long for the list."""
        line = self.line
        self.detail.setPlainText((line.detail or line.text) if line is not None else "")


class PreviewDialog(MergeDialog):
    """Before anything changes. Codes taken to be the same can be unchecked: ``separate``."""

    def __init__(
        self, parent: QWidget | None, ctx: Context, found: Previewed, separate: Collection[str]
    ) -> None:
        super().__init__(parent, ctx, "")
        self.setWindowTitle(self.tr("Bring in a colleague's copy"))
        self.list.setAccessibleName(self.windowTitle())
        self.show_reports(found.reports, insight_into(ctx, found.reports, found.differing, done=False))
        for item, line in self.lines:
            if isinstance(line.about, Matched):
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                own = line.about.theirs in separate
                item.setCheckState(0, Qt.CheckState.Unchecked if own else Qt.CheckState.Checked)
        self.show_fates({})
        self._say()
        box = self.buttons
        if self.is_news:
            self.accept_button = box.addButton(self.tr("&Bring in"), QDialogButtonBox.ButtonRole.AcceptRole)
            self.accept_button.setDefault(True)
            box.addButton(QDialogButtonBox.StandardButton.Cancel)
        else:
            box.addButton(QDialogButtonBox.StandardButton.Close)
        self.fit()
        if self.is_news:
            self.list.setFocus()

    def _say(self) -> None:
        if self.is_news:
            self.heading.setText(self.tr("What {files} would bring").format(files=self.files))
            self.explanation.setText(
                self.tr("Nothing is changed yet. A backup is made before, and one action brings it back.")
            )
        else:
            self.heading.setText(self.tr("{files}: nothing new").format(files=self.files))
            self.explanation.setText(self.tr("Everything in it is in this project already."))

    @property
    def separate(self) -> frozenset[str]:
        """Codes (GUIDs of theirs) that were unchecked: they stay their maker's own."""
        return frozenset(
            line.about.theirs
            for item, line in self.lines
            if isinstance(line.about, Matched) and item.checkState(0) is Qt.CheckState.Unchecked
        )
