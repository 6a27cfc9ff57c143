"""Rules C: what a sheet must have 「完整性」."""
