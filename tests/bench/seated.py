"""pytest plugin of the bench: the features play on a server that runs already, as people run it.

`-p tests.bench.seated --bench-port PORT --bench-database URL`; each run makes itself a new seat there.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest


@dataclass(frozen=True)
class Served:
    """The running server, as far as the features' fixtures ask."""

    port: int
    database: str

    def address(self, seat_code: str) -> str:
        """The front page of a seat's bank."""
        return f"http://127.0.0.1:{self.port}/bank/{seat_code}/"

    def new_faults(self) -> str:
        """Its pages are not checked: that is the tests' own server."""
        return ""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Where the server is and what it stores in."""
    parser.addoption("--bench-port", type=int, required=True)
    parser.addoption("--bench-database", required=True)


@pytest.fixture(scope="session")
def bank_server(pytestconfig: pytest.Config) -> Served:
    """In place of the tests' own."""
    return Served(pytestconfig.getoption("--bench-port"), pytestconfig.getoption("--bench-database"))
