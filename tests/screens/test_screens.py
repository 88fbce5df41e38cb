"""Every screen S01 to S38 comes up under its title, and no template is left out.

Each is reached as a person would reach it; the visitor checks every page on the way.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import template_rendered

from simulator.bank import screens
from simulator.bank.people import GENERAL_ID
from simulator.bank.people import people as people_of
from tests.screens.doings import (
    approval_of,
    change_user,
    choose_rights,
    create_user,
    enter_new_user,
    update_users,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from simulator.store import Seat
    from tests.screens.banks import Bank
    from tests.screens.visitor import Visitor

TEMPLATES = Path(screens.__file__).parents[1] / "templates"
USED = re.compile(r"{%\s*(?:extends|import|include)\s[^%]*%}")
NAME = re.compile(r'"([^"]+\.html)"')
Way = tuple[str, str, "Callable[[Visitor], object]"]  # start, who, what he does there

MASTER, GENERAL, NOBODY = "master", "general", "nobody"


def opening(*screens: str) -> Callable[[Visitor], object]:
    def go(at: Visitor) -> None:
        for screen in screens:
            at.open(screen)

    return go


def log_in_first(at: Visitor) -> None:
    master = people_of(at.seat.seed).master
    at.log_in(master.login_id, master.issued_password)


def set_approval_password(at: Visitor) -> None:
    at.open("approval-password").press("実行", new="atarashii1", again="atarashii1")


def choose_approver(at: Visitor) -> None:
    choose_rights(at, ["trades.approver"], [])


def grant(at: Visitor) -> None:
    choose_rights(at, ["densai"], []).press("変更", approval=approval_of(at))


def change(what: str, **filled: str) -> Callable[[Visitor], object]:
    return lambda at: change_user(at, what, **filled)


def stop_before_update(at: Visitor) -> None:
    with at.seat.change() as world:
        world.users[GENERAL_ID].registered = None
    at.open("list").press("しんきん電子記録債権サービス")


# The number and title of each screen in the list of screens, and a way there.
SCREENS: dict[str, tuple[str, Way]] = {
    "S01": ("当金庫ホームページ", ("1-1", NOBODY, opening(""))),
    "S02": ("へきしん電子記録債権サービス", ("1-1", NOBODY, opening("service"))),
    "S03": ("「しんきん電子記録債権システム」案内画面", ("1-1", NOBODY, opening("guide"))),
    "S04": ("ログイン", ("1-1", NOBODY, opening("login"))),
    "S05": ("ログインパスワード変更", ("1-1", NOBODY, log_in_first)),
    "S06": ("サービス一覧", ("1-3", MASTER, opening("list"))),
    "S07": ("承認パスワード変更", ("1-3", MASTER, opening("top"))),
    "S08": ("承認パスワード変更結果", ("1-3", MASTER, set_approval_password)),
    "S09": ("トップ", ("1-4", MASTER, opening("top"))),
    "S09 list": ("お知らせ（通知）一覧", ("1-4", MASTER, opening("notices"))),
    "S09 one": ("お知らせ（通知）詳細", ("1-4", MASTER, opening("notices/1"))),
    "S10": ("管理業務を実施する", ("1-4", MASTER, opening("admin"))),
    "S11": ("企業ユーザ管理", ("1-4", MASTER, opening("company-users"))),
    "S12": ("ユーザ情報検索", ("1-4", MASTER, opening("company-users/search/change"))),
    "S13": ("ユーザ情報変更", ("end", MASTER, opening(f"company-users/{GENERAL_ID}/change"))),
    "S13a": ("初期承認パスワード設定", ("2-3", MASTER, choose_approver)),
    "S14": ("ユーザ情報変更確認", ("2-3", MASTER, lambda at: choose_rights(at, ["densai"], []))),
    "S15": ("ユーザ情報変更完了", ("2-3", MASTER, grant)),
    "S16": ("ユーザ管理業務", ("2-1", MASTER, opening("users"))),
    "S17": ("ユーザ管理", ("2-1", MASTER, opening("users/list"))),
    "S18": ("ID 新規作成", ("2-1", MASTER, opening("users/new"))),
    "S19": ("ID 新規作成確認", ("2-1", MASTER, enter_new_user)),
    "S20": ("ID 新規作成完了", ("2-1", MASTER, create_user)),
    "S21": ("ユーザ検索条件", ("2-2", MASTER, opening("user-update"))),
    "S22": ("ユーザ情報更新確認", ("2-2", MASTER, lambda at: at.open("user-update").press("確認"))),
    "S23": ("ユーザ情報更新完了", ("2-2", MASTER, update_users)),
    "S25": ("ログアウト", ("1-4", MASTER, lambda at: at.open("top").press("ログアウト"))),
    "S26": ("ログアウト", ("1-4", MASTER, lambda at: at.open("list").press("ログアウト"))),
    "S27": ("ユーザ情報詳細", ("2-3", MASTER, opening(f"company-users/{GENERAL_ID}"))),
    "S28": ("ユーザ名変更完了", ("end", MASTER, change("ユーザ名変更", name="碧海 華子"))),
    "S29": (
        "メールアドレス変更完了",
        ("end", MASTER, change("メールアドレス変更", mail="a@example.jp", mail_again="a@example.jp")),
    ),
    "S30": (
        "ログインパスワード管理完了",
        ("end", MASTER, change("ログインパスワード管理", password="abcdef", password_again="abcdef")),
    ),
    "S31": ("ユーザ削除完了", ("end", MASTER, change("ユーザ削除"))),
    "S32": ("取引履歴", ("end", GENERAL, opening("trade-history"))),
    "S33": ("操作履歴", ("end", GENERAL, opening("operation-history"))),
    "S34": ("利用者情報", ("end", GENERAL, opening("company-info"))),
    "S35 update": ("利用できません", ("end", GENERAL, stop_before_update)),
    "S35 right": ("利用できません", ("1-4", MASTER, opening("confirm"))),
    "S35 list": ("利用できません", ("end", GENERAL, opening("users"))),
    "S36": ("セッション終了", ("end", NOBODY, opening("0123456789abcdef/list"))),
    "S36 service": (
        "セッション終了",
        ("end", MASTER, lambda at: at.open("top").press("ログアウト").open("top")),
    ),
    "S37": ("この訓練では扱いません", ("end", GENERAL, opening("trade/pay"))),
    "S38": ("ソフトウェアキーボードの使用方法", ("1-1", NOBODY, opening("keyboard"))),
    "stale": ("もう一度操作してください", ("end", MASTER, opening("users/new/confirm"))),
    "stale, list": ("もう一度操作してください", ("1-3", MASTER, opening("list", "users/new/confirm"))),
}
NATIVE = "S24"  # the browser's own confirm: no page


@contextmanager
def rendered(densai: Bank) -> Iterator[set[str]]:
    """The names of the templates that are rendered meanwhile."""
    names: set[str] = set()

    def note(_app: object, template: object, **_: object) -> None:
        names.add(str(getattr(template, "name", "")))

    with template_rendered.connected_to(note, densai.app):
        yield names


def parts_of(name: str) -> set[str]:
    """A template with every one that it extends or imports."""
    source = (TEMPLATES / name).read_text(encoding="utf-8") if (TEMPLATES / name).exists() else ""
    direct = {part for statement in USED.findall(source) for part in NAME.findall(statement)}
    return {name}.union(*(parts_of(part) for part in direct))


def visit(densai: Bank, seat: Seat, way: Way) -> Visitor:
    start, who, go = way
    people = {MASTER: densai.master, GENERAL: densai.general}
    if who in people:
        at = people[who](seat, start)
    else:
        at = densai.master(seat, start)
        at = densai.visitor(seat)
    go(at)
    return at


def test_every_screen_comes_up_under_its_title_and_no_template_is_left_out(densai: Bank, seat: Seat) -> None:
    with rendered(densai) as names:
        for number, (title, way) in SCREENS.items():
            at = visit(densai, seat, way)
            assert at.heading == title, number
            assert at.page.title.startswith(f"{title}｜訓練用"), number
    there = {str(file.relative_to(TEMPLATES)) for file in TEMPLATES.rglob("*.html")}
    seen = set[str]().union(*(parts_of(name) for name in names))
    assert there - seen == set()


def test_the_list_of_screens_is_whole() -> None:
    wanted = {f"S{number:02}" for number in range(1, 39)} | {"S13a"}
    assert wanted - {number.partition(" ")[0] for number in SCREENS} == {NATIVE}


def test_a_template_that_nobody_renders_is_noticed(densai: Bank, seat: Seat) -> None:
    with rendered(densai) as names:
        visit(densai, seat, SCREENS["S01"][1])
    assert names == {"bank/homepage/front.html"}
    assert parts_of("bank/homepage/front.html") == {
        "bank/homepage/front.html",
        "bank/window_a.html",
        "base.html",
    }


SERVICE, LIST, BANK = "しんきん電子記録債権サービス", "信用金庫", "碧海信用金庫"


@pytest.mark.parametrize(
    ("number", "name"),
    [
        ("S04", LIST),
        ("S06", LIST),
        ("S07", BANK),
        ("S08", BANK),
        ("S09", SERVICE),
        ("S25", SERVICE),
        ("S26", LIST),
        ("S35 update", SERVICE),
        ("S36", LIST),
        ("S36 service", SERVICE),
    ],
)
def test_a_page_bears_the_name_that_the_manual_shows_on_it(
    densai: Bank, seat: Seat, number: str, name: str
) -> None:
    page = visit(densai, seat, SCREENS[number][1]).page
    assert [each.text for each in page.top.all("p") if each.attrs.get("class") == "service-name"] == [
        f"{name}訓練用"
    ]


def test_no_page_says_what_the_manual_does_not_have_or_what_is_not_true(densai: Bank, seat: Seat) -> None:
    for number, (_, way) in SCREENS.items():
        text = visit(densai, seat, way).page.text
        assert not [each for each in ("電子サービス", "受付番号", "架空の金融機関") if each in text], number
        assert "金融機関が提供するものではありません。" in text
        assert "模擬画面です。実在の金融機関ではありません。" in text


def test_leaving_the_service_asks_the_browser_to_confirm(densai: Bank, seat: Seat) -> None:
    at = densai.master(seat).open("top")
    form = at.page.form("ログアウト")
    assert "ログアウト" in form.element.attrs["data-confirm"]


def test_windows_carry_their_seat_and_open_by_name(densai: Bank, seat: Seat) -> None:
    at = densai.master(seat).open("list")
    targets = {each.element.attrs.get("target") for each in at.page.forms}
    assert f"densai-{seat.code}-c" in targets
    assert at.open("guide").status == 404
    guide = densai.visitor(seat).open("guide")
    assert guide.page.form("ログイン").element.attrs["target"] == f"densai-{seat.code}-b"


def test_every_field_has_its_label_and_every_group_its_keyboard(densai: Bank, seat: Seat) -> None:
    for start, who, go in (way for _, way in SCREENS.values()):
        page = visit(densai, seat, (start, who, go)).page
        labels = {label.attrs["for"] for label in page.top.all("label") if "for" in label.attrs}
        for box in page.top.all("input", "select"):
            kind = box.attrs.get("type", "text")
            named = box.attrs.get("id") in labels or box.inside("label") or "aria-label" in box.attrs
            assert kind == "hidden" or named, box.attrs
        openers = {
            each.attrs["data-keyboard"] for each in page.top.all("button") if "data-keyboard" in each.attrs
        }
        assert openers == {
            box.attrs["id"] for box in page.top.all("input") if box.attrs.get("type") == "password"
        }


def test_every_form_that_changes_something_carries_its_token(densai: Bank, seat: Seat) -> None:
    for _, way in SCREENS.values():
        at = visit(densai, seat, way)
        for form in at.page.forms:
            if form.method == "POST":
                assert dict(form.data())["csrf"] == at.csrf
            else:
                assert "csrf" not in form.names  # never in an address
