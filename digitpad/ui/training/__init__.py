"""What a network learns: from the person, and from a data set; and a game."""
