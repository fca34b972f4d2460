"""Switches of Open vSwitch: its two daemons, if nobody has started them, and bridges of ours."""

import contextlib
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

RUN = Path("/run/openvswitch")
"""Where libvirt's ovs-vsctl looks for the database."""
_SCHEMA = "/usr/share/openvswitch/vswitch.ovsschema"


def vsctl(*words: str) -> str:
    """Return what ovs-vsctl prints. Raises CalledProcessError."""
    return _run("ovs-vsctl", "--timeout=10", *words).strip()


def port(name: str) -> dict[str, str]:
    """Return what Open vSwitch says of a port: its tag, its trunk, its bridge."""
    columns = ("tag", "trunks")
    told = {column: vsctl("get", "Port", name, column) for column in columns}
    return {**told, "bridge": vsctl("port-to-br", name)}


def ports(*bridges: str) -> list[str]:
    """Return the names of all ports that are on these."""
    return [name for bridge in bridges for name in vsctl("list-ports", bridge).split()]


@contextlib.contextmanager
def bridges(*names: str) -> Iterator[None]:
    """Have these bridges; they are gone afterwards, and the daemons that were started for them."""
    with _daemons():
        if taken := set(names) & set(vsctl("list-br").split()):
            raise SystemExit(f"somebody else has a bridge of this name: {', '.join(sorted(taken))}")
        try:
            for name in names:
                vsctl("add-br", name, "--", "set", "bridge", name, "datapath_type=netdev")
            yield
        finally:
            for name in names:
                vsctl("--if-exists", "del-br", name)


@contextlib.contextmanager
def _daemons() -> Iterator[None]:
    if (RUN / "db.sock").exists():
        yield
        return
    if not shutil.which("ovs-vswitchd"):
        raise SystemExit("Open vSwitch is missing: apt-get install openvswitch-switch")
    RUN.mkdir(mode=0o755)
    try:
        _run("ovsdb-tool", "create", f"{RUN}/conf.db", _SCHEMA)
        common = ("--detach", "--no-chdir", "--pidfile", "-vconsole:off")
        _run("ovsdb-server", f"{RUN}/conf.db", f"--remote=punix:{RUN}/db.sock", *common)
        vsctl("--no-wait", "init")
        _run("ovs-vswitchd", f"unix:{RUN}/db.sock", *common)
        yield
    finally:
        for daemon in ("ovs-vswitchd", "ovsdb-server"):
            with contextlib.suppress(subprocess.CalledProcessError):
                _run("ovs-appctl", "-T", "10", "-t", daemon, "exit")
        shutil.rmtree(RUN, ignore_errors=True)  # they take their own files away as they go


def _run(*command: str) -> str:
    done = subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE)
    return done.stdout
