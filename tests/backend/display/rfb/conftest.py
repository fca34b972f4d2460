"""Certificates for servers that speak TLS."""

import pytest

from tests.live.certificates import Authority


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("trust") / "authority", "those who vouch")
