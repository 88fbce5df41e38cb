"""A cluster on loopback: nginx with TLS, two nodes, PostgreSQL; all of it in a temporary folder."""

from __future__ import annotations

import ssl
import tempfile
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import create_engine, text

from fixtures import postgres
from tests.cluster import nginx
from tests.cluster.nodes import Node, free_ports
from tests.loopback import AUTHORITY

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator

NODES = 2
PORT = 8443


@dataclass
class Cluster:
    """A running cluster. port: of nginx, on loopback."""

    port: int
    database: str
    nodes: list[Node]
    proxy: subprocess.Popen[bytes]
    folder: Path

    @property
    def address(self) -> str:
        """The address of its entrance."""
        return f"https://{nginx.NAME}:{self.port}/"

    def trust(self) -> ssl.SSLContext:
        """Return what a client needs to believe its certificate."""
        return ssl.create_default_context(cafile=str(AUTHORITY / "ca.pem"))


@contextmanager
def running(port: int = PORT) -> Iterator[Cluster]:
    """Run a cluster. Raises NoServerError and NoNginxError where a part of it is missing."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="densai-cluster-")))
        postgres.ensure()
        program = nginx.program(folder)
        database = _new_database(stack.enter_context(postgres.running(settings=())))
        ports = free_ports(2 * NODES)
        nodes = [
            Node(f"node{number + 1}", folder, database, ports[number], ports[NODES + number])
            for number in range(NODES)
        ]
        for node in nodes:
            stack.callback(node.stop)
            node.start()
        main = nginx.write_configuration(folder, port, [node.port for node in nodes])
        proxy = nginx.start(program, main)
        stack.callback(proxy.wait)
        stack.callback(proxy.terminate)
        yield Cluster(port, database, nodes, proxy, folder)


def _new_database(server: str) -> str:
    engine = create_engine(f"{server}/postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("CREATE DATABASE densai"))
    engine.dispose()
    return f"{server}/densai"
