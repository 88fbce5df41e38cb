"""`densai xapi`: sends the results of a class to an LRS and says how many, or why not."""

from __future__ import annotations

import getpass
import os
import sys
from dataclasses import dataclass, replace

import msgspec

from simulator import database_trouble
from simulator.console import say
from simulator.store import Worlds
from simulator.store.maintenance import require_present
from simulator.store.training import Training
from simulator.training.classes import plan_of, typed_code
from simulator.xapi.lrs import AddressError, Lrs, LrsError, lrs_at
from simulator.xapi.sending import Sent, send

USER, PASSWORD = "DENSAI_LRS_USER", "DENSAI_LRS_PASSWORD"
UNSENT, WRONG = 1, 2
NO_CLASS = "クラスコードが違います。クラスの画面で確かめてください。 There is no class with this code."
NO_PASSWORD = (
    f"LRS のパスワードを、環境変数 {PASSWORD} に入れてください。 The password of the LRS is missing."
)
UNREADABLE = (
    "データベースに読めない記録があるため、送れません。densai database check で確かめてください。 "
    "A record cannot be read."
)
THE_REST = "もう一度実行すると、残りだけを送ります。"


@dataclass(frozen=True)
class Asked:
    """The options of `densai xapi`. again: send also the statements that were sent before."""

    class_code: str
    lrs: str
    with_names: bool = False
    plain_http: bool = False
    again: bool = False


def run(asked: Asked, url: str) -> int:
    """Send the results in a database and return the exit code: 0 all are sent, 1 not all, 2 wrong options."""
    try:
        lrs = _lrs(asked)
        require_present(url)
        worlds = Worlds(url)
        try:
            return _send(Training(worlds), lrs, asked)
        finally:
            worlds.close()
    except AddressError as error:
        return _refused(str(error), WRONG)
    except msgspec.DecodeError:
        return _refused(UNREADABLE, UNSENT)
    except database_trouble.WORKING as error:
        return _refused(database_trouble.why(error), UNSENT)


def _lrs(asked: Asked) -> Lrs:
    """Return the LRS with its login: of the address, the environment, or typed. Raises AddressError."""
    lrs = lrs_at(
        asked.lrs, os.environ.get(USER, ""), os.environ.get(PASSWORD, ""), plain_http=asked.plain_http
    )
    if not lrs.user or lrs.password:
        return lrs
    if not sys.stdin or not sys.stdin.isatty():
        raise AddressError(NO_PASSWORD)
    try:
        return replace(lrs, password=getpass.getpass("LRS のパスワード: "))
    except EOFError:
        raise AddressError(NO_PASSWORD) from None


def _send(training: Training, lrs: Lrs, asked: Asked) -> int:
    row = training.class_by_code(typed_code(asked.class_code))
    if row is None:
        return _refused(NO_CLASS, WRONG)
    sent = Sent()
    try:
        send(training, row, lrs, sent, with_names=asked.with_names, again=asked.again)
    except LrsError as error:
        return _refused(f"{error} {sent.statements}件を送りました。{THE_REST}", UNSENT)
    say(told(plan_of(row).name, sent))
    return 0


def told(name: str, sent: Sent) -> str:
    """Return the outcome in words, a line each. name: of the class."""
    lines = [f"クラス「{name}」の記録を{sent.statements}件送りました。"]
    if not sent.statements:
        lines = [f"クラス「{name}」に、新しく送る記録はありません。"]
    if sent.known:
        lines.append(f"うち{sent.known}件は、LRS に別の内容ですでにあるため、そのままです。")
    if sent.running:
        lines.append(f"練習中の{sent.running}件の結果は、終わった後に実行すると送ります。")
    return "".join(f"{line}\n" for line in lines)


def _refused(sentence: str, code: int) -> int:
    sys.stderr.write(f"{sentence}\n")
    return code
