"""The codebook as a Qt model."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy
from pytestqt.qtbot import QtBot
from ui.codebook_desk import context, fill, guid, outline, seen

from coder_app.core.model import Level
from coder_app.project.project import Project
from coder_app.ui.codebook import pins
from coder_app.ui.codebook.matching import answers, best, fold, rank
from coder_app.ui.codebook.mime import codes_in
from coder_app.ui.codebook.model import LEVEL_NAME_ROLE, PIN_ROLE, CodebookModel, Column, Part
from coder_app.ui.context import Context

TIP = Qt.ItemDataRole.ToolTipRole


@pytest.fixture
def ctx(project: Project, qtbot: QtBot) -> Context:
    fill(project)
    return context(project)


@pytest.fixture
def model(ctx: Context) -> CodebookModel:
    made = CodebookModel(ctx)
    made.reload()
    return made


def watched(model: QAbstractItemModel) -> QAbstractItemModelTester:
    return QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_the_model_shows_the_codebook_and_keeps_qts_rules(model: CodebookModel, ctx: Context) -> None:
    tester = watched(model)
    assert seen(model) == outline(ctx.project.codes.tree())
    ctx.project.codes.move([guid(ctx.project, "Keys")], guid(ctx.project, "Money"))
    ctx.project.codes.delete([guid(ctx.project, "Arriving")], below=False)
    ctx.project.codes.add("한국어", Level.SUBCATEGORY, guid(ctx.project, "Trust"))
    model.reload()
    assert seen(model) == outline(ctx.project.codes.tree())
    for part in Part:
        model.part = part
        model.reload()
    model.part = Part.ALL
    for words in ("week", "no such code", ""):
        model.set_filter(words, False)
    model.set_filter("", True)
    assert tester.model() is model


def test_free_codes_and_placed_ones_are_two_parts(ctx: Context) -> None:
    free, placed = CodebookModel(ctx, Part.FREE), CodebookModel(ctx, Part.PLACED)
    free.reload()
    placed.reload()
    assert seen(free) == ["Guilt", "Keys", "Night shifts"]
    assert seen(placed)[0] == "Trust"
    assert not set(seen(free)) & set(seen(placed))


def test_a_change_of_names_or_counts_does_not_reset(model: CodebookModel, ctx: Context) -> None:
    resets, changes = QSignalSpy(model.modelReset), QSignalSpy(model.dataChanged)
    project = ctx.project
    code = guid(project, "First week")
    project.codes.rename(code, "Week one")
    project.codes.recolour([code], "#2d5ed4")
    model.reload()
    assert "Week one" in "".join(seen(model))
    document = project.documents.all()[0].guid
    project.codings.apply(document, 40, 60, code)
    model.recount()
    assert resets.count() == 0
    assert changes.count() > 0
    assert model.index_of(code, Column.QUOTES).data() == 1
    assert model.index_of(guid(project, "Trust"), Column.QUOTES).data() == 1
    told = changes.count()
    model.recount()
    assert changes.count() == told, "nothing changed, nothing is told"


def test_counts_are_mine_until_everyone_is_shown(model: CodebookModel, ctx: Context) -> None:
    project = ctx.project
    document, code = project.documents.all()[0].guid, guid(project, "Keys")
    project.codings.apply(document, 40, 60, code)
    ann, ben = project.coders.current.guid, project.coders.named("Ben").guid
    project.coders.switch(ben)
    project.codings.apply(document, 80, 90, code)
    project.coders.switch(ann)
    model.recount()
    assert model.index_of(code, Column.QUOTES).data() == 1
    ctx.set_everyone(True)
    model.recount()
    assert model.index_of(code, Column.QUOTES).data() == 2
    assert model.index_of(code, Column.PARTICIPANTS).data() == 1


def test_the_tool_tip_of_a_count_tells_own_and_below(model: CodebookModel, ctx: Context) -> None:
    project = ctx.project
    project.codings.apply(project.documents.all()[0].guid, 40, 60, guid(project, "First week"))
    model.recount()
    text = model.index_of(guid(project, "Arriving"), Column.QUOTES).data(TIP)
    assert "With everything below: 1 quote from 1 participant." in text
    assert "Its own: 0 quotes from 0 participants." in text


def test_names_are_text_and_never_html(model: CodebookModel, ctx: Context) -> None:
    code = ctx.project.codes.add('<b>bold</b> & "x"')
    model.reload()
    index = model.index_of(code)
    assert index.data() == '<b>bold</b> & "x"'
    assert "&lt;b&gt;bold&lt;/b&gt; &amp;" in index.data(TIP)
    assert "<b>" not in index.data(TIP)


def test_levels_and_keys_stand_in_the_row(model: CodebookModel, ctx: Context) -> None:
    pins.pin(ctx, 3, guid(ctx.project, "Keys"))
    ctx.project.set_level_name(Level.THEME, "Main theme")
    model.reload()
    assert model.index_of(guid(ctx.project, "Trust")).data(LEVEL_NAME_ROLE) == "Main theme"
    keys = model.index_of(guid(ctx.project, "Keys"))
    assert keys.data(LEVEL_NAME_ROLE) == ""
    assert keys.data(PIN_ROLE) == 3
    assert "key 3" in keys.data(Qt.ItemDataRole.AccessibleTextRole)


def test_the_filter_keeps_ancestors_and_ignores_accents_and_case(model: CodebookModel, ctx: Context) -> None:
    ctx.project.codes.rename(guid(ctx.project, "First week"), "Première semaine")
    ctx.project.codes.define(guid(ctx.project, "Overtime"), "short", "Hours that nobody pays")
    model.reload()
    model.set_filter("SEMAINE premiere", False)
    assert seen(model) == ["Trust", "  Arriving", "    Première semaine"]
    assert model.matched == [guid(ctx.project, "Première semaine")]
    model.set_filter("nobody pays", False)
    assert seen(model) == ["Money", "  Overtime"]


def test_only_unused_codes(model: CodebookModel, ctx: Context) -> None:
    project = ctx.project
    project.codings.apply(project.documents.all()[0].guid, 40, 60, guid(project, "Guilt"))
    model.set_filter("", True)
    assert "Guilt" not in seen(model)
    assert "Keys" in seen(model)
    project.undo()
    model.recount()
    assert "Guilt" in seen(model)


def test_codes_are_dragged_as_guids_and_as_names(model: CodebookModel, ctx: Context) -> None:
    chosen = [guid(ctx.project, "Keys"), guid(ctx.project, "Guilt")]
    data = model.mimeData([model.index_of(code, column) for code in chosen for column in (0, 1)])
    assert data.text() == "Guilt\nKeys"
    assert codes_in(data) == [chosen[1], chosen[0]]


def test_dropping_between_rows_asks_for_that_place(model: CodebookModel, ctx: Context) -> None:
    asked: list[tuple[object, ...]] = []
    model.moveAsked.connect(lambda *what: asked.append(what))
    keys, arriving = guid(ctx.project, "Keys"), guid(ctx.project, "Arriving")
    data = model.mimeData([model.index_of(keys)])
    above = model.index_of(arriving)
    assert model.dropMimeData(data, Qt.DropAction.MoveAction, 1, 0, above)
    assert model.dropMimeData(data, Qt.DropAction.MoveAction, 2, 0, above)
    assert asked == [([keys], arriving, guid(ctx.project, "Who signs")), ([keys], arriving, None)]


def test_a_drop_that_a_level_forbids_is_not_taken(model: CodebookModel, ctx: Context) -> None:
    theme = model.mimeData([model.index_of(guid(ctx.project, "Money"))])
    arriving = model.index_of(guid(ctx.project, "Arriving"))
    assert not model.canDropMimeData(theme, Qt.DropAction.MoveAction, 0, 0, arriving)
    assert not model.dropMimeData(theme, Qt.DropAction.MoveAction, 0, 0, arriving)
    assert model.canDropMimeData(theme, Qt.DropAction.MoveAction, 0, 0, QModelIndex())


def test_behind_the_last_row_shown_means_before_the_next_hidden_one(
    model: CodebookModel, ctx: Context
) -> None:
    asked: list[tuple[object, ...]] = []
    model.moveAsked.connect(lambda *what: asked.append(what))
    model.set_filter("first", False)
    keys = model.mimeData([])
    keys.setData("application/x-coder-code", guid(ctx.project, "Keys").encode())
    model.dropMimeData(keys, Qt.DropAction.MoveAction, 1, 0, model.index_of(guid(ctx.project, "Arriving")))
    assert asked[0][2] == guid(ctx.project, "Who signs")


def test_a_read_only_codebook_takes_nothing(ctx: Context, model: CodebookModel) -> None:
    path = ctx.project.path
    assert path is not None
    ctx.close_project()
    ctx.set_project(Project.open(path, coder="Ann", read_only=True))
    model.reload()
    index = model.index_of(guid(ctx.project, "Keys"))
    assert not index.flags() & Qt.ItemFlag.ItemIsEditable
    data = model.mimeData([index])
    assert not model.canDropMimeData(data, Qt.DropAction.MoveAction, 0, 0, QModelIndex())
    ctx.close_project()


def test_matching_by_first_letters() -> None:
    assert fold("Éclair") == fold("eclair")
    assert answers("ECL", "Éclair")
    assert answers("한ㄱ", "한국어")
    assert [rank("tru", name) for name in ("Tru", "Trust", "No trust", "Distrust", "Fear")] == [4, 3, 2, 1, 0]
    assert best("x", []) == []
