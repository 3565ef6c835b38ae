"""What all parts of the window share: colours, texts, icons, sizes, scrolling."""
