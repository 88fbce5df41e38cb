"""The checks of one bank pack; each yields the key of a mistake and a sentence. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from itertools import permutations

from simulator.banks.keys import BY_NAME, KEYS, SENTENCES, WORDS
from simulator.banks.pack import Mistake, Pack
from simulator.toml_text import closest

INK, LINK, WHITE = "#1d2530", "#0b4f8a", "#ffffff"  # of bank.css
LEAST_CONTRAST = 4.5  # WCAG 2.2, 1.4.3
BYTES_OF_JIS_X_0208 = 2  # in EUC-JP; the supplement JIS X 0212 takes three
SERVICES = ("service.public", "service.button", "service.system")
WHO = ("master", "general", "third")
LONGEST_MASTER = 11  # a feature sets it with one more sign as a password
# That it is for training is never changed; nor are the words of which the grammar of the manual's sentences
# and the tables of drills are made.
FIXED = (
    "訓練",
    "模擬",
    "マスターユーザ",
    "一般ユーザ",
    "画面",
    "ボタン",
    "タブ",
    "リンク",
    "クリック",
    "入力し",
    "入力する",
    "手順",
    "通知書面",
)
FORBIDDEN = "、。「」『』[]（）(){}|<>\"'\\*+?^$&\n\r\t"


def in_keys(flat: Mapping[str, object]) -> Iterator[Mistake]:
    """Yield the keys that are unknown, missing or of another form."""
    for name, value in flat.items():
        known = BY_NAME.get(name)
        if known is None:
            yield name, f"知らない項目です。{closest(name, BY_NAME)}"
        elif fault := known.fault(value):
            yield name, fault
    for key in KEYS:
        if key.is_required and key.name not in flat:
            yield key.name, "必要な項目がありません。"


def in_words(words: object) -> Iterator[Mistake]:
    """Yield what is wrong with the table [words], whatever texts its words stand in."""
    if not isinstance(words, dict):
        yield WORDS, '"既定の言葉" = "この銀行の言葉" の表にしてください。'
        return
    for word, other in words.items():
        if fault := _fault(word, other):
            yield f"{WORDS}.{word}", fault


def _fault(word: str, other: object) -> str:
    if not isinstance(other, str):
        return "文字列を書いてください。"
    if word == other:
        return "左右が同じです。何も変わりません。"
    if not other.strip() or word.isascii():
        return "日本語を含む言葉を左に、それに代わる言葉を右に書いてください。"
    if signs := sorted(set(FORBIDDEN) & set(word + other)):
        return f"使えない記号があります: {' '.join(map(repr, signs))}"
    if fixed := next((each for each in FIXED if each in word or each in other), ""):
        return f"「{fixed}」は変えることも加えることもできません。"
    return ""


def in_sentences(sentences: object) -> Iterator[Mistake]:
    """Yield what is wrong with the table [sentences], whatever the steps are."""
    if not isinstance(sentences, dict):
        yield SENTENCES, '"2-1.4" = "この銀行のマニュアルの文" の表にしてください。'
        return
    for step, sentence in sentences.items():
        if not isinstance(sentence, str) or not sentence.strip():
            yield f"{SENTENCES}.{step}", "文を書いてください。"
        elif sentence != sentence.strip() or not sentence.isprintable() or set("<>|") & set(sentence):
            yield f"{SENTENCES}.{step}", "1 行の文にしてください。「<」「>」「|」と、前後の空白は使えません。"


def in_values(pack: Pack) -> Iterator[Mistake]:
    """Yield what is wrong between the values of keys that are right by themselves."""
    yield from _of_services(pack)
    yield from _of_ids(pack)
    yield from _of_people(pack)
    yield from _of_colours(pack)
    if pack.rules.warning_days + 1 >= pack.rules.approval_days:
        yield "rules.warning_days", "approval_days より 2 日以上短くしてください。"


def folded(text: str) -> str:
    """Return a name as it is compared: width and white space make no difference."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _of_services(pack: Pack) -> Iterator[Mistake]:
    """Two services of one name, or of which one holds the other, cannot be told apart on a page."""
    for one, other in permutations(SERVICES, 2):
        if folded(pack.text(one)) in folded(pack.text(other)):
            yield one, f"{other} と同じか、その一部です。区別できる名前にしてください。"


def _of_ids(pack: Pack) -> Iterator[Mistake]:
    keys = [f"people.{who}.login_id" for who in WHO]
    bare = {key: pack.text(key).removeprefix("d-").lower() for key in keys}
    for one, other in permutations(bare, 2):
        if bare[one] == bare[other]:
            yield one, f"{other} と同じです。"
        elif bare[one] == bare[other][:-1]:
            yield one, f"{other} から最後の 1 文字を除いたものと同じです（だれのものでもない例に使います）。"
    master, general, third = keys
    if bare[third] < bare[general]:
        yield third, f"{general} より、並べたときに後になるIDにしてください（表はIDの順に並びます）。"
    if len(bare[master]) > LONGEST_MASTER:
        yield master, f"「d-」の後は {LONGEST_MASTER} 文字以内にしてください。"
    for key in (master, general):
        if bare[key].endswith("1"):
            yield key, "「1」で終わらないIDにしてください（最後に「1」を付けた例があります）。"


def _of_people(pack: Pack) -> Iterator[Mistake]:
    names = [*(f"people.{who}.name" for who in WHO), "people.general.new_name"]
    for one, other in permutations(names, 2):
        if folded(pack.text(one)) == folded(pack.text(other)):
            yield one, f"{other} と同じです。"
    for name in names:
        if not _is_in_jis(pack.text(name)):
            yield name, "JIS 第 1・第 2 水準の文字にしてください（「ユーザ更新」の画面で「?」になります）。"
    master, general = (pack.text(f"people.{who}.name").split(" ")[1] for who in WHO[:2])
    if master in general or general in master:
        yield "people.general.name", "名が people.master.name の名と同じか、一方が他方の一部です。"


def _is_in_jis(text: str) -> bool:
    try:
        return all(len(sign.encode("euc_jp")) <= BYTES_OF_JIS_X_0208 for sign in text)
    except UnicodeEncodeError:
        return False


def _of_colours(pack: Pack) -> Iterator[Mistake]:
    for key, other, name in (
        ("colours.brand", WHITE, "白い文字"),
        ("colours.brand_dark", WHITE, "白い文字"),
        ("colours.brand_pale", INK, "黒い文字"),
        ("colours.brand_pale", LINK, "リンク"),
    ):
        found = contrast(pack.text(key), other)
        if found < LEAST_CONTRAST:
            yield key, f"{name}との明暗比が {found:.1f} です。{LEAST_CONTRAST} 以上にしてください。"


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (#rrggbb), 1 to 21 (WCAG 2.2)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    darkest = 0.04045
    return part / 12.92 if part <= darkest else ((part + 0.055) / 1.055) ** 2.4
