"""Drawn blocks as the house makes them (docs/replies.md), for every kind of field and block."""

from typing import Any

Block = dict[str, Any]


def option(value: Any, label: str, reason: str | None = None) -> Block:
    return {"value": value, "label": label, "reason": reason, "token": None}


def field(name: str, kind: str, label: str, **more: Any) -> Block:
    return {
        "name": name,
        "kind": kind,
        "label": label,
        "question": f"{label} ?",
        "required": False,
        "many": False,
        "value": None,
        "shown": None,
        "options": [],
        "suggestions": [],
        "error": None,
        "hint": None,
        "minimum": None,
        "maximum": None,
        **more,
    }


def form(*fields: Block, key: str = "form-1", missing: tuple[str, ...] | None = None, **more: Any) -> Block:
    if missing is None:
        missing = tuple(field["name"] for field in fields if field["required"])
    return {
        "type": "form",
        "key": key,
        "intent": "test.form",
        "title": "Commande de matériel",
        "stage": "filling",
        "asked": missing[0] if missing else None,
        "question": "Que faut-il ?",
        "fields": list(fields),
        "missing": list(missing),
        "summary": [],
        "submit_label": "Continuer",
        "confirm": None,
        "cancel": {"label": "Annuler", "token": f"cancel-{key}", "primary": False},
        **more,
    }


EVERY_FIELD = (
    field(
        "operational_id",
        "choice",
        "ID opérationnel",
        required=True,
        options=[
            option("CS400125000001", "Atelier Herstal"),
            option("CS400125000002", "Atelier Seraing"),
            option("CS400126000001", "Showroom Liège", "Ce point est fermé cette semaine."),
        ],
    ),
    field(
        "types",
        "choice",
        "Types d'envois",
        required=True,
        many=True,
        value=["rp"],
        options=[option("registered", "Recommandés"), option("rp", "RP"), option("parcel", "Colis")],
    ),
    field(
        "centre",
        "choice",
        "Centre de coûts",
        options=[option(number, f"Centre {number}") for number in range(1, 9)],
    ),
    field("contact", "text", "Personne de contact", required=True, hint="Prénom et nom."),
    field("prs", "text", "Numéro PRS", many=True, value=["400125", "400126"]),
    field("email", "email", "Adresse e-mail", error="Cette adresse n'existe pas.", value="x@"),
    field("copies", "number", "Nombre d'exemplaires", minimum=1, maximum=10),
    field("day", "date", "Jour de livraison"),
    field(
        "period",
        "period",
        "Période",
        required=True,
        options=[
            option({"start": "2026-10-01", "end": "2026-10-31"}, "octobre 2026"),
            option({"start": "2026-09-01", "end": "2026-09-30"}, "septembre 2026"),
        ],
    ),
    field(
        "products",
        "rows",
        "Produits",
        options=[option("labels", "Étiquettes"), option("forms", "Formulaires")],
    ),
    field("proof", "file", "Justificatif"),
)

TABLE: Block = {
    "type": "table",
    "caption": "Vos 2 factures",
    "columns": [
        {"label": "Facture", "align": "left"},
        {"label": "Client", "align": "left"},
        {"label": "Montant TVA comprise", "align": "right"},
    ],
    "rows": [
        ["1046100091", "Menuiserie Lambert & Fils SA", "5 191,46 €"],
        ["1046100092", "<img src=x onerror=alert(1)>", "2 162,01 €"],
    ],
    "row_choices": [
        [{"label": "Annexe", "token": "annex-1", "primary": False}],
        [{"label": "Annexe", "token": "annex-2", "primary": False}],
    ],
}
FILE: Block = {
    "type": "file",
    "file_id": "some-file",
    "name": "annexes-2026-10.xlsx",
    "media_type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "size": 52_000,
    "size_text": "52 kB",
    "about": "Annexe (octobre 2026), 3 feuilles.",
}
NOTICES: tuple[Block, ...] = tuple(
    {"type": "notice", "tone": tone, "text": f"Une remarque ({tone})."}
    for tone in ("info", "success", "warning", "error")
)
CHOICES: Block = {
    "type": "choices",
    "prompt": "Que puis-je faire pour vous ?",
    "choices": [
        {"label": "Les factures du mois dernier", "token": "wish-1", "primary": True},
        {"label": "La page du produit", "url": "https://www.bpost.be/", "primary": False},
        {"label": "Rien de bon", "url": "javascript:alert(1)", "primary": False},
    ],
}
PROGRESS: Block = {"type": "progress", "text": "Je prépare l'annexe."}
TEXT: Block = {
    "type": "text",
    "text": "Voir https://www.bpost.be/fr. Ou service.centre@bpost.be, <b>pas</b> en gras.\nDeuxième ligne.",
}
EVERYTHING: tuple[Block, ...] = (TEXT, *NOTICES, TABLE, CHOICES, FILE, PROGRESS)
