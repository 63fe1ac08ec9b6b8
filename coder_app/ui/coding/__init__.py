"""The Code page: reading a transcript and putting codes on it."""
