"""The four sites by name, and the bank that each run of one begins with."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from tests.harness.foreign import blocks, frames, legacy, spa
from tests.harness.foreign.core import Bank

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


def new_bank() -> Bank:
    """The master as the notice letter introduces him, and nobody else."""
    issued = SECRETS["DENSAI_MASTER_ISSUED"]
    return Bank.with_master("d-1560heki", "碧海 太郎", "taro@hekishin.example.jp", issued)
