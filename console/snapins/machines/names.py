"""What a machine may be called, said while somebody types. The rule itself is the backend's."""

from PySide6.QtCore import QCoreApplication

from backend.defaults import is_name_fit
from backend.errors import NameInvalid, NameTaken
from backend.model import Domain, Ref
from console.sdk import wording
from console.sdk.context import Lookup


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


def refusal(name: str, host: str, lookup: Lookup, own: Ref | None = None) -> str:
    """Return why `name` will not do for a machine of `host`, "" if it will.

    `own` is the machine that is being renamed: it may keep its name.
    """
    if not name:
        return _tr("Type a name for the machine.")
    if not is_name_fit(name):
        return wording.sentence(NameInvalid(name=name).problem)
    others = (domain for domain in lookup.records(Domain, host) if domain.ref != own)
    if any(domain.name == name for domain in others):
        return wording.sentence(NameTaken(name=name).problem)
    return ""


def proposal(host: str, lookup: Lookup, wanted: str = "") -> str:
    """Return a name that is free: the wanted one or "New Virtual Machine", or with a number."""
    taken = {domain.name for domain in lookup.records(Domain, host)}
    first = wanted or _tr("New Virtual Machine")
    names = (first if number == 1 else f"{first} {number}" for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)
