"""The subcommands of ``digitpad``: each has add_arguments(parser) and run(arguments) -> exit
status."""
