"""The kinds of object that this area asks the same questions of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from harness.checks import expect_refused, expect_unchanged
from harness.errors import HarnessError
from harness.product import Product
from scenarios.administration.certificates import pem
from scenarios.collection import Collection, Saving

Json = dict[str, Any]

REFUSED = (422, 403, 405)
"""What refuses a change of what the product calls its own: no document chooses between them."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of object: its operations, and what may be said of its members.

    `build` gives a body that is saved; `edit` members that can be changed, with another value;
    `optional` a member that has a default, with a value that is not it; `required` the members
    that a save needs.
    """

    noun: str
    listed: str
    get: str
    build: Callable[[Product], Json]
    required: tuple[str, ...]
    edit: Mapping[str, object] = field(default_factory=dict)
    optional: Mapping[str, object] = field(default_factory=dict)
    member: str = "name"
    finder: str = "name"
    exact_case: bool = False
    number: bool = True
    add: str = ""
    update: str = ""
    delete: str = ""

    def of(self, product: Product) -> "Stock":
        """The objects of this kind in a product."""
        api = product.api
        collection = Collection(
            product,
            self.noun,
            listed=getattr(api, self.listed),
            add=getattr(api, self.add or f"add_{self.noun}"),
            get=getattr(api, self.get),
            update=getattr(api, self.update or f"update_{self.noun}"),
            delete=getattr(api, self.delete or f"delete_{self.noun}"),
            member=self.member,
            finder=self.finder,
        )
        return Stock(self, collection)


@dataclass(frozen=True, slots=True)
class Stock:
    """The objects of one kind in the product under test."""

    kind: Kind
    collection: Collection

    def name(self, noun: str = "") -> str:
        """A new name, short enough for a challenge policy, which may also name a host."""
        return self.collection.product.name(noun or self.kind.noun.rpartition("_")[2]).lower()

    def body(self, name: str | None = None, /, **members: Any) -> Json:
        """A body that is saved, under a new name unless one is given."""
        product = self.collection.product
        return {**self.kind.build(product), self.kind.member: name or self.name(), **members}

    def made(self, name: str | None = None, /, **members: Any) -> Json:
        """A new stored object."""
        return self.stored(self.body(name, **members))

    def stored(self, body: Json) -> Json:
        """The object that was stored for the body.

        Raises HarnessError when it was not: it is needed for something else.
        """
        answer = self.collection.create(body)
        if answer.status_code != 200:
            raise HarnessError(f"no {self.kind.noun} was made: {answer.status_code} {answer.text}")
        made: Json = answer.json()
        return made

    def saving(self, act: str) -> Saving:
        """A creation, or an update of a stored object, that would be saved."""
        control = self.made()
        if act == "create":
            return Saving("create", self.collection, control, self.body())
        good = self.body(control[self.kind.member])
        return Saving("update", self.collection, control, good)


def _certificate(product: Product) -> Json:
    return product.admin.certificate_body(pem(product.name("certificate")))


CERTIFICATE = Kind(
    "certificate",
    "get_trusted_certs",
    "get_trusted_cert",
    _certificate,
    required=("alias", "fileData"),
    member="alias",
    finder="alias",
    add="import_trusted_cert",
    update="update_trusted_cert",
    delete="delete_trusted_cert",
)
GROUP = Kind(
    "trusted_certificate_group",
    "get_trusted_certificate_groups",
    "get_trusted_certificate_group",
    lambda product: product.admin.trusted_certificate_group_body(),
    required=("name",),
    edit={"useJavaTrustStore": True, "skipCertificateDateCheck": True},
    optional={"skipCertificateDateCheck": True},
    exact_case=True,
)
RULE = Kind(
    "rule",
    "get_rules",
    "get_rule",
    lambda product: product.admin.rule_body(),
    required=("name", "className"),
    exact_case=True,
)
RULE_SET = Kind(
    "rule_set",
    "get_rule_sets",
    "get_rule_set",
    lambda product: product.admin.rule_set_body([product.admin.add_rule()]),
    required=("name", "policy"),
    edit={"successCriteria": "SuccessIfAnyOneSucceeds"},
    exact_case=True,
)
CHALLENGE = Kind(
    "authentication_challenge_policy",
    "get_authentication_challenge_policies",
    "get_authentication_challenge_policy",
    lambda product: product.admin.authentication_challenge_policy_body(),
    required=("name", "challengeResponseChain", "defaultChallengeResponse"),
    edit={"description": "edited"},
    optional={"description": "a text"},
    exact_case=True,
    number=False,
)
WEB_SESSION = Kind(
    "web_session",
    "get_web_sessions",
    "get_web_session",
    lambda product: product.admin.web_session_body(),
    required=("name", "audience", "clientCredentials"),
    edit={"idleTimeoutInMinutes": 7, "cookieType": "Signed", "scopes": ["email", "address"]},
    optional={"idleTimeoutInMinutes": 7},
)
SITE = Kind(
    "site",
    "get_sites",
    "get_site",
    lambda product: product.admin.site_body(),
    required=("name", "targets"),
    edit={"targets": ["localhost:8081", "localhost:8082"], "maxConnections": 7},
    optional={"maxConnections": 7},
    exact_case=True,
)
VIRTUAL_HOST = Kind(
    "virtual_host",
    "get_virtual_hosts",
    "get_virtual_host",
    lambda product: product.admin.virtual_host_body(),
    required=("host", "port"),
    edit={"agentResourceCacheTTL": 60},
    optional={"agentResourceCacheTTL": 60},
    member="host",
    finder="virtualHost",
)


def expect_stays(stock: Stock, own: Json) -> None:
    """Holds when an object that the product calls its own is neither deleted nor changed."""
    expect_refused(stock.collection.delete(own["id"]), status=REFUSED)
    answer = stock.collection.update(own["id"], json={**own, stock.kind.member: stock.name()})
    expect_refused(answer, status=REFUSED)
    expect_unchanged(own, stock.collection.stored(own["id"]), "the product's own object")


KINDS = {
    kind.noun: kind
    for kind in (
        CERTIFICATE, GROUP, RULE, RULE_SET, CHALLENGE, WEB_SESSION, SITE, VIRTUAL_HOST
    )
}  # fmt: skip
