"""Attempts are counted before they are made, stay counted when nobody knows, and stop short of a lock."""

from __future__ import annotations

from pathlib import Path

import pytest

from steps.driver.failure import StepFailure
from steps.ledger import Counted, Ledger, LedgerError, account_key, site_name

ME = "d-1560heki"


def counted(folder: Path, *, resets: bool = True) -> Counted:
    return Counted(Ledger(folder, 6, success_resets=resets))


def send(hands: Counted, word: str = "ログインパスワード", login_id: str = "") -> None:
    if login_id:
        hands.typed("ログイン ID（お客様 ID）", ME, login_id)
    hands.typed(word, ME, "himitsu1")
    hands.pressing("ログイン")


def test_an_attempt_is_on_disk_before_it_is_sent_and_without_the_password(tmp_path: Path) -> None:
    hands = counted(tmp_path)
    hands.typed("ログインパスワード", ME, "himitsu1")
    assert not list(tmp_path.iterdir())
    hands.pressing("ログイン")
    (file,) = tmp_path.iterdir()
    assert '"tried"' in file.read_text(encoding="utf-8")
    assert "himitsu1" not in file.read_text(encoding="utf-8")


def test_the_fifth_that_might_be_wrong_is_not_sent(tmp_path: Path) -> None:
    for _ in range(4):
        send(counted(tmp_path))  # each a run of its own that ended without an answer
    with pytest.raises(StepFailure, match="送信しませんでした"):
        send(counted(tmp_path))
    assert counted(tmp_path).ledger.account(ME).wrong["login"] == 4


def test_the_scenario_of_the_lock_may_go_on(tmp_path: Path) -> None:
    hands = counted(tmp_path)
    hands.lockout = True
    for _ in range(6):
        send(hands)
    assert hands.ledger.left(ME, "login") == 0


@pytest.mark.parametrize(("resets", "left"), [(True, 4), (False, 2)])
def test_a_right_one_takes_back_itself_or_all(tmp_path: Path, resets: bool, left: int) -> None:
    hands = counted(tmp_path, resets=resets)
    for right in (False, False, True):
        send(hands)
        hands.settled(right=right, changed=right)
    assert hands.ledger.left(ME, "login") == left


def test_an_answer_belongs_to_the_last_press_alone(tmp_path: Path) -> None:
    hands = counted(tmp_path)
    send(hands)
    hands.pressing("戻る")
    hands.settled(right=True, changed=True)
    assert hands.ledger.account(ME).wrong["login"] == 1


def test_whose_attempt_it_is_stands_in_the_form(tmp_path: Path) -> None:
    hands = counted(tmp_path)
    send(hands, login_id="d-1560minato")
    assert hands.ledger.account("d-1560minato").wrong["login"] == 1
    assert hands.ledger.account(ME).wrong["login"] == 0
    assert account_key("D-1560HEKI") == account_key("1560heki") == account_key("ｄ-1560heki")


def test_a_change_is_unknown_until_it_was_answered(tmp_path: Path) -> None:
    hands = counted(tmp_path)
    hands.typed("新ログインパスワード", ME, "atarashii1")
    hands.pressing("変更")
    assert counted(tmp_path).ledger.account(ME).own["login"] is None
    hands.settled(right=True, changed=False)
    assert hands.ledger.account(ME).own["login"] is False
    send(hands, "新しい承認パスワード")
    hands.settled(right=True, changed=True)
    assert hands.ledger.account(ME).own == {"login": False, "approval": True}


def try_new(hands: Counted, called: str) -> None:
    hands.typed("新ログインパスワード", ME, "abcdefghij123", called)
    hands.pressing("変更")


def test_a_new_password_that_must_be_refused_is_named_before_it_is_sent(tmp_path: Path) -> None:
    hands = counted(tmp_path)
    try_new(hands, "a × 13")
    known = counted(tmp_path).ledger.account(ME)  # what a run after a crash would read
    assert known.other == {"login": "a × 13"}
    assert known.own["login"] is False
    hands.settled(right=False, changed=False)
    assert hands.ledger.account(ME).other == {}


def test_nothing_more_is_sent_for_an_account_with_another_password_until_it_is_restored(
    tmp_path: Path,
) -> None:
    hands = counted(tmp_path)
    try_new(hands, "a × 13")
    hands.settled(right=True, changed=True)
    for word in ("ログインパスワード", "新ログインパスワード", "承認パスワード"):
        with pytest.raises(StepFailure, match="送信しませんでした"):
            send(hands, word)
    hands.ledger.note(ME, "login", "restored")
    send(hands)
    assert hands.ledger.account(ME).own["login"] is True
    assert hands.ledger.account(ME).other == {}


def test_the_second_place_of_a_new_password_is_no_second_change(tmp_path: Path) -> None:
    hands = counted(tmp_path)
    hands.typed("新ログインパスワード", ME, "himitsu1")
    try_new(hands, "abcd12（2 箇所目だけ）")
    (file,) = tmp_path.iterdir()
    assert file.read_text(encoding="utf-8").count("changing") == 1
    assert hands.ledger.account(ME).other["login"] == "abcd12（2 箇所目だけ）"


def test_a_line_that_the_crash_cut_off_counts(tmp_path: Path) -> None:
    hands = counted(tmp_path)
    send(hands)
    (file,) = tmp_path.iterdir()
    file.write_text(file.read_text(encoding="utf-8") + '{"time": "20', encoding="utf-8")
    assert hands.ledger.account(ME).wrong["login"] == 2


def test_where_nothing_can_be_written_nothing_is_sent(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(LedgerError, match="送信せずに中止しました"):
        send(counted(tmp_path / "file"))


def test_two_seats_of_one_host_are_two_sites() -> None:
    assert site_name("http://127.0.0.1:80/bank/a/") != site_name("http://127.0.0.1:80/bank/b/")
