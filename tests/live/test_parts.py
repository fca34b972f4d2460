"""Every other kind of device, as a real libvirt and QEMU take it, and as virsh sees it."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from celadon_tour.inside import Inside
from celadon_tour.sshd import free_port

from backend.devices import Device, DeviceKind, PartSpec, Prospects, When
from backend.jobs import Job, JobState, Step, StepState
from backend.model import Firmware, Ref
from backend.operations import device, domain, machine
from backend.specs import MachineSpec, SourceKind
from tests.live.stage import HOST, Guest, Stage

pytestmark = pytest.mark.live

COME_NOW = (
    PartSpec(DeviceKind.RNG, (("source", "/dev/urandom"), ("limit", "4096"))),
    PartSpec(DeviceKind.INPUT, (("type", "mouse"), ("bus", "usb"))),
    PartSpec(DeviceKind.INPUT, (("type", "keyboard"), ("bus", "virtio"))),
    PartSpec(DeviceKind.CHANNEL, (("name", "org.celadon.trial.0"),)),
    PartSpec(DeviceKind.SERIAL_PORT, (("model", "usb-serial"),)),
    PartSpec(DeviceKind.CONTROLLER, (("model", "virtio-scsi"),)),
    PartSpec(
        DeviceKind.USB_REDIRECTION, (("origin", "listen"), ("address", f"127.0.0.1:{free_port()}"))
    ),
)
COME_LATER = (
    PartSpec(DeviceKind.SOUND),
    PartSpec(DeviceKind.WATCHDOG, (("model", "i6300esb"), ("action", "reset"))),
    PartSpec(DeviceKind.SERIAL_PORT, (("model", "isa-serial"),)),
    PartSpec(DeviceKind.CONTROLLER, (("model", "sata"),)),
    PartSpec(DeviceKind.SHARE, (("driver", "virtiofs"), ("folder", "/srv"), ("name", "data"))),
    PartSpec(DeviceKind.VIDEO, (("model", "virtio"),)),
    PartSpec(DeviceKind.SLOTS, (("count", "2"),)),
)


def look(guest: Guest) -> Prospects:
    return guest.stage.engine.query(device.look, guest.ref).result(20)


def add(guest: Guest, *specs: PartSpec, when: When = When.NOW) -> Job:
    return guest.stage.must(device.add, guest.ref, specs, when)


def remove(guest: Guest, *targets: Device, when: When = When.NOW) -> Job:
    return guest.stage.must(device.remove, guest.ref, targets, when)


def made(job: Job) -> tuple[Device, ...]:
    assert isinstance(job.result, tuple)
    return job.result


def description(guest: Guest, *flags: str) -> str:
    return guest.stage.virsh("dumpxml", guest.name, *flags)


def steps(job: Job, key: str) -> dict[str, Step]:
    return {step.name: step for step in job.steps if step.subject == key}


def test_what_comes_and_goes_while_the_guest_runs(guest: Guest) -> None:
    before = look(guest)
    assert before.free_slots is not None
    job = add(guest, *COME_NOW)
    there = made(job)
    assert len({(one.kind, one.key) for one in there}) == len(COME_NOW)
    for one in there:
        seen = steps(job, one.key)
        assert seen["shown_to_guest"].state is StepState.DONE, (one, seen)
        # Of a channel the hypervisor tells whether it was opened, of the others nothing.
        waits = one.kind is DeviceKind.CHANNEL
        bound = seen["driver_bound"].state
        assert bound is (StepState.WAITING if waits else StepState.NOT_KNOWN) or waits, (one, bound)
    for text in (description(guest), description(guest, "--inactive")):
        assert "org.celadon.trial.0" in text
        assert "usb-serial" in text
        assert text.count("virtio-scsi") == 2
    after = look(guest)
    assert after.free_slots == before.free_slots - 3, "RNG, keyboard and controller take one each"
    listed = {removable.device for removable in after.removables}
    assert set(there) <= listed
    ended = remove(guest, *there)
    assert {step.state for step in ended.steps} == {StepState.DONE}
    assert [r.device for r in look(guest).removables] == [r.device for r in before.removables]
    for text in (description(guest), description(guest, "--inactive")):
        assert "ua-celadon" not in text


def test_what_comes_at_the_next_start_alone_is_in_the_definition_alone(guest: Guest) -> None:
    live = description(guest)
    for spec in COME_LATER:
        job = guest.stage.do(device.add, guest.ref, (spec,))
        assert job.problem, f"{spec} went in while the guest runs"
        assert job.problem.message_id in {
            "OnlyAtNextStart", "NoOldSlot", "NoSharedMemory", "ShareNotWhileRunning",
        }, job.problem  # fmt: skip
    job = add(guest, *COME_LATER, when=When.NEXT_START)
    text = description(guest, "--inactive")
    wanted = ("<sound", "i6300esb", "virtiofs", "memfd", "type='sata' index='1'")
    for words in wanted:
        assert words in text, words
    assert text.count("<video") == 2
    assert description(guest) == live
    gone = [one for one in made(job) if one.kind is not DeviceKind.SLOTS]
    remove(guest, *gone, when=When.NEXT_START)
    text = description(guest, "--inactive")
    for words in ("<sound", "i6300esb", "<driver type='virtiofs'"):
        assert words not in text, words
    assert text.count("<video") == 1


def test_a_display_goes_and_comes_at_the_next_start(guest: Guest) -> None:
    before = description(guest, "--inactive")
    vnc = Device(DeviceKind.DISPLAY, "vnc")
    (found,) = [r for r in look(guest).removables if r.device == vnc]
    assert found.now
    assert found.now.message_id == "OnlyAtNextStart"
    remove(guest, vnc, when=When.NEXT_START)
    assert "type='vnc'" not in description(guest, "--inactive")
    assert "type='vnc'" in description(guest), "it runs as it was"
    job = add(guest, PartSpec(DeviceKind.DISPLAY, (("kind", "vnc"),)), when=When.NEXT_START)
    assert made(job) == (vnc,)
    text = description(guest, "--inactive")
    assert "<listen type='socket'" in text
    assert text.count("<video") == before.count("<video")


def test_what_libvirt_has_no_command_for_is_written_and_what_is_unknown_stays(guest: Guest) -> None:
    there = {r.device.kind: r for r in look(guest).removables}
    panic, balloon = there[DeviceKind.PANIC], there[DeviceKind.BALLOON]
    assert panic.now
    assert panic.now.message_id == "OnlyAtNextStart"
    known = description(guest, "--inactive")
    remove(guest, panic.device, balloon.device, when=When.NEXT_START)
    text = description(guest, "--inactive")
    assert "<panic" not in text
    assert "<memballoon model='none'/>" in text
    back = (PartSpec(DeviceKind.PANIC), PartSpec(DeviceKind.BALLOON, (("reporting", "off"),)))
    job = add(guest, *back, when=When.NEXT_START)
    assert {step.state for step in job.steps} == {StepState.DONE}
    text = description(guest, "--inactive")
    assert "<panic model='isa'" in text
    assert "<memballoon model='virtio'" in text
    assert text.count("<controller") == known.count("<controller")


def test_devices_of_the_host_are_offered_with_the_reason(guest: Guest) -> None:
    told = look(guest)
    pci, usb, tpm = (
        told.offer(kind) for kind in (DeviceKind.PCI_DEVICE, DeviceKind.USB_DEVICE, DeviceKind.TPM)
    )
    assert all(c.now for c in pci.fields[0].choices) or pci.now is None
    if usb.now:
        assert usb.now.message_id in ("NoHostDevices", "HostDevicesUnknown")
    assert tpm.now
    assert tpm.now.message_id == "OnlyAtNextStart"
    assert tpm.next_start
    assert tpm.next_start.message_id == "TpmNeedsUefi", "a BIOS hands it its RAM disk"
    (device_field,) = pci.fields
    if free := next((c for c in device_field.choices if c.next_start is None), None):
        spec = PartSpec(DeviceKind.PCI_DEVICE, (("device", free.name),))
        job = add(guest, spec, when=When.NEXT_START)
        assert made(job)[0].key == free.name
        remove(guest, *made(job), when=When.NEXT_START)


def test_a_host_device_that_is_defined_is_known_by_its_name(guest: Guest) -> None:
    stick = guest.stage.root / "stick.xml"
    stick.write_text(
        "<hostdev mode='subsystem' type='usb'><source startupPolicy='optional'>"
        "<vendor id='0x0951'/><product id='0x1666'/></source></hostdev>"
    )
    guest.stage.virsh("attach-device", guest.name, str(stick), "--config")
    guest.until(lambda r: bool(r.next_start and "0x0951" in str(r.next_start.parts)))
    device_of_host = Device(DeviceKind.USB_DEVICE, "0951:1666")
    (found,) = [r for r in look(guest).removables if r.device == device_of_host]
    assert found.next_start is None
    job = remove(guest, device_of_host, when=When.NEXT_START)
    assert job.state is JobState.DONE
    assert "0x0951" not in description(guest, "--inactive")


def test_what_the_host_has_not_is_refused_beforehand_and_told_at_a_start(guest: Guest) -> None:
    vsock, (source, _model) = (
        look(guest).offer(DeviceKind.VSOCK),
        look(guest).offer(DeviceKind.TPM).fields,
    )
    own = next(choice for choice in source.choices if choice.name == "passthrough")
    assert (own.next_start is None) is Path("/dev/tpm0").exists()
    if Path("/dev/vhost-vsock").exists():
        assert vsock.next_start is None
        return
    assert vsock.next_start
    assert vsock.next_start.message_id == "NoVsockOnHost"
    other = guest.stage.create("with a socket")
    try:
        xml = guest.stage.root / "vsock.xml"
        socket = "<vsock model='virtio'><cid auto='yes'/></vsock></devices>"
        xml.write_text(description(other, "--inactive").replace("</devices>", socket))
        guest.stage.virsh("define", str(xml))
        other.until(lambda r: bool(r.next_start and "vsock" in str(r.next_start.parts)))
        job = guest.stage.do(domain.start, other.ref)
        assert job.problem
        assert job.problem.message_id == "NoVsockOnHost"
    finally:
        other.remove()


@pytest.fixture(scope="module")
def sealed(stage: Stage) -> Iterator[Guest]:
    """A machine with UEFI, a TPM and, where its host has that, a folder; it runs and is ready."""
    spec = MachineSpec("sealed", SourceKind.SAMPLE_GUEST, firmware=Firmware.UEFI)
    ref = stage.must(machine.create, HOST, spec).result
    assert isinstance(ref, Ref)
    sealed = Guest(stage, ref, spec.name)
    try:
        add(sealed, PartSpec(DeviceKind.TPM))
        if look(sealed).offer(DeviceKind.SHARE).next_start is None:
            (folder,) = made(add(sealed, shared(stage, "early")))
            if not can_share():
                job = stage.do(domain.start, ref)
                assert job.problem
                assert job.problem.message_id == "ShareProgramEnded"
                remove(sealed, folder)
        sealed.boot()
        yield sealed
    finally:
        sealed.remove()


def shared(stage: Stage, name: str) -> PartSpec:
    """Return a folder to be shared, with a file in it."""
    folder = stage.root.parent / name
    folder.mkdir()
    (folder / "told").write_text(name)
    values = (("driver", "virtiofs"), ("folder", str(folder)), ("name", name))
    return PartSpec(DeviceKind.SHARE, values)


def can_share() -> bool:
    """Return whether virtiofsd gets its namespaces: in a chroot it does not.

    An ordinary user has none there; root has, but pivots only where "/" is a mount.
    """
    if os.geteuid() == 0:
        mounts = Path("/proc/self/mountinfo").read_text().splitlines()
        return any(mount.split()[4] == "/" for mount in mounts)
    command = ("unshare", "-U", "true")
    return subprocess.run(command, check=False, stderr=subprocess.DEVNULL).returncode == 0


def mounted(name: str) -> str:
    """Return what a guest runs to read a file of a folder that is shared with it."""
    return f"mkdir -p /mnt/{name}; mount -t virtiofs {name} /mnt/{name} && cat /mnt/{name}/told"


def test_a_folder_is_shared_from_the_start_and_another_while_the_guest_runs(sealed: Guest) -> None:
    stage, inside = sealed.stage, Inside(sealed.stage.virsh, sealed.name)
    if "virtiofs" not in description(sealed):
        pytest.skip("a user's own libvirt shares since 10.0, where it has namespaces")
    assert inside.run(mounted("early")) == "early"
    if refused := look(sealed).offer(DeviceKind.SHARE).now:
        assert refused.message_id == "ShareNotWhileRunning", "an older libvirt would end"
        return
    (late,) = made(add(sealed, shared(stage, "late")))
    assert inside.run(mounted("late")) == "late"
    inside.run("echo from the guest > /mnt/late/answer; umount /mnt/late")
    assert (stage.root.parent / "late/answer").read_text() == "from the guest\n"
    ended = remove(sealed, late)
    assert {step.state for step in ended.steps} == {StepState.DONE}
    assert inside.run(mounted("late")) == ""
    assert "dir='late'" not in description(sealed)
    assert inside.run("cat /mnt/early/told") == "early", "the other one is as it was"


def test_a_tpm_is_in_the_guest_and_its_agent_beside_it(sealed: Guest) -> None:
    (tpm,) = (r.device for r in look(sealed).removables if r.device.kind is DeviceKind.TPM)
    told = Inside(sealed.stage.virsh, sealed.name).run(
        "cat /sys/class/tpm/tpm0/tpm_version_major; ls /dev/tpm0"
    )
    assert told.split() == ["2", "/dev/tpm0"]
    remove(sealed, tpm, when=When.NEXT_START)
    assert "<tpm" not in description(sealed, "--inactive")
