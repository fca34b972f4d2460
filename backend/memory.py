"""The noun of memory that is added to a machine."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MemoryModule:
    """Memory that was added to a machine: a "dimm", or "virtio-mem", which can grow and shrink.

    Of `size_bytes` its guest is to have `requested_bytes` and has taken `plugged_bytes` so far,
    which only "virtio-mem" tells (else 0).
    """

    model: str
    size_bytes: int
    requested_bytes: int
    plugged_bytes: int = 0
    alias: str = ""
