"""What is loaded with the first use of it: a page, a dialog, a window, by the name that it has."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def later(name: Callable[[], Callable[P, T]]) -> Callable[P, T]:
    """Return what does as `name()` does, and looks that up only when it is called.

    `later(lambda: wall.WallPage)` declares a page whose module is loaded once somebody opens it.
    """

    def do(*arguments: P.args, **named: P.kwargs) -> T:
        return name()(*arguments, **named)

    return do
