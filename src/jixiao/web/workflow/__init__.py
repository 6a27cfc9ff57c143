"""How sheets go from who writes them to 批复: handed in, looked at step by step, sent back, passed, approved."""
