import json
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from backend.hypervisor.embedded import firewall, rights
from backend.hypervisor.embedded.failures import ProgramMissing

ROOT = Path(__file__).parents[4]
EMPTY = {
    "filter": [
        "-P INPUT ACCEPT",
        "-N DOCKER",
        "-N LIBVIRT_FWI",
        "-N LIBVIRT_INP",
        "-A INPUT -j LIBVIRT_INP",
        "-A INPUT -i lo -j ACCEPT",
        "-A FORWARD -j LIBVIRT_FWI",
        "-A FORWARD -j DOCKER",
    ],
    "nat": ["-P POSTROUTING ACCEPT", "-N LIBVIRT_PRT", "-A POSTROUTING -j LIBVIRT_PRT"],
    "mangle": [],
}
OTHERS = {
    "filter": [
        "-P INPUT ACCEPT",
        "-N DOCKER",
        "-A INPUT -i lo -j ACCEPT",
        "-A FORWARD -j DOCKER",
    ],
    "nat": ["-P POSTROUTING ACCEPT"],
    "mangle": [],
}


class Tables:
    """Stands in for iptables: tables of rules, and a chain in use cannot be removed."""

    def __init__(self, tables: dict[str, list[str]]) -> None:
        self.tables = {name: list(lines) for name, lines in tables.items()}

    def run(self, table: str, *arguments: str) -> list[str]:
        lines = self.tables[table]
        what, *rest = arguments
        if what == "-S":
            return list(lines)
        if what == "-D":
            lines.remove(" ".join(("-A", *rest)))
        elif what == "-X" and not any(line.endswith(f"-j {rest[0]}") for line in lines):
            lines.remove(f"-N {rest[0]}")
        return []


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> dict[str, Tables]:
    """Both firewalls of a machine without any other daemon."""
    made = {"iptables": Tables(EMPTY), "ip6tables": Tables(EMPTY)}
    monkeypatch.setattr(firewall, "_other_daemon_runs", lambda: False)
    monkeypatch.setattr(rights, "program", lambda name: name)
    monkeypatch.setattr(firewall, "_run", lambda program, *words: made[program].run(*words))
    return made


def test_empty_chains_go_and_nothing_of_others_does(machine: dict[str, Tables]) -> None:
    firewall.remove_empty_chains()
    assert machine["iptables"].tables == OTHERS
    assert machine["ip6tables"].tables == OTHERS


@pytest.mark.parametrize(
    ("table", "rule"),
    [
        ("filter", "-A LIBVIRT_FWI -d 192.168.122.0/24 -o virbr0 -j ACCEPT"),
        ("nat", "-A LIBVIRT_PRT -s 192.168.122.0/24 -j MASQUERADE"),
    ],
)
def test_one_rule_of_an_active_network_keeps_all_of_them(
    machine: dict[str, Tables], table: str, rule: str
) -> None:
    machine["iptables"].tables[table].append(rule)
    before = {name: list(lines) for name, lines in machine["iptables"].tables.items()}
    firewall.remove_empty_chains()
    assert machine["iptables"].tables == before
    assert machine["ip6tables"].tables == OTHERS, "each family stands for itself"


