from backend.heartbeat import Heartbeat, Pulse


def test_the_guest_left_alone_and_the_guest_meanwhile_are_told_apart() -> None:
    told = Heartbeat(Pulse.COUNTER, 20.0, ((-1.0, 25.0), (-0.5, 31.0), (0.0, 28.0), (0.4, 22.0)))
    assert (told.idle_gap_ms, told.gap_ms) == (31.0, 28.0)
    nothing = Heartbeat(Pulse.PROCESSORS, 20.0)
    assert (nothing.idle_gap_ms, nothing.gap_ms) == (None, None)
