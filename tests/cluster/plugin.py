"""pytest plugin: the features on a cluster that runs already, through its https proxy."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pytest

from fixtures.server import Server
from tests.cluster import browser
from tests.cluster.nginx import NAME

PORT, DATABASE = "DENSAI_CLUSTER_PORT", "DENSAI_CLUSTER_DATABASE"  # in the environment


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Put our window above the features' own: of two plugins' fixtures the later one counts."""
    config.pluginmanager.register(browser, "densai-cluster-browser")


@dataclass
class ClusterServer(Server):
    """A cluster as the features know a server. Its pages are not checked one by one."""

    def address(self, seat_code: str) -> str:
        """The front page of a seat's bank (S01)."""
        return f"https://{NAME}:{self.port}/bank/{seat_code}/"


@pytest.fixture(scope="session")
def bank_server() -> Server:
    """The cluster."""
    nobody = cast("Any", None)  # it is not ours to be stopped
    return ClusterServer(nobody, int(os.environ[PORT]), os.environ[DATABASE], Path(os.devnull))
