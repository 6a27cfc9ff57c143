"""The workspace: people of departments and of the finance bureau work together on sheets, in the browser.

Django and ninja are imported here and nowhere else; nothing outside imports this package (``jixiao.cli`` starts its commands
by name). Views, API, commands and jobs call services to write and ``restrict`` to read; see ``kernel``.
"""
