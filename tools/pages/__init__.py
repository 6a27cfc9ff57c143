"""Documents with a known reading, printed as pages in many styles: how much of them is read back."""
