"""Every class of spoiled token, as the credential of a new connection."""

import pytest

from scenarios.tokens.classes import Variants, on_create, parameters
from scenarios.tokens.saving import AFTER, Door


@pytest.mark.parametrize("variants", parameters(on_create, AFTER["create"]))
def test_a_spoiled_credential_is_not_saved_as_a_new_connection(
    creating: Door, variants: Variants
) -> None:
    """Each variant of the class is refused, and a refusal leaves nothing behind.

    Source: admin API 7.3, addPingOneConnection (422); the clause of the class.
    """
    creating.refuses_all(variants, on_create)
