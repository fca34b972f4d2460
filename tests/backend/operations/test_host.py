from pathlib import Path

from backend.engine import Engine
from backend.model import HostSpec, HostState, Kind, Ref
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


def test_a_host_that_stays_away_says_why_after_one_try(tmp_path: Path) -> None:
    engine = Engine([HostSpec("t", "Test", f"test://{tmp_path}/none.xml")])
    engine.start()
    heard = Heard(engine)
    heard.until(lambda: heard.records and heard.host().state is HostState.AWAY)
    job = heard.end_of(engine.submit(host.reconnect, HOST))
    assert job.problem == heard.host().problem
    assert job.problem
    engine.close()
