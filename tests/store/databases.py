"""The databases on which the store is tried."""

from __future__ import annotations

import pytest

# One worker has the server.
POSTGRES = pytest.mark.xdist_group("postgresql")
ON_EACH = pytest.mark.parametrize(
    "url", ["sqlite", pytest.param("postgresql", marks=POSTGRES)], indirect=True
)
