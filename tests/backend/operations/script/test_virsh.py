"""The whole script: what it is for, one line for each machine, nothing secret, and sh takes it."""

import subprocess
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.operations import domain, host
from backend.operations.script import call, virsh
from backend.operations.script.request import Request
from tests.backend.operations.script.known import DB, WEB, Records, say
from tests.fakes import machines
from tests.fakes.machines import HOST


def test_one_machine() -> None:
    script = virsh.dump("Turn Off: web-01", [Request(domain.destroy, WEB)], Records(), say)
    assert script == (
        "#!/bin/sh\n# Turn Off: web-01\n\nvirsh -c qemu:///system destroy uuid-web-01  # web-01\n"
    )


def test_many_stop_at_the_first_that_fails_and_a_remark_is_made_once() -> None:
    requests = [Request(domain.shutdown, ref) for ref in (WEB, DB)]
    lines = virsh.dump("Shut Down", requests, Records(), say).splitlines()
    assert lines[2:] == [
        "set -e",
        "",
        "# About ScriptDoesNotWait.",
        "virsh -c qemu:///system shutdown uuid-web-01  # web-01",
        "virsh -c qemu:///system shutdown uuid-db-01  # db-01",
    ]


def test_a_name_stands_behind_a_text_of_many_lines() -> None:
    script = virsh.dump("Notes", [Request(domain.set_notes, WEB, ("a\nb",))], Records(), say)
    assert "--new-desc 'a\nb'  # web-01\n" in script


def test_a_host_that_is_gone_falls_out() -> None:
    gone = replace(WEB, host="gone")
    script = virsh.dump("Start", [Request(domain.start, gone)], Records(), say)
    assert "virsh" not in script


@pytest.mark.parametrize(
    ("uri", "shown"),
    [
        ("qemu:///system", "qemu:///system"),
        ("qemu+unix:///system?socket=/a b/c", "qemu+unix:///system?socket=/a b/c"),
        ("qemu+tcp://root:pa:ss@rack/system", "qemu+tcp://root@rack/system"),
        ("qemu+ssh://root@rack:22/system", "qemu+ssh://root@rack:22/system"),
        ("qemu+tls://rack:16514/system", "qemu+tls://rack:16514/system"),
    ],
)
def test_no_password_of_an_address_is_shown(uri: str, shown: str) -> None:
    assert virsh.without_secret(uri) == shown


@given(st.text(max_size=30), st.text(max_size=30))
def test_whatever_a_machine_is_called_nothing_else_is_run(name: str, title: str) -> None:
    hostile = replace(machines.domain("a"), name=name)
    known = Records(replace(machines.host(), uri="x"), hostile)
    requests = [Request(domain.start, hostile.ref), Request(host.refresh, HOST)]
    script = virsh.dump(title, requests, known, say)
    # virsh is a function here: what it was called with is all that happens.
    spy = 'virsh() { printf "%s|" "$@"; echo; }\n'
    done = subprocess.run(
        ["/bin/sh", "-c", spy + script], capture_output=True, check=True, env={"PATH": "/nowhere"}
    )
    assert done.stdout.decode() == (
        "-c|x|start|uuid-a|\n-c|x|list|--all|\n-c|x|net-list|--all|\n-c|x|pool-list|--all|\n"
    )
    assert not done.stderr


def test_the_way_round_is_told_once() -> None:
    known = Records(replace(machines.host(), jump="me@gate"), *machines.room()[2:])
    requests = [Request(domain.start, ref) for ref in (WEB, DB)]
    assert virsh.dump("t", requests, known, say).count("# About ScriptNeedsJump.") == 1


def test_a_long_way_is_told_once_above() -> None:
    uri = "qemu+unix:///system?socket=/var/tmp/it's a long way/libvirt-sock"
    known = Records(replace(machines.host(), uri=uri), *machines.room()[2:])
    requests = [Request(domain.start, ref) for ref in (WEB, DB)]
    lines = virsh.dump("t", requests, known, say).splitlines()
    assert lines[3] == f"host={call.quoted(uri)}"
    assert lines[5:] == [
        'virsh -c "$host" start uuid-web-01  # web-01',
        'virsh -c "$host" start uuid-db-01  # db-01',
    ]
