"""One file for each kind of transcript file that can be read; ``formats.readers`` chooses among them."""
