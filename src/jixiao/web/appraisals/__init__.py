"""事前绩效评估: what is asked of a new project before its money is asked for."""
