"""What somebody wrote is read with care; what libvirt would leave out is found."""

import pytest

from backend.errors import BackendError
from backend.refusals import (
    DescriptionTooLarge,
    UuidInvalid,
    WrongDescription,
    XmlBroken,
    XmlForbidden,
)
from backend.xmldesc import tree, written
from backend.xmldesc.written import Part

UUID = "0b5fa6f0-6a31-4d63-b2f5-3a1e3c1d7c01"
XML = f"""<?xml version='1.0'
 encoding='UTF-16'?>
<domain type='kvm'>
  <name>web</name>
  <uuid>{UUID.upper()}</uuid>
  <!-- mine -->
  <devices>
    <disk><source file='/a'/><alias name='x'/></disk>
    <interface><mac address='52:54:00:AA:bb:cc'/><source network='lan'/></interface>
    <interface type='user'/>
    <graphics type='vnc' passwd='secret'/>
  </devices>
</domain>"""


def test_an_outline() -> None:
    told = written.outline(XML)
    assert (told.name, told.uuid) == ("web", UUID)
    assert told.disks == ("/a",)
    assert told.networks == ("lan",)
    assert told.macs == ("52:54:00:aa:bb:cc",)


@pytest.mark.parametrize(
    ("text", "error", "arguments"),
    [
        ("<domain>\n  <a></b>\n</domain>", XmlBroken, {"line": 2, "column": 10}),
        ("", XmlBroken, {"line": 1, "column": 1}),
        ("<domain>", XmlBroken, {"line": 1, "column": 9}),
        ("<network/>", WrongDescription, {"found": "network", "wanted": "domain"}),
        ("<domain><uuid>x</uuid></domain>", UuidInvalid, {"uuid": "x"}),
        ("<domain>\ud800</domain>", XmlBroken, None),
        ("<domain>\0</domain>", XmlBroken, None),
    ],
)
def test_what_will_not_do_is_said_with_its_place(
    text: str, error: type[BackendError], arguments: dict[str, object] | None
) -> None:
    try:
        told: BackendError | None = None
        written.outline(text)
    except BackendError as raised:
        told = raised
    if arguments is None:
        return  # whether it is taken or refused: it is no fault of ours
    assert isinstance(told, error)
    assert told.arguments == arguments


def test_the_line_is_that_of_the_text_also_below_a_declaration() -> None:
    with pytest.raises(XmlBroken) as raised:
        written.outline(XML.replace("</disk>", "</dusk>"))
    assert raised.value.arguments["line"] == 8


BOMB = (
    "<!DOCTYPE d [<!ENTITY a 'aaaaaaaaaa'>"
    + "".join(f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9))
    + "]><domain><name>&j;</name></domain>"
)
OUTSIDE = "<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><domain>&x;</domain>"


@pytest.mark.parametrize("text", [BOMB, OUTSIDE, BOMB.replace("domain", "d")])
def test_a_bomb_is_not_even_parsed(text: str) -> None:
    with pytest.raises(XmlForbidden):
        written.outline(text)  # expanded, it would be ten thousand million letters


def test_there_is_a_limit() -> None:
    with pytest.raises(DescriptionTooLarge):
        written.outline("<domain>" + "x" * written.SIZE_MAXIMUM + "</domain>")
    with pytest.raises(XmlBroken):
        written.outline("<domain>" * 10_000)


def test_another_identity() -> None:
    fresh = written.with_new_addresses(XML)
    assert written.outline(fresh).uuid == ""
    assert written.outline(fresh).macs == ()
    assert written.outline(fresh).networks == ("lan",)
    assert written.outline(written.with_uuid(fresh, UUID)).uuid == UUID
    assert written.with_uuid(XML, UUID).count("uuid>") == 2


def test_no_secret_is_left() -> None:
    hidden = written.without_secrets(XML)
    assert "secret" not in hidden
    assert 'passwd="***"' in hidden
    plain = "<domain><name>a</name></domain>"
    assert written.without_secrets(plain) is plain


def test_for_the_rehearsal_it_is_somebody_else() -> None:
    root = tree.read(written.for_rehearsal(XML.split("?>")[1]))
    assert root.get("type") == "test"
    assert root.findtext("name") == "rehearsal"
    assert root.find("uuid") is None


def test_what_is_left_out_is_told_once_and_with_its_line() -> None:
    wanted = XML.split("?>")[1].strip()
    kept = wanted.replace("<!-- mine -->", "").replace("<alias name='x'/>", "")
    kept = kept.replace("<name>web", "<name>  web").replace("type='user'", "type='bridge' x='y'")
    assert written.dropped(wanted, kept) == (Part(4, "<!-- mine -->"), Part(6, "<alias>"))
    assert written.dropped(wanted, wanted) == ()


def test_attributes_too_but_not_what_is_metadata_or_a_hypervisor_s_own() -> None:
    wanted = """<domain xmlns:q='http://libvirt.org/schemas/domain/qemu/1.0'>
      <metadata><my:note xmlns:my='urn:my'/></metadata>
      <vcpu odd='1'>2</vcpu>
      <q:commandline><q:arg value='x'/></q:commandline></domain>"""
    kept = "<domain><vcpu>2</vcpu></domain>"
    assert written.dropped(wanted, kept) == (Part(3, '<vcpu odd="...">'),)


def test_what_is_mentioned_is_no_note() -> None:
    text = (
        "<domain><name>a</name><metadata><x path='/noted'/></metadata><os><kernel> /k </kernel>"
        "</os><devices><disk><source file='/d'/></disk></devices></domain>"
    )
    found = written.mentioned(text)
    assert {"/k", "/d", "a"} <= found
    assert "/noted" not in found
