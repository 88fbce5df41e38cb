"""An account that a person must make good at the site: what is told, and how it is noted here.

It has another password than the file's, or its wrong attempts are used up.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from steps.deployment import DeploymentError
from steps.ledger import WORDS, Ledger
from steps.story import OWN_APPROVAL_PASSWORD, OWN_PASSWORD

if TYPE_CHECKING:
    from simulator.bank.people import People, Persona
    from steps.acceptance.journey_state import JourneyState
    from steps.driver.attempt_observer import Kind

KEYS: dict[Kind, str] = {"login": "password", "approval": "approval_password"}
PROCEDURES: dict[Kind, dict[str, str]] = {"login": OWN_PASSWORD, "approval": OWN_APPROVAL_PASSWORD}


def taken(people: People, login_id: str, kind: Kind, value: str, *, known: bool = True) -> str:
    """What was accepted, for whom, what the password is now, and what to do."""
    who = next(person for person in _both(people) if person.login_id == login_id)
    sent = "をサイトが受け付け" if known else "を送信した記録があり"
    now = "に変わっています" if known else "に変わったかもしれません"
    return (
        f"拒否されるはずの{WORDS[kind]}「{value}」{sent}、{login_id}（{who.name}）の{WORDS[kind]}は"
        f"「{value}」{now}。この利用者にはもう何も入力しません。"
        f"サイトで people.{who.kind}.{KEYS[kind]} の値に変更してから、"
        f"--resume --restored {login_id} を付けて再開してください。 "
        "The site took a password that it must refuse: set the file's by hand, then resume with --restored."
    )


def must_be_good(people: People, ledger: Ledger) -> None:
    """Nothing is begun for an account that has another password. Raises DeploymentError."""
    for who, kind, value in _spoiled(people, ledger):
        raise DeploymentError(taken(people, who.login_id, kind, value, known=False))


def restore(people: People, login_id: str, ledger: Ledger, progress: JourneyState) -> None:
    """A person has set the file's password by hand, so that procedure is done. Raises DeploymentError."""
    mended = [(who, kind) for who, kind, _ in _spoiled(people, ledger) if who.login_id == login_id]
    if not mended:
        raise DeploymentError(f"--restored {login_id}: ほかのパスワードになっている記録はありません。")
    for who, kind in mended:
        ledger.note(login_id, kind, "restored")
        progress.note(PROCEDURES[kind][who.kind], "done")


def unlock(login_id: str, ledger: Ledger) -> None:
    """A person has had the site's count of wrong passwords set back. Raises DeploymentError."""
    counted = [kind for kind, wrong in ledger.account(login_id).wrong.items() if wrong]
    if not counted:
        raise DeploymentError(f"--unlocked {login_id}: パスワードを間違えた記録はありません。")
    for kind in counted:
        ledger.note(login_id, kind, "unlocked")


def _spoiled(people: People, ledger: Ledger) -> Iterator[tuple[Persona, Kind, str]]:
    for who in _both(people):
        for kind, value in ledger.account(who.login_id).other.items():
            yield who, kind, value


def _both(people: People) -> tuple[Persona, Persona]:
    return people.master, people.general
