"""Defects for `make prove`: each breaks one thing that the manual states, and the features must notice.

The bank knows nothing of this package and no server of `densai` imports it; a defect is switched on only in
the tests' own server process.
"""
