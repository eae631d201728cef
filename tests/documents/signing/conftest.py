"""Give the tests of signing an authority, signers of each kind and a document."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from documents.receipts import receipt_report
from documents.signing.opening import (
    KeySource,
    LocalAuthority,
    Pkcs11Token,
    Pkcs12File,
    RemoteService,
    open_signer,
)
from documents.signing.pades import PadesSigner
from tests.documents.receipts.samples import receipts, report_of
from tests.documents.signing import authority as authorities
from tests.documents.signing import csc_service
from tests.documents.signing.authority import PASSWORD, Authority
from tests.documents.signing.csc_service import CREDENTIAL, PIN, CscService

SOFTHSM = tuple(
    Path(f"/usr/lib/{part}softhsm/libsofthsm2.so") for part in ("", "x86_64-linux-gnu/", "aarch64-linux-gnu/")
)
TOKEN, TOKEN_PIN, LABEL = "guichet", "1234", "receipts"


def now() -> datetime:
    """The clock of the signers: the machine's, since the services of the authority go by it."""
    return datetime.now(UTC)


@pytest.fixture(scope="session")
def document() -> bytes:
    return receipt_report(report_of(*receipts(6), demo=True), 4, "fr")


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Authority]:
    with authorities.running(tmp_path_factory.mktemp("authority")) as running:
        yield running


@pytest.fixture(scope="session")
def local(tmp_path_factory: pytest.TempPathFactory) -> PadesSigner:
    return open_signer(LocalAuthority(tmp_path_factory.mktemp("data") / "authority"), now)


@pytest.fixture(scope="session")
def pkcs12_file(authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pkcs12") / "receipts.p12"
    path.write_bytes(authority.pkcs12("receipts"))
    return path


@pytest.fixture(scope="session")
def receipts_key(authority: Authority) -> tuple[RSAPrivateKey, list[x509.Certificate]]:
    key, own, others = serialization.pkcs12.load_key_and_certificates(
        authority.pkcs12("receipts"), PASSWORD.encode()
    )
    assert isinstance(key, RSAPrivateKey)
    assert own
    return key, [own, *others]


@pytest.fixture(params=["v1", "v2"])
def csc(
    request: pytest.FixtureRequest, receipts_key: tuple[RSAPrivateKey, list[x509.Certificate]]
) -> Iterator[tuple[CscService, RemoteService]]:
    """A remote signing service and how to reach it."""
    service = CscService(request.param, *receipts_key)
    with csc_service.running(service) as address:
        token = next(iter(service.tokens))
        yield (
            service,
            RemoteService(address, CREDENTIAL, request.param, token=token, pin=PIN, timeout_seconds=5),
        )


@pytest.fixture(scope="session")
def token(
    receipts_key: tuple[RSAPrivateKey, list[x509.Certificate]], tmp_path_factory: pytest.TempPathFactory
) -> Pkcs11Token:
    """A token of SoftHSM with the key and certificates of receipts."""
    library = next((path for path in SOFTHSM if path.exists()), None)
    tool = shutil.which("softhsm2-util")
    if library is None or tool is None:
        pytest.skip("SoftHSM (softhsm2) is not installed")
    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    config = folder / "softhsm2.conf"
    config.write_text(
        f"directories.tokendir = {folder}/tokens\nobjectstore.backend = file\nlog.level = ERROR\n"
    )
    # The library reads its place once, when it is loaded, so that it stays set for the session.
    os.environ["SOFTHSM2_CONF"] = str(config)
    subprocess.run(
        [tool, "--init-token", "--free", "--label", TOKEN, "--pin", TOKEN_PIN, "--so-pin", "12345678"],
        check=True,
        capture_output=True,
    )
    found = Pkcs11Token(library, TOKEN, LABEL, TOKEN_PIN)
    fill_token(found, *receipts_key)
    return found


def fill_token(token: Pkcs11Token, key: RSAPrivateKey, chain: list[x509.Certificate]) -> None:
    """Put a key with its certificates into a token."""
    import pkcs11
    from pkcs11.util.rsa import decode_rsa_private_key
    from pkcs11.util.x509 import decode_x509_certificate

    with (
        pkcs11.lib(str(token.library))
        .get_token(token_label=token.token)
        .open(user_pin=token.pin, rw=True) as session
    ):
        der = key.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.TraditionalOpenSSL,
            serialization.NoEncryption(),
        )
        attributes = pkcs11.Attribute
        session.create_object(
            decode_rsa_private_key(der)
            | {attributes.TOKEN: True, attributes.LABEL: token.key, attributes.PRIVATE: True}
        )
        for number, certificate in enumerate(chain):
            encoded = decode_x509_certificate(certificate.public_bytes(serialization.Encoding.DER))
            label = token.key if number == 0 else f"authority {number}"
            session.create_object(encoded | {attributes.TOKEN: True, attributes.LABEL: label})


@pytest.fixture(params=["local", "pkcs12", "pkcs11", "remote v1", "remote v2"])
def signer(request: pytest.FixtureRequest) -> PadesSigner:
    """A signer of each kind, one after the other."""
    if request.param == "local":
        return request.getfixturevalue("local")
    if request.param.startswith("remote"):
        return request.getfixturevalue("remote_signers")[request.param]
    if request.param == "pkcs11":
        source: KeySource = request.getfixturevalue("token")
    else:
        source = Pkcs12File(request.getfixturevalue("pkcs12_file"), PASSWORD)
    return open_signer(source, now)


@pytest.fixture(scope="session")
def remote_signers(
    receipts_key: tuple[RSAPrivateKey, list[x509.Certificate]],
) -> Iterator[dict[str, PadesSigner]]:
    first, second = CscService("v1", *receipts_key), CscService("v2", *receipts_key)
    with csc_service.running(first) as v1, csc_service.running(second) as v2:
        token = next(iter(first.tokens))
        yield {
            "remote v1": open_signer(RemoteService(v1, CREDENTIAL, "v1", token=token, pin=PIN), now),
            "remote v2": open_signer(RemoteService(v2, CREDENTIAL, "v2", token=token, pin=PIN), now),
        }
