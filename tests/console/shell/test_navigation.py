"""Back and Forward."""

from typing import Any

from backend.model import Kind, Network, Ref
from console.sdk.forms import DetailView
from console.sdk.nodes import ScopeNode
from console.sdk.views import FormView, Heading, ListView, Message
from console.shell.navigation import History, home_of
from tests.fakes.machines import domain


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


def test_a_record_stands_at_its_own_node_or_in_a_list() -> None:
    machine, other = domain("web-01"), domain("web-02")
    network = Network(Ref("here", Kind.NETWORK, "n"), "nat", "nat", is_active=True)

    def listing(node_id: str, kind: Kind, host: str) -> ScopeNode:
        empty = Message("", "")
        heading: Heading[Any] = Heading(lambda _r, _l: {}, lambda _s, _l: "")
        view: ListView[Any] = ListView(kind, lambda r: r.ref.host == host, (), empty, heading)
        return ScopeNode(node_id, "", node_id, "", "list", view)

    own = ScopeNode("own", "", "own", "", "m", FormView(DetailView, machine.ref), ref=machine.ref)
    nodes = (
        listing("machines", Kind.DOMAIN, "here"),
        own,
        listing("elsewhere", Kind.NETWORK, "rack"),
        listing("switches", Kind.NETWORK, "here"),
    )
    assert home_of(nodes, machine) == "own"
    assert home_of(nodes, other) == "machines"
    assert home_of(nodes, network) == "switches"
    assert home_of((), network) == ""
