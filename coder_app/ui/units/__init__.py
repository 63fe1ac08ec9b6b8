"""Meaning units in the window: dividing transcripts, locking, removing."""
