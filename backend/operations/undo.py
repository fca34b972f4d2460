"""Taking back what a job did."""

import functools
from collections.abc import Awaitable, Callable

from backend.errors import ChangedSince, Gone
from backend.host.managed import ManagedHost
from backend.jobs import Inverse
from backend.model import Kind, Ref


def undoing(inverse: Inverse) -> Callable[[ManagedHost, Ref], Awaitable[object]]:
    """Return the operation that takes back what a job did. As a job it has the inverse's name.

    It raises Gone or ChangedSince, and does nothing, if its subject is no longer as the job left
    it; what it does can be taken back in turn.
    """

    @functools.wraps(inverse.operation)
    async def take_back(host: ManagedHost, ref: Ref) -> object:
        if ref.kind is Kind.DOMAIN:
            await host.read_now(ref)
        record = host.inventory.get(ref)
        if record is None:
            raise Gone
        if not inverse.fits(record):
            raise ChangedSince(name=getattr(record, "name", ref.key))
        return await inverse.operation(host, ref, *inverse.arguments)

    return take_back
