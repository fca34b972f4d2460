import time

from backend.journal.entry import What
from console.snapins.events import rows
from tests.fakes.entries import CELADON, OTHER, entry


def test_lines_stand_below_their_days() -> None:
    now = time.time()
    entries = [entry(What.PAUSED, at=now), entry(What.STARTED, at=now - 30 * 86400)]
    today, before = rows.lines(entries, of_many=False)
    assert today.is_heading
    assert today.cells[0].text == "Today"
    assert [line.key for line in today.below] == [entries[0].uid]
    assert before.cells[0].text not in ("Today", "Yesterday")
    assert [cell.text for cell in today.below[0].cells][1:] == ["Paused", "Outside Celadon", ""]


def test_of_many_things_each_line_says_of_which() -> None:
    (day,) = rows.lines([entry(What.STARTED, subject=OTHER)], of_many=True)
    assert day.below[0].cells[1].text == "db-01"
    assert len(rows.columns(of_many=True)) == len(day.below[0].cells)
    assert len(rows.columns(of_many=False)) == len(day.below[0].cells) - 1


def test_words_choose() -> None:
    started = entry(What.STARTED, author=CELADON)
    paused = entry(What.PAUSED, subject=OTHER)
    both = [started, paused]
    assert rows.chosen(both, "") == both
    assert rows.chosen(both, "ADA start") == [started]
    assert rows.chosen(both, "db-01") == [paused]
    assert rows.chosen(both, "today outside") == [paused]
    assert rows.chosen(both, "nothing") == []
