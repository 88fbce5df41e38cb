"""The keys of a bank pack, each with what it must look like, and the JSON schema made of them.

Plain Python: the bank's rules and the manual's grammar read the chosen pack, and they need nothing else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SCHEMA = Path(__file__).with_name("bank.schema.json")
# Without what ends a clause, quotes or joins in the manual's sentences, and signs of patterns and pages.
NAME = r"(?!.*(?:の|画面|訓練))[^\s、。，．・:：「」『』\[\]［］()（）{}|<>\"'\\*+?^$&#/.,;%]+"
NAME_TEXT = "空白、改行、句読点、括弧、記号、「の」、「画面」、「訓練」を含まない名前"
LOGIN_ID = r"d-(?=[0-9A-Za-z]*[A-Za-z])(?=[0-9A-Za-z]*[0-9])[0-9A-Za-z]{6,12}"
PERSON = r"[^\s!-~]{1,10} [^\s!-~]{1,10}"
MAIL = r"[0-9A-Za-z._-]+@[0-9a-z-]+\.example\.(?:jp|com|net|org)"
COLOUR = r"#[0-9a-f]{6}"
REQUIRED = ("bank", "service", "people")


@dataclass(frozen=True)
class Key:
    """A key of a pack: its name with its tables, what it is for, and what its value must look like.

    pattern, wanted: of a text, the whole of it and a phrase for it. least, most: of a number.
    """

    name: str
    about: str
    pattern: str = ""
    wanted: str = ""
    least: int = 0
    most: int = 0

    @property
    def is_number(self) -> bool:
        """Whether its value is a number."""
        return self.most > 0

    @property
    def is_required(self) -> bool:
        """Whether a pack without it cannot be told from the default one by its names."""
        return self.name.partition(".")[0] in REQUIRED

    def fault(self, value: object) -> str:
        """Return what is wrong with a value, as a sentence; "" for nothing."""
        if self.is_number:
            fits = type(value) is int and self.least <= value <= self.most
            return "" if fits else f"{self.least} から {self.most} までの整数を書いてください。"
        fits = isinstance(value, str) and bool(re.fullmatch(self.pattern, value))
        return "" if fits else f"{self.wanted}を書いてください。"

    def schema(self) -> dict[str, Any]:
        """Return its part of the JSON schema."""
        if self.is_number:
            kind = {"type": "integer", "minimum": self.least, "maximum": self.most}
        else:
            kind = {"type": "string", "pattern": f"^(?:{self.pattern})$"}
        return {"description": self.about, **kind}


def _name(key: str, about: str) -> Key:
    return Key(key, about, NAME, NAME_TEXT)


def _login_id(key: str, about: str) -> Key:
    return Key(key, about, LOGIN_ID, "「d-」の後に、半角の英字と数字を両方含む 6～12 文字")


def _person(key: str, about: str) -> Key:
    return Key(key, about, PERSON, "姓と名（全角）を半角の空白 1 つで区切ったもの")


def _mail(key: str, about: str) -> Key:
    return Key(key, about, MAIL, "実在しないアドレス（…@名前.example.jp など）")


def _colour(key: str, about: str) -> Key:
    return Key(key, about, COLOUR, "「#」の後に小文字の 16 進数 6 桁の色")


KEYS = (
    Key(
        "bank.id",
        "パックの名前。データベースと、作られるファイルの名前に使います。",
        r"[a-z][a-z0-9-]{1,31}",
        "半角の英小文字で始まる、英小文字、数字、「-」の 2～32 文字",
    ),
    _name("bank.we", "自分の呼び方。当金庫、当組合、当行など。"),
    _name("bank.name", "金融機関の名前。"),
    _name("bank.kind", "種類の名前。信用金庫、信用組合、銀行など。"),
    _name("bank.short", "文の中での短い呼び方。金庫、組合、銀行など。"),
    Key("bank.code", "マニュアルの例のIDに使う 4 桁の番号。", r"[0-9]{4}", "半角数字 4 桁"),
    _name("service.public", "ホームページでのサービスの名前。"),
    _name("service.button", "「サービス一覧」画面のボタンの名前。"),
    _name("service.system", "案内画面の題にあるシステムの名前。"),
    _name("service.common", "サービスを名前でなく呼ぶときの言葉。"),
    _login_id("people.master.login_id", "例のマスターユーザのログインID。"),
    _person("people.master.name", "例のマスターユーザの名前。"),
    _mail("people.master.mail", "例のマスターユーザのメールアドレス。"),
    _login_id("people.general.login_id", "例の一般ユーザのログインID。"),
    _person("people.general.name", "例の一般ユーザの名前。"),
    _person("people.general.new_name", "一般ユーザの名前を変える例の、新しい名前。"),
    _mail("people.general.mail", "例の一般ユーザのメールアドレス。"),
    _login_id("people.third.login_id", "例の 3 人目のログインID。"),
    _person("people.third.name", "例の 3 人目の名前。"),
    Key(
        "people.third.password",
        "例の 3 人目の初回ログインパスワード。",
        LOGIN_ID.removeprefix("d-"),
        "半角の英字と数字を両方含む 6～12 文字",
    ),
    _name("company.branch", "例の口座の店の名前。"),
    Key("company.branch_code", "例の口座の店番。", r"[0-9]{3}", "半角数字 3 桁"),
    _name("company.place", "例の会社の住所のはじめ。実在しない市区町村にします。"),
    Key(
        "company.phone", "例の会社の電話番号のはじめ。", r"[0-9]{2,5}-[0-9]{1,4}-", "「0566-00-」のような番号"
    ),
    Key("contact.phone", "窓口の電話番号。マニュアルの表紙に載ります。", r"[0-9-]{0,20}", "半角数字と「-」"),
    Key(
        "contact.hours", "窓口の受付時間。マニュアルの表紙に載ります。", r"[^\n]{0,60}", "60 文字以内の 1 行"
    ),
    _colour("colours.brand", "上の帯と主なボタンの色。白い文字が載ります。"),
    _colour("colours.brand_dark", "濃い色。白い文字が載り、白い地の文字にもなります。"),
    _colour("colours.brand_pale", "薄い色。黒い文字の地になります。"),
    Key("rules.lock_after", "何回続けてパスワードを間違えるとロックされるか。", least=3, most=15),
    Key("rules.approval_days", "承認パスワードの有効期限までの日数。", least=30, most=3650),
    Key("rules.warning_days", "有効期限の何日前から変更を促すか。", least=2, most=90),
    Key("rules.idle_minutes", "操作がないとログアウトするまでの分数。", least=5, most=480),
)
BY_NAME = {each.name: each for each in KEYS}
WORDS, SENTENCES = "words", "sentences"  # tables with keys of the bank's own


def schema() -> dict[str, Any]:
    """Return the JSON schema that is published beside the default pack."""
    tree = _table()
    for each in KEYS:
        *tables, key = each.name.split(".")
        place = tree
        for name in tables:
            place = place["properties"].setdefault(name, _table())
        place["properties"][key] = each.schema()
        if each.is_required:
            place.setdefault("required", []).append(key)
    tree["properties"]["people"]["required"] = list(tree["properties"]["people"]["properties"])
    tree["properties"][WORDS] = {
        "type": "object",
        "additionalProperties": {"type": "string"},
        "description": "そのほかの言葉。左に既定の言葉、右にこの銀行の言葉を書きます。",
    }
    tree["properties"][SENTENCES] = {
        "type": "object",
        "propertyNames": {"pattern": r"^[1-4](-[1-4])?\.\d+$"},
        "additionalProperties": {"type": "string"},
        "description": "言い方が文ごと違う手順。左に手順の番号（2-1.4 など）、右に文を書きます。",
    }
    about = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "銀行パック"}
    return {**about, **tree, "required": list(REQUIRED)}


def _table() -> dict[str, Any]:
    return {"type": "object", "properties": {}, "additionalProperties": False}
