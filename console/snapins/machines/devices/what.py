"""The form in which everything that can be added is declared."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from backend.devices import DeviceKind


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a field that the backend offers: its label, and of its choices what they mean.

    A choice without words here is shown as it is, with its detail. `hint` is the example in a field
    that is typed. With `is_listed` all choices are shown below each other, with the reasons.
    """

    label: str
    choices: Mapping[str, str] = field(default_factory=dict)
    hint: str = ""
    is_listed: bool = False


@dataclass(frozen=True, slots=True)
class What:
    """Something to add. `key` names it; the texts are marked, and translated where they are shown.

    `title` is what it is called, `sentence` what it is good for, `thing` it in the middle of a
    sentence. `fields` are the words for what the backend offers of it, by name; `advice` stands
    below them.
    """

    key: str
    kind: DeviceKind
    icon: str
    title: str
    sentence: str
    thing: str
    fields: Mapping[str, Words] = field(default_factory=dict, compare=False, hash=False)
    advice: str = ""
