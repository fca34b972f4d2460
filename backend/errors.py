"""What can go wrong: a message id and its arguments, never prose.

A client puts the words to it (the console in `console.sdk.wording`, in the user's language), so
each class here has one sentence there that says what happened and what to do next.
"""

from dataclasses import dataclass
from typing import ClassVar

from typing_extensions import override

Argument = str | int


@dataclass(frozen=True, slots=True)
class Problem:
    """An error as a value: what a record, a job or a message on the wire carries.

    `detail` holds lines that somebody else wrote (the hypervisor's message, the end of a log).
    """

    message_id: str
    arguments: tuple[tuple[str, Argument], ...] = ()
    detail: tuple[str, ...] = ()

    def __getitem__(self, name: str) -> Argument:
        """Return the argument of that name; KeyError if there is none."""
        return dict(self.arguments)[name]


class BackendError(Exception):
    """Something the backend could not do; subclasses say what."""

    message_id: ClassVar[str] = "Unexpected"

    def __init__(self, *, detail: tuple[str, ...] = (), **arguments: Argument) -> None:
        super().__init__(self.message_id, arguments)
        self.detail = detail
        self.arguments = arguments

    @property
    def problem(self) -> Problem:
        """The same as a value."""
        return Problem(self.message_id, tuple(sorted(self.arguments.items())), self.detail)

    @override
    def __str__(self) -> str:
        """For logs and tracebacks only."""
        arguments = ", ".join(f"{name}={value!r}" for name, value in self.arguments.items())
        told = "".join(f"\n  {line}" for line in self.detail)
        return f"{self.problem.message_id}({arguments}){told}"


class ProblemError(BackendError):
    """A problem that came as a value and is raised again."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(detail=problem.detail, **dict(problem.arguments))
        self._message_id = problem.message_id

    @property
    @override
    def problem(self) -> Problem:
        """The value it was made from."""
        return Problem(self._message_id, tuple(sorted(self.arguments.items())), self.detail)


def first_of(group: BaseExceptionGroup[BackendError]) -> BackendError:
    """Return the error that a group of tasks failed with."""
    for error in group.exceptions:
        return first_of(error) if isinstance(error, BaseExceptionGroup) else error
    raise ValueError(group)


class Unexpected(BackendError):
    """A fault of ours: the detail is for a bug report."""

    message_id = "Unexpected"


# The way to a host


class HostNotAnswering(BackendError):
    """The hypervisor took a call and gave no answer within `seconds`."""

    message_id = "HostNotAnswering"


class HostBusy(BackendError):
    """So many calls run on the host that this one did not get its turn within `seconds`."""

    message_id = "HostBusy"


class HostAway(BackendError):
    """No connection to the host: `host` is its name."""

    message_id = "HostAway"


class HostUnknown(BackendError):
    """No host of this id is managed here."""

    message_id = "HostUnknown"


class ConnectionLost(BackendError):
    """The connection broke while a call was under way."""

    message_id = "ConnectionLost"


class UriInvalid(BackendError):
    """`uri` is not the address of a hypervisor."""

    message_id = "UriInvalid"


class NameNotResolved(BackendError):
    """The computer's name, `host`, leads to no address."""

    message_id = "NameNotResolved"


class NoRoute(BackendError):
    """No packet gets to the computer `host`."""

    message_id = "NoRoute"


class ConnectionRefused(BackendError):
    """The computer `host` is there, and nobody listens at its `port`."""

    message_id = "ConnectionRefused"


class ConnectionTimedOut(BackendError):
    """The computer `host` did not answer at its `port`."""

    message_id = "ConnectionTimedOut"


class LoginFailed(BackendError):
    """ssh got to `host` and ended there; the detail is in its own words."""

    message_id = "LoginFailed"


class AuthenticationFailed(BackendError):
    """`host` let `user` in by none of the ways that were tried."""

    message_id = "AuthenticationFailed"


class PromptDeclined(BackendError):
    """Somebody had to say something about `subject` and did not want to."""

    message_id = "PromptDeclined"


class PromptOutdated(BackendError):
    """The question is no longer asked: it was answered, or the attempt ended."""

    message_id = "PromptOutdated"


class HostKeyRejected(BackendError):
    """The key that `host` showed, `fingerprint`, was not accepted."""

    message_id = "HostKeyRejected"


class HostKeyUnknown(BackendError):
    """The key of `host` is not among the known ones, and ssh may not ask whether to take it."""

    message_id = "HostKeyUnknown"


class HostKeyChanged(BackendError):
    """`host` shows another key (`new`) than the one that is known (`old`, in `file`, `line`)."""

    message_id = "HostKeyChanged"


