"""How the way to a host stands, in words."""

from dataclasses import replace

import pytest

from backend.errors import Problem
from backend.model import Change, HostState, Prompt, PromptKind
from console.bridge.mirror import Mirror
from console.sdk import reach
from console.sdk.wording import counted
from tests.fakes.machines import away_host, host


def test_a_host_that_is_there_has_nothing_to_say() -> None:
    assert (reach.remark(host()), reach.outdated(host()), reach.nothing_yet(host())) == (
        "this computer",
        None,
        None,
    )
    assert reach.remark(replace(host(), is_embedded=False)) == ""


def test_an_away_host_names_the_reason_and_the_next_try() -> None:
    silent = replace(away_host(), problem=Problem("HostNotAnswering", (("seconds", 10),)))
    assert reach.remark(silent) == "away: no answer, next try in {left}"
    trying = replace(silent, state=HostState.CONNECTING, retry_at=None)
    assert reach.is_away(trying)
    assert reach.remark(trying) == "away: no answer, trying now"


def test_its_lists_say_that_they_are_of_the_past() -> None:
    gone = away_host()
    message = reach.outdated(gone)
    assert message
    assert (message.title, message.actions) == ("rack-2 is away", (reach.RECONNECT,))
    assert gone.retry_at
    words = counted(message.body, message.counts_to, gone.retry_at - 11.2)
    assert words.endswith("as it was last seen. Next try in 12 s.")


def test_a_first_start_says_what_happens() -> None:
    first = reach.nothing_yet(host(HostState.CONNECTING))
    assert first
    assert first.title.startswith("Starting this computer")
    far = reach.nothing_yet(replace(host(HostState.CONNECTING), is_embedded=False))
    assert far
    assert far.title == "Connecting to this-computer..."


def test_a_program_that_is_missing_is_named_with_its_package() -> None:
    named = (("package", "libvirt-daemon"), ("program", "libvirtd"))
    problem = Problem("ProgramMissing", named)
    gone = replace(away_host(), problem=problem, retry_at=None, state=HostState.CONNECTING)
    assert reach.remark(gone) == "away: libvirtd is not installed, trying now"
    message = reach.nothing_yet(gone)
    assert message
    assert "apt install libvirt-daemon" in message.body
    assert message.actions == (reach.RECONNECT,)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("rack-2", "rack-2"),
        ("qemu:///system", "qemu:///system"),
        ("qemu+ssh://me@rack-2:22/system", "rack-2"),
    ],
)
def test_a_uri_that_stands_for_a_name_is_cut_to_its_computer(name: str, short: str) -> None:
    assert reach.short_name(replace(host(), name=name)) == short


def test_a_lost_host_and_one_that_was_never_reached_differ() -> None:
    lost = replace(away_host(), problem=Problem("ConnectionLost"))
    assert "could be made" in reach.why(lost)
    assert "lost" in reach.why(replace(lost, hostname="rack-2"))
    assert reach.why(replace(lost, problem=None)) == ""


def test_a_host_that_nobody_wants_offers_to_connect() -> None:
    idle = replace(away_host(), state=HostState.DISCONNECTED, problem=None, retry_at=None)
    assert reach.remark(idle) == "not connected"
    for message in (reach.outdated(idle), reach.nothing_yet(idle)):
        assert message
        assert message.title == "rack-2 is not connected"
        assert message.actions == (reach.CONNECT_AGAIN,)


def test_a_host_that_asks_says_so() -> None:
    prompt = Prompt(1, PromptKind.PASSWORD, "root@rack-2")
    asking = replace(away_host(), state=HostState.CONNECTING, prompt=prompt, retry_at=None)
    assert reach.remark(asking) == "asks for a password"


def test_a_host_that_is_not_tried_again_says_so() -> None:
    left = replace(away_host(), retry_at=None, problem=Problem("PromptDeclined"))
    assert reach.remark(left) == "away: not answered, no further try"


def test_where_one_may_only_look_it_is_said_why() -> None:
    rack = replace(away_host(), state=HostState.CONNECTED, problem=None, retry_at=None)
    assert (reach.only_looking(rack), reach.look_only(rack), reach.remark(rack)) == ("", None, "")
    wanted = replace(rack, is_read_only=True, notes=(Problem("ReadOnlyWanted"),))
    refused = replace(rack, is_read_only=True, notes=(Problem("RightsRefused"),))
    assert "as you asked" in reach.only_looking(wanted)
    assert "usermod" in reach.only_looking(refused)
    message = reach.look_only(refused)
    assert message
    assert message.body == reach.only_looking(refused)
    assert reach.remark(refused) == "read-only"
    assert reach.remark(replace(host(), is_read_only=True)) == "this computer, read-only"


@pytest.mark.parametrize(
    ("uri", "is_alone"),
    [
        ("qemu:///system", False),
        ("qemu:///session?socket=/run/x", False),
        ("qemu+ssh://root@rack-2/system", False),
        ("qemu+tls://rack-2/system", True),
        ("qemu+tcp://rack-2/system", True),
        ("qemu://rack-2/system", True),
    ],
)
def test_by_tls_and_tcp_there_is_libvirt_alone(uri: str, *, is_alone: bool) -> None:
    assert reach.is_by_libvirt_alone(replace(host(), uri=uri)) is is_alone


def test_only_a_read_only_host_refuses() -> None:
    mirror = Mirror()
    assert reach.rights_at(mirror, "here") == ""
    mirror.apply_change(Change(host().ref, None, host()))
    assert reach.rights_at(mirror, "here") == ""
    closed = replace(host(), is_read_only=True, notes=(Problem("RightsRefused"),))
    mirror.apply_change(Change(host().ref, host(), closed))
    assert "group libvirt" in reach.rights_at(mirror, "here")
    assert reach.rights_at(mirror, "elsewhere") == ""
