"""Certificate chains: who issued whom, and whether a server that shows one is to be believed.

What is wrong is said in OpenSSL's words, so that fakes in process and on sockets tell it alike.
"""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cryptography.x509 import Certificate

SELF_SIGNED = "self-signed certificate"
UNKNOWN_ROOT = "self-signed certificate in certificate chain"
UNKNOWN_ISSUER = "unable to get local issuer certificate"
EXPIRED = "certificate has expired"
NOT_YET_VALID = "certificate is not yet valid"
OTHER_HOST = "Hostname mismatch, certificate is not valid for '{}'."
OTHER_ADDRESS = "IP address mismatch, certificate is not valid for '{}'."


class Judged(NamedTuple):
    """A chain as it was shown to one who trusts certain anchors.

    `problem`: why it is not believed whatever the time; None where it is between `begins_s` and
    `ends_s`.
    """

    problem: str | None
    begins_s: float = 0.0
    ends_s: float = 0.0

    def problem_at(self, now_s: float, *, skip_dates: bool) -> str | None:
        """Why it is not believed at that time."""
        if self.problem is not None or skip_dates:
            return self.problem
        if now_s < self.begins_s:
            return NOT_YET_VALID
        return EXPIRED if now_s > self.ends_s else None


def judged(shown: Sequence[Certificate], anchors: frozenset[bytes], host: str) -> Judged:
    """What to think of a server at `host` that shows a chain, its own certificate first.

    Any certificate can be an anchor (DER), one in the middle too, as in Java.
    """
    used, known = _used(shown, _loaded(anchors))
    leaf, last = shown[0], used[-1]
    if not known:
        if last.issuer != last.subject:
            return Judged(UNKNOWN_ISSUER)
        return Judged(SELF_SIGNED if last == leaf else UNKNOWN_ROOT)
    if not _is_for(leaf, host):
        return Judged((OTHER_ADDRESS if _address(host) else OTHER_HOST).format(host))
    begins_s = max(one.not_valid_before_utc.timestamp() for one in used)
    return Judged(None, begins_s, min(one.not_valid_after_utc.timestamp() for one in used))


def path(leaf: Certificate, pool: Iterable[Certificate]) -> tuple[Certificate, ...]:
    """The issuers of `leaf` among `pool`, each followed by its own, as far as they go."""
    left, found, last = list(pool), [], leaf
    while (issuer := next((one for one in left if issued(last, one)), None)) is not None:
        left.remove(issuer)
        found.append(issuer)
        last = issuer
    return tuple(found)


def ordered(leaf: Certificate, pool: Sequence[Certificate]) -> tuple[Certificate, ...]:
    """All of `pool`: first the path of `leaf`, then what has no place in it."""
    found = path(leaf, pool)
    return (*found, *(one for one in pool if one not in found))


def issued(certificate: Certificate, issuer: Certificate) -> bool:
    """Whether `issuer` may issue certificates and has signed this one (RFC 5280 section 6.1)."""
    from cryptography import x509  # noqa: PLC0415 - loaded by then

    try:
        constraints = issuer.extensions.get_extension_for_class(x509.BasicConstraints).value
        if not constraints.ca:
            return False
        certificate.verify_directly_issued_by(issuer)
    except Exception:  # noqa: BLE001 - no extension, another name, another key, a broken signature
        return False
    return True


def leads_to(chain: Sequence[Certificate], anchors: Sequence[Certificate]) -> bool:
    """Whether one of the chain is an anchor, or the last of it was issued by one."""
    return any(one in anchors for one in chain) or any(issued(chain[-1], one) for one in anchors)


def _used(
    shown: Sequence[Certificate], anchors: Sequence[Certificate]
) -> tuple[list[Certificate], bool]:
    """The certificates from the server's up to the first anchor, and whether there is one."""
    used: list[Certificate] = []
    for one in (shown[0], *path(shown[0], shown[1:])):
        used.append(one)
        if one in anchors:
            return used, True
        anchor = next((anchor for anchor in anchors if issued(one, anchor)), None)
        if anchor is not None:
            return [*used, anchor], True
    return used, False


def _loaded(anchors: frozenset[bytes]) -> list[Certificate]:
    from cryptography import x509  # noqa: PLC0415 - 10 ms, if ever

    return [x509.load_der_x509_certificate(one) for one in sorted(anchors) if one]


def _is_for(leaf: Certificate, host: str) -> bool:
    """Whether the certificate names the host (RFC 9525 section 6.3)."""
    from cryptography import x509  # noqa: PLC0415 - loaded by then

    try:
        names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return False
    if _address(host):
        return ip_address(host) in names.get_values_for_type(x509.IPAddress)
    host = host.lower()
    wildcard = f"*.{host.partition('.')[2]}"
    return any(name.lower() in (host, wildcard) for name in names.get_values_for_type(x509.DNSName))


def _address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
