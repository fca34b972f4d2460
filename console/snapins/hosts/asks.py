"""What hosts wait to be told on the way to them, each question in a dialog made for it."""

from typing import TYPE_CHECKING

from backend.model import Host, Kind, PromptKind, Record
from console.sdk.context import Context
from console.sdk.snapin import AskRule
from console.snapins.hosts.dialogs import host_key, secret

if TYPE_CHECKING:
    from console.snapins.hosts.dialogs.prompt import PromptDialog

_KEYS = (
    PromptKind.HOST_KEY,
    PromptKind.HOST_KEY_CHANGED,
    PromptKind.CERTIFICATE,
    PromptKind.CERTIFICATE_CHANGED,
)


def rules() -> tuple[AskRule, ...]:
    """Return what is to be asked for hosts."""
    return (AskRule(Kind.HOST, _waits_for, _dialog),)


def _waits_for(record: Record) -> object | None:
    return record.prompt.id if isinstance(record, Host) and record.prompt else None


def _dialog(context: Context, record: Record) -> "PromptDialog":
    if not isinstance(record, Host) or record.prompt is None:
        raise ValueError("nothing is asked")
    made = host_key.HostKeyDialog if record.prompt.kind in _KEYS else secret.SecretDialog
    return made(context, record, record.prompt)
