"""The pad: what is drawn, where it is drawn, and the digit that the network sees."""
