"""From raw blocks to domain values: forms are found by the words they print."""
