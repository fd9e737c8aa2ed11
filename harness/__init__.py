"""The auditor: how to speak to the product, what it must do, what happened."""
