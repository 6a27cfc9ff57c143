"""The front end's files from npm, and the check that all of it runs in the oldest browser we promise."""
