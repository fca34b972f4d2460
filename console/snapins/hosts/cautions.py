"""What one has to know before one takes an address that somebody else may have written. Pure."""

from urllib.parse import unquote, urlsplit

from PySide6.QtCore import QCoreApplication

from console.snapins.hosts import ways
from console.snapins.hosts.address import Address, Way

_UNLESS = frozenset({"", "0"})


def _tr(text: str) -> str:
    return QCoreApplication.translate("hosts", text)


def program_here(uri: str) -> str:
    """Return the program that libvirt would run on this computer for a URI; "" if ssh or none."""
    return _said(uri).get("command", "")


def caution(address: Address) -> str:
    """Return what one has to know before one takes an address, in a line; "" if nothing."""
    if address.way is not Way.URI:
        return ways.caution(address.way)
    said = _said(address.uri)
    parts = []
    if program := said.get("command"):
        parts.append(_tr("runs {program} on this computer").format(program=program))
    if program := said.get("netcat"):
        parts.append(_tr("runs {program} on the server").format(program=program))
    elif said.get("proxy") == "netcat":
        parts.append(_tr("runs netcat on the server in place of libvirt's own helper"))
    is_any = said.get("no_verify", "0") not in _UNLESS
    if is_any or said.get("known_hosts_verify") == "ignore":
        parts.append(_tr("takes whoever answers for the server"))
    return _tr("Beware: this URI {does}.").format(does="; ".join(parts)) if parts else ""


def _said(uri: str) -> dict[str, str]:
    """Return what a URI says as libvirt reads it: names in either case, and the last one counts.

    It splits at ";" what no "&" follows any more.
    """
    try:
        *parts, rest = urlsplit(uri.strip()).query.split("&")
    except ValueError:
        return {}
    pairs = (part.partition("=") for part in (*parts, *rest.split(";")))
    return {unquote(name).lower(): unquote(value) for name, _, value in pairs if value}
