"""What can be done to virtual hard disks, and when. The verbs are the backend's."""

from PySide6.QtCore import QCoreApplication

from backend.model import Domain, Kind, Ref, StorageVolume
from backend.operations import storage, uses
from console.sdk.actions import Action, Selection, StandardVerb
from console.sdk.context import Context, Question


def _tr(text: str) -> str:
    return QCoreApplication.translate("storage", text)


def actions() -> tuple[Action, ...]:
    """Return all of them."""
    return (
        Action(
            "storage.delete_volume",
            _tr("Delete..."),
            "ph.trash",
            Kind.STORAGE_VOLUME,
            _delete,
            section=9,
            verb=StandardVerb.DELETE,
        ),
    )


async def _delete(context: Context, selection: Selection) -> None:
    found = tuple(one for one in selection.records if isinstance(one, StorageVolume))
    used = {one.ref: names for one in found if (names := _users(context, one))}
    free = tuple(one for one in found if one.ref not in used)
    if used:
        await context.ask(_refusal(found, used))
    if not free:
        return
    title = _tr("Delete {name}?").format(name=free[0].name)
    if len(free) > 1:
        title = _tr("Delete {count} virtual hard disks?").format(count=len(free))
    text = _tr("No virtual machine uses it here. What is on it is lost for good.")
    names = tuple(one.name for one in free) if len(free) > 1 else ()
    question = Question(title, text, (_tr("Delete"), _tr("Cancel")), names, is_danger=True)
    if (await context.ask(question)).choice == 0:
        for one in free:
            context.submit(storage.delete_volume, one.ref)


def _users(context: Context, volume: StorageVolume) -> tuple[str, ...]:
    host = volume.ref.host
    volumes = uses.by_path(context.lookup.records(StorageVolume, host))
    return uses.users_of(volume.path, context.lookup.records(Domain, host), volumes).names


def _refusal(found: tuple[StorageVolume, ...], used: dict[Ref, tuple[str, ...]]) -> Question:
    lines = tuple(
        _tr("{name} is used by {users}").format(name=one.name, users=", ".join(used[one.ref]))
        for one in found
        if one.ref in used
    )
    return Question(
        _tr("Virtual hard disks in use stay"),
        _tr("Remove them from what uses them first."),
        (_tr("Close"),),
        lines,
    )
