"""Everything that can be done to machines, once each, and when. The verbs are the backend's."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication

from backend.model import Domain, DomainState, Host, Kind, Record
from backend.operations import domain as verbs
from backend.operations.domain import Autostart
from console.sdk.actions import Action, Run, Selection, StandardVerb
from console.sdk.context import Context, Operation, Question
from console.snapins.machines import names, places
from console.snapins.machines.creation import clone_dialog
from console.snapins.machines.devices.actions import actions as device_actions
from console.snapins.machines.dialogs import delete, show_xml
from console.snapins.machines.dialogs import notes as notes_dialog
from console.snapins.machines.history.opening import actions as history_actions
from console.snapins.machines.packages import export_dialog
from console.snapins.machines.pages import display
from console.snapins.machines.settings.opening import actions as settings_actions
from console.snapins.machines.standing import (
    CRITICAL,
    is_changing,
    is_held,
    is_panicked,
    is_silent,
    is_startable,
)
from console.snapins.machines.wishes import wishes

Rule = Callable[[Domain], bool]


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


def domains(selection: Selection) -> tuple[Domain, ...]:
    """Return the machines of a selection."""
    return tuple(record for record in selection.records if isinstance(record, Domain))


def _when(rule: Rule) -> Callable[[Record], bool]:
    return lambda record: isinstance(record, Domain) and rule(record)


def _unless(reason: Callable[[Domain], str]) -> Callable[[Record], str]:
    return lambda record: reason(record) if isinstance(record, Domain) else ""


# When each applies


def _can_start(domain: Domain) -> bool:
    return is_startable(domain) and not domain.has_saved_state


def _can_restore(domain: Domain) -> bool:
    return is_startable(domain) and domain.has_saved_state


def _runs(domain: Domain) -> bool:
    return domain.state is DomainState.RUNNING and not is_silent(domain)


def _is_paused(domain: Domain) -> bool:
    is_paused = domain.state is DomainState.PAUSED
    return is_paused and not is_changing(domain) and not is_panicked(domain)


def _can_resume(domain: Domain) -> bool:
    return _is_paused(domain) or domain.state is DomainState.SLEEPING


def _can_save(domain: Domain) -> bool:
    return _runs(domain) or (_is_paused(domain) and domain.reason not in CRITICAL)


def _can_reset(domain: Domain) -> bool:
    return _runs(domain) or _is_paused(domain) or is_panicked(domain)


# Why each is refused


def _why_not_save(domain: Domain) -> str:
    return "" if domain.is_persistent else _tr("It exists only while it runs: nothing can be kept.")


def why_not_rename(domain: Domain) -> str:
    """Return why a machine keeps its name for now; "" if it can have another."""
    if is_held(domain):
        return _tr("Shut it down first: a machine that runs keeps its name.")
    if domain.has_saved_state:
        return _tr("Start it, or delete its saved state, first: that bears its name.")
    return ""


def _why_not_copy(domain: Domain) -> str:
    if is_held(domain):
        return _tr("Shut it down first: its disks change while it runs.")
    if domain.has_saved_state:
        return _tr("Start it, or delete its saved state, first: that belongs to its disks.")
    return ""


def _why_not_delete(domain: Domain) -> str:
    return _tr("Shut it down or turn it off first.") if is_held(domain) else ""


# What each does


def _submit(verb: "Operation[[], object]") -> Callable[[Context, Selection], None]:
    def run(context: Context, selection: Selection) -> None:
        for domain in domains(selection):
            context.submit(verb, domain.ref)

    return run


def _set_autostart(setting: Autostart) -> Callable[[Context, Selection], None]:
    def run(context: Context, selection: Selection) -> None:
        for domain in domains(selection):
            context.submit(verbs.set_autostart, domain.ref, setting)

    return run


async def _confirm(
    context: Context, found: tuple[Domain, ...], title: str, text: str, choice: str
) -> bool:
    # One is named in the title already.
    listed = tuple(domain.name for domain in found) if len(found) > 1 else ()
    question = Question(title, text, (choice, _tr("Cancel")), listed, is_danger=True)
    return (await context.ask(question)).choice == 0


def _title(found: tuple[Domain, ...], one: str, many: str) -> str:
    return one.format(name=found[0].name) if len(found) == 1 else many.format(count=len(found))


async def _turn_off(context: Context, selection: Selection) -> None:
    found = domains(selection)
    title = _title(found, _tr("Turn off {name}?"), _tr("Turn off {count} virtual machines?"))
    text = _tr("This is like pulling the plug: what is not yet written to disk is lost.")
    if found and await _confirm(context, found, title, text, _tr("Turn Off")):
        for domain in found:
            context.submit(verbs.destroy, domain.ref)


async def _reset(context: Context, selection: Selection) -> None:
    found = domains(selection)
    title = _title(found, _tr("Reset {name}?"), _tr("Reset {count} virtual machines?"))
    text = _tr("This is like the reset button: what is not yet written to disk is lost.")
    if found and await _confirm(context, found, title, text, _tr("Reset")):
        for domain in found:
            context.submit(verbs.reset, domain.ref)


async def _delete_saved_state(context: Context, selection: Selection) -> None:
    found = domains(selection)
    title = _title(
        found, _tr("Delete the saved state of {name}?"), _tr("Delete {count} saved states?")
    )
    text = _tr("The next start is then like one after a power failure: what was in memory is lost.")
    if found and await _confirm(context, found, title, text, _tr("Delete Saved State")):
        for domain in found:
            context.submit(verbs.discard_saved_state, domain.ref)


async def _rename(context: Context, selection: Selection) -> None:
    (domain, *_others) = domains(selection)

    def refusal(name: str) -> str:
        return names.refusal(name, domain.ref.host, context.lookup, domain.ref)

    def act(given: Context, name: str) -> None:
        if name and name != domain.name:
            given.submit(verbs.rename, domain.ref, name)

    title = _tr("Rename {name}").format(name=domain.name)
    name = await context.ask_text(title, _tr("New name"), domain.name, refusal, act)
    act(context, name or "")


def _connect(context: Context, selection: Selection) -> None:
    (domain, *_others) = domains(selection)
    wishes.make(domain.ref)
    context.navigate(places.machine_node_id(domain.ref))


def _connect_in_window(context: Context, selection: Selection) -> None:
    for domain in domains(selection):
        display.show_in_window(context, domain.ref)


def _edit_notes(context: Context, selection: Selection) -> None:
    context.show_dialog(notes_dialog.NotesDialog(context, domains(selection)[0]))


def _clone(context: Context, selection: Selection) -> None:
    context.show_dialog(clone_dialog.CloneDialog(context, domains(selection)[0]))


def _export(context: Context, selection: Selection) -> None:
    domain = domains(selection)[0]
    host = next(context.lookup.records(Host, domain.ref.host), None)
    if host is not None:
        context.show_dialog(export_dialog.ExportDialog(context, host, domain))


def _delete(context: Context, selection: Selection) -> None:
    context.show_dialog(delete.DeleteDialog(context, domains(selection)))


def _show_xml(context: Context, selection: Selection) -> None:
    context.show_dialog(show_xml.ShowXmlDialog(context, domains(selection)[0]))


def actions() -> tuple[Action, ...]:
    """Return what can be done to machines, in the order of the panes."""
    return (
        *_connecting(),
        *settings_actions(),
        *_power(),
        *device_actions(),
        *_setting(),
        *history_actions(),
        *_keeping(),
    )


def action(action_id: str) -> Action:
    """Return the action of that id. Raises StopIteration if there is none."""
    return next(row for row in actions() if row.id == action_id)


def _row(action_id: str, text: str, icon: str, run: Run, rule: Rule, **rest: Any) -> Action:
    return Action(action_id, text, icon, Kind.DOMAIN, run, _when(rule), **rest)


def _connecting() -> tuple[Action, ...]:
    return (
        _row(
            "domain.connect",
            _tr("Connect"),
            "ph.monitor-play",
            _connect,
            lambda domain: domain.is_active,
            is_for_many=False,
            no_script=_tr("This shows the screen here. In a window of its own, virt-viewer does."),
        ),
        _row(
            "domain.connect_in_window",
            _tr("Connect in a Window"),
            "ph.arrow-square-out",
            _connect_in_window,
            lambda domain: domain.is_active,
            no_script=_tr("This shows the screen here. In a window of its own, virt-viewer does."),
        ),
    )


def _power() -> tuple[Action, ...]:
    restore = _tr("Start (Restore Saved State)")
    discard = _tr("Delete Saved State...")
    why_not_save = _unless(_why_not_save)
    return (
        _row("domain.start", _tr("Start"), "ph.play", _submit(verbs.start), _can_start),
        _row("domain.restore", restore, "ph.play", _submit(verbs.start), _can_restore),
        _row("domain.discard_saved_state", discard, "ph.eraser", _delete_saved_state, _can_restore),
        _row("domain.shutdown", _tr("Shut Down"), "ph.power", _submit(verbs.shutdown), _runs),
        _row("domain.destroy", _tr("Turn Off..."), "ph.stop", _turn_off, is_held),
        _row(
            "domain.managed_save",
            _tr("Save"),
            "ph.floppy-disk",
            _submit(verbs.managed_save),
            _can_save,
            refusal=why_not_save,
        ),
        _row("domain.suspend", _tr("Pause"), "ph.pause", _submit(verbs.suspend), _runs),
        _row("domain.resume", _tr("Resume"), "ph.play", _submit(verbs.resume), _can_resume),
        _row("domain.reset", _tr("Reset..."), "ph.arrow-counter-clockwise", _reset, _can_reset),
    )


def _setting() -> tuple[Action, ...]:
    on, off = _tr("Start with the Server"), _tr("Do Not Start with the Server")
    return (
        _row(
            "domain.autostart_on",
            on,
            "ph.sun-horizon",
            _set_autostart(Autostart.ON),
            lambda domain: domain.is_persistent and not domain.is_autostart,
            section=1,
        ),
        _row(
            "domain.autostart_off",
            off,
            "ph.sun-horizon",
            _set_autostart(Autostart.OFF),
            lambda domain: domain.is_persistent and domain.is_autostart,
            section=1,
        ),
        _row(
            "domain.set_notes",
            _tr("Edit Notes..."),
            "ph.note-pencil",
            _edit_notes,
            lambda _domain: True,
            section=1,
            is_for_many=False,
        ),
        _row(
            "domain.show_xml",
            _tr("Show XML..."),
            "ph.brackets-angle",
            _show_xml,
            lambda _domain: True,
            section=1,
            is_for_many=False,
            no_script=_tr("This only reads: virsh dumpxml shows the same."),
            only_looks=True,
        ),
    )


def _keeping() -> tuple[Action, ...]:
    return (
        _row(
            "domain.rename",
            _tr("Rename..."),
            "ph.pencil-simple",
            _rename,
            lambda _domain: True,
            refusal=_unless(why_not_rename),
            section=2,
            verb=StandardVerb.RENAME,
            is_for_many=False,
        ),
        *_copying(),
        _row(
            "domain.delete",
            _tr("Delete..."),
            "ph.trash",
            _delete,
            lambda _domain: True,
            refusal=_unless(_why_not_delete),
            section=2,
            verb=StandardVerb.DELETE,
        ),
    )


def _copying() -> tuple[Action, ...]:
    return (
        _row(
            "domain.clone",
            _tr("Clone..."),
            "ph.copy",
            _clone,
            lambda domain: domain.is_persistent,
            refusal=_unless(_why_not_copy),
            section=2,
            is_for_many=False,
        ),
        _row(
            "domain.export",
            _tr("Export..."),
            "ph.export",
            _export,
            lambda domain: domain.is_persistent,
            refusal=_unless(_why_not_copy),
            section=2,
            is_for_many=False,
        ),
    )
