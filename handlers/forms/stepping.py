"""Step through a form question by question: back to the one before, or past one that may stay open."""

from __future__ import annotations

from dataclasses import replace

from handlers.forms.declaration import Form
from handlers.forms.state import FormState, FormView


def step_back(state: FormState, to: str | None = None) -> FormState | None:
    """Go back to the field that was asked before, or to a named one; None where there is none.

    What it holds stays until it is answered anew: whoever only looks back loses nothing.
    """
    name = to or (state.answered[-1] if state.answered else None)
    if name is None or name == state.asked:
        return None
    before = tuple(earlier for earlier in state.answered if earlier != name)
    return replace(state, asked=None, stage="filling", misses=0, answered=before, returned=name)


def step_past(form: Form, state: FormState) -> FormState | None:
    """Leave the asked field empty, or one that was gone back to as it is; None where the form cannot do without."""
    if state.asked is None:
        return None
    if not form.field(state.asked).is_required(state.values):
        return state.with_values({state.asked: None})
    # Gone back to, and still good.
    is_kept = state.returned == state.asked and state.values.get(state.asked) not in (None, "", [])
    return replace(state, returned=None, misses=0) if is_kept else None


def settle_step(state: FormState, view: FormView, asked: str | None) -> tuple[FormState, FormView]:
    """Note which field was asked before this one, so that there is a way back to it."""
    shown = {field.name for field in view.fields}
    left = () if state.asked in (None, asked) else (state.asked,)
    names = [name for name in (*state.answered, *left) if name in shown and name != asked]
    answered = tuple(dict.fromkeys(reversed(names)))[::-1]
    returned = state.returned if state.returned == asked else None
    moved = replace(state, asked=asked, answered=answered, returned=returned)
    return moved, replace(view, asked=asked, back=answered[-1] if answered else None)
