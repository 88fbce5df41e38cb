"""ユーザID, ユーザ名 and メールアドレス: which are accepted (R01, R13) and how S22 shows them (R17)."""

from __future__ import annotations

import re
import unicodedata

from simulator.domain.rules.characters import (
    ALPHANUMERICS,
    PRINTABLE_ASCII,
    is_control,
    is_invisible,
    name_characters,
    without_blanks,
)
from simulator.domain.rules.failures import Failure
from simulator.domain.rules.passwords import ID_PREFIX, check_length, check_repeated

LONGEST_NAME, LONGEST_MAIL = 40, 128
BYTES_OF_JIS_X_0208 = 2  # in EUC-JP; the supplement JIS X 0212 takes three
# These turn the direction of what follows, in the cell they stand in and beyond.
_TURNING = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Windows, or a Mac for the dash, types the first of these for what Python knows as the second.
_TYPED_TWINS = str.maketrans("～－∥￠￡￢—", "〜−‖¢£¬―")
_MAIL = re.compile(r"[^@\s]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


def check_user_id(value: str, taken: bool) -> list[Failure]:
    """Every failure of a ユーザID typed without its ``d-`` (R13); ``taken`` if somebody has it."""
    if not value:
        return [Failure("user_id", "required")]
    failures = name_characters("user_id", value, ALPHANUMERICS) + check_length("user_id", value)
    return failures or ([Failure("user_id", "id_taken")] if taken else [])


def check_name(value: str) -> list[Failure]:
    """Every failure of a ユーザ名: at most 40 characters, full- or half-width (R13)."""
    if all(map(is_invisible, value)):
        return [Failure("name", "required")]
    failures = []
    if len(value) > LONGEST_NAME:
        failures.append(Failure("name", "name_too_long", length=len(value)))
    if any(is_control(char) or char in _TURNING for char in value):
        failures.append(Failure("name", "control_characters"))
    return failures


def check_mail(value: str, again: str) -> list[Failure]:
    """Every failure of a メールアドレス typed twice: at most 128 half-width characters (R13)."""
    failures = [] if value else [Failure("mail", "required")]
    failures += (_of_mail(each) for each in name_characters("mail", value, PRINTABLE_ASCII))
    length = len(without_blanks(value))
    if length > LONGEST_MAIL:
        failures.append(Failure("mail", "mail_too_long", length=length))
    return failures + check_repeated(value, again, "mail_again")


def _of_mail(failure: Failure) -> Failure:
    """The failure in an address's own words: it may have signs besides letters and digits."""
    return failure._replace(code="mail_unusable") if failure.code == "unusable" else failure


def check_login_id(value: str) -> list[Failure]:
    """Return every failure of a お客様ID at login that shows without looking at the users (R01)."""
    if not value:
        return [Failure("login_id", "required")]
    failures = name_characters("login_id", value, ALPHANUMERICS.union(ID_PREFIX))
    # A prefix that is there, but in full width or behind a blank, is named as that alone.
    if not without_blanks(unicodedata.normalize("NFKC", value)).startswith(ID_PREFIX):
        failures.append(Failure("login_id", "id_needs_prefix"))
    return failures


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
