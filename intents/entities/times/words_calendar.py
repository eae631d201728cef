"""List the words of the calendar in four languages: months, weekdays, units, days around today.

Words stand as people should write them; accents and case are folded away when the lexicon is made.
"""

from __future__ import annotations

from typing import Final

from intents.entities.times.days import Unit
from intents.entities.times.kinds import Entry

MONTHS: Final = (
    Entry(
        "month",
        "fr",
        {
            1: "janvier|janv|jan|jnv",
            2: "février|févr|fév|fevr",
            3: "mars|mar",
            4: "avril|avr",
            5: "mai",
            6: "juin",
            7: "juillet|juil|juill|jul",
            8: "août|aou",
            9: "septembre|sept|sep",
            10: "octobre|oct",
            11: "novembre|nov",
            12: "décembre|déc",
        },
    ),
    Entry(
        "month",
        "nl",
        {
            1: "januari|jan",
            2: "februari|feb|febr",
            3: "maart|mrt",
            4: "april|apr",
            5: "mei",
            6: "juni|jun",
            7: "juli|jul",
            8: "augustus|aug",
            9: "september|sept|sep",
            10: "oktober|okt",
            11: "november|nov",
            12: "december|dec",
        },
    ),
    Entry(
        "month",
        "en",
        {
            1: "january|jan",
            2: "february|feb",
            3: "march|mar",
            4: "april|apr",
            5: "may",
            6: "june|jun",
            7: "july|jul",
            8: "august|aug",
            9: "september|sept|sep",
            10: "october|oct",
            11: "november|nov",
            12: "december|dec",
        },
    ),
    Entry(
        "month",
        "de",
        {
            1: "januar|jänner|jän|jan",
            2: "februar|feber|feb",
            3: "märz|mär",
            4: "april|apr",
            5: "mai",
            6: "juni|jun",
            7: "juli|jul",
            8: "august|aug",
            9: "september|sept|sep",
            10: "oktober|okt",
            11: "november|nov",
            12: "dezember|dez",
        },
    ),
    # "May I", "Jan Peeters", "sept enveloppes": a month only where a date word stands beside it.
    Entry("weak", "any", {1: "may|jan|mar|sept|sep"}),
    Entry("month_noun", "fr", {1: "mois"}),
    Entry("month_noun", "nl", {1: "maand|mnd"}),
    Entry("month_noun", "en", {1: "month"}),
    Entry("month_noun", "de", {1: "monat|monats"}),
)

WEEKDAYS: Final = (
    Entry(
        "weekday",
        "fr",
        {
            0: "lundi",
            1: "mardi",
            2: "mercredi|mecredi",
            3: "jeudi",
            4: "vendredi",
            5: "samedi",
            6: "dimanche",
        },
    ),
    Entry(
        "weekday",
        "nl",
        {
            0: "maandag",
            1: "dinsdag",
            2: "woensdag",
            3: "donderdag",
            4: "vrijdag",
            5: "zaterdag",
            6: "zondag",
        },
    ),
    Entry(
        "weekday",
        "en",
        {
            0: "monday",
            1: "tuesday",
            2: "wednesday",
            3: "thursday",
            4: "friday",
            5: "saturday",
            6: "sunday",
        },
    ),
    Entry(
        "weekday",
        "de",
        {
            0: "montag",
            1: "dienstag",
            2: "mittwoch",
            3: "donnerstag",
            4: "freitag",
            5: "samstag|sonnabend",
            6: "sonntag",
        },
    ),
    Entry(
        "weekday_short",
        "fr",
        {0: "lun", 1: "mar", 2: "mer|merc", 3: "jeu", 4: "ven|vend", 5: "sam", 6: "dim"},
    ),
    Entry(
        "weekday_short",
        "nl",
        {
            0: "ma|maa|maan",
            1: "di|din|dins",
            2: "wo|woe|woens",
            3: "do|don|dond",
            4: "vr|vrij|vrijd",
            5: "za|zat|zater",
            6: "zo|zon|zond",
        },
    ),
    Entry(
        "weekday_short",
        "en",
        {0: "mon", 1: "tue|tues", 2: "wed|weds", 3: "thu|thur|thurs", 4: "fri", 5: "sat", 6: "sun"},
    ),
    Entry("weekday_short", "de", {0: "mo", 1: "di", 2: "mi", 3: "do", 4: "fr", 5: "sa", 6: "so"}),
    Entry(
        "weekdays",
        "fr",
        {0: "lundis", 1: "mardis", 2: "mercredis", 3: "jeudis", 4: "vendredis", 5: "samedis", 6: "dimanches"},
    ),
    Entry(
        "weekdays",
        "nl",
        {
            0: "maandags|maandagen|s maandags",
            1: "dinsdags|dinsdagen|s dinsdags",
            2: "woensdags|woensdagen|s woensdags",
            3: "donderdags|donderdagen|s donderdags",
            4: "vrijdags|vrijdagen|s vrijdags",
            5: "zaterdags|zaterdagen|s zaterdags",
            6: "zondags|zondagen|s zondags",
        },
    ),
    Entry(
        "weekdays",
        "en",
        {
            0: "mondays",
            1: "tuesdays",
            2: "wednesdays",
            3: "thursdays",
            4: "fridays",
            5: "saturdays",
            6: "sundays",
        },
    ),
    Entry(
        "weekdays",
        "de",
        {
            0: "montags",
            1: "dienstags",
            2: "mittwochs",
            3: "donnerstags",
            4: "freitags",
            5: "samstags",
            6: "sonntags",
        },
    ),
)

