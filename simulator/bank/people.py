"""Fake people, companies and accounts from a seed: the same seed gives the same bank again.

The two people are the manual's own; all else is Faker's. Mail domains are reserved ones.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from simulator.bank.credentials import derive
from simulator.banks.chosen import bank
from simulator.domain.world import Account, Company, Kind

if TYPE_CHECKING:
    from faker import Faker

MASTER_ID = "d-1560heki"
GENERAL_ID = "d-1560hekishin"


@dataclass(frozen=True)
class Persona:
    """A person of the story, with the values of the notice letter and those that the person chooses.

    No password shows in its repr: a failure's traceback quotes that.
    """

    kind: Kind
    login_id: str
    name: str
    mail: str
    issued_password: str = field(repr=False)
    password: str = field(repr=False)
    approval_password: str = field(repr=False)
    initial_approval_password: str = field(default="", repr=False)


@dataclass(frozen=True)
class People:
    """The two people of the manual's story."""

    master: Persona
    general: Persona


@lru_cache(maxsize=1_000)  # every page of every seat of a class asks
def people(seed: int) -> People:
    """Return the master and the general user of the bank with this seed, with their passwords."""
    return People(
        _persona(seed, "master", MASTER_ID, "碧海 太郎", "taro@hekishin.example.jp"),
        _persona(seed, "general", GENERAL_ID, "碧海 花子", "hanako@hekishin.example.jp"),
    )


def _persona(seed: int, kind: Kind, login_id: str, name: str, mail: str) -> Persona:
    return Persona(
        kind=kind,
        login_id=login_id,
        name=name,
        mail=mail,
        issued_password=derive(seed, f"{login_id} issued"),
        password=derive(seed, f"{login_id} login"),
        approval_password=derive(seed, f"{login_id} approval"),
        initial_approval_password=derive(seed, f"{login_id} initial approval") if kind == "general" else "",
    )


_BUSINESSES = (
    ("製作所", "セイサクショ"),
    ("商事", "ショウジ"),
    ("精機", "セイキ"),
    ("電工", "デンコウ"),
    ("運輸", "ウンユ"),
    ("建材", "ケンザイ"),
)
_faker_lock = threading.Lock()


@cache
def _faker() -> Faker:
    # Imported late: it costs a server that makes no seat a fifth of a second and 15 MiB.
    from faker import Faker  # noqa: PLC0415

    return Faker("ja_JP")


def company(seed: int) -> tuple[Company, list[Account]]:
    """Return the company of the bank with this seed and its settlement accounts (7-digit numbers)."""
    with _faker_lock:  # seeding and drawing must not interleave between threads
        fake = _faker()
        fake.seed_instance(seed)
        place = bank().text("company.place")
        surname, kana = fake.last_name_pair()[:2]
        business, business_kana = fake.random_element(_BUSINESSES)
        made = Company(
            name=f"株式会社{surname}{business}",
            kana=f"カブシキガイシャ{kana}{business_kana}",
            address=f"〒{fake.postcode()} {place}{fake.town()}{fake.chome()}{fake.ban()}",
            phone=f"{bank().text('company.phone')}{fake.numerify('####')}",
            user_number=fake.bothify("??#######").upper(),
            contract_date=date(2025, 11, 4),
        )
        numbers = sorted(fake.unique.numerify(f"{bank().text('bank.code')[:3]}####") for _ in range(2))
        fake.unique.clear()
    branch = (bank().text("company.branch_code"), bank().text("company.branch"))
    holder = f"カ）{kana}{business_kana}"
    return made, [
        Account(*branch, "当座", numbers[0], holder),
        Account(*branch, "普通", numbers[1], holder),
    ]
