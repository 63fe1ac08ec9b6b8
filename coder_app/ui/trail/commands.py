"""What opens the audit trail and the story of a node: the menu, a key, the Report page, the codebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder_app.ui.context import Context

if TYPE_CHECKING:
    from coder_app.ui.trail.window import TrailWindow
    from coder_app.ui.window import Window


class Trail:
    """Makes the window of the audit trail when it is first wanted."""

    def __init__(self, ctx: Context, window: Window) -> None:
        self.ctx = ctx
        self.window = window
        self.reader: TrailWindow | None = None
        ctx.trailWanted.connect(self.show)

    def show(self, node: str = "") -> None:
        """The story of a node (GUID), or the whole trail."""
        from coder_app.ui.trail.window import TrailWindow

        if self.reader is None:
            self.reader = TrailWindow(self.ctx, self.window)
            self.window.destroyed.connect(self.reader.deleteLater)
        self.reader.show_node(node)
