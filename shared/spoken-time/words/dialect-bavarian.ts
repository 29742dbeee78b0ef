/** Words of Bavarian with Austrian and Franconian, in the notation of dialect-words.ts, which alone reads them. */

/** Forms that no sentence in standard German or English holds. */
export const BAVARIAN = `woche woch wocha wochn
abends zobnd zomd zabnd
mittags zmitog zmidog
morgens zmoing zmorgn
zu_frueh zfria zfriah zfrua zfruah
zu_spaet zspot zspad
nochmal nomoi numoi
einmal amoi oamoi
ausser aussa aussat
weihnachten weihnachtn weihnochtn weinachtn weinochtn
pfingsten pfingstn
schule schui
dienstag irta irda iada erta ertag ertog erchta erchtig erchtag erchtog ergtag irtag irtog irtig ertig iertig ierta
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
januar jaena
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
halb hoib holb holber hoiber
anderthalb anderthoib
abend obnd abnd obend aobnd
nacht nocht dnocht dnacht
etwa epan
nicht neda nimma
kein koa koan koans koam
keine koane koana
haben_wir hamma
sind_wir samma
muessen_wir miassma
haben hobn
habt hobts habts
nur nua
haette haetat haedat haetad haedad haed
waere waar warat warad
kann konn kaun
kannst konnst kaunst kaust
koennte kannt kunnt kannat kunntat kunnat
koennen kinna kennan
muss muas
muessen miassn
muesste miassat miassad miasst
brauche brauchat brauchad brauchert
moechte mecht mechat mechad mechatn mechtn
wollte woitat woitad
sollte soitat soitad
wuerde daad dadat taat
geht ghot
ginge gangert gangat gangad gengat gehat gengad gingat
passt passad pasert
komme kimm kemmat kummat
kommen kimt kimmts
kommen kumma kemma kumman
schauen schaung schaugn schaug
vorbeischauen vorbeischaung
gewesen gwesn gwest
gehabt ghabt ghobt ghod
gesagt gsagt gsogt gsogd
weiss woas
glaube glab
ihnen eana eahna
gleich glei gleih
bald boid
halt hoit hoid
also oiso
immer oiwei oiweil oiwai olawei olaweil
vielleicht vuileicht vuiliacht vielleichd
gern gean geang
bitte bitschen bidschen
lieber liaba liawa liaber
liebsten liabstn liawastn liabsten
dann nacha nachad nachat nochad nochat nachert nochand
vorher vurher voher vuaher voaher vorha
nachher nocher
weil weu waeu
weil_es weus waeus
wegen wegn zweng
deswegen deszweng desweng destweng deswegn
wenn wonn waun
wenn_es wanns wauns
sonst sunst sonsd sinst
genau gnau
daheim dahoam
gut guad guat guada
verschieben verschiam vaschiam vaschiabn
wochentags wochntogs wochntags
nein naa
kommende kemade kommade kumade`;

/** Forms that other languages hold too: rewritten only in a sentence of the dialect. */
export const BAVARIAN_WEAK = `heute heid haid heite
nicht nimmer
nichts nix
keine kane
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
paar boor poor
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
kommen kummt
drauf drueber
alles ois`;
