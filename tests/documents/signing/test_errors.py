from __future__ import annotations

import pickle

import pytest

from documents.errors import DocumentError
from documents.signing import errors
from documents.signing.errors import NotSigned

FACTS: list[NotSigned] = [
    errors.SigningServiceDown("http://service", "refused"),
    errors.SigningServiceSlow(address="http://service", seconds=30),
    errors.SigningServiceAnswersNonsense("http://service", "no JSON"),
    errors.SigningServiceRefuses("http://service", 401, "invalid_token"),
    errors.TimeStampServiceDown("http://stamps", "refused"),
    errors.TimeStampServiceAnswersNonsense("http://stamps", "status 404"),
    errors.ProofOfValidityMissing("no OCSP"),
    errors.KeyUnusable("expired"),
    errors.NotSignable("no PDF"),
]
TRANSIENT = {
    errors.SigningServiceDown,
    errors.SigningServiceSlow,
    errors.SigningServiceAnswersNonsense,
    errors.TimeStampServiceDown,
    errors.TimeStampServiceAnswersNonsense,
    errors.ProofOfValidityMissing,
}


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: type(fact).__name__)
def test_fact_travels_between_processes(fact: NotSigned) -> None:
    arrived = pickle.loads(pickle.dumps(fact))
    assert type(arrived) is type(fact)
    assert vars(arrived) == vars(fact)
    assert isinstance(arrived, DocumentError)


def test_what_passes_by_itself_is_retryable() -> None:
    assert {type(fact) for fact in FACTS if fact.retryable} == TRANSIENT
