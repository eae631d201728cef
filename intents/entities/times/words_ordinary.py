"""List ordinary words that stand one letter from a word of time and must not be read as one.

Found by looking up the most frequent words of the four languages with the speller; who adds a word of time looks again.
"""

from __future__ import annotations

from typing import Final

_WORDS = (
    "actual|annex|annexe|annexes|annie|annul|annule|annules|annuls|aprils|apris|"
    "ascensions|assumptions|augusta|auguste|augusto|avail|avis|coding|combing|coping|"
    "coupant|courants|courent|couvrant|dedain|demande|demander|demandes|demandez|demembre|"
    "denain|denier|deniers|derriere|detain|dienen|diener|diepen|dieper|dieren|diesel|"
    "diesels|dieter|dieven|domain|domaine|domaines|easier|eastern|eater|ecole|ecoles|"
    "ecoute|ecoutee|ecoutes|ekster|elster|ester|exercise|exercises|ferrier|freital|freytag|"
    "frida|geister|geistern|geladen|gelegen|gelesen|gelezen|gereden|gestein|gesten|gieter|"
    "ginter|gistel|gisten|gitter|heftige|heftigen|herbs|jaguar|janne|jannes|javier|jenner|"
    "journey|journeys|komen|laagste|landis|lette|letten|letter|letters|lopen|lundy|maagd|"
    "maagden|maait|maakt|maalt|maant|maarn|mahdi|maire|maires|mairie|manden|mandi|manuel|"
    "manuelle|manuelles|manuels|marais|marat|marche|marches|marchez|marde|margen|maris|"
    "marois|marti|maudis|menuel|mogen|monta|montage|montages|montagu|montais|monte|montes|"
    "monts|morden|moren|morgan|morgens|morges|morren|morsen|morten|moths|mouths|nachten|"
    "osten|oster|paque|paquet|paquets|parques|parues|passed|passen|passera|passers|"
    "passeur|passez|passie|passies|piques|plaques|precious|presente|presents|prevent|"
    "quartet|quartier|quartiers|saoedi|semelle|semelles|semences|simmer|somers|somme|"
    "sommen|sommes|sommet|sommets|sommier|sprang|springe|springs|springt|sprint|sprong|"
    "sprung|standen|steunde|steunden|stonden|string|strings|suivait|suivent|summe|summed|"
    "summen|sumner|sumter|sundae|sundry|tauglich|valentin|valentina|valentino|vanda|"
    "vandaan|vandaar|vandal|verlangen|verlegen|verleiden|verlenen|verletzte|verletzten|"
    "vervangen|volgen|volgens|vurige|wachen|weakly|werkend|winder|winger|wingers|winner|"
    "winners|winzer|witter|zondig|zondigen"
)

ORDINARY: Final = frozenset(_WORDS.split("|"))
