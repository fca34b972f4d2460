"""One embedded host from start to stop, in a process of its own so that rights can be given up.

Run as a program: `scenario.py STORY ROOT [USER]`; prints what it saw as JSON. Everything is
imported before USER takes over, who may not be able to read Python's own files.
"""

import json
import os
import pwd
import signal
import sys
import time
from pathlib import Path
from typing import Any

import libvirt

from backend.hypervisor.embedded import daemon, layout, plan

GUEST = """<domain type='qemu'><name>sleeper</name><memory unit='MiB'>32</memory>
<os><type arch='x86_64' machine='q35'>hvm</type></os>
<devices><emulator>/usr/bin/qemu-system-x86_64</emulator>{nic}{disks}
<channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>
<graphics type='vnc'><listen type='socket'/></graphics></devices></domain>"""
DISK = """<disk type='file' device='{device}'><driver name='qemu' type='raw'/>
<source file='{path}'>{label}</source><target dev='{target}' bus='sata'/>{readonly}</disk>"""
KEEP_OWNER = "<seclabel model='dac' relabel='no'/>"

Report = dict[str, Any]


def daemons(root: Path) -> list[int]:
    """Return the pids of this root's daemons."""
    pid_file = os.fsencode(plan.make(root).layout.pid_file)
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            arguments = (entry / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if pid_file in arguments and arguments[0].endswith(b"libvirtd"):
            found.append(int(entry.name))
    return found


def start_four(root: Path) -> list[int]:
    """Start the host from four processes at once; return their exit statuses."""
    children = []
    for _ in range(4):
        pid = os.fork()
        if pid == 0:
            try:
                daemon.ensure(root)
            except BaseException as error:  # noqa: BLE001  a forked child must not return
                sys.stderr.write(f"{error}\n")
                os._exit(1)
            os._exit(0)
        children.append(pid)
    return [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in children]


def owner(path: Path) -> str:
    """Return the name of a file's owner."""
    return pwd.getpwuid(path.stat().st_uid).pw_name


def disks(host: daemon.EmbeddedHost) -> dict[str, Path]:
    """Make a disk in the pool and, if root may, two media of somebody else's elsewhere."""
    made = {"disk": host.images / "disk.raw"}
    if host.mode is daemon.EmbeddedMode.SYSTEM:
        elsewhere = host.root.parent / "elsewhere"
        elsewhere.mkdir(mode=0o755)
        made |= {"foreign": elsewhere / "foreign.raw", "medium": elsewhere / "medium.iso"}
    for path in made.values():
        path.write_bytes(bytes(1 << 20))
        path.chmod(0o644)
        if path.parent != host.images:
            os.chown(path, pwd.getpwnam("nobody").pw_uid, -1)
        elif os.geteuid() == 0 and host.mode is daemon.EmbeddedMode.SESSION:
            # That libvirtd cannot give files away: root has to.
            os.chown(path, pwd.getpwnam(host.qemu_user).pw_uid, -1)
    return made


def guest_xml(host: daemon.EmbeddedHost, files: dict[str, Path]) -> str:
    """Describe a guest without a system that uses everything which needs rights."""
    is_system = host.mode is daemon.EmbeddedMode.SYSTEM
    nic = "network'><source network='nat'/" if is_system else "user'"
    parts = [
        DISK.format(
            device="cdrom" if name == "medium" else "disk",
            path=path,
            label=KEEP_OWNER if name == "medium" else "",
            target=f"sd{letter}",
            readonly="<readonly/>" if name == "medium" else "",
        )
        for letter, (name, path) in zip("abc", files.items(), strict=False)
    ]
    return GUEST.format(nic=f"<interface type='{nic}></interface>", disks="".join(parts))


def guest(host: daemon.EmbeddedHost) -> bool:
    """Whether the guest is known and runs, asked over a new connection."""
    connection = libvirt.open(host.uri)
    try:
        return bool(connection.lookupByName("sleeper").isActive())
    finally:
        connection.close()


def life(root: Path) -> Report:
    """Everything that happens to a host, once."""
    report: Report = {"starters": start_four(root), "daemons": len(daemons(root))}
    began = time.monotonic()
    host = daemon.ensure(root)
    report |= {"found_s": time.monotonic() - began, "mode": host.mode.value, "uri": host.uri}
    connection = libvirt.open(host.uri)
    problems = (daemon.provision(connection, host), daemon.provision(connection, host))
    report["problems"] = [[problem.message_id for problem in each] for each in problems]
    report["pools"] = [(p.name(), p.isActive()) for p in connection.listAllStoragePools()]
    report["networks"] = [(n.name(), n.bridgeName()) for n in connection.listAllNetworks(2)]
    files = disks(host)
    domain = connection.defineXML(guest_xml(host, files))
    domain.create()
    pid = int((host.run_directory / "sleeper.pid").read_text())
    report["qemu_user"] = host.qemu_user
    report["qemu_owner"] = pwd.getpwuid(Path(f"/proc/{pid}").stat().st_uid).pw_name
    report["has_log"] = (host.log_directory / "sleeper.log").exists()
    report["owners_running"] = {name: owner(path) for name, path in files.items()}
    os.close(domain.openGraphicsFD(0, 0))

    os.kill(daemons(root)[0], signal.SIGKILL)
    report["after_kill"] = guest(daemon.ensure(root))
    hung = daemons(root)[0]
    os.kill(hung, signal.SIGSTOP)
    began = time.monotonic()
    report["after_hang"] = guest(daemon.ensure(root))
    report["hang_s"] = time.monotonic() - began
    report["same_qemu"] = int((host.run_directory / "sleeper.pid").read_text()) == pid
    report["hung_is_gone"] = hung not in daemons(root)

    daemon.stop(host)
    report["owners_stopped"] = {name: owner(path) for name, path in files.items()}
    return report


def idle(root: Path) -> Report:
    """A daemon that leaves after a second without clients."""
    layout.IDLE_SECONDS = 1
    host = daemon.ensure(root)
    connection = libvirt.open(host.uri)
    time.sleep(2.5)
    report: Report = {"stays": len(daemons(root)), "answers": connection.isAlive()}
    connection.close()
    deadline = time.monotonic() + 10
    while daemons(root) and time.monotonic() < deadline:
        time.sleep(0.1)
    report["left"] = len(daemons(root))
    daemon.stop(host)
    return report


def main() -> None:
    """Tell one story."""
    libvirt.registerErrorHandler(lambda *_: None, None)
    story = {"life": life, "idle": idle}[sys.argv[1]]
    if len(sys.argv) > 3:
        user = pwd.getpwnam(sys.argv[3])
        os.initgroups(user.pw_name, user.pw_gid)
        os.setresgid(user.pw_gid, user.pw_gid, user.pw_gid)
        os.setresuid(user.pw_uid, user.pw_uid, user.pw_uid)
    root = Path(sys.argv[2])
    try:
        report = story(root)
    except BaseException:
        daemon.stop(plan.make(root).host)
        raise
    sys.stdout.write(json.dumps(report))


if __name__ == "__main__":
    main()
