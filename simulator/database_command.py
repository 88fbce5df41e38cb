"""`densai database`: upgrade, check, backup, restore, move; each prints what was done, or why not."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from simulator import database_trouble
from simulator.console import say
from simulator.store import address, maintenance
from simulator.training.model import ClassPlan, Learner, Practice

DOCUMENTS = {
    "classes.document": ClassPlan,
    "members.document": Learner,
    "practices.document": Practice,
}
# What people count, by table.
NAMED = {"classes": "クラス", "seats": "席", "practices": "練習", "events": "操作の記録"}
# What an upgrade has done, by how the tables stood before.
UPGRADED = {
    "old": "データベースを今の形式に更新しました。\n",
    "empty": "空のデータベースに、今の形式の表を作りました。\n",
    "present": "データベースは今の形式です。何も変更していません。\n",
}
UNSOUND = 1


def run(doing: str, url: str, target: str) -> int:
    """Do it and return the exit code: 0 when it is done, 1 when not.

    target: the file, or the URL of the other database.
    """
    try:
        return DOINGS[doing](url, target)
    except database_trouble.WORKING as error:
        sys.stderr.write(f"{database_trouble.why(error)}\n")
        return UNSOUND


def _upgrade(url: str, _target: str) -> int:
    before, copy = maintenance.upgrade(url)
    say(UPGRADED[before])
    say(f"更新前の控え  {copy}\n" if copy else "")
    return 0


def _check(url: str, _target: str) -> int:
    found = maintenance.check(url, DOCUMENTS)
    say(f"{address.shown(url)}  形式 {found.version}\n")
    if found.state == "old":
        say("形式が古いため、サーバの起動時か densai database upgrade で更新します。\n")
    say(_counted(found.counts))
    if not found.faults:
        say("壊れたところはありません。\n")
        return 0
    say("".join(f"  {each}\n" for each in found.faults))
    sys.stderr.write(
        f"壊れたところがあります（{len(found.faults)}件）。控えから復元してください。 It is damaged.\n"
    )
    return UNSOUND


def _backup(url: str, target: str) -> int:
    maintenance.backup(url, Path(target))
    say(f"控えを取りました  {Path(target).absolute()}\n")
    return 0


def _restore(url: str, target: str) -> int:
    former = maintenance.restore(Path(target), url)
    say("控えから元に戻しました。\n")
    say(f"戻す前のデータベース  {former.absolute()}\n" if former else "")
    return 0


def _move(url: str, target: str) -> int:
    say(_counted(maintenance.move(url, target)))
    say(f"すべて移しました  {address.shown(target)}\n")
    return 0


def _counted(counts: dict[str, int]) -> str:
    told = "、".join(f"{words} {counts[name]:,}" for name, words in NAMED.items() if name in counts)
    return f"{told}\n" if told else ""


DOINGS: dict[str, Callable[[str, str], int]] = {
    "upgrade": _upgrade,
    "check": _check,
    "backup": _backup,
    "restore": _restore,
    "move": _move,
}
