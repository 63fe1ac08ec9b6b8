"""What an action touched, told coarsely and once."""

from __future__ import annotations

from enum import Flag, auto


class Changes(Flag):
    """One flag for each kind of thing a view may show."""

    NONE = 0
    STUDY = auto()
    CODERS = auto()
    PARTICIPANTS = auto()
    DOCUMENTS = auto()
    SPEAKERS = auto()
    PROGRESS = auto()
    CODES = auto()
    CODINGS = auto()
    MEMOS = auto()
    ROUNDS = auto()
    """Rounds of agreement and stability passes."""
    CONSENSUS = auto()
    UNITS = auto()
    """Meaning units."""
    EVERYTHING = (
        STUDY
        | CODERS
        | PARTICIPANTS
        | DOCUMENTS
        | SPEAKERS
        | PROGRESS
        | CODES
        | CODINGS
        | MEMOS
        | ROUNDS
        | CONSENSUS
        | UNITS
    )
