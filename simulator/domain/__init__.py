"""One bank as data, and its rules as pure functions. Standard library only."""
