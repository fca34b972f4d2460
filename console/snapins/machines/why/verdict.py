"""What it comes to, in a sentence, and why something cannot be told. Pure."""

from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QCoreApplication

from backend.diagnosis.causes import Cause
from backend.diagnosis.examine import LASTING_S, Diagnosis, Finding, Outcome, Weight
from backend.diagnosis.quantities import Quantity
from backend.diagnosis.slots import Slots
from backend.measures import Of
from backend.model import Domain
from console.sdk import wording
from console.sdk.nodes import Tone
from console.snapins.machines.why import causes, evidence

_LATELY: Final = 2
_OF_THE_GUEST: Final = frozenset({Quantity.MEMORY_USED, Quantity.SWAPPING})
_OF_THE_KERNEL: Final = frozenset({Quantity.PRESSURE_MEMORY, Quantity.HOST_SWAPPING})


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


@dataclass(frozen=True, slots=True)
class Verdict:
    """One sentence, and what stands below it. `first` is what was found to be the likeliest."""

    title: str
    detail: str
    icon: str
    tone: Tone
    first: Finding | None = None


def verdict(diagnosis: Diagnosis, domain: Domain, still: str = "") -> Verdict:
    """Return what holds a machine up, or that nothing does as far as anybody can tell.

    `still` is why nothing is read of it now; then it is about the time before.
    """
    told = _bottleneck(diagnosis, domain) if diagnosis.found else _nothing(diagnosis)
    return replace(told, detail=f"{told.detail} {still}".strip())


def _bottleneck(diagnosis: Diagnosis, domain: Domain) -> Verdict:
    first, *others = diagnosis.found
    is_likely = first.weight is Weight.LIKELY
    told = [_tr("{likely}: {evidence}.").format(
        likely=_tr("Likely") if is_likely else _tr("Possible"),
        evidence=_begun(evidence.sentence(first, domain)),
    )]  # fmt: skip
    also = "; ".join(_begun(causes.found(one, domain)) for one in others)
    told += [_tr("Also found: {others}.").format(others=also)] if also else []
    title = when(first, diagnosis).format(what=causes.found(first, domain))
    icon = "ph.warning-circle-fill" if is_likely else "ph.warning-circle"
    return Verdict(title, " ".join(told), icon, Tone.WARNING, first)


def when(finding: Finding, diagnosis: Diagnosis) -> str:
    """Return a sentence about "{what}": since when it is so, or from when to when it was."""
    since = wording.moment(finding.since, diagnosis.until)
    step_s = Slots(diagnosis.since, diagnosis.until).step_s
    if diagnosis.until - finding.last > _LATELY * step_s:
        last = wording.moment(finding.last, diagnosis.until)
        return _tr("{what}, from {since} until {last}.").format(
            what="{what}", since=since, last=last
        )
    if finding.since <= diagnosis.since:
        return _tr("{what}, since {since} or longer.").format(what="{what}", since=since)
    return _tr("{what}, since {since}.").format(what="{what}", since=since)


def too_early(diagnosis: Diagnosis) -> str:
    """Return why nothing is said yet."""
    if not diagnosis.read_s:
        return _tr("Nothing was read of it in this time. Half a minute of figures says more.")
    return _tr("So far {read} of figures were read; after {lasting} there is more to say.").format(
        read=wording.duration(diagnosis.read_s), lasting=wording.duration(LASTING_S)
    )


def why_unknown(finding: Finding, domain: Domain) -> str:
    """Return why nobody can tell whether this is so, and what would have to be there."""
    told = {one.quantity for one in finding.evidence if any(value is not None for value in one.row)}
    missing = set(finding.missing) - told  # what was told for a while is not what never is
    if not finding.evidence:
        return _tr("Not known, because the settings of the machine could not be read.")
    if missing & _OF_THE_GUEST:
        return _tr(
            "Not known, because the guest does not tell of its memory: no driver of a balloon "
            "(virtio) runs there."
        )
    if missing & _OF_THE_KERNEL:
        return _tr(
            "Not known, because the server does not tell what waits there: its kernel has no "
            "PSI, or Celadon reaches it neither here nor by SSH."
        )
    if missing and finding.cause.of in (Of.DRIVE, Of.ADAPTER):
        return _of_device(finding, domain)
    if missing:
        return _tr("Not known, because the server does not tell how its processors were used.")
    return _tr("Not known, because only {known} of figures were read.").format(
        known=wording.duration(finding.known_s)
    )


def _of_device(finding: Finding, domain: Domain) -> str:
    made = domain.configuration
    nics = {nic.mac: nic.source_kind for nic in made.nics} if made else {}
    told = _tr("Not known, because the server tells no figures of {device}.")
    if nics.get(finding.device) == "user":
        told = _tr("Not known, because {device} has user-mode networking, which has no figures.")
    return told.format(device=causes.device(finding.cause.of, finding.device, domain))


def _nothing(diagnosis: Diagnosis) -> Verdict:
    unknown = len(diagnosis.unknown)
    looked = _tr("{number} causes were examined, by {time} of figures.").format(
        number=len(diagnosis.findings), time=wording.duration(diagnosis.read_s)
    )
    if not unknown:
        return Verdict(
            _tr("Nothing holds this machine up."), looked, "ph.check-circle-fill", Tone.GOOD
        )
    left = _tr("{number} could not be told: see why below.").format(number=unknown)
    title = _tr("No bottleneck was found.")
    return Verdict(title, f"{looked} {left}", "ph.check-circle", Tone.GOOD)


def outcome(finding: Finding) -> tuple[str, str, Tone]:
    """Return the word for what became of a cause, with icon and tone."""
    if finding.outcome is Outcome.FOUND and finding.explained_by:
        return _tr("A consequence"), "ph.arrow-elbow-down-right", Tone.MUTED
    if finding.outcome is Outcome.FOUND:
        is_likely = finding.weight is Weight.LIKELY
        word = _tr("Likely") if is_likely else _tr("Possible")
        return word, "ph.warning-circle-fill" if is_likely else "ph.warning-circle", Tone.WARNING
    return {
        Outcome.CLEAR: (_tr("Not so"), "ph.check-circle", Tone.GOOD),
        Outcome.UNKNOWN: (_tr("Not known"), "ph.question", Tone.MUTED),
        Outcome.UNSET: (_tr("No limit set"), "ph.minus-circle", Tone.MUTED),
    }[finding.outcome]


def told_of(finding: Finding, domain: Domain) -> str:
    """Return the evidence of one cause, or why there is none."""
    if finding.outcome is Outcome.UNKNOWN:
        return why_unknown(finding, domain)
    if finding.outcome is Outcome.UNSET:
        return _tr("Nothing is limited there.")
    told = evidence.sentence(finding, domain)
    if finding.explained_by:
        why = causes.words()[finding.explained_by].title
        told = _tr("Of “{cause}”: {told}").format(cause=why, told=_begun(told))
    return told


def helps(finding: Finding, domain: Domain) -> str:
    """Return all that there is to say of one cause, with what helps where it is so."""
    told = _ended(told_of(finding, domain))
    if finding.outcome is not Outcome.FOUND:
        return told
    return f"{told} {causes.words()[finding.cause].advice}"


def in_order(diagnosis: Diagnosis) -> list[Finding]:
    """Return what became of each cause, always in the same order: lines that move are not read."""
    order = list(Cause)
    return sorted(diagnosis.findings, key=lambda one: order.index(one.cause))


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith(".") else _tr("{sentence}.").format(sentence=sentence)


def _begun(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
