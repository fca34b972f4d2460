"""The sentences for a machine's serial ports. A part of `console.sdk.sentences`."""

from collections.abc import Mapping
from typing import Final

from console.sdk.marking import NOOP

SERIAL: Final[Mapping[str, str]] = {
    "SerialMissing": NOOP(
        "wording",
        "“{name}” has no such serial port that can be opened from here; what it writes may go "
        "elsewhere ({target}).",
    ),
    "SerialInUse": NOOP(
        "wording",
        "Another client has the serial port of “{name}” (virsh console, or another Celadon). It "
        "takes one at a time.",
    ),
    "SerialEnded": NOOP(
        "wording",
        "The serial port was closed by the other side: the machine stopped, or another client took "
        "it.",
    ),
}
