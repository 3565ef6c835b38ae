"""The one exception that is shown to people."""


class DigitpadError(Exception):
    """Something a person can mend: its message is one line that says what is wrong and what to
    do."""
