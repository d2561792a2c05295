"""Workbooks to fill in: written for a dossier, read back whatever saved them."""
