"""`densai publish FOLDER`: the manual with pictures as page, PDF and Word file, and as a trial version."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from playwright.sync_api import Error as PlaywrightError

from simulator.bank.people import People, people
from simulator.banks.asked import OPTION
from simulator.banks.chosen import bank, is_default
from simulator.settings import Settings
from simulator.store import DatabaseError, trouble_of
from steps.command_line import CommandParser
from steps.driver.browser_search import BrowserError
from steps.driver.failure import StepFailure
from steps.evidence.gate import search
from steps.exit_codes import ExitCode
from steps.progress_text import bar
from steps.publishing import demo_book, html_book, pdf_book, scorm_book, word_book
from steps.publishing.book import Book
from steps.publishing.capture import capture, served_bank, started_browser
from steps.publishing.coach_steps import passwords_of
from steps.publishing.output_folder import FolderTaken, published
from steps.publishing.trouble import PublishError

FORMS = ("html", "pdf", "docx", "demo", "scorm")
# The files of another bank than the default one have its name.
MANUAL = "manual" if is_default() else f"manual-{bank().id}"
HTML, PDF, WORD, DEMO, SCORM = "html", f"{MANUAL}.pdf", f"{MANUAL}.docx", "demo", "scorm"
CODES = (ExitCode.PASSED, ExitCode.USAGE, ExitCode.STOPPED, ExitCode.SECRET)


class SecretFound(PublishError):  # noqa: N818  named as what it is
    """A file holds what nobody may read."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Publish the manual; return PASSED, or a code that says why there is nothing."""
    typed = publish_parser().parse_args(arguments)
    try:
        publish(typed.folder, typed.only)
    except FolderTaken as error:
        return _ended(error, ExitCode.USAGE)
    except SecretFound as error:
        return _ended(error, ExitCode.SECRET)
    except (PublishError, BrowserError, StepFailure) as error:
        return _ended(error, ExitCode.STOPPED)
    except DatabaseError as error:
        return _ended(
            PublishError(f"訓練用の席を使えません（{trouble_of(error).reason}）。"), ExitCode.STOPPED
        )
    except PlaywrightError as error:
        first = error.message.splitlines()[0]
        return _ended(PublishError(f"ブラウザーのエラーが起きました: {first}"), ExitCode.STOPPED)
    sys.stdout.write(f"作りました: {typed.folder}（{'、'.join(typed.only)}）\n")
    return ExitCode.PASSED


def _ended(error: Exception, code: ExitCode) -> ExitCode:
    sys.stderr.write(f"{error}\n")
    return code


def publish_parser() -> argparse.ArgumentParser:
    """Return the parser of `densai publish`."""
    more = "訓練用シミュレータでマニュアルの手順を行い、画面を撮影します。実際のサイトは使いません。"
    parser = CommandParser("publish", more=more, codes=CODES)
    parser.add_argument("folder", type=Path, help="作るフォルダー。まだないもの、または空のもの")
    parser.add_argument(
        "--only",
        type=_forms,
        default=FORMS,
        metavar="FORMS",
        help=f"作るもの（既定: {','.join(FORMS)}）",
    )
    # The command line has chosen it before this module was read (simulator.cli).
    parser.add_argument(OPTION, metavar="FILE", help="名前、人、数字、言葉を書いた銀行パック（TOML）")
    return parser


def _forms(text: str) -> tuple[str, ...]:
    asked = tuple(dict.fromkeys(filter(None, (each.strip() for each in text.split(",")))))
    if not asked or set(asked) - set(FORMS):
        raise argparse.ArgumentTypeError(f"{','.join(FORMS)} から選んでください。 Choose from these.")
    return asked


def publish(folder: Path, forms: Iterable[str] = FORMS) -> None:
    """Photograph the manual and write it in these forms into a new folder.

    Raises PublishError, BrowserError, StepFailure and DatabaseError; there is no folder then.
    """
    with published(folder) as new, TemporaryDirectory() as work:
        pdf_book.font()  # pictures without Japanese letters would be of no use either
        book, hidden = _captured()
        write(book, new, Path(work), forms)
        if found := search((new, Path(work)), hidden):
            raise SecretFound(f"配布できない値が含まれています: {found[0]}")


def write(book: Book, folder: Path, work: Path, forms: Iterable[str]) -> None:
    """Write a book in these forms; work: a folder for the PDF's parts. Raises PublishError and OSError."""
    if "html" in forms:
        html_book.write(folder / HTML, book)
    if "pdf" in forms:
        pdf_book.write(folder / PDF, book, work)
    if "docx" in forms:
        (folder / WORD).write_bytes(word_book.content(book))
    if "demo" in forms:
        demo_book.write(folder / DEMO, book)
    if "scorm" in forms:
        scorm_book.write(folder / SCORM, book)


def _captured() -> tuple[Book, set[str]]:
    """Return the pictures, and what must stand in no file."""
    with served_bank() as bank, started_browser() as browser:
        book = capture(browser, bank.seat, bank.home, _tell)
        hidden = {bank.seat.code, urlsplit(bank.home).netloc, *_passwords(people(Settings.seed))}
    return book, hidden


def _passwords(both: People) -> set[str]:
    """Return the passwords of two people: those of the default seed open the banks of real classes."""
    return passwords_of(both.master) | passwords_of(both.general)


def _tell(done: int, of: int, text: str) -> None:
    """Show how far the pictures are, on the terminal in one line."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[K{bar(done, of, text)}" + "\n" * (done == of))
    elif text:
        sys.stderr.write(f"[{done + 1}/{of}] {text}\n")
    sys.stderr.flush()
