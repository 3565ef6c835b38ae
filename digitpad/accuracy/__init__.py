"""Measuring the shipped networks from all sides, and the page that docs/reports/accuracy.md is."""
