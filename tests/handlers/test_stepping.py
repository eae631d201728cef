"""Step back and past in a form: nothing needed is left out, nothing optional is insisted on."""

from handlers.forms.state import FormState
from handlers.forms.stepping import step_back, step_past
from handlers.supplies import ORDER


def asking(field: str, **values: object) -> FormState:
    return FormState("key", ORDER.intent, values=values, asked=field, answered=("products",))


def test_skip_empties_an_optional_field() -> None:
    past = step_past(ORDER, asking("address", address="rue sans numéro"))
    assert past is not None
    assert past.values["address"] is None


def test_skip_of_a_needed_field_is_none() -> None:
    assert step_past(ORDER, asking("contact_person")) is None


def test_back_keeps_what_was_said_and_is_kept() -> None:
    rows = [{"product": "x", "quantity": 1}]
    back = step_back(asking("contact_person", products=rows))
    assert back is not None
    kept = FormState.load(back.dump())
    assert (kept.returned, kept.asked, kept.values["products"]) == ("products", None, rows)


def test_back_from_the_first_question_is_none() -> None:
    assert step_back(FormState("key", ORDER.intent, asked="products")) is None


def test_form_kept_from_before_there_were_steps_is_read() -> None:
    kept = FormState("key", ORDER.intent).dump()
    del kept["answered"], kept["returned"]
    assert step_back(FormState.load(kept)) is None
