"""`python -m tests.bench`: one table, each figure beside what it is held against."""

import os
import platform

from tests.bench import hearing, reading, reminders, today, warm
from tests.bench.measure import line

if __name__ == "__main__":
    line("measured on", f"{platform.machine()}, {os.cpu_count()} CPUs, {platform.python_version()}")
    hearing.run()
    reading.run()
    reminders.run()
    today.run()
    warm.run()
