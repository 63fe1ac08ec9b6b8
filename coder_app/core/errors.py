"""Expected problems, told to a person in one sentence."""


class UserError(Exception):
    """A problem the user can understand and act on; ``str(error)`` is one whole sentence.

    The window shows it in a message, the command line prints it and exits with status 2.
    Anything else that is raised is a bug and goes to the crash dialog with its traceback.
    """


class Cancelled(Exception):
    """The user stopped a long piece of work; nothing of it was kept."""
