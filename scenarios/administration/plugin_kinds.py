"""The kinds of object that are plugins: their class names are those of the product's descriptors.

Source: admin API 7.3, the schemas (className and name required) and the name parameters
(case-sensitive).
"""

from harness.checks import not_measured
from harness.product import Product
from scenarios.administration.stock import Json, Kind


def _plugin(noun: str, listed: str) -> Kind:
    """The kind of a family of plugins."""

    def build(product: Product) -> Json:
        if noun == "hsm_provider" and product.target == "live":
            not_measured("an HSM provider needs a hardware security module")
        return product.admin.plugin(noun)

    return Kind(
        noun, f"get_{listed}", f"get_{noun}", build, required=("name", "className"), exact_case=True
    )


PLUGINS = (
    _plugin("access_token_validator", "access_token_validators"),
    _plugin("availability_profile", "availability_profiles"),
    _plugin("hsm_provider", "hsm_providers"),
    _plugin("identity_mapping", "identity_mappings"),
    _plugin("load_balancing_strategy", "load_balancing_strategies"),
    _plugin("rejection_handler", "rejection_handlers"),
    _plugin("site_authenticator", "site_authenticators"),
)
