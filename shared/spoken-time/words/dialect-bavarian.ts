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
kommende kemade kommade kumade
nochmal nochamoi nomoal
einmal amol oamal
weihnachten weihnachdn weinachdn weihnachta wainachten
dienstag irder
morgen moagn moajn moign moing moagng mojng moang
heute_morgen heitfria
abends zomds zaumd zobnds aumds obnds omds
nachts znochts
mittags zmittog zmiddog
abend aumd oumd oubnd owend omnd
nachmittag nammidog namidog nomidog
frueh frej freah freih
fruehestens frihestns frueastns friahstns friahestns friehstns
spaetestens spatestns spadestns spaedstns spaetstns spatastns speedestns spaddastns spatestens
spaeter spoda speder spaada
spaet spod spaad
woche wochng
gegen gegnd gengd
zwischen zwischn zwischnd zwischad zwuschn zwischm
halbe hoiwi holwi hoabe hoaba hoiwad
zwoelf zwoefe zwejfe
etwas ebbas epas eppas ebbs eppes ebbes epis
irgendwann irgndwann irgandwann irgendwaun iagendwaun iagndwaun iagendwann irgendwau
einer oana oanar oaner
nicht nedd nettn
noch_nicht nonet noned nonned
keine koa koane kaane koine kuane
kein koan
haben_wir hobma hamma homma
koennen_wir kennma
gehen gengan gengma
geht geihd
haette haedd haeddi heddad hedt hiatt hiat haettert
waere waard weer waerd warert
wuerde daedn taetad daadt daeds taets tadat
wuerde_ich daedi taeti
haette_ich haeddi hiatti
passen bassn passn bassat
passt bassd
moechte_ich mechti
moechte mechert
will woit wuell wuilt wuild wuelt
brauche braucherat braeuchert braeuchat braichad
koennte kunt kendt kannad kenntad
kommen kemmen kumman kumma keman kema kemma
muss muass miass
weiss woass
glaube glaawi
sagen soagn
gesagt gsoad gsogd gsagt gsocht
gefallen gfoin gfalln
euch enks enk
ihnen eahnan
nichts nixn nixi
vielleicht vuleicht villaicht fuileicht
sobald soboid sobal
schnell schnoe schnoi schnej schnoell gschwind gschwindt gschwend schnoill
moeglich meglich meegli megli miagli moegli
moeglichst meglichst meglichstn meeglichst moeglichscht
liebsten liabsten liawan liabern liabstens liabschten
lieber liaber
recht raecht
schoen schee schea schiah
gut guad guead
danke donkschee dangschee dankschee
bitte bittscheen bittschee bittschoen bittschean bittgaoschee bidde biddsche bidschee
nein naah
sonst sunscht
heute haind hainte haitzdog
gestern gestan geschtern
aber owan awer
also aiso oisdann oiso oeso
egal blunzn bluntzn powidl
kinder kindar
arbeit hackln orwat
woche wocherl
stunde stunderl stindl
termin terminderl
heuer hoier
ausser aussern
daheim dahoim derhoam dahaam
weil weu
irgendein irgnda irgenda irgndoa irgendoa
irgendein_tag irgendatog
entschuldigung tschuldigung tschuidigung entschuidigung tschuidign tschuldige schuidign
schmarrn schmoarrn
deswegen dessweng
welche woecha
selbe soebe soeibe sejbe
wieder wiada
letztes letztns
werktag werkdog werkta werktog
anfang aofang
mitte mittn mittad
zurueck zruck zrugg`;

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
alles ois
einmal amal
morgen moan
frueh fruh frua friar
spaeter speeda
gegen gem geng
jemand eppa ebba
nicht nemme nema
keine koi kone
kein koana kaan kaa
gehen gean
geht geads gehds gehd geds
sollte soit
waere waa
wuerde daed taet deed
wuerde_ich dadi tati
habe_ich hobi hawi howi hani
passen basn
passt basst bost
moechte mecht
koennte kinnt
muss moss muess
weiss waas
glaube glaub
sagen sogn
euch aich
ihnen ean
mein mei meim
meine meina
vielleicht villeicht
bald bal boidig
schnell schneu
moeglich meigli
lieber lieba liewa
recht reacht rechd
schoen schen
gut guid goud guat guet
bitte bidt
nein nana
halt hoid
sonst sist
heute hait
aber oba
kinder kinda
arbeit hackn hockn
termin terminerl
heuer heia
weil wai
warten wortn
beim bam
welcher welcha
welche wecha weiche
unter unta
wieder wieda wida
letztes letzts
mal moi mol
wie wiera
anfang anfong afang
ende end enda
zeit zeid zeitl
auf gang
sind sans
ist isch ischt
nicht it et
haben hond
ich iech
es ds
um om
mir mr mer
ihr ihrs
hat hods
donnerstag pfingstag pfingstog
morgen mora
wuerde tat tuad tuat duad duat daed deed
habe han
dann nocha no_dann
einmal oimal
hauptsache hauptsoch hauptsach
gern gearn gerne
naechste_woche nexwoch
nachmittag nomi
weiss woass
abend obend obed owed
auch aa
gleich glei gleichs
schoen schena
kommen kim kimm
koennen kenna kennen kinan
passen bassn
wo wou
du dou
gut guade guadn
guten guadn
vielen vui vuin`;
