"""The conformance suite: one folder for each area of requirements.

Begin with `scenarios/flow`, which reads like the vendor's procedure.
"""
