"""The Member check page: whom to ask about which findings, in words for participants, and the documents."""
