"""English."""

from consult.domain.risk_words.kinds import Kind

WORDS = {
    Kind.SUICIDE: """
suicid*
unalive*
kill/kills/killing/killed myself/himself/herself/themselves/themself/yourself/ourselves
end/ends/ending/ended my/his/her/their/your life/lives
end/ending it all
take/takes/taking/took/taken my/his/her/their/your own life/lives
take/taking my life
want/wants/wanted/wanting to die
wanna die
wish/wished ... was/were dead
wish/hope i would/could/might die
wish/hope i dont/didnt/never wake up
hope i die
ready to die
rather be dead
rather die
id rather be dead
better off dead
better off without me
want/wanted/wish to be dead
no/any reason to live
no point in/of living
nothing/little to live for
not worth living
life isnt worth
lost the will to live
dont/didnt/doesnt want to live/exist
dont/didnt/doesnt want to be alive/here/around
dont/didnt/doesnt want to wake up
do/did/does not want to live/exist
do/did/does not want to be alive/here/around
do not want to wake up
i cant/cannot/couldnt go on
i can not go on
dont want to go on
cant/cannot live like this
tired of living
hang/hanging/hanged/hung myself/himself/herself/themselves
jump/jumping/jumped off/from/in ... bridge/roof/building/cliff/train
overdos*
took/take/taking ... too many tablets/pills
took/take/taking all my/his/her/the tablets/pills/medication
samaritans
""",
    Kind.SELF_HARM: """
self harm*
selfharm*
self injur*
self mutilat*
cut/cuts/cutting myself/himself/herself/themselves/themself
hurt/hurts/hurting myself/himself/herself/themselves/themself
harm/harms/harming/harmed myself/himself/herself/themselves/themself
burn/burns/burning/burned myself/himself/herself/themselves
starve/starves/starving/starved myself/himself/herself/themselves
make/makes/making myself/himself/herself/themselves sick
cut/cuts/cutting/slit/slitting my/his/her/their wrist*/arm*
slit/slitting/slashed my/his/her/their wrist*/throat
danger to myself/himself/herself/themselves
harm/hurt my own body
""",
    Kind.CHILD_AT_RISK: """
child/children/kid/kids/baby/babies ... at risk
child/children/kid/kids/baby/babies ... in danger
child protection
child abuse
paedophil*
pedophil*
groom/grooms/groomed/grooming a/my/the/her/his/our child/children/girl*/boy*/daughter/son
grooming gang*
hurt/hurts/hurting/hit/hits/hitting my/the/his/her/their/our/a child/children/baby/kid/kids/son/daughter
harm/harms/harming/beat/beats/beating my/the/his/her/their/our/a child/children/baby/kid/kids/son/daughter
touch/touched/touches/touching ... child/children/daughter/son inappropriate*
child/children/kid/kids/baby/babies ... hurt/hit/beaten/harmed/abused/starved
child/children/kid/kids/baby/babies ... not fed
child/children/kid/kids/baby/babies ... left alone
left/leaves/leave/leaving ... child/children/baby/kids alone
leave/leaves/leaving/left ... child/children/baby/kids on their/his/her own
shake/shakes/shook/shaking/shaken the/my/her/his/a baby
shaken baby
scared/afraid/frightened to go home
scared/afraid/frightened of my dad/mum/father/mother/stepdad/stepfather/stepmother/uncle/parents/brother/teacher
my dad/mum/father/mother/stepdad/stepfather/stepmother/uncle/parents ... hits/hit/beats/beat/hurts/touches/touched me
safeguarding concern*
""",
    Kind.DOMESTIC_ABUSE: """
domestic abus*
domestic violen*
domestically abus*
violent relationship/partner/husband/wife/home/marriage/boyfriend/girlfriend
abusive relationship/partner/husband/wife/home/marriage/boyfriend/girlfriend/ex
controlling relationship/partner/husband/wife/boyfriend/girlfriend
coercive control*
husband/wife/partner/boyfriend/girlfriend/ex/son/daughter/he/she ... hits/beats/hurts/punches/punched me
husband/wife/partner/boyfriend/girlfriend/ex/son/daughter/he/she ... slaps/slapped/kicks/kicked/chokes me
husband/wife/partner/boyfriend/girlfriend ... choked/strangles/strangled/threatens/threatened me
ex/son/daughter/he/she ... choked/strangles/strangled/threatens/threatened me
husband/wife/partner/boyfriend/girlfriend/ex/son/daughter/he/she ... abuses/abused/controls/rapes/raped me
husband/wife/partner/boyfriend/girlfriend/ex/son/daughter ... hit/hurt/beat me
scared/afraid/frightened/terrified of my husband/wife/partner/boyfriend/girlfriend/ex/son/daughter
scared/afraid/frightened/terrified of him
locks/locked me in/up
wont let me leave/out
not allowed to leave/see my
not allowed out
women/womens refuge
stalk/stalks/stalking/stalked/stalker
forced marriage
forced to marry
honour/honor based
honour/honor killing*
""",
    Kind.ABUSE: """
abuse/abused/abuses/abusing/abuser/abusers
abusive
sexual/sexually assault*/abus*/harass*/exploit*
rape/raped/rapes/raping/rapist
molest*
assault/assaulted/assaults/assaulting
groomed
touched me/her/him inappropriately
inappropriately touched
exploited
trafficked/trafficking
modern slavery
fgm
genital mutilation
hit/hits/hitting/slap/slapped/slaps/punch/punched/kick/kicked/beat/beaten/strangled/choked me/him/her/them
steal/steals/stealing/stole/stolen/takes/taking/took my/his/her/their/mums/dads money/pension/benefits
bully/bullied/bullying/bullies
""",
    Kind.NEGLECT: """
neglect/neglected/neglects/neglecting/neglectful
left/lying/lies/sat/sitting ... in urine/faeces/feces/excrement/soiled/vomit/filth/squalor
in his/her/their/my own urine/faeces/feces/excrement/vomit/filth/mess/poo/wee/waste
soiled bed/sheets/clothes/nappy/pad
bedsore*
bed sore/sores
pressure sore/sores/ulcer/ulcers
malnourish*
malnutrition
dehydrat*
starving
starved/starve
not fed
nobody/noone feeds/fed/washes/washed
not been fed/washed
no food or water/drink
nothing to eat or/and drink
without food or/and water/drink
left on the floor
left to die
left in agony
""",
    Kind.THREAT: """
threat/threats/threaten/threatens/threatened/threatening
kill you/him/her/them/someone/somebody/people/everyone/staff
kill the/a/that/this/my doctor*/nurse*/receptionist*/gp/manager*/boss
going/gonna to kill
gonna kill
ill kill
i will kill
will kill you/him/her/them/someone/somebody
murder/murdered/murders/murdering
shoot you/him/her/them/someone/people/everyone
stab/stabbed/stabs/stabbing
bomb/bombs/bombing
blow up the/your/this
burn/burning ... down
set fire to
knife/knives
gun/guns
weapon/weapons
hurt you/someone/somebody/people/everyone
hurt other/others people
attack/attacked you/him/her/them/someone/staff/me
make you/them pay for
get/have my revenge
acid attack
danger to others
""",
    Kind.UNSAFE_CARE: """
unsafe
not safe
isnt/wasnt/arent safe
dangerous care/doctor*/nurse*/practice*/gp/surgery/treatment/advice/medication/mistake*/error*
negligent/negligence/negligently
malpractice
misdiagnos*
wrongly/incorrectly diagnosed
wrong diagnosis
wrong drug*/dose*/dosage/medication*/medicine*/tablet*/pill*/injection*/blood/patient/vaccine/leg/side/operation
medication/medicine/prescribing/drug error*/mistake*
nearly/almost died/killed
nearly/almost lost his/her/my/their life
could/would/might/may have died
could/would/might/may have killed
couldve/wouldve died/killed
died/dies/dying/dead/death because/waiting/due
died in the waiting/corridor/ambulance/car
killed my/our/him/her
life/lives at risk
risk to life/lives
risking life/lives
patients/people at risk
put/puts/putting ... at risk
someone/somebody/people/patients will/could/might/may die
someone/somebody is going to die
people/patients are dying
sepsis
collapsed at home
""",
}
OTHERWISE = """
kill/killing/killed time
kill/killed two birds
killing it
kill/killing/kills me to
dressed to kill
to die for
suicide squad
abuse/abuses/abusing/abused the system
abuse of the system
abuse/abuses/abusing the service/appointment*/privilege*/trust
threat/threats to the/our service*
stabbing pain*/sensation
photo bomb
bath bomb/bombs
bomb/bombs of salt
gun shy
top gun
neglected area*/building*/road*/path*/garden*
neglected to/by the council
attack/attacks of
asthma/heart/panic attack/attacks
burn/burning/burned calories
knife edge
knife/gun to my head
food and drink intake
drop/dropped/dropping a bomb
"""
