import stat
from pathlib import Path

import pytest

from backend.history.screens import SEEN_S, Screen, Screens
from backend.model import Kind, Ref

VM = Ref("here", Kind.DOMAIN, "a")
OTHER = Ref("here", Kind.DOMAIN, "b")
NOW = 1_764_000_000.0


@pytest.fixture
def screens() -> Screens:
    return Screens(None, machine_bytes=10_000, whole_bytes=25_000)


def at(screens: Screens, moment: float, ref: Ref = VM) -> bytes | None:
    (found,) = screens.shown(ref, [(moment, moment)], frozenset())
    return found.picture if found else None


def test_it_shows_what_was_seen_at_a_moment(screens: Screens) -> None:
    screens.keep(VM, NOW, b"login")
    screens.keep(VM, NOW + 10, b"oom")
    assert at(screens, NOW + 9) == b"login"
    assert at(screens, NOW + 10) == b"oom"
    assert at(screens, NOW - 1) is None
    assert at(screens, NOW + 10, OTHER) is None


def test_nobody_says_what_it_showed_while_nobody_looked(screens: Screens) -> None:
    screens.keep(VM, NOW, b"login")
    assert at(screens, NOW + SEEN_S) == b"login"
    assert at(screens, NOW + SEEN_S + 1) is None


def test_what_does_not_change_is_kept_once_and_seen_for_long(screens: Screens) -> None:
    for seconds in range(0, 600, 10):
        screens.keep(VM, NOW + seconds, b"x" * 100)
    assert screens.used_bytes(VM) == 100
    assert at(screens, NOW + 590) == b"x" * 100
    screens.keep(VM, NOW + 5_000, b"x" * 100)
    assert screens.used_bytes(VM) == 200, "what it showed between is not known"
    assert at(screens, NOW + 3_000) is None


def test_a_stretch_has_the_last_that_was_seen_in_it(screens: Screens) -> None:
    for seconds in (0, 10, 20):
        screens.keep(VM, NOW + seconds, b"%d" % seconds)
    stretches = [(NOW - 9, NOW - 1), (NOW, NOW + 15), (NOW + 15, NOW + 300), (NOW + 300, NOW + 400)]
    found = screens.shown(VM, stretches, frozenset())
    assert [one.picture if one else None for one in found] == [None, b"10", b"20", None]


def test_a_stretch_has_none_that_was_seen_before_it_alone(screens: Screens) -> None:
    screens.keep(VM, NOW, b"login")
    screens.keep(VM, NOW + 10, b"login")
    stretches = [(NOW + 5, NOW + 8), (NOW + 11, NOW + 20), (NOW + 15, NOW + 15)]
    found = screens.shown(VM, stretches, frozenset())
    assert [(one.at, one.until) if one else None for one in found] == [
        (NOW, NOW + 10),
        None,
        (NOW, NOW + 10),
    ], "of a moment it is what was seen last, and says until when"


def test_who_has_a_picture_is_not_sent_it_again(screens: Screens) -> None:
    screens.keep(VM, NOW, b"login")
    (first,) = screens.shown(VM, [(NOW, NOW)], frozenset())
    assert first
    (again,) = screens.shown(VM, [(NOW, NOW)], frozenset({first.id}))
    assert again == Screen(first.id, NOW, NOW, b"")


def test_what_is_too_much_is_thinned_out_and_most_among_the_old(screens: Screens) -> None:
    for number in range(1_000):
        screens.keep(VM, NOW + 10 * number, b"%05d" % number + b"x" * 95)
    assert 5_000 < screens.used_bytes(VM) <= 10_000
    last = NOW + 10 * 999
    assert at(screens, last) == b"00999" + b"x" * 95
    steps = [(last - 10 * n - 5, last - 10 * n) for n in range(1_000)]
    kept = [one is not None for one in screens.shown(VM, steps, frozenset())]
    assert sum(kept[:100]) > sum(kept[300:400]) > 0
    assert any(kept[900:]), "the oldest ones are not all gone"


def test_all_together_have_a_bound_too(screens: Screens) -> None:
    for number in range(60):
        for name in "abcd":
            screens.keep(
                Ref("here", Kind.DOMAIN, name), NOW + number, b"%03d" % number + b"x" * 200
            )
        assert screens.used_bytes() <= 25_000
    assert screens.used_bytes(OTHER) > 3_000


def test_it_is_there_next_time_and_nobody_else_can_read_it(tmp_path: Path) -> None:
    path = tmp_path / "screens.sqlite"
    first = Screens(path)
    first.keep(VM, NOW, b"login")
    first.close()
    again = Screens(path)
    assert at(again, NOW) == b"login"
    again.close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_two_consoles_keep_in_one_file(tmp_path: Path) -> None:
    one, other = (Screens(tmp_path / "screens.sqlite") for _ in range(2))
    one.keep(VM, NOW, b"login")
    other.keep(VM, NOW + 1, b"login")
    other.keep(VM, NOW + 5, b"oom")
    assert at(one, NOW + 5) == b"oom"
    assert one.used_bytes() == len(b"loginoom")
    one.close()
    other.close()
