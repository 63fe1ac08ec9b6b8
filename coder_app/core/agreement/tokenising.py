"""Tokens of a text: stretches between white space, found for a whole transcript at once."""

from __future__ import annotations

import sys

import numpy as np

from coder_app.core.agreement.spans import IntArray

_ORDER = "utf-32-le" if sys.byteorder == "little" else "utf-32-be"
_REACH = 0x3001
"""No white space stands above U+3000."""
_SPACE = np.array([chr(point).isspace() for point in range(_REACH)])


def tokens(text: str, parts: IntArray) -> IntArray:
    """The tokens ``[start, end)`` within ``parts`` (rows of start and end, in order), in code points.

    The same as the matches of ``\\S+`` within each part.
    """
    points = np.frombuffer(text.encode(_ORDER, "surrogatepass"), dtype=np.uint32)
    word = ~_SPACE[np.minimum(points, _REACH - 1)] | (points >= _REACH)
    counted = np.zeros(len(points) + 1, dtype=np.int8)
    np.add.at(counted, parts[:, 0], 1)
    np.add.at(counted, parts[:, 1], -1)
    word &= np.cumsum(counted[:-1]).astype(np.bool_)
    edges = np.diff(word.astype(np.int8), prepend=0, append=0)
    start, end = np.nonzero(edges == 1)[0], np.nonzero(edges == -1)[0]
    touching = parts[1:, 0][parts[1:, 0] == parts[:-1, 1]]
    inside = touching[word[touching] & word[touching - 1]]  # parts that touch within a word
    if len(inside):
        start, end = np.union1d(start, inside), np.union1d(end, inside)
    return np.stack([start, end], axis=1).astype(np.int64)
