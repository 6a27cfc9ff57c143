"""What is written, one module an output; ``registry`` finds them."""
