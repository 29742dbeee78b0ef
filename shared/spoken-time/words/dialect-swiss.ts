/** Words of Swiss German (Zürich, Bern, Basel and the east), in the notation of dialect-words.ts, which alone reads them. */

/** Forms that no sentence in standard German or English holds. */
export const SWISS = `absagen absaege abzsaege
abends zabig zobed znachts zaabig zaabe zobig
morgens zmorga zmorge zmorgets morges
zu_frueh zfrue
nochmal nomal nomol
einmal emal emau einisch emol aemal
ausser usser
ob oeb
weihnachten wiehnacht wienacht wiehnachte wienachte wiaenacht wienaecht wienaechte wianacht wiaehnacht wiehnaechtu wienachtu
pfingsten pfingste
schule schuel
heute huet hueuet hinet
heute_abend hinecht hienecht hinicht hinaecht
morgen morn moorn moarn moorndrig muarn morndrigs
uebermorgen uebermorn uebermorge uebermoorn uebermoarn ibermorn uebermora ibermorgu
gestern gester gestert
vorgestern vorgester
frueh frue fruech frueche fruechi fruei frueie frueehch friehj
frueher fruener fruecher fruehner friener frueejer frienr
fruehestens frueestens
spaeter spoeter speeter spaater
spaetestens spoetestens spoetistens spaetistens spoetischtens spotestens spaetischtens spaeteschtens speetestens spootestens spaetestets spoeteschtens
wochenende wuchenend wuchenendi wucheaend wucheend wuchenaendi wuchenaend wochenaend wuechenend
woche wochae wuche wuch wucha wuchn wuchae wucho wuehu wocha wuchu
monat moenet
april abrele abrile abrel
august ougste auguste ouguste augste
ostern ostere
neujahr neujohr neujaar neijahr neujoor neijaar
feierabend fyrobe fiirobe firobe firobig firabe firabig fuerabig fierabig feierabig fuerabe
abend abig
anfang afang aafang aafangs afangs aafaengs
nikolaus samichlaus
ende aend aendi
zwischen zwuese zwuesed zwuesche zwueset zwueschet zwueschid zwisched zwuschet zwueschad zwischad zwueschn zwueschu zwischu
gegen gege gaege gaega gaeget gaegu gegad
halb halbi haubi haub
stunde stuend
minuten minuetli
etwa oepe oepae oepa oeppe oeppen oeppa
etwas oepis oeppes eppis oebbis oeppas oebbes oeppis epis eppes
jemand oeper oeppert epper
kurz churz churzi
nicht noed nued nuem nueme nuemer nuemae noet noedd nuemm noemme noemm
nichts nuet nuescht niit nuut
kein kei
keine keini
ich_habe hanich
haben_wir hemer haemer haemmer hemmer heimer
haben hend haend
haette haetti hetti hoetti haettis
haetten hetted haettid haettet haetted hettet haettit hettid
sind_wir simer
gewesen gsi gsin
gehabt gha
gesagt gseit gsait
kommen chunt chomed choemed choeme choemt chunsch chome choemer cheme chemet
komme chumi chumm chum chume
vorbeikommen verbicho verbichume verbichome
kann_ich chani chanich
schnell schnaeu schnaell gschnaell gschnaeu gschwind gschwend schnael
kannst chasch chansch
koennen choend choened choenid choei choeit choenemer chund choennd choemmer chent choennet choennu
koennte choent choenti choented choentid choentet chennt choennti chenti chentid choentis choennt
moechte moechti moechted mechti wetti wettig
will wotsch wott wotti woett
wuerde wuerdi taeti tetti taets
sollte soet soetti soetted
muss mues muesi muess muesti miess muoss
muessen muend moend muened
brauche bruuch bruuche bruuchti brucht bruchti bruech bruchi bruuchi bruchte
geht gaht goht geit gahts gohts gaits goots geits
ginge gieng giengs giengt giengti
gaebe gaebti
waere waeri
waeren waerid waeret waered
passt pasti pasts passti
frei frii
zeit ziit zyt
uns oeis oeus ues aeus oens inech
euch oei oeich oech
ihnen ihne iine ihna
wenn waenn waenns
dann daen
weil wiu
wegen waege waegeme waeg waega waegu waegem
sonst sust suest suesch susch
vielleicht vilicht vilich vilech vilecht
einfach eifach
erst ersch
nur nume
gern gaerne gaern gaere gaearn
bitte biti bitti bettschoen bittscheen
gleich gliich
gleiche gliiche glyche gliichi glychi
irgendwann irgendwenn irgendwaenn irgetwaenn irgedwenn irgetwenn iergendwenn irgetwann
beide beidi
welche weli
kinder chind chinder chindu
klein chli
einer enere
einem emene eneme amene
den dae
bisschen bitzli bizeli
statt astatt
drauf druf
nachmittag namittag nomitag nomittag
ungefaehr ungfoehr oengefaehr ungfar
irgendein irgentes
noch_nicht nonig nonid nonoed nonned nonanit
noch_nichts nonuet
habe_ich haani
koennten choennted chentet choenntet
wollen waend woend
brauchen bruched bruuched
gehen goend gaend
passen passet
wir miar
unsere uesi oisi eusi euseri insri uensi
meine miini
sobald sobaud soball
moeglich mueglich moegli mueglech moeglech migli
moeglichst moeglichscht mueglichscht mueglechst moeglechscht mueglichst miglichscht
spielt spuut speelt
alles aues
danke maerci danggscheen merssi
entschuldigung exguesi aexguesi exgusi exgueesi aexgisi exgyysi entschuldigong
ferien feriae
arbeit buez bueez
arbeiten werche werchu
gut gued
guten guetae gueetu gueete guetu gueetaa
besten beschte beschti beeschte
liebsten liebschte liebscht liebschti liabschta
lieber liaber
tage taeg
nach_dem nachem
vor_dem vorem
bis_um bisam
verschieben verschiebe verschiebu verschueebe
schauen luega luegu
nochmals nomals nomau nomaal
jetzt jetze jetz
mittags zmittag zmettag zmitag zmittagu
daheim dihei deheim deheime dihaim
danach drnoch dernah denoch
vorher voerher vorane
samstag samschtag
dienstag zischtag
donnerstag donschtag dunschtag
freitag friitag frytag
montag maentag maentig
sonntag sunntag
nachts znacht
andere angeri anderi
neun nueni`;

