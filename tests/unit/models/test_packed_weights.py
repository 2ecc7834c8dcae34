"""Weights stored at 4 bits come back as they went in, to half a step."""

from __future__ import annotations

import numpy as np
import pytest

from holdspace.models._packed import BLOCK, external_bytes, from_npz, pack, to_npz

pytestmark = pytest.mark.unit


@pytest.fixture
def matrix():
    return np.random.default_rng(3).normal(scale=0.05, size=(12, 4 * BLOCK)).astype(np.float32)


def test_packed_values_are_within_one_step_of_the_originals(matrix):
    packed = pack("m", matrix, None)

    steps = packed.scales.astype(np.float32).repeat(BLOCK).reshape(matrix.shape)

    assert (np.abs(packed.values() - matrix) <= np.abs(steps) * 1.01).all()


def test_packing_twice_changes_nothing(matrix):
    once = pack("m", matrix, None).values()

    np.testing.assert_allclose(pack("m", once, None).values(), once, rtol=2e-3, atol=1e-6)


def test_a_block_of_zeros_stays_zero():
    assert not pack("m", np.zeros((2, BLOCK), np.float32), None).values().any()


def test_file_keeps_names_shapes_and_bytes(matrix):
    columns = (np.abs(matrix).max(1) / 63).astype(np.float32)
    tensors = [pack("layer", matrix, columns), pack("table", matrix, None)]

    back = from_npz(to_npz(tensors))

    assert [tensor.name for tensor in back] == ["layer", "table"]
    assert external_bytes(back) == external_bytes(tensors)
    assert len(external_bytes(back)) == matrix.size + matrix.size * 4


def test_a_matrix_is_given_in_int8_with_inputs_first(matrix):
    columns = (np.abs(matrix).max(1) / 63).astype(np.float32)
    packed = pack("layer", matrix, columns)

    read = np.frombuffer(packed.raw(), np.int8).reshape(matrix.shape[1], matrix.shape[0])

    np.testing.assert_allclose(read.T * columns[:, None], packed.values(), atol=float(columns.max()))
