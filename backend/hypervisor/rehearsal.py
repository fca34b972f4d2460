"""What libvirt makes of a description, tried where it costs nobody anything. Blocking.

libvirt's test driver lives in this process and forgets everything with its connection: it checks a
description against libvirt's schema and gives it back as it was understood. No machine, no event.
"""

from typing import Any

import libvirt

from backend.errors import DescriptionRefused

_SCHEMA = getattr(libvirt, "VIR_ERR_XML_INVALID_SCHEMA", -1)
_VALIDATE = getattr(libvirt, "VIR_DOMAIN_DEFINE_VALIDATE", 0)


def understood(description: str) -> str:
    """Return a description as libvirt understands it; "" if the test driver has no use for it.

    Raises DescriptionRefused if it is against libvirt's schema.
    """
    connect = libvirt.open("test:///default")
    try:
        return str(_define(connect, description).XMLDesc(_inactive()))
    except libvirt.libvirtError as error:
        if error.get_error_code() == _SCHEMA:
            words = str(error.get_error_message() or error)
            raise DescriptionRefused(detail=tuple(words.strip().splitlines())) from error
        return ""
    finally:
        connect.close()


def _define(connect: Any, description: str) -> Any:
    return connect.defineXMLFlags(description, _VALIDATE)


def _inactive() -> int:
    # With what is secret, which would else count as left out; it does not leave this process.
    return int(libvirt.VIR_DOMAIN_XML_INACTIVE | libvirt.VIR_DOMAIN_XML_SECURE)
