"""What somebody has entered in a sheet of settings and not handed in yet; pure."""

from collections.abc import Iterable

from backend.settings import Basis, Edit, Entry, Setting, Sheet, Value


class Draft:
    """Edits over a sheet that others can change meanwhile.

    Whatever is not edited follows the sheet. Where somebody else changed what is edited here, it is
    in conflict until the user says whose value holds; the base keeps the value that was edited, so
    that the backend overwrites nothing in between.
    """

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self._base = dict(sheet.base.values)
        self._edits: dict[Setting, Value] = {}
        self.elsewhere: dict[Setting, tuple[Value, Value]] = {}
        self.lost: tuple[Setting, ...] = ()

    @property
    def edits(self) -> tuple[Edit, ...]:
        """What is to be handed in."""
        return tuple(Edit(setting, value) for setting, value in self._edits.items())

    @property
    def base(self) -> Basis:
        """What the edits were made on."""
        return Basis(tuple(self._base.items()))

    @property
    def conflicts(self) -> dict[Setting, tuple[Value, Value]]:
        """What is edited here and was changed elsewhere: from what to what."""
        return {s: told for s, told in self.elsewhere.items() if s in self._edits}

    def value(self, setting: Setting) -> Value:
        """Return what is entered for a setting, or else what it is."""
        if setting in self._edits:
            return self._edits[setting]
        entry = self.sheet.entry(setting)
        return entry.value if entry else None

    def is_edited(self, setting: Setting) -> bool:
        """Whether something else is entered than there is."""
        return setting in self._edits

    def put(self, setting: Setting, value: Value) -> None:
        """Enter a value; the one that there is takes the edit back."""
        entry = self.sheet.entry(setting)
        if entry is None:
            return
        if value == entry.value:
            self.take_back(setting)
        else:
            self._edits[setting] = value

    def take_back(self, setting: Setting) -> None:
        """Have what there is, also where somebody else made it so."""
        self._edits.pop(setting, None)
        self.elsewhere.pop(setting, None)
        self._rebase((setting,))

    def revert(self, setting: Setting) -> None:
        """Take an edit back; where there is none, have what waits for the next start not come."""
        entry = self.sheet.entry(setting)
        if setting in self._edits or entry is None:
            self.take_back(setting)
        elif entry.is_pending:
            self.put(setting, entry.live)

    def follow(self, sheet: Sheet) -> None:
        """Go by this sheet from now on, and note what somebody else changed since."""
        self.lost += tuple(setting for setting in self._edits if sheet.entry(setting) is None)
        self.sheet = sheet
        for setting in self.lost:
            self._edits.pop(setting, None)
            self.elsewhere.pop(setting, None)
        for entry in sheet.entries:
            self._compare(entry)

    def settle(self, sheet: Sheet) -> None:
        """What was entered has been handed in: begin anew with this sheet."""
        self.sheet = sheet
        self._base = dict(sheet.base.values)
        self._edits = {}
        self.elsewhere = {}
        self.lost = ()

    def keep_mine(self) -> None:
        """Have the edits hold wherever they are in conflict."""
        self._rebase(self.conflicts)
        self.dismiss()

    def take_theirs(self) -> None:
        """Drop the edits wherever they are in conflict."""
        for setting in self.conflicts:
            self._edits.pop(setting)
        self.dismiss()

    def dismiss(self) -> None:
        """What was changed elsewhere has been read."""
        told, self.elsewhere, self.lost = self.elsewhere, {}, ()
        self._rebase(setting for setting in told if setting not in self._edits)

    def _compare(self, entry: Entry) -> None:
        setting, now = entry.setting, entry.value
        before = self._base.setdefault(setting, now)
        if setting in self._edits and self._edits[setting] == now:
            del self._edits[setting]
        if now == before:
            self.elsewhere.pop(setting, None)
            return
        first = self.elsewhere.get(setting, (before, now))[0]
        self.elsewhere[setting] = (first, now)
        if setting not in self._edits:
            self._base[setting] = now
        if first == now:
            del self.elsewhere[setting]

    def _rebase(self, settings: Iterable[Setting]) -> None:
        for setting in settings:
            entry = self.sheet.entry(setting)
            if entry is not None:
                self._base[setting] = entry.value
