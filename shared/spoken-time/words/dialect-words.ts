/**
 * Words of Swiss German and of Bavarian with Austrian: each line holds the standard words first (`_` for a space), then the forms. A form is
 * written folded, or in plain spelling (`plainSpelling` in dialect.ts), which many spellings share. Read by dialect.ts only.
 */

/** Forms that no sentence in standard German or English holds: they tell the dialect and are rewritten wherever they stand. */
const SOUTHERN = `morgen morge
woche woch wocha wochae wochn
schon scho
abends zabig zobig zobed zobnd zomd zabnd
mittags zmitag zmitog zmidog
morgens zmorge zmoing zmorgn zmorga
nochmal nomal nomol nomoi numoi
einmal emal emol emau amol amoi oamoi oamal
jetzt jetz iez ietz iatz iatzt jetza etz etza hiatz
ausser usser aussa aussat
weihnachten wiehnacht wienacht wiehnachte wienachte weihnachtn weihnochtn weinachtn weinochtn
pfingsten pfingste pfingstn
dreikoenig dreikini drikoenig
oder oda
ungefaehr ungfaehr ungfaer ungfaea ungfea
gemacht gmacht gmachet gmocht`;

const SWISS = `heute huet
heute_abend hinecht hienecht
morgen morn
uebermorgen uebermorn uebermorge
gestern gester gestert
vorgestern vorgester
frueh frueh frueche fruechi fruei frueie
frueher fruener fruecher fruehner
fruehestens fruehestens frueestens
spaeter spoeter
spaetestens spoetestens spoetistens spaetistens
wochenende wuchenend wuchenaend wuchenendi wuchenaendi wucheaend wucheend
woche wuche wuch wuchae wucha wuchu
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
viertel viertu virtu
stunde stuend
minuten minuetli
etwa oepe oepa oepae
etwas oepis
jemand oeper
kurz churz churzi
nicht noed nued noet nid nuem nueme nuemer nuemae
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
kommt chunt chund
komme chume chumi
kommen chomed choemed choeme choemt chunsch chome choemer
vorbeikommen verbicho verbichume verbichome
kann chani chanich
kannst chasch chansch
koennen choend choened choenid choei choeit choenemer chund
koennte choent choenti choented choentid
moechte wetti moechti moechted
will wotti wotsch
wuerde wuerdi
sollte soetti soetted
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
uns oeis oeus
euch oeich oei
ihnen ihne
wenn waenn
dann daen
weil wiu
wegen waege waegem waegeme
sonst sust suest suesch susch
vielleicht vilicht vilich vilech vilecht
einfach eifach
nur nume
gern gaern gaerne
bitte biti
gleich gliich
gleiche gliiche
irgendwann irgendwaenn irgendwenn
beide beidi
welche weli
geben gaeh
kinder chind chinder
klein chli chlii
einer enere
einem emene eneme
den dae
bisschen bitzli bizeli
statt astatt
drauf druf`;

