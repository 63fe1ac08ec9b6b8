"""Pure functions and values: no Qt, no SQL, no files."""
