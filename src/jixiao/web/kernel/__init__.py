"""What every app of the workspace stands on: one clock, one door to read, one door to write, lists, problems.

``clock``: now and today, settable. ``reach``: how far a right goes. ``door``: querysets that refuse to answer unless they
were restricted to what somebody may see. ``acts``: services; permission, change, check again, audit entry in one
transaction. ``queries``: parameters of addresses, never silently ignored; pages by key.
"""
