"""Faults of logging in, of passwords of one's own, and of creating a user."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from tests.harness.foreign import core, list_screens
from tests.harness.foreign.core import Bank, Faults, User
from tests.harness.foreign.fault_changes import Change, Made, act, enter, instead, is_ask, view
from tests.harness.foreign.visit import Form, Visit

# Passwords of one's own -----------------------------------------------------------------------------

Test = Callable[[User, str], bool]


def accepting(method: str, when: Test, keep: Callable[[User, str], None]) -> Change:
    """A new password that must be refused is taken where both places and the current one are right."""

    def by(old: Made, bank: Bank, user: User, current: str, new: str, again: str) -> Faults:
        if when(user, new) and new == again:
            keep(user, new)
            return {}
        faults: Faults = old(bank, user, current, new, again)
        return faults

    return instead(Bank, method)(by)


def refusing(method: str, when: Test) -> Change:
    """A new password that must be taken is refused."""

    def by(old: Made, bank: Bank, user: User, current: str, new: str, again: str) -> Faults:
        return {"new": "length"} if when(user, new) else old(bank, user, current, new, again)

    return instead(Bank, method)(by)


def _keep_login(user: User, new: str) -> None:
    user.password, user.issued = new, False


def _keep_approval(user: User, new: str) -> None:
    user.approval, user.approval_is_initial, user.approval_until = new, False, core.today()


LAX: dict[str, Test] = {
    "five-characters-accepted": lambda _, new: bool(re.fullmatch(r"[0-9A-Za-z]{5}", new)),
    "letters-alone-accepted": lambda _, new: bool(re.fullmatch(r"[A-Za-z]{6,12}", new)),
    "digits-alone-accepted": lambda _, new: bool(re.fullmatch(r"[0-9]{6,12}", new)),
}
STRICT: dict[str, Test] = {
    "six-characters-of-general-refused": lambda user, new: not user.master and len(new) == 6,
    "twelve-characters-of-general-refused": lambda user, new: not user.master and len(new) == 12,
}
for _rule, _method, _keep in (
    ("R03", "change_password", _keep_login),
    ("R06", "set_approval", _keep_approval),
):
    for _name, _when in LAX.items():
        enter(f"{_rule}-{_name}", accepting(_method, _when, _keep))
    for _name, _when in STRICT.items():  # of general users: the master's own is never set a second time
        enter(f"{_rule}-{_name}", refusing(_method, _when))
    enter(
        f"{_rule}-second-typing-not-compared",
        instead(Bank, _method)(
            lambda old, bank, user, current, new, _again: old(bank, user, current, new, new)
        ),
    )
enter(
    "R04-login-id-accepted",
    accepting("change_password", lambda user, new: user.master and new == user.login_id, _keep_login),
)


def _any_current(who: Callable[[User], bool]) -> Change:
    def by(old: Made, bank: Bank, user: User, current: str, new: str, again: str) -> Faults:
        faults: Faults = old(bank, user, user.password if who(user) else current, new, again)
        return faults

    return instead(Bank, "change_password")(by)


enter("R02-wrong-current-password-accepted", _any_current(lambda user: user.master))
enter("R14-wrong-current-password-of-general-accepted", _any_current(lambda user: not user.master))


def _old_one_still_good(old: Made, bank: Bank, login_id: str, password: str) -> str:
    user = bank.users.get(login_id)
    if user and not user.master and not user.issued and password.startswith("shokai"):
        return ""
    code: str = old(bank, login_id, password)
    return code


enter("R14-first-password-still-good", instead(Bank, "log_in")(_old_one_still_good))


def _not_forced(old: Made, visit: Visit, form: Form) -> Faults | str:
    led_to: Faults | str = old(visit, form)
    if visit.user and not visit.user.master and visit.user.issued and led_to == "change":
        visit.user.issued = False
        return "list"
    return led_to


enter("R14-change-not-forced-on-general", act("log_in", _not_forced))

# Logging in -----------------------------------------------------------------------------------------


def _login_id(made: Callable[[str], str]) -> Change:
    return act("log_in", lambda old, visit, form: old(visit, {**form, "id": made(form["id"])}))


enter("R01-login-without-prefix", _login_id(lambda text: text if text.startswith("d-") else f"d-{text}"))
enter("R01-capital-prefix-accepted", _login_id(lambda text: re.sub("^D-", "d-", text)))
enter(
    "R01-prefix-not-shown",
    view("new_user", change=lambda part: replace(part, before="") if is_ask("user_id")(part) else part),
)
enter(
    "R01-created-without-prefix",
    (
        list_screens,
        "_new_facts",
        lambda old: lambda form: tuple((name, text.removeprefix("d-")) for name, text in old(form)),
    ),
)


def _all_locked(old: Made, bank: Bank, login_id: str, password: str) -> str:
    code: str = old(bank, login_id, password)
    if any(user.locked for user in bank.users.values()):
        return "locked"
    return code


enter("R05-lock-at-5", (core, "LOCK_AT", lambda _: 5))
enter("R05-lock-at-7", (core, "LOCK_AT", lambda _: 7))
enter("R05-never-locked", (core, "LOCK_AT", lambda _: 99))
enter("R05-lock-across-users", instead(Bank, "log_in")(_all_locked))


def _right_one_unlocks(old: Made, user: User, password: str) -> str:
    if password == user.password:
        user.wrong = 0
    code: str = old(user, password)
    return code


enter("R05-right-password-unlocks", instead(core, "_attempt")(_right_one_unlocks))

# Creating a user ------------------------------------------------------------------------------------


def creating(name: str, *codes: str, when: Callable[[Form], bool] = lambda _: True) -> Change:
    """Faults of these codes at this field are passed over."""

    def by(old: Made, bank: Bank, form: Form) -> Faults:
        faults: Faults = old(bank, form)
        return {
            key: code for key, code in faults.items() if not (key == name and code in codes and when(form))
        }

    return instead(Bank, "new_user_faults")(by)


def never_created(name: str, when: Callable[[str], bool]) -> Change:
    def by(old: Made, bank: Bank, form: Form) -> Faults:
        return {name: "length"} if when(form[name]) else old(bank, form)

    return instead(Bank, "new_user_faults")(by)


enter("R13-id-of-5-accepted", creating("user_id", "length", when=lambda form: len(form["user_id"]) == 5))
enter("R13-full-width-mail-accepted", creating("mail", "mail_signs", when=lambda form: "ｈ" in form["mail"]))
enter("R13-second-mail-not-compared", creating("mail_again", "mismatch"))
enter("R13-second-password-not-compared", creating("password_again", "mismatch"))
enter("R13-id-of-6-refused", never_created("user_id", lambda text: len(text) == 6))
enter("R13-id-of-12-refused", never_created("user_id", lambda text: len(text) == 12))
enter("R13-password-of-6-refused", never_created("password", lambda text: len(text) == 6))
enter("R13-password-of-12-refused", never_created("password", lambda text: len(text) == 12))
enter("R13-name-of-40-refused", never_created("name", lambda text: len(text) == 40))
enter("R13-mail-of-128-refused", never_created("mail", lambda text: len(text) == 128))
