"""asyncio by Qt's queue: qasync makes the GUI thread's tasks go on wherever Qt's events go on.

No loop is ever *run* but by the program itself: a nested loop of Qt (a menu, a file dialog, a test
that waits) turns the tasks as well, provided that it was not entered by a step of a task, for
asyncio refuses to enter a task within a task, and what is refused never goes on. So nothing in
`console` that is `async` may open such a loop; `tests/architecture` holds it.
"""

import asyncio
import contextlib
from collections.abc import Iterator

import qasync


@contextlib.contextmanager
def gui_loop() -> Iterator[asyncio.AbstractEventLoop]:
    """Give the thread of the QApplication a loop; whoever turns Qt's events turns its tasks.

    In the end the tasks that are left are cancelled and run to their end, and the loop is closed.
    """
    # Not already_running=True: to end that, Qt itself has to be told to exit, and then refuses to
    # run nested loops until it is run anew.
    loop: asyncio.AbstractEventLoop = qasync.QEventLoop()
    asyncio.set_event_loop(loop)
    try:
        yield loop
    finally:
        try:
            if left := asyncio.all_tasks(loop):
                for task in left:
                    task.cancel()
                loop.run_until_complete(asyncio.wait(left))
        finally:
            asyncio.set_event_loop(None)
            loop.close()
