"""The options of `densai` and its commands, each checked by itself."""

from __future__ import annotations

import argparse
import ipaddress
import os
from importlib.metadata import PackageNotFoundError, version

from simulator.command_table import BANK, DATABASE, PACK, SERVE, TESTING, XAPI
from simulator.settings import MOST_SEED, Settings

MOST_PORT = 65535
MOST_WORKERS = 64


def command_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    parser = argparse.ArgumentParser(prog="densai", description="でんさいの訓練用サーバ")
    parser.add_argument("--version", action="version", version=f"densai {_version()}")
    commands = parser.add_subparsers(dest="command", title="commands")
    serve = commands.add_parser("serve", help=SERVE)
    _add_serve_options(serve)
    _add_database_options(commands.add_parser("database", help="データベースの更新、点検、控え、復元、移動"))
    _add_xapi_options(commands.add_parser("xapi", help=XAPI, description=XAPI))
    _add_bank_options(commands.add_parser("bank", help=PACK))
    for name, command in TESTING.items():
        commands.add_parser(name, help=command.purpose, add_help=False)
    return parser


def _add_database(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--database",
        default="densai.sqlite3",
        help="SQLite のファイル、または SQLAlchemy の URL (default: %(default)s)",
    )


def _add_database_options(database: argparse.ArgumentParser) -> None:
    doings = database.add_subparsers(dest="doing", title="commands")
    for name, doing in DATABASE.items():
        added = doings.add_parser(name, help=doing.purpose, description=doing.purpose)
        if doing.argument:
            added.add_argument(doing.argument.lower(), metavar=doing.argument, help=doing.about)
        _add_database(added)


def _add_xapi_options(xapi: argparse.ArgumentParser) -> None:
    add = xapi.add_argument
    add("--class", dest="class_code", required=True, metavar="CODE", help="クラスコード")
    add(
        "--lrs",
        required=True,
        metavar="URL",
        help="LRS のアドレス。利用者名とパスワードは環境変数 DENSAI_LRS_USER、DENSAI_LRS_PASSWORD に入れます",
    )
    add("--names", action="store_true", help="受講者の氏名も送ります (指定しないときは席番号だけ)")
    add("--again", action="store_true", help="送信済みの記録も送り直します。LRS に二重に入ることはありません")
    add("--plain-http", action="store_true", help="https でない LRS にも送ります。記録は暗号化されません")
    _add_database(xapi)


def _add_bank_options(bank: argparse.ArgumentParser) -> None:
    doings = bank.add_subparsers(dest="doing", title="commands")
    for name, doing in BANK.items():
        added = doings.add_parser(name, help=doing.purpose, description=doing.purpose)
        added.add_argument("target", metavar=doing.argument, help=doing.about)


def _add_serve_options(serve: argparse.ArgumentParser) -> None:
    add = serve.add_argument
    add("--host", default="127.0.0.1", help="待ち受けるアドレス (default: %(default)s)")
    add(
        "--allow-host",
        action="append",
        default=[],
        metavar="NAME",
        help="応答するホスト名。繰り返し指定できます",
    )
    add("--port", type=_port, default=8000, help="ポート。0 は空きポート (default: %(default)s)")
    _add_database(serve)
    add(
        "--durability",
        choices=("full", "normal"),
        default=Settings.durability,
        help="full は停電でも記録を失いません。normal は速く、停電で最後の数秒を失うことがあります "
        "(default: %(default)s)",
    )
    add("--seed", type=_seed, default=Settings.seed, help="架空のデータの種 (default: %(default)s)")
    add(
        "--proxy",
        type=_address,
        metavar="ADDRESS",
        help="X-Forwarded-* を信用する中継サーバのIPアドレス (--allow-host の指定時は 127.0.0.1)",
    )
    add("--bank", metavar="FILE", help="名前、人、数字、言葉を書いた銀行パック（TOML）")
    add("--workers", type=_workers, default=1, help="プロセスの数 (default: %(default)s)")
    add("--access-log", default="", metavar="FILE", help="アクセスログ（JSON）のファイル。- は画面")
    add(
        "--metrics",
        type=_listening,
        metavar="[HOST:]PORT",
        help="Prometheus のメトリクスに答えるポート (HOST の指定がないときは 127.0.0.1)",
    )
    add("--plain-http", action="store_true", help="https のないLANで使います。Cookie から Secure を外します")


def _address(text: str) -> str:
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        raise argparse.ArgumentTypeError(
            "IPアドレスを指定してください。 An IP address, as 127.0.0.1"
        ) from None


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= MOST_PORT):
        raise argparse.ArgumentTypeError(f"ポートは 0 から {MOST_PORT} までの数です。 0-{MOST_PORT}")
    return int(text)


def _workers(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MOST_WORKERS):
        raise argparse.ArgumentTypeError(
            f"プロセスの数は 1 から {MOST_WORKERS} までの数です。 1-{MOST_WORKERS}"
        )
    if int(text) > 1 and not hasattr(os, "fork"):
        raise argparse.ArgumentTypeError(
            "Windows では、プロセスは 1 つだけです。 More than one process is not possible on Windows."
        )
    return int(text)


def _listening(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    return host or "127.0.0.1", _port(port)


def _seed(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= MOST_SEED):
        raise argparse.ArgumentTypeError(f"種は 0 から {MOST_SEED} までの数です。 0-{MOST_SEED}")
    return int(text)


def _version() -> str:
    try:
        return version("densai-sandbox")
    except PackageNotFoundError:  # run from a tree that was never installed
        return "(not installed)"