def test_another_daemon_keeps_its_chains(
    machine: dict[str, Tables], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(firewall, "_other_daemon_runs", lambda: True)
    firewall.remove_empty_chains()
    assert machine["iptables"].tables == EMPTY


def test_a_machine_without_a_firewall_is_no_trouble(
    machine: dict[str, Tables], monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> str:
        raise ProgramMissing(program=name, package=name)

    monkeypatch.setattr(rights, "program", missing)
    firewall.remove_empty_chains()


@pytest.mark.parametrize("remove", [firewall.remove_empty_chains, firewall.remove_dead_rules])
def test_who_holds_the_lock_of_the_tables_keeps_no_host_from_its_end(
    machine: dict[str, Tables], monkeypatch: pytest.MonkeyPatch, remove: Callable[[], None]
) -> None:
    def wait(program: str, *_words: str) -> list[str]:
        raise subprocess.TimeoutExpired(program, firewall._SECONDS)

    monkeypatch.setattr(firewall, "_run", wait)
    remove()
    assert machine["iptables"].tables == EMPTY


DEAD, ALIVE = (
    {
        "filter": [
            f"-A LIBVIRT_FWI -d {subnet} -o {bridge} -m conntrack --ctstate ESTABLISHED -j ACCEPT",
            f"-A LIBVIRT_FWO -s {subnet} -i {bridge} -j ACCEPT",
            f"-A LIBVIRT_FWX -i {bridge} -o {bridge} -j ACCEPT",
            f"-A LIBVIRT_INP -i {bridge} -p udp -m udp --dport 53 -j ACCEPT",
        ],
        "nat": [
            f"-A LIBVIRT_PRT -s {subnet} -d 224.0.0.0/24 -j RETURN",
            f"-A LIBVIRT_PRT -s {subnet} ! -d {subnet} -p tcp -j MASQUERADE --to-ports 1024-65535",
        ],
    }
    for subnet, bridge in (("192.168.9.0/24", "celabcde0"), ("192.168.8.0/24", "celzzz770"))
)
FOREIGN = {
    "filter": [
        "-A LIBVIRT_FWI -d 192.168.122.0/24 -o virbr0 -j ACCEPT",
        "-A LIBVIRT_FWI -o virbr7 -j REJECT",
        "-A FORWARD -o celabcde0 -j ACCEPT",
        "-A LIBVIRT_FWI -o celery -j ACCEPT",
    ],
    "nat": ["-A LIBVIRT_PRT -s 192.168.122.0/24 ! -d 192.168.122.0/24 -j MASQUERADE"],
}


@pytest.fixture
def bridges(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(1, "lo"), (2, "celzzz770"), (3, "virbr0")]
    monkeypatch.setattr(socket, "if_nameindex", lambda: found)


def _added(*rules: dict[str, list[str]]) -> dict[str, list[str]]:
    return {
        table: [*lines, *(line for one in rules for line in one.get(table, ()))]
        for table, lines in EMPTY.items()
    }


@pytest.mark.usefixtures("bridges")
def test_rules_of_bridges_of_ours_that_are_gone_go_and_no_others(
    machine: dict[str, Tables],
) -> None:
    machine["iptables"].tables = _added(DEAD, FOREIGN, ALIVE)
    firewall.remove_dead_rules()
    assert machine["iptables"].tables == _added(FOREIGN, ALIVE)


@pytest.mark.usefixtures("bridges")
def test_addresses_that_another_bridge_has_by_now_stay(machine: dict[str, Tables]) -> None:
    again = {
        table: [line.replace("celzzz770", "virbr0").replace("8.0", "9.0") for line in lines]
        for table, lines in ALIVE.items()
    }
    machine["iptables"].tables = _added({"filter": DEAD["filter"]}, again)
    firewall.remove_dead_rules()
    assert machine["iptables"].tables == _added(again)


@pytest.fixture
def daemon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The command of a process that looks like a daemon, and no other on this machine does."""
    monkeypatch.setattr(firewall, "_DAEMONS", ("celadon-lookout",))
    (tmp_path / "celadon-lookout").symlink_to(shutil.which("sleep") or "")
    return [str(tmp_path / "celadon-lookout"), "60"]


def test_a_daemon_counts_while_it_lives_and_not_as_a_zombie(daemon: list[str]) -> None:
    assert not firewall._other_daemon_runs()
    with subprocess.Popen(daemon) as process:
        try:
            while not firewall._other_daemon_runs():
                time.sleep(0.01)  # it is there a moment before it bears its name
        finally:
            process.kill()
        _until_zombie(process.pid)
        assert not firewall._other_daemon_runs()


def _until_zombie(pid: int) -> None:
    stat = Path(f"/proc/{pid}/stat")
    while stat.read_text().rsplit(")", 1)[1].split()[0] != "Z":
        time.sleep(0.01)


# In a network namespace of its own, where the machine's rules are out of reach.
REAL = """
import json, subprocess, sys
from backend.hypervisor.embedded import firewall
firewall._other_daemon_runs = lambda: False
def iptables(*words):
    subprocess.run(("iptables", *words), check=True)
def rules():
    tables = ("filter", "nat", "mangle")
    return [line for table in tables for line in firewall._run("iptables", table, "-S")]
before = rules()
iptables("-N", "LIBVIRT_FWO")
iptables("-A", "FORWARD", "-j", "LIBVIRT_FWO")
iptables("-A", "FORWARD", "-i", "lo", "-j", "ACCEPT")
iptables("-A", "LIBVIRT_FWO", "-s", "192.0.2.0/24", "-j", "ACCEPT")
firewall.remove_empty_chains()
kept = rules()
iptables("-F", "LIBVIRT_FWO")
firewall.remove_empty_chains()
after = rules()
iptables("-N", "LIBVIRT_FWI")
for bridge in ("lo", "celabcde0"):
    iptables("-A", "LIBVIRT_FWI", "-d", "192.0.2.0/24", "-o", bridge, "-j", "ACCEPT")
firewall.remove_dead_rules()
left = [line for line in rules() if line.startswith("-A LIBVIRT_FWI")]
json.dump([before, kept, after, left], sys.stdout)
"""


def test_it_speaks_the_real_iptables() -> None:
    if not rights.succeeds("unshare", "--net", "iptables", "-S"):
        pytest.skip("no network namespace or no iptables here")
    done = subprocess.run(
        ("unshare", "--net", sys.executable, "-c", REAL),
        check=True,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    before, kept, after, left = json.loads(done.stdout)
    assert "-A FORWARD -j LIBVIRT_FWO" in kept
    assert set(after) == {*before, "-A FORWARD -i lo -j ACCEPT"}
    assert left == ["-A LIBVIRT_FWI -d 192.0.2.0/24 -o lo -j ACCEPT"]
