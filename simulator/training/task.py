"""The task of a course, for its brief and for 課題を見る: what to set, IDs and passwords. Pure.

What it shows of a password is what is in force in the bank that it is made of; never what its owner chose.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from simulator.bank.credentials import derive
from simulator.bank.people import People, Persona
from simulator.domain.rules.rights import WITH_APPROVAL, WITHOUT_APPROVAL, Business
from simulator.domain.world import Secret, World
from simulator.manual.grammar import Field, Fill
from simulator.manual.order import done_before
from simulator.manual.wording import GENERAL, MASTER, fold
from simulator.training import expected
from simulator.training.comparison import whose
from simulator.training.goals import GOALS
from simulator.training.lessons import Course, Item

OWN = "ご自分で決めた値"
KIND = {"master": MASTER, "general": GENERAL}


@dataclass(frozen=True)
class Value:
    """A value under its label.

    note: said in place of a value that only its owner knows. is_example: a password that may be another.
    """

    label: str
    value: str
    note: str = ""
    is_example: bool = False


@dataclass(frozen=True)
class Sheet:
    """Values of one person. role: of the person, as マスターユーザ."""

    name: str
    role: str
    entries: tuple[Value, ...]


@dataclass(frozen=True)
class Boxes:
    """One table of boxes. heads: of its columns. rows: (name, whether each box is asked for)."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[bool, ...]], ...]


@dataclass(frozen=True)
class Rights:
    """The boxes of one user: 承認不要業務, 承認対象業務 and 口座."""

    about: str
    tables: tuple[Boxes, ...]


@dataclass(frozen=True)
class Task:
    """The task of a course.

    lines: the situation, last what is to be done. parts: (procedure, goal) of a chapter or the whole. new:
    the values to be set. people: IDs and passwords in force. paper: a word on the 通知書面, or "".
    """

    title: str
    lines: tuple[str, ...]
    parts: tuple[tuple[str, str], ...]
    rights: tuple[Rights, ...]
    new: tuple[Sheet, ...]
    people: tuple[Sheet, ...]
    paper: str

    @property
    def has_new_password(self) -> bool:
        """Whether a password is to be set, which may be one's own."""
        return any(value.is_example for sheet in self.new for value in sheet.entries)


def task_of(course: Course, world: World, people: People) -> Task:
    """Return the task of a course. world: the bank as it stands, or at the start of the course."""
    lines, parts = _goal(course)
    return Task(
        course.title,
        lines,
        parts,
        tuple(_rights(course, world)),
        tuple(_new_values(course, people)),
        tuple(_people(course, world, people)),
        _paper(world, people),
    )


def _goal(course: Course) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    if course.kind == "drill":
        sentences = [f"{sentence}。" for sentence in course.task.split("。") if sentence]
        return tuple(["".join(sentences[:-1]), sentences[-1]] if sentences[1:] else sentences), ()
    if course.kind == "procedure":
        return (f"{GOALS[course.id]}。",), ()
    parts = tuple((id_, GOALS[id_]) for id_ in course.lessons)
    return (f"次の{len(parts)}つの手順を、続けて行う。",), parts


# What to set -------------------------------------------------------------------------------------


def _rights(course: Course, world: World) -> Iterator[Rights]:
    for item in course.items:
        if "rights_changed" in item.events:
            asked, numbers = expected.boxes_of(expected.tick_step(course, item), world)
            accounts = tuple((f"{a.kind} {a.number}", (a.number in numbers,)) for a in world.accounts)
            yield Rights(
                whose(expected.target_of(course, item), "権限"),
                (
                    _table(("承認不要業務", "利用"), WITHOUT_APPROVAL, asked),
                    _table(("承認対象業務", "担当者", "承認者"), WITH_APPROVAL, asked),
                    Boxes(("口座", "利用"), accounts),
                ),
            )


