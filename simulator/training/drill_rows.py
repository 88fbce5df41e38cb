"""Each goal of a drill beside the state of the bank: rows for the result. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from simulator.bank.people import GENERAL_ID, MASTER_ID, people
from simulator.domain.rules import expiry, user_update
from simulator.domain.rules.rights import EVERY_RIGHT
from simulator.domain.world import Event, World
from simulator.training.boxes import box_rows
from simulator.training.comparison import NOT_DONE, approval_state, done_or_not, value_row, whose
from simulator.training.lessons import Course
from simulator.training.model import Row, RowVerdict
from simulator.training.situations import GOALS, PREPARER

Rows = Callable[[Course, World, Sequence[Event]], Iterator[Row]]
LOCK = ("ログインパスワードのロック", "解除する", "解除した")
NO_MISTAKE = ("間違えない", "間違えなかった")
# Goal -> whose, the item, what is asked and what was done, where one row says it.
DOINGS: dict[str, tuple[str, str, str, str]] = {
    "一般ユーザのロックが解除されている": (GENERAL_ID, *LOCK),
    "マスターユーザのロックが解除されている": (MASTER_ID, *LOCK),
    "マスターユーザがログインしている": (MASTER_ID, "ログイン", "ログインする", "ログインした"),
    "承認パスワードをそれから間違えていない": (MASTER_ID, "承認パスワード", *NO_MISTAKE),
    "ログインパスワードを間違えていない": (MASTER_ID, "ログインパスワード", *NO_MISTAKE),
    "一般ユーザが残っていない": (GENERAL_ID, "ユーザ", "削除して更新する", "削除して更新した"),
    "時間切れになったことがある": (MASTER_ID, "時間切れ", "確かめる", "確かめた"),
    "だれもログインしていない": (GENERAL_ID, "ログイン中のユーザ", "だれもいない", "だれもいない"),
    "一般ユーザが 2 回のログアウトを終えている": (GENERAL_ID, "ログアウト", "2回行う", "2回行った"),
}
OTHERWISE = {"間違えない": "間違えた", "だれもいない": "ログイン中のユーザがいる"}


def rows_of_drill(course: Course, world: World, events: Sequence[Event]) -> Iterator[Row]:
    """Return the rows of a drill's goals, in their order; events oldest first."""
    for goal in course.drill.goals if course.drill else ():
        if goal in DOINGS:
            yield _doing(goal, course, world, events)
        else:
            yield from SETTINGS[goal](course, world, events)


def _doing(goal: str, course: Course, world: World, events: Sequence[Event]) -> Row:
    login_id, item, asked, done = DOINGS[goal]
    is_reached = GOALS[goal](world, events)
    words = done if is_reached else OTHERWISE.get(asked, NOT_DONE)
    verdict: RowVerdict = "right" if is_reached else "wrong" if asked in OTHERWISE else "missing"
    return Row(whose(login_id), item, asked, words, verdict, course.items[-1].key)


def _boxes(login_id: str, rights: Sequence[str], kinds: Sequence[str] = ()) -> Rows:
    def rows(course: Course, world: World, _events: Sequence[Event]) -> Iterator[Row]:
        user, step = world.users[login_id], _step(course, "rights_changed")
        accounts = [a.number for a in world.accounts if not kinds or a.kind in kinds]
        asked, checked = (rights, accounts), (user.rights, user.accounts)
        yield from box_rows(whose(login_id, "権限"), step, world.accounts, asked, checked)

    return rows


def _nothing_pending(course: Course, world: World, _events: Sequence[Event]) -> Iterator[Row]:
    is_done = not user_update.pending(world).login_ids
    about, step = "企業ユーザ", _step(course, "users_updated")
    yield done_or_not(about, "ユーザ更新", "行う", "行った", is_done=is_done, step=step)


def _own_approval(course: Course, world: World, _events: Sequence[Event]) -> Iterator[Row]:
    have, step = approval_state(world.users[GENERAL_ID]), _step(course, "approval_password_set")
    same = have == "設定した"
    yield value_row(whose(GENERAL_ID), "承認パスワード", "設定する", have, step, same=same)


def _renewed(course: Course, world: World, _events: Sequence[Event]) -> Iterator[Row]:
    wanted = expiry.expiry_date(world.now().date(), world.settings)
    now, step = world.master().approval_expires, _step(course, "approval_password_changed")
    item, have = "承認パスワードの有効期限", f"{now:%Y/%m/%d}" if now else ""
    yield value_row(whose(MASTER_ID), item, f"{wanted:%Y/%m/%d}", have, step)


def _right_mail(course: Course, world: World, _events: Sequence[Event]) -> Iterator[Row]:
    mail, user = people(world.seed).general.mail, world.users[GENERAL_ID]
    about = whose(GENERAL_ID)
    yield value_row(about, "メールアドレス", mail, user.mail, _step(course, "user_mail_changed"))
    known = user.registered.mail if user.registered else ""
    item = "電子記録債権サービスのメールアドレス"
    yield value_row(about, item, mail, known, _step(course, "users_updated"))


def _step(course: Course, kind: str) -> str:
    return next((item.key for item in course.items if kind in item.events), course.items[-1].key)


# Goal -> the rows of what it leaves in the bank.
SETTINGS: dict[str, Rows] = {
    "ユーザ更新を待つユーザがいない": _nothing_pending,
    "一般ユーザは当座の口座で確認と仮登録だけをできる": _boxes(GENERAL_ID, PREPARER, ("当座",)),
    "マスターユーザにすべての権限がある": _boxes(MASTER_ID, EVERY_RIGHT),
    "一般ユーザにすべての権限がある": _boxes(GENERAL_ID, EVERY_RIGHT),
    "一般ユーザが自分の承認パスワードを設定している": _own_approval,
    "マスターユーザの承認パスワードの期限が新しくなっている": _renewed,
    "一般ユーザのメールアドレスが正しい": _right_mail,
}
