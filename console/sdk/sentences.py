"""One sentence for each error and each remark of the backend: what happened, and what to do next.

A test holds the ids and their arguments in step with whoever raises them. `console.sdk.wording`
fills the sentences in.
"""

from collections.abc import Mapping
from typing import Final

from console.sdk.device_sentences import DEVICES
from console.sdk.display_sentences import DISPLAY
from console.sdk.kept_sentences import KEPT
from console.sdk.marking import NOOP
from console.sdk.package_sentences import PACKAGES
from console.sdk.serial_sentences import SERIAL
from console.sdk.settings_sentences import SETTINGS
from console.sdk.written_sentences import WRITTEN

__all__ = ["NOOP", "SENTENCES"]


SENTENCES: Final[Mapping[str, str]] = {
    "Unexpected": NOOP(
        "wording",
        "Celadon met a fault of its own. Try again; if it comes back, please report it with the "
        "details shown.",
    ),
    "HostNotAnswering": NOOP(
        "wording",
        "The hypervisor did not answer within {seconds}. It may be busy: wait a little and try "
        "again; if it stays silent, restart its libvirt service.",
    ),
    "StillNotAnswering": NOOP(
        "wording",
        "It has not answered for {seconds} and is not asked again until it does; the rest of the "
        "server is. A stopped QEMU or a dead file server does that: look at the server.",
    ),
    "HostBusy": NOOP(
        "wording",
        "So much is being done on this server that there was no turn within {seconds}. Wait until "
        "a job has ended, and try again.",
    ),
    "HostAway": NOOP(
        "wording",
        "There is no connection to {host}. Choose Reconnect on the server, or wait: Celadon keeps "
        "trying.",
    ),
    "HostUnknown": NOOP(
        "wording", "This server is no longer managed here. Choose another one in the tree."
    ),
    "ConnectionLost": NOOP(
        "wording",
        "The connection broke while this was under way, so it may or may not have been done. Wait "
        "for the server to come back, look at the machine, and try again if need be.",
    ),
    "UriInvalid": NOOP(
        "wording",
        "“{uri}” is not the address of a hypervisor. Write one as libvirt does, for example "
        "qemu+ssh://root@rack-2/system.",
    ),
    "NameNotResolved": NOOP(
        "wording",
        "No computer of the name {host} is known. Correct the name, or use its address; if both "
        "are right, see to the name service of your network.",
    ),
    "NoRoute": NOOP(
        "wording",
        "There is no way to {host} in the network. See to it that it is on, that your cable or VPN "
        "is, and choose Reconnect.",
    ),
    "ConnectionRefused": NOOP(
        "wording",
        "{host} is there, but nobody listens at its port {port}. Start the service there (for SSH: "
        "systemctl enable --now ssh), or correct the port.",
    ),
    "ConnectionTimedOut": NOOP(
        "wording",
        "{host} does not answer at its port {port}. See to it that it is on and that no firewall "
        "stands between.",
    ),
    "LoginFailed": NOOP(
        "wording",
        "The login at {host} failed. What ssh said, below, tells why; put that right and choose "
        "Reconnect.",
    ),
    "AuthenticationFailed": NOOP(
        "wording",
        "{host} did not let {user} in. Check the user's name and the password, or put your key "
        "there (ssh-copy-id), and choose Reconnect.",
    ),
    "PromptDeclined": NOOP(
        "wording",
        "The question about {subject} was not answered, so there is no connection. Choose "
        "Reconnect to be asked again.",
    ),
    "PromptOutdated": NOOP(
        "wording",
        "This question is no longer asked: somebody answered it, or the attempt ended. Choose "
        "Reconnect on the server if it is not connected.",
    ),
    "HostKeyRejected": NOOP(
        "wording",
        "The key of {host} ({fingerprint}) was not accepted, so there is no connection. Compare it "
        "with what ssh-keygen -lf says there, and choose Reconnect.",
    ),
    "HostKeyUnknown": NOOP(
        "wording",
        "{host} is not known to ssh, and your configuration of ssh allows no "
        "question. Connect once by ssh in a terminal, or remove StrictHostKeyChecking from it.",
    ),
    "HostKeyChanged": NOOP(
        "wording",
        "{host} shows another key ({new}) than before ({old}, line {line} of {file}). Somebody may "
        "stand between; if it was set up anew, choose Reconnect and accept the new key.",
    ),
    "LibvirtMissingHere": NOOP(
        "wording",
        "libvirt does not answer on this computer: nobody listens at {path}. Start it (systemctl "
        "enable --now libvirtd.socket), or install it (Debian: apt install "
        "libvirt-daemon-system).",
    ),
    "LibvirtMissingThere": NOOP(
        "wording",
        "The login at {host} works, but libvirt does not answer there. Install it (Debian: apt "
        "install libvirt-daemon-system), or add the user to the group libvirt.",
    ),
    "CertificateMissing": NOOP(
        "wording",
        "The certificate or key {path} is missing. Put it there, or add ?pkipath=DIRECTORY to the "
        "address if you keep your certificates elsewhere.",
    ),
    "CertificateNotTrusted": NOOP(
        "wording",
        "TLS with {host} failed: one of you does not trust the other's certificate. The details "
        "say which; let both be signed by the same authority, for the name that you connect to.",
    ),
    "SaslMissing": NOOP(
        "wording",
        "{host} wants a login by SASL that this computer cannot do. Install its mechanisms "
        "(Debian: apt install libsasl2-modules) and choose Reconnect.",
    ),
    "HypervisorRefused": NOOP(
        "wording",
        "The hypervisor refused. Its own words say why; put that right and try again.",
    ),
    "NotPermitted": NOOP(
        "wording",
        "This connection has no right to do that. Use an account that may manage virtual machines "
        "(usually a member of the group libvirt) and reconnect.",
    ),
    "NotSupported": NOOP(
        "wording",
        "The hypervisor of this server cannot do that. A newer libvirt or QEMU may; the details "
        "say what is missing.",
    ),
    "Gone": NOOP(
        "wording", "It is no longer there: somebody else has removed it. Nothing is left to do."
    ),
    "ChangedSince": NOOP(
        "wording",
        "“{name}” has been changed since, so it was left as it is. Look at it, and change it by "
        "hand if need be.",
    ),
    "NameTaken": NOOP(
        "wording", "There is a virtual machine called “{name}” already. Choose another name."
    ),
    "NameInvalid": NOOP(
        "wording",
        "“{name}” cannot be the name of a virtual machine. Files are called after it, so it has up "
        "to 200 characters (fewer where some are not plain letters), none of them a slash, and no "
        "space at either end.",
    ),
    "WrongState": NOOP(
        "wording",
        "“{name}” is {state} now, and that makes no sense there. Its list of actions shows what "
        "can be done.",
    ),
    "StartFailed": NOOP(
        "wording",
        "“{name}” did not start. The last lines of its log, below, say why; put that right and "
        "start it again.",
    ),
    "ShutdownTimedOut": NOOP(
        "wording",
        "“{name}” was asked to shut down and still runs after {seconds}. Ask again, shut it down "
        "from inside, or turn it off.",
    ),
    "EffectNotSeen": NOOP(
        "wording",
        "The hypervisor accepted this, but its effect did not show within {seconds}. Choose "
        "Refresh to see how things stand before you try again.",
    ),
    "DescriptionRefused": NOOP(
        "wording",
        "libvirt does not accept the description of this machine. The details name the part it "
        "objects to; change that and try again.",
    ),
    "ImageMissing": NOOP(
        "wording", "There is no file at {path}. Choose another image, or put it back there."
    ),
    "ImageUnreadable": NOOP(
        "wording",
        "The file {path} cannot be opened. Give yourself the right to read it, or copy it to a "
        "place where you have it.",
    ),
    "ImageNotRecognised": NOOP(
        "wording",
        "The file {path} is no image that QEMU knows. Choose an ISO image, or a disk image such "
        "as qcow2, raw, vmdk or vhdx.",
    ),
    "ImageNotAlone": NOOP(
        "wording",
        "The image {path} takes a part of its content from another file, {other}. Make it one file "
        "first (qemu-img convert -O qcow2), and choose that.",
    ),
    "DiskFull": NOOP(
        "wording",
        "The storage at {path} has {free_bytes} free and this needs {needed_bytes}. Make room "
        "there, or choose a smaller disk.",
    ),
    "PoolMissing": NOOP(
        "wording",
        "This server has no active storage location to put a disk in. Start or define one, for "
        "example with virsh pool-start default, and try again.",
    ),
    "NetworkMissing": NOOP(
        "wording",
        "This server has no virtual switch called “{name}”. Choose one that it has, or none.",
    ),
    "SampleGuestMissing": NOOP(
        "wording",
        "The sample guest was never built: nothing of it is at {path}. Build it as the README "
        "says, or choose another source.",
    ),
    "ScreenNotAvailable": NOOP(
        "wording", "This machine has no picture to show now. Start it, or give it a display."
    ),
    "PrometheusRefused": NOOP(
        "wording",
        "The Prometheus at {url} gave no figures, so charts show what this computer kept. Look "
        "whether it runs there and reads Celadon's endpoint; the details have its words.",
    ),
    # The embedded host
    "ProgramMissing": NOOP(
        "wording",
        "The program {program} is not installed. Install it (Debian: apt install {package}) and "
        "choose Reconnect.",
    ),
    "EmbeddedHostFailed": NOOP(
        "wording",
        "The libvirt that Celadon runs for itself at {root} did not start. Its last words, below, "
        "say why; put that right and choose Reconnect.",
    ),
    "EmbeddedHostBusy": NOOP(
        "wording",
        "Another Celadon has been starting the libvirt at {root} for {seconds}. Wait for it, or "
        "end it, and choose Reconnect.",
    ),
    "ShortPathRefused": NOOP(
        "wording",
        "The path {root} is too long for libvirt's sockets, and no short name for it could be made "
        "in {directory}. Choose a shorter path for Celadon's files and start it again.",
    ),
    "EmbeddedPoolFailed": NOOP(
        "wording",
        "The storage location “{pool}” could not be made, so there is no place for new disks. Put "
        "right what the details name and start Celadon again.",
    ),
    "EmbeddedNetworkFailed": NOOP(
        "wording",
        "The virtual switch “{network}” could not be made, so machines cannot be plugged into it. "
        "Put right what the details name, if any, and start Celadon again.",
    ),
    "UserModeNetworking": NOOP(
        "wording",
        "This server has no virtual switch to the outside: machines reach the network through "
        "QEMU's own translation, and cannot be reached from it. For switches, start Celadon as "
        "root or use the system's libvirt.",
    ),
    "QemuUserMissing": NOOP(
        "wording",
        "QEMU runs as root, so a guest that breaks out of it owns this computer. Make a user for "
        "it (useradd --system {user}) and start Celadon again.",
    ),
    "ImagesOutOfReach": NOOP(
        "wording",
        "QEMU runs as root, because the user {user} cannot reach the disks in {path}. Let it pass "
        "through the folders above (chmod o+x) and start Celadon again.",
    ),
    "QemuRunsAsNobody": NOOP(
        "wording",
        "QEMU runs as the user nobody, which other services may share. Make a user for it alone "
        "(useradd --system {user}) and start Celadon again.",
    ),
    # Read-only connections
    "RightsRefused": NOOP(
        "wording",
        "This connection may look and change nothing, because the user has not the right there. "
        "Add the user to the group libvirt (usermod -aG libvirt USER), or allow "
        "org.libvirt.unix.manage in polkit; then log in again and choose Reconnect.",
    ),
    "ReadOnlyWanted": NOOP(
        "wording",
        "This connection may look and change nothing, as you asked. For all rights, choose Edit "
        "Connection and clear “Connect read-only”.",
    ),
    # Why guests are emulated
    "KvmMissing": NOOP(
        "wording",
        "There is no KVM here (/dev/kvm is missing), so guests are emulated and slow. Turn on "
        "virtualisation in the firmware setup, or nested virtualisation in the computer above it.",
    ),
    "KvmOtherProcessor": NOOP(
        "wording",
        "KVM runs guests of this computer's own kind ({processor}) only, so these are emulated and "
        "slow. Use guests made for {processor} where speed counts.",
    ),
    "KvmNotPermitted": NOOP(
        "wording",
        "The user {user} may not use KVM, so guests are emulated and slow. Add it to the group kvm "
        "(usermod -aG kvm {user}), log in again and start Celadon again.",
    ),
    "KvmGuestFails": NOOP(
        "wording",
        "KVM is there, but a guest that was tried under it got nowhere, so guests are emulated and "
        "slow. This is usual where virtualisation is nested; the computer above has to allow it.",
    ),
    **DISPLAY,
    **SERIAL,
    **SETTINGS,
    **DEVICES,
    **WRITTEN,
    **PACKAGES,
    **KEPT,
}
