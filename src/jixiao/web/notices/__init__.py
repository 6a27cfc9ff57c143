"""News for people: what the clock has to tell them, deadlines near and past."""
