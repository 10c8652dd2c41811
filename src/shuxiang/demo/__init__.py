"""Builds a believable school, by calling actions with a moved clock."""
