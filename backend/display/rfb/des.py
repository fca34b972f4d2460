"""DES on one block (FIPS 46-3), which VNC's password check is made of and nothing else here uses.

It protects nobody today; it is here because servers ask for it and no library that Celadon needs
anyway has it.
"""

from typing import Final

_INITIAL: Final = [
    58, 50, 42, 34, 26, 18, 10, 2, 60, 52, 44, 36, 28, 20, 12, 4, 62, 54, 46, 38, 30, 22, 14, 6,
    64, 56, 48, 40, 32, 24, 16, 8, 57, 49, 41, 33, 25, 17, 9, 1, 59, 51, 43, 35, 27, 19, 11, 3,
    61, 53, 45, 37, 29, 21, 13, 5, 63, 55, 47, 39, 31, 23, 15, 7,
]  # fmt: skip
_FINAL: Final = [_INITIAL.index(bit) + 1 for bit in range(1, 65)]
_EXPANSION: Final = [
    32, 1, 2, 3, 4, 5, 4, 5, 6, 7, 8, 9, 8, 9, 10, 11, 12, 13, 12, 13, 14, 15, 16, 17, 16, 17, 18,
    19, 20, 21, 20, 21, 22, 23, 24, 25, 24, 25, 26, 27, 28, 29, 28, 29, 30, 31, 32, 1,
]  # fmt: skip
_PERMUTATION: Final = [
    16, 7, 20, 21, 29, 12, 28, 17, 1, 15, 23, 26, 5, 18, 31, 10, 2, 8, 24, 14, 32, 27, 3, 9, 19,
    13, 30, 6, 22, 11, 4, 25,
]  # fmt: skip
_CHOICE_1: Final = [
    57, 49, 41, 33, 25, 17, 9, 1, 58, 50, 42, 34, 26, 18, 10, 2, 59, 51, 43, 35, 27, 19, 11, 3, 60,
    52, 44, 36, 63, 55, 47, 39, 31, 23, 15, 7, 62, 54, 46, 38, 30, 22, 14, 6, 61, 53, 45, 37, 29,
    21, 13, 5, 28, 20, 12, 4,
]  # fmt: skip
_CHOICE_2: Final = [
    14, 17, 11, 24, 1, 5, 3, 28, 15, 6, 21, 10, 23, 19, 12, 4, 26, 8, 16, 7, 27, 20, 13, 2, 41, 52,
    31, 37, 47, 55, 30, 40, 51, 45, 33, 48, 44, 49, 39, 56, 34, 53, 46, 42, 50, 36, 29, 32,
]  # fmt: skip
_SHIFTS: Final = [1, 1, 2, 2, 2, 2, 2, 2, 1, 2, 2, 2, 2, 2, 2, 1]
# One digit for each entry, row after row.
_BOXES: Final = [
    "e4d12fb83a6c59070f74e2d1a6cb953841e8d62bfc973a50fc8249175b3ea06d",
    "f18e6b34972dc05a3d47f28ec01a69b50e7ba4d158c6932fd8a13f42b67c05e9",
    "a09e63f51dc7b428d709346a285ecbf1d6498f30b12c5ae71ad069874fe3b52c",
    "7de3069a1285bc4fd8b56f03472c1ae9a690cb7df13e52843f06a1d8945bc72e",
    "2c417ab6853fd0e9eb2c47d150fa3986421bad78f9c5630eb8c71e2d6f09a453",
    "c1af92680d34e75baf427c9561de0b389ef528c3704a1db6432c95fabe17608d",
    "4b2ef08d3c975a61d0b7491ae35c2f8614bdc37eaf6805926bd814a7950fe23c",
    "d2846fb1a93e50c71fd8a374c56b0e927b419ce206adf35821e74a8dfc90356b",
]


def _permuted(value: int, width: int, table: list[int]) -> int:
    result = 0
    for bit in table:
        result = result << 1 | value >> (width - bit) & 1
    return result


def _round_keys(key: int) -> list[int]:
    chosen = _permuted(key, 64, _CHOICE_1)
    left, right = chosen >> 28, chosen & 0xFFFFFFF
    keys = []
    for shift in _SHIFTS:
        left = (left << shift | left >> (28 - shift)) & 0xFFFFFFF
        right = (right << shift | right >> (28 - shift)) & 0xFFFFFFF
        keys.append(_permuted(left << 28 | right, 56, _CHOICE_2))
    return keys


def _scrambled(half: int, key: int) -> int:
    mixed = _permuted(half, 32, _EXPANSION) ^ key
    result = 0
    for number, box in enumerate(_BOXES):
        six = mixed >> (42 - 6 * number) & 63
        row, column = six >> 4 & 2 | six & 1, six >> 1 & 15
        result = result << 4 | int(box[row * 16 + column], 16)
    return _permuted(result, 32, _PERMUTATION)


def encrypt_block(key: bytes, block: bytes) -> bytes:
    """Return the eight bytes of `block` under a key of eight bytes."""
    value = _permuted(int.from_bytes(block), 64, _INITIAL)
    left, right = value >> 32, value & 0xFFFFFFFF
    for round_key in _round_keys(int.from_bytes(key)):
        left, right = right, left ^ _scrambled(right, round_key)
    return _permuted(right << 32 | left, 64, _FINAL).to_bytes(8)


def answer_challenge(password: str, challenge: bytes) -> bytes:
    """Return VNC's answer to the 16 bytes of a challenge: its key has each byte's bits reversed."""
    key = password.encode("latin-1", "replace")[:8].ljust(8, b"\0")
    reversed_key = bytes(int(f"{byte:08b}"[::-1], 2) for byte in key)
    return encrypt_block(reversed_key, challenge[:8]) + encrypt_block(reversed_key, challenge[8:])
