"""Attempts are counted before they are made, stay counted when nobody knows, and stop short of a lock."""

from __future__ import annotations

from pathlib import Path

import pytest

from steps.acceptance.account_recovery import note_unlocked
from steps.acceptance.journey_state import JourneyState, Reached
from steps.attempt_counter import AttemptCounter
from steps.deployment import DeploymentError
from steps.driver.failure import StepFailure
from steps.event_file import LedgerError
from steps.ledger import Ledger, account_key, site_name

ME = "d-1560heki"


def counted(folder: Path, *, resets: bool = True) -> AttemptCounter:
    return AttemptCounter(Ledger(folder, 6, success_resets=resets))


def send(hands: AttemptCounter, word: str = "ログインパスワード", login_id: str = "") -> None:
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
    hands.may_lock, hands.disposable = True, ME
    for _ in range(6):
        send(hands)
    assert hands.ledger.attempts_left(ME, "login") == 0


def test_nobody_else_may_be_locked_in_it(tmp_path: Path) -> None:
    hands = counted(tmp_path)
    hands.may_lock, hands.disposable = True, "d-tmpa1b2c3d01"
    for _ in range(4):
        send(hands)
    with pytest.raises(StepFailure, match="送信しませんでした"):
        send(hands)
    assert hands.ledger.account(ME).wrong["login"] == 4


@pytest.mark.parametrize(("resets", "left"), [(True, 4), (False, 2)])
def test_a_right_one_takes_back_itself_or_all(tmp_path: Path, resets: bool, left: int) -> None:
    hands = counted(tmp_path, resets=resets)
    for right in (False, False, True):
        send(hands)
        hands.settled(right=right, changed=right)
    assert hands.ledger.attempts_left(ME, "login") == left


@pytest.mark.parametrize("resets", [True, False])
def test_a_login_that_did_not_come_about_stays_counted(tmp_path: Path, resets: bool) -> None:
    hands = counted(tmp_path, resets=resets)
    for login_id in ("1560heki", "D-1560heki"):  # the ID was at fault, and so the password is not known
        send(hands, login_id=login_id)
        hands.refused(asked=False)
    assert hands.ledger.account(ME).wrong["login"] == 2


def test_a_form_refused_for_another_field_takes_back_its_own_attempt_alone(tmp_path: Path) -> None:
    hands = counted(tmp_path)
    send(hands, login_id=ME)
    for asked, wrong in ((False, 1), (True, 2)):
        send(hands, "現ログインパスワード")
        hands.refused(asked=asked)
        assert hands.ledger.account(ME).wrong["login"] == wrong


def test_only_a_password_of_ones_own_is_not_to_be_sent_again(tmp_path: Path) -> None:
    hands = counted(tmp_path)
    send(hands)
    sent = hands.own_password_sent()
    assert sent
    assert sent.account == ME
    hands.typed("ログインパスワード", ME, "chigau0", "chigau0")
    hands.pressing("ログイン")
    assert hands.own_password_sent() is None


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


def try_new(hands: AttemptCounter, called: str) -> None:
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


def test_a_line_after_one_that_the_crash_cut_off_is_its_own(tmp_path: Path) -> None:
    hands = counted(tmp_path)
    send(hands)
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes() + '{"value": "あ'.encode()[:-1])  # in the middle of a letter
    hands.ledger.note(ME, "login", "restored")
    account = counted(tmp_path).ledger.account(ME)
    assert (account.wrong["login"], account.own["login"]) == (2, True)


def test_the_progress_after_a_line_that_the_crash_cut_off_is_kept(tmp_path: Path) -> None:
    progress = JourneyState(tmp_path)
    progress.note("1-1", "done")
    progress.path.write_bytes(progress.path.read_bytes() + '{"time": "あ'.encode()[:-1])
    progress.note("1-2", "sending")
    assert JourneyState(tmp_path).read() == Reached(("1-1",), "1-2")


def test_where_nothing_can_be_written_nothing_is_sent(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(LedgerError, match="送信せずに中止しました"):
        send(counted(tmp_path / "file"))


def test_the_right_password_can_still_be_sent_after_the_wrong_ones_that_are_spared(tmp_path: Path) -> None:
    ledger = counted(tmp_path).ledger
    assert ledger.can_afford(ME, "login", 3)
    assert not ledger.can_afford(ME, "login", 4)
    for _ in range(4):
        send(counted(tmp_path))
    assert ledger.can_afford(ME, "login", 0)
    assert not ledger.can_afford(ME, "login", 1)


def test_an_account_whose_count_was_set_back_can_be_tried_again(tmp_path: Path) -> None:
    for _ in range(4):
        send(counted(tmp_path, resets=False))
    hands = counted(tmp_path, resets=False)
    with pytest.raises(StepFailure, match=f"--unlocked {ME}"):
        send(hands)
    note_unlocked(ME, hands.ledger)
    send(hands)
    assert hands.ledger.account(ME).wrong == {"login": 1, "approval": 0}


def test_only_an_account_with_wrong_attempts_can_be_unlocked(tmp_path: Path) -> None:
    with pytest.raises(DeploymentError, match="間違えた記録はありません"):
        note_unlocked(ME, counted(tmp_path).ledger)


def test_two_seats_of_one_host_are_two_sites() -> None:
    assert site_name("http://127.0.0.1:80/bank/a/") != site_name("http://127.0.0.1:80/bank/b/")
    assert site_name("http://127.0.0.1:80/bank/a") == site_name("http://127.0.0.1:80/bank/a/service?x=1")


@pytest.mark.parametrize(
    "start", ["http://BANK.test/", "http://bank.test:80/ib/login", "http://bank.test?a=b"]
)
def test_one_bank_entered_at_another_page_is_the_same_site(start: str) -> None:
    assert site_name(start) == site_name("http://bank.test/ib/index.html")


def test_another_port_is_another_site() -> None:
    assert site_name("http://bank.test:8443/") != site_name("http://bank.test/")
