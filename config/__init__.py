"""Deployment facts: what the environment says, read strictly; imports nothing of ours."""
