"""Memos: dated notes on anything."""
