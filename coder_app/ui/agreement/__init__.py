"""The Agreement page: how far two coders agree, and the passages behind each number."""
