"""The manual as data, read from features/: its sentences, procedures, drills and rules."""
