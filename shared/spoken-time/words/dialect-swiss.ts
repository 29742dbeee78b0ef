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
drauf druf`;

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
wuerde wurd`;
