"""The `densai` command: reads the command line and hands over to the part that does the work."""

from __future__ import annotations

import signal
import sys
from importlib import import_module
from typing import TYPE_CHECKING

from simulator import console
from simulator.banks.asked import bank_asked_for
from simulator.banks.chosen import choose, choose_from_environment, is_default
from simulator.banks.pack import PackError
from simulator.codes import new_code
from simulator.command_options import command_parser
from simulator.command_table import BANK, DATABASE, TESTING
from simulator.settings import Settings, is_loopback

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

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
    parser = command_parser()
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
