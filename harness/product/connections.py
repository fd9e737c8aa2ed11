"""Arrangements of PingOne connections, and of the certificates that they trust."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Any

from harness.product.arranger import Arranger

if TYPE_CHECKING:
    from collections.abc import Iterable

    from harness.product.descriptors import Json
    from harness.product.pingone import Credential


class Connections(Arranger):
    """PingOne connections, trusted certificates and their groups.

    Connections trust the authority that issued PingOne's certificate where one is known, which is
    where PingOne is a fake: one certificate and one trusted certificate group for each scenario
    that makes a connection. Not the group Trust Any, though it would save a request: with it no
    scenario could see whether a wrong certificate is refused. A real PingOne is trusted through
    the product's default, so that the member is left out.
    """

    def add_pingone_connection(self, credential: Credential | str, **members: Any) -> Json:
        """A stored connection with this credential."""
        body = self.pingone_connection_body(credential, **members)
        return self._stored("pingone_connection", self._api.add_pingone_connection(json=body))

    def pingone_connection_body(self, credential: Credential | str, **members: Any) -> Json:
        """A connection with this credential, all protocols and ciphers, and trust in PingOne.

        Source: admin API 7.3, PingOneConnection (required: name, sslProtocols, sslCiphers).
        """
        token = credential if isinstance(credential, str) else credential.token
        body: Json = {
            "name": self._named(members, "connection"),
            "credential": {"value": token},
            "sslProtocols": [],
            "sslCiphers": [],
        }
        trust = members.get("trustedCertificateGroupId") or self._once("trust", self._trust)
        if trust is not None:
            body["trustedCertificateGroupId"] = trust
        return {**body, **members}

    def pingone_trust(self) -> int:
        """The id of a trusted certificate group that trusts PingOne: else the Java trust store's.

        Source: the id 1 is that of provider examples (terraform-provider-pingaccess).
        """
        group: int = self._once("trust", self._trust) or 1
        return group

    def _trust(self) -> int | None:
        pem = self._pingone_ca_pem()
        if pem is None:
            return None
        key: int = self.add_trusted_certificate_group([self.add_certificate(pem)])["id"]
        return key

    def add_certificate(self, pem: str, **members: Any) -> Json:
        """A stored trusted certificate."""
        body = self.certificate_body(pem, **members)
        return self._stored("certificate", self._api.import_trusted_cert(json=body))

    def certificate_body(self, pem: str, **members: Any) -> Json:
        """A trusted certificate. Source: admin API 7.3, X509FileImportDoc (base64 of the file)."""
        data = b64encode(pem.encode()).decode()
        return {"alias": self._name("certificate"), "fileData": data, **members}

    def add_trusted_certificate_group(
        self, certificates: Iterable[Json] = (), **members: Any
    ) -> Json:
        """A stored trusted certificate group of these certificates."""
        body = self.trusted_certificate_group_body(certificates, **members)
        answer = self._api.add_trusted_certificate_group(json=body)
        return self._stored("trusted_certificate_group", answer)

    def trusted_certificate_group_body(
        self, certificates: Iterable[Json] = (), **members: Any
    ) -> Json:
        """A group of these certificates alone. Source: admin API 7.3, TrustedCertificateGroup."""
        return {
            "name": self._named(members, "group"),
            "certIds": [one["id"] for one in certificates],
            "useJavaTrustStore": False,
            "skipCertificateDateCheck": False,
            **members,
        }
