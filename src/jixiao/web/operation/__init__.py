"""Running the workspace: its folder, its processes, its clock, upgrades, backups.

``folder`` and ``supervisor`` know nothing of Django: they come before it. All else is for processes that have set it up.
"""
