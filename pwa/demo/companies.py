"""The sixty clients of the demo and their owners.

`contact_state` is `due` (today), `fine`, `unknown` (no preference was asked yet), or the number of
days since the last contact.
"""

from dataclasses import dataclass

_PLAIN = str.maketrans("åäáøöüéíñ", "aaaoouein")


@dataclass(frozen=True)
class Company:
    """A row of the table below."""

    name: str
    contact: str
    role: str
    town: str
    trade: str
    owner: str
    stage: str
    tier: str
    channel: str
    contact_state: str

    @property
    def ref(self) -> str:
        plain = self.name.casefold().translate(_PLAIN)
        return "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in plain).split())

    @property
    def domain(self) -> str:
        return f"{self.ref.replace('-', '')}.example"


_TABLE = """
Halden Freight|Dana Whitfield|office manager|Oslo|freight|charlie|weekly|A|phone|fine
Brightline Dental|Omar Haddad|practice manager|Oslo|health|charlie|weekly|B|phone|9
Okafor & Sons|Ruth Okafor|owner|London|trade|charlie|twice_weekly|A|phone|due
Nordlicht GmbH|Lena Fischer|head of finance|Hamburg|office|charlie|weekly|B|email|due
Casa Vega Foods|Marisol Vega|owner|Oslo|food|charlie|monthly|A|visit|fine
Eriksen Bygg|Tom Eriksen|site manager|Lørenskog|building|charlie|fortnightly|B|visit|due
Solberg Legal|Hanne Solberg|partner|Oslo|office|charlie|weekly|B|phone|fine
Fjordlys Hotell|Espen Dahl|duty manager|Drammen|hotel|charlie|weekly|B|phone|fine
Lindqvist Print|Maja Lindqvist|owner|Göteborg|trade|charlie|fortnightly|C|phone|fine
Kranich Logistik|Jonas Krämer|warehouse lead|Berlin|freight|charlie|fortnightly|B|video|fine
Marlow Veterinary|Priya Nair|practice manager|Leeds|health|charlie|fortnightly|C|phone|fine
Tinde Arkitekter|Silje Aas|studio manager|Oslo|office|charlie|monthly|C|video|fine
Panadería Sol|Inés Prado|owner|Madrid|food|charlie|monthly|C|phone|fine
Nyhavn Seafood|Ole Brandt|export manager|Bergen|food|charlie|fortnightly|B|phone|fine
Grønn Skole|Kari Nygård|headteacher|Drammen|school|charlie|monthly|C|email|fine
Ashdown Lettings|Callum Reid|director|London|office|charlie|monthly|B|phone|fine
Sjöberg Optik|Elin Sjöberg|owner|Malmö|health|charlie|monthly|C|text|fine
Werkhof Köln|Stefan Adler|workshop lead|Köln|building|charlie|quarterly|C|phone|fine
Rivera Surf|Tomás Rivera|owner|Las Palmas|trade|charlie|quarterly|C|phone|fine
Oslo Kaffebrenneri|Ida Holm|operations manager|Oslo|food|charlie|weekly|B|phone|fine
Bryggen Revisjon|Marte Vik|partner|Bergen|office|ingrid|weekly|A|phone|due
Harbour Street Surgery|Amina Yusuf|practice manager|London|health|ingrid|daily|A|phone|fine
Svea Transport|Anders Berg|fleet manager|Stockholm|freight|ingrid|weekly|B|phone|due
Blaubart Verlag|Katrin Vogel|editor|Berlin|office|ingrid|fortnightly|C|email|fine
Nordre Borettslag|Per Haugen|chair|Oslo|building|ingrid|monthly|C|phone|fine
Trøndelag Mekaniske|Geir Moen|plant manager|Trondheim|building|ingrid|weekly|A|video|fine
Ystad Bageri|Nils Persson|owner|Malmö|food|ingrid|monthly|C|phone|unknown
Foster & Lane|Grace Foster|partner|Leeds|office|ingrid|fortnightly|B|phone|fine
Hotel Miramar|Lucía Campos|reception lead|Las Palmas|hotel|ingrid|fortnightly|B|video|fine
Alster Zahnärzte|Miriam Schulz|practice manager|Hamburg|health|ingrid|twice_weekly|A|phone|fine
Vestkant Barnehage|Tone Lie|manager|Bergen|school|ingrid|monthly|C|text|fine
Granit & Tre|Lars Sand|owner|Drammen|building|ingrid|fortnightly|C|phone|unknown
Pellegrini Wines|Marco Pellegrini|buyer|London|food|ingrid|monthly|B|phone|due
Skärgård Rederi|Johan Ek|captain of operations|Stockholm|freight|ingrid|fortnightly|B|phone|fine
Domus Ingeniería|Javier Ortega|engineer|Madrid|building|ingrid|monthly|C|video|fine
Lykke Regnskap|Nina Lykke|owner|Oslo|office|ingrid|monthly|C|phone|fine
Rheinblick Pension|Ute Hartmann|owner|Köln|hotel|ingrid|quarterly|C|phone|fine
Thornbury School|Helen Marsh|bursar|Leeds|school|ingrid|monthly|B|email|fine
Bergstad Apotek|Astrid Berge|pharmacist|Trondheim|health|ingrid|fortnightly|B|phone|fine
Kompass Reisen|Felix Braun|director|Berlin|trade|ingrid|quarterly|C|phone|36
Vik Kommune|Sigrid Hove|head of IT|Vik|school|sally|monthly|A|visit|41
Fredriksen Frukt|Bjørn Fredriksen|owner|Drammen|food|sally|weekly|B|phone|11
Hjelm Advokater|Camilla Hjelm|partner|Oslo|office|sally|weekly|A|phone|due
Castellan Hotels|Rory Grant|operations director|London|hotel|sally|daily|A|phone|fine
Lagerhaus Nord|Petra Seidel|dispatcher|Hamburg|freight|sally|weekly|B|phone|fine
Norrsken Energi|Åsa Norberg|project lead|Stockholm|building|sally|twice_weekly|A|video|due
Dahl & Datter|Ingvild Dahl|owner|Halden|trade|sally|fortnightly|C|visit|fine
Clínica Levante|Sofía Marín|administrator|Madrid|health|sally|fortnightly|B|phone|fine
Peak Street Physio|Dev Patel|owner|Leeds|health|sally|monthly|C|text|fine
Uhrmacher Lenz|Georg Lenz|owner|Köln|trade|sally|quarterly|C|phone|unknown
Sørgata Kino|Even Strand|manager|Halden|hotel|sally|monthly|C|phone|fine
Malmö Cykel|Karin Wall|owner|Malmö|trade|sally|fortnightly|C|phone|unknown
Bjerke Skole|Jorunn Bjerke|headteacher|Oslo|school|sally|monthly|B|phone|47
Quayside Studios|Imogen Clarke|producer|London|office|sally|fortnightly|B|video|fine
Elbe Spedition|Ralf Neumann|fleet lead|Hamburg|freight|sally|fortnightly|C|phone|fine
Torget Bokhandel|Solveig Rud|owner|Trondheim|trade|sally|monthly|C|email|fine
Canteras Buceo|Nayra Díaz|owner|Las Palmas|hotel|sally|monthly|C|phone|fine
Ekdal Snekkeri|Håkon Ekdal|owner|Lørenskog|building|sally|weekly|B|phone|fine
Göta Plåt|Mikael Lund|production lead|Göteborg|building|sally|monthly|B|phone|fine
Fjellheim Camping|Randi Fjell|owner|Bergen|hotel|sally|quarterly|C|phone|fine
"""

COMPANIES = [Company(*line.split("|")) for line in _TABLE.strip().splitlines()]
