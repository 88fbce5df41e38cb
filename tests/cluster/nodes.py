"""The nodes of a cluster: densai itself, each in a process of its own on one database."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from tests.cluster.nginx import NAME, ROOT

STOP_SECONDS = 20
CODE = re.compile(r"起動時の確認コード\s+(\w+)")


def free_ports(count: int) -> list[int]:
    """Return ports on loopback that nobody listens on."""
    taken = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [int(each.getsockname()[1]) for each in taken]
    for each in taken:
        each.close()
    return ports


@dataclass
class Node:
    """One node. announced: what it printed at its start."""

    name: str
    folder: Path
    database: str
    port: int
    metrics: int
    process: subprocess.Popen[str] | None = None
    announced: list[str] = field(default_factory=list)

    @property
    def log(self) -> Path:
        """Its access log."""
        return self.folder / f"{self.name}.log"

    @property
    def code(self) -> str:
        """The operator code that it printed, "" for none."""
        found = CODE.search("".join(self.announced))
        return found[1] if found else ""

    def start(self) -> None:
        """Start it; returns when it answers. Raises RuntimeError when it does not start."""
        options = ["--port", str(self.port), "--allow-host", NAME, "--database", self.database]
        options += ["--access-log", str(self.log), "--metrics", str(self.metrics)]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "simulator", "serve", *options],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            start_new_session=True,  # Ctrl+C is for the cluster, which stops them in their turn
        )
        assert self.process.stdout
        self.announced.clear()
        for line in self.process.stdout:
            self.announced.append(line)
            if "Ctrl+C" in line:
                return
        message = f"{self.name} did not start"
        raise RuntimeError(message)

    def kill(self) -> None:
        """End it as a power cut does."""
        if self.process:
            self.process.kill()
            self._reap()

    def stop(self) -> int:
        """End it as it should end; return its exit code."""
        if self.process is None:
            return 0
        self.process.send_signal(signal.SIGTERM)
        return self._reap()

    def _reap(self) -> int:
        assert self.process
        assert self.process.stdout
        try:
            return self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()
        finally:
            self.process.stdout.close()
            self.process = None
