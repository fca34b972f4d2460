"""OpenSSH's last words: of 9.2, as seen, but for those that no test network gives.

Routes, time-outs and too many failures are after its source, and were not seen.
"""

from pathlib import Path

import pytest

from backend.errors import (
    AuthenticationFailed,
    BackendError,
    ConnectionRefused,
    ConnectionTimedOut,
    HostKeyUnknown,
    LoginFailed,
    NameNotResolved,
    NoRoute,
)
from backend.hypervisor.ssh.failures import ChangedKey, changed_key, explain, telling
from backend.hypervisor.ssh.target import Target

TARGET = Target("rack-2", "root")
CHANGED = """\
no such identity: /var/tmp/x/id_none: No such file or directory
@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@
@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @
@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@
IT IS POSSIBLE THAT SOMEONE IS DOING SOMETHING NASTY!
Someone could be eavesdropping on you right now (man-in-the-middle attack)!
It is also possible that a host key has just been changed.
The fingerprint for the ED25519 key sent by the remote host is
SHA256:J7xGG8lljizGzKZ7yPEevY2zh3yKwENEMd0QkfG4Dl8.
Please contact your system administrator.
Add correct host key in /var/tmp/x y/known_hosts to get rid of this message.
Offending ED25519 key in /var/tmp/x y/known_hosts:12
  remove with:
  ssh-keygen -f "/var/tmp/x y/known_hosts" -R "[127.0.0.1]:42201"
Host key for [127.0.0.1]:42201 has changed and you have requested strict checking.
Host key verification failed.
"""
JUMP = """\
ssh: connect to host gate port 42203: Connection refused
kex_exchange_identification: Connection closed by remote host
Connection closed by UNKNOWN port 65535
"""


def test_a_changed_key_is_read_with_its_place() -> None:
    assert changed_key(CHANGED) == ChangedKey(
        "[127.0.0.1]:42201",
        "ED25519",
        "SHA256:J7xGG8lljizGzKZ7yPEevY2zh3yKwENEMd0QkfG4Dl8",
        Path("/var/tmp/x y/known_hosts"),
        12,
    )
    assert changed_key(JUMP) is None
    assert changed_key(CHANGED.replace("Offending", "Matching")) is None
    assert changed_key(CHANGED + JUMP.partition("\n")[2]) == changed_key(CHANGED)


@pytest.mark.parametrize(
    "end",
    [
        "root@rack-2: Permission denied (publickey).",
        "Connection closed by 192.0.2.7 port 22",
        "Received disconnect from 192.0.2.7 port 22:2: bye\nDisconnected from 192.0.2.7 port 22",
    ],
)
def test_a_server_that_only_says_that_a_key_has_changed_is_not_believed(end: str) -> None:
    assert changed_key(f"{CHANGED}{end}\n") is None


def test_the_last_of_two_changed_keys_is_the_one_that_ssh_itself_speaks_of() -> None:
    false = CHANGED.replace("J7x", "Ev1").replace("[127.0.0.1]:42201", "bank")
    assert changed_key(false + CHANGED) == changed_key(CHANGED)


@pytest.mark.parametrize(
    ("log", "error"),
    [
        (
            "ssh: Could not resolve hostname nowhere.invalid: Name or service not known",
            NameNotResolved(host="nowhere.invalid"),
        ),
        (
            "ssh: connect to host 127.0.0.1 port 42202: Connection refused",
            ConnectionRefused(host="127.0.0.1", port=42202),
        ),
        ("ssh: connect to host rack-2 port 22: No route to host", NoRoute(host="rack-2")),
        ("ssh: connect to host rack-2 port 22: Network is unreachable", NoRoute(host="rack-2")),
        (
            "ssh: connect to host rack-2 port 22: Connection timed out",
            ConnectionTimedOut(host="rack-2", port=22),
        ),
        (
            "Connection timed out during banner exchange\nConnection to rack-2 port 22 timed out",
            ConnectionTimedOut(host="rack-2", port=22),
        ),
        (
            "Retry\nceltest@127.0.0.1: Permission denied (publickey,password).",
            AuthenticationFailed(host="127.0.0.1", user="celtest"),
        ),
        (
            "Received disconnect from 192.0.2.7 port 22:2: Too many authentication failures\nBye",
            AuthenticationFailed(host="rack-2", user="root"),
        ),
        (
            "No RSA host key is known for [rack-2]:2222 and you have requested strict checking.",
            HostKeyUnknown(host="rack-2:2222"),
        ),
        (JUMP, ConnectionRefused(host="gate", port=42203)),
        ("/root/.ssh/config: line 3: Bad configuration option: foo", LoginFailed(host="rack-2")),
        ("", LoginFailed(host="rack-2")),
    ],
)  # fmt: skip
def test_an_end_is_explained(log: str, error: BackendError) -> None:
    told = explain(log, TARGET)
    assert (type(told), told.arguments) == (type(error), error.arguments)
    assert told.detail == telling(log)


def test_what_says_nothing_is_left_out() -> None:
    log = "Warning: Permanently added 'rack-2' (ED25519) to the list of known hosts.\n\nBye\n"
    assert telling(log) == ("Bye",)
    assert len(telling("\n".join(f"line {number}" for number in range(50)))) == 8
