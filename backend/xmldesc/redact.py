"""XML of libvirt's without what is nobody's business. Pure.

What was typed by people (titles, descriptions, notes, kernel command lines) may say anything, and
what is handed to the guest at its start (cloud-init, Ignition, SMBIOS strings) often holds secrets.
"""

import re
from typing import Final

from lxml import etree

from backend.redaction import GONE, without_secrets

_ATTRIBUTES: Final = frozenset({"passwd", "password", "passwdValidTo", "secret"})
_TEXTS: Final = frozenset(
    {"description", "title", "password", "passwd", "secret", "cmdline", "cookie"}
)
_FOR_THE_GUEST: Final = frozenset({"entry"})
_DATA: Final = re.compile(r"(\bdata=)[^,]+")
_OUR_NOTES: Final = "metadata"
_QEMU: Final = "http://libvirt.org/schemas/domain/qemu/1.0"


def redacted(description: str) -> str:
    """Return a description that can be handed on. One that is no XML goes as a whole."""
    try:
        root = etree.fromstring(description.encode(), etree.XMLParser(resolve_entities=False))
    except etree.XMLSyntaxError:
        return GONE
    for element in list(root.iter()):
        if not isinstance(element.tag, str):
            parent = element.getparent()  # a comment may say anything
            if parent is not None:
                parent.remove(element)
            continue
        _redact(element)
    return etree.tostring(root, encoding="unicode", pretty_print=True)


def _redact(element: "etree._Element") -> None:
    name = etree.QName(element)
    element.text = without_secrets(element.text) if element.text else element.text
    for attribute, value in element.attrib.items():
        element.set(attribute, without_secrets(str(value)))
    for attribute in set(element.attrib) & _ATTRIBUTES:
        element.set(attribute, GONE)
    if name.localname in _TEXTS and not len(element):
        element.text = GONE if (element.text or "").strip() else element.text
    elif name.localname in _FOR_THE_GUEST and element.text:
        element.text = GONE
    elif name.localname == _OUR_NOTES:
        for child in list(element):
            element.remove(child)
        element.text = GONE
    elif name.namespace == _QEMU:
        value = element.get("value", "")
        element.set("value", GONE if name.localname == "env" else _DATA.sub(rf"\1{GONE}", value))
