"""Reads how OpenSSH ended: from its last words to an error of ours. Pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

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
from backend.hypervisor.ssh.questions import readable_host
from backend.hypervisor.ssh.target import SSH_PORT, Target

_LAST_LINES = 8
_NOISE = re.compile(
    r"Warning: Permanently added|no such identity: |Permission denied, please try again"
    r"|Connection closed by UNKNOWN port|\*\* "
)
_CHANGED = "REMOTE HOST IDENTIFICATION HAS CHANGED"
_SENT = re.compile(r"The fingerprint for the (\S+) key sent by the remote host is$")
_OFFENDING = re.compile(r"Offending (?:\S+ )?key in (.+):(\d+)")
_CHANGED_NAME = re.compile(r"Host key for (\S+) has changed and you have requested strict checking")
_UNVERIFIED = "Host key verification failed."
# What is left to say where the key was that of a jump host.
_AFTER_A_JUMP = re.compile(
    r"kex_exchange_identification: Connection closed by remote host"
    r"|Connection closed by UNKNOWN port"
)

Make = Callable[["re.Match[str]", Target], BackendError]


def _refused(found: "re.Match[str]", _target: Target) -> BackendError:
    host, port, why = found[1], int(found[2]), found[3].lower()
    if "timed out" in why:
        return ConnectionTimedOut(host=host, port=port)
    if "refused" in why:
        return ConnectionRefused(host=host, port=port)
    return NoRoute(host=host)


def _timed_out(_found: "re.Match[str]", target: Target) -> BackendError:
    return ConnectionTimedOut(host=target.host, port=target.port or SSH_PORT)


def _denied(found: "re.Match[str]", target: Target) -> BackendError:
    return AuthenticationFailed(host=found[2] or target.host, user=found[1] or target.user)


_ENDINGS: tuple[tuple["re.Pattern[str]", Make], ...] = (
    (
        re.compile(r"ssh: Could not resolve hostname ([^:\s]+)"),
        lambda found, _: NameNotResolved(host=found[1]),
    ),
    (re.compile(r"ssh: connect to host (\S+) port (\d+): (.*)"), _refused),
    (re.compile(r"Connection timed out during banner exchange"), _timed_out),
    (re.compile(r"Connection to \S+ port \d+ timed out"), _timed_out),
    (re.compile(r"(?:(\S+)@)?(\S+): Permission denied \(.*\)"), _denied),
    (re.compile(r"()().*Too many authentication failures"), _denied),
    (
        re.compile(r"No \S+ host key is known for (\S+) and you have requested strict checking"),
        lambda found, _: HostKeyUnknown(host=readable_host(found[1])),
    ),
)


@dataclass(frozen=True, slots=True)
class ChangedKey:
    """A host that shows another key than the known one.

    `name` is the one it has in the file; `kind` and `fingerprint` are the new key's.
    """

    name: str
    kind: str
    fingerprint: str
    file: Path
    line: int


def telling(log: str) -> tuple[str, ...]:
    """Return the last lines of ssh's that say something."""
    lines = [line.rstrip() for line in log.splitlines()]
    return tuple([line for line in lines if line and not _NOISE.match(line)][-_LAST_LINES:])


def changed_key(log: str) -> ChangedKey | None:
    """Return the key that had changed, if that is how ssh ended.

    A server that was let in can write the same words (a banner, an instruction), but not the last
    ones: when it goes, ssh says so. Hence only the end counts.
    """
    said = [line.strip() for line in log.splitlines()]
    lines = [line for line in said if line and not _AFTER_A_JUMP.match(line)]
    if not lines or lines[-1] != _UNVERIFIED:
        return None
    starts = [number for number, line in enumerate(lines) if _CHANGED in line]
    lines = lines[starts[-1] :] if starts else []
    sent = _first(_SENT, lines)
    offending, name = _first(_OFFENDING, lines), _first(_CHANGED_NAME, lines)
    if not (sent and offending and name):
        return None
    fingerprint = lines[lines.index(sent.string) + 1].rstrip(".")
    return ChangedKey(name[1], sent[1], fingerprint, Path(offending[1]), int(offending[2]))


def explain(log: str, target: Target) -> BackendError:
    """Return why there is no connection to `target`: the first thing that ssh could not do."""
    for line in log.splitlines():
        for pattern, make in _ENDINGS:
            if found := pattern.match(line.strip()):
                error = make(found, target)
                error.detail = telling(log)
                return error
    return LoginFailed(host=target.host, detail=telling(log))


def _first(pattern: "re.Pattern[str]", lines: list[str]) -> "re.Match[str] | None":
    return next((found for line in lines if (found := pattern.match(line.strip()))), None)
