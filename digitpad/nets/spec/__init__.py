"""Networks as they are declared, and the records of weights files; nothing here needs torch."""
