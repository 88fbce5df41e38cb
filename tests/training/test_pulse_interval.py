"""How often a trainee's page asks what the instructor has done, how lightly, and which pages do."""

from __future__ import annotations

import pytest

from simulator.training import class_news, practice
from simulator.training.askers import AWAY_SECONDS, Askers
from tests.screens.banks import Bank, open_bank
from tests.training.guests import Guest, raise_hand, training
from tests.training.test_pulse import pulse


@pytest.mark.parametrize(
    ("seats", "every"), [(None, 15_000), (1, 2_500), (200, 2_500), (201, 5_000), (500, 5_000)]
)
def test_a_page_asks_by_the_size_of_its_class(seats: int | None, every: int) -> None:
    assert class_news.milliseconds(seats) == every


@pytest.mark.parametrize(
    ("askers", "every"),
    [(40, 2_500), (250, 2_500), (251, 5_000), (501, 7_500), (1_000, 10_000), (9_000, 15_000)],
)
def test_pages_in_all_ask_no_more_than_a_hundred_times_a_second(askers: int, every: int) -> None:
    assert class_news.milliseconds(40, askers) == every
    assert class_news.milliseconds(None, askers) == 15_000


def test_a_seat_counts_once_and_no_longer_than_it_asks() -> None:
    now = [0.0]
    askers = Askers(lambda: now[0])
    assert [askers.note(seat) for seat in "abab"] == [1, 2, 2, 2]
    now[0] = AWAY_SECONDS
    assert askers.note("b") == 2
    now[0] += 1
    assert [askers.note("b"), askers.note("c")] == [1, 2]


def test_a_page_is_told_to_ask_less_often_at_a_crowded_server(
    trainee: Guest, monkeypatch: pytest.MonkeyPatch
) -> None:
    askers = Askers()
    monkeypatch.setitem(trainee.bank.app.extensions, "densai-askers", askers)
    assert pulse(trainee)["every"] == 2_500
    for number in range(600):
        askers.note(f"seat {number}")
    assert pulse(trainee)["every"] == 7_500


def test_a_class_is_told_its_interval_and_after_more_seats_another(
    densai: Bank, desk: Guest, trainee: Guest, class_id: int
) -> None:
    assert pulse(trainee)["every"] == 2_500
    assert pulse(Guest(densai).begin_alone())["every"] == 15_000
    desk.get(f"/desk/classes/{class_id}/settings").press("設定を変更する", seats="201")
    assert pulse(trainee)["every"] == 5_000


def test_seats_added_at_one_node_are_known_to_the_other(
    densai: Bank, desk: Guest, trainee: Guest, class_id: int
) -> None:
    other = Bank(open_bank(densai.worlds.engine.url.render_as_string(hide_password=False)))
    there = Guest(other)
    there.client._cookies = trainee.client._cookies
    assert pulse(there)["every"] == 2_500
    desk.get(f"/desk/classes/{class_id}/settings").press("設定を変更する", seats="201")
    assert pulse(there)["every"] == 5_000
    other.worlds.close()


def test_a_pulse_without_news_is_a_word_and_the_time_left_is_no_news(trainee: Guest) -> None:
    trainee.start("2-1", "measure")
    tag = trainee.get("/my/pulse").answer.headers["ETag"]
    with training(trainee.bank).changing() as change:  # a minute goes by
        row = change.current(trainee.seat.code)
        assert row
        going = practice.kept(row)
        going.limit_seconds -= 60
        change.save_practice(row.id, going)
    same = trainee.client.get("/my/pulse", headers={"If-None-Match": tag})
    assert (same.status_code, same.get_data()) == (304, b"")
    raise_hand(trainee)
    assert trainee.client.get("/my/pulse", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("path", ["/my", "/my/letter", "/my/memo"])
def test_a_trainees_own_pages_hear_as_well(desk: Guest, trainee: Guest, class_id: int, path: str) -> None:
    def news() -> dict[str, str]:
        part = next(
            each for each in trainee.get(path).page.top.all("section") if each.attrs.get("id") == "class-news"
        )
        return part.attrs

    assert (news()["data-every"], news()["data-pulse"]) == ("2500", "/my/pulse")
    assert "data-paused" not in news()
    desk.get(f"/desk/classes/{class_id}").press("全員を一時停止する")
    assert "data-paused" in news()
    assert "data-paused" in trainee.get("/my/news").page.html


def test_what_nobody_in_a_class_looks_at_asks_nothing(densai: Bank, desk: Guest, class_id: int) -> None:
    alone = Guest(densai).begin_alone()
    for at, path in ((alone, "/my"), (desk, f"/desk/classes/{class_id}"), (desk, "/")):
        assert "class_news.js" not in at.get(path).page.html
