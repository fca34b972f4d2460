"""When the whole screen is asked for, and when no more."""

from backend.display.rfb.bulk import Bulk

ALL = 1024 * 768
SCATTERED = (1000, ALL * 3 // 4, ALL)
WHOLE = (1, ALL, ALL)
SMALL = (3, 2000, ALL)


def _asked_for_all(
    bulk: Bulk, pictures: int, answer: tuple[int, int, int] = SCATTERED, at_s: float = 0.0
) -> int:
    """Return how many of these requests were for everything; what is asked for comes."""
    count = 0
    for _ in range(pictures):
        is_all = bulk.ask()
        count += is_all
        bulk.took(*(WHOLE if is_all else answer), at_s=at_s)
    return count


def test_a_screen_that_is_new_all_over_is_asked_for_as_a_whole() -> None:
    bulk = Bulk()
    assert _asked_for_all(bulk, 4) == 0
    assert _asked_for_all(bulk, 8) == 8
    assert not bulk.ask(), "now and then only for what has changed"
    bulk.took(*SCATTERED, at_s=0.0)
    assert _asked_for_all(bulk, 1000) > 950


def test_of_a_guest_that_came_to_rest_only_changes_are_asked_for() -> None:
    bulk = Bulk()
    _asked_for_all(bulk, 12)
    assert _asked_for_all(bulk, 100, SMALL) == 0
    _asked_for_all(bulk, 1000)
    assert _asked_for_all(bulk, 1000, SMALL) <= 64


def test_single_new_screens_among_small_changes_change_nothing() -> None:
    bulk = Bulk()
    for _ in range(20):
        assert _asked_for_all(bulk, 2) + _asked_for_all(bulk, 1, SMALL) == 0


def test_pages_that_somebody_turns_after_a_film_are_not_asked_for_as_a_whole() -> None:
    bulk = Bulk()
    _asked_for_all(bulk, 1000)
    while bulk.ask():
        bulk.took(*WHOLE, at_s=1.0)
    assert sum(_asked_for_all(bulk, 1, at_s=5.0 * turn) for turn in range(1, 100)) == 0


def test_a_server_that_scatters_the_whole_screen_too_is_asked_no_more() -> None:
    bulk = Bulk()
    count = 0
    for _ in range(1000):
        count += bulk.ask()
        bulk.took(*SCATTERED, at_s=0.0)
    assert count <= 5


def test_pictures_that_are_not_raw_or_whole_say_nothing() -> None:
    bulk = Bulk()
    for answer in ((0, ALL, ALL), WHOLE):
        assert _asked_for_all(bulk, 50, answer) == 0
