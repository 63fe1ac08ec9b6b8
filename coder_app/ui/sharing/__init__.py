"""Project files that go to colleagues and come back."""
