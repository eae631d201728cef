"""List the small words that tie phrases of time together in four languages."""

from __future__ import annotations

from typing import Final

from intents.entities.times.days import Unit
from intents.entities.times.kinds import Entry

DIRECTIONS: Final = (
    Entry(
        "dir",
        "fr",
        {
            -2: "avant dernier|avant dernière|avant derniers|avant dernières",
            -1: "dernier|dernière|derniers|dernières|précédent|précédente|précédents|précédentes|"
            "dern|passée|passées|passés|écoulée",
            0: "ce|cet|cette|ces|c|cte|cett|la présente|le présent",
            1: "prochain|prochaine|prochains|prochaines|proch",
        },
    ),
    Entry(
        "dir",
        "nl",
        {
            -2: "voorlaatste|eervorige|voorvorige|eerverleden",
            -1: "vorige|vorig|verleden|afgelopen|voorbije|voorbij|laatste|laatstleden|jongste|"
            "vrg|vergangen|voorgaande|recentste",
            0: "deze|dit|dees|huidige|huidig|lopende|lopend|onderhavige|dezelfde",
            1: "volgende|volgend|komende|komend|eerstvolgende|eerstvolgend|eerstkomende|aanstaande|toekomende|"
            "toekomend|vlg|volg|opkomende",
        },
    ),
    Entry(
        "dir",
        "en",
        {
            -2: "penultimate|last but one",
            -1: "last|past|previous|preceding|prev|lst|latest|prior|lastest|most recent",
            0: "this|these|current|present",
            1: "next|coming|upcoming|following|nxt|forthcoming",
        },
    ),
    Entry(
        "dir",
        "de",
        {
            -2: "vorletzte|vorletzten|vorletzter|vorletztes|vorletztem|vorvorige|vorvorigen",
            -1: "letzte|letzten|letzter|letztes|letztem|vorige|vorigen|voriger|voriges|vorigem|vergangene|"
            "vergangenen|vergangener|vergangenes|vergangenem|verflossene|verflossenen",
            0: "diese|diesen|dieser|dieses|diesem|dies|laufende|laufenden|laufendes|aktuelle|aktuellen|"
            "aktueller|aktuelles|gegenwärtigen|heurigen",
            1: "nächste|nächsten|nächster|nächstes|nächstem|kommende|kommenden|kommender|kommendes|folgende|"
            "folgenden|folgendes",
            2: "übernächste|übernächsten|übernächster|übernächstes",
        },
    ),
    Entry(
        "dir_post",
        "fr",
        {
            -1: "dernier|dernière|derniers|dernières|passé|passée|passés|passées|précédent|précédente|écoulé|"
            "écoulée|écoulés|écoulées|précédents|précédentes|d'avant|dern|pass|dernier écoulé|"
            "qui précède|qui vient de passer|qui vient de s'écouler",
            0: "ci|en cours|courant|courante|actuel|actuelle|présent",
            1: "prochain|prochaine|prochains|prochaines|suivant|suivante|suivants|qui vient|qui arrive|"
            "qui viennent|à venir|d'après|pro|proch|qui suit",
            -2: "avant dernier|avant dernière",
        },
    ),
    Entry(
        "dir_post",
        "nl",
        {
            -2: "voor vorige|voor de vorige|voor de laatste",
            -1: "jl|j.l.|ll|l.l.|laatstleden|jongstleden|voorbij",
            0: "dezer",
            1: "a.s.|aanstaande|eerstkomend|eerstvolgend|eerstkomende|aanst",
            2: "na volgende|na de volgende",
        },
    ),
    Entry("dir_post", "en", {-1: "gone|just gone"}),
    Entry("num", "any", {2: "couple of|a couple of|couple|a couple"}),
    Entry("ago", "fr", {1: "il y a|y a|ya|il ya|ilya|i y a|voici|voilà"}),
    Entry("ago", "de", {1: "vor"}),
    Entry("ago_post", "nl", {1: "geleden|terug|gelden|eerder"}),
    Entry("ago_post", "en", {1: "ago|back|earlier"}),
    Entry("ago_post", "de", {1: "zuvor|her"}),
    Entry("ahead", "fr", {1: "dans|d'ici|endéans|sous|en dedans"}),
    Entry("ahead", "nl", {1: "over|binnen"}),
    Entry("ahead", "en", {1: "in|within"}),
    Entry("ahead", "de", {1: "in|binnen|innerhalb von"}),
    Entry("to_date", "any", {1: "to date|à ce jour|tot nu toe|tot op heden|bis dato"}),
    Entry("unit_to_date", "any", {Unit.YEAR: "ytd", Unit.MONTH: "mtd", Unit.QUARTER: "qtd"}),
    Entry("several", "any", {1: "quelques|quelque|enkele|paar|een paar|a few|few|einige|ein paar|einigen"}),
)

