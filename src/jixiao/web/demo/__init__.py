"""The example county as a workspace: two years, a person of every role, every state there is so far.

Everything goes through the services, so that rights, audit chain and versions are those of real work. The clock of the example
stands at the end of November 2026. Its passwords are printed, so it answers on this computer only.
"""
