"""Known answers of DES, and of VNC's use of it."""

import pytest

from backend.display.rfb.des import answer_challenge, encrypt_block


@pytest.mark.parametrize(
    ("key", "plain", "cipher"),
    [
        ("133457799bbcdff1", "0123456789abcdef", "85e813540f0ab405"),
        ("0123456789abcdef", "4e6f772069732074", "3fa40e8a984d4815"),  # FIPS 81, "Now is t"
        ("0101010101010101", "8000000000000000", "95f8a5e5dd31d900"),
    ],
)
def test_known_answers(key: str, plain: str, cipher: str) -> None:
    assert encrypt_block(bytes.fromhex(key), bytes.fromhex(plain)).hex() == cipher


def test_each_half_of_a_challenge_is_answered_alike_and_only_eight_letters_count() -> None:
    answer = answer_challenge("secretpw", b"0123456789abcdef")
    assert answer[:8] == answer_challenge("secretpw", b"01234567" * 2)[8:]
    assert answer == answer_challenge("secretpw and more", b"0123456789abcdef")
    assert answer != answer_challenge("secretpx", b"0123456789abcdef")
