# The host's own: quecpy could not import it.
import subprocess

import pytest


@pytest.fixture(autouse=True)
def of_the_host():
    assert subprocess
