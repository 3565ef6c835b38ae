"""The window as a whole: what it shows, what can be done in it, and where its parts lie."""
