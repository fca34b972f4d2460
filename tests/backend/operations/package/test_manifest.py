"""A list says what it said; one that somebody made up is refused in every part."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.errors import Problem
from backend.operations.package import manifest
from backend.operations.package.manifest import Manifest, NotAManifest, PackedFile, Role, TooNew

SUM = "0" * 64
WHOLE = Manifest(
    "web é 1",
    "u",
    12.5,
    (
        PackedFile("machine.xml", Role.DESCRIPTION, 10, SUM),
        PackedFile("vda.qcow2", Role.DISK, 20, SUM, "vda", "qcow2", 2**40),
    ),
    (Problem("PackageWithoutMedium", (("path", "/a"), ("target", "sda"))),),
)


def test_it_is_read_as_it_was_written() -> None:
    assert manifest.parse(manifest.dump(WHOLE)) == WHOLE
    assert [file.name for file in WHOLE.of_role(Role.DISK)] == ["vda.qcow2"]


def changed(**fields: Any) -> str:
    return json.dumps(json.loads(manifest.dump(WHOLE)) | fields)


FILE = json.loads(manifest.dump(WHOLE))["files"][0]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "[" * 100_000,
        changed(format="other"),
        changed(name=1),
        changed(name="x" * 2000),
        changed(files=[]),
        changed(files=1),
        changed(files=[FILE] * 2),
        changed(files=[FILE] * 2000),
        changed(files=[FILE | {"name": "../../etc/shadow"}]),
        changed(files=[FILE | {"name": "/etc/shadow"}]),
        changed(files=[FILE | {"name": ".hidden"}]),
        changed(files=[FILE | {"sha256": "12"}]),
        changed(files=[FILE | {"role": "other"}]),
        changed(files=[FILE | {"size_bytes": -1}]),
        changed(files=[FILE | {"size_bytes": "7"}]),
        changed(files=[FILE | {"capacity_bytes": 2**70}]),
        changed(files=["machine.xml"]),
        changed(left_out=[1]),
        changed(left_out={}),
    ],
)
def test_what_is_no_list_is_refused(text: str) -> None:
    with pytest.raises(NotAManifest):
        manifest.parse(text)


def test_a_later_one_is_told_apart() -> None:
    with pytest.raises(TooNew):
        manifest.parse(changed(version=2, files="in a new way"))


@given(st.text() | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(json.dumps))
def test_whatever_it_is_it_is_refused_in_one_way(text: str) -> None:
    with pytest.raises(NotAManifest):
        manifest.parse(text)


@pytest.mark.parametrize("moment", ["1e999", "-1e999", "NaN", "-1", "1" + "0" * 400, '"x"', "[]"])
def test_a_moment_that_no_calendar_has_is_none(moment: str) -> None:
    text = manifest.dump(WHOLE).replace("12.5", moment)
    assert manifest.parse(text).made_at == 0.0
