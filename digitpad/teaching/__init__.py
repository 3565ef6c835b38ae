"""The person's own drawings, and what a network is taught by them."""
