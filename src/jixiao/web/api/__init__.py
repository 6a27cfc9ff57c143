"""The interface for programs 「接口」, ``/api/v1/``: what pages do, through the same selectors and services.

Reading: ``resources`` declares each list with its right, order and filters. Writing: ``acts`` makes an operation of every
service from its signature, so that none is ever missing. Errors are problem+json in Chinese (``problems``); parameters that
are not declared are refused (``router``). ``/api/v1/openapi.json`` describes it all.
"""
