"""Servers are remembered in a file of their own, whatever else stands there, and no secret ever."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from backend.specs import HostSpec
from console.bridge.door import Bridge
from console.bridge.keeper import Keeper
from console.sdk.servers import Server
from console.shell.servers import ServerBook
from tests.fakes.engine import FakeEngine

RACK = HostSpec(
    "r", "rack-2", "qemu+ssh://root@rack-2/system", "gate", is_read_only=True, prometheus="http://m"
)
IDLE = replace(RACK, is_wanted=False)
HERE = HostSpec("embedded", "here", is_embedded=True)


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "servers.json"


def opened(engine: FakeEngine, file: Path, *hosts: HostSpec) -> ServerBook:
    return ServerBook(Bridge(engine), Keeper(file), hosts)


def test_a_remembered_server_comes_back(engine: FakeEngine, file: Path) -> None:
    book = opened(engine, file, HERE)
    book.manage(Server(IDLE, is_remembered=True))
    assert engine.managed["r"] == RACK
    assert book.keeper.save()
    later = FakeEngine()
    again = opened(later, file, HERE)
    assert again.find("r") == Server(IDLE, is_remembered=True)
    assert later.managed == {"embedded": HERE, "r": IDLE}
    assert {server.spec.id for server in again.all()} == {"embedded", "r"}


def test_the_others_are_forgotten(engine: FakeEngine, file: Path) -> None:
    book = opened(engine, file, HERE)
    book.manage(Server(RACK, is_remembered=True))
    book.manage(Server(RACK, is_remembered=False))
    book.manage(Server(replace(RACK, id="gone"), is_remembered=True))
    book.forget("gone")
    assert engine.forgotten == ["gone"]
    assert book.find("gone") is None
    book.keeper.save()
    assert opened(FakeEngine(), file).find("r") is None


def test_what_a_newer_version_wrote_is_kept(engine: FakeEngine, file: Path) -> None:
    newer = {"r": {"uri": RACK.uri, "colour": "red"}, "groups": ["a"], "odd": {"uri": 7}}
    file.write_text(json.dumps(newer))
    book = opened(engine, file)
    assert [server.spec for server in book.all()] == [HostSpec("r", RACK.uri, RACK.uri)]
    book.manage(Server(RACK, is_remembered=True))
    book.keeper.save()
    after = json.loads(file.read_text())
    assert after == {**newer, "r": after["r"]}
    assert after["r"]["colour"] == "red"
    assert after["r"]["name"] == "rack-2"


def test_garbled_words_give_no_more_rights(engine: FakeEngine, file: Path) -> None:
    said = {"uri": RACK.uri, "name": 3, "jump": None, "read_only": "yes", "connect_at_start": 1}
    file.write_text(json.dumps({"r": said}))
    (server,) = opened(engine, file).all()
    assert server.spec == HostSpec("r", RACK.uri, RACK.uri, is_read_only=True)


def test_a_damaged_file_is_set_aside_and_said(engine: FakeEngine, file: Path) -> None:
    file.write_text("{")
    book = opened(engine, file)
    assert list(book.all()) == []
    assert book.keeper.trouble
    assert book.keeper.trouble.aside


def test_the_command_line_asks_for_one_that_is_remembered(engine: FakeEngine, file: Path) -> None:
    book = opened(engine, file)
    book.manage(Server(IDLE, is_remembered=True))
    book.keeper.save()
    later = FakeEngine()
    again = opened(later, file, HostSpec(RACK.uri, RACK.uri, RACK.uri))
    assert list(again.all()) == [Server(RACK, is_remembered=True)]
    assert later.managed == {"r": RACK}


def test_all_are_reached_by_the_given_configuration_of_ssh(
    engine: FakeEngine, file: Path, tmp_path: Path
) -> None:
    config = tmp_path / "config"
    book = ServerBook(Bridge(engine), Keeper(file), (HERE,), config)
    book.manage(Server(RACK, is_remembered=True))
    assert {spec.ssh_config for spec in engine.managed.values()} == {config}
    assert book.find("r") == Server(RACK, is_remembered=True)
