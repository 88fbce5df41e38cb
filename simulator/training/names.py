"""Names of people: as they are kept, and as they are compared to find the same person. Pure.

A name is kept as its owner writes it. Two names are the same when they differ only in white space, width,
case or letters that nobody can see; they are twins when they differ only in the forms of one letter as 髙 and
高.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby

from simulator.domain.rules.characters import is_control

LONGEST_NAME = 40
LEAST_TO_RESEMBLE = 2  # letters: a single one resembles half the roster
LEAST_TO_MISTYPE = 3  # letters: of two, one that differs makes another name
MOST_KNOWN = 4_000  # keys that are kept: whoever joins is compared with a whole class
MOST_ALIKE = 4  # names that are asked about; where more are alike, the full name is wanted

# Letters and signs by their Unicode category that nobody can see.
_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0")
# They choose the form of the letter before them, as in 葛󠄀: kept, and not compared.
_FORMS = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
# These turn the direction of what follows, in the cell they stand in and beyond.
_TURNING = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Forms of one letter that stand for each other in people's names. The first of each group is how they are
# compared.
_TWINS = """
    高髙 崎﨑嵜 辺邉邊 斎斉齋齊 吉𠮷 島嶋嶌 沢澤 浜濱濵 広廣 富冨 国國 桜櫻 真眞 恵惠 栄榮 竜龍 条條 瀬瀨
    淵渕渊 円圓 奥奧 会會 学學 実實 寿壽 静靜 蔵藏 曽曾 薮藪 荘莊 児兒 館舘 万萬 与與 豊豐 弥彌 来來 礼禮 緑綠
    清淸 増增 郎郞 涼凉 峰峯 野埜 杉杦 槙槇 桧檜 秋穐 園薗 郷鄕 青靑 顕顯 麦麥 鉄鐵 関關 戸戶 内內 呉吳 姫姬
    徳德 柳栁 桑桒 黒黑 経經 伝傳 巌巖 権權 滝瀧 温溫 稲稻 穂穗 亀龜 黄黃 頼賴 芦蘆 恒恆 暁曉 歩步 勲勳 厳嚴
    宝寶 帯帶 従從 悦悅 横橫 渓溪 灯燈 祢禰 芸藝 蛍螢 誉譽 遥遙 録錄 桟棧 尭堯 晋晉 乗乘 栖棲 鴎鷗 翠翆 啓啟
    ケヶ
"""
_FIRST_FORM = str.maketrans({other: forms[0] for forms in _TWINS.split() for other in forms[1:]})


def kept(text: str) -> str:
    """Return a name as it is kept: one space between parts, no invisible letters, the letters as typed.

    Half-width kana and parted accents become what they mean; a letter such as 神 (U+FA19) stays as it was
    typed.
    """
    seen = "".join(char for char in _composed(text) if not _is_unseen(char))
    return " ".join(seen.split())


def _composed(text: str) -> str:
    runs = groupby(text, _is_compatibility_letter)
    return "".join(
        "".join(run) if as_typed else unicodedata.normalize("NFKC", "".join(run)) for as_typed, run in runs
    )


def _is_compatibility_letter(char: str) -> bool:
    """Whether normalisation would turn a Chinese character into another one."""
    return "\uf900" <= char <= "\ufaff" or "\U0002f800" <= char <= "\U0002fa1f"


def _is_unseen(char: str) -> bool:
    """Whether nobody can see a character that is neither white space nor refused."""
    if is_control(char) or char in _TURNING or char in _FORMS:
        return False
    return unicodedata.category(char)[0] == "C" or char in _FILLERS


def fault_of(name: str) -> str:
    """Return the key of ``classes.NAME_TEXTS`` for what is wrong with a name; "" for nothing."""
    if not any(unicodedata.category(char)[0] not in "ZC" and char not in _FORMS for char in name):
        return "name_required"
    if len(name) > LONGEST_NAME:
        return "name_too_long"
    return "name_control" if any(is_control(char) or char in _TURNING for char in name) else ""


# The same ---------------------------------------------------------------------------------------


@lru_cache(maxsize=MOST_KNOWN)
def same_key(name: str) -> str:
    """Return the key by which names are the same: without white space, width, case and letter forms."""
    plain = unicodedata.normalize("NFKC", kept(name)).casefold()
    return "".join(char for char in plain if not char.isspace() and char not in _FORMS)


@lru_cache(maxsize=MOST_KNOWN)
def twin_key(name: str) -> str:
    """Return the key by which names are twins: the same with one form for each letter."""
    return same_key(name).translate(_FIRST_FORM)


def are_alike(one: str, other: str) -> bool:
    """Return whether two names resemble: twins, one letter off, a part alone, or the parts swapped."""
    mine, his = twin_key(one), twin_key(other)
    if mine == his:
        return True
    if min(len(mine), len(his)) < LEAST_TO_RESEMBLE:
        return False
    if mine.startswith(his) or his.startswith(mine) or _swapped(one) == his or mine == _swapped(other):
        return True
    return min(len(mine), len(his)) >= LEAST_TO_MISTYPE and _is_one_letter_off(mine, his)


def _swapped(name: str) -> str:
    return twin_key("".join(reversed(kept(name).split())))


def _is_one_letter_off(one: str, other: str) -> bool:
    """Whether one letter put in, left out or typed for another makes one of the other."""
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1:
        return False
    place = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[place + (len(short) == len(long)) :] == long[place + 1 :]


# Letters that a file has lost -------------------------------------------------------------------


def has_lost_letters(read: str, present: str) -> bool:
    """Return whether ``read`` is the present name with ``?`` for letters that a file could not hold.

    A program that counts in UTF-16 writes two for one letter beyond the first plane, as 𠮷.
    """
    new, old = same_key(read), same_key(present)
    return "?" in new and new != old and any(_fits(new, known) for known in (old, _in_halves(old)))


def _in_halves(text: str) -> str:
    return "".join(char if ord(char) <= 0xFFFF else char * 2 for char in text)  # noqa: PLR2004  the first plane


def _fits(pattern: str, text: str) -> bool:
    return len(pattern) == len(text) and all(a in (b, "?") for a, b in zip(pattern, text, strict=True))


# Which of several -------------------------------------------------------------------------------


def those_alike(name: str, others: Iterable[str]) -> list[str]:
    """Return the names that resemble one; none where more than MOST_ALIKE do."""
    found = [other for other in others if are_alike(name, other)]
    return found if len(found) <= MOST_ALIKE else []
