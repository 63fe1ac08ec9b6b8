"""Which actions are shown: words, coder, kind, code, transcript, from a day to a day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QSizePolicy, QWidget

from coder_app.project.audit_search import AuditKind, Wanted
from coder_app.ui.codebook.wording import short
from coder_app.ui.context import Context
from coder_app.ui.tr import QT_TRANSLATE_NOOP
from coder_app.ui.widgets.choice import Choice
from coder_app.ui.widgets.parts import set_kind

_KINDS = {
    AuditKind.CODINGS: QT_TRANSLATE_NOOP("TrailFilters", "Codings"),
    AuditKind.CODEBOOK: QT_TRANSLATE_NOOP("TrailFilters", "Codebook"),
    AuditKind.MEMOS: QT_TRANSLATE_NOOP("TrailFilters", "Memos"),
    AuditKind.TRANSCRIPTS: QT_TRANSLATE_NOOP("TrailFilters", "Transcripts"),
    AuditKind.PARTICIPANTS: QT_TRANSLATE_NOOP("TrailFilters", "Participants"),
    AuditKind.AGREEMENT: QT_TRANSLATE_NOOP("TrailFilters", "Agreement"),
    AuditKind.STUDY: QT_TRANSLATE_NOOP("TrailFilters", "Project and coders"),
}
_TYPING = 300
"""Milliseconds after the last key until it is looked for."""
_LONGEST = 60
"""Code points of a name in a list."""


def kind_name(kind: AuditKind) -> str:
    return QCoreApplication.translate("TrailFilters", _KINDS[kind])


class Filters(QWidget):
    """``wanted`` is what they ask for."""

    changed = Signal()

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.words = self._line(self.tr("Words in it"), 12)
        self.words.setClearButtonEnabled(True)
        self.coder = self._choice(self.tr("Coder"))
        self.kind = self._choice(self.tr("Kind of action"))
        self.code = self._choice(self.tr("Code or theme"))
        self.document = self._choice(self.tr("Transcript"))
        self.since = self._line(self.tr("From day"), 10)
        self.until = self._line(self.tr("Until day"), 10)
        for edge in (self.since, self.until):
            edge.setToolTip(self.tr("A day as year, month, day: {example}").format(example=date.today()))
        self._timer = QTimer(self, singleShot=True, interval=_TYPING)
        self._timer.timeout.connect(self.changed)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        for at, widget in enumerate((self.words, self.coder, self.kind)):
            grid.addWidget(widget, 0, 2 * at, 1, 2)
        grid.addWidget(self.code, 1, 0, 1, 2)
        grid.addWidget(self.document, 1, 2, 1, 2)
        grid.addWidget(self.since, 1, 4)
        grid.addWidget(self.until, 1, 5)
        for column in range(6):
            grid.setColumnStretch(column, 1)

    def _line(self, name: str, characters: int) -> QLineEdit:
        made = QLineEdit()
        made.setPlaceholderText(name)
        made.setAccessibleName(name)
        made.setMinimumWidth(made.fontMetrics().averageCharWidth() * characters)
        made.textChanged.connect(lambda _: self._timer.start())
        made.returnPressed.connect(self._now)
        return made

    def _choice(self, name: str) -> Choice:
        made = Choice()
        made.setAccessibleName(name)
        made.setMinimumWidth(90)
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        made.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setMaxVisibleItems(20)
        made.activated.connect(lambda _: self.changed.emit())
        return made

    def _now(self) -> None:
        self._timer.stop()
        self.changed.emit()

    # What can be chosen

    def reload(self) -> None:
        """Offer what the project holds now; what is chosen stays chosen."""
        project = self.ctx.project
        tree = project.codes.tree()
        _offer(self.coder, self.tr("Every coder"), [(c.name, c.guid) for c in project.coders.all()])
        _offer(self.kind, self.tr("Every kind"), [(kind_name(kind), kind.value) for kind in _KINDS])
        nodes = [(f"{'  ' * depth}{tree[guid].name}", guid) for guid, depth in tree.walk()]
        _offer(self.code, self.tr("Every code"), nodes)
        titles = [(document.title, document.guid) for document in project.documents.all()]
        _offer(self.document, self.tr("Every transcript"), titles)

    def reset(self) -> None:
        """Ask for everything."""
        for line in (self.words, self.since, self.until):
            line.blockSignals(True)
            line.clear()
            line.blockSignals(False)
        for choice in (self.coder, self.kind, self.code, self.document):
            choice.setCurrentIndex(0)
        self._now()

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out."""
        return self.wanted != Wanted() or bool(self.since.text() or self.until.text())

    @property
    def wanted(self) -> Wanted:
        """What is asked for; a day that is none is marked and left out."""
        since, until = self._day(self.since), self._day(self.until)
        kind = self.kind.currentData()
        coder = self.coder.currentData()
        return Wanted(
            coders=(coder,) if coder else None,
            kinds=(AuditKind(kind),) if kind else None,
            code=self.code.currentData() or None,
            document=self.document.currentData() or None,
            since=None if since is None else _start(since),
            until=None if until is None else _start(until + timedelta(days=1)),
            words=self.words.text().strip(),
        )

    @property
    def problem(self) -> str:
        """What is wrong with the days that were typed, in a sentence."""
        for line in (self.since, self.until):
            if line.text().strip() and self._day(line) is None:
                return self.tr("“{text}” is no day: write it as {example}.").format(
                    text=short(line.text().strip(), 20), example=date.today()
                )
        return ""

    def _day(self, line: QLineEdit) -> date | None:
        text = line.text().strip()
        try:
            found = date.fromisoformat(text) if text else None
        except ValueError:
            set_kind(line, "wrong")
            return None
        set_kind(line, "")
        return found


def _offer(choice: Choice, everything: str, rows: list[tuple[str, str]]) -> None:
    chosen = choice.currentData()
    choice.clear()
    choice.addItem(everything, "")
    for name, guid in rows:
        choice.addItem(short(name, _LONGEST), guid)
        if len(name) > _LONGEST:
            choice.setItemData(choice.count() - 1, name, Qt.ItemDataRole.ToolTipRole)
    choice.setCurrentIndex(max(choice.findData(chosen), 0))


def _start(day: date) -> int:
    """The first moment of a day here, in milliseconds since 1970."""
    first, last = date(1970, 1, 2), date(9000, 1, 1)
    return round(datetime.combine(min(max(day, first), last), datetime.min.time()).timestamp() * 1000)
