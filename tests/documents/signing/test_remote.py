from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable
from dataclasses import replace

import pytest

from documents.signing.errors import (
    KeyUnusable,
    NotSigned,
    SigningServiceAnswersNonsense,
    SigningServiceDown,
    SigningServiceRefuses,
    SigningServiceSlow,
)
from documents.signing.opening import RemoteService, open_signer
from documents.verification import Finding, verify
from tests.documents.signing.conftest import now
from tests.documents.signing.csc_service import CLIENT, SECRET, Answer, CscService

Csc = tuple[CscService, RemoteService]


def json_of(**body: object) -> Callable[[], Answer]:
    return lambda: (200, json.dumps(body).encode())


def status(number: int, content: bytes = b"{}") -> Callable[[], Answer]:
    return lambda: (number, content)


NONSENSE = {
    "page instead of JSON": status(200, b"<html>Welcome</html>"),
    "nothing": status(200, b""),
    "list": status(200, b"[]"),
    "deep": status(200, b"[" * 100_000),
    "far too long": status(200, b'{"SAD": "' + b"x" * 2_000_000 + b'"}'),
    "redirect": status(302),
    "created": status(201, b"{}"),
    "null": json_of(signatures=None, SAD=None),
    "no signature": json_of(signatures=[], SAD=7),
    "two signatures": json_of(signatures=["QQ==", "QQ=="], SAD=""),
    "not base64": json_of(signatures=["%%%"], SAD=[]),
    "another key's signature": json_of(signatures=["QUFBQQ=="], SAD={}),
}


@pytest.mark.rule("REC-9")
@pytest.mark.parametrize("call", ["credentials/authorize", "signatures/signHash"])
@pytest.mark.parametrize("nonsense", NONSENSE.values(), ids=NONSENSE.keys())
def test_nonsense_of_the_service_is_a_fact_and_passes(
    csc: Csc, document: bytes, call: str, nonsense: Callable[[], Answer]
) -> None:
    service, settings = csc
    signer = open_signer(settings, now)
    service.faults[call] = [nonsense]
    with pytest.raises(SigningServiceAnswersNonsense) as fact:
        signer.sign(document)
    assert fact.value.retryable
    assert verify(signer.sign(document), signer.certificates).finding == Finding.GENUINE


@pytest.mark.rule("REC-9")
@pytest.mark.parametrize("number", [0, 408, 429, 500, 502, 503, 504])
def test_service_that_is_down_is_a_fact_and_passes(csc: Csc, document: bytes, number: int) -> None:
    service, settings = csc
    signer = open_signer(settings, now)
    service.faults["signatures/signHash"] = [status(number)]
    with pytest.raises(SigningServiceDown) as fact:
        signer.sign(document)
    assert fact.value.retryable
    assert verify(signer.sign(document), signer.certificates).finding == Finding.GENUINE


def test_service_that_nobody_runs_is_down(csc: Csc) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(SigningServiceDown):
        open_signer(replace(csc[1], address=f"http://127.0.0.1:{port}/csc/v1"), now)


@pytest.mark.rule("REC-9")
def test_service_that_does_not_answer_in_time_is_slow(csc: Csc, document: bytes) -> None:
    service, settings = csc
    signer = open_signer(replace(settings, timeout_seconds=1.5), now)
    released = threading.Event()

    def late() -> Answer:
        released.wait(20)
        return 200, b"{}"

    service.faults["signatures/signHash"] = [late]
    with pytest.raises(SigningServiceSlow) as fact:
        signer.sign(document)
    released.set()
    assert fact.value.retryable
    assert fact.value.seconds == 1.5


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"token": "stolen"}, "invalid_token"),
        ({"credential": "other"}, "credentialID"),
        ({"pin": "0"}, "PIN"),
    ],
)
def test_refusal_of_the_service_is_final_and_says_why(
    csc: Csc, document: bytes, change: dict[str, str], reason: str
) -> None:
    with pytest.raises(SigningServiceRefuses, match=reason) as fact:
        open_signer(replace(csc[1], **change), now).sign(document)
    assert not fact.value.retryable


def test_token_that_has_run_out_is_renewed_once(csc: Csc, document: bytes) -> None:
    service, settings = csc
    signer = open_signer(replace(settings, token="", client=CLIENT, secret=SECRET), now)
    service.tokens.clear()
    service.asked.clear()
    assert verify(signer.sign(document), signer.certificates).finding == Finding.GENUINE
    calls = ["credentials/authorize", "oauth2/token", "credentials/authorize", "signatures/signHash"]
    assert service.asked == calls


def test_wrong_secret_is_refused(csc: Csc) -> None:
    with pytest.raises(SigningServiceRefuses, match="invalid_client"):
        open_signer(replace(csc[1], token="", client=CLIENT, secret="wrong"), now)


def test_service_without_any_way_to_log_in_is_unusable(csc: Csc) -> None:
    with pytest.raises(KeyUnusable):
        open_signer(replace(csc[1], token=""), now)


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"cert": {"certificates": []}},
        {"cert": {"certificates": ["QQ=="]}, "key": {"algo": []}},
        {"cert": 1},
    ],
)
def test_key_that_is_not_described_is_nonsense(csc: Csc, answer: dict[str, object]) -> None:
    service, settings = csc
    service.faults["credentials/info"] = [json_of(**answer)]
    with pytest.raises(SigningServiceAnswersNonsense):
        open_signer(settings, now)


@pytest.mark.parametrize("change", [{"status": "disabled"}, {"algo": ["1.2.840.113549.1.1.5"]}])
def test_key_that_cannot_sign_is_unusable(csc: Csc, change: dict[str, object]) -> None:
    service, settings = csc
    _, info = service.answer(
        "/csc/" + service.version + "/credentials/info", settings.token, b'{"credentialID": "receipts-2026"}'
    )
    told = json.loads(info)
    told["key"] |= change
    service.faults["credentials/info"] = [json_of(**told)]
    with pytest.raises(KeyUnusable):
        open_signer(settings, now)


def test_document_never_travels_to_the_service(
    csc: Csc, document: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    service, settings = csc
    sent: list[int] = []
    answer = service.answer

    def listening(path: str, token: str, body: bytes) -> Answer:
        sent.append(len(body))
        return answer(path, token, body)

    monkeypatch.setattr(service, "answer", listening)
    open_signer(settings, now).sign(document)
    assert 0 < max(sent) < 1000 < len(document)


def test_facts_and_settings_hold_no_secret(csc: Csc, document: bytes) -> None:
    settings = replace(csc[1], client=CLIENT, secret=SECRET, token="stolen")
    assert not {"stolen", SECRET, settings.pin} & set(repr(settings).replace("'", " ").split())
    with pytest.raises(NotSigned) as fact:
        open_signer(replace(settings, client=""), now)
    assert "stolen" not in str(fact.value)
