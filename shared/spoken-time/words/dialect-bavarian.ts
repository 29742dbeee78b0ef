/** Words of Bavarian with Austrian and Franconian, in the notation of dialect-words.ts, which alone reads them. */

/** Forms that no sentence in standard German or English holds. */
export const BAVARIAN = `woche woch wocha wochn wochan wochng wocherl
abends zobnd zomd zabnd zomds zaumd zobnds aumds obnds omds
mittags zmitog zmidog zmittog zmiddog
morgens zmoing zmorgn
zu_frueh zfria zfriah zfrua zfruah
zu_spaet zspot zspad
nochmal nomoi numoi nochamoi nomoal
einmal amoi oamoi amol oamal
ausser aussa aussat aussern
weihnachten weihnachtn weihnochtn weinachtn weinochtn weihnachdn weinachdn weihnachta wainachten
pfingsten pfingstn
schule schui
dienstag irchta irta irda iada erta ertag ertog erchta erchtig erchtag erchtog ergtag irtag irtog irtig ertig iertig ierta irder
donnerstag pfinsta pfinzta pfinzda pfinsda
freitag freida
samstag samsta samsda
sonntag sunda sunta
heute heit haind hainte haitzdog
heute_abend heint heind
gestern gestan geschtern
vorgestern vorgestan vuagestan
frueh fria friah friach frua fruah fruach freah freih
frueher friara friaha friacha fruaha friaher
fruehestens friastns friahastns fruastns frihestns frueastns friahstns friahestns friehstns
spaeter speda spaeda spada speder spaada
spaetestens spaetestns spaedestns spedastns spaedastns spaetastns spatestns spadestns spaedstns spaetstns spatastns speedestns spaddastns spatestens
wochenende wochnend wochnendn wochanend
jahr johr joar
januar jaena
februar feba febra febara
maerz maeaz
april aprui abrui
neujahr neijohr neijoar neijahr
feierabend feiaomd feiaobnd feieromd feiaabnd feierobnd
arbeit arbat arwad arwat oarbat oawat orbeit oabeit hackln orwat
anfang ofang ofong onfang aufong aofang
gegen gega gegn gengn gegnd gengd
zwischen zwischa zwischn zwischnd zwischad zwuschn zwischm
halbe hoibe hoiba hoiwe hoiwa hoibi holbe holba holwe halwe halba hoiwi holwi hoabe hoaba hoiwad
halb hoib holb holber hoiber
anderthalb anderthoib
abend obnd abnd obend aobnd aumd oumd oubnd owend omnd
nacht nocht dnocht dnacht
etwa epan
nicht neda nimma nedd
kein koa koans koam koan
keine koana koane kaane kuane
haben_wir hobma hamma homma
sind_wir samma
muessen_wir miassma
haben hobn
habt hobts habts habtsn hobtsn
vergessen vagessn vagessen vergessn
nur nua
haette haetat haedat haetad haedad haed haedd heddad hedt hiatt hiat haettert
waere waar warat warad waard waerd warert
kann konn kaun
kannst konnst kaunst kaust
koennte kannt kunnt kannat kunntat kunnat kannad kenntad
koennen kinna kennan
muss muas muass miass
muessen miassn
muesste miassat miassad miasst
brauche brauchat brauchad brauchert braucherat braeuchert braeuchat braichad
moechte mecht mechat mechad mechatn mechtn mechert
wollte woitat woitad
sollte soitat soitad
wuerde daad dadat taat daedn taetad daadt daeds taets tadat
geht ghot geihd
ginge gangert gangat gangad gengat gehat gengad gingat
passt passad pasert bassd
komme kimm kemmat kummat
kaeme kaam kaamat kammad
kommen kimt kimmts kemmen kumman kumma kema kemma
schauen schaung schaugn schaug
vorbeischauen vorbeischaung
gewesen gwesn gwest gwen
gehabt ghabt ghobt ghod
gesagt gsogt gsoad gsogd gsagt gsocht
weiss woas woass
glaube glab glaawi
ihnen eana eahna eahnan
gleich glei gleih
bald boid
halt hoit hoid
also aiso oisdann oiso oeso
immer oiwei oiweil oiwai olawei olaweil
vielleicht vuileicht vuiliacht vielleichd vuleicht villaicht fuileicht
gern gean geang
bitte bitschen bidschen bittscheen bittschee bittschoen bittschean bittgaoschee biddsche bidschee
lieber liaba liawa liaber
liebsten liabstn liawastn liabsten liawan liabern liabstens liabschten
dann nacha nachad nachat nochad nochat nachert nochand
vorher vurher voher vuaher voaher vorha
nachher nocher
weil waeu weu
weil_es weus waeus
wegen wegn zweng
deswegen deszweng desweng destweng deswegn dessweng
wenn wonn waun
wenn_es wanns wauns
sonst sunst sonsd sinst sunscht
genau gnau
daheim dahoam dahoim derhoam dahaam
gut guat guada guad guead
verschieben verschiam vaschiam vaschiabn schiam schiabm umschiam
nach_hinten hintre hintri hintari
streichen streicha
absagen absogn absong osogn obsogn absoagn
neuen neia neichn
liebste liabste liaebste
muesst_ihr miassts miasts
wochentags wochntogs wochntags
nein naa naah
kommende kemade kommade kumade
morgen moagn moajn moign moing moagng mojng moang
heute_morgen heitfria
nachts znochts
nachmittag nammidog namidog nomidog
spaet spaad
zwoelf zwoefe zwejfe zwaeif zwaeife zwaeiwe
etwas ebbas epas eppas ebbs eppes ebbes epis
irgendwann irgndwann irgandwann irgendwaun iagendwaun iagndwaun iagendwann irgendwau
einer oaner
noch_nicht nonet noned nonned
koennen_wir kennma
gehen gengan gengma
wuerde_ich daedi taeti
haette_ich haeddi hiatti
passen bassn passn bassat
moechte_ich mechti
will woit wuell wuilt wuild wuelt
sagen soagn
gefallen gfoin gfalln
nichts nixn nixi
sobald soboid sobal
schnell schnoe schnoi schnej schnoell gschwind gschwindt gschwend schnoill
moeglich meglich meegli megli miagli moegli
moeglichst meglichst meglichstn meeglichst moeglichscht
recht raecht
schoen schee schea schiah
danke donkschee dangschee dankschee
aber awer
egal blunzn bluntzn powidl
kinder kindar
stunde stunderl stindl
termin terminderl
irgendein irgnda irgenda irgndoa irgendoa
irgendein_tag irgendatog
entschuldigung tschuidigung entschuidigung tschuidign tschuldige schuidign
schmarrn schmoarrn
welche woecha
selbe soebe soeibe sejbe saeibe soiwe
selben saeibn saeim soeibn soiwen
wieder wiada
letztes letztns
werktag werkdog werkta werktog
mitte mittad
zurueck zruck zrugg
vor vua voa
jederzeit jedazeit jedazeid
nach_dem nachn nochn
vor vur`;

