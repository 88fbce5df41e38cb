"""The rules that an acceptance cannot ask of a foreign site, with the reason, for plan and report.

The sentences are the reasons that the plan gives for such a scenario, and by which the report knows it.
"""

from __future__ import annotations

from collections.abc import Iterable

ONLY_MASTER = "マスターユーザを元に戻せないため、実際のサイトでは実行しません（@破壊的）"
ONLY_TRAINING = "日付や設定を動かせるのは、訓練用シミュレータの席だけです"
NEVER = (ONLY_MASTER, ONLY_TRAINING)


def by_rule(left_out: Iterable[tuple[Iterable[str], str, str]]) -> dict[str, list[tuple[str, str]]]:
    """Return the scenarios that can never be asked, each with the reason, by rule and in the rules' order.

    left_out: the rules, the name and the reason of every scenario that is not run.
    """
    found: dict[str, list[tuple[str, str]]] = {}
    for rules, name, reason in left_out:
        for rule in rules if reason in NEVER else ():
            found.setdefault(rule, []).append((name, reason))
    return {rule: list(dict.fromkeys(found[rule])) for rule in sorted(found)}