/** Forms that other languages hold too: rewritten only in a sentence of the dialect. */
export const SWISS_WEAK = `nichts nix
habe ha han
habt heit
hat het
haette hett
moechte wett moecht moechti
will wott
haben hei heind hind
bin bi
ist isch is ischt ischs
sind sin
kann cha chan
kommen cho chon choo chu
komme chum
sie si sii
meine mini
seine sini
tage taeg
gibt_es gits
gibt git geed
noch no na
der de dr
die d
den dn
das s
dem em
ein e
einen en
einer ere era are nera einere
dieser dere
mir mer
auch au ou
seit sit
mal mol mau mou
weil wil
wegen wege wega
dann denn
eins eis ais eini
zehn zaeh zaehn
februar hornig
monat monet
ich_habe hani
uns eus insch iis
schauen luege
passen passed
neun nini
elf elfi
abend aabe obig
kaum chuum
stunde schtund stund
ich ig
auf uf ufe ufem uff
unter under onder onger unger
von vo
abends znacht zobe
zu zue
wuerde wurd tet
morgen morge
nachmittag nammi
heute hit hoett hoet hyt
frueh frieh
gegen gega gege gaegem gegem gaegum
irgendein irgende irgenden irgendan irged irget irgendes irgenda
kein keis kes
haetten haette
tut tuet duet
wollen wend
muss mos
geht goot gait gieht
gehen gaa goh gah
ginge gieng gings
waere waers weri
wie_es wies
wir mier
euch ech eu
ihnen ine ehne inne ene
ihr ier
mein mis
schnell schnoll
bald baud gly gli
moeglich muegli meglich
gleich glych glii
gleiche gliche
selbe saeb saebe saebi
letzte letscht
letztes letschts
spielt spillt spilt spiut
alles alls
falls faus fals
wenn waen
danke merci mersi
arbeiten werche werchu
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
drauf druuf
donnerstag frontag
freitag fritag friti
durch dure dur
aus us
fuer fer
einem emen
mit met
wie wi
gedacht dacht denkt
aufmacht ufmached ufmachet uftuet ufmachid
ansehen aaluege
keine keni
drin drinn
und u
mitte mitti
welche wele weles wela`;
