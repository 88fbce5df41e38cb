"""The words around the manual that each form has: its title, whose service it is, and what it is not."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.banks.chosen import bank
from simulator.manual.procedures import procedure
from simulator.manual.text import manual_text
from steps.publishing.book import TRAINING

GUIDE = (
    "画面の赤い枠と番号は、操作するところと順番を示します。入力例のパスワードは訓練用のもので、"
    "実際のサービスでは使えません。"
)


@dataclass(frozen=True)
class Cover:
    """The words of the title page. title: the manual's. service: the service's name, as the manual has it."""

    title: str
    service: str
    training: str = TRAINING
    kind: str = "操作マニュアル"
    notice: str = (
        "画面は訓練のために作られた模擬画面で、金融機関が提供するものではありません。データは架空のものです。"
    )
    guide: str = GUIDE


def cover() -> Cover:
    """Return the title page of the manual as the features have it, with where customers may ask."""
    service = procedure("1-1").steps[1].next_screen
    return Cover(manual_text().title, service, guide=f"{GUIDE}{_contact()}")


def _contact() -> str:
    told = [bank().text(f"contact.{key}") for key in ("phone", "hours")]
    asked = "　".join(filter(None, told))
    return f"\nお問い合わせ: {bank().text('bank.name')}　{asked}" if asked else ""
