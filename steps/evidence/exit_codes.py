"""The exit codes of a run with evidence, of `densai verify` and of `densai drift`."""

from __future__ import annotations

# A run: evidence can no longer be written; a secret was found in the evidence.
ABORTED, SECRET_FOUND = 3, 4
# densai verify.
WHOLE, ALTERED, NO_EVIDENCE, INCOMPLETE, SECRET = range(5)
# densai drift.
SAME, DIFFERENT, NOT_COMPARED = range(3)
# Both commands: an option that cannot be understood.
USAGE = 2
