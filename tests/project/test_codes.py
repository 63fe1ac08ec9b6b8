"""The codebook's actions."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from coder_app.core.errors import UserError
from coder_app.core.model import Level, MemoTarget
from coder_app.project import schema
from coder_app.project.checking import fingerprint
from coder_app.project.project import Project


def guid_of(project: Project, name: str) -> str:
    (code,) = project.codes.tree().named(name)
    return code.guid


def names(project: Project, parent: str | None = None) -> list[str]:
    tree = project.codes.tree()
    return [tree[guid].name for guid in tree.children(parent)]


@pytest.mark.parametrize(
    "name", ["a/b", "=1+1", "<b>bold</b>", "“quoted” 'twice'", "바다", "ים", "👩‍👩‍👧", "P" * 300, "a\tb\nc"]
)
def test_odd_names_are_kept_as_they_are(project: Project, name: str) -> None:
    guid = project.codes.add(name)
    assert project.codes.tree()[guid].name == " ".join(name.split())


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("", "cannot be empty"), (" \n ", "cannot be empty"), ("x" * 10_000, "300 characters at most"),
     ("a\x07b", "control characters"), ("a\x00b", "control characters"), ("\ud800", "control characters")],
)  # fmt: skip
def test_names_that_are_none_are_refused_and_change_nothing(
    project: Project, name: str, sentence: str
) -> None:
    before = fingerprint(project)
    for act in (project.codes.add, project.coders.add, project.participants.add, project.set_name):
        with pytest.raises(UserError, match=sentence):
            act(name)
    assert fingerprint(project) == before


def test_siblings_have_different_names_and_cousins_may_share_one(project: Project) -> None:
    trust = guid_of(project, "Trust")
    with pytest.raises(UserError, match="already a “Shared experience”"):
        project.codes.add("shared EXPERIENCE", parent=trust)
    project.codes.add("Shared experience")
    assert len(project.codes.tree().named("Shared experience")) == 2


def test_twenty_codes_move_as_one_step(project: Project) -> None:
    moved = [project.codes.add(f"c{number}") for number in range(20)]
    trust = guid_of(project, "Trust")
    first = project.codes.tree().children(trust)[0]
    before = fingerprint(project)
    project.codes.move(moved, trust, first)
    assert names(project, trust) == [*(f"c{n}" for n in range(20)), "Not being told", "Shared experience"]
    assert project.undo().name == "Move 20 nodes"
    assert fingerprint(project) == before


def test_a_forbidden_move_among_many_moves_nothing(project: Project) -> None:
    theme = project.codes.add("Second theme", Level.THEME)
    code = project.codes.add("Code")
    before = fingerprint(project)
    with pytest.raises(UserError, match="higher level"):
        project.codes.move([code, theme], guid_of(project, "Trust"))
    assert fingerprint(project) == before


def test_joining_takes_codings_children_memos_and_fills_empty_fields(project: Project) -> None:
    document = project.documents.all()[0].guid
    one, two = guid_of(project, "Not being told"), guid_of(project, "Shared experience")
    project.codings.apply(document, 0, 5, one)
    project.codings.apply(document, 0, 5, two)
    project.codings.apply(document, 6, 9, one)
    project.memos.add(MemoTarget.CODE, one, "Is this one code?")
    project.codes.define(one, "full", "Full words")
    before = fingerprint(project)
    project.codes.join([one], two)
    tree = project.codes.tree()
    assert one not in tree
    assert tree[two].definition.full == "Full words"
    assert [(c.start, c.end) for c in project.codings.of_codes([two])] == [(0, 5), (6, 9)]
    assert [memo.text for memo in project.memos.about(MemoTarget.CODE, two)] == ["Is this one code?"]
    assert project.undo().name == "Join Not being told into Shared experience"
    assert fingerprint(project) == before


def test_a_code_cannot_be_joined_into_what_lies_inside_it(project: Project) -> None:
    with pytest.raises(UserError, match="the other way round"):
        project.codes.join([guid_of(project, "Trust")], guid_of(project, "Shared experience"))


def test_splitting_moves_the_chosen_quotes_to_a_code_beside_the_old_one(project: Project) -> None:
    document = project.documents.all()[0].guid
    old = guid_of(project, "Shared experience")
    quotes = [project.codings.apply(document, place, place + 4, old) for place in (0, 10, 20)]
    new = project.codes.split(quotes[:2], "Fear")
    tree = project.codes.tree()
    assert tree.parent(new) == tree.parent(old)
    assert {c.guid for c in project.codings.of_codes([new])} == set(quotes[:2])
    assert [c.guid for c in project.codings.of_codes([old])] == quotes[2:]


def test_deleting_tells_its_consequences_and_keeps_what_others_use(project: Project) -> None:
    document = project.documents.all()[0].guid
    trust, shared = guid_of(project, "Trust"), guid_of(project, "Shared experience")
    project.codings.apply(document, 0, 5, guid_of(project, "Not being told"))
    project.coders.switch(project.coders.named("Ben").guid)
    theirs = project.codings.apply(document, 0, 5, shared)
    project.coders.switch(project.coders.named("Ann").guid)
    assert project.codes.consequences([trust], below=True) == (
        "1 node and 1 coding of yours will be deleted."
        " 2 nodes stay in the codebook because other coders use them or what is below them."
    )
    project.codes.delete([trust], below=True)
    assert set(project.codes.tree().nodes) == {trust, shared}  # the used code, and what is above it
    assert [coding.guid for coding in project.codings.all()] == [theirs]


def test_deleting_a_node_alone_moves_what_is_below_up_to_its_place(project: Project) -> None:
    last = project.codes.add("Last", Level.THEME)
    project.codes.delete([guid_of(project, "Trust")], below=False)
    assert names(project) == ["Not being told", "Shared experience", "Last"]
    assert project.codes.tree().roots[-1] == last


def test_grouping_puts_codes_under_a_new_node_where_they_were(project: Project) -> None:
    trust = guid_of(project, "Trust")
    group = project.codes.group(project.codes.tree().children(trust), "Knowing", Level.CATEGORY)
    assert project.codes.tree().parent(group) == trust
    assert names(project, group) == ["Not being told", "Shared experience"]
    assert project.undo_name() == "Group 2 nodes: Knowing"


def test_grouping_stays_as_near_as_levels_allow(project: Project) -> None:
    trust = guid_of(project, "Trust")
    category = project.codes.add("Category", Level.CATEGORY, trust)
    subcategory = project.codes.add("Subcategory", Level.SUBCATEGORY, category)
    inner = [project.codes.add(name, Level.CODE, subcategory) for name in ("One", "Two")]
    project.codes.add("Last", Level.SUBCATEGORY, category)
    group = project.codes.group(inner, "Group", Level.SUBCATEGORY)
    assert names(project, category) == ["Subcategory", "Group", "Last"]
    assert names(project, group) == ["One", "Two"]


def test_levels_can_be_renamed_left_out_and_one_added_on_top(project: Project) -> None:
    assert list(project.level_names().values()) == ["Code", "Subcategory", "Category", "Theme"]
    project.set_level_name(Level.THEME, "Overarching theme")
    project.set_level_name(Level.SUBCATEGORY, None)
    project.set_level_name(Level.CORE_THEME, "Core theme")
    assert list(project.level_names().values()) == ["Code", "Category", "Overarching theme", "Core theme"]
    with pytest.raises(UserError, match="leaves out that level"):
        project.codes.add("x", Level.SUBCATEGORY)
    with pytest.raises(UserError, match="holds nodes"):
        project.set_level_name(Level.THEME, None)
    with pytest.raises(UserError, match="lowest level"):
        project.set_level_name(Level.CODE, None)


def test_counts_of_quotes_and_participants_own_and_below_follow_each_action(project: Project) -> None:
    first, second = (document.guid for document in project.documents.all())
    trust, told = guid_of(project, "Trust"), guid_of(project, "Not being told")
    assert project.queries.counts()[trust].quotes_below == 0
    coding = project.codings.apply(first, 0, 5, told)
    project.codings.apply(second, 0, 5, told)
    project.codings.apply(second, 3, 9, trust)
    counts = project.queries.counts()
    assert (counts[trust].quotes, counts[trust].participants) == (1, 1)
    assert (counts[trust].quotes_below, counts[trust].participants_below) == (3, 2)
    project.codings.recode([coding], guid_of(project, "Shared experience"))
    assert project.queries.counts()[told].quotes == 1
    project.undo()
    assert project.queries.counts()[told].quotes == 2
    assert project.queries.counts([project.coders.named("Ben").guid])[trust].quotes_below == 0


def test_a_code_comes_to_stand_between_two_of_one_key(project: Project) -> None:
    """As two laptops, or an undo between colleagues, may leave them."""
    theme = project.codes.add("Place", Level.THEME)
    one, two, new = (project.codes.add(name, parent=theme) for name in ("One", "Two", "New"))
    with project.step("The key of a neighbour"):
        project.connection.execute(
            schema.code.update().where(schema.code.c.guid == two).values(place=f"{theme}|V")
        )
        project.connection.execute(
            schema.code.update().where(schema.code.c.guid == one).values(place=f"{theme}|V")
        )
    first, second = project.codes.tree().children(theme)[-2:]
    project.codes.move([new], theme, second)
    assert project.codes.tree().children(theme) == [first, new, second]


def test_a_frozen_codebook_stays_while_coding_goes_on(project: Project) -> None:
    codes = project.codes
    told = codes.tree().named("Not being told")[0].guid
    theme = codes.tree().named("Trust")[0].guid
    codes.set_frozen(True)
    assert codes.frozen_by() == project.coders.current
    before = fingerprint(project)
    changes: list[Callable[[], object]] = [
        lambda: codes.add("New"),
        lambda: codes.rename(told, "Other"),
        lambda: codes.recolour([told], "#2d5ed4"),
        lambda: codes.define(told, "short", "Words."),
        lambda: codes.move([told], None),
        lambda: codes.set_level([told], Level.SUBCATEGORY),
        lambda: codes.group([told], "Group", Level.CATEGORY),
        lambda: codes.join([told], codes.tree().named("Shared experience")[0].guid),
        lambda: codes.delete([theme], below=True),
    ]
    for change in changes:
        with pytest.raises(UserError, match="Ann froze the codebook"):
            change()
    assert fingerprint(project) == before
    project.codings.apply(project.documents.all()[0].guid, 0, 5, told)
    project.coders.switch(project.coders.named("Ben").guid)
    with pytest.raises(UserError, match="Ann froze the codebook"):
        codes.add("New")
    codes.set_frozen(False)
    assert codes.frozen_by() is None
    codes.add("New")
    project.undo()
    project.undo()
    assert codes.frozen_by() is not None
