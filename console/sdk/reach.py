"""How the way to a host stands, for its node and for whoever lists what the host has.

"{left}" in these texts is the time until `counts_to`; the shell fills it in, second by second.
"""

from typing import Final
from urllib.parse import urlsplit

from PySide6.QtCore import QCoreApplication

from backend.errors import Problem
from backend.model import Host, HostState, Kind, PromptKind, Ref
from console.sdk import wording
from console.sdk.context import Lookup
from console.sdk.sentences import NOOP
from console.sdk.views import Message

RECONNECT: Final = "node.reconnect"
CONNECT_AGAIN: Final = "node.connect"
CONNECT: Final = "hosts.connect"
_BRIEF: Final = {
    "HostNotAnswering": NOOP("reach", "no answer"),
    "ConnectionLost": NOOP("reach", "connection lost"),
    "NotPermitted": NOOP("reach", "not permitted"),
    "UriInvalid": NOOP("reach", "wrong address"),
    "NameNotResolved": NOOP("reach", "name not known"),
    "NoRoute": NOOP("reach", "no route"),
    "ConnectionRefused": NOOP("reach", "port {port} refused"),
    "ConnectionTimedOut": NOOP("reach", "no answer"),
    "LoginFailed": NOOP("reach", "login failed"),
    "AuthenticationFailed": NOOP("reach", "login refused"),
    "PromptDeclined": NOOP("reach", "not answered"),
    "HostKeyRejected": NOOP("reach", "key not accepted"),
    "HostKeyUnknown": NOOP("reach", "key not known"),
    "LibvirtMissingHere": NOOP("reach", "no libvirt here"),
    "HostKeyChanged": NOOP("reach", "its key has changed"),
    "LibvirtMissingThere": NOOP("reach", "no libvirt there"),
    "CertificateMissing": NOOP("reach", "certificate missing"),
    "CertificateNotTrusted": NOOP("reach", "certificate not trusted"),
    "SaslMissing": NOOP("reach", "no SASL here"),
    "ProgramMissing": NOOP("reach", "{program} is not installed"),
    "EmbeddedHostFailed": NOOP("reach", "libvirt did not start"),
    "EmbeddedHostBusy": NOOP("reach", "another Celadon is starting it"),
    "ShortPathRefused": NOOP("reach", "path too long"),
    "Unexpected": NOOP("reach", "a fault of Celadon"),
}


_ASKS: Final = {
    PromptKind.USERNAME: NOOP("reach", "asks for a user's name"),
    PromptKind.PASSWORD: NOOP("reach", "asks for a password"),
    PromptKind.PASSPHRASE: NOOP("reach", "asks for the passphrase of a key"),
    PromptKind.CODE: NOOP("reach", "asks for a code"),
    PromptKind.HOST_KEY: NOOP("reach", "is not known yet: its key is to be checked"),
    PromptKind.HOST_KEY_CHANGED: NOOP("reach", "shows another key than before"),
    PromptKind.DISPLAY_USER: NOOP("reach", "asks for a user's name"),
    PromptKind.DISPLAY_PASSWORD: NOOP("reach", "asks for a password"),
    PromptKind.CERTIFICATE: NOOP("reach", "is not known yet: its certificate is to be checked"),
    PromptKind.CERTIFICATE_CHANGED: NOOP("reach", "shows another certificate than before"),
}


def _tr(text: str) -> str:
    return QCoreApplication.translate("reach", text)


def brief(problem: Problem) -> str:
    """Return in a word or three why a host is away."""
    text = _tr(_BRIEF.get(problem.message_id, NOOP("reach", "no connection")))
    return text.format(**{name: str(value) for name, value in problem.arguments})


def short_name(host: Host) -> str:
    """Return a host's name; where a URI stands for one, that of its computer."""
    return urlsplit(host.name).hostname or host.name if "://" in host.name else host.name


def why(host: Host) -> str:
    """Return in a sentence why a host is away and what to do; "" if nothing is known of that."""
    if host.problem is None:
        return ""
    if host.problem.message_id != "ConnectionLost":
        return wording.sentence(host.problem)
    # The sentence of this problem is for a job that was under way.
    if host.hostname:
        return _tr("The connection was lost. What runs there goes on; Celadon keeps trying.")
    return _tr(
        "No connection could be made. See to it that the computer is on, that its name is right, "
        "and that you can log in there without being asked for a password."
    )


