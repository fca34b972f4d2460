"""What a host has for machines that are to be made: room, firmware, switches, and why not."""

from dataclasses import dataclass
from typing import Final

from backend.devices import Choice, PoolChoice
from backend.errors import BackendError, Problem
from backend.host.managed import ManagedHost
from backend.hypervisor import making
from backend.model import Firmware, Network, Ref, StoragePool
from backend.operations import prospects
from backend.refusals import SecureBootMissing, UefiMissing
from backend.specs import MachineSpec
from backend.xmldesc import capabilities
from backend.xmldesc.capabilities import DomainCapabilities

_MACHINE: Final = "q35"
_PROBE_DEADLINE_S = 60.0
_UNKNOWN = DomainCapabilities(0, has_uefi=True, has_secure_boot=True)


@dataclass(frozen=True, slots=True)
class Means:
    """What there is at this moment. `uefi` and `secure_boot` say why not; None: it has that.

    0 bytes and 0 processors: it does not say.
    """

    memory_bytes: int
    free_memory_bytes: int
    vcpus_maximum: int
    pools: tuple[PoolChoice, ...]
    switches: tuple[Choice, ...]
    uefi: Problem | None = None
    secure_boot: Problem | None = None


async def free_memory(host: ManagedHost, _ref: Ref) -> int:
    """Return how many bytes of the host's memory are free now; 0: it does not say."""
    try:
        return await host.ask(making.free_memory_bytes)
    except BackendError:
        return 0


async def look(host: ManagedHost, ref: Ref) -> Means:
    """Return what the host has now. Raises what keeps it from answering."""
    able = await _capabilities(host)
    await host.read_storage_now()
    pools = host.inventory.all(StoragePool, host.spec.id)
    networks = host.inventory.all(Network, host.spec.id)
    free = await free_memory(host, ref)
    return Means(
        memory_bytes=host.record.memory_bytes,
        free_memory_bytes=free,
        vcpus_maximum=able.vcpus_maximum,
        pools=tuple(map(prospects.pool_choice, sorted(pools, key=lambda pool: pool.name))),
        switches=prospects.switches(networks),
        uefi=None if able.has_uefi else UefiMissing(host=host.record.name).problem,
        secure_boot=(
            None if able.has_secure_boot else SecureBootMissing(host=host.record.name).problem
        ),
    )


async def require_firmware(host: ManagedHost, spec: MachineSpec) -> None:
    """Raise UefiMissing or SecureBootMissing where the host lacks what the machine boots with."""
    if spec.firmware is not Firmware.UEFI:
        return
    able = await _capabilities(host)
    if not able.has_uefi:
        raise UefiMissing(host=host.record.name)
    if spec.has_secure_boot and not able.has_secure_boot:
        raise SecureBootMissing(host=host.record.name)


async def _capabilities(host: ManagedHost) -> DomainCapabilities:
    """Return what the hypervisor says; of one that cannot be asked, that it may be possible."""
    accelerator = (await host.known_accelerator()).value
    try:
        text = await host.ask(
            lambda connect: making.domain_capabilities(connect, _MACHINE, accelerator),
            deadline_s=_PROBE_DEADLINE_S,
        )
    except BackendError:
        return _UNKNOWN
    return capabilities.parse(text)
