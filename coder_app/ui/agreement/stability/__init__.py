"""Stability passes: agreed units coded again, blind, by a third coder or by one of the first after weeks."""
