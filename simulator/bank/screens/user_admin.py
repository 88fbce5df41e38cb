"""Window B: S16 ユーザ管理業務, S17 ユーザ管理 (manual 2-1 steps 1 to 3)."""

from __future__ import annotations

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from simulator.bank.pages import page_of
from simulator.bank.web import allows, show, visit
from simulator.domain.rules import lockout, user_update
from simulator.domain.world import User, World

area = Blueprint("user_admin", __name__)


@area.get("/<sid>/users")
@allows("list", master=True)
def show_menu() -> ResponseReturnValue:
    return show("bank/user_admin/menu.html")


@area.get("/<sid>/users/list")
@allows("list", master=True)
def show_users() -> ResponseReturnValue:
    users = [(user, state_of(visit.world, user)) for user in visit.world.admin_users()]
    return show("bank/user_admin/users.html", page=page_of(users, request.args.get("page", "1")))


def state_of(world: World, user: User) -> str:
    """Return 状態 of a user; a reason that keeps the user from working comes first."""
    if lockout.is_locked(user, "login", world.settings.lock_after):
        return "ロック中"
    if user_update.is_pending(user) and (not user.is_master or user.updated):
        return "ユーザ更新待ち"
    return "初回ログイン待ち" if user.first_login else "通常"


def other_user(world: World, login_id: str) -> User:
    """Return the user of ユーザ管理 with this login ID; 404 when there is none (any more)."""
    user = world.users.get(login_id)
    if user is None or user.deleted:
        abort(404)
    return user
