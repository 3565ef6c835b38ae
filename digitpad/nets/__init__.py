"""A digit becomes an answer and every layer's activations; spec needs no torch."""
