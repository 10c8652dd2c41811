"""Whom we serve: classes, pupils, staff, cards, restrictions."""
