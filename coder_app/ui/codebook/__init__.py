"""The codebook on the screen: tree, definition, and what one does with codes."""
