"""Lists of quotes."""
