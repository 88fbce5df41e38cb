"""What is remembered of a seat is its last thing alone, so that memory does not grow with the work done."""

from __future__ import annotations

from simulator.training.last_made import LastMade


def test_it_is_made_once_for_a_source_and_anew_for_another() -> None:
    made: list[int] = []

    def make(source: int) -> str:
        made.append(source)
        return f"no. {source}"

    last: LastMade[int, str] = LastMade(make)
    assert [last.of("a", each) for each in (1, 1, 2, 2, 1)] == ["no. 1", "no. 1", "no. 2", "no. 2", "no. 1"]
    assert made == [1, 2, 1]


def test_each_seat_has_one_however_much_it_has_done() -> None:
    last: LastMade[int, int] = LastMade(lambda source: source)
    for source in range(100):
        assert last.of("a", source) == source
        assert last.of("b", -source) == -source
    assert len(last) == 2


def test_the_seats_that_were_not_asked_for_longest_are_let_go() -> None:
    last: LastMade[int, int] = LastMade(lambda source: source, most=3)
    for number in range(10):
        last.of(f"seat {number}", number)
    assert len(last) == 3
