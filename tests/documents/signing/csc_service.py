"""Play a remote signing service of the Cloud Signature Consortium, v1 and v2, that may also misbehave."""

from __future__ import annotations

import json
import threading
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import Certificate

CREDENTIAL, PIN, CLIENT, SECRET = "receipts-2026", "4711", "guichet", "s3cret"
SHA256_OID, RSA_SHA256_OID = "2.16.840.1.101.3.4.2.1", "1.2.840.113549.1.1.11"
Answer = tuple[int, bytes]


class CscService:
    """A service with one key; `faults` replaces the answer to a call, by its name, as often as it is listed."""

    def __init__(self, version: str, key: RSAPrivateKey, chain: list[Certificate]) -> None:
        self.version = version
        self.faults: dict[str, list[Callable[[], Answer]]] = {}
        self.asked: list[str] = []
        self.tokens: set[str] = {"a token that stays valid"}
        self._key, self._chain = key, chain
        self._authorized: dict[str, str] = {}

    def answer(self, path: str, token: str, body: bytes) -> Answer:
        """Answer a call as the standard says, or wrongly when a fault is waiting for it."""
        prefix, _, call = path.partition(f"/csc/{self.version}/")
        self.asked.append(call)
        if prefix or not call:
            return self._error(404, "not_found")
        if self.faults.get(call):
            return self.faults[call].pop(0)()
        if call == "oauth2/token":
            return self._log_in(parse_qs(body.decode()))
        if token not in self.tokens:
            return self._error(401, "invalid_token")
        wish = json.loads(body)
        if wish.get("credentialID") != CREDENTIAL:
            return self._error(400, "invalid_request", "Invalid parameter credentialID")
        calls = {
            "credentials/info": self._info,
            "credentials/authorize": self._authorize,
            "signatures/signHash": self._sign,
        }
        return calls[call](wish)

    def _log_in(self, form: dict[str, list[str]]) -> Answer:
        if form != {"grant_type": ["client_credentials"], "client_id": [CLIENT], "client_secret": [SECRET]}:
            return self._error(400, "invalid_client")
        token = f"token {len(self.tokens)}"
        self.tokens.add(token)
        return self._ok({"access_token": token, "token_type": "Bearer", "expires_in": 3600})

    def _info(self, wish: dict[str, Any]) -> Answer:
        chain = [b64encode(one.public_bytes(Encoding.DER)).decode() for one in self._chain]
        key = {"status": "enabled", "algo": [RSA_SHA256_OID], "len": self._key.key_size}
        return self._ok({"key": key, "cert": {"certificates": chain}, "multisign": 1, "SCAL": "2"})

    def _authorize(self, wish: dict[str, Any]) -> Answer:
        if self.version == "v1":
            given, digests = wish.get("PIN"), wish["hash"]
        else:
            [proof] = wish["authData"]
            given, digests = proof["value"] if proof["id"] == "PIN" else None, wish["hashes"]
        if given != PIN:
            return self._error(400, "invalid_pin", "The PIN is wrong")
        activation = f"SAD {len(self._authorized)}"
        [self._authorized[activation]] = digests
        return self._ok({"SAD": activation, "expiresIn": 60})

    def _sign(self, wish: dict[str, Any]) -> Answer:
        [digest] = wish["hash"] if self.version == "v1" else wish["hashes"]
        algorithm = wish["hashAlgo"] if self.version == "v1" else wish["hashAlgorithmOID"]
        if (algorithm, wish["signAlgo"]) != (SHA256_OID, RSA_SHA256_OID):
            return self._error(400, "invalid_request", "algorithm")
        # An activation is good for one signature of the very digest that it was given for.
        if self._authorized.pop(wish["SAD"], None) != digest:
            return self._error(400, "invalid_sad")
        signature = self._key.sign(b64decode(digest), PKCS1v15(), Prehashed(SHA256()))
        return self._ok({"signatures": [b64encode(signature).decode()]})

    @staticmethod
    def _ok(body: dict[str, Any]) -> Answer:
        return 200, json.dumps(body).encode()

    @staticmethod
    def _error(status: int, error: str, description: str = "") -> Answer:
        return status, json.dumps({"error": error, "error_description": description}).encode()


@contextmanager
def running(service: CscService) -> Iterator[str]:
    """Serve on the loopback until the end of the block, and give the address of the interface."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            token = self.headers.get("Authorization", "").removeprefix("Bearer ")
            status, content = service.answer(self.path, token, body)
            if status == 0:
                self.close_connection = True
                return
            # Who asked may have gone: an answer that is too long or too late is not read to its end.
            with suppress(OSError):
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/csc/{service.version}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
