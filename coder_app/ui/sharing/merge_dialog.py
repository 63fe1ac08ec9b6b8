"""What a colleague's copy would bring, before anything changes; and afterwards what it brought."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from coder_app.project.merge_report import Conflict, MergeReport
from coder_app.ui.sharing.report_model import groups
from coder_app.ui.widgets.parts import label

_CONFLICT = Qt.ItemDataRole.UserRole


class MergeDialog(QDialog):
    """The reports as groups of sentences, with what can be done about them."""

    takeBackWanted = Signal()
    otherValueWanted = Signal(object)
    """The conflict that is to be decided the other way."""

    def __init__(self, parent: QWidget | None, reports: Sequence[MergeReport], *, done: bool) -> None:
        super().__init__(parent)
        self.reports, self.done_already = list(reports), done
        self.setWindowTitle(self.tr("Brought in") if done else self.tr("Bring in a colleague's copy"))
        self.setMinimumSize(520, 300)
        self.resize(720, 480)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        column.addWidget(label(self._heading(), "heading", wrap=True))
        column.addWidget(label(self._explanation(), "muted", wrap=True))
        self.list = QTreeWidget()
        self.list.setHeaderHidden(True)
        self.list.setColumnCount(1)
        self.list.setIndentation(14)
        self.list.setAccessibleName(self.windowTitle())
        self._fill()
        column.addWidget(self.list, 1)
        self.whole = label("", wrap=True)
        self.whole.setMinimumHeight(2 * self.whole.fontMetrics().lineSpacing())
        column.addWidget(self.whole)
        column.addWidget(self._make_buttons())
        self.list.currentItemChanged.connect(lambda *_: self._look())
        self._look()

    def _heading(self) -> str:
        names = ", ".join(f"“{report.source}”" for report in self.reports)
        if not self.is_news:
            return self.tr("{files}: nothing new").format(files=names)
        verb = (
            self.tr("What came in from {files}") if self.done_already else self.tr("What {files} would bring")
        )
        return verb.format(files=names)

    def _explanation(self) -> str:
        if not self.is_news:
            return self.tr("Everything in it is in this project already.")
        if self.done_already:
            return self.tr(
                "Nobody's codings were lost or changed. A backup was made before; “Take back” brings it back."
            )
        return self.tr("Nothing is changed yet. A backup is made before, and one action brings it back.")

    def _fill(self) -> None:
        bold = QFont(self.font())
        bold.setBold(True)
        for group in groups(self.reports):
            top = QTreeWidgetItem(self.list, [group.title])
            top.setFont(0, bold)
            for line in group.lines:
                item = QTreeWidgetItem(top, [line.text])
                item.setToolTip(0, line.text)
                item.setData(0, _CONFLICT, line.conflict)
        self.list.expandAll()
        first = self.list.topLevelItem(0)
        if first is not None:
            self.list.setCurrentItem(first)

    def _make_buttons(self) -> QDialogButtonBox:
        self.buttons = QDialogButtonBox()
        role = QDialogButtonBox.ButtonRole
        if self.done_already:
            self.other = self.buttons.addButton(self.tr("Let the &other value stand"), role.ActionRole)
            self.other.clicked.connect(self._choose_other)
            self.back = self.buttons.addButton(self.tr("&Take back…"), role.ActionRole)
            self.back.clicked.connect(self.takeBackWanted)
            self.back.setEnabled(any(report.backup for report in self.reports))
            self.buttons.addButton(QDialogButtonBox.StandardButton.Close)
        elif self.is_news:
            self.accept_button = self.buttons.addButton(self.tr("&Bring in"), role.AcceptRole)
            self.accept_button.setDefault(True)
            self.buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        else:
            self.buttons.addButton(QDialogButtonBox.StandardButton.Close)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        return self.buttons

    @property
    def is_news(self) -> bool:
        return any(report.steps or report.guid for report in self.reports)

    @property
    def conflict(self) -> Conflict | None:
        """The conflict that is looked at."""
        item = self.list.currentItem()
        return item.data(0, _CONFLICT) if item is not None else None

    def _look(self) -> None:
        """Show the whole of the line looked at, which may be too long for the list."""
        item = self.list.currentItem()
        self.whole.setText(item.text(0) if item is not None and item.parent() is not None else "")
        if self.done_already:
            self.other.setEnabled(self.conflict is not None)

    def _choose_other(self) -> None:
        item, conflict = self.list.currentItem(), self.conflict
        if item is not None and conflict is not None:
            self.otherValueWanted.emit(conflict)

    def note_chosen(self) -> None:
        """The other value of the conflict looked at stands now."""
        item = self.list.currentItem()
        if item is not None:
            item.setText(0, self.tr("Decided the other way: {text}").format(text=item.text(0)))
            item.setData(0, _CONFLICT, None)
            self._look()
