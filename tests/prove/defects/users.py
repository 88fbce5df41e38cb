"""General users, one and several: R13, R23."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from simulator.bank.web import visit
from simulator.domain.world import Draft, Session, User, World
from tests.prove.defects.catalogue import defect
from tests.prove.defects.parts import LENGTH, Failures, if_, named_as, plus, without
from tests.prove.defects.patches import Original

USER_ID = "rules.identity:check_user_id"
NAME = "rules.identity:check_name"
MAIL = "rules.identity:check_mail"
FIRST_PASSWORD = "rules.passwords:check_first_login_password"
LOGIN = ("login_id", "password")
CARRY_OUT = "rules.user_update:carry_out"

# R13 ----------------------------------------------------------------------------------------------


@defect("R13", USER_ID)
def id_of_5_accepted(original: Original, value: str, taken: bool) -> Failures:
    """5 文字のユーザ ID を登録できる。"""
    return if_(len(value) == 5, original(value, taken), LENGTH)


@defect("R13", USER_ID)
def id_of_13_accepted(original: Original, value: str, taken: bool) -> Failures:
    """13 文字のユーザ ID を登録できる。"""
    return if_(len(value) == 13, original(value, taken), LENGTH)


@defect("R13", USER_ID)
def id_of_12_refused(original: Original, value: str, taken: bool) -> Failures:
    """12 文字のユーザ ID を登録できない。"""
    return plus(len(value) == 12, original(value, taken), "user_id", LENGTH)


@defect("R13", USER_ID)
def id_of_6_refused(original: Original, value: str, taken: bool) -> Failures:
    """6 文字のユーザ ID を登録できない。"""
    return plus(len(value) == 6, original(value, taken), "user_id", LENGTH)


@defect("R13", "web:read_form")
def user_with_a_long_id_cannot_log_in(original: Original, *names: str) -> dict[str, str]:
    """12 文字のユーザ ID で作成したユーザは、ログインできない。"""
    form: dict[str, str] = original(*names)
    if names == LOGIN and len(form["login_id"]) == len("d-") + 12:
        form["login_id"] = form["login_id"][:-1]
    return form


@defect("R13", "web:read_form")
def user_with_a_short_id_cannot_log_in(original: Original, *names: str) -> dict[str, str]:
    """6 文字のユーザ ID で作成したユーザは、ログインできない。"""
    form: dict[str, str] = original(*names)
    if names == LOGIN and len(form["login_id"]) == len("d-") + 6:
        form["login_id"] += "0"
    return form


@defect("R13", "web:read_form")
def twelfth_character_of_first_password_lost(original: Original, *names: str) -> dict[str, str]:
    """12 文字の初回ログインパスワードは、11 文字で保存される。"""
    form: dict[str, str] = original(*names)
    if "user_id" in form and len(form["password"]) == 12:
        form.update(password=form["password"][:11], password_again=form["password_again"][:11])
    return form


@defect("R13", USER_ID)
def id_needs_letter_and_digit(original: Original, value: str, taken: bool) -> Failures:
    """英字だけのユーザ ID を登録できない。"""
    return plus(value.isalpha(), original(value, taken), "user_id", "digit_missing")


@defect("R13", USER_ID)
def blank_in_id_accepted(original: Original, value: str, taken: bool) -> Failures:
    """空白を含むユーザ ID を登録できる。"""
    return without(original(value, taken), "blank")


@defect("R13", USER_ID)
def place_counted_from_0(original: Original, value: str, taken: bool) -> Failures:
    """ユーザ ID の何文字目が全角かが、1 文字ずれて表示される。"""
    failures: Failures = original(value, taken)
    return [each._replace(position=each.position - 1) if each.position else each for each in failures]


@defect("R13", USER_ID)
def first_letter_named(original: Original, value: str, taken: bool) -> Failures:
    """ユーザ ID のどの文字が使用できないかを取り違え、1 文字目が表示される。"""
    failures: Failures = original(value, taken)
    return [each._replace(letter=value[0]) if each.letter else each for each in failures]


@defect("R13", USER_ID)
def blank_called_too_long(original: Original, value: str, taken: bool) -> Failures:
    """空白を含むユーザ ID を断る理由が、文字数とされる。"""
    failures = named_as(original(value, taken), "blank", LENGTH)
    return [each._replace(length=len(value)) if each.code == LENGTH else each for each in failures]


@defect("R13", USER_ID)
def taken_id_accepted(original: Original, value: str, taken: bool) -> Failures:
    """すでに使用されているユーザ ID を登録できる。"""
    return without(original(value, taken), "id_taken")


@defect("R13", NAME)
def name_of_41_accepted(original: Original, value: str) -> Failures:
    """41 文字のユーザ名を登録できる。"""
    return if_(len(value) == 41, original(value), "name_too_long")


@defect("R13", NAME)
def name_counted_in_bytes(original: Original, value: str) -> Failures:
    """全角のユーザ名は 20 文字までしか登録できない。"""
    too_long = len(value) <= 40 < len(value.encode("cp932", "replace"))
    return plus(too_long, original(value), "name", "name_too_long")


@defect("R13", NAME)
def name_of_40_refused(original: Original, value: str) -> Failures:
    """40 文字のユーザ名を登録できない。"""
    return plus(len(value) == 40, original(value), "name", "name_too_long")


@defect("R13", MAIL)
def mail_of_129_accepted(original: Original, value: str, again: str) -> Failures:
    """129 文字のメールアドレスを登録できる。"""
    return if_(len(value) == 129, original(value, again), "mail_too_long")


@defect("R13", MAIL)
def mail_of_128_refused(original: Original, value: str, again: str) -> Failures:
    """128 文字のメールアドレスを登録できない。"""
    return plus(len(value) == 128, original(value, again), "mail", "mail_too_long")


@defect("R13", MAIL)
def symbols_in_mail_refused(original: Original, value: str, again: str) -> Failures:
    """「+」を含むメールアドレスを登録できない。"""
    return plus("+" in value, original(value, again), "mail", "mail_unusable")


@defect("R13", MAIL)
def full_width_mail_accepted(original: Original, value: str, again: str) -> Failures:
    """全角文字を含むメールアドレスを登録できる。"""
    return without(original(value, again), "full_width")


@defect("R13", MAIL)
def mail_with_a_blank_accepted(original: Original, value: str, again: str) -> Failures:
    """空白を含むメールアドレスを登録できる。"""
    return without(original(value, again), "blank")


@defect("R13", MAIL)
def kana_in_mail_accepted(original: Original, value: str, again: str) -> Failures:
    """半角カナを含むメールアドレスを登録できる。"""
    return without(original(value, again), "mail_unusable")


@defect("R13", MAIL)
def second_mail_not_compared(original: Original, value: str, again: str) -> Failures:
    """2 箇所に違うメールアドレスを入力しても登録できる。"""
    return without(original(value, again), "mismatch")


@defect("R13", FIRST_PASSWORD)
def second_password_not_compared(original: Original, value: str, again: str) -> Failures:
    """2 箇所に違う初回ログインパスワードを入力しても登録できる。"""
    return without(original(value, again), "mismatch")


@defect("R13", FIRST_PASSWORD)
def password_of_13_accepted(original: Original, value: str, again: str) -> Failures:
    """13 文字の初回ログインパスワードを登録できる。"""
    return if_(len(value) == 13, original(value, again), LENGTH)


@defect("R13", FIRST_PASSWORD)
def password_of_6_refused(original: Original, value: str, again: str) -> Failures:
    """6 文字の初回ログインパスワードを登録できない。"""
    return plus(len(value) == 6, original(value, again), "password", LENGTH)


@defect("R13", FIRST_PASSWORD)
def password_of_12_refused(original: Original, value: str, again: str) -> Failures:
    """12 文字の初回ログインパスワードを登録できない。"""
    return plus(len(value) == 12, original(value, again), "password", LENGTH)


@defect("R13", FIRST_PASSWORD)
def first_password_needs_a_digit(original: Original, value: str, again: str) -> Failures:
    """英字だけの初回ログインパスワードを登録できない。"""
    return plus(value.isalpha(), original(value, again), "password", "digit_missing")


@defect("R13", "web:refuse")
def typing_lost(original: Original, template: str, failures: Failures, values: Any, **more: Any) -> Any:
    """エラーのとき、入力した内容がすべて消える。"""
    kept = {} if template == "bank/user_admin/new_form.html" else values
    return original(template, failures, kept, **more)


# R23 ----------------------------------------------------------------------------------------------


@defect("R23", "screens.user_creation:add_user")
def second_replaces_first(original: Original, world: World, draft: Draft) -> User:
    """2 人目の一般ユーザを作成すると、1 人目がいなくなる。"""
    for user in [each for each in world.users.values() if not each.is_master]:
        del world.users[user.login_id]
    made: User = original(world, draft)
    return made


@defect("R23", "screens.user_creation:_check")
def one_user_only(original: Original, form: dict[str, str]) -> Failures:
    """一般ユーザは 1 人しか作成できない。"""
    generals = [user for user in visit.world.users.values() if not user.is_master]
    return plus(bool(generals), original(form), "user_id", "id_taken")


@defect("R23", CARRY_OUT)
def first_loses_rights(original: Original, world: World, login_ids: Iterable[str]) -> None:
    """2 人目のユーザ更新を行うと、1 人目の取引権限がなくなる。"""
    original(world, login_ids)
    for user in world.users.values():
        if not user.is_master:
            user.rights, user.accounts = [], []


@defect("R23", "screens.user_rights:_apply")
def second_gets_nothing(original: Original, world: World, session: Session, me: User, draft: Draft) -> Any:
    """2 人目に取引権限を設定しても、保存されない。"""
    failure = original(world, session, me, draft)
    generals = [user for user in world.users.values() if not user.is_master]
    for user in generals[1:]:
        user.rights, user.accounts = [], []
    return failure
