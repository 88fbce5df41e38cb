"""Rules of the manual as pure functions: values and ``now`` in, codes of every failure out."""
