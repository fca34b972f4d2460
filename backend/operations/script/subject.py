"""The thing that a verb is done to, as virsh hears of it."""

from dataclasses import dataclass
from typing import Any

from backend.errors import Problem
from backend.model import Domain, Host, Record
from backend.operations.script.call import Call, Word
from backend.operations.script.request import Known, Request


@dataclass(frozen=True, slots=True)
class Subject:
    """`word` names it: by its UUID, as names change; a machine that is not there yet by its name.

    `record` is what is known of it, None if nothing is.
    """

    request: Request
    host: Host
    word: str
    record: Record | None
    known: Known

    @property
    def domain(self) -> Domain | None:
        """What is known of it, if it is a machine."""
        return self.record if isinstance(self.record, Domain) else None

    def argument(self, name: str) -> Any:
        """Return the argument that the verb calls so."""
        return self.request.argument(name)

    def call(self, command: str, *words: Word, remark: Problem | None = None) -> Call:
        """Return a command of virsh on it."""
        return Call((command, self.word, *words), remark=remark)
