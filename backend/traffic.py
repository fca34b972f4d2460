"""The noun of what goes through one device of a machine."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Traffic:
    """What goes through one device: a drive by its target, an adapter by its MAC address.

    Into the machine (read, received) and out of it (written, sent), in bytes a second.
    """

    device: str
    in_bytes_s: float
    out_bytes_s: float
