"""How a machine stands: its mark, and in trouble what happened and the way on. No widgets."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from backend.jobs import Job
from backend.model import Domain, DomainState, StateReason
from console.sdk import wording
from console.sdk.nodes import Tone

TRANSITIONAL = frozenset(
    {StateReason.MIGRATING, StateReason.SAVING, StateReason.STARTING, StateReason.SNAPSHOT}
)
CRITICAL = frozenset({StateReason.DISK_FULL, StateReason.IO_ERROR})
PANIC = frozenset({StateReason.PANICKED, StateReason.CRASHED})


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


@dataclass(frozen=True, slots=True)
class Mark:
    """An icon and its tone; the word beside it is `wording.state`."""

    icon: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with a machine. `text` ends in the way on, `actions` are ids that take it.

    `brief` is for a cell; `has_log` says that the end of QEMU's log explains it.
    """

    brief: str
    text: str
    tone: Tone
    actions: tuple[str, ...]
    detail: tuple[str, ...] = ()
    has_log: bool = False


_MARKS = {
    DomainState.RUNNING: Mark("ph.play-circle-fill", Tone.GOOD),
    DomainState.PAUSED: Mark("ph.pause-circle-fill", Tone.MUTED),
    DomainState.SHUTTING_DOWN: Mark("ph.power", Tone.MUTED),
    DomainState.OFF: Mark("ph.stop-circle", Tone.MUTED),
    DomainState.CRASHED: Mark("ph.x-circle-fill", Tone.BAD),
    DomainState.SLEEPING: Mark("ph.moon-fill", Tone.MUTED),
    DomainState.UNKNOWN: Mark("ph.question", Tone.MUTED),
}


def is_held(domain: Domain) -> bool:
    """Whether QEMU still holds it, so that it can be turned off and cannot be started."""
    # A crashed machine that is preserved for a look has its process, and its live description.
    return domain.is_active or (domain.state is DomainState.CRASHED and domain.live is not None)


def is_startable(domain: Domain) -> bool:
    """Whether it is off in any way, and so can be started."""
    return domain.state in (DomainState.OFF, DomainState.CRASHED) and not is_held(domain)


def is_changing(domain: Domain) -> bool:
    """Whether something else holds it paused until that is done."""
    return domain.state is DomainState.PAUSED and domain.reason in TRANSITIONAL


def is_silent(domain: Domain) -> bool:
    """Whether its QEMU process does not answer, so that only ending it can work."""
    return domain.is_active and domain.reason is StateReason.NOT_ANSWERING


def is_panicked(domain: Domain) -> bool:
    """Whether its operating system gave up while QEMU still holds it."""
    is_stopped = domain.state is DomainState.PAUSED and domain.reason in PANIC
    return is_stopped or (domain.state is DomainState.CRASHED and is_held(domain))


def mark(domain: Domain) -> Mark:
    """Return the mark of a machine."""
    if domain.state is DomainState.OFF and domain.has_saved_state:
        return Mark("ph.floppy-disk", Tone.MUTED)
    if is_changing(domain):
        return Mark("ph.hourglass-medium", Tone.MUTED)
    found = trouble_of_state(domain)
    if found is None:
        return _MARKS[domain.state]
    is_bad = found.tone is Tone.BAD
    return Mark("ph.x-circle-fill" if is_bad else "ph.warning-circle-fill", found.tone)


def trouble(domain: Domain, failure: Job | None) -> Trouble | None:
    """Return what is wrong: the machine's own state first, else the last job on it that failed."""
    of_state = trouble_of_state(domain)
    of_job = trouble_of_job(domain, failure)
    if of_state and of_job and domain.reason is StateReason.START_FAILED:
        return of_job  # it knows more of the same
    return of_state or of_job


