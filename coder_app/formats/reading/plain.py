"""Plain text and Markdown."""

from __future__ import annotations

import re

_HEADING = re.compile(r"^[ \t]{0,3}#{1,6}[ \t]+(\S[^\n]*)$", re.MULTILINE)
_NAME = re.compile(
    r"^([ \t]*(?:\\?\[\d[\d:.,]*\\?\][ \t]*)?)"  # a time stamp may stand before
    r"(\*{1,3}|_{1,3})(?=\S)([^*_\n]{1,80}?)"
    r"(?:([:\uff1a])\2|\2(?=[ \t]*(?:[:\uff1a]|\\?[\[(]\d)))",
    re.MULTILINE,
)
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>~|<])")


def _heading(match: re.Match[str]) -> str:
    """The words of a heading, which may have marks behind it too."""
    words = match[1].rstrip()
    without = words.rstrip("#")
    return without.rstrip() if without[-1:].isspace() else words


def without_markdown(text: str) -> str:
    """A Markdown transcript as a page shows it: no marks of headings and around speakers' names, no
    backslashes before punctuation. Everything else is left as it is written.
    """
    text = _HEADING.sub(_heading, text)
    text = _NAME.sub(r"\1\3\4", text)
    return _ESCAPED.sub(r"\1", text)
