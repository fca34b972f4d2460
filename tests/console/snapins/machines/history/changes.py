"""Changes of a machine as the backend tells them, for tests: each compared as it does."""

import difflib
import time
from collections.abc import Sequence

from backend.journal.entry import OUTSIDE, Author, During, Fact, What, fact
from backend.operations.alterations import Alteration, Alterations, Compared
from backend.settings import Comparison
from backend.xmldesc import tree, verbatim
from backend.xmldesc.settings.comparison import compare
from tests.fakes.entries import entry

NIC = """<interface type='network'><mac address='52:54:00:00:00:01'/>
<source network='default'/><model type='virtio'/></interface>"""
FIRST = f"""<domain type='kvm'><name>web-01</name><memory unit='KiB'>2097152</memory>
<currentMemory unit='KiB'>2097152</currentMemory><vcpu>2</vcpu><os><type>hvm</type></os>
<clock offset='utc'/><devices>
<disk type='file' device='disk'><driver name='qemu' type='qcow2' cache='none'/>
<source file='/images/web-01.qcow2'/><target dev='vda' bus='virtio'/></disk>
{NIC}
<graphics type='vnc' port='-1' autoport='yes'/>
</devices></domain>"""
BIGGER = FIRST.replace("2097152", "4194304")
WITHOUT = BIGGER.replace(NIC, "")
TIMED = WITHOUT.replace(
    "<clock offset='utc'/>",
    "<clock offset='utc'><timer name='hpet' present='no'/></clock>",
)
TEXTS = {"m1": FIRST, "m2": BIGGER, "m3": WITHOUT, "m4": TIMED}


def between(before: str, after: str) -> Comparison:
    return compare(tree.read(TEXTS[before]), tree.read(TEXTS[after]))


def change(
    before: str,
    after: str,
    *,
    at: float | None = None,
    author: Author = OUTSIDE,
    during: During = During.LIVE,
    more: Sequence[Fact] = (),
) -> Alteration:
    told = (*more, fact(What.CONFIGURED, before=before, after=after))
    found = entry(*told, at=at, author=author, during=during)
    is_kept = before in TEXTS and after in TEXTS
    return Alteration(found, before, after, between(before, after) if is_kept else None)


def compared(before: str, after: str) -> Compared:
    one, other = (verbatim.lines(tree.read(TEXTS[mark])) for mark in (before, after))
    lines = tuple(difflib.unified_diff(one, other, lineterm="", n=3))[2:]
    return Compared(between(before, after), lines)


def three(now: str = "m4") -> Alterations:
    at = time.time()
    return Alterations(
        (
            change("m3", "m4", at=at - 60),
            change("m2", "m3", at=at - 120),
            change("m1", "m2", at=at - 180),
        ),
        now,
    )
