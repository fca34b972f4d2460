import time

from console.widgets.terminal_intake import Intake
from console.widgets.terminal_lines import text_of


def shown(intake: Intake) -> list[str]:
    screen = intake.screen
    return [text_of(screen.line(n)) for n in range(screen.first, screen.top + screen.lines)]


def test_what_is_much_is_shown_in_several_turns() -> None:
    intake = Intake(80, 24, lambda _data: None)
    intake.put(b"y\r\n" * 100_000)
    turns = 0
    while intake.is_busy:
        intake.work(0.001)
        turns += 1
    assert turns > 3
    assert shown(intake)[-2] == "y"


def test_what_is_skipped_is_said_and_its_modes_hold() -> None:
    intake = Intake(40, 5, lambda _data: None)
    intake.put(b"before\x1b[31m\x1b[")
    intake.skip(b"yyy\x1b[?2004hyyy\r\n", "7 lines skipped")
    intake.put(b"after")
    while intake.is_busy:
        intake.work(1)
    assert [line for line in shown(intake) if line] == ["before", " 7 lines skipped", "after"]
    assert intake.screen.is_pasting_told
    assert intake.screen.cursor.attrs.fg == "default"


def test_a_guest_that_asks_without_end_is_answered_a_few_times_a_turn() -> None:
    answers: list[bytes] = []
    intake = Intake(80, 24, answers.append)
    intake.put(b"\x1b[6n" * 1000)
    intake.work(60)
    assert answers == [b"\x1b[1;1R"] * 32
    intake.put(b"\x1b[6n")
    intake.work(60)
    assert len(answers) == 33


def test_one_slice_of_the_worst_does_not_take_long() -> None:
    """The bound is a coarse one: what counts is that no sequence of a few bytes costs a second."""
    intake = Intake(400, 150, lambda _data: None)
    intake.put(b"\x1b[44m" + b"x" * 60_000)
    while intake.is_busy:
        intake.work(1)
    for worst in (b"\x1b[2J", b"\x1b[9999T", b"\x1b[9999L", b"\x1b[9999@", b"\x1b[9999X", b"\n"):
        intake.put(worst * (512 // len(worst)))
        began = time.process_time()
        intake.work(0.000001)
        assert time.process_time() - began < 5, worst
        intake.work(60)
