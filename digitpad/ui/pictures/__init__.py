"""Pictures that are brought: read, looked at, and put on the pad."""
