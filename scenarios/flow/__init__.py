"""The vendor's procedure: connect PingAccess to PingOne, make a risk policy, assign it.

Read `test_the_vendors_procedure.py` first; everything else in the suite looks closer at one of
its steps.
"""
