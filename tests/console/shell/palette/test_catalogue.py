"""What was typed finds the right thing first, among a thousand others."""

from dataclasses import replace

import pytest

from console.shell.palette.catalogue import SHOWN, Catalogue, narrowed
from console.shell.palette.finds import Find, Standing
from console.shell.palette.recent import Recent
from console.shell.settings import Settings

done: list[str] = []


def deed(title: str, at: str) -> Find:
    name = f"{title.lower()}@{at}"
    return Find(id=name, title=title, run=lambda: done.append(name), standing=Standing.HERE)


def place(name: str, beside: str = "Virtual Machines") -> Find:
    return Find(
        id=name,
        title=name,
        beside=beside,
        run=lambda: done.append(name),
        standing=Standing.PLACE,
        further=lambda: tuple(deed(title, name) for title in ("Go There", "Shut Down", "Save")),
    )


COMMANDS = (
    Find(id="dark", title="Dark", beside="View > Appearance", run=lambda: done.append("dark")),
    Find(id="jobs", title="Jobs", beside="View", run=lambda: done.append("jobs")),
)


@pytest.fixture
def recent(settings: Settings) -> Recent:
    return Recent(settings)


@pytest.fixture
def catalogue(recent: Recent) -> Catalogue:
    places = tuple(place(f"web-{number}") for number in range(1000))
    made = Catalogue((lambda: places, lambda: COMMANDS), recent)
    made.gather()
    return made


def titles(catalogue: Catalogue, text: str) -> list[str]:
    return [hit.find.title for hit in catalogue.search(text)]


def test_a_thousand_that_fit_alike_stand_in_the_order_of_their_names(catalogue: Catalogue) -> None:
    found = titles(catalogue, "web")
    assert found == [f"web-{number}" for number in range(SHOWN)]
    assert titles(catalogue, "web") == found
    assert titles(catalogue, "web-99")[:2] == ["web-99", "web-990"]


def test_a_setting_is_found_by_where_it_stands(catalogue: Catalogue) -> None:
    assert titles(catalogue, "appear dark") == ["Dark"]


@pytest.mark.parametrize("text", ["web-77 shut", "shut web-77", "shut down web-77"])
def test_a_thing_and_what_to_do_with_it_in_one_line(catalogue: Catalogue, text: str) -> None:
    hit = catalogue.search(text)[0]
    assert (hit.find.title, hit.find.beside) == ("Shut Down", "web-77")
    done.clear()
    hit.find.run()
    assert done == ["shut down@web-77"]


def test_what_was_used_comes_first_when_nothing_is_typed(catalogue: Catalogue) -> None:
    assert titles(catalogue, "")[0] == "web-0"
    catalogue.remember(COMMANDS[1])
    catalogue.remember(catalogue.search("web-77 shut")[0].find)
    catalogue.gather()
    assert [(h.find.title, h.find.beside) for h in catalogue.search("")[:3]] == [
        ("Shut Down", "web-77"),
        ("Jobs", "View"),
        ("web-0", "Virtual Machines"),
    ]
    assert titles(catalogue, "").count("Jobs") == 1


def test_what_was_used_wins_among_equals_only(catalogue: Catalogue) -> None:
    catalogue.remember(place("web-500"))
    catalogue.gather()
    assert titles(catalogue, "web")[0] == "web-500"
    assert titles(catalogue, "web-5")[0] == "web-5"


def test_what_is_gone_is_not_offered_again(settings: Settings, recent: Recent) -> None:
    there = [place("web-1"), place("web-2")]
    catalogue = Catalogue((lambda: tuple(there),), recent)
    catalogue.gather()
    catalogue.remember(there[1])
    catalogue.remember(deed("Save", "web-2"))
    del there[1]
    catalogue.gather()
    assert titles(catalogue, "") == ["web-1"]


def test_two_finds_of_one_id_are_one(recent: Recent) -> None:
    here = replace(COMMANDS[0], title="Dark Here")
    catalogue = Catalogue((lambda: (here, *COMMANDS),), recent)
    catalogue.gather()
    assert titles(catalogue, "dark") == ["Dark Here"]


def test_the_second_step_keeps_its_order_until_something_is_typed() -> None:
    further = place("web-1").further
    assert further
    assert [h.find.title for h in narrowed("", further())] == ["Go There", "Shut Down", "Save"]
    assert [h.find.title for h in narrowed("s", further())] == ["Save", "Shut Down"][::-1]
