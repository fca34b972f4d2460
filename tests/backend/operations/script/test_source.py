"""Values as Python source make equal values again."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.model import Kind, Ref
from backend.operations import domain
from backend.operations.domain import Autostart
from backend.operations.script.source import Expression, Source
from backend.specs import MachineSpec, SourceKind


def made_from(value: object, depth: int = 0) -> object:
    """Run the source with its imports, and return what it makes."""
    source = Source()
    text = source.value(value, depth)
    names: dict[str, object] = {}
    exec("\n".join([*source.imports(), f"made = {text}"]), names)  # noqa: S102  # what it is for
    return names["made"]


@pytest.mark.parametrize(
    "value",
    [
        None, True, 7, 1.5, "a", "it's", 'say "x"', "\\", "two\nlines",
        'a\nb\nc"', 'a\n"""\n\\n\n"',
        (), (1,), (1, 2), ["a", ("b",)], Path("/a b"), Autostart.ON, Ref("h", Kind.DOMAIN, "k"),
        MachineSpec("web", SourceKind.DVD_IMAGE, path=Path("/x"), notes="long " * 40, vcpus=2),
    ],
)  # fmt: skip
def test_values_come_back(value: object) -> None:
    assert made_from(value) == value


@given(st.text())
def test_texts_come_back(text: str) -> None:
    assert made_from(text, depth=2) == text


def test_defaults_are_left_out_and_long_calls_broken() -> None:
    source = Source()
    assert source.value(MachineSpec("web", SourceKind.DVD_IMAGE, vcpus=2)) == (
        'MachineSpec("web", SourceKind.DVD_IMAGE, vcpus=2)'
    )
    long = source.value(MachineSpec("w" * 60, SourceKind.DVD_IMAGE, notes="n" * 60))
    assert long.splitlines()[0] == "MachineSpec("
    assert all(line.startswith("    ") for line in long.splitlines()[1:-1])
    assert source.imports() == ["from backend.specs import MachineSpec, SourceKind"]


def test_verbs_are_called_by_their_module() -> None:
    source = Source()
    call = source.call("submit", [Expression(source.name(domain.start)), Expression("ref")])
    assert call == "submit(domain.start, ref)"
    assert source.imports() == ["from backend.operations import domain"]


def test_a_description_can_be_read_in_it() -> None:
    xml = "<domain>\n  <name>a</name>\n</domain>\n"
    assert "\n  <name>a</name>\n" in Source().value(xml)
    assert made_from(xml) == xml
