"""The Report page: every output with its figures, a preview and its export."""
