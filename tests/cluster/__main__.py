"""`make cluster`: nginx, two nodes and PostgreSQL on this computer, to click on or to be checked."""

from __future__ import annotations

import argparse
import signal
import sys
from typing import TYPE_CHECKING

from fixtures.postgres import NoServerError
from tests.cluster import check, soak
from tests.cluster.nginx import NoNginxError
from tests.cluster.running import PORT, Cluster, running
from tests.loopback import AUTHORITY

if TYPE_CHECKING:
    from collections.abc import Iterator


def main() -> int:
    """Run until Ctrl+C, or check and end; 0 for a clean end, 1 for a fault that was found or no start."""
    parser = argparse.ArgumentParser(prog="python -m tests.cluster")
    parser.add_argument("--port", type=int, default=PORT, help="https のポート (default: %(default)s)")
    parser.add_argument("--check", action="store_true", help="ノードを止めながら確かめて、終わります")
    parser.add_argument(
        "--soak", type=float, metavar="MINUTES", help="この分数だけ使い続け、メモリーを確かめて、終わります"
    )
    typed = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with running(typed.port) as cluster:
            if typed.check:
                return check.check(cluster)
            if typed.soak:
                return soak.soak(cluster, typed.soak)
            print("\n".join(announced(cluster)), flush=True)
            cluster.proxy.wait()
            print("nginx が終わりました。 nginx has ended.", file=sys.stderr)
            return 1
    except KeyboardInterrupt:
        return 0
    except (NoServerError, NoNginxError, RuntimeError) as error:
        print(error, file=sys.stderr)
        return 1


def announced(cluster: Cluster) -> Iterator[str]:
    """Yield the lines to print: where to click, and what can be tried."""
    yield "\n2 つのノードと PostgreSQL、https の中継サーバを起動しました（訓練用）。\n"
    yield f"  ブラウザで開くアドレス  {cluster.address}"
    yield f"  試験用の証明書です。ブラウザの警告は、承知で進むか、{AUTHORITY / 'ca.pem'} を信頼してください。"
    yield f"  起動時の確認コード  {cluster.nodes[0].code}  （どのノードでも同じです）\n"
    for node in cluster.nodes:
        number = node.process.pid if node.process else 0
        yield f"  {node.name}  http://127.0.0.1:{node.port}/readyz  http://127.0.0.1:{node.metrics}/metrics"
        yield f"         止めてみるには  kill -9 {number}"
    yield f"  記録  {cluster.folder}\n\n  終了するには Ctrl+C を押してください。"


if __name__ == "__main__":
    raise SystemExit(main())
