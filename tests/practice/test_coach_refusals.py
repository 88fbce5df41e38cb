"""The cause of a refusal, as the coach names it: at its field, and never a letter of a password."""

from __future__ import annotations

import pytest

from simulator.bank.labels import LABELS
from simulator.domain.rules import identity, passwords
from simulator.domain.rules.failures import Failure
from simulator.domain.world import Secret
from simulator.training import knowledge
from simulator.training.coach_refusals import SentForm, refused_fields
from simulator.training.model import RefusedField
from tests.practice.goes import Go

LOGIN = LABELS["bank/login/login.html"]
CREATION = LABELS["bank/user_admin/new_form.html"]
CONFIRM = LABELS["bank/user_rights/confirm.html"]
CHANGE = LABELS["bank/login/change_password.html"]
APPROVAL_WRONG = [Failure("approval", "approval_wrong")]


def causes(
    go: Go, step: str, labels: dict[str, str], failures: list[Failure], **typed: str
) -> list[RefusedField]:
    item = go.item(step)
    values = knowledge.values_of(item.actions, item.who, go.world, go.people)
    return refused_fields(failures, SentForm(labels, typed, values, go.world))


def only(found: list[RefusedField]) -> tuple[str, str]:
    (one,) = found
    return one.cause, one.text


@pytest.mark.parametrize(
    ("typed", "cause", "text"),
    [
        ("1560hekishin ", "blank_end", "最後に空白（スペース）が入っていました。"),
        (" 1560hekishin", "blank_start", "最初に空白（スペース）が入っていました。"),
        ("15 60hekishin", "blank_inside", "3文字目に空白（スペース）が入っていました。"),
        ("１560hekishin", "full_width", "1文字目の「１」が全角です。半角の「1」に直します。"),
        ("碧560hekishin", "full_width", "1文字目の「碧」が全角です。半角で入力します。"),
        ("1560hek!", "unusable", "「!」は使用できません。半角英字と半角数字で入力してください。"),
        ("1560h", "length_6_to_12", "5文字です。6文字以上12文字以内で入力してください。"),
        ("", "required", "入力してください。"),
    ],
)
def test_a_fault_of_the_form_is_named_at_its_place(typed: str, cause: str, text: str) -> None:
    failures = identity.check_user_id(typed, taken=False)
    found = causes(Go("2-1"), "2-1.4", CREATION, failures, user_id=typed)
    assert only(found) == (cause, text)
    assert (found[0].field, found[0].label, found[0].typed) == ("user_id", "ユーザID", typed)
    assert not found[0].counts


@pytest.mark.parametrize(
    ("typed", "cause", "text"),
    [
        ("himitsu1 ", "blank_end", "最後に空白（スペース）が入っていました。"),
        ("himi１tsu", "full_width", "5文字目が全角です。半角に直します。"),
        ("himi!tsu", "unusable_somewhere", None),
    ],
)
def test_of_a_password_no_letter_is_told_or_kept(typed: str, cause: str, text: str | None) -> None:
    failures = passwords.check_current("approval", typed)
    (found,) = causes(Go("1-4"), "1-4.6", CONFIRM, failures, approval=typed)
    assert found.cause == cause
    assert text is None or found.text == text
    assert (found.typed, found.counts) == ("", False)
    assert "１" not in found.text
    assert "!" not in found.text


def test_the_two_fields_of_the_login_are_told_apart() -> None:
    go = Go("1-1")
    failures = [Failure("", "login_wrong")]
    right = go.people.master.login_id
    wrong = causes(go, "1-1.4", LOGIN, failures, login_id=right, password="chigau00")
    assert [(each.field, each.cause, each.counts) for each in wrong] == [("password", "differs", True)]
    both = causes(go, "1-1.4", LOGIN, failures, login_id="d-1560hekj", password="chigau00")
    assert [each.field for each in both] == ["login_id", "password"]
    assert (both[0].text, both[0].typed) == ("最後の1文字が見本と違います。", "d-1560hekj")


def test_a_missing_prefix_is_named() -> None:
    failures = [Failure("login_id", "id_needs_prefix")]
    found = causes(Go("1-1"), "1-1.4", LOGIN, failures, login_id="1560heki", password="x")
    assert only(found) == ("no_prefix", "先頭の「d-」がありません。")


def test_a_password_of_another_field_is_named() -> None:
    go = Go("1-4")
    found = causes(go, "1-4.6", CONFIRM, APPROVAL_WRONG, approval=go.people.master.password)
    assert only(found) == (
        "other_password",
        "ログインパスワードが入力されていました。この欄は承認パスワードです。",
    )
    assert found[0].counts


def test_a_spent_password_is_named_with_where_the_present_one_was_set() -> None:
    go = Go("all")
    go.world = Go("1-4").world
    master = go.people.master
    typed = {"login_id": master.login_id, "password": master.issued_password}
    found = causes(go, "1-1.4", LOGIN, [Failure("", "login_wrong")], **typed)
    words = "通知書面の値は使用済みです。手順1-2で設定した値を入力します。"
    assert only(found) == ("old_password", words)


@pytest.mark.parametrize(
    ("change", "cause", "text"),
    [
        (str.upper, "case", "大文字と小文字が違います。"),
        (lambda value: value[:-1] + "x", "differs_end", "最後の1文字が見本と違います。"),
        (lambda _: "chigau00", "differs", "値が見本と違います。"),
    ],
)
def test_what_differs_from_the_known_value_is_named(change: object, cause: str, text: str) -> None:
    go = Go("1-4")
    typed = change(go.people.master.approval_password)  # type: ignore[operator]
    assert only(causes(go, "1-4.6", CONFIRM, APPROVAL_WRONG, approval=typed)) == (cause, text)


def test_letters_that_look_alike_are_named() -> None:
    go = Go("1-1")
    failures = [Failure("", "login_wrong")]
    typed = {"login_id": "d-l560heki", "password": go.people.master.issued_password}
    found = causes(go, "1-1.4", LOGIN, failures, **typed)
    assert only(found) == ("look_alike", "「1」（数字）と「l」（英字のエル）が違います。")


def test_an_own_password_cannot_be_compared_but_with_what_it_is_not() -> None:
    go = Go("1-4")
    go.world.master().approval_password = Secret(hash="of another")
    found = causes(go, "1-4.6", CONFIRM, APPROVAL_WRONG, approval="chigau00")
    assert only(found)[0] == "approval_wrong"
    sample = go.people.master.approval_password
    found = causes(go, "1-4.6", CONFIRM, APPROVAL_WRONG, approval=sample)
    assert only(found) == ("not_own", "控えの値ではなく、手順1-3で設定した値を入力します。")


def test_two_fields_that_differ() -> None:
    go = Go("2-1")
    mail = go.people.general.mail
    failures = [Failure("mail_again", "mismatch")]
    end = causes(go, "2-1.4", CREATION, failures, mail=mail, mail_again=mail[:-1] + "x")
    assert only(end) == ("differs_end", "最後の1文字が見本と違います。")
    other = causes(go, "2-1.4", CREATION, failures, mail=mail, mail_again="x")
    assert only(other) == ("mismatch", "2回目の入力が1回目と違います。")
    assert other[0].typed == "x"
    secret = [Failure("again", "mismatch")]
    (found,) = causes(Go("1-2"), "1-2.1", CHANGE, secret, current="a", new="himitsu1", again="himitsu2")
    assert (found.cause, found.typed) == ("mismatch", "")


def test_a_lock_is_no_fault_of_a_field() -> None:
    assert causes(Go("1-4"), "1-4.6", CONFIRM, [Failure("approval", "approval_locked")], approval="x") == []
