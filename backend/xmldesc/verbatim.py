"""A description as libvirt itself writes it: what differs is then what `virsh dumpxml` shows.

https://gitlab.com/libvirt/libvirt/-/blob/master/src/util/virbuffer.c (escapes), and what is seen.
"""

import hashlib
import textwrap
from collections.abc import Iterator
from typing import Final

from lxml import etree

from backend.xmldesc import tree

_ESCAPES: Final = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", "'": "&apos;", '"': "&quot;"}
)
_INDENT: Final = "  "


def lines(element: tree.Element) -> list[str]:
    """Return the lines of a description, without line ends."""
    return "\n".join(_lines(element, "")).split("\n")


def mark(description: str) -> str:
    """Return what two descriptions have in common only if they are the same."""
    return hashlib.sha256(description.encode()).hexdigest()


def _lines(element: tree.Element, indent: str) -> Iterator[str]:
    if isinstance(element, etree._Comment):  # noqa: SLF001  # what etree.Comment() makes
        return  # libvirt keeps none
    start, name = _start(element), _name(element)
    text = (element.text or "").strip()
    if not len(element):
        yield f"{indent}<{start}>{_escaped(text)}</{name}>" if text else f"{indent}<{start}/>"
        return
    yield f"{indent}<{start}>"
    inner = indent + _INDENT
    for child in element:
        yield from _as_it_came(child, inner) if name == "metadata" else _lines(child, inner)
    yield f"{indent}</{name}>"


def _as_it_came(element: tree.Element, indent: str) -> Iterator[str]:
    """Yield what is others': libvirt has it written by libxml2."""
    text = etree.tostring(element, pretty_print=True, encoding="unicode", with_tail=False)
    parent = element.getparent()
    above = {} if parent is None else parent.nsmap
    for prefix, uri in above.items():
        text = text.replace(f' xmlns:{prefix}="{uri}"', "", 1)  # said above already
    yield from textwrap.indent(text.rstrip("\n"), indent).split("\n")


def _start(element: tree.Element) -> str:
    parent = element.getparent()
    above = {} if parent is None else parent.nsmap
    spaces = {f"xmlns:{p}": uri for p, uri in element.nsmap.items() if p and p not in above}
    told = {str(k): str(v) for k, v in element.attrib.items()} | spaces
    return " ".join([_name(element), *(f"{k}='{_escaped(v)}'" for k, v in told.items())])


def _name(element: tree.Element) -> str:
    name = etree.QName(element).localname
    return f"{element.prefix}:{name}" if element.prefix else str(name)


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES)
