"""What one can do with codes in a tree. Each command is one action of the project, so undo takes it back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QApplication, QMenu

from coder_app.core.errors import UserError
from coder_app.core.model import Level
from coder_app.ui.actions import Action
from coder_app.ui.codebook import pins
from coder_app.ui.codebook.ask import CodeQuestion, DeleteQuestion, NameQuestion, Question
from coder_app.ui.codebook.menus import (
    context_menu,
    drop_menu,
    level_menu,
    nodes,
    palette_menu,
    pin_menu,
)
from coder_app.ui.codebook.mime import pack_codes
from coder_app.ui.codebook.model import Part
from coder_app.ui.codebook.placing import (
    Place,
    group_level,
    group_problem,
    indented,
    join_problem,
    new_parent,
    outdented,
    step,
)
from coder_app.ui.codebook.table import codebook_actions
from coder_app.ui.codebook.tree import CodebookTree
from coder_app.ui.codebook.wording import short
from coder_app.ui.context import Context


class CodebookCommands(QObject):
    """The commands of one ``CodebookTree``; they act on its chosen nodes."""

    def __init__(self, tree: CodebookTree, ctx: Context) -> None:
        super().__init__(tree)
        self.tree = tree
        self.ctx = ctx
        tree.moveAsked.connect(self._move)
        tree.dropAsked.connect(self.ask_drop)
        tree.menuAsked.connect(self.show_menu)
        self.menu: QMenu | None = None
        """The menu shown last, as long as it is open."""
        self.question: Question | None = None
        """The dialog shown last, as long as it is open."""

    # When they can be used

    @property
    def has_code(self) -> bool:
        """Whether a node is chosen."""
        return self.tree.view.selectionModel().hasSelection()

    @property
    def has_one(self) -> bool:
        return len(self.tree.view.selectionModel().selectedRows()) == 1

    def uses(self, level: Level) -> bool:
        """Whether the project has that level."""
        return level in self.ctx.project.level_names()

    # Making

    def new_code(self) -> None:
        self.new_node(Level.CODE)

    def new_subcategory(self) -> None:
        self.new_node(Level.SUBCATEGORY)

    def new_category(self) -> None:
        self.new_node(Level.CATEGORY)

    def new_theme(self) -> None:
        self.new_node(Level.THEME)

    def new_core_theme(self) -> None:
        self.new_node(Level.CORE_THEME)

    def new_node(self, level: Level) -> None:
        """Ask a name and make a node of that level in the chosen one, or beside it."""
        if not self.uses(level):
            self.ctx.problem.emit(self.tr("This project leaves out that level of the codebook."))
            return
        book = self.ctx.project.codes.tree()
        free = self.tree.model.part == Part.FREE
        parent = None if free else new_parent(book, self.tree.current() or None, level)
        kind = self.ctx.project.level_names()[level].lower()
        where = (
            self.tr("In “{name}”.").format(name=short(book[parent].name, 60))
            if parent
            else self.tr("It will stand free.")
            if level == Level.CODE
            else self.tr("At the top of the codebook.")
        )

        def make(name: str) -> None:
            guid = self.ctx.project.codes.add(name, level, parent)
            self.ctx.spread()
            self.tree.select(guid)

        title = self.tr("New {kind}").format(kind=kind)
        self._ask(NameQuestion(self.ctx, title, where, self.tr("Create"), make, self.tree))

    # Changing

    def rename(self) -> None:
        self.tree.start_rename()

    def recolour(self) -> None:
        """Open the colours at the current node."""
        guids = self.tree.selected()
        if not guids:
            return
        color = self.ctx.project.codes.tree()[self.tree.current() or guids[0]].color

        def paint(color: str) -> None:
            self.ctx.run(self.ctx.project.codes.recolour, guids, color)

        self._pop_up(palette_menu(self.ctx, color, self.tree, paint), self._place())

    def set_level(self) -> None:
        """Open the levels at the current node."""
        guids = self.tree.selected()
        if not guids:
            return

        def raise_to(level: int) -> None:
            self.ctx.run(self.ctx.project.codes.set_level, guids, Level(level))

        self._pop_up(level_menu(self.ctx, guids, self.tree, raise_to), self._place())

    def pin(self) -> None:
        """Open the keys 1 to 9 for the current node."""
        code = self.tree.current()
        if not code:
            return

        def put(key: int | None) -> None:
            if key is not None:
                self.pin_to(key)
            else:
                self.unpin()

        self._pop_up(pin_menu(self.ctx, code, self.tree, put), self._place())

    def pin_to(self, key: int) -> None:
        """Put the current node on a key from 1 to 9."""
        code = self.tree.current()
        if code:
            pins.pin(self.ctx, key, code)
            self._pins_changed()

    def unpin(self) -> None:
        """Take the current node off its key."""
        key = pins.key_of(self.ctx, self.tree.current())
        if key is not None:
            pins.pin(self.ctx, key, None)
            self._pins_changed()

    def _pins_changed(self) -> None:
        self.tree.model.reload()
        self.tree.pinsChanged.emit()

    def story(self) -> None:
        """Tell how the current node came to be."""
        if self.tree.current():
            self.ctx.trailWanted.emit(self.tree.current())

    def copy_name(self) -> None:
        """Copy the names of the chosen nodes, a line each."""
        book = self.ctx.project.codes.tree()
        guids = self.tree.selected()
        if guids:
            QApplication.clipboard().setMimeData(pack_codes(book[guid] for guid in guids))

    # Moving

    def move_up(self) -> None:
        self._step(-1)

    def move_down(self) -> None:
        self._step(1)

    def indent(self) -> None:
        """Into the nearest node above that can hold them."""
        self._shift(lambda guids: indented(self.ctx.project.codes.tree(), guids))

    def outdent(self) -> None:
        """Out of the node they are in, right behind it."""
        self._shift(lambda guids: outdented(self.ctx.project.codes.tree(), guids))

    def stand_free(self) -> None:
        """Take the chosen nodes out of everything."""
        guids = self.tree.selected()
        if guids:
            self._move(guids, None, None)

    def put_inside(self) -> None:
        """Ask into which node the chosen ones go."""
        guids = self.tree.selected()
        if not guids:
            return
        below = self.ctx.project.codes.tree().with_below(guids)
        self._ask(
            CodeQuestion(
                self.ctx,
                self.tr("Put inside"),
                self.tr("Put {what} inside:").format(what=self._what(guids)),
                self.tr("Put inside"),
                lambda target: self.ctx.project.codes.move(guids, target),
                self.tree,
                without=below,
            )
        )

    def _step(self, direction: int) -> None:
        model = self.tree.model

        def place(guids: list[str]) -> Place:
            parent = model.tree.parent(model.tree.tops(guids)[0])
            return step(self.ctx.project.codes.tree(), guids, direction, model.children_shown(parent))

        self._shift(place)

    def _shift(self, place: Callable[[list[str]], Place]) -> None:
        guids = self.tree.selected()
        if not guids:
            return
        try:
            found = place(guids)
        except UserError as error:
            self.ctx.problem.emit(str(error))
            return
        self._move(guids, found.parent, found.before)

    def _move(self, guids: list[str], parent: str | None, before: str | None) -> None:
        ok, _ = self.ctx.run(self.ctx.project.codes.move, guids, parent, before)
        if ok:
            self.tree.select_many(guids)

    # Joining, grouping, deleting

    def ask_drop(self, guids: list[str], target: str) -> None:
        """Inside or join? At the place of the drop."""
        chosen = [guid for guid in guids if guid != target]
        menu = drop_menu(
            self.ctx,
            chosen,
            target,
            self.tree,
            inside=lambda: self._move(chosen, target, None),
            join=lambda: self.join(chosen, target),
            group=lambda: self.group([target, *chosen]),
        )
        self._pop_up(menu, self.tree.view.drop_point)

    def join(self, guids: list[str], into: str) -> None:
        """Make nodes one; the name and definition of ``into`` stay."""
        ok, _ = self.ctx.run(self.ctx.project.codes.join, guids, into)
        if ok:
            self.tree.select(into)

    def join_selected(self) -> None:
        """Join the chosen nodes into the current one; with one chosen, ask with which."""
        guids, current = self.tree.selected(), self.tree.current()
        if len(guids) == 1:
            self._ask_join(guids)
        elif guids:
            into = current if current in guids else guids[0]
            problem = join_problem(self.ctx.project.codes.tree(), guids, into)
            if problem:
                self.ctx.problem.emit(problem)
            else:
                self.join(guids, into)

    def _ask_join(self, guids: list[str]) -> None:
        self._ask(
            CodeQuestion(
                self.ctx,
                self.tr("Join codes"),
                self.tr("Join {what} with the code that stays:").format(what=self._what(guids)),
                self.tr("Join"),
                lambda into: self.ctx.project.codes.join(guids, into),
                self.tree,
                without=guids,
            )
        )

    def group_selected(self) -> None:
        """Put the chosen nodes under a new one."""
        guids = self.tree.selected()
        if guids:
            self.group(guids)

    def group(self, guids: list[str]) -> None:
        """Ask the name of a new node one level up and put these nodes under it."""
        book, names = self.ctx.project.codes.tree(), self.ctx.project.level_names()
        tops = book.tops(guids)
        level = group_level(book, tops, names)
        problem = group_problem(book, tops, names)
        if problem or level is None:
            self.ctx.problem.emit(problem)
            return
        kind = names[level].lower()

        what = self._what(tops)

        def make(name: str) -> None:
            guid = self.ctx.project.codes.group(tops, name, level)
            self.ctx.spread()
            self.tree.select(guid)

        title = self.tr("New {kind}").format(kind=kind)
        text = self.tr("A name for the {kind} that will hold {what}:").format(kind=kind, what=what)
        self._ask(NameQuestion(self.ctx, title, text, self.tr("Group"), make, self.tree))

    def delete(self) -> None:
        """Tell what deleting does, ask, delete."""
        guids = self.tree.selected()
        if guids:
            self._ask(DeleteQuestion(self.ctx, guids, self.tree))

    # Menus and questions

    def show_menu(self, point: QPoint) -> None:
        """The context menu at a place on the screen."""
        rows = [row for row in codebook_actions() if self._levels_used(row)]
        self._pop_up(context_menu(rows, self.tree, self._run, self.allowed), point)

    def _run(self, row: Action) -> None:
        getattr(self, row.call.removeprefix("codebook_"))()

    def _levels_used(self, row: Action) -> bool:
        levels = [word.partition("_uses_")[2] for word in row.when.split()]
        return all(self.uses(Level[level.upper()]) for level in levels if level)

    def allowed(self, row: Action) -> bool:
        """Whether the conditions of a row of the table hold for this tree."""
        for name in row.when.split():
            if name == "writable":
                true = self.ctx.writable
            elif "_uses_" in name:
                true = self._levels_used(row)
            else:
                true = getattr(self, name.removeprefix("codebook_"))
            if not true:
                return False
        return True

    def _pop_up(self, menu: QMenu, point: QPoint) -> None:
        self.menu = menu
        menu.destroyed.connect(self._menu_gone)
        menu.popup(point)

    def _menu_gone(self) -> None:
        self.menu = None

    def _ask(self, question: Question) -> None:
        self.question = question
        question.finished.connect(self._question_gone)
        question.open()

    def _question_gone(self) -> None:
        self.question = None
        self.tree.view.setFocus()

    def _place(self) -> QPoint:
        return self.tree.view.row_place(self.tree.current())

    def _what(self, guids: list[str]) -> str:
        if len(guids) == 1:
            return f"“{short(self.ctx.project.codes.tree()[guids[0]].name)}”"
        return nodes(len(guids))
