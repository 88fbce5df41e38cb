"""The manual from the first login to the second logout, screen by screen, without a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.bank.people import people as people_of
from simulator.domain.rules.rights import EVERY_RIGHT
from simulator.training import starts

if TYPE_CHECKING:
    from simulator.bank.people import People, Persona
    from simulator.store import Seat
    from tests.screens.banks import Bank
    from tests.screens.visitor import Visitor


def log_in_first(at: Visitor, person: Persona) -> None:
    """1-1 and 1-2, or 3-1 and 3-2."""
    assert at.get(at.home).heading == "当金庫ホームページ"
    assert at.follow("へきしん電子記録債権サービス").heading == "へきしん電子記録債権サービス"
    at.follow("「しんきん電子記録債権システム」案内画面へ")
    assert at.heading == "「しんきん電子記録債権システム」案内画面"
    assert at.press("ログイン").heading == "ログイン"
    at.press("ログイン", login_id=person.login_id, password=person.issued_password)
    assert at.heading == "ログインパスワード変更"
    at.press("変更", current=person.issued_password, new=person.password, again=person.password)
    assert at.heading == "サービス一覧"


def set_approval_password(at: Visitor, person: Persona) -> None:
    """1-3, or 3-3 with the initial one."""
    assert at.press("しんきん電子記録債権サービス").heading == "承認パスワード変更"
    new = {"new": person.approval_password, "again": person.approval_password}
    if person.initial_approval_password:
        new["current"] = person.initial_approval_password
    assert at.press("実行", **new).heading == "承認パスワード変更結果"
    assert at.press("トップへ").heading == "トップ"


def grant_every_right(at: Visitor, master: Persona, user: Persona) -> None:
    """1-4, or 2-3."""
    assert at.follow("管理業務を実施する").heading == "管理業務を実施する"
    assert at.press("ユーザ情報を管理する").heading == "企業ユーザ管理"
    assert at.press("企業ユーザを変更する").heading == "ユーザ情報検索"
    assert at.press("変更", row=user.login_id).heading == "ユーザ情報変更"
    accounts = [account.number for account in at.seat.read().accounts]
    at.press("確認", rights=list(EVERY_RIGHT), accounts=accounts)
    if user.initial_approval_password:
        assert at.heading == "初期承認パスワード設定"
        at.press("確認", new=user.initial_approval_password, again=user.initial_approval_password)
    assert at.heading == "ユーザ情報変更確認"
    assert at.press("変更", approval=master.approval_password).heading == "ユーザ情報変更完了"
    assert at.press("トップへ戻る").heading == "トップ"


def create_and_update(at: Visitor, people: People) -> None:
    """2-1 and 2-2."""
    general = people.general
    at.open("list").press("ユーザ管理業務").follow("ユーザ管理")
    assert at.press("ID 新規作成").heading == "ID 新規作成"
    at.press(
        "登録",
        user_id=general.login_id.removeprefix("d-"),
        name=general.name,
        mail=general.mail,
        mail_again=general.mail,
        password=general.issued_password,
        password_again=general.issued_password,
    )
    assert at.heading == "ID 新規作成確認"
    assert at.press("確定").heading == "ID 新規作成完了"
    assert at.press("ユーザ管理業務終了").heading == "サービス一覧"
    at.open("admin").press("ユーザ情報を管理する")
    assert at.press("企業ユーザを追加・更新する").heading == "ユーザ検索条件"
    assert at.press("確認").heading == "ユーザ情報更新確認"
    assert general.login_id in at.page.text
    assert at.press("ユーザ更新", approval=people.master.approval_password).heading == "ユーザ情報更新完了"
    assert at.press("トップへ戻る").heading == "トップ"


def log_out(at: Visitor) -> None:
    """4."""
    assert at.press("ログアウト").heading == "ログアウト"
    assert "しんきん電子記録債権サービスからログアウトしました" in at.page.text
    assert at.open("list").heading == "サービス一覧"
    assert at.press("ログアウト").heading == "ログアウト"
    assert at.open("list").status == 403


def test_the_whole_manual_can_be_done(densai: Bank, seat: Seat, people: People) -> None:
    at = densai.visitor(seat)
    log_in_first(at, people.master)
    set_approval_password(at, people.master)
    grant_every_right(at, people.master, people.master)
    create_and_update(at, people)
    grant_every_right(at, people.master, people.general)
    log_out(at)
    log_in_first(at, people.general)
    set_approval_password(at, people.general)
    assert len(at.page.tabs) == 7
    log_out(at)


def test_two_people_at_two_seats_do_it_side_by_side(densai: Bank, seat: Seat, people: People) -> None:
    other_seat = starts.make_seats(densai.worlds, seed=seat.seed + 1)[0]
    other_people = people_of(other_seat.seed)
    one, other = densai.visitor(seat), densai.visitor(other_seat)
    log_in_first(one, people.master)
    log_in_first(other, other_people.master)
    set_approval_password(other, other_people.master)
    set_approval_password(one, people.master)
    grant_every_right(one, people.master, people.master)
    grant_every_right(other, other_people.master, other_people.master)
    assert one.page.heading == other.page.heading == "トップ"
