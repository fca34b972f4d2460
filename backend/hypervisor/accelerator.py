"""Decides between KVM and TCG by running a guest, because nothing else proves KVM.

/dev/kvm and libvirt's capabilities were there, KVM guests started and stayed "running", and yet
got nowhere (nested virtualisation, measured). So QEMU runs its own firmware under KVM to the end,
which takes 0.1 s where KVM works.

A sharper test for later: boot the sample kernel under both and keep the faster; a KVM was seen
whose SeaBIOS ended after 5 s (refused here by the deadline) while Linux never came up.
"""

import contextlib
import json
import os
import platform
import selectors
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from backend.errors import Problem
from backend.hypervisor.embedded import rights
from backend.hypervisor.embedded.failures import ProgramMissing
from backend.hypervisor.embedded.rights import Identity
from backend.model import Accelerator

_KVM = Path("/dev/kvm")
_PROBE_SECONDS = 2.0
# SeaBIOS, on its debug port, once every part of it has run (without any disk to start from).
_FIRMWARE_END = b"No bootable device"
_FIRMWARE_CHANNEL = (
    "-machine", "q35", "-m", "32",
    "-chardev", "stdio,id=debug", "-device", "isa-debugcon,iobase=0x402,chardev=debug",
)  # fmt: skip
_EMPTY = ("-machine", "none", "-monitor", "stdio")
_EMPTY_END = b"(qemu)"


@dataclass(frozen=True, slots=True)
class AcceleratorVerdict:
    """What runs guests here; `reason` says why it is not KVM."""

    accelerator: Accelerator
    reason: Problem | None = None


def probe(emulator: Path, cache: Path, user: str = "") -> AcceleratorVerdict:
    """Say whether a guest really runs under KVM; at most 3 s, at once when it is known.

    `cache` is a file (a directory is made for it) that holds the last verdict, believed as long as
    kernel, QEMU, processor model and access rights are the same. `user` is the one QEMU runs
    under; empty for this process's own. Reasons for TCG: KvmMissing, KvmNotPermitted (with
    `user`), KvmOtherProcessor, KvmGuestFails (the detail is QEMU's last line, if it said any).
    Raises ProgramMissing when there is no emulator.
    """
    if not os.access(emulator, os.X_OK):
        raise ProgramMissing(program=str(emulator), package="qemu-system-x86")
    identity = rights.find_user((user,)) if user else None
    identity = identity or rights.identity_of_self()
    key = _key(emulator, identity)
    known = _read(cache, key)
    if known is None:
        known = _try(emulator, identity)
        _write(cache, key, known)
    return known


def _try(emulator: Path, identity: Identity) -> AcceleratorVerdict:
    reason = _obstacle(emulator, identity)
    if reason is None:
        reason = _run(emulator, identity)
    return AcceleratorVerdict(Accelerator.TCG if reason else Accelerator.KVM, reason)


def _obstacle(emulator: Path, identity: Identity) -> Problem | None:
    """Return why KVM is out of the question, if it is."""
    if not _KVM.exists():
        return Problem("KvmMissing")
    if not emulator.name.endswith(platform.machine()):
        return Problem("KvmOtherProcessor", (("processor", platform.machine()),))
    if not rights.can_use_kvm(identity):
        return Problem("KvmNotPermitted", (("user", identity.name),))
    return None


def _run(emulator: Path, identity: Identity) -> Problem | None:
    """Run the firmware to its end under KVM; return what went wrong.

    Elsewhere than on x86 there is no firmware that speaks here: QEMU has to set KVM up, no more.
    """
    is_x86 = emulator.name.endswith("x86_64")
    end = _FIRMWARE_END if is_x86 else _EMPTY_END
    process = subprocess.Popen(
        (
            *identity.prefix, str(emulator), "-accel", "kvm", "-cpu", "host",
            "-nodefaults", "-no-user-config", "-display", "none", "-no-reboot",
            *(_FIRMWARE_CHANNEL if is_x86 else _EMPTY),
        ),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd="/",
    )  # fmt: skip
    try:
        output = _read_until(process, end)
    finally:
        process.kill()
        process.communicate()
    if end in output:
        return None
    lines = [line for line in output.decode(errors="replace").splitlines() if "qemu" in line]
    return Problem("KvmGuestFails", detail=tuple(lines[-1:]))


def _read_until(process: subprocess.Popen[bytes], end: bytes) -> bytes:
    output = b""
    deadline = time.monotonic() + _PROBE_SECONDS
    if process.stdout is None:
        return output
    descriptor = process.stdout.fileno()
    with selectors.DefaultSelector() as selector:
        selector.register(descriptor, selectors.EVENT_READ)
        while end not in output and (left := deadline - time.monotonic()) > 0:
            if selector.select(left):
                piece = os.read(descriptor, 65536)
                if not piece:
                    break
                output += piece
    return output


def _key(emulator: Path, identity: Identity) -> str:
    """Return everything the verdict depends on."""
    program = emulator.stat()
    try:
        device = _KVM.stat()
        access = f"{device.st_mode:o} {device.st_uid} {device.st_gid}"
    except OSError:
        access = "none"
    groups = sorted(os.getgrouplist(identity.name, identity.gid))
    parts = (
        platform.release(), emulator, program.st_mtime_ns, program.st_size,
        _processor(), access, identity.uid, groups,
    )  # fmt: skip
    return " | ".join(map(str, parts))


def _processor() -> str:
    wanted = ("vendor_id", "cpu family", "model", "stepping", "model name", "CPU part")
    found: dict[str, str] = {}
    with contextlib.suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            name, _, value = line.partition(":")
            if name.strip() in wanted:
                found.setdefault(name.strip(), value.strip())
    return " ".join(found.values())


def _read(cache: Path, key: str) -> AcceleratorVerdict | None:
    try:
        saved = json.loads(cache.read_text())
        if saved["key"] != key:
            return None
        reason = saved["reason"]
        problem = (
            Problem(
                reason["message_id"],
                tuple((name, value) for name, value in reason["arguments"]),
                tuple(reason["detail"]),
            )
            if reason
            else None
        )
        return AcceleratorVerdict(Accelerator(saved["accelerator"]), problem)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _write(cache: Path, key: str, verdict: AcceleratorVerdict) -> None:
    """Keep the verdict; a cache that cannot be written costs a probe at the next start."""
    reason = verdict.reason
    saved = {
        "key": key,
        "accelerator": verdict.accelerator.value,
        "reason": reason
        and {
            "message_id": reason.message_id,
            "arguments": reason.arguments,
            "detail": reason.detail,
        },
    }
    with contextlib.suppress(OSError):
        cache.parent.mkdir(parents=True, exist_ok=True)
        fresh = cache.with_name(f".{cache.name}.{os.getpid()}")
        fresh.write_text(json.dumps(saved))
        fresh.replace(cache)
