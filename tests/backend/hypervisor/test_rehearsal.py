"""What libvirt makes of a description, found out without a host."""

import libvirt
import pytest

from backend.errors import DescriptionRefused
from backend.hypervisor.rehearsal import understood

XML = (
    "<domain type='test'><!-- mine --><name>rehearsal</name><memory>65536</memory>"
    "<os><type>hvm</type></os><devices><graphics type='vnc' passwd='x'/></devices></domain>"
)


def test_it_comes_back_as_it_was_understood() -> None:
    told = understood(XML)
    assert "<!--" not in told
    assert "passwd='x'" in told
    assert "<name>rehearsal</name>" in told


def test_what_is_against_the_schema_is_refused_in_libvirt_s_words() -> None:
    with pytest.raises(DescriptionRefused) as raised:
        understood(XML.replace("<devices>", "<devices><nonsense/>"))
    assert any("schema" in line for line in raised.value.detail)


def test_what_the_schema_does_not_mind_is_left_to_the_host() -> None:
    assert understood(XML.replace("65536", "0")) == ""


def test_nothing_is_left_of_it() -> None:
    understood(XML)
    connect = libvirt.open("test:///default")
    assert [domain.name() for domain in connect.listAllDomains()] == ["test"]
    connect.close()
