"""Which servers there are at the start, before there is any Qt."""

from dataclasses import replace
from pathlib import Path

from backend.specs import HostSpec
from console.sdk.kept_file import Json
from console.sdk.servers import Server
from console.shell.remembered import known_servers, reached_by

HERE = HostSpec("embedded", "here", is_embedded=True)
RACK = HostSpec("r", "rack-2", "qemu+ssh://root@rack-2/system")
SAID: dict[str, Json] = {"uri": RACK.uri, "name": RACK.name}


def test_the_remembered_ones_and_those_of_the_command_line() -> None:
    assert known_servers({"r": {**SAID}, "groups": ["a"], "odd": {"uri": 7}}, (HERE,)) == {
        "r": Server(RACK, is_remembered=True),
        "embedded": Server(HERE, is_remembered=False),
    }


def test_what_the_command_line_asks_for_is_wanted_this_time() -> None:
    kept: dict[str, Json] = {"r": {**SAID, "connect_at_start": False}}
    assert not known_servers(kept, ())["r"].spec.is_wanted
    assert known_servers(kept, (HostSpec(RACK.uri, RACK.uri, RACK.uri),)) == {
        "r": Server(RACK, is_remembered=True)
    }


def test_another_configuration_of_ssh_leads_there() -> None:
    config = Path("/c")
    assert reached_by(RACK, None) == RACK
    assert reached_by(RACK, config) == replace(RACK, ssh_config=config)
