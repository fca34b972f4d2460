"""Name, title and notes stand in a description; automatic start does not."""

from backend.settings import Edit, Field, Setting
from backend.xmldesc import tree
from backend.xmldesc.settings import catalogue


def test_title_and_notes_come_and_go() -> None:
    root = tree.read("<domain><name>web</name></domain>")
    catalogue.write(root, [Edit(Setting(Field.NAME_NOTES), "a\nb")])
    assert catalogue.settings(root)[Setting(Field.NAME_NOTES)].value == "a\nb"
    assert catalogue.settings(root)[Setting(Field.NAME)].value == "web"
    assert catalogue.settings(root)[Setting(Field.AUTOSTART)].value is None
    catalogue.write(root, [Edit(Setting(Field.NAME_NOTES), None)])
    assert root.find("description") is None