class LibvirtMissingHere(BackendError):
    """Nothing answers at libvirt's socket `path` on this computer."""

    message_id = "LibvirtMissingHere"


class LibvirtMissingThere(BackendError):
    """The login at `host` works, and libvirt does not answer there."""

    message_id = "LibvirtMissingThere"


class CertificateMissing(BackendError):
    """A file that TLS needs is not at `path`."""

    message_id = "CertificateMissing"


class CertificateNotTrusted(BackendError):
    """TLS does not believe that `host` is who it says, or is not believed there."""

    message_id = "CertificateNotTrusted"


class SaslMissing(BackendError):
    """There is no SASL mechanism here that `host` asks for."""

    message_id = "SaslMissing"


class HypervisorRefused(BackendError):
    """libvirt refused; `code` is its virErrorNumber, the detail its own words."""

    message_id = "HypervisorRefused"


class NotPermitted(BackendError):
    """The connection has no right to do that."""

    message_id = "NotPermitted"


class NotSupported(BackendError):
    """The hypervisor cannot do that."""

    message_id = "NotSupported"


# Machines and what they are made of


class Gone(BackendError):
    """The object is no longer there."""

    message_id = "Gone"


class ChangedSince(BackendError):
    """`name` is no longer as the job left it that was to be taken back."""

    message_id = "ChangedSince"


class NameTaken(BackendError):
    """A machine called `name` exists already."""

    message_id = "NameTaken"


class NameInvalid(BackendError):
    """`name` cannot be the name of a machine."""

    message_id = "NameInvalid"


class WrongState(BackendError):
    """`name` is in a state (`state`) in which that makes no sense."""

    message_id = "WrongState"


class StartFailed(BackendError):
    """The machine `name` did not start: in libvirt's words, or the last lines of QEMU's log."""

    message_id = "StartFailed"


class ShutdownTimedOut(BackendError):
    """`name` was asked to shut down and still runs after `seconds`."""

    message_id = "ShutdownTimedOut"


class EffectNotSeen(BackendError):
    """The hypervisor accepted, but within `seconds` the inventory did not show the effect."""

    message_id = "EffectNotSeen"


class DescriptionRefused(BackendError):
    """libvirt does not accept the machine's description; the detail says why."""

    message_id = "DescriptionRefused"


# Disks and images


class ImageMissing(BackendError):
    """There is no file at `path`."""

    message_id = "ImageMissing"


class ImageUnreadable(BackendError):
    """The file at `path` cannot be opened: the detail says what blocks."""

    message_id = "ImageUnreadable"


class ImageNotRecognised(BackendError):
    """The file at `path` is no disk image (or DVD image) that QEMU knows."""

    message_id = "ImageNotRecognised"


class ImageNotAlone(BackendError):
    """The image at `path` takes a part of its content from another file, `other`."""

    message_id = "ImageNotAlone"


class DiskFull(BackendError):
    """The storage at `path` has not the room: `needed_bytes` against `free_bytes`."""

    message_id = "DiskFull"


class PoolMissing(BackendError):
    """The host has no active storage pool to put a disk in."""

    message_id = "PoolMissing"


class NetworkMissing(BackendError):
    """The host has no network called `name`."""

    message_id = "NetworkMissing"


class SampleGuestMissing(BackendError):
    """The sample guest was never built at `path`."""

    message_id = "SampleGuestMissing"


class ScreenNotAvailable(BackendError):
    """The machine has no picture to take."""

    message_id = "ScreenNotAvailable"


# A machine's screen


class DisplayMissing(BackendError):
    """The machine `name` has no display that Celadon can show."""

    message_id = "DisplayMissing"


class DisplayUnreachable(BackendError):
    """Nothing answers where the display is, `place`; the detail says what the system said."""

    message_id = "DisplayUnreachable"


class DisplayRefused(BackendError):
    """The display's server turned us away; the detail holds its own words."""

    message_id = "DisplayRefused"


class DisplayPasswordWrong(BackendError):
    """The display asks for a password, and the one that was given is not it."""

    message_id = "DisplayPasswordWrong"


class DisplayCertificateUnknown(BackendError):
    """No authority vouches for the display's server on `host`; the detail says why not."""

    message_id = "DisplayCertificateUnknown"


class DisplayBroken(BackendError):
    """What the display's server sent makes no sense; the detail says where."""

    message_id = "DisplayBroken"


class DisplayStalled(BackendError):
    """The display's server stopped in the middle of something, for `seconds`."""

    message_id = "DisplayStalled"


class DisplayEnded(BackendError):
    """The other side closed the display: the machine stopped, or somebody took it."""

    message_id = "DisplayEnded"
