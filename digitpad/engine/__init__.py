"""The recogniser's process: messages, the server that holds torch, and the client that holds Qt."""
