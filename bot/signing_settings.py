"""Hold the settings of the signature: which key signs the receipts, and whose time stamps make it last (REC-7)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import Field, HttpUrl, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode

from documents.signing.once import Signing
from documents.signing.opening import KeySource, LocalAuthority, Pkcs11Token, Pkcs12File
from documents.signing.remote import RemoteService
from documents.signing.time_stamps import TimeStamps

Value = TypeVar("Value")


class SigningIncomplete(Exception):
    """A way to sign was chosen without all that it needs; the text names the setting."""


class SigningSettings(BaseSettings):
    """What is to be set for the signature of receipts; without anything, a test authority of our own signs."""

    signing_source: Literal["local", "pkcs12", "pkcs11", "csc"] = Field(
        default="local",
        description=(
            "What signs receipts: `local`, a test authority made on first start that proves nothing to others; "
            "`pkcs12`, a key in a file; `pkcs11`, a security module; `csc`, a remote service."
        ),
    )
    signing_file: Path | None = Field(
        default=None, description="`pkcs12`: the file with key and certificates."
    )
    signing_password: SecretStr | None = Field(default=None, description="`pkcs12`: the file's password.")
    signing_library: Path | None = Field(
        default=None, description="`pkcs11`: the library of the module's maker."
    )
    signing_token: str | None = Field(default=None, description="`pkcs11`: the label of the token.")
    signing_key: str | None = Field(
        default=None, description="`pkcs11`: the label of the key and certificate."
    )
    signing_pin: SecretStr | None = Field(
        default=None, description="`pkcs11`, `csc`: the PIN that unlocks the key."
    )
    signing_url: HttpUrl | None = Field(
        default=None, description="`csc`: address of the service with its version's path, such as `/csc/v1`."
    )
    signing_version: Literal["v1", "v2"] = Field(default="v1", description="`csc`: version of the interface.")
    signing_credential: str | None = Field(default=None, description="`csc`: name of the key at the service.")
    signing_bearer: SecretStr | None = Field(
        default=None, description="`csc`: a bearer token that stays valid, in place of client and secret."
    )
    signing_client: str = Field(default="", description="`csc`: name under which tokens are asked for.")
    signing_secret: SecretStr | None = Field(default=None, description="`csc`: the secret that goes with it.")
    signing_timeout: float = Field(
        default=30, gt=0, le=300, description="`csc`: seconds after which the service counts as silent."
    )
    signing_trusted: Annotated[tuple[Path, ...], NoDecode] = Field(
        default=(),
        description="Files with earlier signing certificates (DER), separated by spaces: their receipts stay genuine.",
    )
    time_stamp_url: HttpUrl | None = Field(
        default=None, description="Address of a time-stamp service (RFC 3161); without it signatures are B-B."
    )
    time_stamp_level: Literal["B-T", "B-LT", "B-LTA"] = Field(
        default="B-LTA", description="How long signatures are to last with time stamps."
    )
    time_stamp_trusted: Annotated[tuple[Path, ...], NoDecode] = Field(
        default=(),
        description="Files with certificates (DER), separated by spaces, from which the time-stamp service descends.",
    )
    time_stamp_user: str = Field(default="", description="User name at the time-stamp service.")
    time_stamp_password: SecretStr | None = Field(
        default=None, description="Password at the time-stamp service."
    )

    @field_validator("signing_trusted", "time_stamp_trusted", mode="before")
    @classmethod
    def _split_paths(cls, value: object) -> object:
        return tuple(value.split()) if isinstance(value, str) else value

    def signing(self, data_folder: Path) -> Signing:
        """Say how receipts are signed; raises SigningIncomplete."""
        return Signing(self._source(data_folder), self._time_stamps())

    def earlier_certificates(self) -> tuple[bytes, ...]:
        """Read the earlier certificates whose receipts stay genuine; raises OSError."""
        return tuple(path.read_bytes() for path in self.signing_trusted)

    def _source(self, data_folder: Path) -> KeySource:
        match self.signing_source:
            case "local":
                return LocalAuthority((data_folder / "signing").absolute())
            case "pkcs12":
                return Pkcs12File(_need("SIGNING_FILE", self.signing_file), _told(self.signing_password))
            case "pkcs11":
                return Pkcs11Token(
                    _need("SIGNING_LIBRARY", self.signing_library),
                    _need("SIGNING_TOKEN", self.signing_token),
                    _need("SIGNING_KEY", self.signing_key),
                    _told(self.signing_pin),
                )
            case "csc":
                return self._remote()

    def _remote(self) -> RemoteService:
        return RemoteService(
            str(_need("SIGNING_URL", self.signing_url)).rstrip("/"),
            _need("SIGNING_CREDENTIAL", self.signing_credential),
            version=self.signing_version,
            token=_told(self.signing_bearer),
            client=self.signing_client,
            secret=_told(self.signing_secret),
            pin=_told(self.signing_pin),
            timeout_seconds=self.signing_timeout,
        )

    def _time_stamps(self) -> TimeStamps | None:
        if self.time_stamp_url is None:
            return None
        return TimeStamps(
            str(self.time_stamp_url),
            level=self.time_stamp_level,
            trusted=tuple(path.read_bytes() for path in self.time_stamp_trusted),
            user=self.time_stamp_user,
            password=_told(self.time_stamp_password),
        )


def _need(name: str, value: Value | None) -> Value:
    if value is None:
        raise SigningIncomplete(f"set GUICHET_{name}")
    return value


def _told(secret: SecretStr | None) -> str:
    return "" if secret is None else secret.get_secret_value()
