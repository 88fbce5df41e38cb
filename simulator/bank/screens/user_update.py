"""S21 ユーザ検索条件, S22 ユーザ情報更新確認, S23 ユーザ情報更新完了 (manual 2-2; R15–R17, R20)."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from simulator.bank.approval import approve
from simulator.bank.screens.top import RESULTS
from simulator.bank.web import (
    allows,
    done_of,
    draft_of,
    go,
    keep_draft,
    read_form,
    refuse,
    sent_draft,
    show,
    spend_draft,
    visit,
    was_done,
)
from simulator.domain.rules import sessions, user_update
from simulator.domain.rules.failures import Failure
from simulator.domain.rules.user_update import Pending
from simulator.domain.world import Draft, Session, User, World

area = Blueprint("user_update", __name__)
KIND = "user_update"
SEARCH = "bank/user_update/search.html"
CONFIRM = "bank/user_update/confirm.html"
CHANGED = Failure("", "draft_changed")


@area.get("/<sid>/user-update")
@allows("service", master=True)
def ask() -> ResponseReturnValue:
    return show(SEARCH)


@area.post("/<sid>/user-update")
@allows("service", master=True)
def find() -> ResponseReturnValue:
    form = read_form("login_id", "name")
    lists = user_update.pending(visit.world, form["login_id"], form["name"])
    if not lists.login_ids:
        return refuse(SEARCH, [Failure("", "nothing_pending")], form)
    with visit.change() as (_, session, _):
        keep_draft(session, KIND, choices=_as_choices(lists))
    return go("user_update.confirm")


def _as_choices(lists: Pending) -> dict[str, list[str]]:
    """The three lists as a draft keeps them, for S22, for carrying them out and for S23."""
    return {
        "added": [text for row in lists.added for text in row],
        "changed": [text for pair in lists.changed for row in pair for text in row],
        "deleted": [text for row in lists.deleted for text in row],
    }


def lists_of(draft: Draft) -> Pending:
    """Return the three lists that a draft keeps."""

    def rows(name: str) -> list[user_update.Row]:
        texts = draft.choices[name]
        return [user_update.Row(*texts[at : at + 4]) for at in range(0, len(texts), 4)]

    changed = rows("changed")
    pairs = list(zip(changed[::2], changed[1::2], strict=True))
    return Pending(rows("added"), pairs, rows("deleted"))


@area.get("/<sid>/user-update/confirm")
@allows("service", master=True)
def confirm() -> ResponseReturnValue:
    draft = draft_of(visit.session, KIND)
    return show(CONFIRM, lists=lists_of(draft), draft=draft)


@area.post("/<sid>/user-update/confirm")
@allows("service", master=True)
def carry_out() -> ResponseReturnValue:
    if was_done(visit.session, KIND):
        return go("user_update.done")
    draft = sent_draft(visit.session, KIND)
    failures = approve(KIND, _apply)
    if CHANGED in failures:
        return refuse(SEARCH, failures, {})
    if failures:
        return refuse(CONFIRM, failures, {}, lists=lists_of(draft), draft=draft)
    return go("user_update.done")


def _apply(world: World, session: Session, me: User, draft: Draft) -> Failure | None:
    """Carry out what S22 showed; if something else is pending by now, nothing."""
    lists = lists_of(draft)
    if user_update.pending(world, only=lists.login_ids) != lists:
        return CHANGED
    user_update.carry_out(world, lists.login_ids)
    sessions.end_of_deleted_users(world)
    counts = (len(lists.added), len(lists.changed), len(lists.deleted))
    words = "追加 {}件、変更 {}件、削除 {}件".format(*counts)
    world.record("users_updated", me.login_id, summary=words, users=" ".join(lists.login_ids))
    world.notify(RESULTS, "ユーザ更新が完了しました", words, to=me.login_id)
    spend_draft(session, draft)
    return None


@area.get("/<sid>/user-update/done")
@allows("service", master=True)
def done() -> ResponseReturnValue:
    draft = done_of(visit.session, KIND)
    return show("bank/user_update/done.html", lists=lists_of(draft), draft=draft)
