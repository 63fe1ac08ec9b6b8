"""The sections of the Agreement page in the order of their tabs; one that is not listed is not there."""

from __future__ import annotations

from coder_app.ui.actions import Action
from coder_app.ui.agreement.section import SectionSpec
from coder_app.ui.tr import QT_TRANSLATE_NOOP

SECTIONS: tuple[SectionSpec, ...] = (
    SectionSpec("figures", QT_TRANSLATE_NOOP("Actions", "Figures"), "agreement",
                "coder_app.ui.agreement.figures:FiguresSection"),
    SectionSpec("settle", QT_TRANSLATE_NOOP("Actions", "Settle"), "check",
                "coder_app.ui.agreement.settle.section:SettleSection"),
    SectionSpec("codebooks", QT_TRANSLATE_NOOP("Actions", "Codebooks compared"), "book",
                "coder_app.ui.agreement.codebooks.section:CodebooksSection"),
    SectionSpec("stability", QT_TRANSLATE_NOOP("Actions", "Stability"), "clock",
                "coder_app.ui.agreement.stability.section:StabilitySection"),
    SectionSpec("paper", QT_TRANSLATE_NOOP("Actions", "For the paper"), "report",
                "coder_app.ui.agreement.paper.section:PaperSection"),
)  # fmt: skip


def section_rows(specs: tuple[SectionSpec, ...]) -> list[Action]:
    """One row for each section: Alt+1, Alt+2 ..."""
    return [
        Action(f"section_{spec.key}", spec.title, f"show_{spec.key}", "view", f"Alt+{number}", spec.icon,
               words="agreement section tab show", separator=number == 1)
        for number, spec in enumerate(specs, 1)
    ] if len(specs) > 1 else []  # fmt: skip
