"""Faults of the service, and of the manual's steps: rights, approving, ユーザ更新, fields, buttons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tests.harness.foreign import core, service_screens
from tests.harness.foreign.core import Faults, User
from tests.harness.foreign.fault_changes import (
    Change,
    Made,
    act,
    enter,
    instead,
    is_ask,
    is_button,
    led,
    renamed,
    view,
)
from tests.harness.foreign.screens import Box, Button, Facts, Part, Screen, Table
from tests.harness.foreign.visit import Form, Visit

# Rights ---------------------------------------------------------------------------------------------


def choosing(made: Callable[[frozenset[str]], frozenset[str]]) -> Change:
    """The ticked rights become others."""

    def by(old: Made, visit: Visit, form: Form) -> Faults | str:
        old(visit, form)
        visit.rights = made(visit.rights)
        needed = core.needs_initial_approval(visit.subject, visit.rights)
        return "initial" if needed else "rights_check"

    return act("choose", by)


def bringing(one: str, other: str) -> Change:
    return choosing(lambda rights: rights | {other} if one in rights else rights)


enter("R11-preparer-brings-approver", bringing("各種取引/担当者", "各種取引/承認者"))
enter("R11-approver-brings-preparer", bringing("各種取引/承認者", "各種取引/担当者"))
enter(
    "R11-one-of-both",
    choosing(lambda held: held - {"各種取引/担当者"} if "各種取引/承認者" in held else held),
)
enter("tick-not-sent", choosing(lambda _: frozenset()))
enter(
    "R18-asked-of-the-master",
    (core, "needs_initial_approval", lambda old: lambda user, rights: user.master or old(user, rights)),
)
enter(
    "R18-asked-for-any-right",
    (core, "needs_initial_approval", lambda _: lambda user, rights: not user.master and bool(rights)),
)
enter(
    "R18-asked-again",
    (
        core,
        "needs_initial_approval",
        lambda _: lambda user, rights: not user.master and any(each.endswith("/承認者") for each in rights),
    ),
)
enter(
    "R12-everything-marked",
    view("rights_done", change=lambda part: _marked(part, "－", "○")),
    view("rights_check", change=lambda part: _marked(part, "－", "○")),
)
enter(
    "R12-approvers-not-marked",
    view("rights_done", change=lambda part: _marked(part, "○", "－")),
    view("rights_check", change=lambda part: _marked(part, "○", "－")),
)


def _marked(part: Part, old: str, new: str) -> Part:
    if not isinstance(part, Table):
        return part
    return replace(part, rows=tuple(tuple(new if cell == old else cell for cell in row) for row in part.rows))


enter(
    "R12-accounts-not-shown",
    view("rights_done", change=lambda part: replace(part, rows=()) if _is_of_accounts(part) else part),
)


def _is_of_accounts(part: Part) -> bool:
    return isinstance(part, Table) and part.title.startswith("口座")


def _login_password_approves(old: Made, user: User, password: str) -> str:
    return "" if password == user.password else old(user, password)


def only_for(action: str) -> Change:
    """Any approval password will do for this action."""

    def by(old: Made, visit: Visit, form: Form) -> Faults | str:
        led_to: Faults | str = old(visit, {**form, "approval": visit.me.approval})
        return led_to

    return act(action, by)


enter("R08-login-password-approves", instead(core, "approve")(_login_password_approves))
enter("R20-rights-without-it", only_for("set_rights"))
enter("R20-update-without-it", only_for("update"))

# ユーザ更新 and what follows it ------------------------------------------------------------------------

enter("R15-not-needed", (User, "can_enter", lambda _: property(lambda _user: True)))
enter("R15-never-enough", (User, "can_enter", lambda _: property(lambda user: user.master)))
enter(
    "R19-not-asked",
    (User, "must_set_approval", lambda _: property(lambda user: user.master and not user.approval)),
)
enter(
    "R19-asked-every-time",
    (User, "must_set_approval", lambda _: property(lambda user: not user.approval or not user.master)),
)
enter(
    "R16-id-not-looked-at",
    act("search", lambda old, visit, form: old(visit, {**form, "login_id": ""})),
)
enter(
    "R16-nobody",
    (service_screens, "_found", lambda old: lambda visit: old(visit) if any(visit.searched.values()) else []),
)

# The steps ------------------------------------------------------------------------------------------


def _without_mail(part: Part) -> Part:
    if not isinstance(part, Facts):
        return part
    return Facts(tuple(row for row in part.rows if row[0] != "メールアドレス"))


def _as_master(old: Made, visit: Visit) -> Screen:
    visit.about = next(user.login_id for user in visit.bank.users.values() if user.master)
    screen: Screen = old(visit)
    return screen


def _stays(part: Part) -> Part:
    return replace(part, go="list", closes=False, confirm="") if isinstance(part, Button) else part


def _unticked(part: Part) -> Part:
    """A list of rights whose boxes are signs to look at."""
    if not isinstance(part, Table):
        return part
    return replace(
        part, rows=tuple(tuple("☐" if isinstance(cell, Box) else cell for cell in row) for row in part.rows)
    )


enter("fill-second-place-missing", view("approval", without=is_ask("new_again")))
enter("fill-no-initial-password", view("approval", without=is_ask("current")))
enter("fill-no-current-password", view("change", without=is_ask("current")))
enter("fill-second-mail-missing", view("new_user", without=is_ask("mail_again")))
enter("fill-id-has-another-name", view("login", change=renamed("お客様ID", "契約番号")))
enter("button-has-another-name", view("approval", change=renamed("実行", "送信")))
enter("button-leads-elsewhere", view("approval_done", change=led("トップへ", "menu")))
enter("button-new-id-leads-to-list", view("users", change=led("ID 新規作成", "users")))
enter("button-is-missing", view("rights_done", without=is_button("トップへ戻る")))
enter("button-login-leads-to-guide", act("log_in", lambda *_: "guide"))
enter("link-has-another-name", view("home", change=renamed("へきしん電子記録債権サービス", "でんさい")))
enter("link-leads-home", view("home", change=led("へきしん電子記録債権サービス", "home")))
enter("link-to-guide-missing", view("about", without=lambda part: isinstance(part, Button)))
enter("empty-refused", act("search", lambda *_: "conditions"))
enter("review-mail-missing-when-created", view("new_user_check", change=_without_mail))
enter(
    "row-opens-another-user",
    (service_screens.SERVICE, "rights", lambda old: lambda visit: _as_master(old, visit)),
)
enter("close-of-the-list-does-nothing", view("left", change=_stays))
enter("close-of-the-service-does-nothing", view("left_service", change=_stays))


enter("tick-cannot-be-ticked", view("rights", change=_unticked))
