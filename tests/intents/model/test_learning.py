"""What is fitted fits: the descent, the temperature and the trust."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from intents.model.confidence import learn_temperature, learn_trust, signs, softmax, trust
from intents.model.descent import fit
from intents.model.features import Reading, block_keys
from intents.model.vectors import Block, learn_blocks, matrix


def test_fit_tells_labels_apart_by_their_features() -> None:
    chance = np.random.default_rng(1)
    labels = np.arange(3000) % 3
    noise = (chance.random((3000, 6)) < 0.2).astype(np.float32)
    table = sparse.csr_matrix(np.concatenate([np.eye(3, dtype=np.float32)[labels], noise], axis=1))
    found = fit(table, labels, np.ones(3000, np.float32), width=3)
    assert (found.scores(table).argmax(axis=1) == labels).all()


def test_fit_heeds_weights() -> None:
    table = sparse.csr_matrix(np.ones((400, 1), np.float32))
    labels = np.arange(400) % 2
    heavy = fit(table, labels, np.where(labels == 1, 9.0, 1.0).astype(np.float32), width=2)
    assert heavy.scores(table)[0].argmax() == 1


def test_softmax_gives_probabilities() -> None:
    found = softmax(np.array([[1000.0, 0.0], [0.0, 0.0]], dtype=np.float32))
    assert found.sum(axis=1) == pytest.approx([1, 1])
    assert found[1] == pytest.approx([0.5, 0.5])


def test_learn_temperature_cools_what_is_too_sure() -> None:
    scores = np.tile(np.array([[8.0, 0.0]], dtype=np.float32), (100, 1))
    right = (np.arange(100) % 4 == 0).astype(np.int64)
    assert learn_temperature(scores, right, np.ones(100, np.float32)) < 1


def test_trust_is_calibrated_on_what_it_learnt_from() -> None:
    chance = np.random.default_rng(2)
    sure = chance.uniform(0.4, 1.0, 4000).astype(np.float32)
    probabilities = np.stack([sure, 1 - sure, np.zeros_like(sure)], axis=1)
    right = chance.random(4000) < sure
    found = signs(probabilities)
    learnt = trust(found, learn_trust(found, right, np.ones(4000, np.float32)))
    for low in (0.5, 0.7, 0.9):
        among = (learnt >= low) & (learnt < low + 0.1)
        assert right[among].mean() == pytest.approx(learnt[among].mean(), abs=0.06)


def test_block_weighs_one_message_as_the_matrix_of_many_does() -> None:
    readings = [
        Reading(["facture", "mars", "mars"], ["the.invoice"]),
        Reading(["facture"], ["the.invoice"]),
    ] * 20
    found = block_keys(readings)
    blocks = learn_blocks(found, np.ones(len(readings), dtype=bool))
    table = matrix(blocks, found, len(readings))
    start = 0
    for name, block in blocks.items():
        keys, rows = found[name]
        places, values = block.weigh(keys[rows == 0])
        dense = np.zeros(len(block.keys), np.float32)
        np.add.at(dense, places, values)
        assert table[0, start : start + len(block.keys)].toarray()[0] == pytest.approx(dense)
        start += len(block.keys)


def test_block_gives_no_weight_to_what_it_never_saw() -> None:
    block = Block(np.array([3, 7], dtype=np.uint64), np.array([1, 2], dtype=np.float32), 1.0)
    places, values = block.weigh(np.array([5, 9], dtype=np.uint64))
    assert len(places) == len(values) == 0
    places, values = block.weigh(np.array([7, 9], dtype=np.uint64))
    assert (list(places), list(values)) == ([1], [1.0])
