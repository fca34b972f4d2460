from backend.model import HostState, Kind, Ref
from backend.operations import host
from tests.backend.conftest import Heard

HOST = Ref("t", Kind.HOST, "t")


def test_refreshed_the_inventory_shows_all_that_is_there(heard: Heard, vm: Ref) -> None:
    job = heard.end_of(heard.engine.submit(host.refresh, HOST))
    assert job.problem is None
    assert vm in heard.records


def test_to_reconnect_a_connected_host_is_done_at_once(heard: Heard) -> None:
    job = heard.end_of(heard.engine.submit(host.reconnect, HOST))
    assert job.problem is None
    assert heard.host().state is HostState.CONNECTED
