"""The login password that a user sets, and its lock: R03 to R05."""

from __future__ import annotations

from typing import Any

from flask import request

from simulator.bank.password_attempts import Attempt
from simulator.bank.web import visit
from simulator.domain.rules import lockout
from simulator.domain.rules.characters import hint_at_characters
from simulator.domain.world import User, World
from tests.prove.defects.catalogue import changed, defect
from tests.prove.defects.parts import (
    FOREIGN,
    LENGTH,
    MISSING,
    NEW_LOGIN_PASSWORD,
    Failures,
    counted,
    if_,
    is_master,
    named_as,
    plus,
    saved,
)
from tests.prove.defects.patches import Original, Value

SAME_AS_ID = "same_as_login_id"

# R03 ----------------------------------------------------------------------------------------------


@defect("R03", NEW_LOGIN_PASSWORD)
def five_characters_accepted(original: Original, new: str, *more: str) -> Failures:
    """5 文字の新ログインパスワードを設定できる。"""
    return if_(len(new) == 5, original(new, *more), LENGTH)


@defect("R03", NEW_LOGIN_PASSWORD)
def thirteen_characters_accepted(original: Original, new: str, *more: str) -> Failures:
    """13 文字の新ログインパスワードを設定できる。"""
    return if_(len(new) == 13, original(new, *more), LENGTH)


@defect("R03", NEW_LOGIN_PASSWORD)
def thirteen_characters_of_general_accepted(original: Original, new: str, *more: str) -> Failures:
    """一般ユーザは、13 文字の新ログインパスワードを設定できる。"""
    return if_(len(new) == 13 and not visit.user.is_master, original(new, *more), LENGTH)


@defect("R03", NEW_LOGIN_PASSWORD)
def six_characters_refused(original: Original, new: str, *more: str) -> Failures:
    """6 文字の新ログインパスワードを設定できない。"""
    return plus(len(new) == 6, original(new, *more), "new", LENGTH)


@defect("R03", NEW_LOGIN_PASSWORD)
def twelve_characters_refused(original: Original, new: str, *more: str) -> Failures:
    """12 文字の新ログインパスワードを設定できない。"""
    return plus(len(new) == 12, original(new, *more), "new", LENGTH)


@defect("R03", NEW_LOGIN_PASSWORD)
def six_characters_of_general_refused(original: Original, new: str, *more: str) -> Failures:
    """一般ユーザは、6 文字の新ログインパスワードを設定できない。"""
    return plus(len(new) == 6 and not visit.user.is_master, original(new, *more), "new", LENGTH)


@defect("R03", NEW_LOGIN_PASSWORD)
def twelve_characters_of_general_refused(original: Original, new: str, *more: str) -> Failures:
    """一般ユーザは、12 文字の新ログインパスワードを設定できない。"""
    return plus(len(new) == 12 and not visit.user.is_master, original(new, *more), "new", LENGTH)


@defect("R03", "web:read_form")
def twelfth_character_of_general_lost(original: Original, *names: str) -> dict[str, str]:
    """一般ユーザの 12 文字の新ログインパスワードは、11 文字で保存される。"""
    form: dict[str, str] = original(*names)
    if names == ("current", "new", "again") and not visit.user.is_master and len(form["new"]) == 12:
        form.update(new=form["new"][:11], again=form["again"][:11])
    return form


@defect("R03", NEW_LOGIN_PASSWORD)
def letters_alone_accepted(original: Original, new: str, *more: str) -> Failures:
    """英字だけの新ログインパスワードを設定できる。"""
    return if_(new.isalpha(), original(new, *more), *MISSING)


@defect("R03", NEW_LOGIN_PASSWORD)
def digits_alone_accepted(original: Original, new: str, *more: str) -> Failures:
    """数字だけの新ログインパスワードを設定できる。"""
    return if_(new.isdigit(), original(new, *more), *MISSING)


@defect("R03", NEW_LOGIN_PASSWORD)
def capitals_do_not_count(original: Original, new: str, *more: str) -> Failures:
    """英大文字は英字と認められない。"""
    return plus(new.isupper(), original(new, *more), "new", "letter_missing")


@defect("R03", NEW_LOGIN_PASSWORD)
def second_typing_not_compared(original: Original, *typed: str) -> Failures:
    """2 箇所に違う新ログインパスワードを入力しても設定できる。"""
    return if_(True, original(*typed), "mismatch")


@defect("R03", NEW_LOGIN_PASSWORD)
def symbols_accepted(original: Original, *typed: str) -> Failures:
    """記号や全角文字を含む新ログインパスワードを設定できる。"""
    return if_(True, original(*typed), *FOREIGN)


