"""Polish."""

from consult.domain.risk_words.kinds import Kind

WORDS = {
    Kind.SUICIDE: """
samobój*
zabić/zabije/zabiję/zabiła/zabił/zabijam się/siebie
się zabić/zabije/zabiję
chcę/chce/chciałam/chciałem/chciałbym/chciałabym umrzeć
chcę/chce nie żyć
nie chcę/chce/chciałam/chciałem żyć
nie chcę/chce się obudzić
nie chcę/chce już żyć
odebrać/odbierze/odbiorę/odebrał/odebrała sobie życie
targnąć/targnęła/targnął/targnę się na ... życie
skończyć/skończę ze sobą/życiem
powiesić/powieszę/powiesił/powiesiła się
się powiesić/powieszę
rzucić/rzucę się pod
skoczyć/skoczę z mostu/dachu/okna
przedawkow*
nie mam po co żyć
nie widzę sensu życia
życie nie ma sensu
lepiej by było beze mnie
wolę/wolałbym/wolałabym umrzeć
mam dość życia
""",
    Kind.SELF_HARM: """
samookalecz*
okaleczam/okalecza/okaleczać/okaleczył/okaleczyła się
się okaleczam/okalecza/okaleczać
tnę/tnie/ciąć/cięłam/ciąłem się
pociąć/pocięła/pociął/potnę się/sobie
krzywdzę/krzywdzi/krzywdzić się/siebie
zrobić/zrobię/zrobi/robię/robi sobie krzywdę
podciąć/podciął/podcięła sobie żyły
głodzę/głodzi się
""",
    Kind.CHILD_AT_RISK: """
dziecko/dziecku/dzieci/dzieciom/dziecka ... zagrożon*
dziecko/dziecku/dzieci/dzieciom/dziecka ... niebezpieczeństw*
krzywdzi/krzywdzą/krzywdzenie/skrzywdził/skrzywdziła/skrzywdzić ... dziecko/dzieci/dziecka/syna/córkę
bije/biją/bił/biła/bicie/uderzył/uderzyła ... dziecko/dzieci/dziecka/syna/córkę
przemoc* wobec dziecka/dzieci
pedofil*
molestow*
dziecko/dzieci ... głodne/zaniedbane
dziecko/dzieci ... bite/molestowane/krzywdzone
dziecko/dzieci ... same/samo w domu
zostawia/zostawiła/zostawił ... dziecko/dzieci same/samo
boję/boi się wracać/wrócić do domu
boję/boi się taty/ojca/ojczyma/mamy/matki
potrząsa/potrząsał/potrząsnął/potrząsnęła ... dzieckiem/niemowlęciem
""",
    Kind.DOMESTIC_ABUSE: """
przemoc* domow*
przemoc* w domu/rodzinie
mąż/żona/partner/partnerka/chłopak/syn/ojciec ... bije/bił/biła/uderzył/uderzyła/dusi/dusił
mąż/żona/partner/partnerka/chłopak/syn/ojciec ... grozi/groził/poniża/kontroluje
bije/bił/biła/uderzył/uderzyła/dusił/kopie/kopnął mnie
mnie bije/bił/biła/uderzył/uderzyła/dusił/dusi/kopie
znęca* się
się znęca*
boję/boi się męża/partnera/partnerki/żony/chłopaka/syna/jego
zamyka/zamknął mnie w
nie pozwala mi wychodzić
zmusz* do małżeństwa/ślubu
stalk*
prześladuje mnie
""",
    Kind.ABUSE: """
gwałt/gwałtu/gwałcił/gwałci/gwałciciel
zgwałc*
napaść/napaści/napadł
molestuje
wykorzyst* seksualn*
seksualn* wykorzyst*
maltret*
pobity/pobita/pobił/pobiła/pobili/pobicie
zabiera/zabrał/zabrała/kradnie/ukradł/ukradła ... pieniądze/emeryturę/rentę
handel ludźmi
niewolnictw*
przemoc*
""",
    Kind.NEGLECT: """
zaniedban*
zaniedbuj*
zaniedbał/zaniedbała/zaniedbali
odleżyn*
odwodnion*
odwodnieni*
niedożywion*
głodz*
leży/leżał/leżała/leżeć ... moczu/odchodach/kale/brudzie
nie dostaje/dostawał/dostawała ... jedzenia/picia/wody
nikt ... nie karmi/karmił/myje/mył
""",
    Kind.THREAT: """
grozi/groził/groziła/grożą/grożę/groźba/groźby mi/mu/jej/nam/im/śmiercią/śmierci/zabiciem
groźba/groźby/gróźb
zabiję/zabije/zabić/zabiła/zabił go/ją/ich/cię/was/kogoś/lekarza
go/ją/ich/was/kogoś zabiję/zabije/zabić
zamord*
morder*
zastrzel*
bomba/bombę/bomby
podpalę/podpali/podpalić
nożem
pistolet*
zemszczę/zemścić się
""",
    Kind.UNSAFE_CARE: """
niebezpieczn* leczeni*/lekarz*/opiek*/błąd/lek/dawk*
zagroż* życia/zdrowia/życiu/zdrowiu
błąd/błędy/błędu lekarsk*/medyczn*
błędn* diagnoz*
zła/złą/błędna diagnoza/diagnozę
zły/złe/złą/niewłaściw*/błędn* lek/leki/dawk*/zastrzyk/tabletk*
o mało ... nie umarł/umarła/umarłam/umarłem/zmarł/zmarła
prawie umarł/umarła/umarłam/umarłem/zmarł/zmarła
mógł/mogła/mogłam/mogłem umrzeć
zmarł/zmarła/umarł/umarła bo/ponieważ/przez/czekając/w kolejce
ktoś umrze
pacjenci/pacjentów umierają/umrze
sepsa/sepsę/sepsy
zaniedbani* lekarz*/medyczn*
""",
}
OTHERWISE = """
zabić/zabija/zabijać czas
bomba kaloryczna
bomba witaminowa
"""
