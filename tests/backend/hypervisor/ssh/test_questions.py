"""What OpenSSH asks: host keys, passwords and passphrases as 9.2 asked through SSH_ASKPASS.

Tokens' PINs, codes and the colon of newer releases (NEWER) are after its source, and were not seen.
"""

import pytest

from backend.hypervisor.ssh.questions import parse, readable_host
from backend.model import Prompt, PromptKind

UNKNOWN = """\
The authenticity of host '[127.0.0.1]:42201 ([127.0.0.1]:42201)' can't be established.
ED25519 key fingerprint is SHA256:KULJPEnVnDIJXcQbAX9uqqBbmhd9wDhlgYJA2eekzSo.
This key is not known by any other names.
Are you sure you want to continue connecting (yes/no/[fingerprint])? """
KNOWN_ELSEWHERE = """\
The authenticity of host 'rack-2 (192.0.2.7)' can't be established.
ED25519 key fingerprint is SHA256:KULJPEnVnDIJXcQbAX9uqqBbmhd9wDhlgYJA2eekzSo.
This host key is known by the following other names/addresses:
    /root/.ssh/known_hosts:1: [127.0.0.1]:42201
Are you sure you want to continue connecting (yes/no/[fingerprint])? """
NEWER = UNKNOWN.replace("fingerprint is SHA256", "fingerprint is: SHA256").replace("zSo.", "zSo")


def test_an_unknown_host_shows_its_fingerprint() -> None:
    prompt = parse(UNKNOWN, "root@rack-2")
    assert (prompt.kind, prompt.subject) == (PromptKind.HOST_KEY, "127.0.0.1:42201")
    assert prompt.fingerprint == "SHA256:KULJPEnVnDIJXcQbAX9uqqBbmhd9wDhlgYJA2eekzSo"
    assert prompt.detail[-1] == "This key is not known by any other names."
    assert parse(NEWER, "").fingerprint == prompt.fingerprint


def test_where_a_key_is_known_already_is_told() -> None:
    prompt = parse(KNOWN_ELSEWHERE, "")
    assert prompt.subject == "rack-2"
    assert prompt.detail[-1] == "    /root/.ssh/known_hosts:1: [127.0.0.1]:42201"


@pytest.mark.parametrize(
    ("text", "kind", "subject"),
    [
        ("celtest@127.0.0.1's password: ", PromptKind.PASSWORD, "celtest@127.0.0.1"),
        ("me@corp.example@rack-2's password: ", PromptKind.PASSWORD, "me@corp.example@rack-2"),
        ("(celtest@127.0.0.1) Password: ", PromptKind.PASSWORD, "celtest@127.0.0.1"),
        ("(root@rack-2) Password for root@rack-2:", PromptKind.PASSWORD, "root@rack-2"),
        ("Enter passphrase for key 'id_pp': ", PromptKind.PASSPHRASE, "id_pp"),
        ("Enter passphrase for key '/home/a b/id': ", PromptKind.PASSPHRASE, "/home/a b/id"),
        ("Enter PIN for 'My token': ", PromptKind.PASSPHRASE, "My token"),
        ("Enter PIN for ED25519-SK key /root/id_sk: ", PromptKind.PASSPHRASE, "/root/id_sk"),
        (
            "Enter PIN and confirm user presence for ED25519-SK key /root/id_sk: ",
            PromptKind.PASSPHRASE,
            "/root/id_sk",
        ),
    ],
)  # fmt: skip
def test_who_is_asked_about_what(text: str, kind: PromptKind, subject: str) -> None:
    prompt = parse(text, "nobody")
    assert (prompt.kind, prompt.subject) == (kind, subject)


@pytest.mark.parametrize(
    ("text", "subject", "detail"),
    [
        ("(root@rack-2) Verification code: ", "root@rack-2", ("Verification code:",)),
        ("(root@rack-2) New password: ", "root@rack-2", ("New password:",)),
        ("(me@rack-2) Choose:\n 1. Phone\n", "me@rack-2", ("Choose:", " 1. Phone")),
        ("Enter root@rack-2's old password: ", "me@there", ("Enter root@rack-2's old password:",)),
        ("Something quite new? ", "me@there", ("Something quite new?",)),
    ],
)  # fmt: skip
def test_any_other_question_is_shown_as_it_is(
    text: str, subject: str, detail: tuple[str, ...]
) -> None:
    assert parse(text, "me@there") == Prompt(0, PromptKind.CODE, subject, detail=detail)


@pytest.mark.parametrize(
    ("name", "readable"),
    [("rack-2", "rack-2"), ("[rack-2]:2222", "rack-2:2222"), ("[::1]:22", "[::1]:22")],
)
def test_hosts_are_named_as_people_do(name: str, readable: str) -> None:
    assert readable_host(name) == readable
