"""What somebody wrote in place of a description of ours: whose it is, and what it needs."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from backend.host.managed import ManagedHost
from backend.operations import defining
from backend.refusals import VolumeTaken
from backend.specs import Written
from backend.xmldesc import written


@dataclass(frozen=True, slots=True)
class Adoption:
    """A description that is defined as it stands: `key` is the UUID in it, `mac` its first."""

    name: str
    key: str
    mac: str
    text: str
    files: tuple[str, ...]
    mentioned: frozenset[str]

    def require_files(self, planned: Sequence[str]) -> None:
        """Raise VolumeTaken if other volumes are to be made than it was written for."""
        if tuple(planned) != self.files:
            gone = [name for name in self.files if name not in planned]
            raise VolumeTaken(name=(gone or [*self.files, *planned])[0])

    def wants(self, path: str) -> bool:
        """Whether it names a file."""
        return path in self.mentioned


async def adopt(host: ManagedHost, told: Written) -> Adoption:
    """Return it with a UUID, its own or a new one.

    Raises what is wrong with it as XML, and UuidTaken: another machine must not be overwritten.
    """
    outline = written.outline(told.text)
    key = outline.uuid or str(uuid.uuid4())
    await defining.require_free(host, key)
    return Adoption(
        name=outline.name,
        key=key,
        mac=next(iter(outline.macs), ""),
        text=written.with_uuid(told.text, key),
        files=told.files,
        mentioned=written.mentioned(told.text),
    )
