import numpy as np
import pytest

from backend.history import blocks
from backend.history.rollup import SLOTS


def test_a_block_comes_back_as_it_was_but_for_the_last_bits() -> None:
    block = blocks.empty()
    block[:, 3:9] = np.random.default_rng(1).uniform(1e-6, 1e9, (3, 6))
    back = blocks.unpack(blocks.pack(block))
    assert np.array_equal(np.isnan(back), np.isnan(block))
    assert np.nanmax(np.abs(back / block - 1)) < 1 / 4000


def test_what_stands_still_or_is_not_there_takes_few_bytes() -> None:
    assert len(blocks.pack(blocks.empty())) < 100
    assert len(blocks.pack(np.full((3, SLOTS), 2**30, np.float32))) < 100


@pytest.mark.parametrize("data", [b"", b"x" * 50, blocks.pack(blocks.empty())[:-9]])
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(blocks.UnreadableBlock):
        blocks.unpack(data)


def test_folding_keeps_least_mean_and_most_and_gaps() -> None:
    block = blocks.empty()
    block[:, 0] = (1.0, 2.0, 9.0)
    block[:, 5] = (0.0, 4.0, 5.0)
    block[:, 12] = (7.0, 7.0, 7.0)
    folded = blocks.fold(block, 6)
    assert folded.shape == (3, SLOTS // 6)
    assert folded[:, 0].tolist() == [0.0, 3.0, 9.0]
    assert folded[:, 2].tolist() == [7.0, 7.0, 7.0]
    assert np.isnan(folded[:, 1]).all()
