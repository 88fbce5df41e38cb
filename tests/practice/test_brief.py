"""The brief: what it says is enough to pass, it changes nothing, and it offers what the class offers."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import pytest

from simulator.training.lessons import courses
from tests.practice.brief_play import Brief, ReadingTrainee
from tests.practice.trainees import sit_down
from tests.screens.pages import Page

if TYPE_CHECKING:
    from tests.practice.trainees import Trainee
    from tests.screens.banks import Bank


@pytest.fixture
def reading(densai: Bank, request: pytest.FixtureRequest) -> ReadingTrainee:
    """A trainee who types what the brief says."""
    made = sit_down(densai, zlib.crc32(request.node.nodeid.encode()) % 100_000, ReadingTrainee)
    assert isinstance(made, ReadingTrainee)
    return made


@pytest.mark.parametrize("course", courses())
def test_what_the_brief_says_is_enough_to_pass(reading: ReadingTrainee, course: str) -> None:
    reading.begin(course)
    reading.read_brief(course)
    reading.play(reading.going.course.items)
    assert reading.reader
    assert reading.reader.typed
    assert reading.outcome == "passed", reading.reasons


@pytest.mark.parametrize("course", courses())
def test_the_coach_shows_the_same_task_beside_a_test(trainee: Trainee, course: str) -> None:
    said = Brief(trainee.desk.get(f"/my/brief?course={course}&mode=measure").page)
    trainee.begin(course)
    shown = Brief(Page(trainee.state()["task_html"]))
    assert (shown.values, shown.boxes) == (said.values, said.boxes)
    assert shown.values


def test_it_starts_no_clock_and_changes_nothing(trainee: Trainee) -> None:
    trainee.play(trainee.begin("1-4", "learn").items, until="1-4.3")
    before = trainee.going, trainee.seat.read()
    trainee.desk.get("/my/brief?course=2-1&mode=measure")
    assert trainee.desk.page.heading == "テスト手順2-1　新しく一般ユーザを作成する".replace("　", " ")
    assert (trainee.going, trainee.seat.read()) == before


def test_a_test_has_its_limit_in_whole_minutes_and_a_trial_has_none(trainee: Trainee) -> None:
    assert "制限時間 6分" in trainee.desk.get("/my/brief?course=d-04&mode=measure").page.text
    page = trainee.desk.get("/my/brief?course=d-04&mode=try").page
    assert "制限時間" not in page.text
    assert "練習を始める" in page.buttons


def test_it_shows_the_passwords_in_force_at_its_start(trainee: Trainee) -> None:
    person = trainee.people.master
    name = "碧海太郎"
    first = Brief(trainee.desk.get("/my/brief?course=1-1&mode=measure").page)
    assert first.values[name, "ログインパスワード"] == person.issued_password
    assert (name, "承認パスワード") not in first.values
    assert "通知書面の値を使います。" in trainee.desk.page.text
    later = Brief(trainee.desk.get("/my/brief?course=2-1&mode=measure").page)
    assert later.values[name, "ログインパスワード"] == person.password
    assert later.values[name, "承認パスワード"] == person.approval_password
    assert "通知書面のログインパスワードは使用済みです。" in trainee.desk.page.text
    assert person.issued_password not in trainee.desk.page.html


def test_each_box_is_said_to_be_checked_or_not(trainee: Trainee) -> None:
    brief = Brief(trainee.desk.get("/my/brief?course=d-04&mode=measure").page)
    account = next(a for a in trainee.seat.read().accounts if a.kind == "当座")
    assert brief.boxes == [
        ("でんさい確認", "利用"),
        ("各種取引", "担当者"),
        (f"当座{account.number}", "利用"),
    ]
    assert trainee.desk.page.text.count("しない") == 8


@pytest.mark.parametrize(
    "asked", ["", "course=9-9&mode=measure", "course=1-1&mode=x", "course=1-1", "mode=measure"]
)
def test_what_is_not_offered_has_no_brief(trainee: Trainee, asked: str) -> None:
    assert trainee.desk.get(f"/my/brief?{asked}").status == 400


@pytest.mark.parametrize("mode", ["show", "learn"])
def test_a_mode_without_a_brief_leads_to_my_training(trainee: Trainee, mode: str) -> None:
    assert trainee.desk.get(f"/my/brief?course=1-1&mode={mode}").heading == "わたしの訓練"
