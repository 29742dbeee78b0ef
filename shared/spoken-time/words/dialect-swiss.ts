/** Words of Swiss German (Zürich, Bern, Basel and the east), in the notation of dialect-words.ts, which alone reads them. */

/** Forms that no sentence in standard German or English holds. */
export const SWISS = `abends zabig zobig zobed
morgens zmorge zmorga
zu_frueh zfrue
nochmal nomal nomol
einmal emal emol emau
ausser usser
weihnachten wiehnacht wienacht wiehnachte wienachte
pfingsten pfingste
schule schuel
heute huet
heute_abend hinecht hienecht
morgen morn
uebermorgen uebermorn uebermorge
gestern gester gestert
vorgestern vorgester
frueh frue fruech frueche fruechi fruei frueie
frueher fruener fruecher fruehner
fruehestens frueestens
spaeter spoeter
spaetestens spoetestens spoetistens spaetistens
wochenende wuchenend wuchenaend wuchenendi wuchenaendi wucheaend wucheend
woche wochae wuche wuch wuchae wucha wuchu
monat moenet
april abrele abrile abrel
august ougste auguste ouguste augste
ostern ostere
neujahr neujohr
feierabend firabe firabig fuerabig fierabig feierabig fuerabe
abend abig
anfang afang
nikolaus samichlaus
ende aend aendi
zwischen zwuese zwuesed zwuesche zwueschet
gegen gege gaege gaega
halb halbi haubi haub
stunde stuend
minuten minuetli
etwa oepe oepa oepae
etwas oepis
jemand oeper
kurz churz churzi
nicht noed nued noet nuem nueme nuemer nuemae
nichts nuet nuescht
kein kei
keine keini
ich_habe hanich
haben_wir hemer haemer
haben haend hend
haette hetti
haetten hetted haetted haettid
sind_wir simer
gewesen gsi gsin
gehabt gha
gesagt gseit gsait
kommen chunt
komme chume chumi
kommen chomed choemed choeme choemt chunsch chome choemer
vorbeikommen verbicho verbichume verbichome
kann_ich chani chanich
schnell schnaell
kannst chasch chansch
koennen choend choened choenid choei choeit choenemer chund
koennte choent choenti choented choentid choentet
moechte wetti moechti moechted
will wotti wotsch
wuerde wuerdi
sollte soet soetti soetted
muss mues muesi
muessen muend moend muened
brauche bruuch bruuche bruuchti
geht gaht goht geit gahts gohts geits
ginge gieng giengs giengti
gaebe gaebti
waere waeri
waeren waered waerid
passt pasti
frei frii
zeit ziit zyt
uns oeis oeus ues
euch oeich oei
ihnen ihne
wenn waenn
dann daen
weil wiu
wegen waege waegem waegeme
sonst sust suest suesch susch
vielleicht vilicht vilich vilech vilecht
einfach eifach
erst ersch
nur nume
gern gaern gaerne
bitte biti
gleich gliich
gleiche gliiche
irgendwann irgendwaenn irgendwenn
beide beidi
welche weli
kinder chind chinder
klein chli
einer enere
einem emene eneme
den dae
bisschen bitzli bizeli
statt astatt
drauf druf
abends znachts zaabig zaabe zobig
morgen moorn moarn moorndrig muarn morndrigs
nachmittag namittag nomitag nomittag
heute hueuet hyt hinet
uebermorgen uebermoorn uebermoarn ibermorn uebermora ibermorgu
frueh frueehch friehj
frueher friener frueejer frienr
spaetestens spoetischtens spotestens spaetischtens spaeteschtens speetestens spootestens spaetestets spoeteschtens
spaeter spoeter speeter spaater
woche wuchn wuchae wucho wuehu wocha wuchu
wochenende wuchenaendi wuchenaend wochenaend wuechenend
weihnachten wiaenacht wienaecht wienaechte wianacht wiaehnacht wiehnaechtu wienachtu
neujahr neujaar neijahr neujoor neijaar
anfang aafang aafangs afangs aafaengs
zwischen zwueset zwueschet zwueschid zwisched zwuschet zwueschad zwischad zwueschn zwueschu zwischu
gegen gaeget gaegu gegad
ungefaehr ungfoehr oengefaehr ungfar
etwas oeppes eppis oebbis oeppas oebbes oeppis epis eppes
etwa oepa oeppe oeppen oeppa
jemand oeppert epper
irgendwann irgendwenn irgendwaenn irgetwaenn irgedwenn irgetwenn iergendwenn irgetwann
irgendein irgentes
nicht noet noedd nuemm noemme noemm
noch_nicht nonig nonid nonoed nonned nonanit
noch_nichts nonuet
nichts niit nuut
keine keni
haben_wir haemmer hemmer heimer
haben haend heind hind
haetten haettet haetted hettet haettit hettid
haette haetti hetti hoetti haettis
habe_ich haani
kommen cheme chemet
komme chumm chum chume
koennen choennd choemmer chent choennet choennu
koennte chennt choennti chenti chentid choentis choennt
koennten choennted chentet choenntet
moechte mechti wetti wettig
wuerde taeti tetti taets
will wott wotti woett
wollen waend woend
brauche brucht bruchti bruech bruchi bruuchi bruchte
brauchen bruched bruuched
muss muess muesti miess muoss
geht gaits goots geits
gehen goend gaend
ginge giengt giengti
waere waeri weri
waeren waeret waered
passt pasts passti
passen passed passet
wir miar
uns aeus oens inech
euch oeich oech
ihnen iine ihna
unsere uesi oisi eusi euseri insri uensi
meine miini
schnell schnaeu schnaell gschnaell gschnaeu gschwind gschwend schnael
sobald sobaud soball
moeglich mueglich moegli mueglech moeglech migli
moeglichst moeglichscht mueglichscht mueglechst moeglechscht mueglichst miglichscht
gleiche gliiche glyche gliichi glychi
spielt spuelt spuut speelt
alles aues
wenn waenns
wegen waeg waega waegu waegem
danke maerci danggscheen merssi
entschuldigung exguesi aexguesi exgusi exgueesi tschuldigung aexgisi exgyysi entschuldigong
ferien feriae
arbeit buez bueez
arbeiten schaffu schaffn werche
zeit ziit zyt
gut gued
guten guetae gueetu gueete guetu gueetaa
besten beschte beschti beeschte
liebsten liebschte liebscht liebschti liabschta
lieber liaber
gern gaern gaere gaearn
bitte bitti bettschoen bitteschoen bittscheen
tage taeg
kinder chind chinder chindu
nach_dem nachem
vor_dem vorem
bis_um bisam
verschieben verschiebe verschiebu verschueebe
einmal einisch emol aemal
schauen luege luega luegu
nochmals nomals nomau nomaal
jetzt jetze jetz
morgens zmorge zmorgets morges
mittags zmittag zmettag zmitag zmittagu
daheim dihei deheim deheime dihaim
danach drnoch dernah denoch
vorher voerher vorane
samstag samschtag
dienstag zischtag
donnerstag donschtag dunschtag
freitag friitag frytag friti
montag maentag maentig
sonntag sunntag
nachts znacht
heute_abend hinicht hinaecht
drin drinn
bei bi
einem amene
unter onger unger
andere angeri anderi
neun nueni`;

