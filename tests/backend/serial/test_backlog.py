from backend.serial.backlog import KEPT_BYTES, MAXIMUM_BYTES, Backlog, Heard


def test_what_fits_is_kept_whole_and_given_once() -> None:
    backlog = Backlog()
    backlog.add(b"one\n")
    backlog.add(b"two")
    assert backlog.take() == Heard(b"one\ntwo")
    assert backlog.take() == Heard()


def test_of_a_flood_only_the_newest_lines_are_left_and_the_others_counted() -> None:
    backlog = Backlog()
    line = b"y" * 62 + b"\r\n"
    count = 3 * MAXIMUM_BYTES // len(line)
    for number in range(count):
        backlog.add(b"%8d" % number + line[8:])
    heard = backlog.take()
    assert len(heard.data) <= MAXIMUM_BYTES
    assert heard.data.startswith(b"%8d" % heard.lost_lines), "the lines that are lost were counted"
    assert heard.data.endswith(b"%8d" % (count - 1) + line[8:])
    assert heard.lost_bytes + len(heard.data) == count * len(line)
    assert heard.lost.endswith(b"\n")
    assert len(heard.lost) <= KEPT_BYTES


def test_a_line_without_an_end_is_cut() -> None:
    backlog = Backlog()
    backlog.add(b"x" * (MAXIMUM_BYTES + 1))
    heard = backlog.take()
    assert heard.data == b"x" * KEPT_BYTES
    assert (heard.lost_bytes, heard.lost_lines) == (MAXIMUM_BYTES + 1 - KEPT_BYTES, 0)
