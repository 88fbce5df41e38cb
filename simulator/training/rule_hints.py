"""Why a step is as it is, and which rule a mistake broke: the features' own words for R01–R23."""

from __future__ import annotations

from functools import cache
from typing import Any, cast

from simulator.manual.procedures import feature_files, read

# Step of the manual -> the rules that whoever does it must know.
RULES_OF_STEP = {
    "1-1.4": ("R01", "R05"),
    "1-2.1": ("R02", "R03", "R04"),
    "1-3.1": ("R09",),
    "1-3.2": ("R06", "R07"),
    "1-4.5": ("R10",),
    "1-4.6": ("R08", "R20"),
    "1-4.7": ("R12",),
    "2-1.4": ("R01", "R13"),
    "2-2.1": ("R15",),
    "2-2.4": ("R16",),
    "2-2.5": ("R17",),
    "2-2.6": ("R20",),
    "2-3.4": ("R23",),
    "2-3.5": ("R11", "R10"),
    "2-3.6": ("R18",),
    "2-3.7": ("R08", "R20"),
    "2-3.8": ("R12",),
    "3-1.4": ("R01", "R14", "R05"),
    "3-2.1": ("R14", "R03", "R04"),
    "3-3.1": ("R19",),
    "3-3.2": ("R06", "R07"),
    "4.1": ("R21",),
    "4.4": ("R21",),
}

# Code of a refusal -> its rule; how a password must be made is another rule on each screen.
RULE_OF_CODE = {
    "id_needs_prefix": "R01",
    "same_as_login_id": "R04",
    "login_locked": "R05",
    "approval_locked": "R05",
    "approval_wrong": "R08",
}
MADE_BY = {
    "ログインパスワード変更": "R03",
    "承認パスワード変更": "R06",
    "初期承認パスワード設定": "R06",
    # What is typed here is compared, not made.
    "ログイン": "",
    "ユーザ情報変更確認": "",
    "ユーザ情報更新確認": "",
}
MAKING = (
    "blank",
    "full_width",
    "full_width_somewhere",
    "unusable",
    "unusable_somewhere",
    "length_6_to_12",
    "letter_missing",
    "digit_missing",
    "id_taken",
    "name_too_long",
    "mail_unusable",
    "mail_too_long",
    "mismatch",
)


def rule_broken(code: str, screen: str) -> str:
    """The number of the rule that a refusal on this screen names; "" where the manual states none."""
    return RULE_OF_CODE.get(code) or (MADE_BY.get(screen, "R13") if code in MAKING else "")


def why(key: str) -> tuple[str, ...]:
    """The rules to know at this step (2-1.4), each in the words of a feature; its procedure's own first."""
    lesson = key.partition(".")[0]
    texts = _texts()
    found = (texts.get((rule, lesson)) or texts.get((rule, "")) for rule in RULES_OF_STEP.get(key, ()))
    return tuple(f"{text}。" for text in found if text)


@cache
def _texts() -> dict[tuple[str, str], str]:
    """(rule, procedure) -> the rule's words there; the procedure "" stands for the first that has it."""
    found: dict[tuple[str, str], str] = {}
    for path in feature_files():
        feature = cast("dict[str, Any]", read(path)["feature"])
        lesson = feature["tags"][0]["name"].removeprefix("@手順")
        for rule in (child["rule"] for child in feature["children"] if "rule" in child):
            for tag in rule["tags"]:
                number = tag["name"].removeprefix("@")
                found.setdefault((number, lesson), rule["name"])
                found.setdefault((number, ""), rule["name"])
    return found
