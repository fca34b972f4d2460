import subprocess
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from backend.errors import UriInvalid
from backend.hypervisor.ssh.target import Target, goes_by_ssh, parse, server, through
from backend.specs import HostSpec

CONTROL = Path("/run/user/0/celadon-x/master")
LOG = Path("/dev/null")


def target(uri: str, jump: str = "") -> Target:
    return parse(HostSpec("t", "Test", uri, jump=jump, ssh_config=Path("/etc/other")))


def test_a_uri_says_where_to_go() -> None:
    assert target("qemu+ssh://ro%40ot@rack-2:2222/system?keyfile=/k&no_tty=1", "me@gate") == Target(
        "rack-2", "ro@ot", 2222, "me@gate", "/k", Path("/etc/other"), is_silent=True
    )
    assert target("qemu+ssh://[fe80::1]/system").host == "fe80::1"
    assert target("qemu+ssh://rack-2/system?no_verify=1").trusts_anybody


@pytest.mark.parametrize(
    "uri",
    ["qemu+ssh:///system", "qemu+ssh://rack-2:x/system", "qemu+ssh://[rack-2/system"],
)
def test_an_address_that_leads_nowhere_is_refused(uri: str) -> None:
    with pytest.raises(UriInvalid):
        target(uri)


@pytest.mark.parametrize(
    ("uri", "is_ours"),
    [
        ("qemu+ssh://rack-2/system", True),
        ("xen+ssh://rack-2/", True),
        ("qemu+ssh://[rack-2/system", True),
        ("qemu+ssh://rack-2/system?command=/opt/ssh", False),
        ("qemu+libssh2://rack-2/system", False),
        ("qemu+tls://rack-2/system", False),
        ("qemu:///system", False),
    ],
)
def test_what_goes_by_ssh_of_ours(uri: str, is_ours: bool) -> None:
    assert goes_by_ssh(uri) is is_ours


def test_the_command_is_one_that_ssh_understands() -> None:
    full = Target("rack-2", "root", 2222, "me@gate:22", "/etc/passwd", Path("/dev/null"))
    command = full.command(CONTROL, LOG, algorithms="ssh-ed25519")
    told = subprocess.run(
        [command[0], "-G", *command[1:]], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    for line in (
        *("user root", "hostname rack-2", "port 2222", "identityfile /etc/passwd", "batchmode no"),
        *("controlmaster true", f"controlpath {CONTROL}", "hostkeyalgorithms ssh-ed25519"),
        *("serveraliveinterval 3", "serveralivecountmax 3", "clearallforwardings yes"),
        *("forwardagent no", "forwardx11 no", "sessiontype none", "stricthostkeychecking ask"),
    ):
        assert line in told
    assert any(line.startswith("proxyjump me@gate") for line in told)


def test_what_the_uri_leaves_open_stays_with_the_users_configuration() -> None:
    command = Target("rack-2").command(CONTROL, LOG)
    assert not {"-l", "-p", "-i", "-J", "-F"} & set(command)
    assert command[-2:] == ("--", "rack-2")


def test_libvirt_is_told_another_program_and_all_else_as_it_was() -> None:
    uri = through("qemu+ssh://root@rack-2:22/system?netcat=/n%20c&mode=auto", Path("/r/a b/ssh"))
    where = urlsplit(uri)
    assert (where.scheme, where.netloc, where.path) == ("qemu+ssh", "root@rack-2:22", "/system")
    assert where.query == "netcat=/n%20c&mode=auto&command=/r/a%20b/ssh"
    assert parse_qs(urlsplit(through("qemu+ssh://a/system", CONTROL)).query) == {
        "command": [str(CONTROL)]
    }


def test_names_for_people_and_for_secrets() -> None:
    assert Target("rack-2", "root", 2222).name == "root@rack-2:2222"
    assert Target("rack-2").name == "rack-2"
    assert server("qemu+ssh://root@rack-2:22/system?x=y") == "qemu+ssh://root@rack-2:22"
    assert server("qemu+tls://[rack-2/system") == "qemu+tls://"
