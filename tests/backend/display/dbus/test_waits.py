"""What a reader waits for; time is a number here."""

import pytest

from backend.display.dbus.waits import ANSWER_S, OPEN_S, SIGN_S, SILENT_S, SIZE_S, Due, Waits


def test_what_is_idle_is_waited_for_for_ever() -> None:
    waits = Waits()
    assert waits.left_ms(0) is None
    assert waits.due(1e9) is None


def test_each_step_to_the_first_picture_has_its_time() -> None:
    waits = Waits()
    waits.begin(0)
    waits.begin(3)
    assert waits.due(3 + OPEN_S) is None
    assert waits.left_ms(3) == OPEN_S * 1000 + 1
    assert waits.due(3.1 + OPEN_S) is Due.GIVE_UP
    waits.show()
    assert waits.due(1e9) is None


def test_qemu_is_asked_for_a_sign_and_then_given_up() -> None:
    waits = Waits()
    waits.feel(0)
    waits.feel(2)  # the first counts
    asked = SIGN_S + 0.1
    assert waits.due(SIGN_S) is None
    assert waits.due(asked) is Due.ASK_QEMU
    assert waits.due(asked + ANSWER_S) is None
    assert waits.due(asked + ANSWER_S + 0.1) is Due.GIVE_UP


def test_qemu_that_says_something_is_not() -> None:
    waits = Waits()
    waits.feel(0)
    assert waits.due(SIGN_S + 1) is Due.ASK_QEMU
    waits.answer()
    assert waits.due(1e9) is None
    waits.feel(1e9)
    assert waits.due(1e9 + SIGN_S + 1) is Due.ASK_QEMU


def test_a_size_is_asked_for_a_few_times() -> None:
    waits = Waits()
    asked = [now / 10 for now in range(100) if waits.size_lacks(now / 10)]
    assert 2 < len(asked) < 8
    assert asked[0] >= SIZE_S
    waits.size_fits()
    assert waits.left_ms(0) is None
    assert not waits.size_lacks(200)
    assert waits.left_ms(200) == pytest.approx(SIZE_S * 1000 + 1)
    assert waits.size_lacks(201)


def test_the_console_is_asked_and_then_left() -> None:
    waits = Waits()
    waits.tell(0)
    assert waits.due(SILENT_S + 1) is Due.ASK_CONSOLE
    waits.hear(SILENT_S + 2, is_seen=False)
    assert waits.due(2 * SILENT_S + 3) is Due.ASK_CONSOLE
    assert waits.due(3 * SILENT_S + 4) is Due.LEAVE
    waits.hear(0, is_seen=True)
    assert waits.due(1e9) is None
