"""名簿: who is to sit where, to and from a CSV file that Excel writes. Nothing is taken in by halves."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from simulator.store.training import Member, Training
from simulator.training import results
from simulator.training.classes import MOST_SEATS, TEXTS, clean_name, fault_of_name, shown_code

HEAD = ("番号", "氏名")
MOST_BYTES = 200_000
ENCODINGS = ("utf-8-sig", "cp932")


@dataclass
class Roster:
    """The content of a roster file. names: place -> name. faults: sentences that name their lines."""

    names: dict[int, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def export(members: Sequence[Member]) -> bytes:
    """The class's seats as a file that can be filled in and brought back."""
    lines: results.Rows = [["番号", "氏名", "席コード", "参加"]]
    for member in members:
        joined = "済" if member.joined else ""
        lines.append([member.place, member.name, shown_code(member.code), joined])
    return results.as_csv(lines)


def parse(data: bytes, members: Sequence[Member]) -> Roster:
    """A roster for these seats, with every fault of it."""
    found = Roster()
    text = _text(data)
    if text is None:
        found.faults.append(
            "ファイルを読めません。ExcelでCSV（UTF-8またはShift_JIS）として保存してください。"
        )
        return found
    try:
        rows = list(csv.reader(io.StringIO(text), strict=True))
    except csv.Error:
        found.faults.append('CSVの形式が正しくありません。引用符（"）の対応をお確かめください。')
        return found
    if not rows or [cell.strip() for cell in rows[0][:2]] != list(HEAD):
        found.faults.append("1行目は「番号,氏名」の見出しにしてください。")
        return found
    if len(rows) > MOST_SEATS + 1:
        found.faults.append(f"{MOST_SEATS}人を超えています。")
        return found
    places = {member.place: member for member in members}
    for line, row in enumerate(rows[1:], 2):
        if any(cell.strip() for cell in row):
            _take(found, line, row, places)
    _find_same_names(found, places)
    return found


def _text(data: bytes) -> str | None:
    if len(data) > MOST_BYTES or b"\x00" in data:
        return None
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _take(found: Roster, line: int, row: Sequence[str], places: dict[int, Member]) -> None:
    number = row[0].strip()
    name = clean_name(results.unguarded(row[1] if len(row) > 1 else ""))
    place = int(number) if number.isascii() and number.isdigit() and len(number) <= 4 else 0  # noqa: PLR2004
    member = places.get(place)
    if member is None:
        found.faults.append(f"{line}行目：番号「{number[:20]}」の席はありません。")
    elif place in found.names:
        found.faults.append(f"{line}行目：番号{place}が2回あります。")
    elif not name and member.joined:
        found.faults.append(f"{line}行目：番号{place}の方は参加しています。氏名を空にはできません。")
    elif name and (fault := fault_of_name(name)):
        found.faults.append(f"{line}行目：氏名：{TEXTS[fault]}")
    else:
        found.names[place] = name


def _find_same_names(found: Roster, places: dict[int, Member]) -> None:
    names = {place: found.names.get(place, member.name) for place, member in places.items()}
    counts = Counter(name for name in names.values() if name)
    for name, count in counts.items():
        if count > 1:
            where = "、".join(str(place) for place in names if names[place] == name)
            found.faults.append(f"氏名「{name}」が{count}回あります（番号{where}）。")


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
