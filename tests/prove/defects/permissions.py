"""Rights and what they open: R10 to R12, R22."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from simulator.domain.rules.rights import ADMIN_MENU, EVERY_RIGHT, TABS
from simulator.domain.world import Draft, Session, User, World
from tests.prove.defects.catalogue import defect, reworded
from tests.prove.defects.patches import Original

TABS_OF, MENU_OF = "rules.rights:tabs_of", "rules.rights:menu_of"
CHOSEN = "rules.rights:chosen"
APPLY = "screens.user_rights:_apply"
DONE = "user_rights/done.html"
Words = dict[str, Any]

# R10 ----------------------------------------------------------------------------------------------


@defect("R10", TABS_OF)
def tab_for_everybody(original: Original, user: User) -> Words:
    """権限がなくても「でんさいを確認する」タブが表示される。"""
    shown = {**original(user), "confirm": TABS["confirm"][0]}
    return {slug: shown[slug] for slug in TABS if slug in shown}


@defect("R10", TABS_OF)
def no_tabs_for_approvers(original: Original, user: User) -> Words:
    """各種取引の承認者には、「でんさいを支払う」などのタブが表示されない。"""
    trades = ("pay", "transfer", "file", "other")
    hidden = trades if "trades.preparer" not in user.rights else ()
    return {slug: words for slug, words in original(user).items() if slug not in hidden}


@defect("R10", TABS_OF)
def one_tab_missing(original: Original, user: User) -> Words:
    """各種取引の権限があっても「でんさいをファイルで取引する」タブが表示されない。"""
    return {slug: words for slug, words in original(user).items() if slug != "file"}


@defect("R10", TABS_OF)
def master_sees_everything(original: Original, user: User) -> Words:
    """マスターユーザには、権限がなくてもすべてのタブが表示される。"""
    return {slug: words for slug, (words, _) in TABS.items()} if user.is_master else original(user)


@defect("R10", TABS_OF)
def general_sees_everything(original: Original, user: User) -> Words:
    """一般ユーザには、権限がなくてもすべてのタブが表示される。"""
    return original(user) if user.is_master else {slug: words for slug, (words, _) in TABS.items()}


@defect("R10", MENU_OF)
def button_for_everybody(original: Original, user: User) -> Words:
    """権限がなくても「利用者情報を確認する」ボタンが表示される。"""
    shown = {**original(user), "company_info": ADMIN_MENU["company_info"][:2]}
    return {slug: shown[slug] for slug in ADMIN_MENU if slug in shown}


@defect("R10", MENU_OF)
def histories_exchanged(original: Original, user: User) -> Words:
    """取引履歴確認の権限で操作履歴のボタンが、操作履歴確認の権限で取引履歴のボタンが表示される。"""
    other = {"trade_history": "operation_history", "operation_history": "trade_history"}
    shown = {other.get(slug, slug) for slug in original(user)}
    return {slug: (words, note) for slug, (words, note, _) in ADMIN_MENU.items() if slug in shown}


@defect("R10", MENU_OF)
def designation_for_preparers_only(original: Original, user: User) -> Words:
    """指定許可管理の承認者には「指定許可を管理する」ボタンが表示されない。"""
    hidden = "" if "designation.preparer" in user.rights else "designation"
    return {slug: each for slug, each in original(user).items() if slug != hidden}


@defect("R10", MENU_OF)
def partners_not_with_trades(original: Original, user: User) -> Words:
    """各種取引の権限だけでは「取引先を管理する」ボタンが表示されない。"""
    hidden = "" if "partners" in user.rights else "partners"
    return {slug: each for slug, each in original(user).items() if slug != hidden}


@defect("R10", MENU_OF)
def new_master_has_no_button(original: Original, user: User) -> Words:
    """権限を設定する前のマスターユーザに「ユーザ情報を管理する」ボタンが表示されない。"""
    hidden = "" if user.rights else "users"
    return {slug: each for slug, each in original(user).items() if slug != hidden}


reworded(
    "R10",
    "general-administers",
    "一般ユーザにも「企業ユーザを変更する」などのボタンが表示される。",
    "user_rights/menu.html",
    "{% if visit.user.is_master %}",
    "{% if true %}",
)


# R11 ----------------------------------------------------------------------------------------------


@defect("R11", CHOSEN)
def preparer_brings_approver(original: Original, given: Iterable[str]) -> list[str]:
    """各種取引の担当者をチェックすると、承認者にもなる。"""
    wanted = set(given)
    return list(original(wanted | ({"trades.approver"} if "trades.preparer" in wanted else set())))


@defect("R11", CHOSEN)
def approver_brings_preparer(original: Original, given: Iterable[str]) -> list[str]:
    """各種取引の承認者をチェックすると、担当者にもなる。"""
    wanted = set(given)
    return list(original(wanted | ({"trades.preparer"} if "trades.approver" in wanted else set())))


@defect("R11", CHOSEN)
def designation_preparer_brings_approver(original: Original, given: Iterable[str]) -> list[str]:
    """指定許可管理の担当者をチェックすると、承認者にもなる。"""
    wanted = set(given)
    more = {"designation.approver"} if "designation.preparer" in wanted else set()
    return list(original(wanted | more))


@defect("R11", CHOSEN)
def designation_approver_brings_preparer(original: Original, given: Iterable[str]) -> list[str]:
    """指定許可管理の承認者をチェックすると、担当者にもなる。"""
    wanted = set(given)
    more = {"designation.preparer"} if "designation.approver" in wanted else set()
    return list(original(wanted | more))


@defect("R11", CHOSEN)
def one_of_both(original: Original, given: Iterable[str]) -> list[str]:
    """担当者と承認者の両方をチェックしても、承認者だけになる。"""
    wanted = set(given)
    return list(original(wanted - ({"trades.preparer"} if "trades.approver" in wanted else set())))


@defect("R11", APPLY)
def cannot_be_taken_away(original: Original, world: World, session: Session, me: User, draft: Draft) -> Any:
    """チェックを外しても、前にチェックした権限がなくならない。"""
    held = world.users[draft.fields["login_id"]].rights
    draft.choices["rights"] = [right for right in EVERY_RIGHT if right in (*held, *draft.choices["rights"])]
    return original(world, session, me, draft)


# R12 ----------------------------------------------------------------------------------------------

MARKS = '<td class="mark">{{ "○" if right in held else "－" }}</td>'
LISTED = '{{ m.accounts("口座権限付与リスト", draft.choices.accounts) }}'
reworded(
    "R12",
    "approvers-not-marked",
    "承認者をチェックしても“○”が表示されない。",
    "macros.html",
    MARKS,
    MARKS.replace("in held", 'in held and not right.endswith("approver")'),
)
reworded(
    "R12",
    "everything-marked",
    "チェックしていない権限にも“○”が表示される。",
    DONE,
    "m.marks(draft.choices.rights)",
    "m.marks(rights.EVERY_RIGHT)",
)
reworded(
    "R12",
    "accounts-not-shown",
    "「口座権限付与リスト」に、選んだ口座が表示されない。",
    DONE,
    LISTED,
    '{{ m.accounts("口座権限付与リスト", []) }}',
)
reworded(
    "R12",
    "all-accounts-shown",
    "「口座権限付与リスト」に、選んでいない口座も表示される。",
    DONE,
    LISTED,
    LISTED.replace("draft.choices.accounts", 'visit.world.accounts|map(attribute="number")|list'),
)


@defect("R12", "rules.rights:chosen_accounts")
def second_account_lost(original: Original, *lists: Any) -> list[str]:
    """口座を 2 つチェックしても、1 つしか設定されない。"""
    return list(original(*lists))[:1]


@defect("R12", APPLY)
def accounts_not_kept(original: Original, world: World, session: Session, me: User, draft: Draft) -> Any:
    """「口座権限付与リスト」に表示されるが、口座の権限は保存されない。"""
    user = world.users[draft.fields["login_id"]]
    before = user.accounts
    failure = original(world, session, me, draft)
    user.accounts = before
    return failure


@defect("R12", APPLY)
def rights_not_kept(original: Original, world: World, session: Session, me: User, draft: Draft) -> Any:
    """“○”が表示されるが、一般ユーザの権限は保存されない。"""
    user = world.users[draft.fields["login_id"]]
    before = user.rights
    failure = original(world, session, me, draft)
    if not user.is_master:
        user.rights = before
    return failure


# R22 ----------------------------------------------------------------------------------------------


@defect("R22", TABS_OF)
def general_cannot_confirm(original: Original, user: User) -> Words:
    """一般ユーザには、すべての権限を設定しても「でんさいを確認する」タブが表示されない。"""
    hidden = "" if user.is_master else "confirm"
    return {slug: words for slug, words in original(user).items() if slug != hidden}


@defect("R22", MENU_OF)
def general_sees_no_operations(original: Original, user: User) -> Words:
    """一般ユーザには、すべての権限を設定しても「操作履歴を確認する」ボタンが表示されない。"""
    hidden = "" if user.is_master else "operation_history"
    return {slug: each for slug, each in original(user).items() if slug != hidden}


@defect("R22", APPLY)
def master_keeps_his_rights(
    original: Original, world: World, session: Session, me: User, draft: Draft
) -> Any:
    """マスターユーザの取引権限を外しても、なくならない。"""
    before = list(me.rights)
    failure = original(world, session, me, draft)
    if draft.fields["login_id"] == me.login_id:
        me.rights = [*before, *(right for right in me.rights if right not in before)]
    return failure


@defect("R22", APPLY)
def generals_follow_the_master(
    original: Original, world: World, session: Session, me: User, draft: Draft
) -> Any:
    """マスターユーザの取引権限を外すと、一般ユーザの権限もなくなる。"""
    failure = original(world, session, me, draft)
    for user in world.users.values():
        user.rights = [right for right in user.rights if right in me.rights]
    return failure
