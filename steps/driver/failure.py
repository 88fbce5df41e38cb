"""The errors of the driver. Each is a sentence for the tester, without any value that was typed."""

from __future__ import annotations


class StepFailure(AssertionError):  # noqa: N818  a failure, as pytest and the tester call it
    """A step could not be done, or did not lead where it should."""


class UnexpectedDialog(StepFailure):
    """A dialog of the browser's own came that no sentence and no deployment file expects."""


class NotTypeable(StepFailure):
    """A field does not hold what was typed into it: it cuts or changes the value, and nothing was sent."""


class SiteTrouble(StepFailure):
    """Nothing more can be done at this site for now: it is down, or the session or the account is gone."""
