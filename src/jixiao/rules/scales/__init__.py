"""Rules R: rating scales 「评价标准」."""
