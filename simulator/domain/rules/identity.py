"""ユーザID, ユーザ名 and メールアドレス: which are accepted (R01, R13) and how S22 shows them (R17)."""

from __future__ import annotations

import re
import unicodedata

from simulator.domain.rules.failures import Failure
from simulator.domain.rules.passwords import ID_PREFIX, characters_and_length, check_repeated

LONGEST_NAME, LONGEST_MAIL = 40, 128
BYTES_OF_JIS_X_0208 = 2  # in EUC-JP; the supplement JIS X 0212 takes three
_NONCHARACTER = 0xFFFE  # and 0xFFFF, in every plane
# These turn the direction of what follows, in the cell they stand in and beyond.
_TURNING = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_PRINTABLE_ASCII = re.compile(r"[!-~]+")
# Windows, or a Mac for the dash, types the first of these for what Python knows as the second.
_TYPED_TWINS = str.maketrans("～－∥￠￡￢—", "〜−‖¢£¬―")
_MAIL = re.compile(r"[^@\s]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


def check_user_id(value: str, taken: bool) -> list[Failure]:
    """Return every failure of a ユーザID typed without its ``d-`` (R13); taken: another user has it."""
    failures = [Failure("user_id", code) for code in characters_and_length(value)]
    return failures or ([Failure("user_id", "id_taken")] if taken else [])


def check_name(value: str) -> list[Failure]:
    """Return every failure of a ユーザ名: at most 40 characters, full- or half-width (R13)."""
    if not any(unicodedata.category(char)[0] not in "ZC" for char in value):
        return [Failure("name", "required")]  # nothing that anybody could see
    codes = []
    if len(value) > LONGEST_NAME:
        codes.append("name_too_long")
    if any(is_control(char) or char in _TURNING for char in value):
        codes.append("control_characters")
    return [Failure("name", code) for code in codes]


def is_control(char: str) -> bool:
    """Return whether a character does not belong in a line of text: control, separator or noncharacter."""
    if unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp"):
        return True
    return "\ufdd0" <= char <= "\ufdef" or ord(char) & 0xFFFE == _NONCHARACTER


def check_mail(value: str, again: str) -> list[Failure]:
    """Return every failure of a メールアドレス typed twice: at most 128 half-width characters (R13)."""
    codes = []
    if not value:
        codes.append("required")
    elif not _PRINTABLE_ASCII.fullmatch(value):
        codes.append("mail_half_width_only")
    if len(value) > LONGEST_MAIL:
        codes.append("mail_too_long")
    return [Failure("mail", code) for code in codes] + check_repeated(value, again, "mail_again")


def check_login_id(value: str) -> list[Failure]:
    """Return every failure of a お客様ID at login that shows without looking at the users (R01)."""
    if not value:
        return [Failure("login_id", "required")]
    return [] if value.startswith(ID_PREFIX) else [Failure("login_id", "id_needs_prefix")]


def shown_name(name: str) -> str:
    """Return a name as ユーザ更新 shows it: 「?」 for each character outside the rules (R17)."""
    return "".join(char if _in_rules(char) else "?" for char in name)


def _in_rules(char: str) -> bool:
    if " " <= char <= "~" or "\uff61" <= char <= "\uff9f":  # ASCII and half-width kana
        return True
    try:
        # EUC-JP, unlike a PC's Shift_JIS, has JIS X 0208 without any vendor's extensions.
        return len(char.translate(_TYPED_TWINS).encode("euc_jp")) == BYTES_OF_JIS_X_0208
    except UnicodeEncodeError:
        return False


def shown_mail(mail: str) -> str:
    """Return a mail address as ユーザ更新 shows it: 「x」 for one that is not local@domain (R17)."""
    return mail if _MAIL.fullmatch(mail) else "x"
