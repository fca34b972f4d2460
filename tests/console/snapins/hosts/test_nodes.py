"""The host's node says how the host stands."""

from backend.model import HostState
from console.sdk.nodes import Tone, host_node_id
from console.sdk.tabs import TabbedView
from console.sdk.views import FormView
from console.snapins.hosts import nodes
from console.snapins.hosts.page import HostPage
from tests.fakes.machines import HOST, away_host, domain, host

(RULE,) = nodes.rules()


def test_this_computer() -> None:
    (node,) = RULE.build(host())
    assert (node.id, node.parent, node.text) == (host_node_id("here"), "", "this-computer")
    assert (node.remark, node.tone, node.ref) == ("this computer", Tone.PLAIN, HOST)
    assert isinstance(node.view, FormView)
    assert (node.view.build, node.view.ref) == (TabbedView, HOST)
    assert [page.build for page in node.view.pages] == [HostPage]


def test_a_host_that_is_away_stays_and_says_so() -> None:
    gone = away_host()
    (node,) = RULE.build(gone)
    assert (node.text, node.tone, node.counts_to) == ("rack-2", Tone.BAD, gone.retry_at)
    assert node.remark == "away: no connection, next try in {left}"
    (connecting,) = RULE.build(host(HostState.CONNECTING))
    assert (connecting.remark, connecting.tone) == ("starting", Tone.MUTED)


def test_only_hosts_bring_a_node() -> None:
    assert RULE.build(domain("a")) == ()
