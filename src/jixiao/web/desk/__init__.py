"""The desk where files are checked: the original beside what was read of it, doubtful values first, findings with their places.

Also the desk of one person (``jixiao desk``): the same pages without accounts, on this computer only.
"""
