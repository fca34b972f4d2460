"""The kinds that the backend declares (`backend.kinds`), in words. Each is declared once."""

from typing import Final

from backend.devices import DeviceKind
from console.sdk.marking import NOOP
from console.snapins.machines.devices.what import What, Words

_MODEL: Final = NOOP("machines", "Model")

PARTS: Final = (
    What(
        "usb_device",
        DeviceKind.USB_DEVICE,
        "ph.arrow-square-in",
        NOOP("machines", "USB device of the server"),
        NOOP("machines", "Hands a device that is plugged into the server on to the guest."),
        NOOP("machines", "USB device"),
        {"device": Words(NOOP("machines", "Device"), is_listed=True)},
        NOOP("machines", "The server itself cannot use it meanwhile."),
    ),
    What(
        "pci_device",
        DeviceKind.PCI_DEVICE,
        "ph.sim-card",
        NOOP("machines", "PCI device of the server"),
        NOOP("machines", "Hands a card of the server on to the guest."),
        NOOP("machines", "PCI device"),
        {"device": Words(NOOP("machines", "Device"), is_listed=True)},
        NOOP(
            "machines",
            "The server itself cannot use it meanwhile, and the machine cannot be moved to "
            "another server while it runs.",
        ),
    ),
    What(
        "share",
        DeviceKind.SHARE,
        "ph.folder-open",
        NOOP("machines", "Shared folder"),
        NOOP("machines", "Has the guest mount a folder of the server."),
        NOOP("machines", "shared folder"),
        {
            "driver": Words(
                NOOP("machines", "Protocol"),
                {
                    "virtiofs": NOOP("machines", "virtiofs (Linux, or Windows with WinFsp)"),
                    "9p": NOOP("machines", "9p (older Linux)"),
                },
            ),
            "folder": Words(NOOP("machines", "Folder"), hint=NOOP("machines", "/srv/data")),
            "name": Words(NOOP("machines", "Name in the guest")),
        },
        NOOP(
            "machines",
            "A Linux guest mounts it by its name: mount -t virtiofs NAME /mnt. At the next start, "
            "the machine's memory is made one that can be shared, if it is not.",
        ),
    ),
    What(
        "channel",
        DeviceKind.CHANNEL,
        "ph.chats",
        NOOP("machines", "Channel for an agent"),
        NOOP("machines", "Has a program in the guest talk to the server: its agent, or another."),
        NOOP("machines", "channel"),
        {"name": Words(NOOP("machines", "Name"), hint=NOOP("machines", "org.qemu.guest_agent.0"))},
        NOOP(
            "machines",
            "org.qemu.guest_agent.0 is for the guest agent, org.celadon.heartbeat.0 for the "
            "heartbeat. A program in the guest has to open it.",
        ),
    ),
    What(
        "serial_port",
        DeviceKind.SERIAL_PORT,
        "ph.terminal",
        NOOP("machines", "Serial port"),
        NOOP("machines", "A line of text into the guest, shown on the page Serial Console."),
        NOOP("machines", "serial port"),
        {
            "model": Words(
                _MODEL,
                {
                    "virtio": NOOP("machines", "virtio console (fastest; hvc0 in Linux)"),
                    "isa-serial": NOOP("machines", "ISA (COM1 to COM4; every system knows it)"),
                    "usb-serial": NOOP("machines", "USB (ttyUSB0 in Linux)"),
                    "pci-serial": NOOP("machines", "PCI (16550A on a card)"),
                },
            )
        },
    ),
    What(
        "vsock",
        DeviceKind.VSOCK,
        "ph.link",
        NOOP("machines", "Socket to the server"),
        NOOP("machines", "Has guest and server talk without a network (vsock)."),
        NOOP("machines", "vsock"),
        advice=NOOP("machines", "The server chooses its number. Its kernel needs vhost_vsock."),
    ),
    What(
        "rng",
        DeviceKind.RNG,
        "ph.dice-five",
        NOOP("machines", "Random number generator"),
        NOOP("machines", "Gives the guest the server's randomness, so that it need not wait."),
        NOOP("machines", "random number generator"),
        {
            "source": Words(
                NOOP("machines", "Source"),
                {
                    "/dev/urandom": NOOP("machines", "The server's kernel (/dev/urandom)"),
                    "/dev/hwrng": NOOP("machines", "The server's hardware (/dev/hwrng)"),
                    "builtin": NOOP("machines", "QEMU itself"),
                },
            ),
            "limit": Words(
                NOOP("machines", "At most"),
                hint=NOOP("machines", "Bytes a second; empty for no limit"),
            ),
        },
    ),
    What(
        "tpm",
        DeviceKind.TPM,
        "ph.shield-check",
        NOOP("machines", "Trusted platform module"),
        NOOP("machines", "Keeps keys where only this guest has them: Windows 11 wants one."),
        NOOP("machines", "TPM"),
        {
            "source": Words(
                NOOP("machines", "TPM"),
                {
                    "emulator": NOOP("machines", "Emulated, version 2.0 (swtpm)"),
                    "passthrough": NOOP("machines", "The server's own (/dev/tpm0)"),
                },
            ),
            "model": Words(
                _MODEL,
                {
                    "tpm-crb": NOOP("machines", "CRB (TPM 2.0; UEFI)"),
                    "tpm-tis": NOOP("machines", "TIS (TPM 1.2 and 2.0)"),
                    "tpm-spapr": NOOP("machines", "sPAPR (POWER)"),
                },
            ),
        },
        NOOP("machines", "Its keys stay with the machine, and go when the machine is deleted."),
    ),
    What(
        "watchdog",
        DeviceKind.WATCHDOG,
        "ph.timer",
        NOOP("machines", "Watchdog"),
        NOOP("machines", "Does something to the machine when its guest no longer answers."),
        NOOP("machines", "watchdog"),
        {
            "model": Words(
                _MODEL,
                {
                    "i6300esb": NOOP("machines", "Intel 6300ESB (PCI)"),
                    "ib700": NOOP("machines", "iBase 700 (ISA)"),
                },
            ),
            "action": Words(
                NOOP("machines", "Then"),
                {
                    "reset": NOOP("machines", "Reset the machine"),
                    "shutdown": NOOP("machines", "Shut the guest down"),
                    "poweroff": NOOP("machines", "Turn the machine off"),
                    "pause": NOOP("machines", "Pause the machine"),
                    "inject-nmi": NOOP("machines", "Interrupt the guest (NMI)"),
                    "none": NOOP("machines", "Do nothing, only tell"),
                },
            ),
        },
        NOOP("machines", "It acts only once a program in the guest has begun to feed it."),
    ),
    What(
        "panic",
        DeviceKind.PANIC,
        "ph.warning-octagon",
        NOOP("machines", "Panic report"),
        NOOP("machines", "Has the guest's kernel say when it crashes, so that it is seen here."),
        NOOP("machines", "panic report"),
        {
            "model": Words(
                _MODEL,
                {
                    "isa": NOOP("machines", "pvpanic (Linux, Windows with its driver)"),
                    "hyperv": NOOP("machines", "Hyper-V (Windows)"),
                },
            )
        },
    ),
    What(
        "balloon",
        DeviceKind.BALLOON,
        "ph.circles-three",
        NOOP("machines", "Memory balloon"),
        NOOP("machines", "Has the guest give memory back, and tell how much it uses."),
        NOOP("machines", "memory balloon"),
        {
            "reporting": Words(
                NOOP("machines", "Free memory"),
                {
                    "on": NOOP("machines", "Goes back to the server by itself"),
                    "off": NOOP("machines", "Stays with the guest until it is asked for"),
                },
            )
        },
    ),
    What(
        "crypto",
        DeviceKind.CRYPTO,
        "ph.lock-key",
        NOOP("machines", "Cryptography device"),
        NOOP("machines", "Has the server encrypt for the guest (virtio-crypto)."),
        NOOP("machines", "cryptography device"),
    ),
    What(
        "input",
        DeviceKind.INPUT,
        "ph.keyboard",
        NOOP("machines", "Keyboard or pointer"),
        NOOP("machines", "A tablet has the pointer follow yours without being caught."),
        NOOP("machines", "input device"),
        {
            "type": Words(
                NOOP("machines", "Device"),
                {
                    "tablet": NOOP("machines", "Tablet (the pointer is where yours is)"),
                    "keyboard": NOOP("machines", "Keyboard"),
                    "mouse": NOOP("machines", "Mouse"),
                },
            ),
            "bus": Words(
                NOOP("machines", "Bus"),
                {
                    "usb": NOOP("machines", "USB (most systems know it)"),
                    "virtio": NOOP("machines", "virtio (Linux, or Windows with its drivers)"),
                },
            ),
        },
    ),
    What(
        "sound",
        DeviceKind.SOUND,
        "ph.speaker-high",
        NOOP("machines", "Sound card"),
        NOOP("machines", "What it plays is heard by viewers of the display that take sound."),
        NOOP("machines", "sound card"),
        {
            "model": Words(
                _MODEL,
                {
                    "ich9": NOOP("machines", "Intel HD Audio ICH9 (newer systems)"),
                    "ich6": NOOP("machines", "Intel HD Audio ICH6"),
                    "ac97": NOOP("machines", "Intel AC'97 (older systems)"),
                    "usb": NOOP("machines", "USB audio"),
                },
            )
        },
    ),
    What(
        "display",
        DeviceKind.DISPLAY,
        "ph.monitor",
        NOOP("machines", "Display"),
        NOOP("machines", "Another way to look at the machine. It has one of each kind at most."),
        NOOP("machines", "display"),
        {
            "kind": Words(
                NOOP("machines", "Kind"),
                {
                    "vnc": NOOP("machines", "VNC (most viewers)"),
                    "spice": NOOP("machines", "SPICE (sound, clipboard, USB of the viewer)"),
                    "dbus": NOOP("machines", "D-Bus (Celadon on the same computer, fastest)"),
                },
            )
        },
    ),
    What(
        "video",
        DeviceKind.VIDEO,
        "ph.desktop",
        NOOP("machines", "Video adapter"),
        NOOP("machines", "Draws a second screen. The guest needs a driver for it."),
        NOOP("machines", "video adapter"),
        {
            "model": Words(
                _MODEL,
                {
                    "virtio": NOOP("machines", "virtio (Linux, or Windows with its drivers)"),
                    "qxl": NOOP("machines", "QXL (SPICE)"),
                    "vga": NOOP("machines", "VGA (any system)"),
                    "bochs": NOOP("machines", "Bochs (a simple frame buffer)"),
                },
            )
        },
    ),
    What(
        "usb_redirection",
        DeviceKind.USB_REDIRECTION,
        "ph.arrows-left-right",
        NOOP("machines", "USB of another computer"),
        NOOP("machines", "Has a SPICE viewer, or usbredirect, hand on what is plugged in there."),
        NOOP("machines", "USB redirection"),
        {
            "origin": Words(
                NOOP("machines", "From"),
                {
                    "viewer": NOOP("machines", "A SPICE viewer"),
                    "listen": NOOP("machines", "usbredirect, which connects to this server"),
                    "connect": NOOP("machines", "usbredirect, which this server connects to"),
                },
            ),
            "address": Words(
                NOOP("machines", "Address and port"), hint=NOOP("machines", "127.0.0.1:4000")
            ),
        },
        NOOP(
            "machines",
            "On the computer with the device: usbredirect --device VENDOR:PRODUCT, with "
            "--to ADDRESS:PORT where it connects, or --as ADDRESS:PORT where it waits. Nothing "
            "guards the line: on a network that others use, lead it through SSH.",
        ),
    ),
    What(
        "controller",
        DeviceKind.CONTROLLER,
        "ph.tree-structure",
        NOOP("machines", "Controller"),
        NOOP("machines", "What drives, USB devices and channels are plugged into."),
        NOOP("machines", "controller"),
        {
            "model": Words(
                NOOP("machines", "Controller"),
                {
                    "virtio-scsi": NOOP("machines", "SCSI, virtio (255 drives that come and go)"),
                    "virtio-serial": NOOP("machines", "Channels and consoles (virtio-serial)"),
                    "usb3": NOOP("machines", "USB 3 (xHCI)"),
                    "sata": NOOP("machines", "SATA (6 drives)"),
                    "lsi-scsi": NOOP("machines", "SCSI, LSI 53C895A (older systems)"),
                },
            )
        },
    ),
    What(
        "slots",
        DeviceKind.SLOTS,
        "ph.squares-four",
        NOOP("machines", "Hot-plug slots"),
        NOOP("machines", "Room for devices that come while the machine runs."),
        NOOP("machines", "hot-plug slot"),
        {
            "count": Words(
                NOOP("machines", "How many"),
                {"8": NOOP("machines", "8"), "16": NOOP("machines", "16")},
            )
        },
    ),
)
