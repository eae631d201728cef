"""List what people call the feasts, seasons and holidays, and what only sounds like a time."""

from __future__ import annotations

from typing import Final

from intents.entities.times.feasts import Feast
from intents.entities.times.kinds import Entry

FEASTS: Final = (
    Entry(
        "feast",
        "fr",
        {
            Feast.NEW_YEAR: "nouvel an|jour de l'an|jour du nouvel an|nouvel-an|le nouvel an",
            Feast.EPIPHANY: "épiphanie|fête des rois",
            Feast.VALENTINE: "saint valentin|st valentin",
            Feast.MAUNDY_THURSDAY: "jeudi saint",
            Feast.GOOD_FRIDAY: "vendredi saint",
            Feast.EASTER: "pâques|dimanche de pâques|paques|jour de pâques|pasques",
            Feast.EASTER_MONDAY: "lundi de pâques",
            Feast.LABOUR_DAY: "fête du travail|fête des travailleurs",
            Feast.ASCENSION: "ascension|jeudi de l'ascension|ascencion",
            Feast.WHITSUN: "pentecôte|dimanche de pentecôte",
            Feast.WHIT_MONDAY: "lundi de pentecôte|lundi de la pentecôte",
            Feast.MOTHERS_DAY: "fête des mères",
            Feast.FATHERS_DAY: "fête des pères",
            Feast.FLEMISH_DAY: "fête de la communauté flamande|fête flamande",
            Feast.NATIONAL_DAY: "fête nationale",
            Feast.ASSUMPTION: "assomption",
            Feast.FRENCH_COMMUNITY_DAY: "fête de la communauté française|"
            "fête de la fédération wallonie bruxelles",
            Feast.HALLOWEEN: "halloween",
            Feast.ALL_SAINTS: "toussaint|la toussaint",
            Feast.ALL_SOULS: "jour des morts|fête des morts",
            Feast.ARMISTICE: "armistice|jour de l'armistice",
            Feast.KINGS_DAY: "fête du roi|fête de la dynastie",
            Feast.BLACK_FRIDAY: "black friday",
            Feast.SAINT_NICHOLAS: "saint nicolas|st nicolas",
            Feast.CHRISTMAS_EVE: "veille de noël|réveillon de noël",
            Feast.CHRISTMAS: "noël|jour de noël|la noël|noel",
            Feast.BOXING_DAY: "lendemain de noël|saint étienne",
            Feast.NEW_YEARS_EVE: "saint sylvestre|st sylvestre|réveillon du nouvel an|"
            "réveillon de nouvel an|veille du nouvel an|veille de nouvel an|réveillon",
            Feast.YEAR_END: "fêtes de fin d'année|fetes de fin d annee|période des fêtes",
            Feast.SPRING: "printemps",
            Feast.SUMMER: "été",
            Feast.AUTUMN: "automne",
            Feast.WINTER: "hiver",
            Feast.SUMMER_HOLIDAYS: "vacances d'été|grandes vacances|vacances scolaires d'été",
            Feast.CHRISTMAS_HOLIDAYS: "vacances de noël|vacances d'hiver|congés de noël|congé de noël",
        },
    ),
    Entry(
        "feast",
        "nl",
        {
            Feast.NEW_YEAR: "nieuwjaar|nieuwjaarsdag|nieuw jaar|nieuw",
            Feast.EPIPHANY: "driekoningen",
            Feast.VALENTINE: "valentijn|valentijnsdag|sint valentijn",
            Feast.MAUNDY_THURSDAY: "witte donderdag",
            Feast.GOOD_FRIDAY: "goede vrijdag",
            Feast.EASTER: "pasen|paaszondag|eerste paasdag",
            Feast.EASTER_MONDAY: "paasmaandag|tweede paasdag",
            Feast.LABOUR_DAY: "dag van de arbeid|feest van de arbeid|arbeidsdag",
            Feast.ASCENSION: "hemelvaart|hemelvaartsdag|o.l.h. hemelvaart|olh hemelvaart|"
            "onze lieve heer hemelvaart",
            Feast.WHITSUN: "pinksteren|pinksterzondag|eerste pinksterdag",
            Feast.WHIT_MONDAY: "pinkstermaandag|tweede pinksterdag",
            Feast.MOTHERS_DAY: "moederdag",
            Feast.FATHERS_DAY: "vaderdag",
            Feast.FLEMISH_DAY: "vlaamse feestdag|feest van de vlaamse gemeenschap",
            Feast.NATIONAL_DAY: "nationale feestdag",
            Feast.ASSUMPTION: "o.l.v. hemelvaart|olv hemelvaart|onze lieve vrouw hemelvaart|"
            "maria hemelvaart|onze lieve vrouwehemelvaart",
            Feast.FRENCH_COMMUNITY_DAY: "feest van de franse gemeenschap",
            Feast.ALL_SAINTS: "allerheiligen",
            Feast.ALL_SOULS: "allerzielen",
            Feast.ARMISTICE: "wapenstilstand|wapenstilstandsdag",
            Feast.KINGS_DAY: "koningsdag|dag van de dynastie|koningsfeest",
            Feast.SAINT_NICHOLAS: "sinterklaas|sint nicolaas|sinterklaasdag",
            Feast.CHRISTMAS_EVE: "kerstavond|dag voor kerst|kerstnacht",
            Feast.CHRISTMAS: "kerst|kerstmis|kerstdag|eerste kerstdag",
            Feast.BOXING_DAY: "tweede kerstdag",
            Feast.NEW_YEARS_EVE: "oudejaar|oudjaar|oudejaarsavond|oudejaarsdag|oude jaar|oud jaar",
            Feast.YEAR_END: "eindejaarsfeesten|eindejaarsperiode|kerstperiode",
            Feast.SPRING: "lente|voorjaar",
            Feast.SUMMER: "zomer",
            Feast.AUTUMN: "herfst|najaar",
            Feast.WINTER: "winter",
            Feast.SUMMER_HOLIDAYS: "zomervakantie|grote vakantie",
            Feast.CHRISTMAS_HOLIDAYS: "kerstvakantie|kerstverlof",
        },
    ),
    Entry(
        "feast",
        "en",
        {
            Feast.NEW_YEAR: "new year|new year's day|new years day|new year's|new years",
            Feast.EPIPHANY: "epiphany",
            Feast.VALENTINE: "valentine's day|valentines day|valentine",
            Feast.MAUNDY_THURSDAY: "maundy thursday",
            Feast.GOOD_FRIDAY: "good friday",
            Feast.EASTER: "easter|easter sunday",
            Feast.EASTER_MONDAY: "easter monday",
            Feast.LABOUR_DAY: "labour day|labor day|may day",
            Feast.ASCENSION: "ascension day|ascension thursday",
            Feast.WHITSUN: "whitsun|pentecost|whit sunday",
            Feast.WHIT_MONDAY: "whit monday|pentecost monday",
            Feast.MOTHERS_DAY: "mother's day|mothers day",
            Feast.FATHERS_DAY: "father's day|fathers day",
            Feast.NATIONAL_DAY: "belgian national day|national day|national holiday",
            Feast.ASSUMPTION: "assumption day|assumption",
            Feast.ALL_SAINTS: "all saints|all saints' day|all saints day",
            Feast.ALL_SOULS: "all souls|all souls' day|all souls day",
            Feast.ARMISTICE: "armistice day",
            Feast.KINGS_DAY: "king's day|king's feast|kings day",
            Feast.SAINT_NICHOLAS: "saint nicholas|st nicholas",
            Feast.CHRISTMAS_EVE: "christmas eve|xmas eve",
            Feast.CHRISTMAS: "christmas|christmas day|xmas|xmas day",
            Feast.BOXING_DAY: "boxing day",
            Feast.NEW_YEARS_EVE: "new year's eve|new years eve|new year eve",
            Feast.YEAR_END: "festive season|end of year holidays|year end holidays|holiday season",
            Feast.SPRING: "spring|springtime",
            Feast.SUMMER: "summer",
            Feast.AUTUMN: "autumn",
            Feast.WINTER: "winter",
            Feast.SUMMER_HOLIDAYS: "summer holidays|summer holiday",
            Feast.CHRISTMAS_HOLIDAYS: "christmas holidays|christmas holiday",
        },
    ),
    Entry(
        "feast",
        "de",
        {
            Feast.NEW_YEAR: "neujahr|neujahrstag|neujahrs",
            Feast.EPIPHANY: "dreikönigstag|heilige drei könige",
            Feast.VALENTINE: "valentinstag",
            Feast.MAUNDY_THURSDAY: "gründonnerstag",
            Feast.GOOD_FRIDAY: "karfreitag",
            Feast.EASTER: "ostern|ostersonntag",
            Feast.EASTER_MONDAY: "ostermontag",
            Feast.LABOUR_DAY: "tag der arbeit|maifeiertag",
            Feast.ASCENSION: "christi himmelfahrt|himmelfahrt",
            Feast.WHITSUN: "pfingsten|pfingstsonntag",
            Feast.WHIT_MONDAY: "pfingstmontag",
            Feast.MOTHERS_DAY: "muttertag",
            Feast.FATHERS_DAY: "vatertag",
            Feast.NATIONAL_DAY: "nationalfeiertag|nationalfeiertages",
            Feast.ASSUMPTION: "mariä himmelfahrt|maria himmelfahrt",
            Feast.ALL_SAINTS: "allerheiligen",
            Feast.ALL_SOULS: "allerseelen",
            Feast.ARMISTICE: "waffenstillstand|waffenstillstandstag",
            Feast.KINGS_DAY: "tag der deutschsprachigen gemeinschaft|königstag",
            Feast.SAINT_NICHOLAS: "nikolaus|nikolaustag|sankt nikolaus",
            Feast.CHRISTMAS_EVE: "heiligabend|heiliger abend",
            Feast.CHRISTMAS: "weihnachten|weihnachtstag|erster weihnachtstag",
            Feast.BOXING_DAY: "zweiter weihnachtstag|zweiter weihnachtsfeiertag",
            Feast.NEW_YEARS_EVE: "silvester|sylvester",
            Feast.YEAR_END: "zwischen den jahren|weihnachtszeit",
            Feast.SPRING: "frühling|frühjahr",
            Feast.SUMMER: "sommer|sommers",
            Feast.AUTUMN: "herbst|herbstes",
            Feast.WINTER: "winter|winters",
            Feast.SUMMER_HOLIDAYS: "sommerferien",
            Feast.CHRISTMAS_HOLIDAYS: "weihnachtsferien",
        },
    ),
    # "a été envoyé", "nieuw", "spring", "Assumption": only with a determiner or a year.
    Entry("weak", "any", {1: "été|nieuw|nieuw jaar|spring|assumption|oud jaar|oude jaar|nikolaus|sylvester"}),
)

