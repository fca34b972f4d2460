"""Rows keep an order in which only those that changed are looked at."""

import random

import pytest

from console.shell.lines import Row, Stand
from console.shell.ranks import Ranks
from tests.fakes.machines import domain


class Crowd:
    """Rows with a figure each; without one a row is not asked for."""

    def __init__(self, count: int) -> None:
        self.rows = [Row(domain(f"vm-{number}"), 1) for number in range(count)]
        self.figures: dict[Row, int | None] = {row: n % 3 for n, row in enumerate(self.rows)}
        self.asked = 0
        self.ranks = Ranks(self._stand, self.named)

    def named(self) -> list[Row]:
        return sorted(self.rows, key=lambda row: row.name)

    def in_order(self) -> list[Row]:
        there = [row for row in self.named() if self.figures.get(row) is not None]
        turned = self.ranks.is_descending
        return sorted(there, key=lambda row: self.figures[row] or 0, reverse=turned)

    def _stand(self, row: Row) -> Stand | None:
        self.asked += 1
        figure = self.figures.get(row)
        return None if figure is None else Stand((1, float(figure), ()), row.name, "")


@pytest.mark.parametrize("is_descending", [False, True])
def test_whatever_changes_they_stand_as_if_put_in_order_anew(is_descending: object) -> None:
    chance, crowd = random.Random(7), Crowd(200)  # noqa: S311  # the same each time
    crowd.ranks.is_descending = bool(is_descending)
    assert crowd.ranks.rows() == crowd.in_order()
    for number in range(60):
        some = chance.sample(crowd.rows, chance.randrange(12))
        for row in some:
            crowd.figures[row] = chance.choice((None, 0, 1, 2, 9))
        if number % 5 == 0:
            gone = crowd.rows.pop()
            del crowd.figures[gone]
            fresh = Row(domain(f"new-{number}"), 1)
            crowd.rows.append(fresh)
            crowd.figures[fresh] = chance.randrange(4)
            some += [gone, fresh]
        crowd.ranks.forget(some)
        assert crowd.ranks.rows() == crowd.in_order()


def test_a_renamed_one_stands_by_its_new_name() -> None:
    crowd = Crowd(30)
    crowd.ranks.rows()
    (row, *_others) = crowd.rows
    row.stand_for(domain("zzz"))
    crowd.ranks.forget((row,))
    assert crowd.ranks.rows() == crowd.in_order()


def test_only_those_that_changed_are_asked_and_told_of() -> None:
    crowd = Crowd(1000)
    before, crowd.asked = crowd.ranks.version(), 0
    crowd.ranks.forget(crowd.rows[:5])
    assert (crowd.ranks.version(), crowd.asked) == (before, 5), "they stand where they stood"
    crowd.figures[crowd.rows[3]] = 7
    crowd.ranks.forget(crowd.rows[:5])
    assert crowd.ranks.version() != before
    assert crowd.asked == 10


def test_two_that_look_alike_are_told_apart() -> None:
    crowd = Crowd(0)
    crowd.rows = [Row(domain("same"), 1) for _ in range(3)]
    crowd.figures = dict.fromkeys(crowd.rows, 1)
    crowd.ranks.rows()
    gone = crowd.rows.pop()
    del crowd.figures[gone]
    crowd.ranks.forget((gone,))
    assert set(crowd.ranks.rows()) == set(crowd.rows)