def trouble_of_state(domain: Domain) -> Trouble | None:
    """Return what is wrong with a machine by its state alone."""
    if is_silent(domain):
        return Trouble(
            _tr("QEMU does not answer"),
            _tr(
                "The QEMU process of this machine does not answer, so its figures stand still. "
                "Wait if its storage is slow; if it stays so, turn it off."
            ),
            Tone.WARNING,
            ("domain.destroy",),
        )
    if domain.state is DomainState.PAUSED:
        return _paused(domain)
    if domain.state is DomainState.CRASHED:
        return _panicked() if is_held(domain) else _crashed(domain)
    if domain.state is DomainState.OFF and not domain.has_saved_state:
        return _off(domain)
    return None


def trouble_of_job(domain: Domain, failure: Job | None) -> Trouble | None:
    """Return what a failed job says, as long as it still matters."""
    if failure is None or failure.problem is None or _is_outlived(domain, failure):
        return None
    ways_on: dict[str, tuple[str, ...]] = {
        "StartFailed": ("domain.start",),
        "ShutdownTimedOut": ("domain.shutdown", "domain.destroy"),
    }
    return Trouble(
        wording.job_failure(failure),
        wording.sentence(failure.problem),
        Tone.BAD,
        ways_on.get(failure.problem.message_id, ()),
        failure.problem.detail,
    )


def _is_outlived(domain: Domain, failure: Job) -> bool:
    # Somebody else, or the guest itself, has done meanwhile what the job could not.
    if failure.operation == "domain.start":
        return is_held(domain)
    if failure.operation in ("domain.shutdown", "domain.destroy", "domain.managed_save"):
        return not is_held(domain)
    return False


def _paused(domain: Domain) -> Trouble | None:
    disks = ", ".join(target for target, _why in domain.failed_disks) or _tr("a disk")
    if domain.reason in PANIC:
        return _panicked()
    if domain.reason is StateReason.DISK_FULL:
        return Trouble(
            _tr("Storage of {disks} is full").format(disks=disks),
            _tr(
                "Paused, because the storage of {disks} is full. Nothing is lost: make room there, "
                "then resume."
            ).format(disks=disks),
            Tone.BAD,
            ("domain.resume", "domain.destroy"),
        )
    if domain.reason is StateReason.IO_ERROR:
        return Trouble(
            _tr("Input/output error on {disks}").format(disks=disks),
            _tr(
                "Paused, because reading or writing {disks} failed. Put its storage right (is it "
                "mounted, reachable, healthy?), then resume."
            ).format(disks=disks),
            Tone.BAD,
            ("domain.resume", "domain.destroy"),
            has_log=True,
        )
    if domain.reason is StateReason.WATCHDOG:
        return Trouble(
            _tr("Stopped by its watchdog"),
            _tr(
                "Paused by its watchdog, because the guest no longer fed it. Resume to look "
                "inside, or reset it."
            ),
            Tone.WARNING,
            ("domain.resume", "domain.reset"),
        )
    return None


def _panicked() -> Trouble:
    return Trouble(
        _tr("The guest panicked"),
        _tr(
            "The guest's operating system panicked and stands still. Its screen may say why; then "
            "reset it or turn it off."
        ),
        Tone.BAD,
        ("domain.reset", "domain.destroy"),
    )


def _crashed(domain: Domain) -> Trouble:
    if domain.reason is StateReason.PANICKED:
        return Trouble(
            _tr("The guest panicked"),
            _tr(
                "The guest's operating system panicked, and the machine was stopped. Start it "
                "again, and look into its own logs for the cause."
            ),
            Tone.BAD,
            ("domain.start",),
        )
    return Trouble(
        _tr("QEMU ended unexpectedly"),
        _tr(
            "The QEMU process of this machine ended unexpectedly, as if the power had failed. The "
            "last lines of its log may say why; start it again when that is put right."
        ),
        Tone.BAD,
        ("domain.start",),
        has_log=True,
    )


def _off(domain: Domain) -> Trouble | None:
    if domain.reason in PANIC:
        return _crashed(domain)
    if domain.reason is StateReason.START_FAILED:
        return Trouble(
            _tr("The last start failed"),
            _tr(
                "The last start failed. The end of its log says why; put that right and start it "
                "again."
            ),
            Tone.BAD,
            ("domain.start",),
            has_log=True,
        )
    return None
