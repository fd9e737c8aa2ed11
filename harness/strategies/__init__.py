"""Hypothesis strategies: `tokens` draws hostile and unusual tokens, `bodies` JSON texts.

Mutations are drawn first, as values that hold everything they need, on a base token that is given:
so a failure shrinks to one mutation in its plainest form. The rows are those of
`harness.mutations`; nothing here knows a product.
"""
