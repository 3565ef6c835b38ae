"""Measuring the shipped networks from all sides, and the page that docs/accuracy.md is."""