@defect("R03", NEW_LOGIN_PASSWORD)
def blank_accepted(original: Original, *typed: str) -> Failures:
    """空白を含む新ログインパスワードを設定できる。"""
    return if_(True, original(*typed), "blank")


@defect("R03", NEW_LOGIN_PASSWORD)
def blank_called_unusable(original: Original, *typed: str) -> Failures:
    """空白を含む新ログインパスワードを断る理由が、使用できない文字とされる。"""
    return named_as(original(*typed), "blank", "unusable_somewhere")


@defect("R03", NEW_LOGIN_PASSWORD)
def full_width_called_too_short(original: Original, *typed: str) -> Failures:
    """全角の文字を含む新ログインパスワードを断る理由が、文字数とされる。"""
    return named_as(original(*typed), "full_width_somewhere", LENGTH)


@defect("R03", NEW_LOGIN_PASSWORD)
def wrong_kind_called_missing(original: Original, *typed: str) -> Failures:
    """数字だけの新ログインパスワードでも、半角数字が含まれていないと表示される。"""
    return named_as(original(*typed), "letter_missing", "digit_missing")


@defect("R03", NEW_LOGIN_PASSWORD)
def counted_by_one_too_many(original: Original, *typed: str) -> Failures:
    """新ログインパスワードの文字数が、1 文字多く表示される。"""
    failures: Failures = original(*typed)
    return [each._replace(length=each.length + 1) if each.length else each for each in failures]


@defect("R03", NEW_LOGIN_PASSWORD)
def first_fault_alone(original: Original, *typed: str) -> Failures:
    """新ログインパスワードにいくつも誤りがあっても、1 つしか表示されない。"""
    failures: Failures = original(*typed)
    return failures[:1]


@defect("R03", "web:read_form")
def kept_in_small_letters(original: Original, *names: str) -> dict[str, str]:
    """新ログインパスワードの英大文字が小文字で保存され、入力したとおりではログインできない。"""
    form: dict[str, str] = original(*names)
    if names == ("current", "new", "again"):
        form.update(new=form["new"].lower(), again=form["again"].lower())
    return form


# R04 ----------------------------------------------------------------------------------------------


@defect("R04", NEW_LOGIN_PASSWORD)
def login_id_accepted(original: Original, new: str, again: str, login_id: str, *more: str) -> Failures:
    """ログイン ID と同じ新ログインパスワードを設定できる。"""
    return if_(new == login_id, original(new, again, login_id, *more), SAME_AS_ID)


@defect("R04", NEW_LOGIN_PASSWORD)
def login_id_of_general_accepted(
    original: Original, new: str, again: str, login_id: str, *more: str
) -> Failures:
    """一般ユーザは、自分のログイン ID と同じ新ログインパスワードを設定できる。"""
    generals = new == login_id and not is_master(login_id)
    return if_(generals, original(new, again, login_id, *more), SAME_AS_ID)


@defect("R04", "rules.passwords:equals_login_id")
def reason_hidden(original: Original, value: str, login_id: str) -> bool:
    """ログイン ID と同じ新ログインパスワードを断る理由が、文字の条件とされる。"""
    return value != login_id and bool(original(value, login_id))


@defect("R04", "rules.passwords:equals_login_id")
def login_id_without_prefix_accepted(original: Original, value: str, login_id: str) -> bool:
    """ログイン ID から“d-”を除いた新ログインパスワードを設定できる。"""
    return value == login_id and bool(original(value, login_id))


# R05 ----------------------------------------------------------------------------------------------


@defect("R05", "rules.lockout:is_locked")
def lock_at_7(original: Original, user: User, which: str, lock_after: int) -> bool:
    """6 回間違えてもロックされず、7 回目でロックされる。"""
    return bool(original(user, which, lock_after + (which == "login")))


@defect("R05", "rules.lockout:is_locked")
def lock_at_5(original: Original, user: User, which: str, lock_after: int) -> bool:
    """5 回間違えるとロックされる。"""
    return bool(original(user, which, lock_after - (which == "login")))


@defect("R05", "rules.lockout:is_locked")
def never_locked(original: Original, user: User, which: str, lock_after: int) -> bool:
    """何回間違えてもロックされない。"""
    return which != "login" and bool(original(user, which, lock_after))


