"""Rounds in the window, and settling what the coders disagree on."""
