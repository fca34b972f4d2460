"""The ways to a server in words, for who has to choose one."""

from PySide6.QtCore import QCoreApplication

from console.sdk.sentences import NOOP
from console.snapins.hosts.address import Way

_TITLES = {
    Way.SSH: NOOP("hosts", "Another computer, by SSH"),
    Way.TLS: NOOP("hosts", "Another computer, by TLS"),
    Way.TCP: NOOP("hosts", "Another computer, by TCP with SASL"),
    Way.SYSTEM: NOOP("hosts", "This computer, system-wide"),
    Way.SESSION: NOOP("hosts", "This computer, my own"),
    Way.URI: NOOP("hosts", "Any libvirt URI"),
}
_EXPLANATIONS = {
    Way.SSH: NOOP(
        "hosts",
        "Through a login by SSH; only libvirt has to be there. Agent and keys are used, and a "
        "password is asked for if need be.",
    ),
    Way.TLS: NOOP(
        "hosts",
        "Straight to libvirt there. Both sides prove by certificates who they are.",
    ),
    Way.TCP: NOOP(
        "hosts",
        "Straight to libvirt there, with a user's name and password or Kerberos.",
    ),
    Way.SYSTEM: NOOP(
        "hosts",
        "The virtual machines of this computer's own libvirt service. It takes the rights of root "
        "or of the group libvirt.",
    ),
    Way.SESSION: NOOP(
        "hosts",
        "The virtual machines that libvirt runs for you alone, without rights on this computer.",
    ),
    Way.URI: NOOP(
        "hosts",
        "Whatever libvirt can reach, written as libvirt writes it.",
    ),
}
_NAMES = {
    Way.SYSTEM: NOOP("hosts", "This computer, system-wide"),
    Way.SESSION: NOOP("hosts", "This computer, my own"),
}
CAUTION = NOOP(
    "hosts",
    "What goes to and fro can be read on the way unless SASL encrypts it (Kerberos does, a "
    "password does not). Use this in networks that you trust; SSH and TLS always encrypt.",
)
EXAMPLES = (
    "qemu+ssh://root@rack-2/system?no_tty=1",
    "qemu+unix:///system?socket=/run/libvirt/virtqemud-sock",
    "test:///default",
)


def _tr(text: str) -> str:
    return QCoreApplication.translate("hosts", text)


def titles() -> tuple[tuple[Way, str], ...]:
    """Return the ways in the order in which they are offered, each with what it is called."""
    return tuple((way, _tr(text)) for way, text in _TITLES.items())


def explanation(way: Way) -> str:
    """Return when one takes a way, and what it needs."""
    return _tr(_EXPLANATIONS[way])


def name(way: Way) -> str:
    """Return what a server is called that is known by the way alone; "" for the others."""
    return _tr(_NAMES[way]) if way in _NAMES else ""


def caution(way: Way) -> str:
    """Return what one has to know before one takes a way; "" if nothing."""
    return _tr(CAUTION) if way is Way.TCP else ""
