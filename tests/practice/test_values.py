"""The values that a person types: each one's own words, and how far the passwords have got."""

from __future__ import annotations

import pytest

from simulator.bank.people import People, Persona, people
from simulator.manual.grammar import Field, Fill
from simulator.manual.procedures import procedures
from simulator.training.lessons import courses
from simulator.training.values import Own, Typist, UnknownWordError

PEOPLE: People = people(1560)
MASTER, GENERAL = PEOPLE.master, PEOPLE.general


def owning(login: bool, approval: bool) -> Own:
    def own(_who: Persona) -> tuple[bool, bool]:
        return login, approval

    return own


@pytest.fixture
def typist() -> Typist:
    return Typist(PEOPLE, MASTER, owning(login=True, approval=True))


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("ログイン ID（お客様 ID）", MASTER.login_id),
        ("ログインID", MASTER.login_id),
        ("ログインパスワード", MASTER.password),
        ("新ログインパスワード", MASTER.password),
        ("承認パスワード", MASTER.approval_password),
        ("新しい承認パスワード", MASTER.approval_password),
        ("初期承認パスワード", GENERAL.initial_approval_password),
        ("ユーザ ID", GENERAL.login_id.removeprefix("d-")),
        ("ユーザ名", GENERAL.name),
        ("メールアドレス", GENERAL.mail),
        ("初回ログインパスワード", GENERAL.issued_password),
    ],
)
def test_a_word_of_the_manual_is_somebodys_value(typist: Typist, word: str, value: str) -> None:
    assert typist.value(Field(word)) == value


@pytest.mark.parametrize(("own", "password"), [(True, GENERAL.password), (False, GENERAL.issued_password)])
def test_the_login_password_is_the_issued_one_until_he_sets_his_own(own: bool, password: str) -> None:
    typist = Typist(PEOPLE, GENERAL, owning(login=own, approval=False))
    for word in ("ログインパスワード", "現ログインパスワード"):
        assert typist.value(Field(word)) == password


@pytest.mark.parametrize(
    ("own", "password"), [(True, GENERAL.approval_password), (False, GENERAL.initial_approval_password)]
)
def test_the_present_approval_password_is_the_initial_one_until_he_sets_his_own(
    own: bool,
    password: str,
) -> None:
    typist = Typist(PEOPLE, GENERAL, owning(login=True, approval=own))
    assert typist.value(Field("現在の承認パスワード")) == password


def test_a_field_may_say_whose_value_it_is() -> None:
    typist = Typist(PEOPLE, GENERAL, owning(login=True, approval=True))
    assert typist.value(Field("承認パスワード", owner="マスターユーザ")) == MASTER.approval_password


@pytest.mark.parametrize(
    ("spelled", "value"),
    [
        ("", ""),
        ("（空）", ""),
        ("kawari0123", "kawari0123"),
        ("あ × 3", "あああ"),
        ("a × 2 ＋ 1 × 3", "aa111"),
        ("一般ユーザのメールアドレス", GENERAL.mail),
        ("マスターユーザのログインパスワード", MASTER.password),
        ("一般ユーザの初回ログインパスワード", GENERAL.issued_password),
        ("マスターユーザのログインパスワード ＋ （空白）", f"{MASTER.password} "),
        ("（全角の空白） ＋ abc123", "\u3000abc123"),
    ],
)
def test_a_value_as_a_feature_writes_it(typist: Typist, spelled: str, value: str) -> None:
    assert typist.spelled(spelled) == value
    assert typist.value(Field("何か", value=spelled)) == value


def test_a_word_that_nobody_knows_is_an_error(typist: Typist) -> None:
    with pytest.raises(UnknownWordError):
        typist.value(Field("合言葉"))


def test_every_field_of_every_course_has_a_value(typist: Typist) -> None:
    items = [item for course in courses().values() for item in course.items]
    fields = [
        f for item in items for action in item.actions if isinstance(action, Fill) for f in action.fields
    ]
    assert len(fields) > len(procedures())
    for field in fields:
        assert typist.value(field)
