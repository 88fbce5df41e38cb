"""The manual's sentence behind each line that a rule's scenario asks of a screen, or none.

A line that no sentence of the manual demands is the simulator's own: on a site of somebody else it is
only remarked on where it does not hold. Scenarios with the tag @選択 are asked there only by leave.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from simulator.manual.patterns import SCREEN_SHOWN
from simulator.manual.procedures import procedures
from simulator.manual.wording import fold


@dataclass(frozen=True)
class Demand:
    """Lines of one sort.

    by: the words of the manual that demand them, "" for none. why: what a site is free to do otherwise.
    """

    line: re.Pattern[str]
    by: str = ""
    why: str = ""


def _of(line: str, by: str = "", why: str = "") -> Demand:
    return Demand(re.compile(line), by, why)


LOGGED_OUT = "「サービス一覧」画面の「ログアウト」ボタンをクリックし、ログアウトが完了します。"
SHOWN_BY_RIGHTS = "操作に必要なタブやボタンが画面上に表示されます。"
ALL_HELD = "権限リストがすべて“○”になっており、「口座権限付与リスト」に口座情報が表示されていること"
UPDATED = "はじめて一般ユーザが、ご利用できるようになります。"
WAITING = "ユーザ検索条件は入力せずに、そのまま「確認」ボタンをクリックします。"
OWN_WORDS = "拒否されたことは、画面の変化と新しい表示で確かめます"
OWN_SHAPE = "画面の作りは、サイトが決めます"
TYPED_TWICE = "新ログインパスワード（2 箇所）"
GIVEN_PREFIX = "“d-” はあらかじめ表示されているので、“d-” の後に続くログイン ID を入力してください。"
NAMELESS = "操作できないこと。表示される画面は問いません"
# A line is of the first sort whose pattern it matches whole. A screen of the 50 steps is demanded by the step
# that leads to it, and needs no line here.
DEMANDS = (
    _of("「利用できません」画面が表示される", UPDATED, NAMELESS),
    _of("「セッション終了」画面が表示される", LOGGED_OUT, NAMELESS),
    _of("「.+」の2 箇所目の欄に「.+」というエラーが表示される", TYPED_TWICE, "文言は問いません"),
    _of("「.+」の欄は(?:「.*」|空)である", why=OWN_SHAPE),
    _of("「お客様IDまたはログインパスワードが正しくありません。」と表示される", why=OWN_WORDS),
    _of("「ロックされています」と表示される", why=OWN_WORDS),
    _of("「「ユーザ更新」が行われていないため」と表示される", why=OWN_WORDS),
    _of("「承認パスワード有効期限」は 90 日後である", why="日数はマニュアルの画面の例です"),
    _of("「初回ログインのマスターユーザへ」と(?:表示される|は表示されない)", why=OWN_SHAPE),
    _of("開いているウィンドウは 3 つである", why=OWN_SHAPE),
    _of("開いているウィンドウは 1 つである", "ウィンドウを閉じます。"),
    _of("(?:タブ|ボタン)は「.+」である", SHOWN_BY_RIGHTS, "ほかのタブやボタン、並ぶ順は問いません"),
    _of("「口座権限付与リスト」と表示される", ALL_HELD),
    _of("次の表が表示される", ALL_HELD, "ほかの列や行、「－」の表し方は問いません"),
    _of("次の行が表示される", SHOWN_BY_RIGHTS, "状態の言い方、ほかの列や行は問いません"),
    _of("「.+」の欄の前に“d-”が付いている", GIVEN_PREFIX),
    _of("「d-.+」と(?:表示される|は表示されない)", WAITING),
    _of("「(?:削除ユーザは0件です。|変更ユーザリスト)」と表示される", why=OWN_SHAPE),
    _of("「現在の承認パスワード」欄が表示されている", "現在の承認パスワード"),
)


@cache
def demand_of(line: str) -> Demand:
    """Return what the manual demands of a line of ならば. Raises KeyError for a line of no known sort."""
    for each in DEMANDS:
        if each.line.fullmatch(line):
            return each
    if (shown := SCREEN_SHOWN.fullmatch(line)) and fold(shown["screen"]) in manual_screens():
        return Demand(re.compile(re.escape(line)), line)
    raise KeyError(line)


@cache
def manual_screens() -> frozenset[str]:
    """Return the folded titles of the screens of the 50 steps."""
    return frozenset(
        fold(each) for one in procedures() for each in (one.start, *(step.next_screen for step in one.steps))
    )


def is_demanded(line: str) -> bool:
    """Return whether a site of somebody else fails where a line does not hold; one of no known sort does."""
    try:
        return bool(demand_of(line).by)
    except KeyError:
        return True
