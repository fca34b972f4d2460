"""Back and Forward."""

from console.shell.navigation import History


def test_one_walks_back_and_forth() -> None:
    history = History(lambda _node: True)
    for node in "abc":
        history.go(node)
    assert (history.back(), history.back()) == ("b", "a")
    assert history.forward() == "b"
    history.go("d")
    assert not history.can_go_forward()
    assert history.back() == "b"


def test_what_is_gone_is_passed_over() -> None:
    there = {"a", "b", "c"}
    history = History(lambda node: node in there)
    for node in "abc":
        history.go(node)
    there.remove("b")
    assert history.back() == "a"
    there.clear()
    assert not history.can_go_forward()
    assert history.forward() == "a"


def test_going_where_one_is_is_no_step() -> None:
    history = History(bool)
    history.go("a")
    history.go("a")
    assert not history.can_go_back()
    history.replace("b")
    assert history.here == "b"
