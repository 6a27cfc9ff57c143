"""Mutated files for every reader: whatever comes in must end in a plan or in one clear Chinese sentence."""
