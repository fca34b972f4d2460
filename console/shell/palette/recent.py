"""What was found last, from one time to the next."""

from console.sdk.kept_file import Json
from console.shell.settings import Settings

KEPT = 8
_KEY = "palette/recent"


class Recent:
    """Ids, the newest first."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @property
    def ids(self) -> tuple[str, ...]:
        """What was used last, the newest first."""
        kept = self._settings.value(_KEY)
        return tuple(map(str, kept)) if isinstance(kept, list) else ()

    def add(self, find_id: str) -> None:
        """Have this be the newest."""
        if find_id:
            others: list[Json] = [other for other in self.ids if other != find_id]
            self._settings.put(_KEY, [find_id, *others][:KEPT])
