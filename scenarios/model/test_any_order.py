"""Properties: whatever is created, updated, deleted, exported and imported, in whatever order."""

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from harness.product import Product
from scenarios.flow.archives import exported
from scenarios.model.machine import Machine
from scenarios.model.neighbours import NEIGHBOURS

DEEP = settings().max_examples > 100

FEW = settings(
    max_examples=max(8, settings().max_examples // 12),
    stateful_step_count=30,
    phases=[one for one in Phase if DEEP or one != Phase.shrink],
)
"""A handful of runs of thirty steps; with the profile `deep` many, and a failure that shrinks.

To shrink a run of steps takes minutes, which a suite that is to be quick does not have.
"""


@pytest.mark.requirement("PA-MODEL-001")
@pytest.mark.parametrize("kinds", NEIGHBOURS)
def test_the_configuration_is_what_the_steps_make_of_it(product: Product, kinds: str) -> None:
    """What is listed is what an independent model holds.

    Source: admin API 7.3, the operations of every collection; configuration export and import
    (7.2). Refusals for names, references and use are assumed.
    """
    product.restorable("imports a configuration over everything there is")
    archive = exported(product)

    class Ours(Machine):
        """The machine on this product."""

        def __init__(self) -> None:
            super().__init__(product, archive, NEIGHBOURS[kinds])

    run_state_machine_as_test(Ours, settings=FEW)
