"""Rules A: self-evaluation and monitoring 「自评与监控」."""
