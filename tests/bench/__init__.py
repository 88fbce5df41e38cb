"""Measures what the project promises, in one run, and prints one table (`make bench`); not a test."""
