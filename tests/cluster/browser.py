"""A browser that takes the certificate of the tests' own authority."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """The features' own window, on a site whose authority the browser does not know."""
    return {**browser_context_args, "ignore_https_errors": True}
