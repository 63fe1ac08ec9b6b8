"""Sentences with names of any script in them, as they are painted."""

from __future__ import annotations

import re

from coder_app.ui.sharing.report_model import isolated

_QUOTED = re.compile("“([^“”]*)”")


def in_order(sentence: str, start: str = "") -> str:
    """The sentence with each quoted name kept apart, so that names from right to left do not change places.

    ``start``: a name without quotation marks that it may begin with; the sentence reads from left to right
    all the same. For the screen only: what is copied and exported stays as it is.
    """
    ordered = _QUOTED.sub(lambda match: f"“{isolated(match[1])}”", sentence)
    if start and ordered.startswith(start):
        ordered = isolated(start) + ordered[len(start) :]
    return ordered
