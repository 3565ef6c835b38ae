"""What explains an answer: the drawer over the window's lower part, and the tools in it."""
