"""Which place comes next, what is listed, and a version of one's own while it is made: plain values."""

from __future__ import annotations

import pytest

from coder_app.core.model import Coding, Settlement, Verdict
from coder_app.core.settling import Item
from coder_app.ui.agreement.settle.draft import Draft, drafted, usual_place
from coder_app.ui.agreement.settle.states import (
    Entry,
    Filter,
    Show,
    State,
    decided_anew,
    entries_of,
    next_open,
    tally,
)

TEXT = "I never told anybody at home."


def item(start: int, *, alike: bool = False, code: str = "fear", document: str = "one") -> Item:
    versions = {"ann": ((code, start, start + 5),), "ben": ((code if alike else "told", start, start + 5),)}
    return Item(document, start, start + 10, versions, alike)


def settled(start: int, verdict: Verdict) -> Settlement:
    return Settlement(f"s{start}", "round", "one", start, start + 10, verdict, "", "", "ann", 0)


def listed(*verdicts: Verdict | None) -> list[Entry]:
    """Disagreements in order, each with what was decided."""
    items = [item(10 * at) for at in range(len(verdicts))]
    return entries_of(
        items, [settled(10 * at, verdict) for at, verdict in enumerate(verdicts) if verdict is not None], {}
    )


@pytest.mark.parametrize(
    ("verdict", "differing", "alike"),
    [
        (None, State.OPEN, State.AGREED),
        (Verdict.TAKE, State.SETTLED, State.TAKEN_OVER),
        (Verdict.NEITHER, State.SETTLED, State.TAKEN_OVER),
        (Verdict.AGREED, State.SETTLED, State.TAKEN_OVER),
        (Verdict.SKIP, State.SKIPPED, State.AGREED),
        (Verdict.DISCUSS, State.DISCUSS, State.AGREED),
    ],
)
def test_a_place_is_as_far_as_its_decision(verdict: Verdict | None, differing: State, alike: State) -> None:
    decisions = [] if verdict is None else [settled(0, verdict)]
    assert entries_of([item(0)], decisions, {})[0].state is differing
    assert entries_of([item(0, alike=True)], decisions, {})[0].state is alike


@pytest.mark.parametrize(
    ("verdicts", "at", "following"),
    [
        ((None, None, None), 0, 1),
        ((None, Verdict.TAKE, None), 0, 2),
        ((None, Verdict.TAKE, Verdict.BOTH), 2, 0),
        ((Verdict.SKIP, None, Verdict.TAKE), 2, 1),
        ((Verdict.SKIP, Verdict.TAKE, Verdict.TAKE), 1, 0),
        ((Verdict.DISCUSS, Verdict.TAKE, Verdict.TAKE), 1, None),
        ((Verdict.TAKE, Verdict.TAKE), 0, None),
        ((None,), 0, None),
    ],
)
def test_the_next_open_place(verdicts: tuple[Verdict | None, ...], at: int, following: int | None) -> None:
    entries = listed(*verdicts)
    assert next_open(entries, entries[at].item.place) == following


def test_the_tally_counts_disagreements_and_agreed_places_apart() -> None:
    entries = listed(None, Verdict.TAKE, Verdict.SKIP, Verdict.DISCUSS)
    entries += entries_of([item(90, alike=True)], [], {})
    counts = tally(entries)
    assert (counts.settled, counts.disagreements) == (1, 4)
    assert (counts.discuss, counts.skipped, counts.agreed, counts.taken_over) == (1, 1, 1, 0)


def test_filters_take_what_is_chosen() -> None:
    entries = listed(None, Verdict.TAKE, Verdict.SKIP, Verdict.DISCUSS)
    entries += entries_of([item(90, alike=True, code="calm")], [], {})
    shown = {show: [at for at, entry in enumerate(entries) if Filter(show).takes(entry)] for show in Show}
    assert shown == {
        Show.OPEN: [0, 2, 3],
        Show.DISCUSS: [3],
        Show.SETTLED: [1],
        Show.DIFFERING: [0, 1, 2, 3],
        Show.AGREED: [4],
    }
    assert not Filter(Show.OPEN, code="calm").takes(entries[0])
    assert Filter(Show.AGREED, code="calm").takes(entries[4])
    assert not Filter(Show.OPEN, document="two").takes(entries[0])


def test_only_what_was_decided_otherwise_changes() -> None:
    entries = listed(None, Verdict.TAKE, None)
    coding = Coding("c", "one", "consensus", "fear", 21, 24)
    now = decided_anew(entries, [settled(20, Verdict.OTHER)], {"s20": [coding]})
    assert now[0] is entries[0]
    assert [entry.state for entry in now] == [State.OPEN, State.OPEN, State.SETTLED]
    assert now[2].spans == (("fear", 21, 24),)


# A version of one's own


def test_a_further_code_lies_where_the_coders_coded() -> None:
    one = Item("one", 0, 29, {"ann": (("fear", 8, 12),), "ben": (("told", 2, 7),)}, False)
    assert usual_place(one) == (2, 12)
    nobody = Item("one", 0, 29, {"ann": (), "ben": ()}, False)
    assert usual_place(nobody) == (0, 29)


def test_a_code_is_there_once_with_its_bounds() -> None:
    draft = drafted(item(0), ()).add("fear", 0, 5).add("told", 0, 5).add("fear", 0, 5)
    assert draft.spans == (("fear", 0, 5), ("told", 0, 5))
    assert draft.current == ("fear", 0, 5)
    assert draft.step(1).current == ("told", 0, 5)
    assert draft.without_current().spans == (("told", 0, 5),)
    assert draft.without_current().without_current().current is None


@pytest.mark.parametrize(
    ("moves", "words"),
    [
        ("", "told anybody"),
        (">", "told anybody at"),
        ("<", "told"),
        ("[", "never told anybody"),
        ("]", "anybody"),
        ("<<", "told"),
        (">>>>", "told anybody at home"),
        ("[[[", "I never told anybody"),
    ],
)
def test_ends_move_by_words_and_stay_within_the_place(moves: str, words: str) -> None:
    draft = Draft(0, 28, (("fear", 8, 20),))
    for move in moves:
        if move in "<>":
            draft = draft.move_end(TEXT, 1 if move == ">" else -1)
        else:
            draft = draft.move_start(TEXT, 1 if move == "]" else -1)
    assert draft.current is not None
    assert TEXT[draft.current[1] : draft.current[2]] == words


def test_a_selection_grows_to_words_and_is_cut_to_the_place() -> None:
    draft = Draft(2, 20, (("fear", 8, 20),))
    assert draft.on_words(TEXT, 9, 14).current == ("fear", 8, 20)
    assert draft.on_words(TEXT, 0, 4).current == ("fear", 2, 7)
    assert draft.on_words(TEXT, 22, 25).current == ("fear", 8, 20)
