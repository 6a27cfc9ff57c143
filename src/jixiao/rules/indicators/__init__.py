"""Rules K: names and classes of indicators 「指标名称与归类」."""
