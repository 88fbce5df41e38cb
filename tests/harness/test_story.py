"""The values that each person types, as far as the story has got."""

from __future__ import annotations

import pytest

from simulator.manual.grammar import Field
from steps.driver.failure import StepFailure
from steps.driver.story import Story


def test_the_issued_password_until_there_is_an_own_one(story: Story) -> None:
    assert story.value(Field("ログインパスワード")) == story.me.issued_password
    story.done.append("1-2")
    assert story.value(Field("現ログインパスワード")) == story.me.password
    assert story.value(Field("新ログインパスワード")) == story.me.password


def test_the_initial_approval_password_until_there_is_an_own_one(story: Story) -> None:
    story.me = story.people.general
    assert story.value(Field("現在の承認パスワード")) == story.me.initial_approval_password
    story.done.append("3-3")
    assert story.value(Field("現在の承認パスワード")) == story.me.approval_password


def test_whose_value_it_is(story: Story) -> None:
    story.me = story.people.general
    assert (
        story.value(Field("承認パスワード", owner="マスターユーザ")) == story.people.master.approval_password
    )
    assert story.value(Field("ログイン ID（お客様 ID）")) == story.people.general.login_id
    assert story.value(Field("ユーザ ID")) == story.people.general.login_id.removeprefix("d-")


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("abc", "abc"),
        ("（空）", ""),
        ("あ × 3", "あああ"),
        ("a × 2 ＋ @example.jp", "aa@example.jp"),
        ("a.b+c", "a.b+c"),
    ],
)
def test_how_a_feature_writes_a_value(story: Story, written: str, typed: str) -> None:
    assert story.value(Field("ユーザ名", value=written)) == typed


def test_a_feature_names_a_persons_value(story: Story) -> None:
    general = story.people.general
    assert story.spelled("一般ユーザの初回ログインパスワード") == general.issued_password
    assert story.spelled("マスターユーザの初回ログインパスワード") == story.people.master.issued_password
    assert story.spelled("一般ユーザのユーザ名") == general.name


def test_a_word_that_nobody_knows_is_told(story: Story) -> None:
    with pytest.raises(StepFailure, match="「暗証番号」に何を入力するか分かりません"):
        story.value(Field("暗証番号"))


def test_all_passwords_are_secrets(story: Story) -> None:
    assert len(story.secrets()) == 7
