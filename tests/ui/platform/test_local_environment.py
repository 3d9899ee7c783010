"""What the environment says before Qt reads it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from viewer.ui.platform.local_environment import SESSION_BUS, stay_local


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="no such bus there")
def test_no_bus_is_started_where_none_runs(tmp_path: Path) -> None:
    runtime = tmp_path / "runtime"
    runtime.mkdir()
    for bare in ({}, {"XDG_RUNTIME_DIR": str(runtime)}, {SESSION_BUS: ""}):
        environment: dict[str, str] = dict(bare)
        stay_local(environment)
        assert environment[SESSION_BUS] == "disabled:"
    (runtime / "bus").touch()
    running = {"XDG_RUNTIME_DIR": str(runtime)}
    stay_local(running)
    named = {SESSION_BUS: "unix:path=/run/bus"}
    stay_local(named)
    assert SESSION_BUS not in running
    assert named == {SESSION_BUS: "unix:path=/run/bus"}


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="no such bus there")
@pytest.mark.parametrize(
    "address", ["tcp:host=elsewhere,port=1", "nonce-tcp:host=x", "unix:path=/x;tcp:host=x", "autolaunch:"]
)
def test_no_bus_is_asked_over_a_network(address: str) -> None:
    buses = ("DBUS_SYSTEM_BUS_ADDRESS", "AT_SPI_BUS_ADDRESS", "IBUS_ADDRESS")
    environment = dict.fromkeys((*buses, SESSION_BUS), address)
    stay_local(environment)
    assert environment == {SESSION_BUS: "disabled:"}
    local = dict.fromkeys((*buses, SESSION_BUS), "unix:abstract=/x,guid=1;unix:path=/y")
    kept = dict(local)
    stay_local(kept)
    assert kept == local


def test_no_input_device_is_asked_for_over_a_network() -> None:
    environment = {"QT_QPA_GENERIC_PLUGINS": "tuiotouch", SESSION_BUS: "unix:path=/x"}
    stay_local(environment)
    assert environment == {SESSION_BUS: "unix:path=/x"}
