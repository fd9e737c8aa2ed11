"""A small ACME server (RFC 8555), strict about nonces and signatures; the only host there is."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from typing import TYPE_CHECKING, Any

import httpx
import jwt
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from fakes.tests.made_certificates import Made, made

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fakes.network import Proxy, Trust

HOST = "acme.example.com"
ROOT = f"https://{HOST}"
DIRECTORY = f"{ROOT}/directory"
_CA = made("ACME root", ca=True)
_ISSUER = made("ACME issuer", _CA, ca=True)


class Problem(Exception):  # noqa: N818 - a problem document (RFC 8555 section 6.7)
    """What a request is refused with."""

    def __init__(self, kind: str, detail: str = "said by the server", status: int = 400) -> None:
        super().__init__(kind)
        self.status = status
        self.document = {"type": f"urn:ietf:params:acme:error:{kind}", "detail": detail}


class AcmeServer:
    """Directory, nonces, accounts, orders, authorizations and certificates in memory.

    `looks`: what becomes of an answered challenge: "valid", "invalid" or "pending". `slow`: how
    often a finalised order is still processing. `stale`: how many good nonces are refused. `spoilt`
    answers instead, by path. It is also a network, on which everything leads here.
    """

    def __init__(self, looks: str = "valid", slow: int = 0, stale: int = 0) -> None:
        self.looks = looks
        self.slow = slow
        self.stale = stale
        self.spoilt: dict[str, Callable[[httpx.Request], httpx.Response]] = {}
        self.objects: dict[str, dict[str, Any]] = {}
        self.keys: dict[str, dict[str, Any]] = {}
        self.requests: list[httpx.Request] = []
        self.trusts: list[Trust] = []
        self.signatures: list[str] = []
        self.issued: list[Made] = []
        self._nonces: set[str] = set()
        self._count = 0
        self._client = httpx.Client(transport=httpx.MockTransport(self._answer))

    def client(self, trust: Trust, proxy: Proxy | None = None) -> httpx.Client:
        """A client that reaches nothing but this server."""
        assert proxy is None
        self.trusts.append(trust)
        return self._client

    def of(self, kind: str) -> list[dict[str, Any]]:
        """Every object of a kind: acct, order, authz, chall."""
        return [one for url, one in self.objects.items() if f"/{kind}/" in url]

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        assert request.url.host == HOST, request.url
        assert request.headers["User-Agent"]
        path = request.url.path
        if path in self.spoilt:
            answer = self.spoilt[path](request)
        else:
            try:
                answer = self._good(request, path)
            except Problem as problem:
                kind = {"Content-Type": "application/problem+json"}
                answer = httpx.Response(problem.status, json=problem.document, headers=kind)
        if path != "/directory" and "Replay-Nonce" not in answer.headers:
            answer.headers["Replay-Nonce"] = self._nonce()
        return answer

    def _good(self, request: httpx.Request, path: str) -> httpx.Response:
        if (request.method, path) == ("GET", "/directory"):
            names = ("newNonce", "newAccount", "newOrder", "revokeCert", "keyChange")
            return httpx.Response(200, json={name: f"{ROOT}/{name}" for name in names})
        if (request.method, path) == ("HEAD", "/newNonce"):
            return httpx.Response(200)
        assert request.method == "POST", f"{request.method} {path}"
        header, payload = self._opened(request)
        if path == "/newAccount":
            return self._new_account(header["jwk"], json.loads(payload))
        account = self.objects.get(header.get("kid", ""))
        if account is None:
            raise Problem("accountDoesNotExist")
        if account["status"] != "valid":
            raise Problem("unauthorized", status=401)
        if path == "/newOrder":
            return self._new_order(json.loads(payload))
        return self._existing(str(request.url), payload)

    def _opened(self, request: httpx.Request) -> tuple[dict[str, Any], bytes]:
        """Protected header and payload of a request that is signed as sections 6.2 to 6.5 say."""
        if request.headers["Content-Type"] != "application/jose+json":
            raise Problem("malformed", status=415)
        jws = json.loads(request.content)
        assert jws.keys() == {"protected", "payload", "signature"}
        header = json.loads(_unb64(jws["protected"]))
        assert header.keys() in ({"alg", "nonce", "url", "jwk"}, {"alg", "nonce", "url", "kid"})
        if header["nonce"] not in self._nonces or self.stale > 0:
            self.stale -= 1
            raise Problem("badNonce")
        self._nonces.remove(header["nonce"])
        if header["url"] != str(request.url):
            raise Problem("unauthorized", status=401)
        jwk = header.get("jwk") or self.keys.get(header["kid"])
        if jwk is None:
            raise Problem("accountDoesNotExist")
        compact = f"{jws['protected']}.{jws['payload']}.{jws['signature']}"
        algorithm = {"EC": "ES256", "RSA": "RS256"}[jwk["kty"]]
        try:
            payload = jwt.api_jws.decode(compact, _key(jwk), algorithms=[algorithm])
        except jwt.InvalidTokenError:
            raise Problem("malformed") from None
        self.signatures.append(algorithm)
        return header, payload

    def _new_account(self, jwk: dict[str, Any], body: Mapping[str, Any]) -> httpx.Response:
        assert not {"d", "p", "q"} & jwk.keys(), "a private key was sent"
        if body.get("termsOfServiceAgreed") is not True:
            raise Problem("userActionRequired", status=403)
        known = next((url for url, key in self.keys.items() if key == jwk), None)
        if known is not None:
            return self._shown(known, 200)
        url = self._new("acct", {"status": "valid"})
        self.keys[url] = jwk
        return self._shown(url, 201)

    def _new_order(self, body: Mapping[str, Any]) -> httpx.Response:
        names = body["identifiers"]
        if any(one["type"] != "dns" for one in names):
            raise Problem("unsupportedIdentifier")
        url = self._new("order", {"status": "pending", "identifiers": names})
        order = self.objects[url]
        order["finalize"] = url.replace("/order/", "/finalize/")
        order["authorizations"] = [self._authorization(one) for one in names]
        return self._shown(url, 201)

    def _authorization(self, identifier: Mapping[str, str]) -> str:
        wildcard = identifier["value"].startswith("*.")
        kinds = ("dns-01",) if wildcard else ("dns-01", "http-01")
        challenges = [{"type": kind, "status": "pending", "token": "t"} for kind in kinds]
        for one in challenges:
            one["url"] = self._new("chall", one)
            self.objects[one["url"]] = one
        plain = {"type": "dns", "value": identifier["value"].removeprefix("*.")}
        body = {"identifier": plain, "status": "pending", "challenges": challenges}
        return self._new("authz", body | ({"wildcard": True} if wildcard else {}))

    def _existing(self, url: str, payload: bytes) -> httpx.Response:
        if "/finalize/" in url:
            return self._finalized(url.replace("/finalize/", "/order/"), json.loads(payload))
        if url not in self.objects:
            raise Problem("malformed", status=404)
        if "/chall/" in url and payload:
            assert json.loads(payload) == {}
            return self._answered(url)
        if "/acct/" in url and payload:
            self.objects[url]["status"] = json.loads(payload)["status"]
            return self._shown(url, 200)
        assert payload == b"", "read with POST-as-GET"
        if "/cert/" in url:
            kind = {"Content-Type": "application/pem-certificate-chain"}
            return httpx.Response(200, content=self.objects[url]["pem"], headers=kind)
        self._settle()
        return self._shown(url, 200)

    def _answered(self, url: str) -> httpx.Response:
        challenge = self.objects[url]
        assert challenge["type"] == "http-01"
        challenge["status"] = "processing"
        return self._shown(url, 200)

    def _settle(self) -> None:
        """What the server does between requests: it looks, and goes on with what is processing."""
        for authorization in self.of("authz"):
            for one in authorization["challenges"]:
                if one["status"] == "processing" and self.looks != "pending":
                    one["status"] = authorization["status"] = self.looks
                    if self.looks == "invalid":
                        value = authorization["identifier"]["value"]
                        one["error"] = Problem("connection", f"{value} refused").document
        for order in self.of("order"):
            states = {self.objects[url]["status"] for url in order["authorizations"]}
            if order["status"] == "pending" and "invalid" in states:
                order["status"] = "invalid"
            elif order["status"] == "pending" and states == {"valid"}:
                order["status"] = "ready"
            elif order["status"] == "processing":
                self.slow -= 1
                self._issue(order)

    def _finalized(self, url: str, body: Mapping[str, str]) -> httpx.Response:
        order = self.objects[url]
        if order["status"] != "ready":
            raise Problem("orderNotReady", status=403)
        csr = x509.load_der_x509_csr(_unb64(body["csr"]))
        assert csr.is_signature_valid
        if names_of(csr) != {one["value"] for one in order["identifiers"]}:
            raise Problem("badCSR")
        order["csr"] = csr
        self._issue(order)
        return self._shown(url, 200)

    def _issue(self, order: dict[str, Any]) -> None:
        order["status"] = "processing" if self.slow > 0 else "valid"
        if self.slow <= 0:
            hosts = tuple(one["value"] for one in order["identifiers"])
            key = order["csr"].public_key()
            one = made(f"issued {len(self.issued)}", _ISSUER, public_key=key, hosts=hosts)
            self.issued.append(one)
            order["certificate"] = self._new("cert", {"pem": one.pem + _ISSUER.pem})

    def _new(self, kind: str, body: dict[str, Any]) -> str:
        self._count += 1
        url = f"{ROOT}/{kind}/{self._count}"
        self.objects[url] = body
        return url

    def _shown(self, url: str, status: int) -> httpx.Response:
        body = {name: one for name, one in self.objects[url].items() if name != "csr"}
        return httpx.Response(status, json=body, headers={"Location": url})

    def _nonce(self) -> str:
        self._count += 1
        nonce = f"nonce-{self._count}"
        self._nonces.add(nonce)
        return nonce


def names_of(csr: x509.CertificateSigningRequest) -> set[str]:
    """Every name that a request is for: common name and alternatives (section 7.4)."""
    common = {str(one.value) for one in csr.subject if one.oid == x509.NameOID.COMMON_NAME}
    try:
        found = csr.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return common
    return common | set(found.get_values_for_type(x509.DNSName))


def pem_of(certificate: x509.Certificate) -> bytes:
    """The certificate, PEM."""
    return certificate.public_bytes(Encoding.PEM)


def _key(jwk: dict[str, Any]) -> Any:
    return (ECAlgorithm if jwk["kty"] == "EC" else RSAAlgorithm).from_jwk(jwk)


def _unb64(text: str) -> bytes:
    assert "=" not in text, "base64url has no padding (section 6.1)"
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
