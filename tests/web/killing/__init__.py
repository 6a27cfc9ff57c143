"""An app that writes, for tests that kill whoever writes: one request is one sequence, and asks for a job that writes once more."""
