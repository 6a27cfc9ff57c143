"""The use cases, shared by every door (command line, web, bulk jobs, Python).

They take values and give values: no arguments of a command line, no words on a terminal, no exit codes. Progress is a
callback, the day a parameter. Each file is a use case with what it needs; nothing is imported here, so that a process that
reads one file pays for reading only.
"""
