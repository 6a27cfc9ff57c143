"""What a plan says: views of it, and what its rows, goals and numbers mean. Rules ask here and never one another."""
