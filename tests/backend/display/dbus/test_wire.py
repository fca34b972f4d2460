"""D-Bus' types, there and back, and what is none of them."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.display.dbus.wire import Broken, marshal, split, unmarshal

TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)
UINT, INT = st.integers(0, 2**32 - 1), st.integers(-(2**31), 2**31 - 1)


@given(UINT, INT, st.binary(max_size=40), TEXT, st.lists(UINT, max_size=5), st.booleans())
def test_there_and_back(
    u: int, i: int, data: bytes, text: str, many: list[int], is_so: bool
) -> None:
    values = (u, i, data, text, many, is_so, (i, text), {text: many})
    signature = "uiaysaub(is)a{sau}"
    assert unmarshal(signature, marshal(signature, values)) == values


def test_it_is_as_the_specification_has_it() -> None:
    told = {"Interfaces": ("as", ["a.b"])}
    body = marshal("a{sv}", (told,))
    assert body == (b"\x20\0\0\0\0\0\0\0\x0a\0\0\0Interfaces\0\2as\0\0\x08\0\0\0\3\0\0\0a.b\0")
    assert unmarshal("a{sv}", body) == ({"Interfaces": ["a.b"]},)


@pytest.mark.parametrize(
    "signature", ["a", "()", "a()", "(u", "{sv", "z", "u)", "a" * 40, "(" * 40]
)
def test_what_is_no_signature(signature: str) -> None:
    with pytest.raises(Broken):
        list(split(signature))
    with pytest.raises(Broken):
        unmarshal(signature, bytes(64))


@pytest.mark.parametrize("inside", ["a()", "uu", "", "vvvvvvvv", "((((((((((((((((((u"])
def test_a_variant_of_nothing_that_makes_sense(inside: str) -> None:
    body = bytes((len(inside),)) + inside.encode() + bytes(200)
    with pytest.raises(Broken):
        unmarshal("v", body)


def test_variants_within_variants_end() -> None:
    with pytest.raises(Broken, match="too deep"):
        unmarshal("v", b"\1v\0" * 1000)


@pytest.mark.parametrize(
    ("signature", "body"),
    [
        ("u", b"\1\0\0"),
        ("u", b"\1\0\0\0\0"),
        ("s", b"\5\0\0\0abc\0"),
        ("s", b"\3\0\0\0abcd"),
        ("s", b"\1\0\0\0\xff\0"),
        ("s", b"\3\0\0\0a\0c\0"),
        ("ay", b"\xff\xff\xff\xffabc"),
        ("au", b"\6\0\0\0" + bytes(8)),
        ("a{vu}", b"\x10\0\0\0\0\0\0\0\2au\0\0\0\0\0\0\0\0\0\7\0\0\0"),
    ],
)
def test_what_is_no_value(signature: str, body: bytes) -> None:
    with pytest.raises(Broken):
        unmarshal(signature, body)


@given(
    st.binary(max_size=200), st.sampled_from(["a{sv}", "sa{sv}as", "v", "av", "a(yv)", "huuuuu"])
)
def test_anything_ends_in_values_or_one_error(body: bytes, signature: str) -> None:
    with contextlib.suppress(Broken):
        unmarshal(signature, body)
