"""How the web server runs; GUNICORN_CMD_ARGS="--workers 4" changes any of it without an edit."""

import os

bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = 2
threads = 8
# Imported once for all workers. Making the application opens no connection (a test holds it to
# that), so that each worker opens its own: nothing of a database may be shared through a fork.
preload_app = True
timeout = 60
# Uploads of a voice note get this long to finish when the server is asked to stop.
graceful_timeout = 20
keepalive = 15
loglevel = "warning"
# The control socket would lie in the home folder, where two instances meet.
control_socket_disable = True
