"""Takes back what libvirt leaves in the firewall: chains that are empty, rules of dead bridges.

It makes chains for its first network and never removes them; and where a daemon is killed and its
bridges go in another way (a container that ends, a clean-up by hand), the rules stay.
"""

import contextlib
import re
import socket
import subprocess
from pathlib import Path

from backend.hypervisor.embedded import rights
from backend.hypervisor.embedded.failures import ProgramMissing

_TABLES = ("filter", "nat", "mangle")
_PREFIX = "LIBVIRT_"
_DAEMONS = ("libvirtd", "virtnetworkd")
_SECONDS = 10
_NOT_NOW = (ProgramMissing, subprocess.TimeoutExpired)
"""Somebody may hold the lock of the tables: what is left then goes with the next host that ends."""
_BRIDGE = re.compile(r" -[io] (cel[a-z2-7]{5}\d)\b")
"""A bridge of an embedded host, by `Layout.bridge`."""
_NAMES_BRIDGE = re.compile(r" -[io] ")
_SUBNET = re.compile(r" -[sd] (\d[\d.]*/\d+|[\da-f:]+/\d+)\b")


def remove_dead_rules() -> None:
    """Remove libvirt's rules for bridges of embedded hosts that are there no more.

    libvirt makes a bridge before its rules and removes it after them, so a rule without a bridge is
    nobody's. Those for addresses go with the rules that name both, unless another bridge has them.
    """
    with contextlib.suppress(*_NOT_NOW):
        for name in ("iptables", "ip6tables"):
            program = rights.program(name)
            rules = {table: _run(program, table, "-S") for table in _TABLES}
            # In this order: a rule that is made meanwhile is not among those looked at.
            there = {bridge for _number, bridge in socket.if_nameindex()}
            for table, line in _dead(rules, there):
                _run(program, table, "-D", *line.split()[1:])


def _dead(rules: dict[str, list[str]], there: set[str]) -> list[tuple[str, str]]:
    """Return the rules that are nobody's, each with its table."""
    ours = [
        (table, line)
        for table, lines in rules.items()
        for line in lines
        if line.startswith(f"-A {_PREFIX}")
    ]
    dead = [(table, line) for table, line in ours if _is_of_dead(line, there)]
    alive = [line for _table, line in ours if _NAMES_BRIDGE.search(line)]
    used = {one for line in alive if not _is_of_dead(line, there) for one in _SUBNET.findall(line)}
    gone = {one for _table, line in dead for one in _SUBNET.findall(line)} - used
    return dead + [
        (table, line)
        for table, line in ours
        if table == "nat" and (found := _SUBNET.findall(line)) and found[0] in gone
    ]


def _is_of_dead(line: str, there: set[str]) -> bool:
    names = _BRIDGE.findall(line)
    return bool(names) and not any(name in there for name in names)


def remove_empty_chains() -> None:
    """Remove libvirt's chains if nothing is in them and no daemon is there to count on them.

    A daemon makes them once in its life and fails without them; one that starts later makes them
    anew. Rules of networks that are active, of whichever libvirt, keep them all in place.
    """
    if _other_daemon_runs():
        return
    with contextlib.suppress(*_NOT_NOW):
        for name in ("iptables", "ip6tables"):
            _remove(rights.program(name))


def _other_daemon_runs() -> bool:
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            # A process that has ended already has no command line any more.
            is_alive = bool((entry / "cmdline").read_bytes())
            if is_alive and (entry / "comm").read_text().strip() in _DAEMONS:
                return True
    return False


def _remove(program: str) -> None:
    rules = {table: _run(program, table, "-S") for table in _TABLES}
    everything = [line for lines in rules.values() for line in lines]
    if any(line.startswith(f"-A {_PREFIX}") for line in everything):
        return
    for table, lines in rules.items():
        for line in lines:
            words = line.split()
            if words[0] == "-A" and words[-1].startswith(_PREFIX):
                _run(program, table, "-D", *words[1:])
        for line in lines:
            if line.startswith(f"-N {_PREFIX}"):
                _run(program, table, "-X", line.split()[1])


def _run(program: str, table: str, *arguments: str) -> list[str]:
    done = subprocess.run(
        (program, "-w", "-t", table, *arguments),
        check=False,
        capture_output=True,
        text=True,
        timeout=_SECONDS,
    )
    return done.stdout.splitlines()
