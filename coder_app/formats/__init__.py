"""Files in, files out: transcripts, workbooks, documents. No Qt, no SQL."""
