"""Without a secret service; with a real one, see tests/live/test_secrets.py."""

import io
import threading
from typing import Any

import pytest
import secretstorage

from backend.hypervisor import secrets
from backend.hypervisor.secrets import Secrets
from backend.model import PromptKind


@pytest.fixture
def without_bus(monkeypatch: pytest.MonkeyPatch) -> Secrets:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    return Secrets("qemu+ssh://rack-2")


async def use(safe: Secrets) -> tuple[bool, str | None, bool]:
    found = (
        await safe.is_there(),
        await safe.find(PromptKind.PASSWORD, "root@rack-2"),
        await safe.keep(PromptKind.PASSWORD, "root@rack-2", "secret"),
    )
    await safe.drop(PromptKind.PASSWORD, "root@rack-2")
    safe.close()
    return found


async def test_without_the_service_nothing_is_kept(without_bus: Secrets) -> None:
    assert await use(without_bus) == (False, None, False)


async def test_without_a_bus_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    assert await use(Secrets("qemu+ssh://rack-2")) == (False, None, False)


async def test_a_service_that_hangs_costs_a_thread_and_no_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    release = threading.Event()

    def hang(_work: object, otherwise: Any) -> Any:
        release.wait()
        return otherwise

    monkeypatch.setattr(secrets, "_with_service", hang)
    monkeypatch.setattr(secrets, "_DEADLINE_S", 0.05)
    safe = Secrets("qemu+ssh://rack-2")
    assert await safe.is_there() is False
    assert await safe.find(PromptKind.PASSWORD, "root@rack-2") is None
    release.set()
    safe.close()


async def test_what_goes_wrong_in_the_service_costs_its_answer_and_no_more(
    monkeypatch: pytest.MonkeyPatch, expected_log: object
) -> None:
    expected_log("the secret service")  # type: ignore[operator]

    def fail(*_arguments: object, **_more: object) -> None:
        raise ValueError("what it sent has no sense")

    monkeypatch.setattr(secretstorage, "dbus_init", io.BytesIO)
    monkeypatch.setattr(secretstorage, "check_service_availability", lambda _connection: True)
    for work in ("_is_there", "_find", "_keep", "_drop"):
        monkeypatch.setattr(secrets, work, fail)
    assert await use(Secrets("qemu+ssh://rack-2")) == (False, None, False)
