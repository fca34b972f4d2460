"""What is watched for: the usual thresholds, and what the user made of them.

What is remembered stands in a file of its own, an entry a threshold and an entry a silence; what a
newer version wrote there beside is left as it is. A usual one that is as it was is not written, so
that later versions may know better; one that was taken away is `false`, so that it stays away.
"""

import time
from collections.abc import Callable, Iterator
from typing import Final

from backend.alerts import written
from backend.alerts.usual import USUAL
from backend.model import Ref
from backend.thresholds import Rules, Silence, Threshold
from console.bridge.door import Bridge
from console.bridge.keeper import Keeper

_THRESHOLD: Final = "threshold/"
_SILENCE: Final = "silence/"


class RuleBook:
    """Implements the SDK's `Thresholds`. The engine watches for what stands here."""

    def __init__(self, bridge: Bridge, keeper: Keeper) -> None:
        self.keeper = keeper
        self.on_removed: Callable[[Threshold], None] = _nobody_hears
        self._bridge = bridge
        self._listeners: list[Callable[[], None]] = []
        self._thresholds = {one.id: one for one in _kept(keeper)}
        self._silences = {_key(one): one for one in _silent(keeper)}
        self._tell()

    def all(self) -> tuple[Threshold, ...]:
        """Return all thresholds, those that are off too."""
        return tuple(self._thresholds.values())

    def put(self, threshold: Threshold) -> None:
        """Watch for this one, in place of the one of that id."""
        self._thresholds[threshold.id] = threshold
        key = _THRESHOLD + threshold.id
        if threshold in USUAL:
            self.keeper.remove(key)
        else:
            before = self.keeper.value(key)
            said = written.dump_threshold(threshold)
            self.keeper.put(key, {**(before if isinstance(before, dict) else {}), **said})
        self._tell()

    def remove(self, threshold: Threshold) -> None:
        """Watch for it no more, because the user says so, who can take that back."""
        self.forget(threshold)
        self.on_removed(threshold)

    def forget(self, threshold: Threshold) -> None:
        """Watch for it no more."""
        self._thresholds.pop(threshold.id, None)
        key = _THRESHOLD + threshold.id
        if any(usual.id == threshold.id for usual in USUAL):
            self.keeper.put(key, False)  # noqa: FBT003  # a value that is kept
        else:
            self.keeper.remove(key)
        self._tell()

    def silence(self, subject: Ref, threshold: Threshold, device: str, until: float) -> None:
        """Let nothing be heard of an alert until then, in Unix seconds; 0: hear it again."""
        silence = Silence(threshold.id, subject, device, until)
        now = time.time()
        for key in [key for key, known in self._silences.items() if known.until <= now]:
            del self._silences[key]
            self.keeper.remove(key)
        key = _key(silence)
        self._silences.pop(key, None)
        self.keeper.remove(key)
        if until > now:
            self._silences[key] = silence
            self.keeper.put(key, {**written.dump_silence(silence)})
        self._tell()

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call `listener` when any of it changes."""
        self._listeners.append(listener)

        def end() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return end

    def _tell(self) -> None:
        now = time.time()
        silences = tuple(one for one in self._silences.values() if one.until > now)
        self._bridge.use_rules(Rules(self.all(), silences))
        for listener in tuple(self._listeners):
            listener()


def _nobody_hears(_threshold: Threshold) -> None:
    return


def _kept(keeper: Keeper) -> Iterator[Threshold]:
    """Yield the usual ones as the user wants them, then the user's own."""
    said = {key.removeprefix(_THRESHOLD): keeper.value(key) for key in keeper.keys(_THRESHOLD)}
    for usual in USUAL:
        value = said.pop(usual.id, None)
        if value is not False:
            kept = written.parse_threshold(usual.id, value) if isinstance(value, dict) else None
            yield kept or usual
    for name, value in said.items():
        if isinstance(value, dict) and (kept := written.parse_threshold(name, value)):
            yield kept


def _silent(keeper: Keeper) -> Iterator[Silence]:
    for key in keeper.keys(_SILENCE):
        value = keeper.value(key)
        if isinstance(value, dict) and (silence := written.parse_silence(value)):
            yield silence


def _key(silence: Silence) -> str:
    subject = silence.subject
    place = (subject.host, subject.kind.value, subject.key, silence.threshold, silence.device)
    return _SILENCE + "/".join(place)
