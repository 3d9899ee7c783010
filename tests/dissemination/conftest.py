"""The editions that sheets are tried with, for what lets them leave."""

from tests.sheets.conftest import assessment, edition, opened_edition, recipe

__all__ = ["assessment", "edition", "opened_edition", "recipe"]
