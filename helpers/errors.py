"""One base error for the package: one line that says what is wrong, where, and what to do."""


class CourseError(Exception):
    """A problem that a user can mend, told in one line.

    Parameters
    ----------
    what : str
        What is wrong.
    where : str, optional
        The file (with line), parameter or id it concerns.
    todo : str, optional
        What to do about it.

    Examples
    --------
    >>> print(CourseError("unknown article 'x'", where="--article", todo="use stripes-2015"))
    --article: unknown article 'x'; use stripes-2015
    """

    def __init__(self, what: str, *, where: str = "", todo: str = "") -> None:
        self.what, self.where, self.todo = what, where, todo
        super().__init__(what)

    def __str__(self) -> str:
        # Names of files and values of users may hold line breaks; the promise is one line.
        line = f"{self.where}: {self.what}" if self.where else self.what
        return " ".join((f"{line}; {self.todo}" if self.todo else line).split())

    def __reduce__(self):
        return _rebuild, (type(self), self.what, self.where, self.todo)

    def _render_traceback_(self) -> list[str]:
        # IPython calls this hook: a learner sees the line, not thirty lines of stack.
        return [f"{type(self).__name__}: {self}"]


class SeedError(CourseError):
    """A data file of the case is missing, malformed, or contradicts another one."""


class ParameterError(CourseError):
    """A parameter has a value that is not allowed; the message lists the allowed ones."""


def _rebuild(kind: type[CourseError], what: str, where: str, todo: str) -> CourseError:
    return kind(what, where=where, todo=todo)
