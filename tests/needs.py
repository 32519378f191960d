"""Tools that a test needs and a machine may lack."""

import os
import shutil

import pytest


def needs(*tools: str) -> pytest.MarkDecorator:
    """Mark tests that run these programs: skipped by name without them, refused where CI=true."""
    missing = ", ".join(tool for tool in tools if shutil.which(tool) is None)
    if missing and os.environ.get("CI") == "true":
        raise RuntimeError(f"These tests need {missing}, and with CI=true nothing may be skipped.")
    return pytest.mark.skipif(bool(missing), reason=f"needs {missing}")
