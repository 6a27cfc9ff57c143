"""What every page has: rights at views, headers, answers in words, the frame around it."""
