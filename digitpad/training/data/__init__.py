"""What a run trains on: sources of digits, their mixture, augmentation and the cache."""
