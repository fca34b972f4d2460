"""Each field has a page, and each page a group."""

from backend.fields import Field, Section


def test_each_field_has_a_page_of_its_own() -> None:
    assert {field.section for field in Field} <= set(Section)
    assert Section.MEMORY.is_hardware
    assert not Section.NAME.is_hardware
