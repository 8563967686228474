"""Reads of accounts: who is asking, people, and what belongs to them."""