def _table(heads: tuple[str, ...], businesses: tuple[Business, ...], asked: set[str]) -> Boxes:
    rows = ((each.name, tuple(right in asked for right, _ in each.boxes)) for each in businesses)
    return Boxes(heads, tuple(rows))


def _new_values(course: Course, people: People) -> Iterator[Sheet]:
    found: dict[str, dict[str, Value]] = {}
    for item in course.items:
        for field in (f for action in item.actions if isinstance(action, Fill) for f in action.fields):
            if made := _new_value(item, field, people):
                whose_id, value = made
                found.setdefault(whose_id, {})[value.label] = value
    for login_id, values in found.items():
        person = people.master if login_id == people.master.login_id else people.general
        yield Sheet(person.name, KIND[person.kind], tuple(values.values()))


def _new_value(item: Item, field: Field, people: People) -> tuple[str, Value] | None:
    """Return the owner and the kind of the new value of a field; None for one that takes a value in force."""
    me, new = people.master if item.who == "master" else people.general, people.general
    own = {
        "新ログインパスワード": (me.password, True),
        "新しい承認パスワード": (me.approval_password, True),
    }
    of_new_user = {
        "ユーザID": (new.login_id.removeprefix("d-"), False),
        "ユーザ名": (new.name, False),
        "メールアドレス": (new.mail, False),
        "新しいメールアドレス": (new.mail, False),
        "初回ログインパスワード": (new.issued_password, True),
        "初期承認パスワード": (new.initial_approval_password, True),
    }
    word = fold(field.word)
    known = own.get(word) or of_new_user.get(word)
    if known is None:
        return None
    value, is_example = known
    if field.value and field.value.isascii():
        value = field.value
    owner = me if word in own else new
    return owner.login_id, Value(field.word.strip(), value, is_example=is_example)


# IDs and passwords -------------------------------------------------------------------------------


def shown(secret: Secret | None, label: str, seed: int) -> list[Value]:
    """Return a password that is in force, or a note where its owner chose it; nothing where there is none."""
    if secret is None:
        return []
    if not secret.seeded:
        return [Value(label, "", OWN)]
    return [Value(label, derive(seed, secret.seeded))]


def _people(course: Course, world: World, people: People) -> Iterator[Sheet]:
    at_work = {item.who for item in course.items}
    for person in (people.master, people.general):
        if person.login_id not in world.users:
            continue
        user = world.users[person.login_id]
        values = [Value("ログインID", person.login_id)]
        role = KIND[person.kind]
        if person.kind in at_work:
            login = (
                "初回ログインパスワード" if user.first_login and not user.is_master else "ログインパスワード"
            )
            approval = "初期承認パスワード" if user.approval_initial else "承認パスワード"
            values += shown(user.login_password, login, world.seed)
            values += shown(user.approval_password, approval, world.seed)
        else:
            role += "（設定の対象）"
        yield Sheet(person.name, role, tuple(values))


def is_letter_spent(world: World, master: Persona) -> bool:
    """Whether the ログインパスワード of the 通知書面 has been replaced."""
    return not world.users[master.login_id].first_login


def _paper(world: World, people: People) -> str:
    if is_letter_spent(world, people.master):
        return "通知書面のログインパスワードは使用済みです。上の値を使います。"
    return "通知書面の値を使います。"


# Where it begins ---------------------------------------------------------------------------------


def start_lines(course: Course, world: World, people: People) -> tuple[str, ...]:
    """Return the state at the start of a course. world: the bank at its start."""
    done = done_before(course.base)
    first = whose(people.master.login_id if course.items[0].who == "master" else people.general.login_id)
    left = [whose(session.login_id) for session in world.sessions]
    logged_in = f"{'、'.join(left)}がログインしたままです。" if left else "だれもログインしていません。"
    return (
        f"手順{done[-1]}まで終わっています。" if done else "まだ何も終わっていません。",
        f"{logged_in}{first}としてログインするところから始めます。",
    )
