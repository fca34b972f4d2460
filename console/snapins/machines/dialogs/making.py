"""What follows when a dialog has handed in that a machine is to be made, whichever dialog it is."""

from collections.abc import Callable
from typing import Protocol

from backend.errors import Problem
from backend.jobs import JobState
from backend.model import Host, Ref
from backend.operations import domain as verbs
from console.sdk.context import Context, JobHandle
from console.snapins.machines import places


class Maker(Protocol):
    """A dialog that asks for a machine."""

    def show_failure(self, problem: Problem) -> None:
        """Say why the last attempt failed, until something is changed."""


async def see_through(
    context: Context, host: Host, job: JobHandle, again: Callable[[], Maker], *, is_started: bool
) -> None:
    """Have the machine that a job makes shown and, if wanted, started.

    A failure brings the dialog back, as `again` makes it with what was asked for.
    """
    ended = await job
    if ended.state is JobState.FAILED:
        dialog = again()
        dialog.show_failure(ended.problem or Problem("Unexpected"))
        context.show_dialog(dialog)
    if not isinstance(ended.result, Ref):
        return
    context.navigate(places.machines_node_id(host.ref.host), ended.result)
    if is_started:
        context.submit(verbs.start, ended.result)
