"""Programs that write files of this repository: generated docs, the example county."""
