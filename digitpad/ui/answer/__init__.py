"""What the network answers: bars, words, readings held against each other."""
