"""Sheets filled in without network 「离线填报」: a protected workbook goes out and comes back as a proposal.

``book`` draws it, ``manifest`` is what it carries, ``changes`` reads what was filled in, ``proposals`` keeps and takes it.
"""
