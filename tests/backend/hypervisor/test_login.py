"""What libvirt asks of us, as its callback gets it; over the wire, see tests/live/test_sasl.py."""

import grp
from collections.abc import Callable

import libvirt
import pytest

from backend.errors import AuthenticationFailed, NotPermitted, UriInvalid
from backend.hypervisor import login
from backend.hypervisor.login import Login
from backend.model import Prompt, PromptKind

NAME = Prompt(0, PromptKind.USERNAME, "rack-2")
PASSWORD = Prompt(0, PromptKind.PASSWORD, "fred@rack-2")
Answer = Callable[[list[list[object]], object], int]


def asking(
    monkeypatch: pytest.MonkeyPatch, *credentials: list[object], right: str = "open sesame"
) -> None:
    """Have libvirt ask for that, and open if the last answer is right."""

    def open_auth(_uri: str, auth: tuple[object, Answer, object], _flags: int) -> object:
        asked = [[*credential, None] for credential in credentials]
        error = libvirt.libvirtError("x")
        error.err = (libvirt.VIR_ERR_AUTH_FAILED, 0, "no", 2, None, None, None, -1, -1)
        if auth[1](asked, None) == -1 or asked[-1][4] != right:
            raise error
        return asked

    monkeypatch.setattr(libvirt, "openAuth", open_auth)


AUTHNAME = [libvirt.VIR_CRED_AUTHNAME, "Username", None, None]
PASSPHRASE = [libvirt.VIR_CRED_PASSPHRASE, "Password", None, None]


def test_what_is_missing_is_recorded_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    asking(monkeypatch, AUTHNAME, PASSPHRASE)
    login = Login()
    with pytest.raises(AuthenticationFailed):
        login.open("qemu+tcp://rack-2/system")
    assert login.wanted == (NAME,)
    login.tell(NAME, "fred")
    with pytest.raises(AuthenticationFailed) as raised:
        login.open("qemu+tcp://rack-2/system")
    assert login.wanted == (PASSWORD,)
    login.tell(PASSWORD, "open sesame")
    assert raised.value.arguments == {"host": "rack-2", "user": "fred"}
    assert login.open("qemu+tcp://rack-2/system")
    login.forget()
    with pytest.raises(AuthenticationFailed):
        login.open("qemu+tcp://rack-2/system")


def test_a_refusal_names_all_that_was_given(monkeypatch: pytest.MonkeyPatch) -> None:
    asking(monkeypatch, AUTHNAME, PASSPHRASE)
    login = Login()
    login.tell(NAME, "fred")
    login.tell(PASSWORD, "wrong")
    with pytest.raises(AuthenticationFailed):
        login.open("qemu+tcp://rack-2/system")
    assert login.wanted == (NAME, PASSWORD)


def test_a_name_in_the_uri_is_not_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asking(monkeypatch, AUTHNAME, PASSPHRASE)
    login = Login()
    login.tell(PASSWORD, "open sesame")
    assert login.open("qemu+tcp://fred@rack-2/system")


def test_other_questions_come_with_their_words(monkeypatch: pytest.MonkeyPatch) -> None:
    asking(
        monkeypatch,
        [libvirt.VIR_CRED_REALM, "Realm", None, "here"],
        [libvirt.VIR_CRED_NOECHOPROMPT, "Code", "number 7", None],
    )
    login = Login()
    with pytest.raises(AuthenticationFailed):
        login.open("qemu+libssh2://fred@rack-2/system")
    (prompt,) = login.wanted
    assert (prompt.kind, prompt.subject) == (PromptKind.CODE, "fred@rack-2")
    assert prompt.detail == ("Code", "number 7")


def test_refused_without_a_question_it_is_a_matter_of_rights(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asking(monkeypatch, [libvirt.VIR_CRED_REALM, "Realm", None, "here"])
    login = Login()
    with pytest.raises(NotPermitted):
        login.open("qemu:///system")
    assert login.wanted == ()


def test_who_only_looks_says_so() -> None:
    login = Login()
    login.is_read_only = True
    connect = login.open("test:///default")
    with pytest.raises(libvirt.libvirtError, match="read only"):
        connect.lookupByName("test").suspend()
    connect.close()


def test_what_is_no_address_is_refused_before_libvirt_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(libvirt, "openAuth", None)
    with pytest.raises(UriInvalid):
        Login().open("qemu+tls://[rack-2/system")


@pytest.mark.parametrize(
    ("uri", "user", "groups", "may"),
    [
        ("qemu:///system", 1000, [1000], True),
        ("qemu+unix:///system?socket=/run/x", 1000, [1000], True),
        ("qemu:///system", 1000, [1000, 64055], False),
        ("qemu:///system", 0, [0], False),
        ("qemu:///session", 1000, [1000], False),
        ("qemu+ssh://far/system", 1000, [1000], False),
    ],
)
def test_polkit_may_ask_whoever_is_neither_root_nor_of_libvirts_group(
    uri: str, user: int, groups: list[int], *, may: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    login._is_of_libvirts_group.cache_clear()
    monkeypatch.setattr("os.geteuid", lambda: user)
    monkeypatch.setattr("os.getgroups", lambda: groups)
    group = grp.struct_group(("libvirt", "x", 64055, []))
    monkeypatch.setattr("grp.getgrnam", {"libvirt": group}.__getitem__)
    assert login.may_ask_somebody(uri) is may
    login._is_of_libvirts_group.cache_clear()
