"""Romanian."""

from consult.domain.risk_words.kinds import Kind

WORDS = {
    Kind.SUICIDE: """
sinucid*
sinuci*
suicid*
mă omor
să mă omor
s a omorât/omorat
să se omoare
vreau/voiam/aș/vrea/dori/doresc să mor/moară
mi aș dori să mor
nu mai vreau/vrea/voiam să trăiesc/trăiască/exist
nu vreau/vrea să mai trăiesc/trăiască/exist
nu vreau/vrea să trăiesc
îmi/își iau/ia/luat/iei viața/zilele
mi am luat viața/zilele
și a luat viața/zilele
să îmi/își iau/ia viața/zilele
îmi pun capăt zilelor
pun/pune/pus capăt zilelor/vieții
mă spânzur
s a spânzurat
mă arunc de pe/la
mă arunc în fața
supradoz*
nu mai are rost să trăiesc
viața nu mai are rost/sens
nu am pentru ce trăi
mai bine moartă/mort
mai bine muream/mor
m am săturat de viață
""",
    Kind.SELF_HARM: """
automutil*
autovătăm*
auto vătăm*
mă tai
mă rănesc
mă lovesc singur/singură
se taie pe mâini/brațe
îmi/își taie/tai venele
îmi/își fac/face rău
îmi/își fac/face singur/singură rău
să îmi/își fac/facă rău
mi am făcut rău
mă înfometez
""",
    Kind.CHILD_AT_RISK: """
copil*/copii*/bebeluș* ... în pericol
copil*/copii*/bebeluș* ... în primejdie
bate/bat/bătut/lovește/lovit/rănește/rănit/abuzează/agresează ... copil*/copii*/bebeluș*/fiica/fiul/fetița/băiatul
copil*/copii*/bebeluș* ... bătut/bătuți/bătuta/abuzat*/agresat*/neglijat*/molestat*/înfometat*
copil*/copii*/bebeluș* ... singur/singuri/singură
lasă/lăsat/lăsați ... copil*/copii*/bebeluș* singur/singuri/singură
pedofil*
molest*
îmi este/e frică să mă întorc/duc acasă
mi e frică de tata/tatăl/mama/unchiul
frică de tata/tatăl/mama/tatal/tatăl
scutur*/zgâlțâi* ... bebeluș*/copil*/copii*
""",
    Kind.DOMESTIC_ABUSE: """
violență/violența/violenței domestică/domestice/în/conjugală
violență/violența în familie
soțul/soția/partenerul/partenera/iubitul/prietenul/fiul/tatăl/fostul ... mă bate/lovește/amenință/strânge/sugrumă
soțul/soția/partenerul/partenera/iubitul/prietenul/fiul/tatăl/fostul ... mă controlează/abuzează/violează/terorizează
soțul/soția/partenerul/partenera/iubitul/prietenul/fiul/tatăl/fostul ... m a bătut/lovit/amenințat/strâns/violat
mă bate/lovește/sugrumă/violează
m a bătut/lovit/violat/strangulat
îmi este/e frică de soț*/partener*/el/iubit*/fiu*
mi e frică de soț*/partener*/el/iubit*/fiu*
nu mă lasă să ies/plec
mă încuie
căsătorie forțată
hărțuie*
hărțuit*
hărțuire*
""",
    Kind.ABUSE: """
abuz/abuzul/abuzuri/abuzat/abuzată/abuzați/abuzează/abuzeaza
viol/violul/violat/violată/violează/violator/violatorul
agresat/agresată/agresează/agresiune/agresiuni/agresor
agresiune sexuală
exploat* sexual*
exploatat/exploatată
trafic de persoane/oameni
sclav*
fură/furat/luat ... banii/pensia
bătut/bătută/bătuți de
maltrat*
""",
    Kind.NEGLECT: """
neglijat/neglijată/neglijați/neglijate/neglijează/neglijeaza
neglijent/neglijentă/neglijența/neglijență
escară/escare/escarele
deshidrat*
malnutri*
subnutri*
înfomet*
fără mâncare și/sau apă
lăsat/lăsată/stă/stat/zace/zăcut ... urină/fecale/murdărie/mizerie
nu i se dă ... mâncare/apă
nu îl/o hrănește/spală nimeni
""",
    Kind.THREAT: """
amenință/ameninta/amenințat/amenințată/amenințare/amenințări/amenințați
îl/o/îi/vă/te omor/ucid/împușc/înjunghii
să îl/o/îi/vă/te/i omor/ucid
omor/ucid pe cineva/toți/toată/doctor*/medic*
am să omor/ucid
ucidă/ucid/ucide
omoare/omorât/omorâtă
bombă/bomba/bombe
dau/pun/dă/da foc la/casei/clinicii
cuțit/cuțitul/cuțite
pistol/pistolul
armă
mă răzbun
îi înjunghi*
înjunghi*
""",
    Kind.UNSAFE_CARE: """
malpraxis*
diagnostic greșit
diagnosticat* greșit
greșit diagnosticat*
medicament*/doza/doză/tratament*/injecți*/rețet* greșit*
eroare/erori/greșeală/greșeli medicală/medicale
era să moară/mor
aproape a/am murit
putea să moară/mor
ar/aș fi putut muri
a murit din cauza/pentru/așteptând/pe hol/în sala
cineva va muri/moare
oamenii/pacienții mor
pune/pun/pus ... viața/vieți în pericol
viața/vieți/vieții în pericol
pericol de moarte
nu este/e sigur/sigură pentru pacienți
periculos/periculoasă pentru pacienți/sănătate/viață
septicemi*
sepsis
""",
}
OTHERWISE = """
omor/omori/omoară/omorât timpul
amenințare meteo
"""
