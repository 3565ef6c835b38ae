"""The layers of a network: their maps, how these are connected, and where all of it lies."""
