"""A sheet of three kinds of fields, for tests of what the shell does with sheets.

Machines have none in the program itself: they have Settings.
"""

from typing import Final

from backend.model import Domain, Kind, Ref
from backend.operations.settings import sheet as verbs
from backend.settings import NOW, Edit, Field, Setting
from console.sdk.context import Context, JobHandle
from console.sdk.property_page import FieldSpec, SheetPage, check, line, text
from console.sdk.snapin import Amendment, Changes, PropertyPage, SnapIn
from console.snapins.machines import actions, names

NAME: Final = "name"
NOTES: Final = "notes"
AUTOSTART: Final = "is_autostart"
_FIELDS: Final = {
    NAME: Field.NAME,
    NOTES: Field.NAME_NOTES,
    AUTOSTART: Field.AUTOSTART,
}


class GeneralPage(SheetPage):
    """Name, notes and automatic start."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "General")
        self.name = line(
            FieldSpec(
                NAME,
                "Name",
                lambda domain: domain.name,
                refusal=actions.why_not_rename,
                judge=self._why_not_name,
            )
        )
        self.notes = text(FieldSpec(NOTES, "Notes", lambda domain: domain.notes))
        self.autostart = check(
            FieldSpec(
                AUTOSTART,
                "Start with the server",
                lambda domain: domain.is_autostart,
                refusal=_why_not_autostart,
            )
        )
        for field in (self.name, self.notes, self.autostart):
            self.add(field)

    def _why_not_name(self, name: str, domain: Domain) -> str:
        return names.refusal(name, domain.ref.host, self.context.lookup, domain.ref)


def _why_not_autostart(domain: Domain) -> str:
    return "" if domain.is_persistent else "It exists only while it runs."


def _submit(context: Context, ref: Ref, changes: Changes) -> JobHandle:
    edits = tuple(Edit(Setting(_FIELDS[name]), value) for name, value in changes.items())  # type: ignore[arg-type]
    return context.submit(verbs.apply, ref, NOW, edits)


CONTENTS: Final = SnapIn(
    "sheet",
    "Sheet",
    pages=(PropertyPage("machine.general", "General", Kind.DOMAIN, GeneralPage),),
    amendments=(Amendment(Kind.DOMAIN, _submit),),
)
