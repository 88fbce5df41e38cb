"""`densai sign FOLDER`: 実施者, 確認者 and 承認者 put a name and a date to evidence, one after the other."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from simulator.bank.messages import message
from simulator.domain.rules.identity import check_name
from steps.command_line import CommandParser
from steps.evidence import sealing
from steps.evidence.disk import EvidenceError, hash_of
from steps.evidence.run_records import MANIFEST, ROLES, SIGN_OFF_PAGE
from steps.evidence.run_results import read_results
from steps.evidence.sign_off import Signature, earliest, next_role, read_signatures, sign
from steps.evidence.verify import ALTERED, NO_EVIDENCE, SECRET, verify
from steps.exit_codes import ExitCode

DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", re.ASCII)
MORE = "役割の順（実施者、確認者、承認者）に、1 人ずつ署名します。"
CODES = (ExitCode.PASSED, ExitCode.USAGE, ExitCode.STOPPED)


class SignError(Exception):
    """A signature that cannot be taken; the message is one sentence for the person who signs."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Take one signature; return PASSED, USAGE for none that can be taken, STOPPED for none that was kept."""
    parser = CommandParser("sign", more=MORE, codes=CODES)
    parser.add_argument("folder", type=Path, help="証跡フォルダー")
    parser.add_argument("--role", choices=ROLES, help="役割。省略すると、次に署名する役割です")
    parser.add_argument("--name", help="氏名。省略すると、画面で尋ねます")
    parser.add_argument("--date", help="日付（例: 2026-01-31）。省略すると、今日です")
    typed = parser.parse_args(arguments)
    try:
        signatures = _signable(typed.folder)
        role = _role(typed.role, signatures)
        name, day = _asked(typed.folder, role, typed.name, typed.date)
        today = datetime.now().astimezone().date()
        first = earliest(read_results(typed.folder), signatures)
        signed = _name(name), _date(day, first, today)
        before = hash_of((typed.folder / MANIFEST).read_bytes())
        sealed = sign(typed.folder, role, *signed)
    except (SignError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return ExitCode.USAGE
    except (EvidenceError, OSError) as error:
        sys.stderr.write(f"{error} 署名は残していません。\n")
        return ExitCode.STOPPED
    except (EOFError, KeyboardInterrupt):
        sys.stderr.write("\n中止しました。署名は残していません。 Stopped: nothing was signed.\n")
        return ExitCode.STOPPED
    sys.stdout.write(
        f"{role} {signed[0]}（{signed[1]}）の署名を残しました: {typed.folder / SIGN_OFF_PAGE}\n"
        f"署名する前の封印: {before}\n"
        f"新しい封印（{MANIFEST} の SHA-256）: {sealed.seal}\n"
    )
    return ExitCode.PASSED


def _signable(folder: Path) -> list[Signature]:
    """Return the signatures so far. Raises SignError for evidence that nobody should stand for."""
    verification = verify(folder)
    if verification.code in (ALTERED, NO_EVIDENCE, SECRET):
        raise SignError("\n".join(["署名できません。", *verification.lines]))
    if sealing.read_manifest(folder) is None:
        again = f"densai verify {folder} --report"
        raise SignError(f"封印されていないため、署名できません。先に {again} で報告書を作ってください。")
    return read_signatures(folder)


def _role(asked: str | None, signatures: Sequence[Signature]) -> str:
    role = next_role(signatures)
    if not role:
        raise SignError(f"{'、'.join(ROLES)}の署名は、すべて済んでいます。")
    if asked not in (None, role):
        raise SignError(f"次に署名するのは{role}です。{'、'.join(ROLES)}の順に、1 回ずつ署名します。")
    return role


def _asked(folder: Path, role: str, name: str | None, day: str | None) -> tuple[str, str]:
    """Return the name and the date as typed, "" for today; both are asked for where no name was given."""
    if name is not None:
        return name, day or ""
    if not sys.stdin or not sys.stdin.isatty():
        raise SignError("氏名を --name に指定してください。")
    sys.stdout.write(f"{folder} に、{role}として署名します。\n")
    name = input(f"{role}の氏名: ")
    return name, input("日付（空のままなら今日）: ") if day is None else day


def _name(typed: str) -> str:
    """Return the name without blanks around it. Raises SignError by the bank's own rule for names."""
    name = typed.strip()
    if failures := check_name(name):
        raise SignError(f"氏名: {' '.join(map(message, failures))}")
    return name


def _date(typed: str, first: date, today: date) -> date:
    """Return the date, today for "". Raises SignError for one before ``first`` or after today."""
    day = _read_date(unicodedata.normalize("NFKC", typed).strip()) if typed.strip() else today
    if day > today:
        raise SignError(f"日付: {day} は今日（{today}）より後です。")
    if day < first:
        raise SignError(f"日付: {day} は、実行の終わりまたは前の署名の日（{first}）より前です。")
    return day


def _read_date(text: str) -> date:
    found = DATE.fullmatch(text)
    try:
        return date(*map(int, found.groups())) if found else _no_date()
    except ValueError:
        return _no_date()


def _no_date() -> date:
    raise SignError("日付は「2026-01-31」の形で、実際にある日を入力してください。")
