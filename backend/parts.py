"""The noun of a machine's other devices: all that is neither drive nor adapter."""

from dataclasses import dataclass

_NAMED = "ua-"


@dataclass(frozen=True, slots=True)
class Part:
    """A device as its description has it, whatever it is.

    `tag` is libvirt's element, and `facts` what stands in it, by path: ("@model", "virtio") is an
    attribute of its own, ("backend@model", "random") one below, ("backend", "/dev/urandom") text.
    """

    tag: str
    facts: tuple[tuple[str, str], ...] = ()
    alias: str = ""

    def get(self, path: str, default: str = "") -> str:
        """Return what stands at a path."""
        return next((value for name, value in self.facts if name == path), default)

    @property
    def address(self) -> str:
        """Where in the machine it is plugged in ("pci 0000:05:00.0"); "" where that is not told.

        It is the same as it runs and at the next start, unless it was plugged in meanwhile.
        """
        kind = self.get("address@type")
        if kind == "pci":
            pci = ("domain", "bus", "slot", "function")
            numbers = [int(self.get(f"address@{name}", "0"), 0) for name in pci]
            return "pci {:04x}:{:02x}:{:02x}.{:x}".format(*numbers)
        names = ("controller", "bus", "port", "slot", "iobase", "cssid", "ssid", "devno")
        told = [self.get(f"address@{name}") for name in names]
        return f"{kind} {':'.join(one for one in told if one)}" if kind else ""

    @property
    def place(self) -> str:
        """What tells it from others of its sort: its alias if somebody gave it one, or where it is.

        libvirt's own aliases will not do: the definition does not have them.
        """
        return self.alias if self.alias.startswith(_NAMED) else self.address
