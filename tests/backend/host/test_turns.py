from backend.host.turns import Turn, Turns, Wanted

FIVE = frozenset("abcde")


def test_nobody_wants_anything() -> None:
    assert not Wanted()
    assert Turns().next(0.0, FIVE, Wanted()) == Turn()


def test_single_machines_are_read_fully_each_second_and_the_others_not_at_all() -> None:
    turns, wanted = Turns(), Wanted(singles=frozenset("bx"))
    assert turns.next(0.0, FIVE, wanted) == Turn(("b",))
    assert turns.next(0.3, FIVE, wanted) == Turn(), "that would be too soon for a rate"
    assert turns.next(1.0, FIVE, wanted) == Turn(("b",))
    assert wanted.interval_s == 1.0


def test_for_the_history_each_is_read_every_ten_seconds() -> None:
    turns, wanted = Turns(), Wanted(is_kept=True)
    assert turns.next(0.0, FIVE, wanted).full == tuple("abcde")
    assert turns.next(4.0, FIVE | {"f"}, wanted).full == ("f",)
    assert turns.next(10.0, FIVE | {"f"}, wanted).full == tuple("abcde")
    assert wanted.interval_s == 10.0


def test_of_a_host_that_is_looked_at_all_are_read_fully_within_the_historys_time() -> None:
    turns, many = Turns(), frozenset(f"{n:03}" for n in range(205))
    wanted = Wanted(is_host_watched=True, is_kept=True)
    read = [turns.next(float(second), many, wanted) for second in range(10)]
    assert {len(turn.full) for turn in read} == {21}
    assert {uuid for turn in read for uuid in turn.full} == many
    assert all(turn.cheap == many - set(turn.full) for turn in read)


def test_who_is_looked_at_comes_first_and_has_no_second_turn() -> None:
    wanted = Wanted(frozenset("d"), is_host_watched=True, is_kept=True)
    turn = Turns().next(0.0, FIVE, wanted)
    assert turn.full[0] == "d"
    assert sorted(turn.full) == list("abcde")
    assert turn.cheap == frozenset()
