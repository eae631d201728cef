from __future__ import annotations

import stat
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from documents.signing.errors import KeyUnusable
from documents.signing.local_authority import AUTHORITY_FILE, KEY_FILE, open_local_authority
from documents.signing.opening import LocalAuthority, open_signer

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def authority_in(folder: Path) -> bytes:
    return open_local_authority(folder, NOW).chain[-1].public_bytes(Encoding.DER)


def test_authority_is_made_once_and_kept(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "authority"
    first = authority_in(folder)
    assert authority_in(folder) == first
    assert (folder / AUTHORITY_FILE).read_bytes() == first
    assert [path.name for path in folder.parent.iterdir()] == ["authority"]


@pytest.mark.rule("REC-7")
def test_key_file_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    authority_in(tmp_path / "authority")
    assert stat.S_IMODE((tmp_path / "authority" / KEY_FILE).stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "authority").stat().st_mode) == 0o700


def test_processes_that_start_at_once_get_the_same_authority(tmp_path: Path) -> None:
    folder = tmp_path / "authority"
    with ProcessPoolExecutor(4, mp_context=get_context("spawn")) as pool:
        found = set(pool.map(authority_in, [folder] * 4))
    assert len(found) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["authority"]


def test_certificates_say_that_they_are_no_bpost(tmp_path: Path) -> None:
    own, authority = open_local_authority(tmp_path / "authority", NOW).chain
    assert authority.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    assert not own.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    for certificate in (own, authority):
        assert "not bpost" in certificate.subject.rfc4514_string()
        assert certificate.public_key().key_size == 2048  # type: ignore[union-attr]


@pytest.mark.parametrize("missing", [AUTHORITY_FILE, KEY_FILE])
def test_folder_with_a_part_only_is_not_repaired_silently(tmp_path: Path, missing: str) -> None:
    folder = tmp_path / "authority"
    before = authority_in(folder)
    content = (folder / missing).read_bytes()
    (folder / missing).unlink()
    with pytest.raises(KeyUnusable):
        open_local_authority(folder, NOW)
    (folder / missing).write_bytes(content)
    assert authority_in(folder) == before


def test_key_of_another_certificate_is_refused(tmp_path: Path) -> None:
    authority_in(tmp_path / "one")
    authority_in(tmp_path / "other")
    (tmp_path / "one" / KEY_FILE).write_bytes((tmp_path / "other" / KEY_FILE).read_bytes())
    with pytest.raises(KeyUnusable, match="does not belong"):
        open_local_authority(tmp_path / "one", NOW)


@pytest.mark.parametrize(("year", "word"), [(2023, "only from"), (2047, "expired")])
def test_certificate_does_not_sign_outside_its_time(
    tmp_path: Path, document: bytes, year: int, word: str
) -> None:
    folder = tmp_path / "authority"
    authority_in(folder)
    signer = open_signer(LocalAuthority(folder), lambda: NOW.replace(year=year))
    with pytest.raises(KeyUnusable, match=word):
        signer.sign(document)