/** Forms that other languages hold too: rewritten only in a sentence of the dialect. */
export const SWISS_WEAK = `nichts nix
habe ha han
habt heit
hat het
haette hett
moechte wett
will wott
haben hei
bin bi
ist isch is
sind sin
kann cha chan
kommen cho
komme chum
sie si
meine mini
seine sini
tage taeg
gibt_es gits
gibt git
noch no na
der de dr
die d
den dn
das s
dem em
ein e
einen en
einer ere
dieser dere
mir mer
auch au ou
seit sit
mal mol mau
weil wil
wegen wege
dann denn
eins eis ais
zehn zaeh zaehn
februar hornig
monat monet
ich_habe hani
uns eus
schauen luege
passen passed
neun nini
elf elfi
abend aabe obig
kaum chuum
stunde stund
ich ig
auf uf
unter under
von vo
abends znacht
zu zue
wuerde wurd
abends zobe
morgen morge
nachmittag nammi
heute hit
frueh frieh
gegen gega gege
irgendein irgende irgenden irgendan irged irget irgendes irgenda
kein keis kes
keine kei
haetten haette
habe_ich hani
kommen cho chon choo chu
moechte moecht moechti
wuerde tet
tut tuet
wollen wend
muss mos
geht goot gait
gehen gaa goh gah
ginge gieng gings
waere waers
ist ischt ischs
wie_es wies
wir mier
uns insch iis
euch ech eu
ihnen ine ehne inne ene
ihr ier
sie sii
mein mis
meine mini
schnell schnoll
bald baud
moeglich muegli meglich
gleich glii
gleiche gliche
selbe saeb saebe saebi
mal mou
letzte letscht
letztes letschts
spielt spillt
alles alls
falls faus fals
wenn waen
wegen wega
danke merci mersi
arbeiten schaffe schaffa
haus huus hus
zeit zit ziht
gut guet gueti guat
guten guete
schoen scheen schoeen schoens
recht raecht
besten bescht
tag taag tagg
kinder chinde
essen aesse
beim bim bym
zurueck zrugg
wieder wider widr
einmal amal eimal amol
schon scho
jetzt jitz itz ez
halb halbi halber halba halbu
eins eis ais eini
stunde schtund stund
drauf druuf
donnerstag frontag
freitag fritag
gibt_es gits
gibt git geed
durch dure dur
auf uf ufe ufem
aus us
fuer fer
einer ere era are nera
einem emen
unter onder
mit met
neun nini`;