UNITS: Final = (
    Entry(
        "unit",
        "fr",
        {
            Unit.DAY: "jour|jours|journée|journées",
            Unit.WORKDAY: "jour ouvrable|jours ouvrables|jour ouvré|jours ouvrés|j ouvrables|jour de travail|"
            "jours de travail|jour de semaine|jours de semaine",
            Unit.WEEKEND: "week end|weekend|week ends|weekends",
            Unit.WEEK: "semaine|semaines|sem|semaine calendrier",
            Unit.QUINZAINE: "quinzaine|quinzaines",
            Unit.MONTH: "mois",
            Unit.QUARTER: "trimestre|trimestres|trim",
            Unit.HALF: "semestre|semestres",
            Unit.YEAR: "année|années|an|ans|exercice|année civile",
            Unit.HOUR: "heure|heures",
        },
    ),
    Entry(
        "unit",
        "nl",
        {
            Unit.DAY: "dag|dagen|daags",
            Unit.WORKDAY: "werkdag|werkdagen|weekdag|weekdagen",
            Unit.WEEKEND: "weekend|weekends|weekeinde|weekeind|week einde",
            Unit.WEEK: "week|weken|wk|wkn|weekje|kalenderweek|weeknummer|weeknr",
            Unit.MONTH: "maand|maanden|mnd|mndn|mnden|kalendermaand",
            Unit.QUARTER: "kwartaal|kwartalen|trimester|trimesters",
            Unit.HALF: "semester|semesters|halfjaar|half jaar|jaarhelft",
            Unit.YEAR: "jaar|jaren|jr|boekjaar|kalenderjaar",
            Unit.HOUR: "uur|uren",
        },
    ),
    Entry(
        "unit",
        "en",
        {
            Unit.DAY: "day|days|calendar day|calendar days",
            Unit.WORKDAY: "working day|working days|business day|business days|workday|workdays|weekday|weekdays",
            Unit.WEEKEND: "weekend|weekends|week end",
            Unit.WEEK: "week|weeks|wk|wks|calendar week|week number",
            Unit.FORTNIGHT: "fortnight|fortnights",
            Unit.MONTH: "month|months|mth|mths|calendar month",
            Unit.QUARTER: "quarter|quarters|qtr|trimester",
            Unit.HALF: "semester|half year|halfyear",
            Unit.YEAR: "year|years|yr|yrs|calendar year|financial year|fiscal year",
            Unit.HOUR: "hour|hours|hrs",
        },
    ),
    Entry(
        "unit",
        "de",
        {
            Unit.DAY: "tag|tage|tagen|tages",
            Unit.WORKDAY: "werktag|werktage|werktagen|wochentag|wochentage|wochentagen|arbeitstag|arbeitstage|"
            "arbeitstagen|geschäftstag|"
            "geschäftstage",
            Unit.WEEKEND: "wochenende|wochenenden|wochenendes",
            Unit.WEEK: "woche|wochen|kw|kalenderwoche",
            Unit.MONTH: "monat|monate|monaten|monats|kalendermonat",
            Unit.QUARTER: "quartal|quartale|quartals|quartalen|vierteljahr|vierteljahres",
            Unit.HALF: "halbjahr|halbjahres|halbjahrs|semester|halbes jahr",
            Unit.YEAR: "jahr|jahre|jahren|jahres|jahrs|kalenderjahr|geschäftsjahr",
            Unit.HOUR: "stunde|stunden",
        },
    ),
    Entry(
        "plural",
        "any",
        {
            1: "jours|jours ouvrables|semaines|années|ans|trimestres|semestres|dagen|werkdagen|weken|maanden|"
            "kwartalen|jaren|days|weeks|months|quarters|years|tage|tagen|wochen|monate|monaten|quartale|jahre|"
            "jahren|heures|uren|hours|stunden|journées|working days|business days|workdays|"
            "weekdays|werktage|werktagen|arbeitstage|arbeitstagen|weekdagen|wochentage|"
            "jours ouvrés|jours de semaine|mois"
        },
    ),
)

