"""Places to come back to: a node of the tree with what its list was filtered by, under a name.

Each is remembered under a key of its own, so that two consoles do not lose each other's.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication, QObject, Signal

from backend.model import Host
from console.sdk import reach
from console.sdk.context import Context, Lookup
from console.sdk.kept_file import Json
from console.shell.scope_model import ScopeModel
from console.shell.settings import Settings
from console.shell.undo import Step

KEY = "favorites"
NAME_MAXIMUM = 80


def _tr(text: str) -> str:
    return QCoreApplication.translate("favorites", text)


@dataclass(frozen=True, slots=True)
class Favorite:
    """One place. `host` is the id of the host it is of, `rank` where it stands among the others.

    `mode` is how the rows of its list were drawn (`arrangement.Mode`), "" where it has none.
    """

    id: str
    name: str
    node: str
    icon: str = ""
    host: str = ""
    filter: str = ""
    mode: str = ""
    rank: float = 0.0

    def dump(self) -> Json:
        """Return it as JSON, for `parse`."""
        told: dict[str, Json] = {"name": self.name, "node": self.node, "rank": self.rank}
        told.update(icon=self.icon, host=self.host, filter=self.filter, mode=self.mode)
        return told


def parse(key: str, told: Json) -> Favorite | None:
    """Return what was kept under a key; None if it is no favorite."""
    if not isinstance(told, dict) or not (told.get("name") and isinstance(told.get("node"), str)):
        return None
    words = {name: told.get(name) for name in ("name", "node", "icon", "host", "filter", "mode")}
    texts = {name: word for name, word in words.items() if isinstance(word, str)}
    rank = told.get("rank")
    return Favorite(key, rank=float(rank) if isinstance(rank, int | float) else 0.0, **texts)


class Favorites(QObject):
    """The favorites, in the user's order. All windows share them."""

    changed = Signal()
    """There are others, or in another order, or by other names."""

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings

    def all(self) -> tuple[Favorite, ...]:
        """Return them in order."""
        keys = self._settings.keeper.keys(f"{KEY}/")
        found = (parse(key.removeprefix(f"{KEY}/"), self._settings.value(key)) for key in keys)
        return tuple(sorted((f for f in found if f), key=lambda f: (f.rank, f.name)))

    def add(self, favorite: Favorite) -> Favorite:
        """Have it last; return it with its id and rank."""
        rank = max((known.rank for known in self.all()), default=0.0) + 1
        added = replace(favorite, id=uuid.uuid4().hex[:8], rank=rank)
        self.put(added)
        return added

    def put(self, favorite: Favorite) -> None:
        """Have it so, in place of the one of that id."""
        self._settings.put(f"{KEY}/{favorite.id}", favorite.dump())
        self.changed.emit()

    def rename(self, favorite: Favorite, name: str) -> None:
        """Have it under another name."""
        self.put(replace(favorite, name=name))

    def remove(self, favorite: Favorite) -> Step:
        """Have it no more; return the step that can be taken back."""
        self._settings.keeper.remove(f"{KEY}/{favorite.id}")
        self.changed.emit()
        title = _tr("Remove Favorite {name}").format(name=favorite.name)

        def again(_context: Context) -> Step:
            return self.remove(favorite)

        def bring_back(_context: Context) -> Step:
            self.put(favorite)
            return Step(title, again)

        return Step(title, bring_back)

    def arrange(self, order: Sequence[Favorite]) -> None:
        """Have them in this order."""
        for rank, favorite in enumerate(order, 1):
            if favorite.rank != rank:
                value = replace(favorite, rank=float(rank)).dump()
                self._settings.put(f"{KEY}/{favorite.id}", value)
        self.changed.emit()


def why_not_there(favorite: Favorite, scope: ScopeModel, lookup: Lookup) -> str:
    """Return in a few words why one cannot go to a favorite now; "" if one can."""
    if scope.node(favorite.node) is not None:
        return ""
    host = next(lookup.records(Host, favorite.host), None) if favorite.host else None
    if host is None and favorite.host:
        return _tr("its server is not managed here now")
    if host is not None and reach.is_away(host):
        return _tr("{host} is away").format(host=reach.short_name(host))
    return _tr("it is not there now")


def refusal(name: str) -> str:
    """Return why a favorite cannot be called so; "" if it can."""
    if not name.strip():
        return _tr("Give it a name.")
    if len(name) > NAME_MAXIMUM:
        return _tr("Use up to {count} characters.").format(count=NAME_MAXIMUM)
    return ""
