"""Why nothing was published."""

from __future__ import annotations


class PublishError(Exception):
    """The manual cannot be published; the message is one sentence for the person who asked for it."""
