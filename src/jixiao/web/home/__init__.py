"""The first page: what is mine to do, what is late, in numbers that open their lists."""