TIES: Final = (
    Entry("of", "any", {1: "de|d|du|des|van|v|vd|of|von|vom|der|s"}),
    Entry("in", "any", {1: "in|en|im|dans|au|aux|à|a|per|dd|ds|binnen|am|on|op"}),
    Entry("the", "any", {1: "le|la|les|l|de|het|t|den|the|der|die|das|dem|n|een"}),
    Entry("of_the", "any", {1: "du|des|der|im|vom|au|zum|zur|am"}),
    Entry(
        "for",
        "any",
        {
            1: "pour|sur|pr|voor|for|over|für|pendant|durant|tijdens|gedurende|during|während|in|dans|en|"
            "concernant|au cours|au cours de|au courant|au courant de|dans le courant|dans le courant de|"
            "en cours|courant|in de loop van|throughout|through|over the course of|in the course of|"
            "im laufe|par rapport à|à travers|doorheen"
        },
    ),
    Entry("on_the", "any", {1: "le|am|dem|den|on the|op de|op den|vom|zum|au|du"}),
    Entry(
        "from",
        "any",
        {1: "du|de|d|des|van|from|von|vom|v|vd|allant du|allant de|gaande van|going from|ranging from"},
    ),
    Entry(
        "to",
        "any",
        {
            1: "à|a|au|aux|jusqu'à|jusqu'au|jusqu'en|jusqu|jusque|jusqu'aux|jusque le|"
            "jusque fin|et jusqu'au|tot|tot en met|tot aan|tot op|t/m|t.e.m.|tem|tm|t.m.|tot met|to|till|"
            "til|until|up to|up until|upto|through|thru|up to and including|until and including|bis|bis zum|"
            "bis zur|bis zu|bis einschließlich|bis inklusive|bis und mit|en tot|and until|and to"
        },
    ),
    Entry("between", "any", {1: "entre|tussen|between|zwischen|tss|btw|tusen|entre le|ent"}),
    Entry(
        "and", "any", {1: "et|en|and|und|ou|of|or|oder|puis|et puis|ainsi que|alsook|plus|sowie|as well as"}
    ),
    Entry("since", "any", {1: "depuis|depuis le|dep|dps|sinds|sedert|since|seit|seitdem|depui|sins"}),
    Entry(
        "onward",
        "any",
        {
            1: "à partir de|à partir du|à partir d|a partir|à dater de|à dater du|à compter de|à compter du|"
            "dès|dès le|vanaf|van af|met ingang van|ingaande op|met aanvang|starting|starting from|"
            "starting on|as of|as from|beginning on|effective|effective from|ab|ab dem|beginnend am|"
            "ab sofort|from this|débutant le|partir de|partir du|m.i.v.|commencing|beginning|"
            "commençant|commençant le|débutant|beginnend|beginnend op"
        },
    ),
    Entry("onward_post", "any", {1: "on|onwards|onward|en later|and later|und später|en verder"}),
    Entry(
        "until",
        "any",
        {
            1: "jusqu'à|jusqu'au|jusqu'en|jusque|jusqu|jusqu'aux|tot|tot en met|tot aan|tot op|t/m|tem|t.e.m.|"
            "tm|until|till|til|up to|up until|upto|up to and including|through|bis|bis zum|bis zur|bis zu|"
            "bis einschließlich|bis und mit|uptil"
        },
    ),
    Entry(
        "before",
        "any",
        {1: "avant|avant le|avant la|avt|vóór|before|prior to|vor|ahead of|bevor|antérieur à|antérieurs au"},
    ),
    Entry(
        "after",
        "any",
        {1: "après|aprés|après le|na|after|nach|nach dem|later than|later dan|postérieur à|postérieurs au"},
    ),
    Entry("by", "any", {1: "d'ici|d'ici à|d'ici au|d'ici le|d'ici la"}),
    Entry(
        "whole",
        "any",
        {
            1: "tout|toute|entier|entière|complet|complète|ensemble|intégralité|totalité|durée|heel|hele|gehele|"
            "gans|ganse|volledig|volledige|compleet|complete|whole|entire|full|all|ganz|ganze|ganzen|ganzer|"
            "ganzes|gesamt|gesamte|gesamten|komplett|komplette|komplettes|tt|tte|toutes|volle"
        },
    ),
    Entry("numero", "any", {1: "n|nr|no|num|numéro|nummer|number|nro|#"}),
    Entry(
        "closer",
        "any",
        {
            1: "svp|stp|s'il vous plaît|s'il te plaît|aub|alstublieft|alsjeblieft|please|pls|plz|bitte|merci|"
            "thanks|thx|danke|dank|bedankt|inclus|compris|inbegrepen|inclusief|inclusive|included|incl|"
            "einschließlich|chez|avec|met|with|mit|met|mvg|cordialement|bonjour|hallo|hello|car|parce|pcq|"
            "want|omdat|because|weil|ok|oké|ou bien|sont|zijn|est|is|are|ist|sind|je|ik|ich|on|nous|wij|we|"
            "m'envoyer|au plus tard|uiterlijk|at the latest|spätestens"
        },
    ),
    Entry("comma", "any", {1: ","}),
    Entry("dash", "any", {1: "-|–|—|‐|‑|−"}),
    Entry("slash", "any", {1: "/"}),
    Entry("and", "any", {1: "&|+"}),
    Entry("to", "any", {1: ">|→|»|..|..."}),
    Entry("stop", "any", {1: ".|!|?|;|:|(|)|[|]|{|}|…|¿|¡"}),
)

