"""名簿: who is to sit where, to and from a file of Excel or CSV. Nothing is taken in by halves."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from simulator.store.training import Member, Training
from simulator.training import names, results, roster_file
from simulator.training.classes import MOST_SEATS, NAME_TEXTS, shown_code
from simulator.training.roster_file import Line

LONGEST_NUMBER = 4
LONGEST_SHOWN = 20  # letters of a number that is none
UNSEEN = "見える文字がありません。"
LOST = "氏名に「?」があります。Excelで保存したときに文字が失われた可能性があります（現在の氏名：{}）。"


@dataclass
class Roster:
    """The content of a roster file. names: place -> name. faults: sentences that name their lines."""

    names: dict[int, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def table(members: Sequence[Member]) -> results.Rows:
    """The class's seats, to be filled in and brought back."""
    lines: results.Rows = [["席番号", "氏名", "席コード", "参加"]]
    for member in members:
        joined = "済" if member.joined else ""
        lines.append([member.place, member.name, shown_code(member.code), joined])
    return lines


def parse(data: bytes, members: Sequence[Member]) -> Roster:
    """A roster for these seats, with every fault of it."""
    found = Roster()
    try:
        lines = roster_file.read(data)
    except roster_file.RosterFileError as error:
        found.faults.append(str(error))
        return found
    if len(lines) > MOST_SEATS:
        found.faults.append(f"{MOST_SEATS}人を超えています。")
        return found
    places = {member.place: member for member in members}
    for line in lines:
        _take(found, line, places)
    _find_same_names(found, places)
    return found


def _take(found: Roster, line: Line, places: dict[int, Member]) -> None:
    name, place = names.kept(line.name), _place(line.number)
    member = places.get(place) if place is not None else None
    if fault := _fault(found, line, name, member):
        found.faults.append(f"{line.at}行目：{fault}")
    elif member:
        found.names[member.place] = name


def _fault(found: Roster, line: Line, name: str, member: Member | None) -> str:
    """Return the fault of a line, "" for none."""
    if member is None:
        place = _place(line.number)
        shown = f"「{line.number[:LONGEST_SHOWN]}」" if place is None else str(place)
        return f"席番号{shown}の席はありません。"
    if member.place in found.names:
        return f"席番号{member.place}が2回あります。"
    if not line.name.strip() and member.joined:
        return f"席番号{member.place}の方は参加しています。氏名を空にはできません。"
    if line.name.strip() and (code := names.fault_of(name)):
        return f"氏名：{UNSEEN if code == 'name_required' else NAME_TEXTS[code]}"
    return LOST.format(member.name) if names.has_lost_letters(name, member.name) else ""


def _place(number: str) -> int | None:
    """The seat that a cell names, however it writes the number: １, 001, 1.0; None for no number."""
    whole, point, rest = unicodedata.normalize("NFKC", number).strip().partition(".")
    digits = whole.lstrip("0") or whole[-1:]
    is_whole = not point or (rest != "" and set(rest) == {"0"})
    if not (is_whole and digits.isascii() and digits.isdigit() and len(digits) <= LONGEST_NUMBER):
        return None
    return int(digits)


def _find_same_names(found: Roster, places: dict[int, Member]) -> None:
    kept = {place: found.names.get(place, member.name) for place, member in places.items()}
    keys = {place: names.same_key(name) for place, name in kept.items()}
    for key, count in Counter(key for key in keys.values() if key).items():
        if count > 1:
            same = [place for place in keys if keys[place] == key]
            where = "、".join(map(str, same))
            found.faults.append(f"氏名「{kept[same[0]]}」が{count}回あります（席番号{where}）。")


def take_in(training: Training, class_id: int, data: bytes) -> Roster:
    """Name the seats as a file says, all of them or, where anything is wrong, none."""
    with training.changing() as change:
        members = change.members(class_id)
        found = parse(data, members)
        if not found.faults:
            for member in members:
                name = found.names.get(member.place, member.name)
                if name != member.name:
                    change.name_member(member.seat, name, member.joined)
    return found
