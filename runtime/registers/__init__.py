"""Looking things up in registers kept elsewhere, over a small HTTP interface (docs/operate/registers.md)."""

from runtime.registers.client import Register, Unavailable, look_up, registers

__all__ = ["Register", "Unavailable", "look_up", "registers"]
