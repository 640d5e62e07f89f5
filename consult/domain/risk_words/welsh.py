"""Welsh: the first letter of a word changes after others, so every shape of it is looked for."""

from __future__ import annotations

from collections.abc import Iterator

from consult.domain.risk_words.kinds import Kind

#: A beginning and the shapes it may take, the longer beginnings first.
CHANGES = (
    ("ll", ("l",)),
    ("rh", ("r",)),
    ("ch", ()),
    ("ff", ()),
    ("th", ()),
    ("ph", ()),
    ("dd", ()),
    ("c", ("g", "ngh", "ch")),
    ("p", ("b", "mh", "ph")),
    ("t", ("d", "nh", "th")),
    ("g", ("", "ng")),
    ("b", ("f", "m")),
    ("d", ("dd", "n")),
    ("m", ("f",)),
)
#: Shorter words are never changed: a letter less would make them another word.
LEAST = 4


def mutated(word: str) -> Iterator[str]:
    """A word as it stands in dictionaries, then its other shapes."""
    yield word
    if len(word.rstrip("*")) < LEAST:
        return
    for beginning, shapes in CHANGES:
        if word.startswith(beginning):
            yield from (shape + word[len(beginning) :] for shape in shapes)
            return


WORDS = {
    Kind.SUICIDE: """
hunanladd*
hunan laddiad*
lladd/lladdodd fy/ei/eu hun/hunan/hunain
fy lladd i fy hun
eisiau/isio/moyn/isho marw
eisiau/isio/moyn/isho bod yn farw
dymuno marw
ddim eisiau/isio/moyn byw
ddim eisiau/isio/moyn bod yma
ddim eisiau/isio/moyn deffro
dim rheswm i fyw
dim pwynt byw
dim byd i fyw
diweddu/gorffen/terfynu fy/ei/eu mywyd/bywyd/fywyd/bywydau
rhoi diwedd ar fy/ei/eu mywyd/bywyd/fywyd/bywydau
rhoi diwedd ar y cyfan
cymryd fy/ei/eu mywyd/bywyd/fywyd fy/ei/eu hun/hunan
crogi fy/ei hun/hunan
gorddos*
wedi cael digon ar fyw
gwell fy myd yn farw
methu mynd ymlaen/mlaen
samariaid
""",
    Kind.SELF_HARM: """
hunan niwed*
hunan niweidio*
hunanniweid*
hunanniwed*
niweidio/anafu/brifo/torri fy/ei/eu hun/hunan/hunain
torri fy/ei/eu mreichiau/breichiau/freichiau/arddwrn/arddyrnau
llwgu fy/ei hun/hunan
""",
    Kind.CHILD_AT_RISK: """
plentyn/plant/babi/baban ... mewn perygl
plentyn/plant/babi/baban ... mewn risg
amddiffyn plant
cam/gam/ngham/cham drin plant/plentyn
brifo/taro/curo/niweidio/anafu ... plentyn/plant/babi/baban/mab/merch
plentyn/plant/babi/baban ... ei/eu cam/gam drin
plentyn/plant/babi/baban ... ei/eu hesgeuluso/esgeuluso
plentyn/plant/babi/baban ... ar ei/eu pen/pennau ei/eu hun/hunain
gadael ... plentyn/plant/babi ar
pedoffil*
ofn mynd adref/adre/gartref
ofn dad/mam/fy nhad/mam/llystad/ewythr
ofn fy nhad/mam/llystad/ewythr
ysgwyd/ysgydwodd ... babi/baban
pryder diogelu
""",
    Kind.DOMESTIC_ABUSE: """
cam/gam/ngham/cham drin domestig
camdriniaeth ddomestig
trais domestig/ddomestig
trais yn y cartref
gŵr/gwraig/partner/cariad/mab/tad ... taro/curo/brifo/bygwth/tagu/rheoli/cicio
yn fy nharo/nghuro/mrifo/mygwth/nhagu/nghicio i
fy nharo/nghuro/mrifo/mygwth/nhagu/nghicio/ngham
ofn fy ngŵr/ngwraig/mhartner/nghariad/mab
ofn gŵr/gwraig/partner
priodas dan orfod
rheolaeth drwy orfodaeth
stelcio/stelcian/stelciwr
ddim yn cael gadael y tŷ
""",
    Kind.ABUSE: """
cam/gam/ngham/cham drin
camdrin*
camdriniaeth
trais rhywiol
ymosod/ymosododd/ymosodiad rhywiol/arnaf/arna/arni/arno
treisio/treisiodd/treisiwr
caethwasiaeth
masnachu pobl
dwyn/cymryd fy/ei/eu arian/mhensiwn/bensiwn/phensiwn
bwlio/bwli
""",
    Kind.NEGLECT: """
esgeulus*
hesgeulus*
briw*/dolur*/wlser* gwasgu/gwely/pwyso/pwysau
diffyg maeth
dadhydradu/dadhydredig/ddadhydredig
gorwedd/gadael/gadawyd ... wrin/carthion/budreddi
heb fwyd na/neu dŵr/diod
neb yn ei/eu bwydo/fwydo/golchi
ar lwgu
""",
    Kind.THREAT: """
bygwth/bygythiad/bygythiadau/bygythiol/bygythiodd
lladd rhywun/nhw/ti/chi/hi/fo/fe/pawb/meddyg/nyrs
ei/eu lladd
mynd i ladd
llofrudd*
saethu rhywun/nhw/ti/chi/pawb
trywanu
bom/bomiau
llosgi ... i'r llawr
rhoi ... ar dân
cyllell/gyllell/cyllyll
gwn/dryll gan/yn
dial ar
brifo rhywun/pobl
""",
    Kind.UNSAFE_CARE: """
anniogel
ddim yn ddiogel
peryglus
camddiagnos*
diagnosis anghywir
meddyginiaeth*/dos/tabled*/cyffur*/pigiad* anghywir
camgymeriad meddygol/meddyginiaeth
esgeulustod meddygol
bron â marw
bron marw
bu bron i/iddo/iddi/imi ... farw
gallai fod wedi marw
gallwn fod wedi marw
marw oherwydd/wrth/tra
bydd rhywun yn marw
pobl/cleifion yn marw
bywyd*/fywyd*/mywyd mewn perygl
cleifion/pobl mewn perygl
sepsis
""",
}
OTHERWISE = """
lladd amser
lladd gwair
"""