def only_looking(host: Host) -> str:
    """Return why nothing can be changed on a host, and what to do; "" if there is the right."""
    if not host.is_read_only:
        return ""
    is_wanted = any(note.message_id == "ReadOnlyWanted" for note in host.notes)
    text = _tr(
        "You may only look at {host}: the connection is read-only, as you asked. For all rights, "
        "choose Edit Connection on the server and clear “Connect read-only”."
    )
    if not is_wanted:
        text = _tr(
            "You may only look at {host}: the user there has no right to change anything. Let it "
            "join the group libvirt there (usermod -aG libvirt USER), then reconnect."
        )
    return text.format(host=short_name(host))


def rights_at(lookup: Lookup, host_id: str) -> str:
    """Return why nothing can be changed on the host of that id; "" if it can, or is not known."""
    host = lookup.record(Ref(host_id, Kind.HOST, host_id), Host)
    return only_looking(host) if host else ""


def why_unread(lookup: Lookup, host_id: str) -> str:
    """Return why nothing is read of the host of that id; "" if it is, or is not known."""
    host = lookup.record(Ref(host_id, Kind.HOST, host_id), Host)
    is_gone = host is not None and is_away(host)
    return _tr("The server is out of reach: nothing is read meanwhile.") if is_gone else ""


def look_only(host: Host) -> Message | None:
    """Return what stands above what a host has while one may only look; None if one may more."""
    reason = only_looking(host)
    return Message(_tr("Read-only"), reason, "ph.eye") if reason else None


def is_by_libvirt_alone(host: Host) -> bool:
    """Whether nothing leads to the host's own files: it is neither here nor reached by SSH."""
    where = urlsplit(host.uri)
    return bool(where.hostname) and not where.scheme.endswith("+ssh")


def is_away(host: Host) -> bool:
    """Whether the host cannot be had: it is away, or is tried again after it was."""
    return host.state is HostState.AWAY or (
        host.state is HostState.CONNECTING and host.problem is not None
    )


def remark(host: Host) -> str:
    """Return what stands beside a host's name."""
    if host.state is HostState.CONNECTED:
        words = (
            _tr("this computer") if host.is_embedded else "",
            _tr("read-only") if host.is_read_only else "",
        )
        return ", ".join(word for word in words if word)
    if host.state is HostState.DISCONNECTED:
        return _tr("not connected")
    if host.prompt:
        return _tr(_ASKS[host.prompt.kind])
    if not is_away(host):
        return _tr("starting") if host.is_embedded else _tr("connecting")
    reason = brief(host.problem) if host.problem else _tr("no connection")
    return _tr("away: {reason}, {next}").format(reason=reason, next=_next(host))


def outdated(host: Host) -> Message | None:
    """Return what stands above lists of what a host had when it was last seen; None if it is there.

    It offers to reconnect.
    """
    if host.state is HostState.DISCONNECTED:
        body = _tr("What is listed is as it was last seen.")
        return Message(_unwanted(host), body, "ph.link-simple-break", (CONNECT_AGAIN,))
    if not is_away(host):
        return None
    words = (why(host), _tr("What is listed is as it was last seen."), _sentence(_next(host)))
    body = " ".join(word for word in words if word)
    return Message(_away(host), body, "ph.link-break", (RECONNECT,), counts_to=host.retry_at)


def nothing_yet(host: Host) -> Message | None:
    """Return what stands in place of a list of a host that has not answered; None if it has."""
    if host.state is HostState.CONNECTED:
        return None
    if host.state is HostState.DISCONNECTED:
        body = _tr("What it has appears here once you connect to it.")
        return Message(_unwanted(host), body, "ph.link-simple-break", (CONNECT_AGAIN,))
    if is_away(host):
        detail = "\n".join(host.problem.detail) if host.problem else ""
        parts = (why(host), detail, _sentence(_next(host)))
        body = "\n\n".join(part for part in parts if part)
        return Message(_away(host), body, "ph.link-break", (RECONNECT,), counts_to=host.retry_at)
    if host.is_embedded:
        return Message(
            _tr("Starting this computer's own libvirt..."),
            _tr("Celadon runs a libvirt of its own here. The first start takes a few seconds."),
            "ph.hourglass-medium",
        )
    return Message(
        _tr("Connecting to {host}...").format(host=short_name(host)),
        _tr("What it has appears here as soon as it answers."),
        "ph.hourglass-medium",
    )


def _away(host: Host) -> str:
    return _tr("{host} is away").format(host=short_name(host))


def _unwanted(host: Host) -> str:
    return _tr("{host} is not connected").format(host=short_name(host))


def _next(host: Host) -> str:
    if host.retry_at is not None:
        return _tr("next try in {left}")
    is_tried = host.state is HostState.CONNECTING
    return _tr("trying now") if is_tried else _tr("no further try")


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."
