"""One sheet for each theme, as one file each."""

from __future__ import annotations

from dataclasses import replace

from viewer.bundle.bundle import Bundle
from viewer.dissemination.audience import cut
from viewer.dissemination.file_names import safe_name
from viewer.sheets.compose import PART_OF
from viewer.sheets.recipe import Form, Recipe, RecipeError, theme_entry


def one_for_each_theme(recipe: Recipe, bundle: Bundle, ending: str = ".pdf") -> list[tuple[Recipe, str]]:
    """`recipe` for every theme that holds something for its audience, each with a file name.

    Raises RecipeFault for a sheet of changes.
    """
    if recipe.form is Form.CHANGES:
        raise RecipeError("A sheet of changes is one file.", advice="Put themes on it to tell of these alone.")
    out = []
    for theme in cut(bundle.themes(), bundle.markings, recipe.audience).allowed:
        wanted = [item for item in bundle.items(theme.id) if PART_OF[type(item)] in recipe.parts]
        if cut(wanted, bundle.markings, recipe.audience).allowed:
            name = safe_name(f"{theme.position:02} {bundle.edition.name} – {theme.short} – {recipe.form}", ending)
            out.append((replace(recipe, entries=(theme_entry(theme.id),), title=""), name))
    return out
