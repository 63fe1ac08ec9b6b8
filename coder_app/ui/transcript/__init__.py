"""The transcript: reading, selecting, highlights under the words and stripes beside them."""

from coder_app.ui.transcript.colors import TranscriptColors
from coder_app.ui.transcript.highlights import Highlight
from coder_app.ui.transcript.view import CODE_MIME, PASSAGE_MIME, TranscriptView

__all__ = ["CODE_MIME", "PASSAGE_MIME", "Highlight", "TranscriptColors", "TranscriptView"]
