"""The start of an acceptance run: everything that must be right before the site is touched."""

from __future__ import annotations

from collections.abc import Callable

from simulator.manual.order import ORDER, index_of
from steps.acceptance.accept_settings import AcceptSettings
from steps.acceptance.acceptance_run import AcceptanceRun
from steps.acceptance.account_recovery import check_passwords_are_the_files, note_restored, note_unlocked
from steps.acceptance.asked_part import Asked
from steps.acceptance.disposable_accounts import DisposableAccounts
from steps.acceptance.journey_state import JourneyState, Reached
from steps.acceptance.plan import plan
from steps.acceptance.tls_pinning import launch_args
from steps.attempt_counter import AttemptCounter
from steps.deployment import DeploymentError, Resolved
from steps.driver.story import OWN_PASSWORD
from steps.ledger import Ledger

# The procedures whose outcome can be found out by logging in.
KNOWN_BY_LOGIN = tuple(OWN_PASSWORD.values())


def start_run(settings: AcceptSettings, say: Callable[[str], None]) -> AcceptanceRun:
    """Return the run that the settings ask for. say: prints a line on the terminal.

    Raises DeploymentError for whatever forbids it, and LedgerError.
    """
    deployed, folder, asked = settings.deployed, settings.site_folder, settings.asked
    lock = deployed.file.lock
    ledger = Ledger(folder / "ledger", lock.after, success_resets=lock.success_resets)
    journey = JourneyState(folder)
    _note_recovery(settings, ledger, journey)
    check_passwords_are_the_files(deployed.people, ledger)
    reached = _reached(settings, ledger, journey)
    _check_last_change_is_known(reached, asked)
    run = AcceptanceRun(
        deployed,
        asked,
        AttemptCounter(ledger),
        journey,
        reached,
        DisposableAccounts(folder, deployed.file.people.spare, deployed.people.general),
        say,
        launch_args(deployed),
    )
    _check_ledger_agrees(run)
    if not settings.restored and not settings.unlocked:  # noting that was something to do
        _check_something_is_left(run)
    return run


def _note_recovery(settings: AcceptSettings, ledger: Ledger, journey: JourneyState) -> None:
    """Note the accounts that a person has set right at the site."""
    if settings.restored:
        note_restored(settings.deployed.people, settings.restored, ledger, journey)
    if settings.unlocked:
        note_unlocked(settings.unlocked, ledger)


def _reached(settings: AcceptSettings, ledger: Ledger, journey: JourneyState) -> Reached:
    """Return the state of the journey that this run goes on from: a new one without --resume."""
    reached = journey.read()
    if settings.resume:
        return _with_known_change(reached, settings.deployed, ledger, journey)
    if (reached.done or reached.unknown) and not settings.asked.first:
        raise DeploymentError(
            f"このサイトでは手順{'、'.join(reached.done) or 'なし'}まで実行済みです（{journey.path}）。"
            "続きからは --resume、途中からは --from を付けてください。 "
            "An earlier run got this far: use --resume or --from."
        )
    return Reached()


def _with_known_change(
    reached: Reached, deployed: Resolved, ledger: Ledger, journey: JourneyState
) -> Reached:
    """Return the state with a login password whose change the ledger knows and the progress does not."""
    for kind, place in OWN_PASSWORD.items():
        login_id = getattr(deployed.people, kind).login_id
        if reached.unknown == place and ledger.account(login_id).own["login"]:
            journey.note(place, "done")
            return journey.read()
    return reached


def _check_last_change_is_known(reached: Reached, asked: Asked) -> None:
    """Raise DeploymentError if the outcome of a change is unknown and a login would not tell it."""
    if reached.unknown and not asked.first and reached.unknown not in KNOWN_BY_LOGIN:
        raise DeploymentError(
            f"前回は手順{reached.unknown}の内容を送信したところで終わり、結果が分かりません。画面で確かめて、"
            f"済んでいれば次の手順、済んでいなければ {reached.unknown} を --from に付けてください。 "
            "The outcome of the last change is unknown: look, then use --from."
        )


def _check_ledger_agrees(run: AcceptanceRun) -> None:
    """Raise DeploymentError if the issued password would be typed for an account that has one of its own."""
    done, last = run.done_before(), run.asked.last
    for kind, place in OWN_PASSWORD.items():
        login_id = getattr(run.deployed.people, kind).login_id
        takes_part = kind == "master" or not last or index_of(last, last=True) >= ORDER.index("3-1")
        ledger = run.attempts.ledger
        if takes_part and place not in done and ledger.account(login_id).own["login"]:
            raise DeploymentError(
                f"{login_id} のログインパスワードは変更済みです（記録: {ledger.folder}）が、"
                f"手順{place}が済んでいないことになっています。--resume か、{place} より後の手順を --from に"
                "付けてください。作り直したサイトなら、別のフォルダーを --state に指定してください。 "
                "The password was changed according to the ledger: use --resume, --from or another --state."
            )


def _check_something_is_left(run: AcceptanceRun) -> None:
    """Raise DeploymentError if there is neither a scenario to run nor a user to delete."""
    if not run.accounts.left() and all(run.why_skip(each) for each in plan(run.deployed.file, run.asked)):
        raise DeploymentError("実行することが残っていません。 Nothing is left to do.")
