"""R01, R13, R17: ユーザID, ユーザ名, メールアドレス, and what ユーザ更新 shows of them."""

from __future__ import annotations

import pytest

from simulator.domain.rules import identity, user_update
from simulator.domain.rules.failures import Failure
from tests.rules.people import general, world


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("d-1560heki", []),
        ("1560heki", ["id_needs_prefix"]),
        ("D-1560heki", ["id_needs_prefix"]),
        ("ｄ－1560heki", ["id_needs_prefix"]),
        (" d-1560heki", ["id_needs_prefix"]),
        ("d1560heki", ["id_needs_prefix"]),
        ("", ["required"]),
    ],
)
def test_a_login_id_starts_with_d_minus(value: str, expected: list[str]) -> None:
    assert identity.check_login_id(value) == [Failure("login_id", code) for code in expected]


@pytest.mark.parametrize(
    ("value", "taken", "expected"),
    [
        ("abcde", False, ["length_6_to_12"]),
        ("abcdef", False, []),
        ("abcdefghijkl", False, []),
        ("abcdefghijklm", False, ["length_6_to_12"]),
        ("d-abcdef", False, ["half_width_alphanumerics_only"]),
        ("", False, ["required"]),
        ("abcdef", True, ["id_taken"]),
        ("abcde", True, ["length_6_to_12"]),
    ],
)
def test_a_user_id_has_6_to_12_letters_and_digits_and_is_free(
    value: str, *, taken: bool, expected: list[str]
) -> None:
    assert identity.check_user_id(value, taken) == [Failure("user_id", code) for code in expected]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("", ["required"]),
        ("  \u3000", ["required"]),
        ("あ", []),
        ("あ" * 40, []),
        ("あ" * 41, ["name_too_long"]),
        ("a" * 40, []),
        ("a" * 41, ["name_too_long"]),
        ("ｱ" * 40, []),
        ("髙﨑①😀～－", []),
        ("碧海\u3000花子", []),
        ("碧海\n花子", ["control_characters"]),
        ("碧海\u202e花子", ["control_characters"]),  # would turn the rest of its cell round
        ("\u200b\u3000", ["required"]),  # nothing that anybody could see
        ("家族👨\u200d👩\u200d👧", []),
        ("碧海\x00花子", ["control_characters"]),
        ("碧海\x7f花子", ["control_characters"]),
        ("碧海\u2028花子", ["control_characters"]),
        ("碧海\ufffe花子", ["control_characters"]),
        ("碧海\ufdd0花子", ["control_characters"]),
        ("碧海\U0010ffff花子", ["control_characters"]),
        ("碧海\ufffd花子", []),
        ("\t" + "あ" * 40, ["name_too_long", "control_characters"]),
    ],
)
def test_a_name_has_at_most_40_characters_and_no_control_characters(value: str, expected: list[str]) -> None:
    assert identity.check_name(value) == [Failure("name", code) for code in expected]


def mail_of(length: int) -> str:
    """An address of this length."""
    return "a" * (length - len("@example.jp")) + "@example.jp"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("", ["required"]),
        ("a@example.jp", []),
        (mail_of(128), []),
        (mail_of(129), ["mail_too_long"]),
        ("no address at all", ["mail_half_width_only"]),
        ("no-address-at-all", []),  # R17 shows it as x, R13 lets it pass
        ("!#$%&'*+/=?^_`{|}~@example.jp", []),
        ("ａ@example.jp", ["mail_half_width_only"]),
        ("a＠example.jp", ["mail_half_width_only"]),
        ("a@example.jp\n", ["mail_half_width_only"]),
        ("a@example.jp\x00", ["mail_half_width_only"]),
        ("😀@example.jp", ["mail_half_width_only"]),
        ("あ" * 129, ["mail_half_width_only", "mail_too_long"]),
    ],
)
def test_a_mail_address_has_at_most_128_half_width_characters(value: str, expected: list[str]) -> None:
    repeated = [] if value else [Failure("mail_again", "required_again")]
    assert identity.check_mail(value, value) == [Failure("mail", code) for code in expected] + repeated


def test_a_mail_address_is_typed_twice_alike() -> None:
    assert identity.check_mail("a@example.jp", "b@example.jp") == [Failure("mail_again", "mismatch")]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("碧海 花子", "碧海 花子"),
        ("碧海\u3000花子", "碧海\u3000花子"),
        ("Hanako 1", "Hanako 1"),
        ("ﾊﾅｺ｡ﾟ", "ﾊﾅｺ｡ﾟ"),
        ("ＡＢＣ１２３", "ＡＢＣ１２３"),
        ("高崎", "高崎"),
        ("髙﨑", "??"),
        ("①", "?"),
        ("㈱碧海", "?碧海"),
        ("Ⅳ", "?"),
        ("花子😀", "花子?"),
        ("～－∥￠￡￢", "～－∥￠￡￢"),  # as Windows types them
        ("〜−‖¢£¬", "〜−‖¢£¬"),  # as the standard has them
        ("—", "—"),
        ("é", "?"),
        ("龍龜熙", "龍龜熙"),  # both levels of JIS X 0208, to its last row
        ("丂", "?"),  # JIS X 0212 only
        ("한", "?"),
        ("\u00a5", "?"),
    ],
)
def test_a_name_is_shown_with_a_question_mark_for_each_character_outside_the_rules(
    name: str, shown: str
) -> None:
    assert identity.shown_name(name) == shown


@pytest.mark.parametrize(
    ("mail", "shown"),
    [
        ("hana@hekishin.example.jp", "hana@hekishin.example.jp"),
        ("a.b+c@example.jp", "a.b+c@example.jp"),
        ("hana", "x"),
        ("@example.jp", "x"),
        ("hana@", "x"),
        ("hana@example", "x"),
        ("a@b@example.jp", "x"),
        ("hana@-.jp,", "x"),
        ("hana@.jp", "x"),
    ],
)
def test_a_mail_address_that_is_none_is_shown_as_x(mail: str, shown: str) -> None:
    assert identity.shown_mail(mail) == shown


def test_what_is_shown_differs_and_what_is_stored_does_not() -> None:
    user = general(name="髙﨑 ①😀", mail="no-address")
    bank = world(user)
    assert user_update.pending(bank).added == [("d-general1", "?? ??", "一般ユーザ", "x")]
    user_update.carry_out(bank, ["d-general1"])
    kept = bank.users["d-general1"]
    assert (kept.name, kept.mail) == ("髙﨑 ①😀", "no-address")
    assert kept.registered is not None
    assert (kept.registered.name, kept.registered.mail) == ("髙﨑 ①😀", "no-address")
