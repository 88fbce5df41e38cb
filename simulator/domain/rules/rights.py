"""取引権限 and the tabs, menus and passwords that depend on them: R10, R11, R18, R19, R22."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from simulator.domain.world import Account, User


class Business(NamedTuple):
    """One row of a 権限リスト: its name, its explanation, and the right that each of its boxes gives."""

    code: str
    name: str
    note: str
    boxes: tuple[tuple[str, str], ...]  # (right, word on the box)


def _used(code: str, name: str, note: str) -> Business:
    return Business(code, name, note, ((code, "利用"),))


def _approved(code: str, name: str, note: str) -> Business:
    return Business(code, name, note, ((f"{code}.preparer", "担当者"), (f"{code}.approver", "承認者")))


WITHOUT_APPROVAL = (
    _used("company_info", "利用者情報確認", "貴社の登録情報（口座情報など）を確認できます。"),
    _used("densai", "でんさい確認", "貴社が関係するでんさい、および、その履歴情報を確認します。"),
    _used("partners", "取引先管理", "取引にて利用される取引先情報の管理（登録・変更）ができます。"),
    _used("trade_history", "取引履歴確認", "お取引内容の履歴を確認できます。"),
    _used("operation_history", "操作履歴確認", "他ユーザの操作履歴を確認できます。"),
)
WITH_APPROVAL = (
    _approved(
        "trades",
        "各種取引",
        "振出（でんさい支払い）、でんさい譲渡など、各種お取引ができます。また、取引先管理を行うこともできます。",
    ),
    _approved("designation", "指定許可管理", "取引を許可するお取引先の管理（設定・解除）ができます。"),
)
BUSINESSES = WITHOUT_APPROVAL + WITH_APPROVAL
EVERY_RIGHT = tuple(right for business in BUSINESSES for right, _ in business.boxes)

TRADES = ("trades.preparer", "trades.approver")
DESIGNATION = ("designation.preparer", "designation.approver")

# tab slug -> its words and the rights of which one is enough; none means everybody has it (R10).
TABS: dict[str, tuple[str, tuple[str, ...]]] = {
    "top": ("トップ", ()),
    "confirm": ("でんさいを確認する", ("densai",)),
    "pay": ("でんさいを支払う", TRADES),
    "transfer": ("でんさいを譲渡する", TRADES),
    "file": ("でんさいをファイルで取引する", TRADES),
    "other": ("その他のお取引を実施する", TRADES),
    "admin": ("管理業務を実施する", ()),
}

# S10: slug -> words, explanation, rights of which one is enough.
ADMIN_MENU: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "trade_history": ("取引履歴を確認する", "過去の取引を確認します。", ("trade_history",)),
    "operation_history": ("操作履歴を確認する", "ユーザの操作履歴を確認します。", ("operation_history",)),
    "partners": (
        "取引先を管理する",
        "お取引先の登録／変更／削除／確認を行います。",
        ("partners", *TRADES),
    ),
    "designation": (
        "指定許可を管理する",
        "取引を許可するお取引先について登録／変更／解除を行います。",
        DESIGNATION,
    ),
    "company_info": ("利用者情報を確認する", "利用者情報を確認します。", ("company_info",)),
    "users": (
        "ユーザ情報を管理する",
        "ユーザ情報の変更／更新／確認、および、承認パスワードの変更を行います。",
        (),
    ),
}


def holds_any(user: User, rights: Iterable[str]) -> bool:
    """Return whether a user holds one of these rights; True when none is asked for."""
    wanted = set(rights)
    return not wanted or bool(wanted & set(user.rights))


def tabs_of(user: User) -> dict[str, str]:
    """Return the tabs that a user sees: slug -> words (R10)."""
    return {slug: words for slug, (words, rights) in TABS.items() if holds_any(user, rights)}


def menu_of(user: User) -> dict[str, tuple[str, str]]:
    """Return the buttons of 管理業務を実施する that a user sees: slug -> words and explanation (R10)."""
    return {
        slug: (words, note) for slug, (words, note, rights) in ADMIN_MENU.items() if holds_any(user, rights)
    }


def has_approver(rights: Iterable[str]) -> bool:
    """Return whether one of these rights is a 承認者's."""
    return any(right.endswith(".approver") for right in rights)


def needs_initial_approval_password(user: User, rights: Iterable[str]) -> bool:
    """Return whether giving a user these rights asks for a 初期承認パスワード (R18)."""
    return not user.is_master and user.approval_password is None and has_approver(rights)


def approves(user: User) -> bool:
    """Return whether a user needs an approval password: the master, or with a 承認者's right (R19)."""
    return user.is_master or has_approver(user.rights)


def must_set_approval_password(user: User) -> bool:
    """Return whether the service shows 承認パスワード変更 before anything else (R19)."""
    if user.approval_initial:
        return approves(user)
    return user.is_master and user.approval_password is None


def chosen(rights: Iterable[str]) -> list[str]:
    """Return the rights among these that exist, each once, in the order of EVERY_RIGHT."""
    wanted = set(rights)
    return [right for right in EVERY_RIGHT if right in wanted]


def chosen_accounts(accounts: Iterable[Account], numbers: Iterable[str]) -> list[str]:
    """Return the account numbers among these that exist, each once, in the order of the accounts."""
    wanted = set(numbers)
    return [account.number for account in accounts if account.number in wanted]


def state_words(user: User) -> tuple[str, str, str]:
    """Return 設定済 or 未設定 of businesses without approval, those with it, and accounts (S12)."""
    held = set(user.rights)
    return (
        _set_or_not(any(right in held for b in WITHOUT_APPROVAL for right, _ in b.boxes)),
        _set_or_not(any(right in held for b in WITH_APPROVAL for right, _ in b.boxes)),
        _set_or_not(bool(user.accounts)),
    )


def _set_or_not(value: bool) -> str:
    return "設定済" if value else "未設定"
