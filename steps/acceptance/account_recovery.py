"""Accounts that a person must set right at the site, and the notes that this was done.

Such an account has another password than the deployment file's, or its wrong attempts are used up.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from steps.deployment import DeploymentError
from steps.driver.form_reply import SITE_SAYS
from steps.driver.story import OWN_APPROVAL_PASSWORD, OWN_PASSWORD
from steps.ledger import WORDS, Ledger

if TYPE_CHECKING:
    from simulator.bank.people import People, Persona
    from steps.acceptance.journey_state import JourneyState
    from steps.attempt_counter import Attempt
    from steps.driver.attempt_observer import Kind

KEYS: dict[Kind, str] = {"login": "password", "approval": "approval_password"}
PROCEDURES: dict[Kind, dict[str, str]] = {"login": OWN_PASSWORD, "approval": OWN_APPROVAL_PASSWORD}
STILL_UNKNOWN = (
    "ログインパスワードが変更されたかどうかを、ログインして確かめられませんでした。画面で確かめてください。 "
    "Whether the login password was changed is still unknown."
)


def accepted_password_message(
    people: People, login_id: str, kind: Kind, value: str, *, known: bool = True
) -> str:
    """Return the sentences on a password that should have been refused: whose it is now, and what to do.

    value: the feature's description of the password. known: whether the site has accepted it for certain.
    """
    person = next(each for each in _both(people) if each.login_id == login_id)
    sent = "をサイトが受け付け" if known else "を送信した記録があり"
    now = "に変わっています" if known else "に変わったかもしれません"
    return (
        f"拒否されるはずの{WORDS[kind]}「{value}」{sent}、{login_id}（{person.name}）の{WORDS[kind]}は"
        f"「{value}」{now}。この利用者にはもう何も入力しません。"
        f"サイトで people.{person.kind}.{KEYS[kind]} の値に変更してから、"
        f"--resume --restored {login_id} を付けて再開してください。 "
        "The site took a password that it must refuse: set the file's by hand, then resume with --restored."
    )


def check_passwords_are_the_files(people: People, ledger: Ledger) -> None:
    """Raise DeploymentError if an account has, or may have, another password than the file's."""
    for person, kind, value in _with_other_password(people, ledger):
        raise DeploymentError(accepted_password_message(people, person.login_id, kind, value, known=False))


def note_restored(people: People, login_id: str, ledger: Ledger, journey: JourneyState) -> None:
    """Note that a person has set the file's password by hand, which does that procedure, too.

    Raises DeploymentError for an account that needs no such thing.
    """
    restored = [
        (person, kind)
        for person, kind, _ in _with_other_password(people, ledger)
        if person.login_id == login_id
    ]
    if not restored:
        raise DeploymentError(f"--restored {login_id}: ほかのパスワードになっている記録はありません。")
    for person, kind in restored:
        ledger.note(login_id, kind, "restored")
        journey.note(PROCEDURES[kind][person.kind], "done")


def note_unlocked(login_id: str, ledger: Ledger) -> None:
    """Note that the site's count of wrong passwords was set back.

    Raises DeploymentError for an account without wrong attempts.
    """
    counted = [kind for kind, wrong in ledger.account(login_id).wrong.items() if wrong]
    if not counted:
        raise DeploymentError(f"--unlocked {login_id}: パスワードを間違えた記録はありません。")
    for kind in counted:
        ledger.note(login_id, kind, "unlocked")


def _with_other_password(people: People, ledger: Ledger) -> Iterator[tuple[Persona, Kind, str]]:
    for person in _both(people):
        for kind, value in ledger.account(person.login_id).other.items():
            yield person, kind, value


def _both(people: People) -> tuple[Persona, Persona]:
    return people.master, people.general


def no_screen_message(sent: Attempt, screen: str, failure: Exception) -> str:
    """Return what the site said, that nothing is sent again, and what was seen, in this order."""
    said, line_end, seen = str(failure).partition("\n")
    if not said.startswith(SITE_SAYS):
        said, line_end, seen = "", "", str(failure)
    return (
        f"{said}{line_end}"
        f"{sent.account} の{WORDS[sent.kind]}を送信しましたが、「{screen}」画面が表示されません。"
        "くり返すとロックされるおそれがあるため、もう送信しません。ファイルの値と画面を確かめてください。 "
        f"The password did not lead on; it is not sent again. {seen}"
    )
