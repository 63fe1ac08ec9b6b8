"""The words for the paper as a file: plain text, or Word with the references below."""

from __future__ import annotations

from pathlib import Path

from coder_app.formats.output import Progress, no_progress, replacing

REFERENCES = "References"


def write_words(text: str, out: Path, progress: Progress = no_progress) -> None:
    """Write the text as it stands to ``out``: Word where it ends in ``.docx``, else plain text.

    Raises UserError where the file cannot be written.
    """
    progress(0, 1)
    if out.suffix.lower() != ".docx":
        with replacing(out) as draft:
            draft.write_text(text, encoding="utf-8")
    else:
        from coder_app.formats.docx import writing

        with writing(out, "Words for the paper") as pages:
            for line in text.splitlines():
                if line.strip() == REFERENCES:
                    pages.heading(line.strip(), 1)
                elif line.strip():
                    pages.add("Normal", line)
    progress(1, 1)
