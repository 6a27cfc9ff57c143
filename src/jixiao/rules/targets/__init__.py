"""Rules V: target values 「指标值」."""
