"""What protects a machine: https://libvirt.org/formatdomain.html#launch-security ."""

from typing import Final

from backend.errors import Problem
from backend.objections import HostLacks, SecureBootNeedsUefi, TpmMissing
from backend.settings import Bounds, Choice, Field, Value, ValueKind
from backend.shortages import TpmNeedsUefi
from backend.xmldesc import tree
from backend.xmldesc.settings.declared import Declared, Scene, among, free, lack
from backend.xmldesc.settings.firmware import choose_anew, is_uefi
from backend.xmldesc.settings.lens import YES_NO, Attribute, Computed, drop, reach

_FEATURES: Final = ("enrolled-keys", "secure-boot")
_SEV_POLICY: Final = {"sev": "0x0003", "sev-snp": "0x00030000"}


def _feature(name: str) -> str:
    return f"os/firmware/feature[@name='{name}']"


def _read_secure_boot(domain: tree.Element) -> Value:
    told = Attribute(_feature("secure-boot"), "enabled", YES_NO).read(domain)
    return told if told is not None else Attribute("os/loader", "secure", YES_NO).read(domain)


def _write_secure_boot(domain: tree.Element, value: Value) -> None:
    """Have libvirt choose a firmware that does it, or does not: files chosen before go."""
    if value == _read_secure_boot(domain):
        return
    choose_anew(domain)
    reach(domain, "os").set("firmware", "efi")
    for name in _FEATURES:
        if value is not None:
            reach(domain, _feature(name)).set("enabled", "yes" if value else "no")
        elif (found := domain.find(_feature(name))) is not None:
            drop(found, domain)


def _secure_boot_problem(scene: Scene) -> Problem | None:
    return None if is_uefi(scene.domain) else SecureBootNeedsUefi().problem


def _secure_boot_doubt(scene: Scene, value: Value) -> Problem | None:
    return lack(scene.facts, "loader/secure", "yes") if value else None


def _read_tpm(domain: tree.Element) -> Value:
    kind = tree.attribute(domain, "devices/tpm/backend", "type")
    if kind != "emulator":
        return kind or None
    return tree.attribute(domain, "devices/tpm/backend", "version", "2.0")


def _write_tpm(domain: tree.Element, value: Value) -> None:
    found = domain.find("devices/tpm")
    if value is None:
        if found is not None:
            drop(found, domain)
        return
    backend = reach(domain, "devices/tpm/backend")
    if value == "passthrough":
        backend.set("type", "passthrough")
        backend.attrib.pop("version", "")
        reach(backend, "device").set("path", "/dev/tpm0")
        return
    if (device := backend.find("device")) is not None:
        backend.remove(device)
    backend.set("type", "emulator")
    backend.set("version", str(value))
    if value == "1.2":  # it has no other model
        reach(domain, "devices/tpm").set("model", "tpm-tis")


def _tpms(scene: Scene) -> Bounds:
    emulated = lack(scene.facts, "tpm/backendModel", "emulator")
    own = lack(scene.facts, "tpm/backendModel", "passthrough")
    offered = (Choice("2.0", emulated), Choice("1.2", emulated), Choice("passthrough", own))
    return Bounds(choices=offered, can_be_unset=True)


def _tpm_check(scene: Scene, value: Value) -> Problem | None:
    has_ram_disk = bool(tree.text_of(scene.domain, "os/initrd"))
    if value is None or is_uefi(scene.domain) or not has_ram_disk:
        return None
    return TpmNeedsUefi(name=tree.text_of(scene.domain, "name")).problem


def _needs_tpm(scene: Scene) -> Problem | None:
    return TpmMissing().problem if scene.domain.find("devices/tpm") is None else None


def _write_launch(domain: tree.Element, value: Value) -> None:
    if (found := domain.find("launchSecurity")) is not None:
        drop(found, domain)
    if value is not None:
        reach(domain, "launchSecurity").set("type", str(value))
        if value in _SEV_POLICY:
            reach(domain, "launchSecurity/policy").text = _SEV_POLICY[str(value)]


def _launches(scene: Scene) -> Bounds:
    told = scene.facts.has_sev
    offered = scene.facts.offers.get("launchSecurity/sectype")
    found = []
    for kind in ("sev", "sev-snp", "tdx"):
        lacks = kind not in offered if offered is not None else told is False
        found.append(Choice(kind, HostLacks(value=kind).problem if lacks else None))
    return Bounds(choices=tuple(found), can_be_unset=True)


DECLARED: Final = (
    Declared(
        Field.SECURITY_SECURE_BOOT,
        ValueKind.SWITCH,
        Computed(_read_secure_boot, _write_secure_boot),
        free(),
        problem=_secure_boot_problem,
        doubt=_secure_boot_doubt,
    ),
    Declared(
        Field.SECURITY_TPM,
        ValueKind.WORD,
        Computed(_read_tpm, _write_tpm),
        _tpms,
        check=_tpm_check,
    ),
    Declared(
        Field.SECURITY_TPM_MODEL,
        ValueKind.WORD,
        Attribute("devices/tpm", "model"),
        among("tpm-tis", "tpm-crb", ability="tpm/model"),
        problem=_needs_tpm,
    ),
    Declared(
        Field.SECURITY_LAUNCH,
        ValueKind.WORD,
        Computed(Attribute("launchSecurity", "type").read, _write_launch),
        _launches,
    ),
)
