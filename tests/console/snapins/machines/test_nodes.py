"""The tree: a list below each host, a node for each machine below that."""

from dataclasses import replace

from backend.model import DomainState, Kind, Ref
from console.sdk import reach
from console.sdk.nodes import Tone, host_node_id
from console.sdk.views import FormView, ListView
from console.snapins.machines import nodes
from console.snapins.machines.snapin import contents
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import away_host, domain, host

HOSTS, MACHINES = nodes.rules()


def test_each_host_has_its_list() -> None:
    (node,) = HOSTS.build(host())
    assert (node.id, node.parent, node.text) == (
        "machines:here",
        host_node_id("here"),
        "Virtual Machines",
    )
    assert isinstance(node.view, ListView)
    assert node.view.belongs(domain("a"))
    assert [page.title for page in node.view.details] == [
        "Summary",
        "Display",
        "Serial Console",
        "Performance",
        "Why Is It Slow?",
        "Networking",
        "Memory",
        "Storage",
        "Checkpoints",
        "Dependencies",
    ]


def test_the_same_host_has_the_same_list_again() -> None:
    assert HOSTS.build(host()) == HOSTS.build(host())


def test_an_empty_list_says_what_to_do_first() -> None:
    gone = away_host()
    (here,), (away,) = HOSTS.build(host()), HOSTS.build(gone)
    assert isinstance(here.view, ListView)
    assert isinstance(away.view, ListView)
    assert here.view.empty.actions == ("machines.quick_create",)
    assert away.view.empty.actions == ("node.reconnect",)
    assert (here.view.outdated, away.view.outdated) == (None, reach.outdated(gone))


def test_a_machine_stands_below_its_list() -> None:
    machine = domain("web", DomainState.RUNNING)
    (node,) = MACHINES.build(machine)
    assert (node.id, node.parent, node.text) == ("machine:here:uuid-web", "machines:here", "web")
    assert (node.ref, node.tone) == (machine.ref, Tone.GOOD)
    assert isinstance(node.view, FormView)
    assert (node.view.ref, node.view.pages) == (machine.ref, nodes.pages())
    assert MACHINES.build(machine) == (node,), "equal nodes are not shown anew"


def test_rules_take_only_their_own_records() -> None:
    assert HOSTS.build(domain("a")) == ()
    assert MACHINES.build(host()) == ()


def test_the_root_lists_the_machines_of_all_hosts(context: LentContext) -> None:
    view = contents().root_view
    assert isinstance(view, ListView)
    elsewhere = replace(domain("b"), ref=Ref("rack-2", Kind.DOMAIN, "b"))
    assert view.belongs(domain("a"))
    assert view.belongs(elsewhere)
    assert not view.is_outdated(domain("a"), context.lookup)
    assert view.is_outdated(elsewhere, context.lookup)
    assert [column.id for column in view.columns[:2]] == ["name", "host"]
