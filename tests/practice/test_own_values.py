"""Passwords of one's own everywhere: the coach knows none of them, shows none and spends no attempt."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from simulator.training.knowledge import TO_CHOOSE

if TYPE_CHECKING:
    from simulator.training.coach_state import CoachState, Value
    from tests.practice.trainees import Trainee

Own = dict[str, str]  # what a field asks for -> the trainee's own value
FIELDS = {
    "新ログインパスワード": "new",
    "新しい承認パスワード": "new",
    "初回ログインパスワード": "password",
    "初期承認パスワード": "new",
}
AGAIN = {"new": "again", "password": "password_again"}
# Field of a password in force -> what it was called when it was set, for a user's first and later use.
ASKED = {
    "ログインパスワード": ("新ログインパスワード", "初回ログインパスワード"),
    "現ログインパスワード": ("初回ログインパスワード",),
    "承認パスワード": ("新しい承認パスワード",),
    "現在の承認パスワード": ("初期承認パスワード",),
}
NAMES = {"ログインパスワード": "password", "承認パスワード": "approval"}


def chosen(values: list[Value], who: str, own: Own) -> dict[str, str]:
    """Own values for what may be chosen, remembered by whose they are."""
    typed: dict[str, str] = {}
    for value in values:
        word = next((name for name in value["names"] if name in TO_CHOOSE), "")
        if value["kind"] == "choose":
            mine = f"jibun{len(own):02}x"
            whose = "general" if word in ("初回ログインパスワード", "初期承認パスワード") else who
            own[f"{whose} {word}"] = mine
            typed |= {FIELDS[word]: mine, AGAIN[FIELDS[word]]: mine}
    return typed


def remembered(values: list[Value], who: str, own: Own) -> dict[str, str]:
    """The own values that are asked for."""
    typed: dict[str, str] = {}
    for value in values:
        if value["kind"] == "own":
            word = value["names"][0]
            known = [own[f"{who} {set_as}"] for set_as in ASKED[word] if f"{who} {set_as}" in own]
            typed[NAMES.get(word, "current")] = known[0]
    return typed


def failures(trainee: Trainee) -> list[int]:
    users = trainee.seat.read().users.values()
    return [count for user in users for count in (user.login_failures, user.approval_failures)]


def shown_values(told: CoachState) -> set[str]:
    assert told["step"]
    return {value["value"] for value in told["step"]["values"]}


@pytest.mark.parametrize("acts", [False, True])
def test_the_whole_course_with_own_passwords_spends_no_attempt(trainee: Trainee, acts: bool) -> None:
    own: Own = {}
    refused_to_act = 0
    for item in trainee.begin("all", "learn").items:
        if trainee.outcome:
            break
        trainee.stand_at(item)
        trainee.reload()  # another window may have gone on meanwhile
        told = trainee.state()
        step = told["step"]
        if step is None or step["key"] != item.key:
            trainee.do_step(item)
            continue
        assert not shown_values(told) & set(own.values())
        typed = {**remembered(step["values"], item.who, own), **chosen(step["values"], item.who, own)}
        refused_to_act += not told["acts"]
        assert told["acts"] == all(value["kind"] != "own" for value in step["values"])
        if acts and told["acts"] and not typed:
            trainee.post("act")
        trainee.do_step(item, **typed)
        if item.unseen:
            trainee.post("passed", key=item.key)
        assert failures(trainee) == [0] * len(failures(trainee)), item.key
    assert trainee.outcome == "done"
    assert refused_to_act == len(("1-4.6", "2-2.6", "2-3.7", "3-1.4", "3-2.1", "3-3.2"))
    assert trainee.going.practice.coach_faults == 0
    assert trainee.going.practice.faults_in_all == 0
