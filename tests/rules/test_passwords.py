"""R03, R04, R06, R13: how a password must be made."""

from __future__ import annotations

import pytest

from simulator.domain.rules import passwords
from simulator.domain.rules.failures import Failure

FIELD = "any"
BLANK = Failure(FIELD, "blank")
FULL_WIDTH = Failure(FIELD, "full_width_somewhere")
UNUSABLE = Failure(FIELD, "unusable_somewhere")
CONTROL = Failure(FIELD, "control_characters")


def length(count: int) -> Failure:
    return Failure(FIELD, "length_6_to_12", length=count)


CHARACTERS = [
    ("", [Failure(FIELD, "required")]),
    ("a1b2c", [length(5)]),
    ("a1b2c3", []),
    ("a1b2c3d4e5f6", []),
    ("a1b2c3d4e5f6g", [length(13)]),
    ("ABCDE1", []),
    ("ａ１ｂ２ｃ３", [FULL_WIDTH]),
    ("a1b2c３", [FULL_WIDTH]),  # a full-width digit is a digit to isdigit(), not to the bank
    ("a1b2c²", [UNUSABLE]),
    ("ｱ1b2c3", [UNUSABLE]),
    ("あ1b2c3", [FULL_WIDTH]),
    ("é1b2c3", [UNUSABLE]),
    ("a1b2c-", [UNUSABLE]),
    ("a1b2c_", [UNUSABLE]),
    ("a1b2 c3", [BLANK]),
    (" a1b2c3", [BLANK]),
    ("a1b2c3\u3000", [BLANK]),
    ("a1b2c3\n", [BLANK]),
    ("a1b2c3\u200b", [BLANK]),
    ("a1b2c3\x00", [CONTROL]),
    ("a1b2c3\x7f", [CONTROL]),
    ("a1b2c😀", [UNUSABLE]),
    ("a1-", [UNUSABLE, length(3)]),
    ("ａ１" * 7, [FULL_WIDTH, length(14)]),
    ("!ａ 1!ｂ 2", [UNUSABLE, FULL_WIDTH, BLANK]),  # each kind once, in the order of the text
    ("a1b2c3d4e5f6 ", [BLANK]),  # twelve, once the blank is removed
    ("a1b2c ", [BLANK, length(5)]),
    (" \u3000", [BLANK]),
]


@pytest.mark.parametrize(("value", "expected"), CHARACTERS)
def test_characters_and_length_at_both_sides(value: str, expected: list[Failure]) -> None:
    assert passwords.characters_and_length(FIELD, value) == expected


@pytest.mark.parametrize(("value", "expected"), CHARACTERS)
def test_a_new_password_is_held_to_the_same_characters_and_length(
    value: str, expected: list[Failure]
) -> None:
    assert passwords.composition(FIELD, value) == expected


@pytest.mark.parametrize(("value", "expected"), CHARACTERS)
def test_a_password_that_is_compared_is_held_to_the_characters_alone(
    value: str, expected: list[Failure]
) -> None:
    wanted = [failure for failure in expected if failure.code != "length_6_to_12"]
    assert passwords.check_current(FIELD, value) == wanted


@pytest.mark.parametrize(("value", "_"), CHARACTERS)
def test_no_failure_tells_a_character_of_a_password_or_its_place(value: str, _: object) -> None:
    for failure in passwords.composition(FIELD, value) + passwords.check_current(FIELD, value):
        assert (failure.position, failure.letter) == (0, "")


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("abcdef", "digit_missing"),
        ("ABCDEFGHIJKL", "digit_missing"),
        ("123456", "letter_missing"),
        ("123456789012", "letter_missing"),
    ],
)
def test_a_new_password_needs_a_letter_and_a_digit(value: str, code: str) -> None:
    assert passwords.composition(FIELD, value) == [Failure(FIELD, code)]
    assert passwords.composition(FIELD, f"{value} ") == [
        BLANK,
        Failure(FIELD, code),
    ]  # no blank stands for one


@pytest.mark.parametrize("value", ["abcde１", "abcde!", "12345あ"])
def test_what_is_missing_is_not_named_where_another_character_may_stand_for_it(value: str) -> None:
    assert [failure.code for failure in passwords.composition(FIELD, value)] in (
        ["full_width_somewhere"],
        ["unusable_somewhere"],
    )


@pytest.mark.parametrize("value", ["abcdef", "123456"])
def test_an_id_and_a_first_password_need_not(value: str) -> None:
    assert passwords.check_first_login_password(value, value) == []


@pytest.mark.parametrize("value", ["1560hekishin", "d-1560hekishin"])
def test_a_login_password_like_the_login_id_is_refused_with_a_message_of_its_own(value: str) -> None:
    failures = passwords.check_new_login_password(value, value, "d-1560hekishin")
    assert failures == [Failure("new", "same_as_login_id")]


@pytest.mark.parametrize("value", ["1560HEKISHIN", "1560hekishi", "hekishin1560"])
def test_one_that_only_resembles_the_login_id_is_taken(value: str) -> None:
    assert passwords.check_new_login_password(value, value, "d-1560hekishin") == []


def test_an_approval_password_may_be_like_the_login_id() -> None:
    assert passwords.check_new_approval_password("1560hekishin", "1560hekishin") == []


@pytest.mark.parametrize(
    ("again", "expected"),
    [("a1b2c3", []), ("a1b2c4", ["mismatch"]), ("A1b2c3", ["mismatch"]), ("", ["required_again"])],
)
def test_the_second_typing_must_match_the_first(again: str, expected: list[str]) -> None:
    wanted = [Failure("again", code) for code in expected]
    assert passwords.check_new_login_password("a1b2c3", again, "d-1560heki") == wanted
    assert passwords.check_new_approval_password("a1b2c3", again) == wanted
    first = [Failure("password_again", code) for code in expected]
    assert passwords.check_first_login_password("a1b2c3", again) == first


def test_every_failure_comes_at_once() -> None:
    assert passwords.check_new_login_password("あ-", "い", "d-1560heki") == [
        Failure("new", "full_width_somewhere"),
        Failure("new", "unusable_somewhere"),
        Failure("new", "length_6_to_12", length=2),
        Failure("again", "mismatch"),
    ]
    assert passwords.check_new_approval_password("", "") == [
        Failure("new", "required"),
        Failure("again", "required_again"),
    ]