SEASONS: Final = frozenset({Feast.SPRING, Feast.SUMMER, Feast.AUTUMN, Feast.WINTER})

# Each would otherwise be read as a time: the greeting "goede morgen" as tomorrow, "bon lundi" as Monday.
BLOCKS: Final = (
    Entry(
        "block",
        "fr",
        {
            1: "bon week end|bon weekend|bon we|bonne fin de semaine|bonne fin d'année|bon début de semaine|"
            "bonne fin de mois|joyeux noël|joyeuses pâques|bon lundi|bon mardi|bon mercredi|bon jeudi|"
            "bon vendredi|bon samedi|bon dimanche|excellent week end|excellent weekend|"
            "vacances de pâques|vacances de printemps|vacances d'automne|vacances de toussaint|"
            "vacances de la toussaint|congés de toussaint|mardi gras|mercredi des cendres|"
            "jours de la semaine|jour de la semaine|ordre du jour|du jour au lendemain|année scolaire|"
            "bons baisers|marché de noël|père noël|carte de noël|cartes de noël"
        },
    ),
    Entry(
        "block",
        "nl",
        {
            1: "goede morgen|goeie morgen|goedemorgen|goeiemorgen|goeden morgen|goe morgen|prettig weekend|"
            "fijn weekend|goed weekend|gelukkig nieuwjaar|vrolijk kerstfeest|zalig kerstfeest|zalige kerst|"
            "zalig kerst|fijne kerst|vrolijk pasen|zalig pasen|paasvakantie|krokusvakantie|herfstvakantie|"
            "fijne maandag|fijne vrijdag|fijne zondag|dagen van de week|dag van de week|kerstkaarten|"
            "s morgens|s ochtends|in de morgen|elke morgen|dag na dag"
        },
    ),
    Entry(
        "block",
        "en",
        {
            1: "nice weekend|great weekend|good weekend|lovely weekend|happy weekend|happy new year|"
            "merry christmas|happy christmas|merry xmas|happy easter|happy friday|happy monday|"
            "easter holidays|easter break|days of the week|day of the week|day to day|ash wednesday|"
            "up to date|year end closing|year end accounts|christmas card|christmas cards"
        },
    ),
    Entry(
        "block",
        "de",
        {
            1: "guten morgen|gute morgen|schönes wochenende|schönen sonntag|schönen montag|schönen freitag|"
            "frohe weihnachten|frohe ostern|osterferien|herbstferien|am morgen|tage der woche|"
            "aschermittwoch|rosenmontag"
        },
    ),
    # A street may bear a date: "rue du 11 Novembre".
    Entry(
        "street",
        "fr",
        {1: "rue du|avenue du|av du|place du|pl du|boulevard du|bd du|bld du|chaussée du|quai du|square du"},
    ),
)
