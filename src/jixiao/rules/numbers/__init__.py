"""Rules N: numbers held against each other 「数字一致」."""
