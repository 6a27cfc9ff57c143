"""Plain text: decoding, residue, and the families in which converters lay tables down."""
