"""The tables of words are whole: what stands in a line is a field that has words."""

from console.snapins.machines.settings import fields


def test_a_headline_is_of_a_field_with_a_name() -> None:
    for names in fields.HEADLINES.values():
        assert set(names) <= set(fields.NAMES)
    assert set(fields.HEADLINE_SWITCHES) <= set(fields.NAMES)


def test_what_has_a_number_in_it_has_a_place_for_it() -> None:
    for one, many in fields.HEADLINE_WORDS.values():
        assert "{number}" in one
        assert "{number}" in many
