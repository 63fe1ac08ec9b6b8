"""Times as the window writes them."""

from __future__ import annotations

from PySide6.QtCore import QDateTime


def moment(milliseconds: int) -> str:
    """Day and time of this computer: “2026-11-22 07:05”, from milliseconds since 1970."""
    return QDateTime.fromMSecsSinceEpoch(milliseconds).toString("yyyy-MM-dd HH:mm")
