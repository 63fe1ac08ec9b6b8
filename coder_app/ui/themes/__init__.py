"""The page on which codes become themes."""
