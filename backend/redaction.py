"""Text without what is nobody's business: what it says of secrets goes, and on request the names.

Rather too much than too little is taken out: who reads a log can ask for more, and what was handed
on cannot be called back. A description in XML goes through `backend.xmldesc.redact` first.
"""

import re
from collections.abc import Mapping
from typing import Final

GONE: Final = "[removed]"

_WORD = (
    r"(?:pass(?:wd|word|phrase)?|pwd|secret|token|cookie|credentials?"
    r"|(?:api|access|private)[_-]?key)"
)
# Bounded: a log may hold a word of a megabyte.
_PART = r"[\w-]{0,40}"
_RULES: Final = (
    # -----BEGIN OPENSSH PRIVATE KEY----- ... -----END OPENSSH PRIVATE KEY-----
    (
        re.compile(
            r"-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----.*?(?:-----END [A-Z0-9 ]*PRIVATE KEY-----|\Z)",
            re.DOTALL,
        ),
        GONE,
    ),
    # qemu+tcp://ada:pencil@rack/system
    (re.compile(r"(\w[\w+.-]{0,30}://[^\s/@:\"'<>]{0,200}):[^\s/\"'<>]{1,400}@"), rf"\1:{GONE}@"),
    # Authorization: Bearer xyz
    (re.compile(r"(?i)\b(bearer|basic|digest)\s+[\w.~+/=-]{8,}"), rf"\1 {GONE}"),
    # QEMU: -object secret,id=x,data=... and {"qom-type": "secret", ..., "data": "..."}
    (
        re.compile(
            r"(?i)((?:qom-type[\"']?\s*[:=]\s*[\"']?|-object\s+[\"']?)secret\b[^}\n]{0,400}?"
            r"\bdata[\"']?\s*[:=]\s*)(\"[^\"\n]*\"|'[^'\n]*'|[^\s,}]+)"
        ),
        rf"\1{GONE}",
    ),
    # password=..., "passwd": "...", --token xyz, PASSPHRASE: xyz
    (
        re.compile(
            rf"(?i)(\b{_PART}{_WORD}{_PART}[\"']?(?:\s*[=:]\s*|\s+(?=[\"'])))"
            r"(\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|[^\s,;&}\]]+)"
        ),
        rf"\1{GONE}",
    ),
    (re.compile(rf"(?i)(--?{_PART}{_WORD}{_PART}\s+)(?!-)(\S+)"), rf"\1{GONE}"),
)
# A file or an identity is no secret: where a key lies is what one looks for in a log.
_HARMLESS: Final = re.compile(r"(?i)^[\"']?(?:/|~|\.\.?/|[0-9a-f]{8}-[0-9a-f]{4}-)")

_SAID: Final = re.compile(r"(?i)pass|token")


def without_secrets(text: str) -> str:
    """Return a text with what it says of passwords, tokens and keys removed; paths stay."""
    for pattern, replacement in _RULES:
        has_value = pattern.groups > 1
        text = pattern.sub(_remove, text) if has_value else pattern.sub(replacement, text)
    return text


def without_names(text: str, names: Mapping[str, str]) -> str:
    """Return a text with these names, wherever they stand, replaced by what stands for them."""
    found = sorted((name for name in names if name), key=len, reverse=True)
    if not found:
        return text
    words = "|".join(re.escape(name) for name in found)
    # Not inside a longer word: a host called "a" is not in "data".
    pattern = re.compile(rf"(?<![A-Za-z0-9])(?:{words})(?![A-Za-z0-9])")
    return pattern.sub(lambda match: names[match.group(0)], text)


def _remove(match: re.Match[str]) -> str:
    before, value = match.group(1), match.group(2)
    is_place = _HARMLESS.match(value) and not _SAID.search(before)
    quote = value[0] if value[0] in "\"'" else ""
    return match.group(0) if is_place else f"{before}{quote}{GONE}{quote}"
