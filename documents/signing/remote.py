"""Sign with a key that a remote service keeps, by the interface of the Cloud Signature Consortium (CSC), v1 or v2."""

from __future__ import annotations

import asyncio
import hashlib
from base64 import b64encode
from dataclasses import dataclass, field
from typing import Any, Literal

from aiohttp import ClientError, ClientSession, ClientTimeout
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.x509 import Certificate

from documents.signing import remote_answers as answers
from documents.signing.errors import (
    KeyUnusable,
    SigningServiceAnswersNonsense,
    SigningServiceDown,
    SigningServiceRefuses,
    SigningServiceSlow,
)
from documents.signing.key import signature_fits

Body = dict[str, Any]
SHA256_OID = "2.16.840.1.101.3.4.2.1"
RSA_WITH_SHA256_OID, RSA_OID = "1.2.840.113549.1.1.11", "1.2.840.113549.1.1.1"
ECDSA_WITH_SHA256_OID = "1.2.840.10045.4.3.2"
UNAUTHORIZED = 401


@dataclass(frozen=True, slots=True)
class RemoteService:
    """A service and a key at it; `address` ends with the version's path, such as `/csc/v1`.

    Either `token` is a bearer token that stays valid, or `client` and `secret` get one as often as needed.
    """

    address: str
    credential: str
    version: Literal["v1", "v2"] = "v1"
    token: str = field(default="", repr=False)
    client: str = ""
    secret: str = field(default="", repr=False)
    pin: str = field(default="", repr=False)
    timeout_seconds: float = 30


def open_remote(service: RemoteService) -> RemoteKey:
    """Ask the service about its key; raises the facts of the service's state, or KeyUnusable."""
    return asyncio.run(_open(service))


async def _open(service: RemoteService) -> RemoteKey:
    connection = Connection(service)
    wish = {"credentialID": service.credential, "certificates": "chain", "certInfo": False}
    return RemoteKey(
        connection, answers.read_credential(service.address, await connection.ask("credentials/info", wish))
    )


class RemoteKey:
    """A key at a remote service: only digests travel, and each signature that comes back is checked."""

    def __init__(self, connection: Connection, credential: answers.Credential) -> None:
        self.chain: tuple[Certificate, ...] = credential.chain
        self._connection = connection
        self._algorithm = _algorithm(credential)

    async def sign(self, data: bytes) -> bytes:
        """Have the SHA-256 of some data signed; raises the facts of the service's state."""
        service = self._connection.service
        digest = b64encode(hashlib.sha256(data).digest()).decode()
        authorized = await self._connection.ask("credentials/authorize", self._authorization(digest))
        activation = answers.read_activation(service.address, authorized)
        signed = await self._connection.ask("signatures/signHash", self._order(digest, activation))
        signature = answers.read_signature(service.address, signed)
        if not signature_fits(self.chain[0], signature, data):
            raise SigningServiceAnswersNonsense(service.address, "the signature does not fit the certificate")
        return signature

    def _authorization(self, digest: str) -> Body:
        service = self._connection.service
        body: Body = {"credentialID": service.credential, "numSignatures": 1, **self._digests(digest)}
        if service.pin:
            body |= (
                {"PIN": service.pin}
                if service.version == "v1"
                else {"authData": [{"id": "PIN", "value": service.pin}]}
            )
        return body

    def _order(self, digest: str, activation: str) -> Body:
        return {
            "credentialID": self._connection.service.credential,
            "SAD": activation,
            "signAlgo": self._algorithm,
            **self._digests(digest),
        }

    def _digests(self, digest: str) -> Body:
        if self._connection.service.version == "v1":
            return {"hash": [digest], "hashAlgo": SHA256_OID}
        return {"hashes": [digest], "hashAlgorithmOID": SHA256_OID}


class Connection:
    """The way to a service: one session a request, since each signature has an event loop of its own."""

    def __init__(self, service: RemoteService) -> None:
        self.service = service
        self._token = service.token

    async def ask(self, call: str, body: Body) -> Body:
        """Post a body and give the answer; a token that has run out is renewed once."""
        fresh = not self._token
        if fresh:
            await self._renew()
        try:
            return await self._post(call, json=body)
        except SigningServiceRefuses as refusal:
            if fresh or refusal.status != UNAUTHORIZED or not self.service.client:
                raise
        await self._renew()
        return await self._post(call, json=body)

    async def _renew(self) -> None:
        service = self.service
        if not service.client:
            raise KeyUnusable("the signing service needs a token, or a client and its secret")
        login = {
            "grant_type": "client_credentials",
            "client_id": service.client,
            "client_secret": service.secret,
        }
        self._token = ""
        self._token = answers.read_token(service.address, await self._post("oauth2/token", data=login))

    async def _post(self, call: str, **body: Any) -> Body:
        service = self.service
        headers = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        url = f"{service.address.rstrip('/')}/{call}"
        timeout = ClientTimeout(total=service.timeout_seconds)
        try:
            async with (
                ClientSession(timeout=timeout) as session,
                session.post(url, headers=headers, allow_redirects=False, **body) as response,
            ):
                content = await response.content.read(answers.LONGEST + 1)
        except TimeoutError as error:
            raise SigningServiceSlow(service.address, service.timeout_seconds) from error
        except (ClientError, OSError) as error:
            raise SigningServiceDown(service.address, str(error) or type(error).__name__) from error
        return answers.read_body(service.address, response.status, content)


def _algorithm(credential: answers.Credential) -> str:
    """Choose the signature algorithm among those that the key offers; raises KeyUnusable."""
    is_rsa = isinstance(credential.chain[0].public_key(), RSAPublicKey)
    wanted = (RSA_WITH_SHA256_OID, RSA_OID) if is_rsa else (ECDSA_WITH_SHA256_OID,)
    for algorithm in wanted:
        if algorithm in credential.algorithms:
            return algorithm
    raise KeyUnusable(f"the remote key signs with {', '.join(credential.algorithms)} only")
