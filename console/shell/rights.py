"""Where one may only look: said in one place for all that changes something on a host."""

from backend.model import Host, Kind, Ref
from console.sdk import reach
from console.sdk.context import Lookup


class Rights:
    """What the connections to the hosts allow, as far as is known."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup

    def refusal(self, host_id: str) -> str:
        """Return why nothing can be changed on a host, "" if that is allowed or not known."""
        host = self._lookup.record(Ref(host_id, Kind.HOST, host_id), Host)
        return reach.only_looking(host) if host else ""
