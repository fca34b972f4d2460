"""What a machine starts with: https://libvirt.org/formatdomain.html#operating-system-booting ."""

from collections.abc import Iterator
from typing import Final

from backend.errors import Problem
from backend.settings import Bounds, Choice, Field, Section, Value, ValueKind
from backend.xmldesc import tree
from backend.xmldesc.settings import devices
from backend.xmldesc.settings.declared import Declared, Scene, always, among, choices, free, lack
from backend.xmldesc.settings.lens import YES_NO, Attribute, Computed, Content, drop, reach

BIOS: Final = "bios"
UEFI: Final = "uefi"
_BOOTABLE: Final = (Section.DRIVE, Section.ADAPTER, Section.HOST_DEVICE)
_LEGACY: Final = {
    "hd": ("devices/disk[@device='disk']", "devices/disk[@device='lun']"),
    "cdrom": ("devices/disk[@device='cdrom']",),
    "fd": ("devices/disk[@device='floppy']",),
    "network": ("devices/interface",),
}


def is_uefi(domain: tree.Element) -> bool:
    """Return whether a machine starts with UEFI, chosen by libvirt or by somebody."""
    is_flash = tree.attribute(domain, "os/loader", "type") == "pflash"
    return tree.attribute(domain, "os", "firmware") == "efi" or is_flash


def choose_anew(domain: tree.Element) -> None:
    """Have libvirt choose the firmware's files: those that were chosen before go."""
    for path in ("os/loader", "os/nvram"):
        if (found := domain.find(path)) is not None:
            drop(found, domain)


def _read_kind(domain: tree.Element) -> Value:
    return UEFI if is_uefi(domain) else BIOS


def _write_kind(domain: tree.Element, value: Value) -> None:
    if value == _read_kind(domain):
        return
    choose_anew(domain)
    features = domain.find("os/firmware")
    if features is not None:
        drop(features, domain)
    Attribute("os", "firmware").write(domain, "efi" if value == UEFI else None)


def _kinds(scene: Scene) -> Bounds:
    return Bounds(choices=(Choice(BIOS), Choice(UEFI, lack(scene.facts, "os/firmware", "efi"))))


def _bootable(domain: tree.Element) -> Iterator[tuple[str, tree.Element]]:
    """Yield what can be started from, by the name that the order has for it."""
    for section in _BOOTABLE:
        for key, element in devices.on_shelf(domain, section):
            yield f"{section.value}:{key}", element


def _read_order(domain: tree.Element) -> Value:
    there = dict(_bootable(domain))
    numbered = [
        (int(tree.attribute(element, "boot", "order", "0")), name)
        for name, element in there.items()
        if element.find("boot") is not None
    ]
    return tuple(name for _order, name in sorted(numbered)) or _legacy_order(domain, there)


def _legacy_order(domain: tree.Element, there: dict[str, tree.Element]) -> tuple[str, ...] | None:
    """Return the order that is told by kinds of devices: QEMU tries the first of each."""
    found = []
    for boot in domain.iterfind("os/boot"):
        paths = _LEGACY.get(str(boot.get("dev", "")), ())
        meant = next((e for path in paths for e in domain.iterfind(path)), None)
        found += [name for name, element in there.items() if element is meant]
    return tuple(found) or None


def _write_order(domain: tree.Element, value: Value) -> None:
    for boot in domain.findall("os/boot"):
        drop(boot, domain)
    for name, element in _bootable(domain):
        wanted = value.index(name) + 1 if isinstance(value, tuple) and name in value else None
        Attribute("boot", "order").write(element, None if wanted is None else str(wanted))


def _order(scene: Scene) -> Bounds:
    return Bounds(choices=choices(name for name, _element in _bootable(scene.domain)))


def _machines(scene: Scene) -> Bounds:
    """Offer other versions of the same machine: another kind has other devices."""
    kind = tree.attribute(scene.domain, "os/type", "machine")
    family = kind.rpartition("-")[0]
    others = (name for name in scene.facts.machines if name.rpartition("-")[0] == family)
    return Bounds(choices=choices(dict.fromkeys((kind, *others))), is_open=True)


def _write_machine(domain: tree.Element, value: Value) -> None:
    reach(domain, "os/type").set("machine", str(value))


DECLARED: Final = (
    Declared(
        Field.FIRMWARE_KIND,
        ValueKind.WORD,
        Computed(_read_kind, _write_kind),
        _kinds,
        remark=always(Problem("FirmwareStaysWithSystem")),
    ),
    Declared(
        Field.FIRMWARE_BOOT_ORDER, ValueKind.LIST, Computed(_read_order, _write_order), _order
    ),
    Declared(
        Field.FIRMWARE_BOOT_MENU,
        ValueKind.SWITCH,
        Attribute("os/bootmenu", "enable", YES_NO),
        free(),
    ),
    Declared(
        Field.FIRMWARE_MACHINE,
        ValueKind.WORD,
        Computed(Attribute("os/type", "machine").read, _write_machine),
        _machines,
    ),
    Declared(
        Field.FIRMWARE_CLOCK,
        ValueKind.WORD,
        Attribute("clock", "offset"),
        among("utc", "localtime", can_be_unset=False),
    ),
    Declared(Field.FIRMWARE_KERNEL, ValueKind.TEXT, Content("os/kernel"), free()),
    Declared(Field.FIRMWARE_INITRD, ValueKind.TEXT, Content("os/initrd"), free()),
    Declared(Field.FIRMWARE_COMMAND_LINE, ValueKind.TEXT, Content("os/cmdline"), free()),
)
