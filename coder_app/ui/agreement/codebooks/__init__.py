"""Two coders' codebooks compared: pairs that may mean the same, and a matrix of what they cover."""
