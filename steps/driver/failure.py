"""The errors of the driver: a sentence for the tester, never with a value that was typed."""

from __future__ import annotations


class StepFailure(AssertionError):  # noqa: N818  a failure, as pytest and the tester call it
    """Why a step could not be done or did not lead where it should."""


class SiteTrouble(StepFailure):
    """Why nothing more can be done at this site for now: it is down, has ended the session, has locked."""
