"""Whatever happens to a client, it has exactly one next step, and nothing done comes back."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.operations.life import Life

pytestmark = pytest.mark.slow


def test_a_life_of_a_client(db):
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=40,
            stateful_step_count=25,
            suppress_health_check=list(HealthCheck),
        ),
    )
