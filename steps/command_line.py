"""The argument parser of the testing commands: the purpose that `densai --help` tells, and our exit codes."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import NoReturn

from simulator.command_table import TESTING
from steps.exit_codes import ExitCode, epilog


class CommandParser(argparse.ArgumentParser):
    """Parser of `densai NAME`; a mistake in the options ends it with ExitCode.USAGE instead of argparse's 2.

    more: a sentence above the exit codes. codes: those that the command can end with.
    """

    def __init__(self, name: str, *, more: str = "", codes: Iterable[ExitCode] = ExitCode) -> None:
        super().__init__(
            prog=f"densai {name}",
            description=TESTING[name].purpose,
            epilog="\n".join(filter(None, (more, epilog(codes)))),
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )

    def error(self, message: str) -> NoReturn:
        """Print the usage and what is wrong, and exit with ExitCode.USAGE."""
        self.print_usage()
        self.exit(ExitCode.USAGE, f"{self.prog}: error: {message}\n")
