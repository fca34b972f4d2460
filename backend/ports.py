"""The nouns of what a machine speaks through besides its screen; a part of `model`."""

from dataclasses import dataclass
from enum import Enum


class Hold(Enum):
    """What to do about another client that has the port: leave it alone, or end its session."""

    SAFE = "safe"
    FORCE = "force"


@dataclass(frozen=True, slots=True)
class SerialPort:
    """A port of a machine that carries text.

    `kind` is libvirt's element ("serial", "console" for a paravirtual one) and `number` its place
    among those; `source` is what lies behind it ("pty", "unix", "tcp", "file", ...). `alias` is
    libvirt's name for it while the machine runs.
    """

    kind: str
    number: int
    model: str = ""
    source: str = "pty"
    alias: str = ""

    @property
    def can_be_opened(self) -> bool:
        """Whether libvirt hands its bytes on; else they go where `source` says."""
        return self.source in ("pty", "unix")
