"""What is dragged: codes (their GUIDs, one a line, beside their names as text) and passages."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QMimeData

from coder_app.core.model import Code

CODE_MIME = "application/x-coder-code"
PASSAGE_MIME = "application/x-coder-passage"


def pack_codes(codes: Iterable[Code]) -> QMimeData:
    """Codes as they are dragged or copied."""
    chosen = list(codes)
    data = QMimeData()
    data.setData(CODE_MIME, "\n".join(code.guid for code in chosen).encode())
    data.setText("\n".join(code.name for code in chosen))
    return data


def codes_in(data: QMimeData | None) -> list[str]:
    """The GUIDs of dragged codes; none where something else is dragged."""
    if data is None or not data.hasFormat(CODE_MIME):
        return []
    return bytes(data.data(CODE_MIME).data()).decode("utf-8", "replace").split()
