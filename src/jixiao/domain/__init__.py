"""The values of budget performance management. Standard library only; nothing here reads files or clocks."""
