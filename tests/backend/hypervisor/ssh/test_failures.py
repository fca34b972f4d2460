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
from backend.hypervisor.ssh.failures import ChangedKey, Words, changed_key, explain, telling
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
GONE = "Disconnected from ::1 port 22"
UNVERIFIED = "Host key verification failed."
GATE_REFUSED = "ssh: connect to host gate port 42203: Connection refused\n"
AFTER_A_JUMP = """\
kex_exchange_identification: Connection closed by remote host
Connection closed by UNKNOWN port 65535
"""
KEY = ChangedKey(
    "[127.0.0.1]:42201",
    "ED25519",
    "SHA256:J7xGG8lljizGzKZ7yPEevY2zh3yKwENEMd0QkfG4Dl8",
    Path("/var/tmp/x y/known_hosts"),
    12,
)
BY_GATE = Target("rack-2", "root", jump="me@127.0.0.1:42201")


def test_a_changed_key_is_read_with_its_place() -> None:
    assert changed_key(Words(CHANGED), TARGET) == KEY
    assert changed_key(Words(AFTER_A_JUMP), TARGET) is None
    assert changed_key(Words(CHANGED.replace("Offending", "Matching")), TARGET) is None


def test_a_changed_key_of_the_jump_host_is_read_too() -> None:
    words = Words(AFTER_A_JUMP, CHANGED)
    assert changed_key(words, BY_GATE) == KEY
    assert changed_key(Words(AFTER_A_JUMP, CHANGED + AFTER_A_JUMP), BY_GATE) == KEY


@pytest.mark.parametrize(
    ("own", "others", "target"),
    [
        pytest.param(AFTER_A_JUMP, CHANGED, TARGET, id="no jump host of ours"),
        pytest.param(AFTER_A_JUMP, CHANGED.replace("]:42201", "]:1"), BY_GATE, id="another one"),
        pytest.param(AFTER_A_JUMP, CHANGED + GATE_REFUSED, BY_GATE, id="not its last words"),
        pytest.param("", CHANGED, BY_GATE, id="ssh itself is silent"),
        pytest.param("Bye\n", CHANGED, BY_GATE, id="ssh itself ended otherwise"),
    ],
)
def test_others_that_say_that_a_key_has_changed_are_not_believed(
    own: str, others: str, target: Target
) -> None:
    assert changed_key(Words(own, others), target) is None


@pytest.mark.parametrize(
    "end",
    [
        "root@rack-2: Permission denied (publickey).",
        "Connection closed by 192.0.2.7 port 22",
        "Received disconnect from 192.0.2.7 port 22:2: bye\nDisconnected from 192.0.2.7 port 22",
    ],
)
def test_a_server_that_only_says_that_a_key_has_changed_is_not_believed(end: str) -> None:
    assert changed_key(Words(f"{CHANGED}{end}\n"), TARGET) is None


def test_the_last_of_two_changed_keys_is_the_one_that_ssh_itself_speaks_of() -> None:
    false = CHANGED.replace("J7x", "Ev1").replace("[127.0.0.1]:42201", "bank")
    assert changed_key(Words(false + CHANGED), TARGET) == KEY


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
            "Received disconnect from ::1 port 22:2: Too many authentication failures\n" + GONE,
            AuthenticationFailed(host="rack-2", user="root"),
        ),
        (
            "No RSA host key is known for [rack-2]:2222 and you have requested strict checking.\n"
            + UNVERIFIED,
            HostKeyUnknown(host="rack-2:2222"),
        ),
        ("/root/.ssh/config: line 3: Bad configuration option: foo", LoginFailed(host="rack-2")),
        ("", LoginFailed(host="rack-2")),
    ],
)  # fmt: skip
def test_an_end_is_explained(log: str, error: BackendError) -> None:
    told = explain(Words(log), TARGET)
    assert (type(told), told.arguments) == (type(error), error.arguments)
    assert told.detail == telling(Words(log))


@pytest.mark.parametrize(
    ("others", "error"),
    [
        (GATE_REFUSED, ConnectionRefused(host="gate", port=42203)),
        (GATE_REFUSED + AFTER_A_JUMP, ConnectionRefused(host="gate", port=42203)),
        ("me@gate: Permission denied (publickey).", AuthenticationFailed(host="gate", user="me")),
        (
            "channel 0: open failed: connect failed: No route to host\nstdio forwarding failed",
            NoRoute(host="rack-2"),
        ),
        ("root@rack-2: Permission denied (none).\nGoodbye", LoginFailed(host="rack-2")),
    ],
)
def test_what_failed_at_a_jump_host_is_told_by_its_own_ssh(
    others: str, error: BackendError
) -> None:
    told = explain(Words(AFTER_A_JUMP, others), TARGET)
    assert (type(told), told.arguments) == (type(error), error.arguments)
    assert told.detail[-1] == AFTER_A_JUMP.splitlines()[0]


@pytest.mark.parametrize(
    "own",
    ["Connection closed by 192.0.2.7 port 22", "/root/.ssh/config: line 3: Bad configuration", ""],
)
def test_others_explain_nothing_where_ssh_says_how_it_ended_itself(own: str) -> None:
    forged = "root@rack-2: Permission denied (publickey)."
    assert type(explain(Words(own, forged), TARGET)) is LoginFailed
    assert type(explain(Words(f"{forged}\n{own or 'Bye'}"), TARGET)) is LoginFailed


def test_what_says_nothing_is_left_out() -> None:
    log = "Warning: Permanently added 'rack-2' (ED25519) to the list of known hosts.\n\nBye\n"
    assert telling(Words(log)) == ("Bye",)
    assert telling(Words("Bye", "Welcome")) == ("Welcome", "Bye")
    assert len(telling(Words("\n".join(f"line {number}" for number in range(50))))) == 8
