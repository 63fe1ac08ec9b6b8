"""Words for the paper: the methods paragraph with the study's own figures."""
