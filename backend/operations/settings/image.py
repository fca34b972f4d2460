"""A definition as it was before a job, so that taking the job back leaves the very same."""

from dataclasses import dataclass, field
from typing import Protocol

from backend.xmldesc.verbatim import mark


class Image(Protocol):
    """A definition that was, as what there is now becomes again."""

    def restored(self, now: str) -> str:
        """Return the definition as it is to be, made of the one of now; "" if it cannot be."""


@dataclass(frozen=True, slots=True)
class BeforeImage:
    """The definition `before` a job, and the mark of what the job `left`.

    It holds what is secret: it never leaves this process, nor is it shown.
    """

    before: str = field(repr=False)
    left: str

    def restored(self, now: str) -> str:
        """Return the definition as it was before, "" if it was changed since the job."""
        return self.before if mark(now) == self.left else ""
