"""How long transcripts are, in words and minutes: counted a little at a time, and kept."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterable, Iterator, Sequence

from PySide6.QtCore import QObject, Signal

from coder_app.core.errors import UserError
from coder_app.core.text import word_count
from coder_app.ui.context import Context
from coder_app.ui.work import Job

Length = tuple[int, int | None]
"""Words, and minutes by the last time stamp (None without any)."""

AT_ONCE = 100_000
"""Code points of which the words are counted without a break: about 10 ms."""
BETWEEN_NEWS = 0.2
"""Seconds."""


def pieces_of(text: str) -> Iterator[tuple[int, int]]:
    """A text cut at ends of lines into ``[start, end)`` of a good ``AT_ONCE``."""
    start = 0
    while start < len(text):
        end = text.find("\n", start + AT_ONCE)
        yield start, len(text) if end < 0 else end
        start = len(text) if end < 0 else end


class Lengths(QObject):
    """``counted`` tells that more are known."""

    counted = Signal()

    def __init__(self, ctx: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._known: dict[str, Length] = {}
        self._asked: set[str] = set()
        self._job: Job | None = None
        ctx.projectClosed.connect(self._forget)

    def of(self, guid: str) -> Length | None:
        """None while it is not known yet."""
        return self._known.get(guid)

    def want(self, guids: Iterable[str]) -> None:
        """See to it that these are counted; an imported text never changes, so once is enough."""
        missing = [guid for guid in guids if guid not in self._known]
        if not missing or self._asked.issuperset(missing):
            return
        if self._job is not None:
            self._job.cancel()
        self._asked = set(missing)
        job = self._ctx.work.in_pieces("", self._count(missing), lambda _: self._end(), cancelled=self._end)
        self._job = job if self._asked else None

    def _count(self, guids: Sequence[str]) -> Generator[tuple[int, int], None, None]:
        told = time.monotonic()
        for done, guid in enumerate(guids):
            yield done, len(guids)
            try:
                content = self._ctx.project.documents.content(guid)
            except UserError:
                continue  # removed meanwhile, or damaged: whoever opens it is told
            words = 0
            for start, end in pieces_of(content.text):
                yield done, len(guids)
                words += word_count(content.text, start, end)
            yield done, len(guids)
            stamps = [turn.seconds for turn in content.turns if turn.seconds is not None]
            self._known[guid] = words, round(max(stamps) / 60) if stamps else None
            if time.monotonic() - told > BETWEEN_NEWS:
                self.counted.emit()
                told = time.monotonic()
        self.counted.emit()

    def _end(self) -> None:
        self._asked = set()
        self._job = None

    def _forget(self) -> None:
        self._known.clear()
