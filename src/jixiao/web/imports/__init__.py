"""Excel and CSV into the database, in steps that can be left and taken up again 「导入」.

A file is read (``reading``), its head and the sorts of its rows are recognised (``heads``), columns are matched with the fields of
a ``Kind`` (``mapping``), all rows are tried without storing anything, and the good ones are applied, a department a transaction
(``running``). What an app imports is a ``Kind`` it registers (``kinds``): fields, a key, ``plan`` and ``apply``.
"""
