"""The approval password that a user sets, and its expiry: R06, R07."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from simulator.bank.web import visit
from simulator.domain.rules import rights
from simulator.domain.world import BankSettings, User
from tests.prove.defects.catalogue import defect, reworded
from tests.prove.defects.parts import (
    FOREIGN,
    LENGTH,
    MISSING,
    NEW_APPROVAL_PASSWORD,
    Failures,
    if_,
    is_own,
    named_as,
    plus,
    saved,
)
from tests.prove.defects.patches import Original

# R06 ----------------------------------------------------------------------------------------------


@defect("R06", NEW_APPROVAL_PASSWORD)
def five_characters_accepted(original: Original, new: str, *more: str) -> Failures:
    """5 文字の承認パスワードを設定できる。"""
    return if_(is_own() and len(new) == 5, original(new, *more), LENGTH)


@defect("R06", NEW_APPROVAL_PASSWORD)
def thirteen_characters_accepted(original: Original, new: str, *more: str) -> Failures:
    """13 文字の承認パスワードを設定できる。"""
    return if_(is_own() and len(new) == 13, original(new, *more), LENGTH)


@defect("R06", NEW_APPROVAL_PASSWORD)
def thirteen_characters_of_general_accepted(original: Original, new: str, *more: str) -> Failures:
    """一般ユーザは、13 文字の承認パスワードを設定できる。"""
    return if_(not visit.user.is_master and len(new) == 13, original(new, *more), LENGTH)


@defect("R06", NEW_APPROVAL_PASSWORD)
def six_characters_refused(original: Original, new: str, *more: str) -> Failures:
    """6 文字の承認パスワードを設定できない。"""
    return plus(is_own() and len(new) == 6, original(new, *more), "new", LENGTH)


@defect("R06", NEW_APPROVAL_PASSWORD)
def twelve_characters_refused(original: Original, new: str, *more: str) -> Failures:
    """12 文字の承認パスワードを設定できない。"""
    return plus(is_own() and len(new) == 12, original(new, *more), "new", LENGTH)


@defect("R06", NEW_APPROVAL_PASSWORD)
def six_characters_of_general_refused(original: Original, new: str, *more: str) -> Failures:
    """一般ユーザは、6 文字の承認パスワードを設定できない。"""
    generals = is_own() and not visit.user.is_master
    return plus(generals and len(new) == 6, original(new, *more), "new", LENGTH)


@defect("R06", NEW_APPROVAL_PASSWORD)
def twelve_characters_of_general_refused(original: Original, new: str, *more: str) -> Failures:
    """一般ユーザは、12 文字の承認パスワードを設定できない。"""
    generals = is_own() and not visit.user.is_master
    return plus(generals and len(new) == 12, original(new, *more), "new", LENGTH)


@defect("R06", NEW_APPROVAL_PASSWORD)
def letters_alone_accepted(original: Original, new: str, *more: str) -> Failures:
    """英字だけの承認パスワードを設定できる。"""
    return if_(is_own() and new.isalpha(), original(new, *more), *MISSING)


@defect("R06", NEW_APPROVAL_PASSWORD)
def digits_alone_accepted(original: Original, new: str, *more: str) -> Failures:
    """数字だけの承認パスワードを設定できる。"""
    return if_(is_own() and new.isdigit(), original(new, *more), *MISSING)


@defect("R06", NEW_APPROVAL_PASSWORD)
def second_typing_not_compared(original: Original, *typed: str) -> Failures:
    """2 箇所に違う承認パスワードを入力しても設定できる。"""
    return if_(is_own(), original(*typed), "mismatch")


@defect("R06", NEW_APPROVAL_PASSWORD)
def symbols_accepted(original: Original, *typed: str) -> Failures:
    """記号や全角文字を含む承認パスワードを設定できる。"""
    return if_(is_own(), original(*typed), *FOREIGN)


@defect("R06", NEW_APPROVAL_PASSWORD)
def blank_accepted(original: Original, *typed: str) -> Failures:
    """空白を含む承認パスワードを設定できる。"""
    return if_(is_own(), original(*typed), "blank")


@defect("R06", NEW_APPROVAL_PASSWORD)
def full_width_called_unusable(original: Original, *typed: str) -> Failures:
    """全角の文字を含む承認パスワードを断る理由が、使用できない文字とされる。"""
    failures: Failures = original(*typed)
    return named_as(failures, "full_width_somewhere", "unusable_somewhere") if is_own() else failures


@defect("R06", "web:read_form")
def kept_in_small_letters(original: Original, *names: str) -> dict[str, str]:
    """承認パスワードの英大文字が小文字で保存され、入力したとおりでは承認できない。"""
    form: dict[str, str] = original(*names)
    if names == ("current", "new", "again", "draft"):
        form.update(new=form["new"].lower(), again=form["again"].lower())
    return form


# R07 ----------------------------------------------------------------------------------------------


@defect("R07", "rules.expiry:expiry_date")
def one_day_short(original: Original, today: date, settings: BankSettings) -> Any:
    """承認パスワードの有効期限が 89 日後になる。"""
    return original(today, settings) - timedelta(days=1)


reworded(
    "R07",
    "expiry-not-shown",
    "承認パスワードを設定しても、有効期限が表示されない。",
    "approval_password/result.html",
    '{{ m.fact("承認パスワード有効期限", day(visit.user.approval_expires)) }}',
    '{{ m.fact("承認パスワード", "********") }}',
)


@defect("R07", "approval_password.set_password")
def general_never_expires(original: Original, **address: str) -> Any:
    """一般ユーザの承認パスワードには、有効期限がない。"""
    answer = original(**address)
    if not visit.user.is_master:
        saved(visit.user.login_id, approval_expires=None)
    return answer


@defect("R07", "rules.expiry:is_near")
def never_urged(original: Original, *_: Any) -> bool:
    """有効期限が近づいても、変更を促すメッセージが表示されない。"""
    del original
    return False


@defect("R07", "rules.expiry:is_near")
def urged_a_day_early(original: Original, user: User, today: date, settings: BankSettings) -> bool:
    """有効期限の 15 日前から、変更を促すメッセージが表示される。"""
    return bool(original(user, today + timedelta(days=1), settings))


@defect("R07", "rules.expiry:is_near")
def not_urged_on_the_last_day(original: Original, user: User, today: date, settings: BankSettings) -> bool:
    """有効期限の当日には、変更を促すメッセージが表示されない。"""
    return today != user.approval_expires and bool(original(user, today, settings))


@defect("R07", "rules.expiry:is_expired")
def locked_out_on_the_last_day(original: Original, user: User, today: date) -> bool:
    """有効期限の当日に、もう期限が過ぎたとされる。"""
    return bool(original(user, today + timedelta(days=1)))


@defect("R07", "guard:must_change_approval")
def expired_password_goes_on(original: Original) -> bool:
    """有効期限を過ぎても、承認パスワードを変更せずにサービスを利用できる。"""
    del original
    return rights.must_set_approval_password(visit.user)


reworded(
    "R07",
    "not-urged-on-top",
    "「トップ」画面に、変更を促すメッセージが表示されない。",
    "top/top.html",
    "{{ m.expiry(expiry_near) }}",
    "",
)
reworded(
    "R07",
    "masters-note-for-everybody",
    "一般ユーザにも「初回ログインのマスターユーザへ」と表示される。",
    "approval_password/result.html",
    "{% if first_master %}",
    "{% if true %}",
)
reworded(
    "R07",
    "masters-note-missing",
    "「初回ログインのマスターユーザへ」と表示されない。",
    "approval_password/result.html",
    "{% if first_master %}",
    "{% if false %}",
)
