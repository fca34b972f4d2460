"""Libvirt's own test driver: `connect` is a connection to a host with one running machine."""

from collections.abc import Iterator
from typing import Any

import libvirt
import pytest

from backend.hypervisor import eventloop
from backend.model import Kind, Ref

UUID = "6695eb01-f6a4-8304-79aa-97f2502e193f"


@pytest.fixture
def connect(tmp_path: Any) -> Iterator[Any]:
    """A connection of its own, with what `test:///default` has."""
    eventloop.run_in_thread()
    pristine = libvirt.open("test:///default")
    node = tmp_path / "node.xml"
    domain = pristine.lookupByName("test").XMLDesc(0)
    pool = pristine.storagePoolLookupByName("default-pool").XMLDesc(0)
    network = pristine.networkLookupByName("default").XMLDesc(0)
    node.write_text(f"<node>{domain}{network}{pool}</node>")
    pristine.close()
    opened = libvirt.open(f"test://{node}")
    yield opened
    opened.close()


@pytest.fixture
def ref() -> Ref:
    """The one machine."""
    return Ref("h", Kind.DOMAIN, UUID)
