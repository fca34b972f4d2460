"""Reads how OpenSSH ended: from its last words to an error of ours. Pure.

What others say beside it is never taken for its own: a banner, what a jump host writes, or what a
program that the user's configuration names passes on from afar.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from backend.errors import (
    AuthenticationFailed,
    BackendError,
    ConnectionTimedOut,
    HostKeyUnknown,
    LoginFailed,
    NameNotResolved,
)
from backend.hypervisor.ssh.questions import readable_host
from backend.hypervisor.ssh.target import SSH_PORT, Target
from backend.hypervisor.unreached import unreached

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
# What is left to say where something failed at a jump host, or on from there.
_AFTER_A_JUMP = re.compile(
    r"kex_exchange_identification: Connection closed by remote host"
    r"|Connection closed by UNKNOWN port|stdio forwarding failed"
)
# What may follow the line that says why.
_GOODBYE = re.compile(r"Host key verification failed\.|Disconnected from ")

Make = Callable[["re.Match[str]", Target], BackendError]


def _timed_out(_found: "re.Match[str]", target: Target) -> BackendError:
    return ConnectionTimedOut(host=target.host, port=target.port or SSH_PORT)


def _denied(found: "re.Match[str]", target: Target) -> BackendError:
    return AuthenticationFailed(host=found[2] or target.host, user=found[1] or target.user)


_ENDINGS: tuple[tuple["re.Pattern[str]", Make], ...] = (
    (
        re.compile(r"ssh: Could not resolve hostname ([^:\s]+)"),
        lambda found, _: NameNotResolved(host=found[1]),
    ),
    (
        re.compile(r"ssh: connect to host (\S+) port (\d+): (.*)"),
        lambda found, _: unreached(found[1], int(found[2]), found[3]),
    ),
    (
        re.compile(r"channel \d+: open failed: connect failed: (.*)"),
        lambda found, target: unreached(target.host, target.port or SSH_PORT, found[1]),
    ),
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
class Words:
    """What ssh itself logged, and what came beside it, from whomever."""

    own: str
    others: str = ""


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


def telling(words: Words) -> tuple[str, ...]:
    """Return the last lines that say something, ssh's own last."""
    return tuple([*_lines(words.others), *_lines(words.own)][-_LAST_LINES:])


def changed_key(words: Words, target: Target) -> ChangedKey | None:
    """Return the key that had changed, if that is how ssh ended.

    Somebody in between can write the same words, so they are believed of ssh alone; of a jump host
    only where it is the one that we are to go by, and where its own ssh ended so.
    """
    if not _is_for_others_to_say(words.own):
        return _changed_key(words.own)
    key = _changed_key(words.others)
    return key if key and readable_host(key.name) in _jumps(target) else None


def explain(words: Words, target: Target) -> BackendError:
    """Return why there is no connection to `target`: the last thing that ssh could not do."""
    text = words.others if _is_for_others_to_say(words.own) else words.own
    lines = _lines(text)
    while lines and (_AFTER_A_JUMP.match(lines[-1]) or _GOODBYE.match(lines[-1])):
        lines.pop()
    error: BackendError = LoginFailed(host=target.host)
    for pattern, make in _ENDINGS:
        if lines and (found := pattern.match(lines[-1])):
            error = make(found, target)
            break
    error.detail = telling(words)
    return error


def _is_for_others_to_say(own: str) -> bool:
    """Whether ssh only says that whoever was to lead it there has gone."""
    has_gone = any(_AFTER_A_JUMP.match(line.strip()) for line in own.splitlines())
    return has_gone and all(_AFTER_A_JUMP.match(line) for line in _lines(own))


def _changed_key(log: str) -> ChangedKey | None:
    # A server that was let in can have ssh log these words (an instruction), but not the last
    # ones: when it goes, ssh says so. Hence only the end counts.
    lines = _lines(log)
    while lines and _AFTER_A_JUMP.match(lines[-1]):
        lines.pop()
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


def _jumps(target: Target) -> set[str]:
    """Return the jump hosts that were asked for, as `readable_host` has them."""
    places = (place.strip().rpartition("@")[2] for place in target.jump.split(","))
    return {readable_host(place.removesuffix(f":{SSH_PORT}")) for place in places if place}


def _lines(text: str) -> list[str]:
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line and not _NOISE.match(line)]


def _first(pattern: "re.Pattern[str]", lines: list[str]) -> "re.Match[str] | None":
    return next((found for line in lines if (found := pattern.match(line))), None)
