"""Code interview transcripts, measure agreement, report: one local project file, no network."""

__version__ = "0.2.0"