DAYS: Final = (
    Entry(
        "day",
        "fr",
        {
            -2: "avant hier|avanthier|d'avant hier|d'avant-hier soir|avant yer|avant hier soir",
            -1: "hier|nuit dernière|nuit passée",
            0: "aujourd hui|aujourdhui|aujourd'hui|aujourd|aujord hui|aujourdui|ajd|auj|ojd|ajourd hui|"
            "ce matin|ce midi|ce soir|cette nuit|cet après midi|cette après midi|cet aprem|cet apm",
            1: "demain|dmain",
            2: "après demain|d'après demain|aprés demain|apresdemain|apr demain",
        },
    ),
    Entry(
        "day",
        "nl",
        {
            -2: "eergisteren|eergister|eergistere|voorgisteren|eergisterenmorgen|eergisterenavond|"
            "eergisteravond|eergisterochtend|eergisternamiddag",
            -1: "gisteren|gister|gistere|gstrn|gisteravond|gisterenavond|gisterochtend|gisterenochtend|"
            "gistermorgen|gisterenmorgen|gistermiddag|gisterenmiddag|gisternamiddag|gisterennamiddag|"
            "gisternacht|afgelopen nacht|vorige nacht",
            0: "vandaag|vndg|vanochtend|vanmorgen|vanmiddag|vannamiddag|vanavond|vannacht|vanvoormiddag|"
            "heden",
            1: "morgen|morgenochtend|morgenvroeg|morgenavond|morgenmiddag|morgennamiddag|mrgn",
            2: "overmorgen|overmrgn",
        },
    ),
    Entry(
        "day",
        "en",
        {
            -2: "day before yesterday|the day before yesterday",
            -1: "yesterday|yday|yesterdays|last night|yest",
            0: "today|tday|todays|this morning|this afternoon|this evening|tonight",
            1: "tomorrow|tmrw|tmr|tomorow|tommorow|tommorrow",
            2: "day after tomorrow|the day after tomorrow|overmorrow",
        },
    ),
    Entry(
        "day",
        "de",
        {
            -2: "vorgestern",
            -1: "gestern|gestrigen|gestrige|letzte nacht",
            0: "heute|heut|heutigen|heutige",
            1: "morgen|morgigen|morgige|morgen früh",
            2: "übermorgen",
        },
    ),
    Entry("now", "fr", {1: "maintenant|à présent|présent|mnt|mtn"}),
    Entry("now", "nl", {1: "nu|op heden|nu toe"}),
    Entry("now", "en", {1: "now|present"}),
    Entry("now", "de", {1: "jetzt"}),
    Entry(
        "daypart",
        "fr",
        {1: "matin|matinée|après midi|aprem|apm|soir|soirée|midi|nuit|au matin|au soir|dans la matinée"},
    ),
    Entry(
        "daypart",
        "nl",
        {
            1: "ochtend|morgen|voormiddag|middag|namiddag|avond|nacht|vroeg|s ochtends|s morgens|s middags|"
            "s namiddags|s avonds|in de voormiddag|in de namiddag"
        },
    ),
    Entry("daypart", "en", {1: "morning|afternoon|evening|night|noon"}),
    Entry("daypart", "de", {1: "morgen|vormittag|mittag|nachmittag|abend|nacht|früh"}),
)

PARTS: Final = (
    Entry(
        "past_unit",
        "de",
        {Unit.MONTH: "vormonat|vormonats", Unit.WEEK: "vorwoche", Unit.YEAR: "vorjahr|vorjahres"},
    ),
    Entry(
        "part",
        "fr",
        {
            0: "début|debuts|tout début|commencement",
            1: "mi|milieu",
            2: "fin|toute fin|fins",
        },
    ),
    Entry(
        "part",
        "nl",
        {
            0: "begin|aanvang|start",
            1: "half|midden|mid|medio|halverwege",
            2: "eind|einde|einden",
        },
    ),
    Entry(
        "part",
        "en",
        {0: "beginning|start|early|begin", 1: "mid|middle", 2: "end|late"},
    ),
    Entry("part", "de", {0: "anfang|beginn", 1: "mitte", 2: "ende"}),
    Entry(
        "part_of_unit",
        "nl",
        {
            Unit.MONTH * 10 + 2: "maandeinde|eindemaand",
            Unit.YEAR * 10 + 2: "jaareinde|eindejaar|jaareind",
            Unit.YEAR * 10: "jaarbegin|jaaraanvang",
            Unit.MONTH * 10: "maandbegin",
        },
    ),
    Entry(
        "part_of_unit",
        "de",
        {
            Unit.MONTH * 10 + 2: "monatsende",
            Unit.MONTH * 10: "monatsanfang|monatsbeginn",
            Unit.MONTH * 10 + 1: "monatsmitte",
            Unit.YEAR * 10 + 2: "jahresende",
            Unit.YEAR * 10: "jahresanfang|jahresbeginn",
            Unit.YEAR * 10 + 1: "jahresmitte",
            Unit.WEEK * 10: "wochenanfang|wochenbeginn",
            Unit.WEEK * 10 + 1: "wochenmitte",
            Unit.QUARTER * 10 + 2: "quartalsende",
            Unit.QUARTER * 10: "quartalsanfang|quartalsbeginn",
        },
    ),
    Entry("halves", "fr", {1: "moitié"}),
    Entry("halves", "nl", {1: "helft|hft"}),
    Entry("halves", "en", {1: "half"}),
    Entry("halves", "de", {1: "hälfte"}),
    Entry("rest", "fr", {1: "reste|restant"}),
    Entry("rest", "nl", {1: "rest|resterende|restant"}),
    Entry("rest", "en", {1: "rest|remainder|remaining"}),
    Entry("rest", "de", {1: "rest|restliche|restlichen"}),
)
