"""R01, R13, R17: ユーザID, ユーザ名, メールアドレス, and what ユーザ更新 shows of them."""

from __future__ import annotations

import pytest

from simulator.domain.rules import identity, user_update
from simulator.domain.rules.failures import Failure
from tests.rules.people import general, world

PREFIX = Failure("login_id", "id_needs_prefix")


def full_width(field: str, position: int, letter: str) -> Failure:
    return Failure(field, "full_width", position=position, letter=letter)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("d-1560heki", []),
        ("1560heki", [PREFIX]),
        ("D-1560heki", [PREFIX]),
        ("d1560heki", [PREFIX]),
        ("", [Failure("login_id", "required")]),
        # A prefix that is there, but not as it must be typed, is not called missing.
        ("ｄ－1560heki", [full_width("login_id", 1, "ｄ")]),
        ("d－1560heki", [full_width("login_id", 2, "－")]),
        (" d-1560heki", [Failure("login_id", "blank")]),
        ("d-1560heki\u3000", [Failure("login_id", "blank")]),
        ("d-1560ｈeki", [full_width("login_id", 7, "ｈ")]),
        ("d-1560!heki", [Failure("login_id", "unusable", letter="!")]),
        ("d-1560heki\x00", [Failure("login_id", "control_characters")]),
        ("１560heki", [full_width("login_id", 1, "１"), PREFIX]),
        ("Ｄ-1560heki", [full_width("login_id", 1, "Ｄ"), PREFIX]),
    ],
)
def test_a_login_id_starts_with_d_minus_in_half_width(value: str, expected: list[Failure]) -> None:
    assert identity.check_login_id(value) == expected


@pytest.mark.parametrize(
    ("value", "taken", "expected"),
    [
        ("abcde", False, [Failure("user_id", "length_6_to_12", length=5)]),
        ("abcdef", False, []),
        ("abcdefghijkl", False, []),
        ("abcdefghijklm", False, [Failure("user_id", "length_6_to_12", length=13)]),
        ("d-abcdef", False, [Failure("user_id", "unusable", letter="-")]),
        ("", False, [Failure("user_id", "required")]),
        ("abcdef", True, [Failure("user_id", "id_taken")]),
        ("abcde", True, [Failure("user_id", "length_6_to_12", length=5)]),
        ("１560hekishin", False, [full_width("user_id", 1, "１")]),
        ("1560ｈｅｋｉ", False, [full_width("user_id", 5, "ｈ")]),
        ("1560 heki", False, [Failure("user_id", "blank")]),
        ("1560hekishin ", False, [Failure("user_id", "blank")]),
        (" ", False, [Failure("user_id", "blank")]),
        (
            "ａ!b",
            False,
            [
                full_width("user_id", 1, "ａ"),
                Failure("user_id", "unusable", letter="!"),
                Failure("user_id", "length_6_to_12", length=3),
            ],
        ),
    ],
)
def test_a_user_id_has_6_to_12_letters_and_digits_and_is_free(
    value: str, *, taken: bool, expected: list[Failure]
) -> None:
    assert identity.check_user_id(value, taken) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("", ["required"]),
        ("  \u3000", ["required"]),
        ("あ", []),
        ("あ" * 40, []),
        ("あ" * 41, ["name_too_long"]),
        ("\u3164\u2800\u00ad\ufe0f", ["required"]),
        ("\u3164碧", []),
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
    counts = {"name_too_long": len(value)}
    assert identity.check_name(value) == [
        Failure("name", code, length=counts.get(code, 0)) for code in expected
    ]


def mail_of(length: int) -> str:
    """An address of this length."""
    return "a" * (length - len("@example.jp")) + "@example.jp"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("", [Failure("mail", "required")]),
        ("a@example.jp", []),
        (mail_of(128), []),
        (mail_of(129), [Failure("mail", "mail_too_long", length=129)]),
        (mail_of(128) + " ", [Failure("mail", "blank")]),
        ("no address at all", [Failure("mail", "blank")]),
        ("no-address-at-all", []),  # R17 shows it as x, R13 lets it pass
        ("!#$%&'*+/=?^_`{|}~@example.jp", []),
        ("ａ@example.jp", [full_width("mail", 1, "ａ")]),
        ("a＠example.jp", [full_width("mail", 2, "＠")]),
        ("a@example.jp\n", [Failure("mail", "blank")]),
        ("a@example.jp\x00", [Failure("mail", "control_characters")]),
        ("😀@example.jp", [Failure("mail", "mail_unusable", letter="😀")]),
        ("ﾊﾅ@example.jp", [Failure("mail", "mail_unusable", letter="ﾊ")]),
        ("あ" * 129, [full_width("mail", 1, "あ"), Failure("mail", "mail_too_long", length=129)]),
    ],
)
def test_a_mail_address_has_at_most_128_half_width_characters(value: str, expected: list[Failure]) -> None:
    repeated = [] if value else [Failure("mail_again", "required_again")]
    assert identity.check_mail(value, value) == expected + repeated


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