RECURRING: Final = (
    Entry(
        "every",
        "fr",
        {1: "chaque|tous les|toutes les|tous|toute les|tout les|ts les|ttes les|tt les|chq|chak|chaques"},
    ),
    Entry(
        "every",
        "nl",
        {1: "elke|elk|elken|iederen|iedere|ieder|alle|om de|om het|telkens op|telkens|steeds op"},
    ),
    Entry("every", "en", {1: "every|each|evry|every single"}),
    Entry("every", "de", {1: "jede|jeden|jeder|jedes|jedem|alle|aller"}),
    Entry(
        "rule",
        "fr",
        {
            1: "quotidien|quotidienne|quotidiennement|quotidiens|quotidiennes|journalier|journalière|"
            "journaliers|journellement|au quotidien",
            2: "hebdomadaire|hebdomadaires|hebdomadairement|hebdo|hebdos",
            3: "mensuel|mensuelle|mensuels|mensuelles|mensuellement",
            4: "trimestriel|trimestrielle|trimestriels|trimestrielles|trimestriellement",
            5: "semestriel|semestrielle|semestriels|semestrielles|semestriellement",
            6: "annuel|annuelle|annuels|annuelles|annuellement",
            7: "bimensuel|bimensuelle|bimensuels|bihebdomadaire|bimensuellement",
            8: "bimestriel|bimestrielle|bimestriels|bimestriellement",
        },
    ),
    Entry(
        "rule",
        "nl",
        {
            1: "dagelijks|dagelijkse",
            2: "wekelijks|wekelijkse|weeklijks",
            3: "maandelijks|maandelijkse|maandlijks",
            4: "driemaandelijks|driemaandelijkse|kwartaalrapport|kwartaaloverzicht|trimestrieel",
            5: "halfjaarlijks|halfjaarlijkse|zesmaandelijks|semestrieel",
            6: "jaarlijks|jaarlijkse",
            7: "tweewekelijks|tweewekelijkse|veertiendaags|veertiendaagse",
            8: "tweemaandelijks|tweemaandelijkse",
        },
    ),
    Entry(
        "rule",
        "en",
        {
            1: "daily|everyday",
            2: "weekly",
            3: "monthly",
            4: "quarterly",
            5: "half yearly|halfyearly|semiannual|semi annual|biannual|twice yearly",
            6: "yearly|annual|annually",
            7: "fortnightly|biweekly|bi weekly",
            8: "bimonthly|bi monthly",
        },
    ),
    Entry(
        "rule",
        "de",
        {
            1: "täglich|tägliche|täglichen|täglicher|tägliches|tagtäglich",
            2: "wöchentlich|wöchentliche|wöchentlichen|wöchentlicher|wöchentliches",
            3: "monatlich|monatliche|monatlichen|monatlicher|monatliches",
            4: "vierteljährlich|vierteljährliche|vierteljährlichen|quartalsweise|dreimonatlich",
            5: "halbjährlich|halbjährliche|halbjährlichen",
            6: "jährlich|jährliche|jährlichen",
            7: "zweiwöchentlich|zweiwöchentliche|zweiwöchig|vierzehntägig|vierzehntäglich",
            8: "zweimonatlich|zweimonatliche",
        },
    ),
    Entry(
        "times",
        "any",
        {1: "fois|keer|maal|times|time|mal|x|once|einmal|eenmaal|eens|une fois|één keer|een keer"},
    ),
    Entry("per", "any", {1: "par|per|pro"}),
    Entry("other", "any", {2: "other|second|andere|zweite|zweiten|zweites|tweede"}),
    Entry(
        "except",
        "any",
        {
            1: "sauf le week end|sauf le weekend|sauf les week ends|sauf week end|sauf samedi et dimanche|"
            "sauf le samedi et le dimanche|hors week end|behalve in het weekend|behalve het weekend|"
            "behalve weekend|except weekends|except at weekends|except the weekend|"
            "außer am wochenende|außer wochenende|uitgezonderd weekend"
        },
    ),
)
