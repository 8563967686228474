"""Makes the things that tests need, domain by domain."""
