"""The manual as data, read from features/: grammar, procedures, order, rules and drills.

It imports no other package of this project.
"""
