"""Rules G: goals 「绩效目标」."""
