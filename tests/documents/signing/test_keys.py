from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from documents.signing.errors import KeyUnusable
from documents.signing.opening import KeySource, Pkcs11Token, Pkcs12File, open_signer
from documents.verification import Finding, verify
from tests.documents.signing.authority import PASSWORD, Authority
from tests.documents.signing.conftest import now


def pkcs12(authority: Authority, folder: Path, label: str) -> Pkcs12File:
    path = folder / f"{label}.p12"
    path.write_bytes(authority.pkcs12(label))
    return Pkcs12File(path, PASSWORD)


def test_elliptic_curve_key_signs_as_well(authority: Authority, document: bytes, tmp_path: Path) -> None:
    signer = open_signer(pkcs12(authority, tmp_path, "curve"), now)
    for _ in range(5):  # its signatures differ in length
        assert verify(signer.sign(document), signer.certificates).finding == Finding.GENUINE


def test_expired_certificate_does_not_sign(authority: Authority, document: bytes, tmp_path: Path) -> None:
    signer = open_signer(pkcs12(authority, tmp_path, "expired"), now)
    with pytest.raises(KeyUnusable, match="expired on 2021-01-01"):
        signer.sign(document)


def test_pkcs12_with_the_wrong_password_is_refused(pkcs12_file: Path) -> None:
    with pytest.raises(KeyUnusable, match="password"):
        open_signer(Pkcs12File(pkcs12_file, "wrong"), now)


def test_pkcs12_that_is_missing_or_damaged_is_refused(pkcs12_file: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.p12"
    damaged.write_bytes(pkcs12_file.read_bytes()[:-100])
    for path in (tmp_path / "missing.p12", damaged):
        with pytest.raises(KeyUnusable):
            open_signer(Pkcs12File(path, PASSWORD), now)


def test_token_that_is_not_there_is_refused(token: Pkcs11Token) -> None:
    for wrong in (
        replace(token, token="another"),
        replace(token, key="another"),
        replace(token, library=Path("no-such-library.so")),
    ):
        with pytest.raises(KeyUnusable):
            open_signer(wrong, now)


def test_settings_do_not_print_their_secrets(pkcs12_file: Path) -> None:
    sources: list[KeySource] = [
        Pkcs12File(pkcs12_file, "sesame"),
        Pkcs11Token(pkcs12_file, "t", "k", "sesame"),
    ]
    assert "sesame" not in repr(sources)
