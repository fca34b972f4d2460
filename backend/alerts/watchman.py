"""All series against all thresholds. Pure; a figure within its bounds costs a comparison."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from backend.alerts.vigil import Vigil
from backend.measures import Of
from backend.model import Kind, Ref
from backend.series import Sample
from backend.thresholds import WHOLES, Alert, Ending, Rules, Silence, Threshold

_Place = tuple[Ref, str, str]
"""A thing, a threshold's id, a device."""


@dataclass(frozen=True, slots=True)
class Turn:
    """An alert that began, or ended for this reason."""

    subject: Ref
    alert: Alert
    ending: Ending | None = None


@dataclass(slots=True)
class News:
    """What there is to tell: what turned, and the things of which something else is known now."""

    turns: list[Turn] = field(default_factory=list)
    subjects: dict[Ref, None] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return bool(self.subjects)


class Watchman:
    """Knows every series that is beyond its threshold at the moment."""

    def __init__(self) -> None:
        self._of_kind: Mapping[Kind, Sequence[Threshold]] = {}
        self._thresholds: dict[str, Threshold] = {}
        self._silences: dict[_Place, float] = {}
        self._vigils: dict[_Place, Vigil] = {}

    @property
    def is_busy(self) -> bool:
        """Whether anything is beyond its bound, so that time alone can change something."""
        return bool(self._vigils)

    def use(self, rules: Rules) -> News:
        """Watch for these from now on. An alert ends whose threshold is another one now."""
        fresh = {one.id: one for one in rules.thresholds if one.is_enabled}
        news = News()
        for place, vigil in list(self._vigils.items()):
            if fresh.get(vigil.threshold.id) != vigil.threshold:
                self._end(place, Ending.RULE, news)
        silences = {_place(silence): silence.until for silence in rules.silences}
        for place in self._vigils:
            if silences.get(place) != self._silences.get(place):
                news.subjects[place[0]] = None
        self._thresholds, self._silences = fresh, silences
        self._of_kind = {
            kind: [one for one in fresh.values() if _kind(one) is kind]
            for kind in (Kind.DOMAIN, Kind.HOST, Kind.STORAGE_POOL)
        }
        return news

    def see(self, samples: Iterable[Sample]) -> News:
        """Judge readings."""
        news = News()
        for sample in samples:
            self._see(sample, news)
        return news

    def look(self, at: float, when: float) -> News:
        """Notice, at this moment of both clocks, what is not known, or not silent, any more."""
        news = News()
        for place in [place for place, until in self._silences.items() if until <= when]:
            del self._silences[place]
            if place in self._vigils:
                news.subjects[place[0]] = None
        for place, vigil in list(self._vigils.items()):
            if vigil.look(at) and vigil.is_raised:
                news.subjects[place[0]] = None
            elif vigil.is_over:
                del self._vigils[place]
        return news

    def end(self, subject: Ref) -> News:
        """Know that a thing does not run any more, so that nothing of it is beyond any bound."""
        news = News()
        for place in [place for place in self._vigils if place[0] == subject]:
            self._end(place, Ending.OFF, news)
        return news

    def forget(self, host: str) -> None:
        """Know nothing of a host any more."""
        for place in [place for place in self._vigils if place[0].host == host]:
            del self._vigils[place]

    def alerts(self, subject: Ref) -> tuple[Alert, ...]:
        """Return what is raised of a thing, in the order of the thresholds."""
        order = list(self._thresholds)
        found = [
            (order.index(place[1]), place[2], vigil.alert(self._silences.get(place, 0.0)))
            for place, vigil in self._vigils.items()
            if place[0] == subject and vigil.is_raised
        ]
        return tuple(alert for _rank, _device, alert in sorted(found, key=lambda one: one[:2]))

    def _see(self, sample: Sample, news: News) -> None:
        for threshold in self._of_kind.get(sample.ref.kind, ()):
            if not _concerns(threshold, sample.ref):
                continue
            for device in _devices(threshold, sample):
                figure = _figure(threshold, sample, device)
                if figure is not None:
                    self._judge(threshold, sample, device, figure, news)
            if threshold.measure.of in (Of.FILESYSTEM, Of.HOST_FILESYSTEM):
                self._end_gone(threshold, sample, news)

    def _judge(
        self, threshold: Threshold, sample: Sample, device: str, figure: float, news: News
    ) -> None:
        place = (sample.ref, threshold.id, device)
        vigil = self._vigils.get(place)
        if vigil is None:
            if not threshold.is_beyond(figure):
                return
            vigil = self._vigils[place] = Vigil(threshold, device)
        was_raised = vigil.is_raised
        if vigil.see(sample.at, sample.when, figure):
            news.subjects[sample.ref] = None
        if vigil.is_raised is not was_raised:
            ending = Ending.CALM if was_raised else None
            alert = vigil.alert(self._silences.get(place, 0.0))
            news.turns.append(Turn(sample.ref, alert, ending))
        if vigil.is_over:
            del self._vigils[place]

    def _end_gone(self, threshold: Threshold, sample: Sample, news: News) -> None:
        """End what is of a file system that was taken out: a full stick's would last for ever.

        An idle drive tells nothing either; a guest tells of all that is mounted or of nothing.
        """
        told = {device for measure, device in sample.figures if measure is threshold.measure}
        if not told:
            return
        for place, vigil in list(self._vigils.items()):
            is_of_this = place[:2] == (sample.ref, threshold.id) and place[2] not in told
            if is_of_this and not vigil.is_known:
                self._end(place, Ending.GONE, news)

    def _end(self, place: _Place, why: Ending, news: News) -> None:
        vigil = self._vigils.pop(place)
        if vigil.is_raised:
            news.subjects[place[0]] = None
            news.turns.append(Turn(place[0], vigil.alert(), why))


def _kind(threshold: Threshold) -> Kind:
    if threshold.is_of_pool:
        return Kind.STORAGE_POOL
    return Kind.HOST if threshold.is_of_host else Kind.DOMAIN


def _concerns(threshold: Threshold, ref: Ref) -> bool:
    return threshold.host in ("", ref.host) and threshold.key in ("", ref.key)


def _devices(threshold: Threshold, sample: Sample) -> Sequence[str]:
    if threshold.device is not None:
        return (threshold.device,)
    measure = threshold.measure
    return [device for found, device in sample.figures if found is measure and device]


def _figure(threshold: Threshold, sample: Sample, device: str) -> float | None:
    """Return what was read just now, in the threshold's unit; None if that is not known."""
    measure = threshold.measure
    figure = sample.figures.get((measure, device))
    if figure is None or threshold.unit is measure.unit:
        return figure
    whole = sample.figure(WHOLES[measure], device)
    return figure / whole if whole else None


def _place(silence: Silence) -> _Place:
    return silence.subject, silence.threshold, silence.device
