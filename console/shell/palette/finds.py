"""What can be found: something that can be done, or a place to go to."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum

from PySide6.QtGui import QIcon

from console.sdk.nodes import Tone
from console.shell.palette.ranking import Words, prepare


class Standing(IntEnum):
    """What comes first among what fits equally well."""

    HERE = 0
    PLACE = 1
    COMMAND = 2
    ELSEWHERE = 3
    HELP = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Find:
    """One line of the palette.

    `id` is the same from day to day, for what was used recently; "" is not remembered. `beside` is
    said behind the title and can be searched, as can `keywords`, which are not shown. `refusal`
    says why it cannot be done now. `further` is what can be done with it: the second step.
    """

    id: str
    title: str
    run: Callable[[], object]
    beside: str = ""
    keywords: str = ""
    icon: str | QIcon = ""
    tone: Tone = Tone.PLAIN
    keys: str = ""
    refusal: str = ""
    standing: Standing = Standing.COMMAND
    further: "Callable[[], tuple[Find, ...]] | None" = None
    words: Words = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        words = prepare(self.title, f"{self.beside} {self.keywords}")
        object.__setattr__(self, "words", words)


Source = Callable[[], tuple[Find, ...]]
