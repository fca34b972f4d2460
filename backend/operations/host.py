"""Verbs on a host as a whole."""

from collections.abc import Callable

from backend import jobs
from backend.errors import HostAway, ProblemError
from backend.host.managed import ManagedHost
from backend.host.questions import Reply
from backend.model import Host, HostState, Keep, Record, Ref

RECONNECT_DEADLINE_S = 150.0
DISCONNECT_DEADLINE_S = 10.0


async def reconnect(host: ManagedHost, ref: Ref) -> None:
    """The host is connected. Raises what keeps it away, once it was tried.

    The deadline does not run while the user is asked something.
    """
    if host.record.state is HostState.CONNECTED:
        return
    is_decided = _decision(was_tried=host.record.state is HostState.CONNECTING)
    host.reconnect()
    jobs.report(is_cancellable=True)
    while True:
        after = await host.inventory.until(
            ref, lambda r: is_decided(r) or _is_asked(r), deadline_s=RECONNECT_DEADLINE_S
        )
        if not _is_asked(after):
            break
        jobs.report(stage="waiting_for_answer", is_cancellable=True)
        await host.inventory.until(ref, lambda r: not _is_asked(r), deadline_s=None)
        jobs.report(is_cancellable=True)
    if isinstance(after, Host) and after.state is HostState.AWAY and after.problem:
        raise ProblemError(after.problem)
    if not isinstance(after, Host) or after.state is not HostState.CONNECTED:
        raise HostAway(host=host.record.name)


async def disconnect(host: ManagedHost, ref: Ref) -> None:
    """The host is not connected, and no connection is tried until `reconnect`."""
    host.disconnect()
    await host.inventory.until(
        ref,
        lambda r: not isinstance(r, Host) or r.state is HostState.DISCONNECTED,
        deadline_s=DISCONNECT_DEADLINE_S,
    )


async def answer(host: ManagedHost, _ref: Ref, prompt_id: int, text: str, keep: Keep) -> None:
    """The host's question is answered. Raises PromptOutdated if it is no longer asked."""
    host.questions.answer(prompt_id, Reply(text, keep))


async def decline(host: ManagedHost, _ref: Ref, prompt_id: int) -> None:
    """Nobody answers the host's question: the attempt ends, and none is made before `reconnect`.

    Raises PromptOutdated if it is no longer asked.
    """
    host.questions.decline(prompt_id)


async def refresh(host: ManagedHost, _ref: Ref) -> None:
    """The inventory shows all that the host has at this moment."""
    await host.refresh_all()


def _decision(*, was_tried: bool) -> Callable[[Record | None], bool]:
    """Return what is true of the host's record once it was tried and one knows how that ended."""

    def is_decided(record: Record | None) -> bool:
        nonlocal was_tried
        if not isinstance(record, Host):
            return True
        was_tried |= record.state is HostState.CONNECTING
        return record.state is HostState.CONNECTED or (
            was_tried and record.state is not HostState.CONNECTING
        )

    return is_decided


def _is_asked(record: Record | None) -> bool:
    return isinstance(record, Host) and record.prompt is not None
