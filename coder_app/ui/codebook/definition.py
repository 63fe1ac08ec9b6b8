"""The definition of one node: name, level, colour, the six fields, memos. Saved when a field is left."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from coder_app.core.changes import Changes
from coder_app.core.model import Code, Level, MemoTarget
from coder_app.core.palette import color_name
from coder_app.ui.codebook.entry import swatch
from coder_app.ui.codebook.fields import FIELDS, FieldEditor, NameEditor
from coder_app.ui.codebook.menus import palette_menu
from coder_app.ui.codebook.wording import short, tip
from coder_app.ui.context import Context
from coder_app.ui.memos.panel import MemoPanel
from coder_app.ui.widgets.choice import Choice
from coder_app.ui.widgets.parts import card, label, see_through, set_kind, tool

NAME = "name"


@dataclass(frozen=True, slots=True)
class Draft:
    """A field whose text could not be saved yet, for the coder who typed it."""

    coder: str
    guid: str
    field: str


class DefinitionPanel(QWidget):
    """Shows and edits a node. What was typed is kept, whatever happens around it, until it is saved."""

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.node = ""
        """GUID of the node shown; empty for none."""
        self.fields: dict[str, FieldEditor] = {}
        self.menu: QMenu | None = None
        self._stored: dict[str, str] = {}
        self._coder = ""
        self._drafts: dict[Draft, str] = {}
        self._build()
        ctx.projectClosed.connect(self._project_closed)
        ctx.coderSwitched.connect(self.reload)

    # What other pages use

    def show_node(self, guid: str) -> None:
        """Show another node; what was typed for the one before is saved first."""
        if guid == self.node:
            return
        self.flush()
        self._keep_drafts()
        self.node = guid
        self._stored = {}
        self._area.verticalScrollBar().setValue(0)
        self.reload()

    def refresh(self, changes: Changes) -> None:
        """Show what is true now, but never over text that is not saved yet."""
        if changes & (Changes.CODES | Changes.STUDY | Changes.CODERS):
            self.reload()

    def retheme(self) -> None:
        self._show_color()

    def flush(self) -> bool:
        """Save everything that was typed; False where something could not be saved (it stays here)."""
        saved = [self._save(field) for field in (NAME, *self.fields)]
        return self.memos.flush() and all(saved)

    def reload(self) -> None:
        """Read the node again."""
        if not self.ctx.has_project:
            return
        tree = self.ctx.project.codes.tree()
        if self.node and self.node not in tree:
            self._keep_drafts()
            self.node, self._stored = "", {}
        self._coder = self.ctx.project.coders.current.guid
        self._pages.setCurrentIndex(1 if self.node else 0)
        if not self.node:
            self.memos.clear()
            return
        code = tree[self.node]
        self._show_head(code)
        stored = {NAME: code.name} | {field: getattr(code.definition, field) for field in self.fields}
        for field, text in stored.items():
            self._show_field(field, text)
        self._stored = stored
        self.memos.show_target(MemoTarget.CODE, self.node)

    # Making

    def _build(self) -> None:
        self.path = label("", "caption", wrap=True)
        self.name = NameEditor()
        self.name.setAccessibleName(self.tr("Name"))
        self.name.left.connect(lambda: self._save(NAME))
        self.name.returnPressed.connect(lambda: self._save(NAME))
        self.level = Choice()
        self.level.setAccessibleName(self.tr("Level"))
        self.level.activated.connect(self._set_level)
        self.level.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.color = QPushButton()
        self.color.setIconSize(QSize(14, 14))
        self.color.clicked.connect(self._choose_color)
        self.story = tool("clock", self.tr("How it came to be (Ctrl+Alt+Y)"), self._tell_story)
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self.name, 1)
        head.addWidget(self.story)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.level, 1)
        row.addWidget(self.color, 1)
        self.gone = label(self.tr("Deleted, but still here because it is in use."), "caption", wrap=True)
        # what is outside is put in place first: Qt dresses all that is in a widget wherever that is put
        frame = card()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(frame)
        self._pages = QStackedWidget()
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self._pages)
        empty = label(self.tr("Choose a code or a theme to see what it means."), "muted", wrap=True)
        empty.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        empty.setContentsMargins(24, 48, 24, 24)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._pages.addWidget(empty)
        self._pages.addWidget(self._area)
        body = QWidget()
        body.setProperty("kind", "surface")
        self._area.setWidget(body)
        see_through(self._area)
        column = QVBoxLayout(body)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(4)
        column.addWidget(self.path)
        column.addLayout(head)
        column.addSpacing(4)
        column.addLayout(row)
        column.addWidget(self.gone)
        for field in FIELDS:
            self._add_field(column, field)
        column.addSpacing(10)
        self.memos = MemoPanel(self.ctx)
        memo_list = self.memos.area.widget()
        assert memo_list is not None
        self._memo_list = memo_list
        memo_list.installEventFilter(self)
        self.memos.add.clicked.connect(self._show_new_memo)
        column.addWidget(self.memos)
        column.addStretch(1)

    def _add_field(self, column: QVBoxLayout, field: str) -> None:
        name, hint = (QCoreApplication.translate("Definition", text) for text in FIELDS[field])
        caption = label(name, "caption")
        editor = FieldEditor()
        editor.setAccessibleName(name)
        editor.setAccessibleDescription(hint)
        editor.setPlaceholderText(hint)
        editor.left.connect(lambda field=field: self._save(field))
        caption.setBuddy(editor)
        self.fields[field] = editor
        column.addSpacing(6)
        column.addWidget(caption)
        column.addWidget(editor)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give the memos all the height they need: this panel scrolls as a whole."""
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show):
            self.memos.area.setMinimumHeight(self._memo_list.minimumSizeHint().height())
        return super().eventFilter(watched, event)

    def _show_new_memo(self) -> None:
        self._area.ensureWidgetVisible(self.memos.cards[-1])

    # Showing

    def _show_head(self, code: Code) -> None:
        project, writable = self.ctx.project, self.ctx.writable
        above = [node.name for node in project.codes.tree().path(code.guid)[:-1]]
        self.path.setText("  ›  ".join(above))
        self.path.setVisible(bool(above))
        self.gone.setVisible(project.codes.is_gone(code.guid))
        self.level.clear()
        names = project.level_names()
        for level, name in sorted(names.items(), reverse=True):
            self.level.addItem(short(name), int(level))
        if code.level not in names:
            self.level.addItem(code.level.key, int(code.level))
        self.level.setCurrentIndex(self.level.findData(int(code.level)))
        self.level.setEnabled(writable)
        self.color.setEnabled(writable)
        self.name.setReadOnly(not writable)
        for editor in self.fields.values():
            editor.setReadOnly(not writable)
        self._show_color()

    def _show_color(self) -> None:
        if self.node and self.ctx.has_project and self.node in self.ctx.project.codes.tree():
            color = self.ctx.project.codes.tree()[self.node].color
            self.color.setIcon(swatch(color, self.ctx.colors.border_strong))
            self.color.setText(color_name(color))
            self.color.setAccessibleName(self.tr("Colour: {name}").format(name=color_name(color)))

    def _show_field(self, field: str, text: str) -> None:
        """Show what is stored, unless the field holds something that is not."""
        draft = Draft(self._coder, self.node, field)
        if field in self._stored:
            if self._dirty(field):
                return
        elif draft in self._drafts:
            text = self._drafts.pop(draft)
        if field == NAME:
            self.name.put(text)
            self.name.setToolTip(tip(text))
            set_kind(self.name, "")
        elif self.fields[field].text != text:
            self.fields[field].put(text)

    # Saving

    def _typed(self, field: str) -> str:
        return self.name.shown if field == NAME else self.fields[field].text

    def _dirty(self, field: str) -> bool:
        return self._typed(field).strip() != self._stored.get(field, "").strip()

    def _save(self, field: str) -> bool:
        """Bring one field into the project; True where nothing is left to save."""
        if not self.node or not self._stored or not self._dirty(field):
            return True
        if not self.ctx.writable or self._coder != self.ctx.project.coders.current.guid:
            return False
        guid, text, before = self.node, self._typed(field), self._stored[field]
        codes = self.ctx.project.codes
        self._stored[field] = text  # what comes back while it is saved must not look like something typed
        if field == NAME:
            ok, _ = self.ctx.run(codes.rename, guid, text)
            set_kind(self.name, "" if ok else "wrong")
        else:
            ok, _ = self.ctx.run(codes.define, guid, field, text)
        if self.node != guid:
            return ok
        if not ok:
            self._stored[field] = before
        else:
            self.reload()
        return ok

    def _keep_drafts(self) -> None:
        """Put aside what could not be saved; it is shown again with its node."""
        if self.node and self._stored:
            for field in (NAME, *self.fields):
                if self._dirty(field):
                    self._drafts[Draft(self._coder, self.node, field)] = self._typed(field)

    def _project_closed(self) -> None:
        self.flush()
        self._drafts.clear()
        self.node, self._stored = "", {}
        self._pages.setCurrentIndex(0)

    def _tell_story(self) -> None:
        if self.node and self.flush():
            self.ctx.trailWanted.emit(self.node)

    # Level and colour

    def _set_level(self) -> None:
        level = Level(self.level.currentData())
        code = self.ctx.project.codes.tree()[self.node]
        if level != code.level and not self.ctx.run(self.ctx.project.codes.set_level, [self.node], level)[0]:
            self.level.setCurrentIndex(self.level.findData(int(code.level)))

    def _choose_color(self) -> None:
        guid = self.node
        now = self.ctx.project.codes.tree()[guid].color
        menu = palette_menu(
            self.ctx, now, self, lambda color: self.ctx.run(self.ctx.project.codes.recolour, [guid], color)
        )
        self.menu = menu
        menu.destroyed.connect(self._menu_gone)
        menu.popup(self.color.mapToGlobal(QPoint(0, self.color.height())))

    def _menu_gone(self) -> None:
        self.menu = None
