"""The library of indicators of a region 「指标库」: proposed, reviewed, used, retired, merged."""
