"""Pages are read, found by topic and by words, and their links understood."""

from pathlib import Path

import pytest

from console.shell.help.library import Library, address_of, anchor_of

CONTENTS = """# Help

## First
- [One](one.md)

## Second
- [Two](two.md)
"""
ONE = """# One
<!-- topics: node/root, start -->

About a [full disk](two.md#full-disk-yes) and [the web](https://example.org/x).

## Keys
<!-- topics: keys -->
<!-- insert: keys -->
"""
TWO = """# Two

## Full disk, yes!

Ärger with `vda`. Back to [one](one.md), and [here](#full-disk-yes).

### Deeper
<!-- topics: deep -->

Nothing else.
"""


@pytest.fixture
def library(tmp_path: Path) -> Library:
    for name, text in (("contents", CONTENTS), ("one", ONE), ("two", TWO)):
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    return Library(tmp_path, {"keys": lambda: "| F1 | Help |"})


def test_the_pages_stand_in_the_order_of_the_contents(library: Library) -> None:
    assert [(page.id, page.title, page.group) for page in library.pages.values()] == [
        ("one", "One", "First"),
        ("two", "Two", "Second"),
    ]


def test_a_topic_leads_to_its_section(library: Library) -> None:
    assert library.answer("node/root") == "one"
    assert library.answer("start") == "one"
    assert library.answer("deep") == "two#deeper"
    assert library.answer("unheard of") is None
    assert library.topics() == {"node/root", "start", "keys", "deep"}


def test_what_the_program_knows_stands_in_the_page(library: Library) -> None:
    assert "| F1 | Help |" in library.pages["one"].markdown
    assert library.search("F1")[0].address == "one#keys"


def test_words_are_found_whatever_their_capitals_and_accents(library: Library) -> None:
    assert [s.address for s in library.search("FULL disk")] == ["two#full-disk-yes", "one"]
    assert [s.address for s in library.search("arger vda")] == ["two#full-disk-yes"]
    assert library.search("full zebra") == []
    assert library.search("  ") == []
    assert library.search("topics") == []  # what is not read is not found


def test_links_are_understood(library: Library) -> None:
    assert list(library.pages["one"].links()) == ["two#full-disk-yes", "https://example.org/x"]
    assert list(library.pages["two"].links()) == ["one", "two#full-disk-yes"]
    assert library.has("two#full-disk-yes")
    assert library.has("one")
    assert not library.has("two#nothing")
    assert not library.has("three")
    assert address_of("x.md#y", "one") == "x#y"


@pytest.mark.parametrize(
    ("title", "anchor"), [("Full disk?", "full-disk"), ("A: b/c", "a-b-c"), ("Über", "uber")]
)
def test_a_section_is_named_after_its_title(title: str, anchor: str) -> None:
    assert anchor_of(title) == anchor
