"""From the words of the default bank to those of another one: one pattern, the longest word first.

A login ID of the default bank is the start of another, and a name a part of longer ones; so no text is ever
replaced twice, and a word that stays as it is still keeps its parts from being replaced.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from simulator.banks.pack import Pack
from simulator.banks.reading import default_pack

WIDE = {sign: chr(sign + 0xFEE0) for sign in range(0x21, 0x7F)}  # the same letter in full width
NO_BREAK = "\u00a0"
_BORDER = re.compile(r"(?<=[!-~])(?=[^!-~])|(?<=[^!-~])(?=[!-~])")


def texts_of(pack: Pack) -> Iterator[tuple[str, str]]:
    """Yield every text that depends on a pack's keys, with the key; the same number of them for any pack."""
    for key in ("we", "name", "kind", "short", "code"):
        yield f"bank.{key}", pack.text(f"bank.{key}")
    for key in ("public", "button", "system", "common"):
        yield f"service.{key}", pack.text(f"service.{key}")
    yield from _of_ids(pack)
    yield from _of_people(pack)
    for key in ("brand", "brand_dark", "brand_pale"):
        yield f"colours.{key}", pack.text(f"colours.{key}")
    yield "company.branch", f"{pack.text('company.branch_code')} {pack.text('company.branch')}"
    yield from _of_rules(pack)


def _of_ids(pack: Pack) -> Iterator[tuple[str, str]]:
    """The login IDs without their d-, and what the features make of them to try out."""
    for who, prefix in (("master", len("d-")), ("general", 0)):
        key, id_ = f"people.{who}.login_id", _bare(pack, who)
        place = next(place for place, sign in enumerate(id_) if sign.isalpha())
        wide = id_[place].translate(WIDE)
        yield key, id_
        yield key, f"{id_[:place]}{wide}{id_[place + 1 :]}"
        yield key, f"{place + prefix + 1}文字目の「{wide}」"
        yield key, f"{id_[:place]}_{id_[place:]}"
    yield "people.master.login_id", _bare(pack, "master")[:-1]  # nobody's
    yield "people.general.login_id", f"{_bare(pack, 'general')[:-1]}1"
    yield "people.third.login_id", _bare(pack, "third")
    yield "people.third.password", pack.text("people.third.password")


def _bare(pack: Pack, who: str) -> str:
    return pack.text(f"people.{who}.login_id").removeprefix("d-")


def _of_people(pack: Pack) -> Iterator[tuple[str, str]]:
    """The names as the features and the pages write them, and the addresses."""
    for key in ("master.name", "general.name", "general.new_name", "third.name"):
        family, given = pack.text(f"people.{key}").split(" ")
        yield from ((f"people.{key}", f"{family}{between}{given}") for between in (" ", "", NO_BREAK))
        if key in ("master.name", "general.name"):
            yield f"people.{key}", given
            yield f"people.{key}", f"1文字目の「{given[0]}」"
    for who in ("master", "general"):
        yield f"people.{who}.mail", pack.text(f"people.{who}.mail")
    # The wrong address of a drill lacks the last part.
    yield "people.general.mail", pack.text("people.general.mail").rpartition(".")[0]


def _of_rules(pack: Pack) -> Iterator[tuple[str, str]]:
    """The numbers, each with the words around it: a bare 6 is also the length of a password."""
    rules = pack.rules
    most, before = rules.lock_after, rules.lock_after - 1
    for phrase in ("{} 回入力を間違え", "{} 回間違え", "{}回間違え"):
        yield "rules.lock_after", phrase.format(most)
    for phrase in ("{} 回間違え", "{} 回、マスターユーザが 1 回間違え"):
        yield "rules.lock_after", phrase.format(before)
    yield "rules.approval_days", f"{rules.approval_days} 日後"
    for days in (rules.warning_days, rules.warning_days + 1):
        yield "rules.warning_days", f"{days} 日前"
    yield "rules.idle_minutes", f"{rules.idle_minutes}分間"
    yield "rules.idle_minutes", f"{rules.idle_minutes} 分間"


def spelled(word: str) -> str:
    """Return a pattern for a word with and without a space where Latin letters begin or end."""
    bare = "".join(word.split(" "))
    return " ?".join(map(re.escape, _BORDER.split(bare)))


class Words:
    """The words of one pack, ready to be put into texts."""

    def __init__(self, pack: Pack) -> None:
        """Make the pattern."""
        derived = zip(texts_of(default_pack()), texts_of(pack), strict=True)
        self.new: dict[str, str] = {}
        self.key: dict[str, str] = {}
        for (key, old), (_, new) in derived:
            self.new[old], self.key[old] = new, key
        self.taken = set(pack.words) & set(self.new)  # its own keys say what they become
        for old, new in pack.words.items():
            bare = "".join(old.split(" "))
            self.new[bare], self.key[bare] = new, f"words.{old}"
        longest = sorted(self.new, key=lambda each: (len(each), each), reverse=True)
        self._pattern = re.compile("|".join(_alternative(each, self.key[each]) for each in longest))

    def retell(self, text: str) -> str:
        """Return a text of the default bank in the words of this one."""
        return self._pattern.sub(self._other, text)

    def hits(self, text: str) -> Iterator[tuple[str, re.Match[str]]]:
        """Yield each word that is replaced in a text, by its key, with its place."""
        for found in self._pattern.finditer(text):
            yield self.key[self._old(found)], found

    def _other(self, found: re.Match[str]) -> str:
        return self.new[self._old(found)]

    def _old(self, found: re.Match[str]) -> str:
        return found[0] if found[0] in self.new else "".join(found[0].split(" "))


def _alternative(word: str, key: str) -> str:
    """A number of a rule begins where no other digit stands before it."""
    pattern = spelled(word) if key.startswith("words.") else re.escape(word)
    return rf"(?<![0-9]){pattern}" if word[0].isdigit() else pattern
