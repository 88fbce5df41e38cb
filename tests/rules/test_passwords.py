"""R03, R04, R06, R13: how a password must be made."""

from __future__ import annotations

import pytest

from simulator.domain.rules import passwords
from simulator.domain.rules.failures import Failure

NEITHER = ["half_width_alphanumerics_only"]
LENGTH = ["length_6_to_12"]
KINDS = ["password_needs_letter_and_digit"]

CHARACTERS = [
    ("", ["required"]),
    ("a1b2c", LENGTH),
    ("a1b2c3", []),
    ("a1b2c3d4e5f6", []),
    ("a1b2c3d4e5f6g", LENGTH),
    ("ABCDE1", []),
    ("ａ１ｂ２ｃ３", NEITHER),
    ("a1b2c３", NEITHER),  # a full-width digit is a digit to isdigit(), not to the bank
    ("a1b2c²", NEITHER),
    ("ｱ1b2c3", NEITHER),
    ("あ1b2c3", NEITHER),
    ("é1b2c3", NEITHER),
    ("a1b2c-", NEITHER),
    ("a1b2c_", NEITHER),
    ("a1b2 c3", NEITHER),
    (" a1b2c3", NEITHER),
    ("a1b2c3\u3000", NEITHER),
    ("a1b2c3\n", NEITHER),
    ("a1b2c3\x00", NEITHER),
    ("a1b2c3\x7f", NEITHER),
    ("a1b2c😀", NEITHER),
    ("a1-", NEITHER + LENGTH),
    ("ａ１" * 7, NEITHER + LENGTH),
]


@pytest.mark.parametrize(("value", "expected"), CHARACTERS)
def test_characters_and_length_at_both_sides(value: str, expected: list[str]) -> None:
    assert passwords.characters_and_length(value) == expected


@pytest.mark.parametrize(("value", "expected"), CHARACTERS)
def test_a_new_password_is_held_to_the_same_characters_and_length(value: str, expected: list[str]) -> None:
    assert passwords.composition(value) == expected


@pytest.mark.parametrize("value", ["abcdef", "ABCDEFGHIJKL", "123456", "123456789012"])
def test_a_new_password_needs_a_letter_and_a_digit(value: str) -> None:
    assert passwords.composition(value) == KINDS


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
        Failure("new", "half_width_alphanumerics_only"),
        Failure("new", "length_6_to_12"),
        Failure("again", "mismatch"),
    ]
    assert passwords.check_new_approval_password("", "") == [
        Failure("new", "required"),
        Failure("again", "required_again"),
    ]
