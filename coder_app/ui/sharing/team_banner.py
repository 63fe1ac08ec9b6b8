"""The quiet line above the page that says what colleagues published."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from coder_app.ui.context import Context
from coder_app.ui.sharing import team_words
from coder_app.ui.sharing.team_desk import TeamDesk
from coder_app.ui.widgets.banner import Banner


class TeamBanner(Banner):
    """Shown while there is news that was not put aside; or once, for a new copy out of a team folder."""

    def __init__(self, ctx: Context, desk: TeamDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx, self.desk = ctx, desk
        self.look_button = self.add_button(self.tr("Look first"))
        self.bring_button = self.add_button(self.tr("Bring in"))
        self.folder_button = self.add_button(self.tr("Team folder…"))
        self._told = ""
        desk.changed.connect(self.show_news)
        self.closed.connect(desk.dismiss)

    def show_news(self) -> None:
        """Tell what is new, if anything is."""
        text = self._text_now()
        for button in (self.look_button, self.bring_button):
            button.setVisible(bool(self.desk.news))
        self.folder_button.setVisible(not self.desk.news)
        if not text:
            self._told = ""
            self.hide()
        elif text != self._told or not self.isVisible():
            self._told = text
            self.tell(text)

    def _text_now(self) -> str:
        desk = self.desk
        if desk.news and not desk.is_dismissed:
            return team_words.sentence(desk.news, self.ctx.project.coders.current.guid)
        if desk.suggested_name:
            return self.tr("This project was published from another place. Should that go on from here?")
        if desk.suggested is not None and not desk.news:
            return self.tr("This copy is yours alone. Should it be published in the team folder too?")
        return ""
