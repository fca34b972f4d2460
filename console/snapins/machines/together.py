"""What is done to all machines of a server: started in their order, stopped as each is set."""

from typing import Any, Final

from PySide6.QtCore import QCoreApplication

from backend.model import Domain, Host, HostState, Kind, Record
from backend.operations import automatic
from console.sdk.actions import Action, Run, Selection
from console.sdk.context import Context, Question

_SECTION: Final = 7


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


def _is_there(record: Record) -> bool:
    return isinstance(record, Host) and record.state is HostState.CONNECTED


def _start(context: Context, selection: Selection) -> None:
    for record in selection.records:
        context.submit(automatic.start, record.ref)


async def _stop(context: Context, selection: Selection) -> None:
    hosts = [record for record in selection.records if isinstance(record, Host)]
    names = tuple(
        domain.name
        for host in hosts
        for domain in context.lookup.records(Domain, host.ref.host)
        if domain.is_active
    )
    if not names:
        await context.ask(
            Question(_tr("No virtual machine runs there."), "", (_tr("Close"),)),
        )
        return
    title = (
        _tr("Stop {name}?").format(name=names[0])
        if len(names) == 1
        else _tr("Stop all {count} virtual machines?").format(count=len(names))
    )
    text = _tr(
        "What started last stops first. Each is saved, shut down or turned off, as its settings "
        "say (Automatic stop); without a word there it is saved, and goes on where it was."
    )
    question = Question(title, text, (_tr("Stop"), _tr("Cancel")), names)
    if (await context.ask(question)).choice == 0:
        for host in hosts:
            context.submit(automatic.stop, host.ref)


def actions() -> tuple[Action, ...]:
    """Return what can be done to all machines of a server."""
    return (
        _row("host.start_machines", _tr("Start Machines in Order"), "ph.play", _start),
        _row("host.stop_machines", _tr("Stop All Machines..."), "ph.power", _stop),
    )


def _row(action_id: str, text: str, icon: str, run: Run, **rest: Any) -> Action:
    return Action(
        action_id,
        text,
        icon,
        Kind.HOST,
        run,
        _is_there,
        section=_SECTION,
        no_script=_tr("On the server itself, packaging/machines start and stop do the same."),
        **rest,
    )
