from backend.kinds import catalogue
from console.snapins.machines.devices.part_kinds import PARTS


def test_they_stand_in_the_order_in_which_the_backend_asks() -> None:
    assert [what.kind for what in PARTS] == [kind.kind for kind in catalogue.ALL]


def test_no_choice_has_words_that_the_backend_never_offers() -> None:
    for what in PARTS:
        for words in what.fields.values():
            assert all(words.choices.values()), what.key
