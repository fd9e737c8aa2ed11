"""Every class of spoiled token, as the new credential of a stored connection."""

import pytest

from scenarios.tokens.classes import Variants, on_update, parameters
from scenarios.tokens.saving import AFTER, Door


@pytest.mark.parametrize("variants", parameters(on_update, AFTER["update"]))
def test_a_spoiled_credential_does_not_replace_a_good_one(
    updating: Door, variants: Variants
) -> None:
    """Each variant of the class is refused, and the connection goes on with its old credential.

    Source: admin API 7.3, updatePingOneConnection (422); the clause of the class.
    """
    updating.refuses_all(variants, on_update)
