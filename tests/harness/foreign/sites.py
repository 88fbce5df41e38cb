"""The four sites by name, and the bank that each run of one begins with."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from tests.harness.foreign import blocks, frames, legacy, spa
from tests.harness.foreign.core import ACCOUNTS, BOXES, Bank, User, today

SITES: dict[str, Callable[[Bank], AbstractContextManager[str]]] = {
    "legacy": legacy.serve,
    "frames": frames.serve,
    "spa": spa.serve,
    "blocks": blocks.serve,
}
# The environment that the TOML files name, but for the address.
SECRETS = {
    "DENSAI_MASTER_ISSUED": "tsuchi01",
    "DENSAI_MASTER_PASSWORD": "taroLogin1",
    "DENSAI_MASTER_APPROVAL": "taroShonin2",
    "DENSAI_GENERAL_ISSUED": "shokai03",
    "DENSAI_GENERAL_PASSWORD": "hanaLogin4",
    "DENSAI_GENERAL_INITIAL_APPROVAL": "shoki05",
    "DENSAI_GENERAL_APPROVAL": "hanaShonin6",
}


def bank_after(procedure: str) -> Bank:
    """The bank as procedure 1-4 or 2-3 leaves it: with all rights for the master, or for both people."""
    bank, id_ = new_bank(), "d-1560hekishin"
    master = bank.users["d-1560heki"]
    master.password, master.issued = SECRETS["DENSAI_MASTER_PASSWORD"], False
    master.approval, master.approval_until = SECRETS["DENSAI_MASTER_APPROVAL"], today()
    general = User(id_, "碧海 花子", "hanako@hekishin.example.jp", SECRETS["DENSAI_GENERAL_ISSUED"])
    general.approval, general.approval_is_initial = SECRETS["DENSAI_GENERAL_INITIAL_APPROVAL"], True
    if procedure == "2-3":
        bank.users[id_] = general
        master.known = general.known = True
    for user in (master, general):
        user.rights = frozenset(f"{each}/{box}" for each, boxes in BOXES.items() for box in boxes)
        user.accounts = frozenset(ACCOUNTS)
    return bank


def new_bank() -> Bank:
    """The master as the notice letter introduces him, and nobody else."""
    issued = SECRETS["DENSAI_MASTER_ISSUED"]
    return Bank.with_master("d-1560heki", "碧海 太郎", "taro@hekishin.example.jp", issued)
