"""The `densai` command: reads the command line and hands over to the part that does the work."""

from __future__ import annotations

import argparse
import ipaddress
import os
import signal
import sys
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from simulator import console
from simulator.banks.asked import bank_asked_for
from simulator.banks.chosen import choose, choose_from_environment, is_default
from simulator.banks.pack import PackError
from simulator.codes import new_code
from simulator.command_table import BANK, DATABASE, PACK, SERVE, TESTING, XAPI
from simulator.settings import MOST_SEED, Settings, is_loopback

if TYPE_CHECKING:
    from collections.abc import Sequence

DEFAULT_DATABASE = "densai.sqlite3"
DATABASE_HELP = "SQLite のファイル、または SQLAlchemy の URL (default: %(default)s)"
MOST_PORT = 65535
MOST_WORKERS = 64
OWN_PROXY = "127.0.0.1"  # where an https proxy is expected, it runs on this computer
OPERATOR_CODE_LENGTH = 8

EXTRA = (
    "このコマンドには追加の部品が必要です: pip install 'densai-sandbox[{extra}]' "
    "This command needs the {extra} extra; {missing} is missing.\n"
)
# The number of steps.exit_codes.ExitCode.USAGE, which nothing here may import.
USAGE_OF_TESTING = 10
INTERRUPTED = 128 + signal.SIGINT  # as shells count it
IN_MEMORY = (
    "メモリー上のデータベースは使えません。--database にファイルを指定してください。 "
    "A database in memory would lose its tables between two requests: name a file."
)
NO_DOING = f"{' / '.join(DATABASE)} のどれかを指定してください。 Name what is to be done."
NO_URL = "--database の指定を読めません。 The URL of the database cannot be read."


class UsageError(Exception):
    """A mistake on the command line, in one sentence."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code; of serve 0 for a clean end, 1 for none, 2 for wrong options."""
    console.open_streams()
    try:
        return _run(arguments)
    except KeyboardInterrupt:  # before the command itself listens for it
        return INTERRUPTED


def _run(arguments: Sequence[str] | None) -> int:
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        _choose_bank(given)
        return _test(given[0], given[1:]) if given and given[0] in TESTING else _work(given)
    except PackError as error:
        sys.stderr.write(f"{error}\n")
        return USAGE_OF_TESTING if given and given[0] in TESTING else 2


def _work(given: Sequence[str]) -> int:
    """Run a command that needs no extra and return its exit code."""
    parser = _parser()
    typed = parser.parse_args(given)
    if typed.command is None:
        parser.print_help()
        return 2
    try:
        if typed.command == "database":
            return _work_on_database(typed)
        if typed.command == "xapi":
            return _send_results(typed)
        if typed.command == "bank":
            return _work_on_bank(typed)
        settings = settings_from(typed)
    except UsageError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    # Imported late: --help and a mistake in the options need none of the server.
    from simulator.serving import serve  # noqa: PLC0415

    return serve(settings)


def _choose_bank(given: Sequence[str]) -> None:
    """Choose the bank before any module with its texts is read. Raises PackError."""
    if given[:1] == ["bank"]:
        return
    if asked := bank_asked_for(given):
        choose(asked)
    else:
        choose_from_environment()
    if not is_default():
        # Imported late: it reads the features.
        from simulator.manual.pack_check import check_sentences  # noqa: PLC0415

        check_sentences()


def _test(command: str, rest: Sequence[str]) -> int:
    """Run a command of the table and return its exit code; its packages are an extra."""
    wanted = TESTING[command]
    try:
        run = getattr(import_module(wanted.module), wanted.function)
    except ModuleNotFoundError as error:
        sys.stderr.write(EXTRA.format(extra=wanted.extra, missing=error.name))
        return USAGE_OF_TESTING
    code: int = run(rest)
    return code


def _work_on_database(typed: argparse.Namespace) -> int:
    """Run a command on a whole database and return its exit code. Raises UsageError."""
    if typed.doing is None:
        raise UsageError(NO_DOING)
    database = database_url(typed.database)
    target = database_url(typed.url) if typed.doing == "move" else getattr(typed, "file", "")
    # Imported late, as the server is.
    from simulator.database_command import run  # noqa: PLC0415

    return run(typed.doing, database, target)


def _send_results(typed: argparse.Namespace) -> int:
    """Send the results of a class and return the exit code. Raises UsageError."""
    database = database_url(typed.database)
    # Imported late, as the server is.
    from simulator.xapi.command import Asked, run  # noqa: PLC0415

    asked = Asked(typed.class_code, typed.lrs, typed.names, typed.plain_http, typed.again)
    return run(asked, database)


def _work_on_bank(typed: argparse.Namespace) -> int:
    """Write or look through a bank pack and return the exit code. Raises UsageError."""
    if typed.doing is None:
        raise UsageError(f"{' / '.join(BANK)} のどちらかを指定してください。 Name what is to be done.")
    from simulator.bank_command import run  # noqa: PLC0415  it reads the features

    return run(typed.doing, typed.target)


def settings_from(typed: argparse.Namespace) -> Settings:
    """Return the settings that a command line asks for.

    Raises:
        UsageError: the server would be open to other computers without a host name that it answers to, or
            the database is none that can be kept.
    """
    allowed, database = tuple(typed.allow_host), database_url(typed.database)
    if not is_loopback(typed.host) and not allowed:
        message = (
            f"--host {typed.host} を開くには、利用者が入力するホスト名を --allow-host で指定してください。 "
            f"Another address than loopback needs --allow-host with the name that people will type."
        )
        raise UsageError(message)
    return Settings(
        database=database,
        seed=typed.seed,
        host=typed.host,
        port=typed.port,
        allow_hosts=allowed,
        plain_http=typed.plain_http,
        operator_code=new_code(OPERATOR_CODE_LENGTH) if allowed else "",
        durability=typed.durability,
        proxy=typed.proxy or (OWN_PROXY if allowed and not typed.plain_http else ""),
        workers=typed.workers,
        access_log=typed.access_log,
        metrics=typed.metrics,
    )


def database_url(asked: str) -> str:
    """Return the URL of the database that is asked for. Raises UsageError for none that can be kept."""
    # Imported late: --help and a mistake in the options need nothing of the database.
    from simulator.store import address  # noqa: PLC0415

    try:
        url = address.url_of(asked)
    except address.AddressError:
        raise UsageError(NO_URL) from None
    if address.is_in_memory(url):
        raise UsageError(IN_MEMORY)
    return url


def _parser() -> argparse.ArgumentParser:
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


def _add_database_options(database: argparse.ArgumentParser) -> None:
    doings = database.add_subparsers(dest="doing", title="commands")
    for name, doing in DATABASE.items():
        added = doings.add_parser(name, help=doing.purpose, description=doing.purpose)
        if doing.argument:
            added.add_argument(doing.argument.lower(), metavar=doing.argument, help=doing.about)
        added.add_argument("--database", default=DEFAULT_DATABASE, help=DATABASE_HELP)


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
    add("--database", default=DEFAULT_DATABASE, help=DATABASE_HELP)


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
    add(
        "--database",
        default=DEFAULT_DATABASE,
        help=DATABASE_HELP,
    )
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