const BAVARIAN = `dienstag irta irda iada erta ertag ertog erchta erchtig erchtag erchtog ergtag irtag irtog irtig iertig ierta
donnerstag pfinsta pfinzta pfinzda pfinsda
freitag freida
samstag samsta samsda
sonntag sunda sunta
heute heit
heute_abend heint heind
gestern gestan
vorgestern vorgestan vuagestan
frueh fria friah friach frua fruah fruach
frueher friara friaha friacha fruaha friaher
fruehestens friastns friahastns fruastns
spaeter speda spaeda spada
spaetestens spaetestns spaedestns spedastns spaedastns spaetastns
wochenende wochnend wochnendn wochanend
woche wochan
jahr johr joar
februar feba febra febara
maerz maeaz
april aprui abrui
neujahr neijohr neijoar neijahr
feierabend feiaomd feiaobnd feieromd feiaabnd feierobnd
arbeit arbat arwad arwat oarbat oawat orbeit oabeit
anfang ofang ofong onfang aufong
gegen gega gegn gengn gengan
zwischen zwischa
halbe hoibe hoiba hoiwe hoiwa hoibi holbe holba holwe halwe halba
halb hoib holb
anderthalb anderthoib
abend obnd abnd obend aobnd
nacht nocht dnocht
etwa epan
nicht neda nimma
kein koa koan koans koam
keine koane koana kane
haben_wir hamma
sind_wir samma
muessen_wir miassma
haben hobn hobts
haette haetat haedat haetad haedad haed
waere waar waarat warat waarad warad
kann konn kaun
kannst konnst kaunst kaust
koennte kannt kunnt kannat kunntat kunnat
koennen kinna kennan
muss muas muass
muessen miassn
muesste miassat miassad miasst
brauche brauchat brauchad brauchert
moechte mecht mechat mechad mechatn mechtn
wollte woitat woitad
sollte soitat soitad
wuerde daad dadat taat
ginge gangat gangad gengat gehat gengad gingat
passt passad passert pasert
komme kimm kemmat kummat
kommt kimmt kimt kimmts
kommen kumma kemma
schauen schaung schaugn schaug
vorbeischauen vorbeischaung
gewesen gwesn gwest
gehabt ghabt ghobt ghod
gesagt gsagt gsogt gsogd
weiss woas woass
glaube glaab glab
ihnen eana eahna
gleich glei gleih
bald boid
halt hoit hoid
immer oiwei oiweil oiwai olawei olaweil
vielleicht vuileicht vuiliacht vielleichd
gern gean geang
bitte bitschen bidschen bitscheen
lieber liaba liawa liaber
liebsten liabstn liawastn liabsten
dann nacha nachad nachat nochad nochat nachert nochand
vorher vurher voher vuaher voaher vorha
nachher nochher nocher
weil weu waeu
weil_es weus waeus
wegen wegn zweng
deswegen deszweng desweng destweng deswegn
wenn wonn waun
wenn_es wanns wauns
sonst sunst sonsd sinst
genau gnau
nein naa
kommende kemade kemmade kommade kumade`;

/** Forms that other languages hold too: rewritten only in a sentence of the dialect. */
const SWISS_WEAK = `nicht ned net nit
nichts nix
habe ha han
habt heit
hat het
haette hett
moechte wett
will wott
haben hei
bin bi
ist isch is
sind sin send
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
mal mol mau
weil wil wel
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
abend abe aabe obe obig
stunde stund
ich ig
auf uf
von vo
abends znacht
zu zue
wuerde wurd`;

const BAVARIAN_WEAK = `heute heid haid
nicht ned net nit nid nimmer
nichts nix
habe hob hon
hat hot hod
haben ham
ist is
sind san sand
kann ko kon
mag mog
will wui
sollen soin
muss mua
wuerde dad
passt passat
wollte woit
was wos
wie wia
wie_es wias
mich mi
wir mia
mir ma
euch eich enk
die de
der dea
dieser dera
fuer fia fir fua
fuer_den fian firn
mit mid mitm mitn
auf af
auf_den aufn
auf_dem aufm
tag dog tog
einer ana anara
weil_es weils
wenn_es wenns
mein mei
dein dei
von vo
vor vua voa
noch no nu
§noch noch
mal moi
weil wei
aber aba owa oba awa
dann daun don
wegen weng
fuenf finf
erste easte
ersten eastn
vier viera
januar jenna
monat monad
sommer summa
stunde stund
abend omd omad
nachts znacht
schauen schaun
vorbeischauen vorbeischaun
komme kumm
kommt kummt
drauf drueber
alles ois`;

const tableOf = (lines: string): ReadonlyMap<string, string> =>
  new Map(
    lines.split('\n').flatMap((line) => {
      const [to = '', ...forms] = line.split(' ');
      return forms.map((form) => [form, to.replace('_', ' ')] as const);
    }),
  );

export const southern = tableOf(SOUTHERN);
export const unmistakable = { swiss: tableOf(SWISS), bavarian: tableOf(BAVARIAN) } as const;
export const ambiguous = { swiss: tableOf(SWISS_WEAK), bavarian: tableOf(BAVARIAN_WEAK) } as const;
