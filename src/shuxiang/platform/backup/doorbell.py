"""Between a page that asks to go back and the server's process, which alone can make room for it."""

import threading

attended = threading.Event()
"""Set in a server's process that ends itself when it is asked to, and is started again."""
asked = threading.Event()
