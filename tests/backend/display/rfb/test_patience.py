"""Who is waited for, for how long, and who is not."""

import pytest

from backend.display.rfb.patience import ANSWER_S, LOGIN_S, SIGN_S, STALL_S, Patience
from backend.errors import DisplayStalled


def test_an_idle_server_is_waited_for_for_ever() -> None:
    patience = Patience()
    assert patience.wait_ms(0.0, is_busy=False) is None
    for day in range(9):
        patience.check(day * 86_400.0, 5, is_live=True, is_busy=False)


@pytest.mark.parametrize(("is_live", "limit_s"), [(False, LOGIN_S), (True, STALL_S)])
def test_what_was_begun_has_to_end(is_live: bool, limit_s: float) -> None:
    patience = Patience()
    assert patience.wait_ms(0.0, is_busy=True) == 50
    for second in range(round(limit_s) + 1):
        patience.check(float(second), second, is_live=is_live, is_busy=True)
    with pytest.raises(DisplayStalled):
        patience.check(limit_s + 1, 99, is_live=is_live, is_busy=True)


def test_a_picture_that_comes_slowly_comes() -> None:
    patience = Patience()
    for minute in range(99):
        patience.check(minute * 15.0, minute * 4096, is_live=True, is_busy=True)


def test_what_begins_after_a_rest_has_all_its_time() -> None:
    patience = Patience()
    patience.check(0.0, 5, is_live=True, is_busy=True)
    patience.check(1.0, 5, is_live=True, is_busy=False)
    patience.check(3600.0, 5, is_live=True, is_busy=True)
    patience.check(3600.0 + STALL_S, 9, is_live=True, is_busy=True)
    with pytest.raises(DisplayStalled):
        patience.check(3601.0 + STALL_S, 9, is_live=True, is_busy=True)


def test_input_that_nothing_follows_has_a_sign_asked_for_once() -> None:
    patience = Patience()
    patience.felt(100.0)
    patience.felt(101.0)
    assert not patience.needs_sign(100.0 + SIGN_S - 0.1)
    assert patience.wait_ms(100.0, is_busy=False) == pytest.approx(SIGN_S * 1000 + 1)
    assert patience.needs_sign(100.0 + SIGN_S)
    assert not patience.needs_sign(100.0 + SIGN_S)
    assert patience.wait_ms(100.0, is_busy=False) == pytest.approx(ANSWER_S * 1000 + 1)
    patience.check(100.0 + ANSWER_S, 5, is_live=True, is_busy=False)
    with pytest.raises(DisplayStalled):
        patience.check(100.0 + ANSWER_S + 0.1, 5, is_live=True, is_busy=False)


def test_a_sign_is_a_sign() -> None:
    patience = Patience()
    patience.felt(100.0)
    assert patience.needs_sign(104.0)
    patience.received()
    assert patience.wait_ms(104.0, is_busy=False) is None
    patience.check(200.0, 5, is_live=True, is_busy=False)
