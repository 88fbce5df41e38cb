"""ユーザ更新: R15 to R17."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from simulator.bank.web import show, visit
from simulator.domain.rules.failures import Failure
from simulator.domain.rules.identity import shown_name
from simulator.domain.rules.user_update import Pending
from simulator.domain.world import Draft, Registration, Session, User, World
from tests.prove.defects.catalogue import changed, defect
from tests.prove.defects.patches import Original, Value

CARRY_OUT = "rules.user_update:carry_out"
PENDING = "rules.user_update:pending"

# R15 ----------------------------------------------------------------------------------------------


@defect("R15", "service_list.enter")
def not_needed(original: Original, **address: str) -> Any:
    """ユーザ更新を行わなくても、一般ユーザがサービスを利用できる。"""
    with visit.change() as (_, _, me):
        if me.registered is None:
            me.registered = Registration(me.name, me.mail)
    return original(**address)


@defect("R15", CARRY_OUT)
def never_enough(original: Original, world: World, login_ids: Iterable[str]) -> None:
    """ユーザ更新を行っても、作成した一般ユーザはサービスを利用できない。"""
    original(world, [each for each in login_ids if world.users[each].registered])


@defect("R15", "service_list.enter")
def rights_needed_too(original: Original, **address: str) -> Any:
    """ユーザ更新を行っても、取引権限を設定するまで、一般ユーザはサービスを利用できない。"""
    if not visit.user.is_master and not visit.user.rights:
        return show("bank/refused/no_right.html", 403, reason="user_update_needed")
    return original(**address)


changed(
    "R15",
    "reason-not-told",
    "サービスを利用できない理由に、ユーザ更新が示されない。",
    Value("messages:REFUSED", lambda known: {**known, "user_update_needed": known["no_right"]}),
)


@defect("R15", "user_changes.carry_out")
def name_changes_at_once(original: Original, login_id: str, what: str, **address: str) -> Any:
    """ユーザ名の変更が、ユーザ更新を行わなくても反映される。"""
    answer = original(login_id=login_id, what=what, **address)
    with visit.seat.change() as world:
        user = world.users[login_id]
        if what == "name" and user.registered:
            user.registered = replace(user.registered, name=user.name)
    return answer


@defect("R15", "user_changes.carry_out")
def mail_changes_at_once(original: Original, login_id: str, what: str, **address: str) -> Any:
    """メールアドレスの変更が、ユーザ更新を行わなくても反映される。"""
    answer = original(login_id=login_id, what=what, **address)
    with visit.seat.change() as world:
        user = world.users[login_id]
        if what == "mail" and user.registered:
            user.registered = replace(user.registered, mail=user.mail)
    return answer


@defect("R15", "user_changes.carry_out")
def deleted_at_once(original: Original, login_id: str, what: str, **address: str) -> Any:
    """ユーザの削除が、ユーザ更新を行わなくても反映される。"""
    answer = original(login_id=login_id, what=what, **address)
    if what == "delete":
        with visit.seat.change() as world:
            world.users.pop(login_id, None)
    return answer


@defect("R15", CARRY_OUT)
def deleted_users_stay(original: Original, world: World, login_ids: Iterable[str]) -> None:
    """ユーザ更新を行っても、削除したユーザがログインできる。"""
    ids = list(login_ids)
    gone = {each: world.users[each] for each in ids if world.users[each].deleted}
    original(world, ids)
    world.users.update(gone)


# R16 ----------------------------------------------------------------------------------------------


@defect("R16", PENDING)
def only_the_first(
    original: Original, world: World, login_id: str = "", name: str = "", only: Any = None
) -> Pending:
    """ユーザ検索条件を入力しないと、1 人だけが対象になる。"""
    lists: Pending = original(world, login_id, name, only)
    everybody = not login_id and not name and only is None
    return replace(lists, added=lists.added[:1]) if everybody else lists


@defect("R16", PENDING)
def nobody(original: Original, world: World, login_id: str = "", name: str = "", only: Any = None) -> Pending:
    """ユーザ検索条件を入力しないと、だれも対象にならない。"""
    if not login_id and not name and only is None:
        return Pending()
    lists: Pending = original(world, login_id, name, only)
    return lists


@defect("R16", PENDING)
def id_not_looked_at(
    original: Original, world: World, login_id: str = "", name: str = "", only: Any = None
) -> Pending:
    """ログイン ID を入力しても、すべてのユーザが対象になる。"""
    del login_id
    lists: Pending = original(world, "", name, only)
    return lists


@defect("R16", PENDING)
def name_not_looked_at(
    original: Original, world: World, login_id: str = "", name: str = "", only: Any = None
) -> Pending:
    """ユーザ名を入力しても、すべてのユーザが対象になる。"""
    del name
    lists: Pending = original(world, login_id, "", only)
    return lists


@defect("R16", PENDING)
def new_users_alone(
    original: Original, world: World, login_id: str = "", name: str = "", only: Any = None
) -> Pending:
    """更新を待つユーザのうち、追加したユーザだけが対象になり、変更したユーザは対象にならない。"""
    lists: Pending = original(world, login_id, name, only)
    return replace(lists, changed=[])


# R17 ----------------------------------------------------------------------------------------------


@defect("R17", "rules.identity:shown_name")
def strange_characters_shown(original: Original, name: str) -> str:
    """ユーザ名の規定外の文字が、「?」にならずに表示される。"""
    del original
    return name


@defect("R17", "rules.identity:shown_mail")
def strange_mail_shown(original: Original, mail: str) -> str:
    """規定外のメールアドレスが、「x」にならずに表示される。"""
    del original
    return mail


@defect("R17", "rules.identity:shown_name")
def whole_name_replaced(original: Original, name: str) -> str:
    """規定外の文字が 1 文字でもあると、ユーザ名がすべて「?」になる。"""
    shown = str(original(name))
    return "?" * len(name) if shown != name else shown


@defect("R17", CARRY_OUT)
def stored_as_shown(original: Original, world: World, login_ids: Iterable[str]) -> None:
    """ユーザ更新を行うと、登録した内容も「?」に変わる。"""
    ids = list(login_ids)
    for user in (world.users[each] for each in ids):
        user.name = shown_name(user.name)
    original(world, ids)


@defect("R17", "screens.user_update:_apply")
def update_refused(original: Original, world: World, session: Session, me: User, draft: Draft) -> Any:
    """規定外の文字があると、ユーザ更新ができない。"""
    if any("?" in text for texts in draft.choices.values() for text in texts):
        return Failure("", "nothing_pending")
    return original(world, session, me, draft)
