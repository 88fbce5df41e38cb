"""The boxes of 取引権限 and 口座, compared one by one: what a task asks for and what was checked. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from simulator.domain.rules.rights import BUSINESSES
from simulator.domain.world import Account
from simulator.training.model import Row, RowVerdict

# The two halves of a row's item, as 各種取引　承認者.
GAP = "　"
ACCOUNT, CHECK = "口座", "チェックする"
NOT_TICKED, NOT_ASKED = "{name}にチェックがありません。", "{name}は課題にありません。"
Boxes = tuple[Collection[str], Collection[str]]  # the rights, and the account numbers


def box_rows(
    about: str, step: str, accounts: Collection[Account], asked: Boxes, checked: Boxes
) -> Iterator[Row]:
    """Return a row for each box of the page, in its order; accounts: those of the company."""
    for business in BUSINESSES:
        for right, word in business.boxes:
            yield _box(about, f"{business.name}{GAP}{word}", step, right in asked[0], right in checked[0])
    for account in accounts:
        item = f"{ACCOUNT}{GAP}{account.kind} {account.number}"
        yield _box(about, item, step, account.number in asked[1], account.number in checked[1])


def _box(about: str, item: str, step: str, asked: bool, checked: bool) -> Row:
    verdict: RowVerdict = "right" if asked == checked else "missing" if asked else "extra"
    return Row(
        about,
        item,
        CHECK if asked else "チェックしない",
        "チェックした" if checked else "チェックしていない",
        verdict,
        step,
        folded=not asked and not checked,
    )


def sentence(row: Row) -> str:
    """Return what is wrong with a row of a box or of another item; "" for a right one."""
    thing, _, label = row.item.partition(GAP)
    name = f"{ACCOUNT}（{label}）" if thing == ACCOUNT else f"{thing}の「{label}」" if label else thing
    if row.verdict == "missing":
        return NOT_TICKED.format(name=name) if row.asked == CHECK else f"{row.about}：{name}が不足です。"
    if row.verdict == "extra":
        return NOT_ASKED.format(name=name)
    return f"{row.about}：{name}の値が違います。" if row.verdict == "wrong" else ""
