"""Reading and writing XML trees safely; the few questions that every description is asked."""

from lxml import etree

from backend.errors import DescriptionRefused

Element = etree._Element  # noqa: SLF001  # lxml's public name for it is a function
UNITS = {"b": 1, "bytes": 1, "KB": 10**3, "k": 2**10, "KiB": 2**10, "MB": 10**6, "M": 2**20,
         "MiB": 2**20, "GB": 10**9, "G": 2**30, "GiB": 2**30, "TB": 10**12, "T": 2**40,
         "TiB": 2**40}  # fmt: skip


def read(text: str) -> Element:
    """Parse a description, which may come from a hostile host: no entities, no network.

    Raises DescriptionRefused for what is no XML.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_blank_text=True)
    try:
        return etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise DescriptionRefused(detail=(str(error),)) from error


def write(element: Element) -> str:
    """Return the description as libvirt takes it, indented."""
    return etree.tostring(element, pretty_print=True, encoding="unicode")


def text_of(element: Element, path: str, default: str = "") -> str:
    """Return the text at `path`, stripped."""
    found = element.find(path)
    return default if found is None or found.text is None else found.text.strip()


def attribute(element: Element, path: str, name: str, default: str = "") -> str:
    """Return an attribute of the element at `path` ("." for this one)."""
    found = element.find(path)
    return default if found is None else str(found.get(name, default))


def bytes_at(element: Element, path: str, unit: str = "KiB") -> int:
    """Return the size at `path` in bytes; `unit` is what libvirt means by none. 0 if absent."""
    found = element.find(path)
    if found is None or not (found.text or "").strip().isdigit():
        return 0
    return int(str(found.text)) * UNITS.get(str(found.get("unit", unit)), 1)


def add(parent: Element, tag: str, text: str = "", **attributes: str) -> Element:
    """Append a child and return it."""
    child = etree.SubElement(parent, tag, attrib={k.rstrip("_"): v for k, v in attributes.items()})
    child.text = text or None
    return child


def drop(element: Element) -> None:
    """Have an element be no part of its parent any more."""
    if (parent := element.getparent()) is not None:
        parent.remove(element)


def new(tag: str, **attributes: str) -> Element:
    """Return a new root."""
    return etree.Element(tag, attrib=dict(attributes))


def new_qualified(tag: str, prefix: str, namespace: str, **attributes: str) -> Element:
    """Return a new element in a namespace under a prefix."""
    return etree.Element(
        f"{{{namespace}}}{tag}", attrib=dict(attributes), nsmap={prefix: namespace}
    )
