"""审核台: what waits for a reviewer, one sheet after the other, by keyboard."""
