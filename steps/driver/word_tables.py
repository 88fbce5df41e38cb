"""The tabs and buttons that the manual names, and the rows of a page's tables by their titles."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.manual.wording import fold
from steps.driver.questions import Pressable, Rows

# All tabs and buttons of which a feature says 「タブは…である」 or 「ボタンは…である」. A site may have more,
# which the manual does not know; of these it may show no other than the feature says.
KNOWN: dict[Pressable, tuple[str, ...]] = {
    "tab": (
        "トップ",
        "でんさいを確認する",
        "でんさいを支払う",
        "でんさいを譲渡する",
        "でんさいをファイルで取引する",
        "その他のお取引を実施する",
        "管理業務を実施する",
    ),
    "button": (
        "取引履歴を確認する",
        "操作履歴を確認する",
        "取引先を管理する",
        "指定許可を管理する",
        "利用者情報を確認する",
        "ユーザ情報を管理する",
    ),
}
ACCOUNT = "口座番号"  # the column that tells a list of accounts from other tables


def bodies(tables: Sequence[Sequence[Sequence[str]]], heads: Sequence[str]) -> list[Rows]:
    """Return the rows below each row of a table that has all of these folded titles, in their order."""
    found: list[Rows] = []
    for table in tables:
        titles = [list(map(fold, line)) for line in table]
        top = next((at for at, line in enumerate(titles) if set(heads) <= set(line)), None)
        if top is not None:
            columns = [titles[top].index(head) for head in heads]
            lines = [[*line, *[""] * len(titles[top])] for line in table[top + 1 :]]
            found.append([[line[column] for column in columns] for line in lines])
    return found
