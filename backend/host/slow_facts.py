"""What takes seconds to find out about a host, and keeps nobody waiting meanwhile."""

import functools
import platform
import shutil
from pathlib import Path
from urllib.parse import urlsplit

from backend.errors import BackendError, Problem
from backend.host.lines import Lines
from backend.hypervisor import accelerator, facts
from backend.hypervisor.embedded.record import EmbeddedHost
from backend.hypervisor.places import cache_directory
from backend.model import Accelerator

_PROBE_DEADLINE_S = 120.0
_VERSION_DEADLINE_S = 60.0


async def find_accelerator(
    lines: Lines, embedded: EmbeddedHost | None
) -> tuple[Accelerator, Problem | None]:
    """Return what runs guests on the host, and why it is not KVM."""
    where = urlsplit(lines.uri)
    is_here = where.scheme.startswith("qemu") and not where.netloc
    if embedded is None and not is_here:
        return await _claimed(lines), None
    try:
        verdict = await lines.local.run(
            functools.partial(_probe, embedded), deadline_s=_PROBE_DEADLINE_S
        )
    except BackendError as error:
        return Accelerator.TCG, error.problem  # a host without an emulator of ours still is one
    return verdict.accelerator, verdict.reason


async def _claimed(lines: Lines) -> Accelerator:
    """Return what a host far away says: whether KVM really runs there, only a guest would show."""
    try:
        has_kvm = await lines.monitor.call(facts.may_have_kvm, deadline_s=_VERSION_DEADLINE_S)
    except BackendError:
        has_kvm = True
    return Accelerator.KVM if has_kvm else Accelerator.TCG


async def read_version(lines: Lines) -> str | None:
    """Return the hypervisor with its version; None if it does not tell."""
    try:
        return await lines.monitor.call(
            facts.read_hypervisor_version, deadline_s=_VERSION_DEADLINE_S
        )
    except BackendError:
        return None


def _probe(embedded: EmbeddedHost | None) -> accelerator.AcceleratorVerdict:
    program = f"qemu-system-{platform.machine()}"
    emulator = Path(shutil.which(program) or f"/usr/bin/{program}")
    if embedded:
        return accelerator.probe(emulator, embedded.root / "accelerator.json", embedded.qemu_user)
    return accelerator.probe(emulator, cache_directory() / "accelerator.json")