/** Forms that other languages hold too: rewritten only in a sentence of the dialect. */
export const BAVARIAN_WEAK = `heute heid heite hait haid
nicht nimmer nemme nema it et nettn
nichts nix
keine kane koi kone koine
habe hob hon han
hat hot hod hods
haben ham hond
ist is isch ischt
sind san sand sans
kann ko kon
mag mog
will wui
sollen soin
muss mua moss muess
wuerde dad taet tat tuad duad daed deed
passt passat basst bost
wollte woit
was wos
wie wia wiera
wie_es wias
mich mi
wir mia
mir ma mr mer
euch eich enk aich
die de
der dea
dieser dera
fuer fia fir fua
fuer_den fian firn
mit mid mitm mitn
auf af gang
auf_den aufn
auf_dem aufm
tag dog tog dag dooch
einer ana anara oana oanar
paar boor poor
weil_es weils
wenn_es wenns
mein mei meim
dein dei
von vo
vor vua voa
noch no nu
eher ehra ehnda ehender
§noch noch
mal moi mol
weil wei wai
aber aba owa awa oba owan
dann daun don nocha no_dann
wegen weng
fuenf finf
erste easte
ersten eastn
vier viera
januar jenna jenner
monat monad
sommer summa
stunde stund
abend omd omad obend obed owed
nachts znacht
schauen schaun
vorbeischauen vorbeischaun
komme kumm
kommen kummt kim kimm keman
drauf drueber
alles ois
einmal amal oimal
morgen mora
frueh fruh frua friar frej
spaeter speeda spoda
gegen gem geng
jemand eppa ebba
kein koana kaan kaa
gehen gean
geht geads gehds gehd geds geaht goaht gaht goht
sollte soit
waere waa weer
wuerde_ich dadi tati
habe_ich hobi hawi howi hani
passen basn bassn
moechte mecht
koennte kinnt kunt kendt
weiss waas woass
glaube glaub
sagen sogn
ihnen ean
meine meina moan
vielleicht villeicht
bald bal boidig
schnell schneu schnei schnai schnoe
moeglich meigli
lieber lieba liewa
recht reacht rechd
schoen schen schena
gut guid goud guat guet guade
bitte bidt bidde
nein nana
halt hoid
sonst sist
kinder kinda
arbeit hackn hockn
termin terminerl
heuer heia
warten wortn
beim bam
welcher welcha
welche wecha weiche
unter unta
wieder wieda wida
letztes letzts
anfang anfong afang
ende end enda
zeit zeid zeitl
ich iech
es ds
um om
ihr ihrs
donnerstag pfingstag pfingstog pfingsta pfingsda
hauptsache hauptsoch hauptsach
gern gearn gerne
naechste_woche nexwoch
nachmittag nomi
auch aa
gleich glei gleichs
koennen kenna kennen kinan
wo wou
du dou
guten guadn
vielen vui vuin
gedacht dacht docht denkt
tut_es duads duats tuats tuads duatsn
tut tuat duat
selber selba
gleicher gleicha
mittwoch micka mittig mittich midda
wollen wueld wueldn
spitzen spitzn
spaet spod
mitte mittn
und ond un
spielt spuit spejt
rolle roin roille roi
gegen geecher gecher gecha
kein ka
sofort sofurt sofuat
letzte leschte lescht leschd
letzten leschtn
morgen morje morjen`;
