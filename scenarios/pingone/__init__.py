"""What PingOne must do in the part that PingAccess leans on.

From the environment and its tokens over gateways and their credentials to predictors, policy
sets and risk evaluations; requirements `P1-…`.
"""