@defect("R05", "password_attempts:take")
def right_password_unlocks(
    original: Original, seat: Any, hasher: Any, login_id: str, which: str, password: str
) -> Attempt:
    """ロックされても、正しいログインパスワードを入力するとログインできる。"""
    attempt: Attempt = original(seat, hasher, login_id, which, password)
    if attempt.locked and which == "login":
        with seat.change() as world:
            lockout.release(world.users[login_id], "login")
        attempt = original(seat, hasher, login_id, which, password)
    return attempt


@defect("R05", "password_attempts:take")
def lock_across_users(
    original: Original, seat: Any, hasher: Any, login_id: str, which: str, password: str
) -> Attempt:
    """1 人が 6 回間違えると、ほかのユーザもロックされる。"""
    attempt: Attempt = original(seat, hasher, login_id, which, password)
    if which == "login" and not attempt.right and not attempt.locked:
        with seat.change() as world:
            for user in world.users.values():
                user.login_failures = attempt.count
    return attempt


@defect("R05", "password_attempts:take")
def attempts_of_all_users_added_up(
    original: Original, seat: Any, hasher: Any, login_id: str, which: str, password: str
) -> Attempt:
    """間違えた回数をユーザごとに数えず、合わせて 6 回でロックされる。"""
    attempt: Attempt = original(seat, hasher, login_id, which, password)
    if which == "login" and not attempt.right and not attempt.locked:
        with seat.change() as world:
            most = sum(user.login_failures for user in world.users.values())
            for user in world.users.values():
                user.login_failures = most if most >= world.settings.lock_after else user.login_failures
    return attempt


@defect("R05", "password_attempts:take")
def locked_general_locks_the_master(
    original: Original, seat: Any, hasher: Any, login_id: str, which: str, password: str
) -> Attempt:
    """一般ユーザがロックされると、マスターユーザもロックされる。"""
    attempt: Attempt = original(seat, hasher, login_id, which, password)
    if which == "login":
        with seat.change() as world:
            user = world.users.get(login_id)
            if user and not user.is_master and user.login_failures >= world.settings.lock_after:
                for each in world.users.values():
                    each.login_failures = max(each.login_failures, user.login_failures)
    return attempt


@defect("R05", "login.ask")
def lock_forgotten_in_a_new_window(original: Original, **address: str) -> Any:
    """ロックされても、「ログイン」画面を開き直すとログインできる。"""
    with visit.seat.change() as world:
        for user in world.users.values():
            user.login_failures = 0
    return original(**address)


changed(
    "R05",
    "lock-not-told",
    "ロックされたことが表示されない。",
    Value("messages:MESSAGES", lambda known: {**known, "login_locked": known["login_wrong"]}),
)


@defect("R05", "password_attempts:settle")
def count_goes_on_after_a_login(original: Original, world: World, attempt: Attempt) -> bool:
    """ログインできても、間違えた回数が数え直しにならない。"""
    user = world.users.get(attempt.login_id)
    before = user.login_failures - 1 if user else 0
    right = bool(original(world, attempt))
    if right and user and attempt.which == "login":
        user.login_failures = before
    return right


@defect("R05", "screens.login:take_current")
def current_password_not_counted(original: Original, which: str, current: str, failures: Failures) -> Any:
    """現ログインパスワードは、何回間違えてもロックされない。"""
    attempt = original(which, current, failures)
    if attempt and which == "login":
        saved(visit.user.login_id, login_failures=0)
    return attempt


@defect("R05", "screens.login:take_current")
def impossible_current_password_counted(
    original: Original, which: str, current: str, failures: Failures
) -> Any:
    """空白や全角の文字を含む現ログインパスワードも、間違えた回数に数える。"""
    attempt = original(which, current, failures)
    if which == "login" and current and not attempt:
        counted(visit.user.login_id, "login")
    return attempt


@defect("R05", "login.log_in")
def impossible_password_counted(original: Original, **address: str) -> Any:
    """空白や全角の文字を含むログインパスワードも、間違えた回数に数える。"""
    if hint_at_characters("password", request.form["password"]):
        counted(request.form["login_id"], "login")
    return original(**address)


@defect("R05", "rules.passwords:check_current")
def impossible_password_is_an_attempt(original: Original, field: str, value: str) -> Failures:
    """空白や全角の文字を含むログインパスワードも照合し、間違いとして断る。"""
    return if_(field != "approval", original(field, value), *FOREIGN)


@defect("R05", "user_changes.carry_out")
def master_cannot_release(original: Original, login_id: str, what: str, **address: str) -> Any:
    """マスターユーザが新しい初回ログインパスワードを設定しても、ロックが解除されない。"""
    before = visit.world.users[login_id].login_failures
    answer = original(login_id=login_id, what=what, **address)
    if what == "password":
        saved(login_id, login_failures=before)
    return answer
