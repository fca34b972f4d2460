"""Why nothing can be changed on a machine at this moment; "" if it can."""

from PySide6.QtCore import QCoreApplication

from backend.model import Domain, Host, HostState, Ref
from console.sdk import reach
from console.sdk.context import Lookup


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


def lock(lookup: Lookup, ref: Ref) -> str:
    """Return in words why nothing of it can be changed now."""
    host = next(lookup.records(Host, ref.host), None)
    if host is None:
        return _tr("Its server is no longer managed here.")
    if host.state is not HostState.CONNECTED:
        name = reach.short_name(host)
        return _tr("{host} is away: this can be changed when it is back.").format(host=name)
    if lookup.record(ref, Domain) is None:
        return _tr("The virtual machine is no longer there: somebody has removed it.")
    return reach.only_looking(host)
