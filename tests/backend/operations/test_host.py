from pathlib import Path

import pytest

from backend.engine import Engine
from backend.errors import PromptOutdated
from backend.model import Host, HostState, Keep, Kind, Ref
from backend.operations import host
from backend.specs import HostSpec
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


def test_disconnected_it_stays_so_until_somebody_reconnects(heard: Heard) -> None:
    assert heard.end_of(heard.engine.submit(host.disconnect, HOST)).problem is None
    assert heard.host().state is HostState.DISCONNECTED
    assert heard.domain(), "what it had is still shown"
    assert heard.end_of(heard.engine.submit(host.disconnect, HOST)).problem is None
    assert heard.end_of(heard.engine.submit(host.reconnect, HOST)).problem is None
    assert heard.host().state is HostState.CONNECTED


def test_an_away_host_that_is_disconnected_is_tried_no_more(tmp_path: Path) -> None:
    engine = Engine([HostSpec("t", "Test", f"test://{tmp_path}/none.xml")])
    engine.start()
    heard = Heard(engine)
    heard.until(lambda: heard.records and heard.host().state is HostState.AWAY)
    assert heard.end_of(engine.submit(host.disconnect, HOST)).problem is None
    assert heard.host().retry_at is None
    engine.close()


def test_a_question_that_is_not_asked_cannot_be_answered(heard: Heard) -> None:
    for verb, arguments in ((host.answer, (1, "secret", Keep.NO)), (host.decline, (1,))):
        with pytest.raises(PromptOutdated):
            heard.engine.query(verb, HOST, *arguments).result(5)


def test_hosts_come_and_go_at_run_time(heard: Heard, uri: str) -> None:
    heard.engine.manage(HostSpec("u", "Another", uri))
    other = Ref("u", Kind.HOST, "u")

    def is_there() -> bool:
        record = heard.records.get(other)
        return isinstance(record, Host) and record.state is HostState.CONNECTED

    heard.until(is_there)
    heard.engine.forget("u")
    heard.until(lambda: not any(ref.host == "u" for ref in heard.records))
