"""The page of transcripts and participants, and the import of files."""
