from backend.journal.entry import GUEST, HOST, OUTSIDE, Author, Fact, What, fact
from backend.journal.episode import Episode, gist, unheard
from backend.journal.hearing import Heard
from tests.backend.journal.conftest import NOW


def episode(*said: What | tuple[What, Author], was_changing: bool = False) -> Episode:
    heard = []
    for number, one in enumerate(said):
        what, author = one if isinstance(one, tuple) else (one, OUTSIDE)
        heard.append(Heard(NOW + number / 100, fact(what), author))
    return Episode(NOW, heard=heard, was_changing=was_changing)


def told(one: Episode, *found: Fact, is_on: bool = True) -> list[str]:
    return [heard.fact.what for heard in gist(one, found, is_on=is_on)]


def test_a_start_is_one_thing_in_either_order() -> None:
    assert told(episode(What.RESUMED, What.STARTED)) == [What.STARTED]
    assert told(episode(What.AGENT_LEFT, What.STARTED, What.RESUMED)) == [What.STARTED]
    assert told(episode(What.RESTORED, What.RESUMED)) == [What.RESTORED]
    assert told(episode(What.RESTORED, What.REVERTED)) == [What.RESTORED]


def test_an_end_is_one_thing_and_the_guest_s_if_it_said_so() -> None:
    one = episode(What.AGENT_LEFT, (What.SHUT_DOWN, GUEST), What.SHUT_DOWN)
    (heard,) = gist(one, (), is_on=False)
    assert (heard.fact.what, heard.author) == (What.SHUT_DOWN, GUEST)


def test_turning_off_is_one_thing_though_libvirt_tells_of_a_shutdown_first() -> None:
    assert told(episode((What.SHUT_DOWN, HOST), What.TURNED_OFF), is_on=False) == [What.TURNED_OFF]


def test_a_reset_sends_many_events_and_is_one() -> None:
    one = episode(What.RESTARTED, What.AGENT_LEFT, *[What.RESTARTED] * 12)
    assert told(one) == [What.RESTARTED]


def test_a_restart_by_shutting_down_is_one() -> None:
    assert told(episode(What.SHUT_DOWN, What.RESTARTED, What.RESUMED)) == [What.RESTARTED]
    assert told(episode(What.RESTARTED, What.SHUT_DOWN), is_on=False) == [
        What.RESTARTED, What.SHUT_DOWN,
    ]  # fmt: skip


def test_what_passes_while_something_is_written_is_not_said() -> None:
    assert told(episode(What.PAUSED, What.SAVED), is_on=False) == [What.SAVED]
    assert told(episode(What.PAUSED, What.RESUMED, was_changing=True)) == []
    made = fact(What.CHECKPOINT_MADE, name="a")
    assert told(episode(What.PAUSED, What.RESUMED), made) == []
    assert told(episode(What.PAUSED, What.RESUMED)) == [What.PAUSED, What.RESUMED]


def test_trouble_is_said_once_by_its_cause() -> None:
    assert told(episode(What.DISK_FAILED, What.STOPPED_BY_DISK)) == [What.DISK_FAILED]
    assert told(episode(What.PANICKED, What.PAUSED)) == [What.PANICKED]
    assert told(episode(What.PANICKED, What.CRASHED), is_on=False) == [What.PANICKED]


def test_turns_in_quick_succession_are_all_said() -> None:
    one = episode(What.STARTED, What.TURNED_OFF, What.STARTED)
    assert told(one) == [What.STARTED, What.TURNED_OFF, What.STARTED]


def test_defining_is_said_by_what_differs_if_anything_does() -> None:
    assert told(episode(What.DEFINED, What.DEFINED)) == [What.DEFINED]
    assert told(episode(What.DEFINED), fact(What.NOTES)) == []


def test_records_say_what_no_event_said() -> None:
    heard = episode(What.STARTED).heard
    found = [fact(What.STARTED), fact(What.NOTES)]
    assert unheard(found, heard) == [fact(What.NOTES)]
    assert unheard(found, episode(What.AGENT_CONNECTED).heard) == found
