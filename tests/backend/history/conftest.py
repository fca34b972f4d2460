"""Readings of machines that never were, and a store for them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.history.rollup import Level, Row, Span
from backend.history.store import Store
from backend.measures import Measure, Place
from backend.model import Kind, Ref

REF = Ref("h", Kind.DOMAIN, "u")
CPU: Place = (Measure.CPU, "")
BEGIN = 1_699_999_200
"""A whole hour, and a whole block of seconds."""


def row(at: float, value: float = 0.5, level: Level = Level.TENS, ref: Ref = REF) -> Row:
    span: Span = (value / 2, value, value * 2)
    return Row(ref, level, int(at), {CPU: span, (Measure.DISK_READ, "vda"): span})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "history.sqlite"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "history.sqlite")
    yield store
    store.close()
