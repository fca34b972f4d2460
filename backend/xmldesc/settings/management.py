"""What Hyper-V calls *Management*: name and notes, what starts and stops by itself."""

from typing import Final

from backend.settings import Field, ValueKind
from backend.xmldesc.settings.declared import Declared, free
from backend.xmldesc.settings.lens import Content

DECLARED: Final = (
    Declared(Field.NAME, ValueKind.TEXT, Content("name"), by_command=True),
    Declared(Field.NAME_TITLE, ValueKind.TEXT, Content("title"), free()),
    Declared(Field.NAME_NOTES, ValueKind.TEXT, Content("description"), free()),
    Declared(Field.AUTOSTART, ValueKind.SWITCH, acts_at_once=True),
)
