"""What is watched for, as the user wants it: the thresholds, and what is silent for a while."""

from collections.abc import Callable
from typing import Protocol

from backend.model import Ref
from backend.thresholds import Threshold

Unsubscribe = Callable[[], None]


class Thresholds(Protocol):
    """The thresholds. What changes in them is in force at once, and on the disk soon after."""

    def all(self) -> tuple[Threshold, ...]:
        """Return all thresholds, those that are off too."""

    def put(self, threshold: Threshold) -> None:
        """Watch for this one, in place of the one of that id."""

    def remove(self, threshold: Threshold) -> None:
        """Watch for it no more, because the user says so, who can take that back."""

    def silence(self, subject: Ref, threshold: Threshold, device: str, until: float) -> None:
        """Let nothing be heard of an alert until then, in Unix seconds; 0: hear it again."""

    def subscribe(self, listener: Callable[[], None]) -> Unsubscribe:
        """Call `listener` when any of it changes."""
