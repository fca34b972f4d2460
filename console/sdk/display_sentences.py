"""The sentences for a machine's screen. A part of `console.sdk.sentences`."""

from collections.abc import Mapping
from typing import Final

from console.sdk.marking import NOOP

DISPLAY: Final[Mapping[str, str]] = {
    "DisplayMissing": NOOP(
        "wording",
        "“{name}” has no display that Celadon can show. Give it VNC graphics, and start it again; "
        "until then its serial port is the way in.",
    ),
    "DisplayUnreachable": NOOP(
        "wording",
        "Nothing answers at {place}, where the display should be. See to it that this computer may "
        "connect there (address, firewall), and try again.",
    ),
    "DisplayRefused": NOOP(
        "wording",
        "The display turned Celadon away; its own words are below. Put that right, and connect "
        "again.",
    ),
    "DisplayPasswordWrong": NOOP(
        "wording",
        "The display asks for a password that Celadon was not given, or that has changed. Set it "
        "anew in the machine's graphics, and connect again.",
    ),
    "DisplayDeclined": NOOP(
        "wording",
        "The display of “{name}” asks something that was not answered, so it is not shown. Open "
        "this page anew to be asked again.",
    ),
    "DisplayAsks": NOOP(
        "wording",
        "The display of “{name}” asks something before it is shown. Open it to answer.",
    ),
    "DisplayCertificateUnknown": NOOP(
        "wording",
        "Nobody vouches for the certificate that the display on {host} shows. Put the certificate "
        "of its authority into ~/.pki/libvirt-vnc/cacert.pem, and connect again.",
    ),
    "DisplayBroken": NOOP(
        "wording",
        "The display sent what makes no sense, so it was closed. Connect again; if it happens "
        "again, please report it with the details shown.",
    ),
    "DisplayStalled": NOOP(
        "wording",
        "The display has said nothing for {seconds}, in the middle of a picture or when it was "
        "asked to. The server or the way to it hangs; Celadon connects again when it answers.",
    ),
    "DisplayEnded": NOOP(
        "wording",
        "The display was closed by the other side: the machine stopped or is starting anew. "
        "Celadon connects again as soon as it is there.",
    ),
    "DisplayTaken": NOOP(
        "wording",
        "Another program took the machine's D-Bus display, which one alone can have. Take it back "
        "if it is yours to have.",
    ),
    "DisplayModuleMissing": NOOP(
        "wording",
        "QEMU here has no D-Bus display, which costs a fraction of VNC. Install {package}; new "
        "machines have it from then on.",
    ),
    "DisplayInTheClear": NOOP(
        "wording",
        "Nothing is encrypted on the way to {host}: whoever is between sees the screen and reads "
        "what is typed. Connect by SSH, or set vnc_tls there.",
    ),
}
