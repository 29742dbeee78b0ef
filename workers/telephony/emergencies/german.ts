/** Pure: how German, Austrian, Swiss and Bavarian callers report an emergency, and what makes the same words harmless. The grammar is in README.md. */
import type { Tables } from './grammar.ts';

/** Dialects differ more on paper than in the ear: one sound for umlauts, diphthongs, double letters, d and t, ge- and g-. */
const sound = (text: string): string =>
  text
    .replace(/(ae|oe|ue)\1/g, '$1')
    .replace(/(?<![a-z])mai(?![a-z])/g, 'mqi')
    .replace(/waer(?![mt])/g, 'wqr')
    .replace(/haett/g, 'hqt')
    .replace(/wuerd/g, 'wqrd')
    .replace(/koennt/g, 'kqnt')
    .replace(/graet/g, 'grqt')
    .replace(/saeg/g, 'sqg')
    .replace(/nue(?=m)/g, 'ni')
    .replace(/(?<=[a-z]{3})e\*/g, '*')
    .replace(/([a-z])\1\*/g, '$1§')
    .replace(/ae/g, 'a')
    .replace(/oe/g, 'o')
    .replace(/(?<![aeq])ue+/g, 'u')
    .replace(/u[ao]/g, 'u')
    .replace(/i[ae](?!n?ch)/g, 'i')
    .replace(/oa/g, 'ei')
    .replace(/a[iy]|ey/g, 'ei')
    .replace(/sch\*/g, 's(ch)?*')
    .replace(/sch(?=[tp])/g, 's')
    .replace(/(?<![a-z])ch(?=[a-z])/g, 'k')
    .replace(/tch(?=[aeiou])/g, 'tk')
    .replace(/ck/g, 'k')
    .replace(/y/g, 'i')
    .replace(/th|d/g, 't')
    .replace(/ge(?=[bcfghjklmnpqrstvwxz])/g, 'g')
    .replace(/g\(/g, 'g?(')
    .replace(
      /(?<![a-z])((?:um|a[bn]|auf|uf|au?s|us|ei|ein|weg|hi|hin|zusamen|za?e?m|runter|abe|ob[ia]|owi|nieder|nider|durch|zu|los|rein|nei|raus|uber|fest|hoch|wach)?)g(?=[bfhjkmnpqstvwxz][a-z]{2})/g,
      '$1',
    )
    .replace(/(?<=[a-z])en(?![a-z*§(])/g, 'n')
    .replace(/(?<![a-z])(?:va(?=[sbwgkrlf])|vr(?=[a-z]))/g, 'ver')
    .replace(/(?<![a-z])t(?:a|er)(?=sti[ck]|hang|schl)/g, 'er')
    .replace(/([a-z])\1+/g, '$1');

export const GERMAN: Tables = {
  sound,
  words: {
    not: 'nicht|nich|net|noet|nit|ni|it|nicha',
    nomore: '<not> (mehr|meh|mea|mer)|nim|nima|nime|nimer|nem|neama',
    n: '<nomore>|<not>|nie|niemals',
    no: 'kei|kein*|keis|koi|koine|kane|kaner|kee|keen|keene|null|ka(?= (luft|puls|antwort|reaktion|ton|mucks*|gfuehl|kraft|schnauf|laut|lebenszeichen))',
    nil: 'null|nichts|nix|nuet|nuets|nuent|niks|nischt',
    nobody: 'niemand*|neamand|neamd|niemer|niemert|kein mensch|keiner|keina',
    family:
      'mann|ma|mo|frau|fraue|frauli|mutti|mutta|mutt|mueter*|muet[ie]*|mama|mami|mame|vatt*|vati|voda|pap[aipes]*|babb?a|sohn|suhn|sohne|bua|bueb*|junge|tocht*|maedche*|maedel|madl|maidl*|meitschi|dirndl|kind|kinder|kindern|kindes|kloa*|klin*|kli|bebi|bebe|saeugling|[a-z0-9]*jaehrig*|zwilling*|enkel*|enkerl|oma|omi|omama|opa|opi|opapa|gross(mut|vat|mam|pap)*|gros[iy]|neni|brued*|schwest*|schwoest*|schwaest*|schwag*|schwieger*|tante|onkel|gotti|neffe|nichte|cousin*|verlobt*|ehemann|ehefrau|gatt(e|in)|partner*|lebensgefaehrt*|freund|freunde|freundin|fruend*|freind*|spezl|kumpel|baby*',
    person:
      '<family>|nachb*|nochb*|kolleg*|chef*|kund(e|n|in|schaft)|gaest*|patient*|azubi*|lehrling|lehrmaed*|lehrbua|stift|lernende*|auszubild*|mitarbeit*|angestellt*|praktikant*|trainer*|teilnehm*|lehrer*|schuel*|herr|dame|person|leute|jemand|jemad|oepper|epper|ebba|mitbewohn*|mensch|typ|typen|handwerker|monteur|fahrer*|stammkund*|putzfrau|friseurin|therapeut*|rentner*|mitschuel*|zimmernachb*|postbot*|[a-z]+(erin|istin|entin|antin)',
    pronoun: 'er|ea|si|i|ich|ihm|ihn|ihr|eam|eahm|mir|mich|mi|wir|ma|s|de|der|die|da',
    fellroot:
      'trolet|(gfall*|foi[ne]*|foin|foll*|fuin|ghei*|keit|gflog*|fliagt|sturz*|purzel*|rutsch*|grutsch*|knall*|plumps*|segelt*|kracht|stolper*|trohlt|kugel*|gschlipft|schmissn|ghaut|ghaun|droschn|dreht|schleudert*|kipp*)',
    fell: 'um?haut|hinghaut|(runter|herunter|hinunter|nunt*|obi|owi|obe|oba|owa|ob|abi|abe|aba|ab|hinab|herab|hin|hi|nieder|nida|ueber|weg|vornueber|ausse|raus|aus|us|vom|umi|um|nei|ein|ini|eini|iigo)? ?<fellroot>|(herunter|runter|hinunter|ab|hin)?g?stuerz*|ausgrutsch*|ausglitsch*|usgrutsch*|angfahr*|agfahr*|ogfahr*|ueberfahr*|uebrfahr*|zaemgfahr*',
    collapse:
      '(bein*|fuess*|hax*|knie) ~(wegzog*|nachgeb*|nachgab*|versag*|weggknick*|eingknick*|weggsackt|eingsackt|weich wordn|unterm (hintern|koerper) weg*)|(hin|hi|ane)g(streckt|legt|haut|haun|schlag*|drosch*|schmissn)|da laeng* nach|der laeng* nach|laengelang|laengs lang|wie ein (baum|sack|klappmesser|nasser sack) ~(um|hin|zusamm*|<fellroot>)|(sackt|sank|sackte|sinkt) ~(in sich|zusamm*|weg|runter|auf den)|daemmert ~weg|wegdaemmer*|klappt* ~(zusamm*|weg|um)|(zu|z|ze)? ?s?[ao]men ?g?(br[oaie]ch|sack|klapp|fall|foi|fiel|sunk|sink|kipp|hei|kei|sturz|rutsch)*|(zu|z|ze)? ?s?[ae]m+[aeni]* ?g?(br[oaie]ch|sack|klapp|fall|foi|fiel|sunk|sink|kipp|hei|kei|sturz|rutsch)*|z(u|e)?s?[aeo]m[a-z]{0,3}?g?(br[oaie]ch|sack|klapp|fall|foi|fiel|sunk|sink|kipp|hei|kei|sturz|rutsch)*|z[aeo]m[aen]* g?(br[oaie]ch|sack|klapp|fall|foi|sunk|kipp|hei|kei|sturz)*|(um|ume)g?(kipp|fall|foi|fuin|fiel|hei|kei|flog|sack|kugl|haut)*|(weg|ab|hin|hi|nieder|vornueber)(g)?(sack|kipp|klapp|daemm|sunk|sink)*|wegg?(tret|troet)*|ohnmacht*|ohnmocht*|omacht*|bwusst ?los*|bewusst ?los*|bewusst?los*|ohne b?e?wusst?sein|b?e?wusst?sein ~(verlor*|verlier*|weg)|kollabier*|kollaps|kreislaufkollaps|(kipp*|klapp*|sack*|brich*|brach|fallt|foit|fiel|sank|sinkt|gheit|keit|haut) ~(um|weg|zusamm*|zsam*|zam*|in sich|ume)|kreislauf ~(weg|zusamm*|zsam*|zam*|abgsackt|versag*)|(vom|von der|vo de|vo der|vo|vum|von|ab|aus dem|ausm|usem|us em) ~([a-z]*stuhl|stuhl|stuel|stui|sessel|hocker|barhocker|bank|liege|sofa|couch|bett|schemel|klo|laufband|ergometer|geraet|massageliege) ~(<fellroot>|gsackt|gsunk*|grutscht)|(zu|z|zum|auf den|auf|uf|afn|aufn|am|in) ~bod(n|e|a|m) ~(gang*|gsunk*|gsackt|<fellroot>)|(geht|ging|sackt|sinkt|sank) ~(zu|z) bod(n|e|a)|aus den latschen|lieg* ~b?e?wusst ?los|blackout',
    object:
      'touch*|monitor|tablet|drucker|matratze|luftmatratze|reifen|schlauchboot|ball|konto|regal*|haus|system|comput*|laptop|pc|rechner|server|netz|internet|wlan|app|website|webseite|homepage|programm|onlinebuch*|kasse|verkehr|[a-z]*plan|[a-z]*termin*|frisur|volumen|haar*|locken|zopf|stuhl|tisch|kasten|[a-z]*staend*|lampe|vase|flasche|blume*|pflanze*|baum|bam|rad|fahrrad|radl|roller|motorrad|moped|batterie|akku|markt|firma|welt|wetter|mauer|zaun|leiter|schild|kuchen|torte|teig|rollladen|heizung|therme|thermostat|boiler|kessel|[a-z]*maschin*|fernseh*|steuerung|klingel|tor|schloss|fenster|bildschirm|handy|telefon|display|lichtschalter|sicherung|pumpe|ventil|[a-z]*hahn|armatur|rohr|klimaanlage|brunnen|zahn|zaehne|plombe|fuellung|krone|implantat|zahnspange|naegel|haut|kopfhaut|vertrag|kartenhaus|beziehung|dekoration|deko|kleiderst*|sonnenschirm|schirm|topf|einkaufswag*|kinderwag*|glas|tasse|kaffee*|eimer|kuebel|wirtschaft|zelt|muelltonn*|tonne|garten*|bild|spiegel|farbe|paket|schrank*',
    // what cannot be hurt, as the subject: "vom Stuhl gekippt" is a human
    thing:
      '(?<!(in|auf|uf|am|vom|im|an|bei|beim|mit|aus|zur|zum|neben|vor|unter|ueber|hinter|von|gegen|durch|i|vo) )(das|die|der|den|mein*|unser*|ihr*|sein*|euer*|eur*|de|da|s|d|des|a|en|ein|eine|kein*|alle|mi|ueses|euses|viele|paar) ([a-z]+ )?<object>',
    message:
      'erreicht|kolleg* ~erreich*|termin*anfrage|(e ?)?mails?|nachricht*|whats ?app|sms|anruf*|brief*|anfrage*|bewerbung|angebot|rueckruf*|einladung|telefon|handy|creme|salbe|mittel|behandlung|farbe|facebook|instagram|nummer|tastatur|knopf|klingeln|tuerklingel|terminanfrage|reklamation|beschwerde|kommentar*',
    react:
      'meld*|blinzel*|zuckt|gibt ~antwort|gibt ~laut|hoert mich|rea*gier*|reag*|regier*|antwort*|antwurt*|ruehrt*|ruert|riat*|riart|rodt',
    wake: 'munta|aufzumach*|(auf|uf)?wach*|wach|erwach*|verwach*|munter|weck*|zu sich|z sich|zua si',
    arouse:
      '(an|wach)?g?(ruettel*|rued*l*|schuettel*|schuettl*|zwick*|kniff*|kneif*|beutel*|klatsch*|watsch*|schrien|schrie|schrei*|schraue|sproch*|sprech*|sprich*|stups*|taetsch*|ohrfeig*|klopf*)|ab(g)?watsch*|ruf* und ruf*|(laut|mehrmals|namen|paarmal|dauernd|staendig|fuenfmal|zehnmal) ~(gruf*|ruf*|aagrueft)|aagrueft*|angruf*|kalt* wasser ~gsicht|(wang*|backe*) ~(klopf*|taetsch*|klatsch*)|nass* lappn',
    floor:
      '(am|aufm|auf dem|uf em|ufem|ufm|auf|uf|im|in|i|vorm|neben|nebm|unterm|zwischn|an) (der|die|dem|de|d|s|mein*|unser*|seim|seinem)? ?(bod*|flur|gang|fliesn|kueche|kuechenboden|kuchl|bad|trepp*|strass*|hof|gart*|garage|keller|wohnzimm*|badezimm*|gehweg|trottoir|parkplatz|teppich|asphalt|wiese|duschwanne|dusche|badewanne|wanne)',
    pallor:
      '[a-z]*bleich|blass|kaes*weiss|schneeweiss|weiss|kreideweiss|wiss|aschfahl|grau|fahl|klatschnass|schweissnass|[a-z]*schweiss*|schwitz*|kaesig|gruen im gsicht|totenblass|gelb',
    move: 'beweg*|bweg*|ruehr*|ruer*|riat|riart|riahr*|regt|muckst?|gruehrt',
    breathe:
      'japs*|schnapp*|atemz*|schnapp(er|a|n)|atm*|otm*|eitm*|schn[ao]*uf*|schnuf*|schnaf*|gschnau*f*|gatmet*|luft hol*',
    air: 'luft|schnauf|schnuf|atem|otem',
    blue: 'blau|blaue|blauer|blaui|blaus|blau(grau|gruen|rot|violett|schwarz|lila)*|blaeulich*|blob|blo|blaw|violett*|lila*|bl[ae]ulig*|[a-z]+blau|zyanotisch|bloab',
    grey: 'grau|aschfahl|aschgrau|wachsbleich|leichenblass|graugruen|graublau|totenblass|kreidebleich|kreideweiss',
    face: 'nas*|lipp*|laeppe|lefz*|mund|muul*|maul|gsicht*|kopf|grind|zung*|fingernaeg*|ohr*|haut|haend|haende',
    bleeds: 'durchblut*|durch ?gblut*|blut(et|at|n|en|t|e|ets|ts)?|verblut*|ausblut*|bluet*|naochblut*|nachblut*',
    blood: 'blut|blutlache|[a-z]*blutung|blutig',
    much: 'viel|unmengen|stossweise|schub*|nur so|ununterbroch*|aus dem hahn|aus (einer|der) leitung|us em hahne|wie aus (ein*|der|dem|am|a|em)|trotzdem weiter|(so |sau|ganz |sehr |echt |total )?(stark|starch|heftig*|viel|vui|extrem|massiv|wild|arg|oarg|fest|fuerchterlich*|schrecklich*|brutal|unglaublich|uebel|enorm|gscheit|sakrisch|saumaessig)|wie (verrueckt|narrisch|narret|narr|d? ?sau|die sau|deppert|deppat|bloed|wild|nix|aus|am|irr*|a sau|e sau|abgstoch*|ein schwein|a schwein|bscheuert|der teufel|wahnsinn*)|wi (ne|en) moore|ohne ende|literweise|massenhaft|volle pulle|in stroemen|stoss*weis*|im schwall|wasserfall|blutueberstroemt|durch',
    stream:
      '(kommt|kunnt|kimmt) ~(wie aus|wie us|in stoessn|stossweise|im schwall|rausgschoss*)|sickert*|pulst|(raus|heraus|aussa|ausse|use)?g?(spritz*|spruetz*|schiess*|schuesst*|schossn|stroem*|rinnt|runnt|lauft|loft|loffn|laffa|pulsier*|sprudel*|pumpt*|quill*|fliess*|fluesst|pfludert*|tropft|suppt)',
    everywhere:
      '[a-z]*(tuech*) ~~(durch|voll*|nass|rot)|han*tuch ~(durch|voll*|rot|nass)|drei han*tuech*|(han|kuech*|geschirr|bett|zweit*|dritt*|viert*|drei|vier|fuenf|bade)*(tuech*|laken|bettlaken|verband|rolle|kompress*|decke|kissn|hemd|shirt|leintuech|waschbeck*|lavabo|bod*) ~(durch|voll*|rot|nass|vollgs*|getraenkt|tropft)|pfuetz*|blutbad|(ue|i)b[ae]r[ao][li]+|ueberoi|ibaroi|ibarall|iberall|uebarall|alles ~voll*|ois ~voi|alls ~vol*|alles ~(rot|nass)|ois ~bluatig|voller|voi|lache|lackn|lacke|durchweicht|durchgweicht|durchtraenk*|durchnaess*|(hand|kuechen|geschirr|zweite|dritte|drei|vier|hond)*tuech* ~(durch|voll|voi|rot|nass)|ganze (bod*|kueche|bad|hemd|shirt)|alles',
    stop: '(auf|uf)?(hoer*|her[tsdna]*|heart*)|stopp*|stillen|gstillt|stille|nachlass*|weniger|aufh*|ufh*',
    sharp:
      'mess[ae]r|messa|schere|scher|glas*|scherb*|scherm|(kreis|motor|ketten|stich|hand)?sa*eg*|[a-z]*saeg*|(motor|kreis|ketten|band|stich)*(sag|sog|sagi)|flex|trennschleif*|axt|axn|beil|hacke|hackl|[a-z]*mess[ae]r|rasierkling*|klinge|brotmaschin*|fraese|rasenmaeh*|haecksl*|mixer|machete|cutter|skalpell|spaten|sense|sengst|aufschnitt*|schneidemaschin*|dose*deckel|hobel*|gemuesehobel|holzspalter',
    wound:
      'knochn|knoche|offene* (hand|bein|schien*|arm|finger|fuss|knie)|(hand|bein|schien*|arm|finger|fuss|knie) ~off(n|e|a)|(arm|hand|faust|fuss) ~durch|wunde|[a-z]*wunde|stich|loch|aufgschlitz*|handglenk*|klaff*|schlagad*|pulsad*|gschnied*|gschlitz*|gstoch*|drueck* ~(drauf|drufe|druf|ab)|abdrueck*|abbind*|abbund*|(drauf|druff) ~drueck*|durch die scheib*|in die scherb*|scherb*|neitret*|reingtret*|naegel ~durch|scheibe gang*|wunden',
    cut: 'o(b|p)?g?(hackt|schnidn|saegt|rissn|trennt)|(ab|auf|uf|durch|weg|hinein|hinei|rein|nei|eini|ine|drin|fast|o|a)?g?(schnitt*|saegt|trennt|hackt|rissn|rissa|risse|stoch*|haut|haun|haua|schlitzt|rammt|bohrt|fraest|quetscht|bissn|bissa|drueckt|fetzt|schnetz*)',
    limb: 'finger*|daum*|tume|duma|hand|arm|arme|oarm|unterarm|handglenk*|bein|boa|hax*|[a-z]*schenkel|fuss|bauch|buuch|hals|hois|kopf|(puls|schlag|hals|haupt)*ader*|schlogod*|pulsod*|arterie|zehe*|brust|ruecken|gsicht|kniekehl*|wade|wadl',
    swallow:
      'kostet|kost|probiert|ausdrunk*|aussoff*|g?nipp*|g?schluerf*|ableckt|abgschleckt|(schluck|hieb) ~gnomm*|(aus|us|leer|leera|weg|auf|ab|runter|abe|oba|owi|rein|nei|eini|abi|oi)?g?(trunk*|trung*|soffen|soffa|soffe|suffa|suffe|sauft|schluck*|schlickt|gesse|gessa|gessen|gaesse|essen|esse|frisst|gfress*|naesch*|nuckel*|lutsch*|schleck*|kaut|noscht|gurgel*|trink*|kippt|schloeck*|schlabber*)|verschluck*|gschluckt|intus|(in (den|s|d)|im|ins|is|i d|i s) (mund|mul|maul|mei)|erwisch*|leckt|gext|inhaliert|verputzt|eingworf*|reingschmiss*|eigschmiss*|durchgbiss*|reibiss*',
    take: '(ein|ei|nei|eini|zu|i)?g?(nomm*|numm*|gnoh|nahm|no|gnua)|eingworf*|eigschmiss*|gschmiss*|reinghau*|reingzog*|verwechselt|gspritzt|zuagno',
    poison:
      '(totenkopf*|(flasche|kanister|becher) ~(unter*|spuel*|putzschr*|putzk*|totenk*))|[a-z]*(reiniger|reiniga|abbeiz*|fleckenmitt*|pinselrein*|kippe|kippen|putzmitt*|butzmitt*|spuelmitt*|waschmitt*|putzzeug*|bleich(e|mitt*|zeug|zeig)|bleichi|entkalk*|entfaerb*|abflussfrei|domestos|javel*|salmiak*|spiritus|benzin|sprit|diesel|terpentin*|verduenn(er|ung|a)|aceton|azeton|entfern(er|a)|lampenoel|lampenoeli|grill(anzuender|anzinder)|anzuend(er|a)|duftoel|oelkerze|frostschutz*|duenger|dinga|giftkoerner|ratt*gift|maeus*gift|[a-z]*gift|schneck*k[oe]+rn*|vertilg*|vernicht(er|a)|insektizid|insektenspray|saeure|essigessenz|lauge|chlor*|peroxid|wasserstoff*|oxidant|entwickler*|blondier*|haarfarb*|faerbemitt*|dauerwell*|desinfekt*|desinfiz*|sagrotan|wc ?ente|klostein|tab|tabs|waschpod*|pods|weichspuel*|klebstoff*|kleber|[a-z]*kleber|nagellack|nagellackentf*|loesungsmitt*|loesmitt*|methanol|petroleum|heizoel|shampoo|parfuem*|nikotin|zigarett*|zigi|tschick|liquid|batterie*|knopfzell*|magnet*|pilz*|schwammerl*|schwamma|knollenblaett*|tollkirsch*|goldreg*|eiben*|maigloeckchen|maiglöckli|fingerhut|herbstzeitlos*|[a-z]*beeren|beeri|beerl|beerli|beere|engelstrompete*|oleander|stechapfel|eisenhut|ofenspray|spray|putzwasser|seifenlauge|seife|loes(er|a)|chemikalie*|scheibenwisch*|rohrfrei|mittel|mittl|politur|holzschutz*|kalkex|durgol|cillit*|calgon*|pronto|ajax|meister proper|farbe|lack|poolchemie|mottenkugel*)',
    pill: '[a-z]*(tablett*|tablaett*|pille*|pulver*|kapsel*|dragee*|medikament*|medis|medi|schlafmitt*|schmerzmitt*|paracetamol|parazetamol|ibuprofen|ibu|ibus|aspirin|valium|insulin|tavor|blocker|senker|antidepress*|methadon|morphium|morphin|tilidin|tramal|tramadol|fentanyl*|xanax|psychopharmak*|drogen|heroin|koks|ecstasy|pflaster|tropfen|hustensaft|globuli|zaepfchen|temesta|dafalgan|oxycodon|codein)',
    toomuch:
      'zu ?viel*|zviel|zvui|z viel|z vui|alle|alli|oi|olle|alles|ganze*|gonze*|halbe*|hoib*|hoiw*|packung*|packig|packl|packerl|packli|schachtel|schachtl*|roehrchen|roehrli|roehrl|dose|doesli|blister|streifen|streife|fehl*|feil*|haufen|hampfl*|handvoll|hand voll|menge|(zwei|drei|vier|mehr|fuenf) ?mal*|drueueber|versehentlich*|versehn|falsche*|doppelt*|dreifach*|zehnfach*|auf einmal|uf eimal|uf eimol|uf einisch|mitanand|mitenand|zwanzig|dreissig|vierzig|fuenfzig|zehn|fuenfzehn|sechzig|hundert|zwoelf|acht|[0-9]{2,3}|ueberdosis|schlaefrig*|benommen*|kotzt|erbricht|uebergibt|bewusst*|wach|weg|leer|laer|lallt',
    overdose: 'ueberdos*|iberdos*|vergift*',
    child:
      'bebi|kind|kinder|tocht*|sohn|bua|bub|kloa*|klin*|enkel*|[a-z0-9]*jaehrig*|madl|maedche*|maedel|meitl*|meitschi|dirndl|junge|zwerg*|saeugling|krabbelkind|schatz|bruederchen|schwesterchen|zwilling*|neffe|nichte|kita*|baby*',
    chest:
      'brustraum|ripp*|brustbei*|linke seite|link* brustseit*|brust|brustkorb|herz|haerz|herzn|heaz|heazn|herzgegnd|brustkast*|thorax|oberkoerper',
    pain: 'zuquetsch*|zusammenquetsch*|zamquetsch*|zieh*|schraubzwing*|schraubstock|zudrueck*|zuagdr*|einschnuer*|tonnenschwer|beton|wahnsinn*|stach*|gurt*|zuzieht|zuagschn*|[a-z]*schm[ea]rz*|schmeaz*|weh|we|weddo|wehtut|drueck*|drick*|stich|stiche|sticht|stech*|eng|enge|engi|eng*fuehl|brennt|brennen|krampf*|verkrampf*|zerreiss*|zreiss*|verreiss*|press*|schnuer*|schwer*|last|reiss*|klemm*|quetsch*|beklemm*|beklomm*|brennend*|(drauf|druf|drin)(sitz|hock|steh|stand|lieg)*|spannt|wuergt',
    armpart: 'arm|arme|oarm|oame|schult*|kief*|hals|hois|ruck*|buckl|nack*|oberbauch|ell*bog*|unterkief*|hand',
    radiate:
      '(aus)?str[ao]hl*|zieh*|zoigt|taub*|kribbel*|weh|schm[ea]rz*|geht|runter|abe|owe|obi|owi|eini|nei|bis|ue|ufe|auffi|lahm|schwer|eingschlaf*|eigschlof*',
    sweat:
      '[a-z]*bleich|schweissnass|[a-z]*schwitz*|[a-z]*schweiss*|klatschnass|klitschnass|patschnass|patschnoss|[a-z]*nass|[a-z]*bleich*|bleech*|blass|blos|kaas*|kreide*|weiss|wiss|leichenblass|aschfahl|grau|fahl|uebel|schlecht|schwumm*|schwind*|todesangst|panik|<air>|atemnot|trueml*|zittr*|kotz*|erbr[ie]ch*',
    halfface:
      'lipp*|m[ui]nd ?winkel*|mund ?winkl|m[ua]ulwinkel|mulegg*|mulek*|goschn*|gosch|mund|mul|maul|gsicht*|gsichts(haelft*|seit*|siite)|back|backe|augenlid|lid|lach*|grins*',
    crooked:
      'schief*|halb|einsit*|nur halb|(nach|noch) unt*|sinkt ~runter|(he|ha)ng(t|en|end*|ts|e|et|a|n)?|hengd|verzog*|verzieht|schraeg|schepp*|schaebs|glaehmt|laem*|glem*|glaem*|taub|halbseit*|einseit*|(nur|bloss|nua) (noch |no )?(auf|uf|af|links|rechts|of) (einer|einere|oana|ere|eine)?|runter|abe|verzerrt|verrutsch*|rutscht|schlaff|nach unten|noch unt|hinab',
    side: 'seit*|siite|sit|haelft*|halbseit*|(rechte|linke|rechts|links|rechti|linggi|lingge|lingg|linksi|lingga)[nrms]?|arm|oarm|bein|boa|hand|hax*|fuss|glas|tasse|gabel|loeffel|beine|haende|stift|schlissl',
    limp: 'macht ~<n> ~mit|mag <nomore>|folgt ~<n>|(sinkt|fallt|rutscht) ~(gleich|wieder|immer|runter|obi|abe)|ghoert ~<n> ~(mir|ihm|ihr)|<n> (meins|seins|ihrs)|wie (tot|gummi|watte|pudding|blei)|g?laehm*|glaem*|laem*|gloamt|lahm*|taub|taubi|schlaff|kraftlos|(kein|koa) ~(gfuehl|gfui|kraft)|(g?spuer*|gspia*|gspuehr*|fuehl*) ~(<n>|<nil>|<no>)|<n> ~(hebn|hebe|heb|heba|lupf*|beweg*|bweg*|halt|halte|haltn|hoitn|hebt|hoch|g?spuer*|gspia*|auf ?hebn|hoch ?hebn|ruehr*|greif*)|faellt ~(runter|aus der hand)|fallt ~(obi|owi|abe|us|aus)|ghorcht <n>|eingschlaf*|gfuehllos|haengt ~(schlaff|runter)|wegg?knickt|knickt ~weg|will <n>|<nil> ~(heb|halt)*',
    speech:
      'will was sag* ~(und|aber) ~(kommt|kunnt|kimmt)|sprachlos|(kommt|kunnt|kimmt) ~(nur|bloss|nume|nua|kein*|<nil>) ~(raus|heraus|aussa|use|gbrabbel|laute|brei|gstammel|woert*)|(schaut|guckt|luegt|schaugt|grinst|laechel*) ~(schief|komisch|halb|einseit*)|nur halb|(ge)?lall*|glallt|verwasch*|verwosch*|undeutlich*|wirres*|wirre|kauderw*|unverstaendlich*|<n> (richtig |gscheit |recht |deutlich |guet |gschit |klar |ganz )?(red*|sprech*|schwaetz*|schnurr*|sprich*|artikul*)|(wort|waert|woat)* ~(<n>|durcheinander|fehl*|verdreh*|koa*|nuemm*)|(<no>) ~(wort|satz|waert)* ~(raus|heraus|aussa|use|mehr|meh)|(nur|nume|bloss) ~(brei|kauderw*|wirres|unsinn|bloedsinn|schmarrn|silben|gbrabbel|stuss|laute|kaes|gstammel|chabis|quatsch)|versteh* ~(<nil>|kein wort|koa wort|<nomore>|kaum)|(red*|schwaetz*|sprich*|schnurr*|plappert) ~(komisch|daher|wirres*|bloed|verwaschn|daneben|kaes*|schmarrn|durcheinander|bs?off*|btrunk*|seltsam|chabis|quatsch|unsinn|zeug|seich|irgendwas)|sprache ~(weg|verwasch*|verlor*|komisch)|wie ~(bsof*|btrunk*|besof*|bsuff*)|kein* sinn|nuschel*|stammel*|brabbel*|sieht ~doppelt|doppelt',
    sudden:
      'ploetz*|bloetz*|auf einm?al|auf oa ?moi|auf amoi|af amoi|aufamoi|uf (ei|z)m[oa]l|uf einisch|auf eimol|schlagartig|schlogartig|grad|grade|grod|grads|gradebn|gradegn|ebn|ebe|seit (ebn|heut*|heit|grad|vorhin|a paar|ein paar|einer|fuef|zae|[a-z]+ minut*)|jetzt|jetz|etz|etzt|iatz*|iaz|jez|jetza|hiaz*|etza|hietz|vorhin|von jetzt auf|auf oan schlag|aus dem nichts|akut',
    seize:
      '([a-z]*krampf|krampf*|verkrampf*|epilep*|epi|(krampf|epi|epilepsie|fieber)?anfa*ll*|ofoi|aofoi|anfoi|ofall|ofoll|afall|fraisen|gichter*|g?zuck*|zuckig*|schuett[el]l*|schuedlt|g?schuettel*|zabl*|zappel*|zitter*|zittrat|schlegelt|(schlaegt|schlogt|schlat|schloht|haut) ~um (sich|si)|steif|[a-z]*steif|stief|starr|[a-z]*starr|stocksteif)',
    whole:
      'alles an (ihm|ihr|eam|em)|(am|a|im) (ganz*|gonz*|gsamt*)|ganze* (koerp*|leib|lib)|gonze* (koerp*|leib)|ueberall|unkontrollier*|arme* und bein*|(haend|oarm|arm|armen|arme) (und|u) (fuess|hax*|bei*|fiass)|alle viere|um sich|umanand|umenand|(hoer*|heart*|hert*) ~~<n> ~(auf|uf)|<n> aufh*|<n> ufh*|schaum|schum|aug*|ouge*|bod(n|e|a)|zung*|eingnaess*|steif|<n> ansprech*|wegg?tret*|minut*|anfall|wild|speichel|sabber*|geifer*|fieber|wie verrueckt|wie wild|gruesli|ganz starr|ganz komisch|bewusst*|b?wusst*',
    foam: '(schaum|schum|schamm|faam) ~(mund|mul|maul|mei|lipp*|goschn)|schaeumt*|schuumt|(mund|mul|maul|goschn) ~(schaum|schum|schaeumt)',
    eyes: 'aug|augn|aug[ea]|ouge|augli|aeugerl|auge',
    rolled:
      'verdreh*|verdraeh*|verdreit|nach hint*|noch hint*|hindere|hinteri|nach oben|wegg?dreh*|nur (noch )?(das )?weiss*|rolln|rollt|ueberedraeit|uf d siite',
    throat: 'hals|hois|hoisl|luftroehr*|luftroer*|rachen|rache|gurgel|schlund|speiseroehr*|kaehle|kehl*',
    stuck:
      '(kommt|kunnt|kimmt|geht|gaht) ~~<n> ~(raus|heraus|aussa|use|ausse)|im mund|verhak*|(fest)?steck*|stegg*|stekt|g?steck*|haengt|bleibt|blibt|bliebn|blibe|verklemm*|klemm*|quer|drinn*|dinne|fest|sitzt',
    choke:
      'erstich*|er?stick*|versticket|verschluck*|verschluggt|verkutz*|(in (den|die|d|de)|im|in) ?falsche*n? (hals|roehr*|hois)|kutzt|wuerg*',
    chokesign:
      '<n> ~(schluck*|hust*)|dunkel|an (den|seinen|ihren) hals|hals ~(fest|gepackt|gfasst)|mund ~auf und zu|<air>|blau*|blo|hust*|wuerg*|wirgt|worgt|roech*|rot|lila|dunkelrot|keuch*|(<n>|<nil>) ~(raus|aussa|use|red*|sprech*|hust*|schrei*|atm*|schnauf*|ausse|hoch|schluck*)|<no> ~(ton|laut|toenli|mucks|wort|luft)|panik|fuchtel*|fasst|greift|langt|pfeift|steckt|japst|rudert|augn|auge|gestikul*|hilfe|krampf*|hebt sich',
    lies: 'lagen|lag|leg|gleg*|hockt ~nur|sitzt ~nur|lieg*|lit|leit|flackt|flaggt|flagg?t|gleagn',
    notmoving:
      '(sie|er|der|die|de|ea|oma|opa|ganz) (is|ist|isch) (ganz |komplett |voellig |voi |oafach |einfach )?(weg|hinueber|hi)|(<move>) ~(<n>|<no>|<nil>)|(<n>|<no>|<nil>) ~(<move>)|<no> ~(beweg*|mucks*|regung|zuck*)|regungslos*|reglos*|bewegungslos|leblos*|wie (tot)|wia (tot|a toter)',
    notup:
      '(krieg*|bekomm*|bring*) ~(ihn|sie|eam|ihm|en|s) ~<n> ~(hoch|auf|uf)|(komm*|kimm*|kumm*|kunnt|steh*|staht|stoht|geht|kann|cha|kon|ko) ~<n> ~(hoch|auf|uf|aufe|auffi|ufe|ufsto*|ufstah*|aufsteh*|aufste|aufkemm*|auftret*|auf d (fiass|bei*|hax*)|auf die (bei*|fuess*)|auf kemma)|<n> (auf|uf|hoch|auf ?d)(steh|komm|kemm|sto|stah|kumm|hax)*|<n> (auf|hoch)(?! (der|die|dem|den|d|de|da|mei*|sei*|ein*))|<n> aufsteh*|<n> ~hochkomm*|(bleibt|blibt|blieb) ~lieg*|<no> ruehr*',
    nofeel:
      '(bein*|hax*|fuess*|bei) ~(spuer*|g?spuer*|gspia*|fuehl*) ~<n>|(g?spuer*|gspia*|gspuehr*|fuehl*) ~(bein*|hax*|fuess*|fiass|bei) ~(<n>|<nil>)|(bein*|hax*|fuess*|bei|fiass) ~(<n> ~(g?spuer*|gspia*|beweg*|bweg*|fuehl*)|taub)|<no> gfuehl ~(bein*|bei)|(g?spuer*|gspia*) ~<n> ~(bein*|hax*|bei)',
    broken:
      '([a-z]*kopf|grind|schaedel|birne) ~(aufgschlag*|aufgschlog*|ufgschlag*|aufkomm*|aufkemm*|blut*|[a-z]*wund*|knallt*|voraus|voran|offen|auf)|blut* ~(kopf|ohr*|schaedel)|platzwunde|gnick|wirbelsaeul*|(bein|fuss|arm|hax*|boa|knie|huefte) ~(verdreht|komisch|falsch*|unnatuerlich|quer|absteh*|abgspreizt|verdraeit)|knochen ~(raus*|sieht|schaut|luegt|use)|offener bruch|schrei* (nur|vor schmerz*|wie am spiess)|stoehn*|wimmer*|jammert|<throat>gschnitt*',
    high: '(leiter|leita|leitere|gruest|griast|dach|balkon*|fenst*|baum|bam|staeg*|stege|stega|hochbett|heust*|heuboden|[a-z]*trepp*|[a-z]*stieg*|ross|kran|stapler|wickeltisch|klettergruest|dachbod*|estrich|tenn*|stadl|[a-z]*leiter)',
    burns:
      'brenn*|brinnt*|brinna|brinne|brinnan|braennt|braenna|abbrenn*|brannte|brannten|loht|loder*|lichterloh|zuendelt|angbrannt',
    flat: '[a-z]*keller|[a-z]*haus|[a-z]*zimmer|kuech*|haus|hus|huettn|wohnung*|wonig|wohnig|wohning|zimm(er|a)|[a-z]*zimm(er|a|ere)|keller|kella|chaeller|dach*|stadl|stall|stoi|scheune|scheuer|tenn*|garage|schuppn|schopf|balkon|terrasse|treppenhaus|stiegenhaus|flur|gang|buero|ladn|lade|gschaeft|salon|praxis|studio|werkstatt|lager|lagerraum|gbaeude|nebenan|stock|stockwerk|restaurant|backstube|bad|nachbar*|hof|estrich|decke|wand|wald|wiese|feld|hecke|sauna|solarium|umkleide*|warteraum|garderobe*|behandlungs*',
    burnable:
      '<flat>|bett|matratz*|sofa|couch|vorhaeng*|gardine*|umhang|teppich|herd|ofen|ofe|pfanne|pfann|oel|fett|fritt*|fritoes*|dunstabz*|topf|topfn|[a-z]*baum|[a-z]*bam|adventskranz|kranz|auto|wagn|karre|bus|zug|lieferwagn|motor|motorhaub*|akku*|e ?bike|roller|handy|ladeg*|ladekab*|steckdos*|kabel|[a-z]*kasten|verteiler|[a-z]*maschin*|trockner|tumbler|foen|foehn|glaetteisen|[a-z]*kuebel|[a-z]*eimer|muell*|abfall*|papierkorb|container|heu|stroh|kleid*|pulli|aermel|jacke|hose|handtuch*|tuech*|badetuech*|tischdeck*|serviett*|regal|fernseh*|heizung|kamin|cheminee|grill|gasflasch*|schrank|boiler|comput*|rechner|alles|ois|alls|gruen*hecke|toaster|mikrowell*|lampe|verlaengerung*|solarpan*|laptop|mistkuebl|kerze ~vorhang|zeitung*',
    bodypart:
      'haut|aug*|hals|hois|magen|wunde|kopfhaut|lippe*|gsicht|fuess*|zunge|finger|narbe|wade|oberschenkel|muskel*|knie|blase|po|bikini*|achsel*|beim pinkeln|beim wasserlass*|wasserlass*|schulter*|ruecken|nagelbett|sohle*|rasur|creme|salbe|sonne|seele|herz|kopf',
    flame: 'flamm*|feuer|fuer|feia|foia|feier|fuier|foier|feua|brand|[a-z]*[a-su-z]brand',
    flameverb:
      'steh*|staht|stoht|stend|schl[ao]g*|schloht|schlat|geh*|ganga|komm*|kumm*|gfang*|aus(g)?broch*|usbroch*|loesch*|gloescht|hoch|loder*|ueberall|grei[fp]*|breitet*|ufe|auffi|um sich|raus|use|aussa|fasst',
    smoke:
      'rauch|rauchts?|rauchet|rauchig|rauchschwad*|rauchwolk*|rauchsaeul*|rauchentw*|quaim|roich|rouch|graucht|qualm*|schmor*|kokelt*|verschmor*|motted|dampf',
    smokeplace:
      'dringt|zieht|quillt|steigt|voll*|voi|dicht*|dick*|schwarz*|ueberall|ganz*|gonz*|kommt|kimmt|kummt|chunt|us|aus|ausm|usem|sehn|gseh|atmen|hust*|wie verrueckt|beiss*|verraucht',
    gasword:
      'gelb* leit*|[a-z]*gas*leit*|gaergas*|holzkohl*|kohlegrill|kohlengrill|heizpilz|[a-z]*gas|goos|gaas|gas(flasch|leit|rohr|ofen|hahn|anschluss|koch|therm|herd|boil|zaehl|heiz|uhr|kartusch|grill|bombe|laitig)*|propan*|butan*|chlorgas|ammoniak|ful* ei*|faul* ei*|verfault* ei*',
    smell: 'riech*|riach*|roch|schmoeck*|schmeck*|schmegg*|stink*|stinggt|gstank|gruch*|gschmack|mueffel*|duenst*',
    leak: 'stroem*|ausgstroem*|tritt ~aus|ausgtret*|austritt|leck|laeck|leckt|undicht*|zisch*|pfeif*|entweich*|aufgdreht|ufdraeh*|ufdreht|angbohr*|obohrt|aabohr*|troff*|bschaedig*|abgriss*|geplatzt|offn|offa|off|laeuft ~aus|lauft ~us|(kommt|kimmt|kunnt) ~(raus|aussa|use|heraus|aus)|explod*|angstoch*|auf?graebn|bagger|erwischt|kaputt',
    comelder:
      '(der|an|unser|a|da|de|ein) warner|warngraet*|co warn*|co meld*|(kohlen ?mono*|kohlmono*|kolenmono*|cholemono*|co|c o|gas|kohlenmonoxid) ?(meld*|maeld*|warn*|alarm|waecht*|detekt*|sensor)|kohlenmono*(meld|warn|alarm)*|co2? ?meld*|co2? ?warn*|gasmeld*|gaswarn*',
    alarm:
      'angschlag*|angschlog*|aagschlag*|ogschlog*|angang*|losgang*|piep*|pfeift|pfiift|schlaegt|schlogt|schlat|schloht|alarm*|los|geht|gaht|goht|schrill*|angsprung*|heult|toent|laerm*|laeut*|ausgloest|rot',
    faint:
      'schlofrig*|aug* ~kaum|aug* ~zu|<n> mehr wach|dusel*|dusl*|tamisch|birnenweich|schwind*|trueml*|duemml*|schwumm*|schummr*|schlecht|uebel|kopfweh|kopfschm*|grindweh|benomm*|muede*|kotz*|speib*|erbrech*|erbricht|schloafrig|schlaefr*|bsoff*|umkipp*|ohnm*',
    burglar:
      'einbrech*|ei?brech*|ei?braech*|i?braech*|ibraech*|ibrech*|aabrech*|dieb|diebe|maskier*|vermumm*|raeuber|raeib*|unbekannt*|fremd(er|e|a|en|i|s)? ?(mann|maenner|typ|typen|kerl|ma|person|leute|mo)?|fremda|eindringl*|amok*',
    breakin:
      '(auf|uf|ein|i)(z|zu)?(brech|brach|hebel|hebl|stemm)*|(brich*|brech*|braech*|briecht) ~(ein|ei|i|auf|uf)|(ein|ei|i|in|a|auf|uf)g?broch*|einbrech*|einzubrech*|ei?zbrech*|eingstieg*|eigstieg*|igstig*|eingdrung*|eidrung*|idrung*|eingschlich*|(steig*|klett*|stiig*|kraxel*) ~(ein|durch|uebers|rein|eini|ine|i)|(tritt|tret*|schl[ao]g*|schlaat|schloht|hebel*|bricht|brech*|haut|haun|spreng*|reisst|stemm*|ruettel*|rittel*|poltert|haemmer*|donner*|trommel*|bolz*) ~([a-z]*tuer*|tier|tia|scheib*|schibe|fenst*|schloss|tor|rolllad*)|([a-z]*tuer*|tia|scheib*|fenst*|schloss|tor) ~(ein|auf|uf|ii|ei)?(z|zu)?g?(tret*|troet*|schl[ao]g*|broch*|brech*|hebel*|hebl*|tritt|haut|stemmt*|ruett*|spreng*)|(durchs|durch (das|ein|a|s|mein)|uebers|zum|dur s|dur) ~(fenst*|tuer*) ~(rein|eini|ine|ein|gkomm*|gstieg*|gkletter*|steig*|nei|inecho)|am (tuer)?schloss ~(rum|herum|umanand|fummel*|arbeit*)',
    inside:
      '(im|in|is|ins|am|i|z|uf|ufm|aufm|bei|ums|hinterm|vorm) ?(der|de|dem|em|n|s|da|m|meim|meinem|mim|meiner|unserm|unserem|unserer|eusem|eusere)? ?(<flat>|gart*|[a-z]*tuer|fenst*|grundstueck)|unten|unte|oben|drin|herinn*|inne|dinne|schritte|(vor|hinter|an) (der|da|de|meiner|unserer) [a-z]*tuer*|durchs fenst*',
    someone:
      'niemer kenn*|wer|irgendwer|oana|eine|ane|irgend* ?(wer|jemand)|zwoa|drei|gruppe|unbekannt*|jemand|jemad|oepper|epper|ebba|ebber|einer|typ|typen|mann|maenner|manna|mane|maa|leute|kerl*|gstalt*|<burglar>',
    hide: 'tun sie ~so ~als|(leis*|lisli|staad) ~(red*|sprech*|sein)|red* ~leis*|so tun ~als|versteck*|versteggt|eingsperr*|eigsperr*|igsperr*|eingschloss*|eigschloss*|igschloss*|verbarrikad*|verschanz*|(leise|lisli|lislig|liis|staad) ~(sprech*|red*)|fluester*|<n> laut',
    weapon:
      'schusswaff*|pistol*|waffe*|[a-z]*messer|messa|maesser|gwehr|knarre|revolver|[a-z]*waffe|machete|axt|beil|baseball*|schlagst*|eisenstang*|knuepp*|hammer|buechs|flint*|puffn|brecheis*|schraubenzieh*|stichwaffe',
    threat:
      'droht|bdroh*|bdrot*|bedroh*|bedrot*|drohn|droh|fuchtel*|geht ~los|ging ~los|gaht ~los|goht ~los|losgang*|los gang*|auf ~los|zeigt|haelt|hebt|hoit|ziel*|angrei*|angriff*|aagriff*|ogriff*|attack*|sticht|stach|niedergst*|(er|ab|ein|nieder|zua)g?stoch*|stech*|(in|i) (der|de|da) hand|vor die nas*|an (den|de|meinen) (hals|kehle)|ueberfall*|ueberfoi*|zog*|zieht|raeum*|her ?mit|verfolg*|steht|stoht|umanand|umenand|herum|rum|glegt|tresn|theke|nachglauf*|auf mi|auf mich|uf mi',
    beat: '(zu|z)?s?[aeo]m[a-z]{0,3}g?(schl[ao]g*|schlog*|pruegel*|drosch*|haut|haun)|niederg?schl[ao]g*|nidergschl*|verpruegel*|pruegel*|(schlaegt|schlogt|schlagn|schlogn|schlug|schlaat|schloht|wuergt|wirgt|tritt|tret*|haut|watscht|drischt|dresch*) ~(mich|mi|uns|eus|ein|ei|ihn|auf ihn|auf sie|auf mich|nieder|zu|zsamm|zaem*|uf ihn|uf d*|ufe|eam|auf eam|eini|aufeinander)|wuergt*|vergwaltig*|packt ~(mich|mi)|zerrt|entfueh*|eingschlag*|eingpruegel*|zugschl*|niederg?st*|miss?handel*|angriff*|aagriff*|ogriff*|verdrisch*|verdrosch*|schlaegt (meine|seine|ihre)',
    shoot: 'schuss|schuesse|schuesst|gschoss*|rumgschoss*|schiess*|ballert|schuesserei',
    rob: '(raub)?ueberfall*|ueberfoi*|iberfoi*|ausgraubt|beraubt|raubt|braubt|usgraubt',
    killother:
      '(bring*) ~(mich|mi|uns|ihn|sie|eam|eus) ~um|umbring*|umzubring*|umzbring*|abstech*|er(schlag|schiess|stech)*|totschlag*|hi(n)?mach*|toetet?|abmurks*|erschlog*',
    will: 'wue|will|wui|wuell|wott|wett|woit|moecht*|moegt|mechat|moechat|mag|mog|muess|werd*|wird|wuerd*|taet*|wollt*|wolln|han vor|hab vor|vor hat|ueberleg*|denk* ~dra*|dra* ~dank*|trau|weiss <n> ob|plan*',
    die: '<nomore> ~(auf|uf) (der|dieser|dera|dere|derer) welt|<nomore> ~(weitermach*|weiter leb*|wiitermache)|sterb*|steab*|staerb*|stoerb*|tot (sein|si|sei|waer*)|tot waer*|(<nomore>|nicht laenger) (da|do|hier|dabei|am lebn) (sein|sei|si)|(<nomore>|nicht laenger|<n>) (auf|am|uf|mit|laenger|weiter)? ?(lebn|laebe|lem|leba|laeb|existier*|weiterleb*|weiter leb*|(auf|uf)?wach*|aufsteh|auf der welt|uf dere welt)|nie (wieder|mehr|meh|meah|wieda) (auf|uf)?(z|zu)?wach*|niamois ~aufwach*|<n> ~aufzuwach*|(ein|i)schl[ao]f* ~(<n>|nie|<nomore>) ~(auf|uf)?(z|zu)?wach*|unter der erde|verschwind* ~(fuer immer|welt)|weg (sein|vo dere welt)',
    suicideword:
      'pulsad* ~(auf|uf)*|h[ae]ng* (mi|mich|si|sich|mech) (auf|uf)|drueck* ~ab|(geh|gang|folg*|komm) ~(ihm|ihr|eam|dir) ~(nach|hinterher)|(suizid|selbstmord|sel[bp]s?tmord|selbsttoet|freitod|suicid|suizidal)*|absch[ie]+ds ?(brief|nachricht|video|zeile)*|abschidsbrif|(er|auf|uf|o)g?h(ae|e)n[gk](n|t|e|a|en|kt)|aufgh[ae]n[gk]*|ufgh[ae]n[gk]*|ufhaenk*|strick',
    killself:
      '(bring|bringe|brings) ~(mich|mi|me|mech) ~um|(bringt|bringa|bringts|bringn) ~(sich|si|se|sech) ~um|(mich|mi|sich|si|se|sech|dich|di) (selber |selbst |grad |jetzt |heute |jez )?(umbring*|umzubring*|umzbring*|umbracht|toetn|zu toetn|erschiess*|vergift*|aufh[ae]n[gk]*|erh[ae]n[gk]*|ufh[ae]n[gk]*|wegmach*|hoamdr*|hamdr*)|(leben|laebe|lem|lebm) ~(nehm*|neh|naeh|nae|nimmt|gno|gnomm*|ein ende|es end|en end|a end|beend*|wegwerf*|schluss|zu nehm*)|(ende|end|schluss) ~(setz*|mach*) ~(leben|laebe|lem|allem|allm)|(allem|allm|oim|dem ganzn|em ganze|alles|ois|mim laebe|mitm lebn|mit (dem|meinem|seinem|ihrem) leben) ~(ein|en|a|es)? ?(ende|end|schluss|beend*)|mit allem schluss|(mir|ma|sich|si|mer|sech) ~(etwas|was|oeppis|wos|epps|ebbas) ~(an|aa|o|ah)(zu|z)? ?tu*|tut sich ~was an|wos o(tuan|toa|tu)|was antu*',
    jump: 'gsprung*|spring*|gump*|juck*|stuerz*|hupf*|(runter|abe|obi|owi|abi|owa|oba|nunter|ra)(zu)?(spring|gump|hupf|stuerz|jump|juck|hops)*|abe|obi|owi|runter|hinunter|nunter',
    jumpfrom:
      'fels*|gleis*|falsch* seite|glaend*|aussen|ueber d[ae][sm]? glaend*|[a-z]*bruecke*|brugg|dach|[a-z]*dach|balkon*|fenst*|hochhaus|klippe|turm|turn|glei[sz]*|[a-z]*glei[sz]*|[a-z]*schien*|viadukt|parkhaus|bahnsteig|stock|bahnuebergang|zug|[a-z]*bahn|u bahn|s bahn|lkw|lastwag*|tram',
    ontracks:
      '(vor|for|unter) (den|de|en|einen|da|n|an|die|d|s|em|dem|der) (naechste* )?([a-z]*zug|zuug|s ?bahn|u ?bahn|bahn|lkw|lastwag*|auto|tram|laster) ~(werf*|spring*|schmeiss*|leg*|wirf*|hau*|ghei*|gworf*|gsprung*|gschmiss*|lauf*|stell*|gumpe*|ruehr*|rueher*|stuerz*)',
    hopeless:
      '(dass|bis|wenn) (es|s|alles|ois|des) ~(aus|vorbei|rum) (ist|is|isch|waer*)|(will|wui|wott|wuell|moecht*|wue) ~(dass) (es|s|alles|ois) ~(aus|aufhoert|vorbei|endet|ufhoert)|(pack*|derpack*|dapack*|schaff*|halt*|ertrag*|mag|mog) ~(leben|laebe|lem) ~<n>|(leben|laebe|lem) <nomore>|(letzt* mal|noch mal|nomal) ~stimme|(pack*|schaff*|ertrag*|dapack*) ~<nomore> ~(leben|welt|aus|schluss|ende|tut mir leid)|(will|moecht*|soll|wui|wott|dass) ~(es|des|ois|alles) ~aufhoer*|(leben|laebe|lem|alles|ois|alls|s) ~(<no>|<n>|nima) ~(sinn|wert|zweck)|<no> ~(sinn|kraft|ausweg|zweck|lebenswill*|lebensmut|grund|lust) ~(leb|laeb|mehr|meh|lem|weiter)*|<n> lebenswert|ohne mich ~(leichter|gscheit*|gueter|bess*)|bess(er|a) ~ohne mich|lieber tot|lebensmued*|(niemand|keiner|keina|niemer|kei mensch) ~vermiss*|vermiss* ~(niemand|keiner|keina|niemer)|<no> (bock|lust) ~leb*|<n> ~weiter ?leb*|(leben|lem|laebe) ~(satt|sott)|sinnlos|<no> ausweg',
    rescue:
      '(rettung|rettig|rettungs?wag*|rettigswag*|krankenwag*|krankawag*|krankewag*|not[ao]rzt*|nota[ro]zt|noteirzt|notarz*|sanka|sankra|sani|sanis|sanitaet*|ambul[ao]nz*|rettungsdienst*|[a-z]*hubschrauber|feuerwehr|fuerwehr|feiawehr|feierwehr|feiaweah|polizei|polizi|bolizei|blaulicht|112|110|144|133|122|117|118|eins eins zwei|eins eins null|hundertzwoelf|hundertvierundvierzig)',
    send: 'ruf*|schick*|hol*|brauch*|bruch*|verstaend*|alarmier*|waehl*|kemma|schnell*|sofort|dringend|verbind*|komm|kommn|kommt|anruf*|aalueut*',
    animal:
      '(?<!(wie) (ein|a|n|e|en) )(?<!(vom|vum|vo mim|von meinem|von ihrem|von seinem) (hohen )?(?=(pferd|ross|pony)))((schaefer|jagd|haus|strassen|blinden|wach|ketten|hof|misch)*h[uo]nd|h[uo]nd(e|es|i|l|erl|s)|huend*|wauwau|waldi|bello|minka|minki|rex|hasso|strolch*|schnurri|schnurrli|mikesch|rocky|fiffi|wuffi|mohrle|mauzi|muschi|schnuffel*|tapsi|[a-z]*katz|katz*|[a-z]*katze|[a-z]*katzen|kater|kata|koder|koda|mietz*|miez*|welp*|ruede|ross|roessl|rosse|pferd*|gaul|pony|stute|hengst|fohlen|wallach|esel|esl|kuh|kua|kuehe|henne|schafe|lamas?|kaibi|kaiwe|rinder|rindv*|stier|ochs*|schwein|fak[le]*|ferkel|saeuli|schof|laemm*|lampl|ziege|goass|gitzi|huhn|huehner|hendl|guggel|gockel|gockl|giggerl|gans|entn|kaninch*|hase|hasi|haserl|haesli|karnickel|chueng*|meersch*|hamst*|goldhamst*|ratte|maus|rennmaus|frettch*|chinchil*|degu|schildk*|schuidk*|schlange|leguan|gecko|bartagam*|chamael*|echse|vogel|vogerl|voegeli|[a-z]*sittich|papagei|[a-z]*papagei|kanari*|kakadu|fisch|fischli|fische|goldfisch*|vieh|viech|viecha|[a-z]*viech|viecherl|tierli|vierbein*|haustier*|dack[le]*|pudel|labrador|terrier|mops|dogge|beagle|rottweil*|husky|retriever|collie|chihuahua|bernhardin*|boxer|bulldogge|igel|haflinger|[a-z]*tierarzt|tierklinik|tieraerzt*|muneli|chalb*|busi|busili|wellensitt*|maulti*|stallhas*|zwergkan*|tierpraxis)(?! ([a-z]+ ){0,2}(bissn|bissa|bisse|trettn|trotn|angfalln|angriffn|abgworf*))',
    bitten: 'biss|bissn|bissa|bisse|trettn|trotn|trampelt|angfalln|angriffn|zerfleischt|abgworfn',
    acute:
      '<sudden>|seit (ein paar|gut|etwa|circa|a paar|paar|rund|es paar|ungfaehr)? ?([a-z0-9]+ )?(minut*|sekund*|viertelst*|stund|halb* stund*|halbst*)|immer noch|hilfe|huif|haif|hilf|helft|helfn|schnell*|schnoi|gschwind|sofort|um (himmels?|gottes?|gotts?) ?wui*l*e*n?|gott|jessas*|jesses|(hoert|heart|hert|hoer) ~<n> ~auf|(vor|nebn) mir|<n> was (ich|i) ~(mach|tu)*|<n> was tun|was (soll|muess|mach|tu|tuan) ~(ich|i|mir|ma|wir)',
    now: 'grad|grade|grod|gradebn|ebn|ebe|jetzt|jetz|etz|etzt|iatz*|jez|hiaz*|hietz|etza|seit ~(minut*|stund*|sekund*|ebn|vorhin|heut*)|hilfe|huif|ploetz*|auf einmal|uf eimal|auf oamoi|auf amoi',
    ones: '(dem|mei*|sei*|ihr*|einem|em|sim|mim|da|der|de|am|eim|unser*|erstn|s|mine*)',
    past: 'mit (eins|zwei|drei|vier|fuenf|sechs) ~mal|(hat|hatte|bin|ist|is|isch|wurde|hot|het|hab|habe) ~~(?<!(auf|uf|schon) )(mal|amal|amoi|emol|emal|einisch) (fast |einen |eine |an |en |a |e )?(verschluckt|gfalln|umgkippt|brochn|stuerzt|verbrueht|erstickt|ohnm*|gstochn|schl[ao]g*|herzinf*|anfall|krampf*|unfall|brand|eingbroch*|ueberf*|zusammeng*)|operiert|op (ghabt|gha)|nach (der|meiner|einer) (op|operation)|verstorb*|selig*|gott hab ihn|(mein|ihr|sein) ex ?mann hatte|ueberleb*|(beim|bei (der|de|da|meiner|unserer|seiner|ihrer)|am|im|bim) (vor|aller)?letzt* [a-z]+|vor (corona|dem krieg|der wende|der pandemie|meiner zeit)|(in|aus) (mein*|unser*|der|sein*|ihr*|ueser*|de) (alt*|frueher*|erst*|letzt*|vorig*) (wohn*|haus|job|firma|laden|wg|beziehung|wonig|stell*|salon|schul*)|in den ([a-z]+zig|[a-z]+zg)*(ern|er)? ?(jahrn)?|[a-z]+zigern|seitdem|seither|das war (noch|im|in|vor|damals|mal|letzt*)|(war|waren|woar|woarn) ~(damals|noch (klein|kind|jung|schueler*))|bei der bundesw*|in der (schule|ausbildung|grundschule) ~(mal|damals)|beim (bund|militaer) ~mal|anno|ueber winter|ueber weihnacht*|zu ostern|an weihnacht*|an silvest*|silvest*|heuer im|(vor|for|voa|vur|vo) ([a-z0-9]+ ){0,3}(jahr*|joar*|johr*|jaar|jeihr*|monat*|monet*|mont|woch*|wuch*|tag|tagn|tage|tog|zeit*|zit|ewigkeit*|ostern|weihnacht*)|(letzt|letscht|lescht|vorig|vergang|vorletzt|verganga|vergangn)*(e|es|er|en|em|s|i|a|n) ([a-z]*(jahr|joar|johr|monat|monet|woch|wuch|wocha|winter|sommer|summer|fruehjahr|fruehling|herbst|mal|moi|mol|urlaub|ferie|ferien|weihnacht|ostern|zeit|silvest|advent|fasching|tag|nacht)*|januar|februar|maerz|april|mai|juni|juli|august|[a-z]*ember|oktober|[a-z]*tag)|letzt(hin|ens)|letscht?hin|letztlich|neulich|neilich|nuelich|kuerzlich|unlaengst|(als|ois|wie|wo) (ich |i )?(noch |no )?(kleines? |a kloana |es |a )?(kind|junge|maed*|jugend*|baby|teenager|bub|kleinkind|student*|schuel*|klein|kli|kloa|jung|bua|junger? (mann|frau)|schwanger)|(kindheit|jugend|schulzeit|lehrzeit|bundeswehr|militaer|bundesheer)|mit (sechs|siebn|acht|neun|zehn|zwoelf|vierzehn|sechzehn|achtzehn|zwanzig|dreissig|vierzig|[a-z]+zig|[a-z]+zehn) ~(hatt*|war|bin|hab*)|frueher|friara|fruener|friaher|friacha|damals|domois|damois|dazumal|seinerz*|dozmol|domols|dunnzmal|im (januar|februar|jaenner|feber|maerz|april|mai|juni|juli|august|[a-z]*ember|oktober|winter|somm*|fruehj*|fruehling|herbst|urlaub|jahr|skiurlaub|krieg)|(seit|nach|noch|siit|zit) <ones>? ?(letztn |schwern |leichtn |grossn |kleinn |ersten )?(schl[ao]g*|schlaegli|herzi*|infarkt|[a-z]*brand|ueberfall|einbruch|op|operation|[a-z]*anfall|hirn*|herzst*|zusammenb*|kollaps|vergift*|suizid*|koma|feuer|scheidung|ofoi|ohnm*)|(seit|siit|zit) <ones>? ?(letztn |schwern |leichtn |grossn |kleinn |ersten )?([a-z]*unfall|[a-z]*sturz|fall)|(19|20)[0-9]{2}|(zweitausend|neunzehnhundert)*|(jahr*|joar*|johr*|monat*|woch*|wuch*|ewig*|lang|lange|laenger|laengst) (her|hea|vorbei|verheilt|ueberstand*)|ewigkeit*|(scho|schon) (mal|amal|amoi|einmal|emol|einisch|zwei ?mal|oefter) ~(ghabt|gha|ghobt|passiert|erlebt|gwesn|gsi|umkippt|drin|bei)|(scho|schon) (lange her|lang her|lang vorbei|laengst vorbei)|hatte[nt]? ~(mal|amal|einmal)|(ha|hab|hob|hat|hot|han|bin|is|war) ~(?<!(auf|uf) )(amal|amoi|emol|emal|einisch|mal|oamoi) ~(ghabt|gha|ghobt|umkipp*|umg*|fast)|gest(ern|a|an|er)|vorgest*|am wochenend*|am wuchenend*|seit (jahr*|monat*|woch*|langem|kind*|gburt|joar*|johr*|ein paar woch*|einigen woch*|[a-z]+ jahr*|[a-z]+ johr*|[a-z]+ monat*|[a-z]+ woch*|letzt*|dem (winter|sommer))|sither|sitdem|seitam|reha|rehab|nachsorg*|ueberlaebt|ueberstand*|verheilt|ausgheilt|auskuriert|verarbeit*|gwesn ~damals|inzwischn ~(gut|gsund)|geheilt|therapiert',
    well: 'gut|bess(er|a)|prima|bestens|super|okay|ok|gsund|fit|wohlauf|heim|daheim|dihei|zuhaus*|zu haus*|munter|wach|heil|in ordnung|i ornig|auf (den|de) (bei*|hax*|fuess*)|uf de bei|beinand|beinander|zwaeg|putzmunter|aufm damm|auf dem damm|top|in butter|im griff|paletti|wohl',
    fine: '(waren|war|schmeckt*) ~(lecker|koestlich|guat|fein)|heiser*|sofort wieder (wach|da|fit)|(lacht|spielt|red*|lauft|trinkt) (er |sie |es )?(scho |schon |jetzt )?(wieder|wida)|prima|(ist|war) (das |es )?harmlos|(sitzt|steht|lauft|hockt|krabbelt|rennt|trinkt|schimpft|spielt|hupft) ~(scho|schon|eh|laengst|jetzt|bereits) (wieder|wida)|(hat|hot|het) (aber |eh |ja |sich |si |zum glueck )+<nil> [,.]|(ekg|ct|roentgen|untersuch*) ~(in ordnung|unauff*|gut|ok|sauber)|<nil> ~(gfundn|gfunde|festgst*)|(genaeht|verbundn|verarztet|gklebt) (wordn|und|worde)|faeden ~zieh*|fadnzieh*|(spielt|spuit|lacht|trinkt|red*|laeuft|tobt|springt|huepft|rennt|schlaft|geht) (schon |scho |jetzt |inzwischn |laengst |eh )?(wieder|wida)|(hatte|hat|hot|het|hatten) (aber |ja |doch |wohl )?(nur|bloss|nua|nume) (ihr|sein|die|das|den|ein|a|an|en|d|s|mal|kurz|zu)|war aber <nil>|kurz gweint|trost*|(war|wars) ~(harmlos|halb so|blinder|kein problem)|(geht|gehts|gaht|gahts|goht|gohts|ged|gets) ~(wieder|wida|scho|schon|eh|inzwisch*|soweit|zum glueck|mittlerw*|laengst|alln|beidn|ihm|ihr|eam|ihnen|eana|ihne|em|ihra) ~<well>|(ihm|ihr|eam|ihnen|eana|em|dem|alln|beidn|ihne|ma[an]*|oma|opa|kind|ihra) ~(geht|gehts|gaht|gahts|goht|gohts|get|gets) ~<well>|(is|isch|ist|bin|sind|san|sin) ~(wieder|wida|laengst|eh|inzwisch*) ~<well>|(alles|ois|alls) ~(<well>|halb so wild|vorbei|gregelt|erledigt|ueberstandn|glimpflich|gklaert|harmlos)|(glimpflich|gut) (ausgang*|usgang*|verlauf*)|<nil> ~(passiert|gscheh*|zugstoss*|schlimm*|ernst*|tragisch*|wild*|dramatisch*|broch*|gmacht)|(halb so|nicht so|nicht weiter|<n>|<n> so) (schlimm|wild|tragisch|ernst|dramatisch|schlimms)|(niemand*|neamand|keinem|koam|niemertem) ~(passiert|verletzt|gscheh*|zugstoss*)|(schon|scho|bereits|laengst|eh|zum glueck) (laengst |lang |wieder |wida )?(vorbei|verbei|ueberstand*|erledigt|gloescht|glescht|versorgt|verarztet|abgholt|unterwegs|im krankenhaus|im spital|in behandlung|beim arzt|bim arzt|aus|draussen|verbunden)|(arbeitet|lernt|spielt|schafft) (schon |scho |wieder )+(weiter|wieder)?|(hat|hot|het) (sich|si) ~(erledigt|gklaert|beruhigt|gbessert|erholt|rausgstellt|herausgstellt)|fehlalarm|falsch* alarm|blind* alarm|entwarnung|probealarm|testalarm|(war|wars|woar|woars|wor) ~(nur|bloss|lediglich|nua|nume)|(isch|ist|is|sind|san) (ja |doch |eh |halt |aber |alles )?(nur|bloss|nua|nume) (ein|a|en|der|die|mein|mei|min|das|es|de|da|unser|d|s|weil)|(nur|bloss|nume|nua) ~(gwesn|gsi|gwen|gwest|gwaen)|(notarzt|arzt|rettung|feuerwehr|polizei|polizi|sanitaet*|krankenwagn|ambulanz*|doktor|sanka|dokta|sanis) ~(war|is|ist|isch|sind|san|woar) ~(schon|scho|bereits|eh|glei|wieder)|(zum glueck|gott sei dank|gottseidank|gluecklicherw*|gottlob) ~(<nil>|alles|nur|niemand|keiner|wieder|schon|scho|gut|bloss|glei|gleich|glimpflich|sofort|wida)|(dacht*|docht|gmeint|gmoat|glaubt|denkt) ~~ ~(nur|bloss|doch|nua|nume)|(spiel*|spuit|spuin) ~(feuerw*|feiaw*|rettung|polizei|arzt|einbrech*|raeub*|tot|doktor|krankenhaus|notarzt|verstec*|indianer|pirat*|im hintergrund)|(tut) (nur|bloss) so|nur so tan|(nur|bloss) (gspielt|gspuit|gstolper*|ein scherz|spass|traeumt|erschrock*|schreck|gschreckt|en witz|ein witz|a schmaeh)|albtraum|traum ghabt|g?traeumt|lacht (schon |scho |inzwischn )?(wieder|wida|drueber)|(wieder|wida) ~(entlass*|hoam|daheim|gsund|fit|alles|normal|zhaus|zuhaus|dihei|wohlauf|munter)|entlass*|entlossn|mit dem schreck*|nur (ein |a |en )?(kratzer|schramm*|beul*|schreck*|blau*)|davongkomm*|davonkemm*|davocho|verbunden und|gnaeht word*|gnaeht und',
    story:
      '(wir|mir|ma) (uebn|uebed|probn)|(uebn) (wir|ma|mer|mir|am|heut*|morgn|grad)|feuerwehrjug*|jugendfeuerw*|feuerwehrmann sam|theat*|film|hoerb*|hoersp*|podcast|roman|krimi|videosp*|(im|in|am|vom|aus|beim|us|en|an|ein|der|de|da|s|a|den|einem|diesm|diesn|neuen|neue|gestrige*) ?([a-z]*film|fuim|tatort|krimi|fernseh*|fernsaeh*|tv|buech|roman|hoerb*|hoersp*|podcast|[a-z]*theat*|maerchen|videosp*|video|comic|netflix|radio|zeitung|zitig|nachrichtn|musical|oper|escape*|doku*|thriller|[a-z]*serie|sketch|traum)|[a-z]*serie|folge|netflix|[a-z]*krimi|tatort|fernseh*|schauspiel*|statist*|kompars*|dreharb*|drehtag|(wird|werden) gdreht|drehen (wir|ein*)|filmset|filmdreh|auffuehr*|rolle|halloween*|fasching*|fasnacht*|karneval|maskenbild*|kostuem*|erst* ?hilf*|ersthelf*|nothelf*|nothilf*|(?!(sport|yoga|zumba|spinning|schwimm|turn|pilates|tanz|fitness|reit|ski|koch|rueckbild|musik|zirkel|kraft)[a-z]*)[a-z]*(kurs|kurse|kursn|seminar|schulung|fortbild*|lehrgang|weiterbild*|workshop|unterricht|uebung|uebungen|pruefung|vortrag|(?<!an)probe|training|trening)|uebig|simulier*|simulation|trainieren wir|(lern*|uebt?|ueben|uebe|gueb*|gprobt|probn) ~(wie|wir|reanim*|wiederb*|stabil*|heimlich|beatm*|druckverb*|man|ma|mir|heut*|das|herzdr*)|wiederbeleb*|reanimation|referat|hausarb*|artikel|reportage|song*|album|band|witz|videogame|game|playstation|buehne|gschichte ueber|leiche gspielt',
    workplace:
      'sanka*|[a-z]*sanitaet*|notarzt*|krankenschw*|krankenpfl*|chrankesch*|[a-z]*pfleg*|arzt|aerztin|doktor*|chirurg*|kardio*|neurol*|anaesth*|feuerwehr*|feiaw*|fuerwehr*|polizei*|polizi*|kripo|kommissar*|brandmeist*|brandsch*|brandermi*|hebamm*|psychol*|psychiat*|therapeut*|[a-z]*seelsorg*|install*|klempn*|schornst*|rauchfang*|kaminf*|sicherheits*|detektiv|apothek*|bestatt*|labor*|ambul*|rettung*|rettig*|notaufnahm*|notfall(sani|med|st|pf|zentr|ambul|praxis|assist)*|intensiv*|[a-z]*krankenhaus|spital*|leitstell*|gift*|stadtwerk*|gasvers*|stroke*|herzst*|blutb*|blutsp*|rot* kreu*|rot* kreiz|rot* chruez|rote chrueez|samarit*|rega|berg(rett|wach)*|wasserw*|dlrg|malteser*|johannit*|thw|werk(schutz|feuer)*|spitex|stroke unit|krisen*|suizid*|hospiz*|bereitsch*|[a-z]*wache|anlagenm*|gas(inst|mont|techn|werk|wass|netz)*|unfallchir*|telefonseels*|leichen*|brandwach*|nachtdienst|schmerzklinik',
    work: 'bei (uns|ues|eus) (in der|auf der|im|am|bei der|i de|uf de|in da) <workplace>|(leit*|fuehr*|betreu*|unterricht*) ~<workplace>|(leute|menschn|anrufer*|patientn|betroff*|opfer|leut|mensche|kindern?|frauen|maenner) (an )?(die|deren|wo|denen)|deren (kind*|mann|frau)|(meine|unsere|mini) (schicht|wache|dienstst*)|[a-z]*notzentrale|vergiftungszentr*|(bin|bi|als|ois|is|isch|ist|werd*|wird|lern*|lehrt|ausbild*|arbeit*|arbat*|arwat*|oarb*|eirw*|eirb[ae]t*|schaff*|hackl*|job*|dienst|schicht|angstellt|studier*|beruf*|praktikum) ~(bei|beim|bim|fuer|in|im|i|auf|uf|der|da|zum|zur|als )? ~<workplace>|(beim|bei (der|de|da|den)|bim|bi (de|der|s)|auf (der|da|de)|i (de|der)|uf (de|der)|im|in der|in da|fuer[ns]*|bei) (freiwillig* |ff |bruefs|hiesig* )?<workplace> ~(arb*|oarb*|eirw*|arwa*|schaff*|taetig*|dienst|schicht|bin|bi|hackl*|angstellt|ausbild*|lehr*|aktiv|ehrenamt*|engag*|mitglied|is|isch|ist|und|dahe[ra]|drum|deswegen|deshalb)|(bin|bi|is|isch|ist|sind|san) ~(bei|beim|bim|bi) ~<workplace>|(feuerwehr|rettungs|rettigs|notarzt|polizei|sanitaets|nacht|notfall|brand|gas|intensiv)(mann|frau|ler|leute|sanit|assist|schwest|beamt|kamerad|schicht|install|mont|techn|meist|ermitt|sachv|gutacht|beauftr|dienst)*|[a-z]*sanitaeter*|anlagenm*|krankenschw*|[a-z]*pfleger*|nachtdienst*|nachtschicht*|dienstplan|schichtdienst*|von beruf|beruflich*|berufs*',
    product:
      'nach (dem|mein*|einem|ihrem|seinem) (sturz|unfall) ~(physio*|massage|reha|kranken*|termin*)|(was|wos|wie ?viel|wieviel|wia ?vui|wi vil|wieviu) ~(kost*)|(biet*|verkauf*|reparier*|montier*|installier*|liefer*|bestell*|kauf*|anschliess*|aaschl*|einbau*|empfehl*|empfiehl*|hend|habts|hobts|haend|haett*|gibts|gits|geits|machts|mached|behandel*|chunnt|haben sie|ham s|hamms|gibt es|machn sie|macht ihr|habt ihr|haet ihr|heit er|haend er|hend er|hend ihr|fuehrn sie|nehmen sie|kennt ihr|nutzn sie|verwend*) |zahlt ~(kasse|krankenk*|versicher*)|uebernimmt ~kass*|krankenk*|[a-z]*physio*|[a-z]*therapie|logopaed*|krankengym*|(?!herz)[a-z]*massage*|gutschein*|preisliste|angbot|rezept|wartung*|warten lass*|ueberpruef*|einbau*|kundendienst|kostenvor*|duft|parfum|lippenst*|nagellack|make ?up|faerb*|umfaerb*|nachfaerb*|[a-z]*farbe|straehn*|toenung|balayage|shampoo|[a-z]*creme|[a-z]*salbe|serum|peeling|maske|lotion|balsam|tattoo|(brand|feuer|gas|blut|notfall|herz|rauch|einbruch*|atem|krampf*)(schutz|salb|creme|loesch|herd|therm|grill|koff|kissn|mask|laser|versich|abrech|zaehl|rechn|tarif|anbiet|pedal|heiz|yoga|loes)*|alarmanl*|tuerspion|ueberwachungsk*|sicherheitssch*|defi*|pfefferspray|(rauch|gas|feuer|brand|co)*meld* (montier*|install*|wechsel*|tausch*|kauf*|verkauf*|anbring*|vorschrift|pflicht)',
    hypothetical:
      'wenn (ich|i|mer|ma|man|wir) (anheiz*|einheiz*|anmach*|aufdreh*|einschalt*)|angnomm*|(nehmn|nehma|naehm*|sagn) (wir|ma|mer) ~(mal )?~(an|o|aa)|mal angnomm*|(was|wos) (warat|waere|waer|is|ist|isch|war|mach*|tu*) ~(wenn|wann|falls|wend)|falls|(was|wos) (mach*|tu*|muess|soll*|waer*|waar|is|isch|passier*|taet*|koennt*|gschieht|gscheht) ~(wenn|falls|wann)|was wenn|(wenn|wann|falls|sollt*|sofern) ~(mal|amal|amoi|emol|emal|einmal|einisch|irgendwann|jemand|wer|oepper|epper|jemals|jemad)|(wenn|wann|falls) (man|einer|oana|eine) |(angnomm*|mal angnomm*|stell* ~vor|theoretisch|hypothet*|rein interesse*|nur mal so|interesse*halber)|(fuer den|im|fuern|fuer de|fuere) (fall|notfall|ernstfall|brandfall|falle)|(kann|cha|ko|koenn*|kannt*|kunnt*|darf|koennt*|kennt*) (man|ma|mer|des|das|es|da|die|der|so|sowas|mir|i|ich|davon|dabei|dadurch|jemand|einem|sich|vo|von) ~(davon|von|vo|drvo|passier*|krieg*|bekomm*|kriang*|uebercho|allerg*|durch|bei|ersticken|umkipp*|umfall*|sterb*|explod*|verblut*)|(wie|woran|ab wann) ~(erkenn*|merk*|verhalt*|vermeid*|verhinder*|vorbeug*)|(ist|is|isch) (das|es|des|sowas|so was|s) ~(normal|gfaehrlich|schlimm|schaedlich)|(gfaehrlich|schaedlich|risik*|riskant|wahrschein*|symptom*|anzeichen)|(hab|habe|han|hob|ha|haett*) ~(angst|sorge*|schiss|bammel) ~(dass|vor|davor|i|ich)|angst (dass|vor|davor)|irgendwann|vorbeug*|vorsorg*|verhinder*|vermeid*|(damit|nicht dass|net das|<n> dass|<n> das) ~~(<n>|<no>|<nil>|niemand|mal|am ende|umkipp*|umfall*)|eines tages|waer* ~(wenn|falls)|wuerd* ~(passier*|wenn)',
    question:
      '(koennt*|waer*|haett*|sollt*|taet*|kann|cha|koennen|muesst*|warat|duerf*|darf) (man|ma|mer|mir|da|das|des|es|die|der|so|sowas|ich|i|mi|ein*|dieses|davon|durch|vo)',
    conditional:
      '(?<!(als|ois|wie|ob|<not>) )(?!wenn (ich|i|er|sie|ma|man|mer) ~(atm*|eiatm*|einatm*|ausatm*|schnauf*|schnuf*|luft|hust*|klopf*|ruettel*|anfass*|beruehr*|ansprech*|sprech*|druck*))(nehmn wir|warat|wurad|miassad|muesst*|wenn|wann|falls|wenns|wanns|wend|sollt|sollte|sollts|ob|obs|sofern|bevor|koennt*|kannt|kunntn|kennt|choent*|waer*|taet*)',
    dead: '<n> ~(weggeh*|weg ?ght|aufhoer*|nachlass*|besser)|<n> (was|wie|wer|wo) |(weiss|weisi|wois|wees) ~(<n>|<nil>)|<n> (weiss|wissen)|(kann|cha|koenn*|ko|krieg*|komm*|kimm*|kumm*|bekomm*|schaff*|geht|gaht|goht|bring*|will|wui|wott|mag|mog|darf|find*|g?spuer*|gspia*|versteh*|steht|hilft|trau*|seh*|sieht|hoer*|heart*|hert*|siagt) ([a-z]+ ){0,5}?(<n>|<no>|<nil>)|<n> ~(auf|uf)(hoer|her|heart)*|<n> ~(gstillt|stillen|stopp*)|<n> (nur|bloss|laenger|genau)|<n> (ansprech*|reag*|red*|sprech*|antwort*|beweg*|atm*|schnau*|aufsteh*|wach*|weiter*|ruhig*|bei bewusst*|was|wie)|<nomore> (ansprech*|reag*|red*|sprech*|antwort*|beweg*|atm*|schnau*|aufsteh*|wach*|weiter*|auf|hoch|zu sich)|(reag*|antwort*|atm*|beweg*|ruehr*|riat|schnau*|schnuf*|wacht?|hoert) ([a-z]+ ){0,2}?(<n>|<nil>)|<no> (puls|luft|ahnung|antwort|reaktion|ton|mucks|wort|zeit|kraft|gfuehl|sinn)|<nil> (mehr|zu machn|raus|dafuer|hilft)|ohne (vorwarnung|grund|witz|scheiss|mich)|<no> (scherz|spass|witz)',
    denial:
      '(schmerz*|brustschm*|atemnot|fieber|blutung*|probleme?) ~(hab|habe|han|hat|hot|het) ~<n>|<n> (so )?(, )?(dass|als ob|als wenn|als waer*)|<n> dass (sie|du|i|ich|ihr|s) (denk*|mein*|glaub*)|(keine|kei) rede|<n> <no>',
    negation: 'nichts|kein*|<n>|<no>|<nil>|<nobody>|ohne|weder|nirgends|niene|nienet|niena|nirgendwo',
    appointment:
      '[a-z]*termin*|teamin*|schneid*|schnid*|haarschn*|verschieb*|verleg*|absag*|umbuch*|reservier*|oeffnungsz*|naechste woche|faerb*|waschn|massage|kosmetik|pedik*|manik*|physio|krankengym*|frisur*|friseur*',
    bodycolour:
      'hammer|klemmt|angstoss*|anghaut|heizung|pigment*|microblad*|botox|faerb*|lippenst*|make ?up|schmink*|fleck*|lack*|haar*|maske|kugelschr*|tinte|stift|licht|kaelte|beule|gstoss*|permanent*|lidsch*|heidelb*|straehn*|augn|aug|auge|hose|jean*|hemd|kleid',
    minorbleed:
      'zahnfl*|zahn|bissl|bisschen|bitzeli|es bitz|a bisserl|leicht*|menstr*|periode|regel|tage|blut(druck|abnahm|zuck|test|wert|verduenn)*|abnehm*|spend*|harmlos|pickel|nagelbett|nagelhaut|serie|rasiern|rasur',
    chestcare:
      'rueckenschm*|wirbel*|bereich|brustwirb*|muskel*|bh|op|stillen|implant*|tattoo|piercing|wax*|enthaar*|massage*|uebung*|rueckenm*|vergroess*|behaar*|rasier*|brust ?op|liebeskumm*|wenn ich dran*',
    idiom:
      'er?stick* ~(fast|schier) ~(in|an|unter) (diesm|dem|diesr|der|meim)|er?stick* (fast|schier) in|(kuchn|essn|braten|toast|schnitzel|pizza) ~(an|ver)?(brannt|brennt)|<no> lust ~(mehr )?(auf|zu) (lange|kurze|haare|kochn|warten|arbeit*)|(weh|schmerz*|zahn*|ruecken|kopf|hitze|laerm|warten) ~~~halt* ~<n> ~aus|(will|mag|moecht*) ~(morgens|in der frueh|frueh|am morgen) ~<n> ~(auf)(wach|steh)*|(muede|mued|miad|kaputt|erschoepft) ~(dass) ~(gleich|bald|glei) ~(umfall*|umkipp*|einschlaf*|schlaf*)|(fast|schier) ~haerz ~hos*|(hoehen|spritzen|zahnarzt)angst|wird ~(schon|scho|immer|leicht|schnell|gern) ~(ohnm*|schwindl*)|herz ~(in|i) (die|d) hos*|(mal|kurz|erst|amoi|zerst) (mal |kurz |amal )?<air> hol*|hust* ~(nur|bloss|halt|eh) ~(wegen|weil|vom|von)|(huette|hut) br[ei]nnt*|brennt ~(foermlich|regelrecht|sprichwoertlich)|(fast|schier|beinah*|bald|glatt|foast) (umg*|umfall*|umkipp*|zusamm*|zsam*|gstorb*|gstoab*|erstickt|verreckt|ohnm*|vom hocker|kollabier*|tot umg*) (als|wie|wo|bei|weil|vor|wegn)|br[ei]nn* ~~(huett*|baum)|<n> <no> <air>|sterb* ~(vor|fuer|schoen)|vor (hunger|durst|langweil*|neugier|scham|lachn|liebe|neid|freude|wut|schreck|glueck|aufregung|hitze|mued*|aerger|staunen|peinlich*)|(tot|kaputt|schlapp|schief|krumm|weg|kringelig|scheckig|hi|no tot)(zu|z)?(g)?lach*|lach(en|t|e|ts|st)? ~(tot|kaputt|schlapp|schief|weg|hi|krumm)|unter (den|de|die|d) (naeg|neg|noeg|naegl|fingern)*|untern naeg*|feuer und flamm*|fuer und flamm*|feuer (fuer|unterm|gebn)|feuer gfangen fuer|ins feuer|mit dem feuer|oel ins feuer|fuers feuer|(blau|krank)(zu|z)?g?mach*|mach* ~blau|blau*n? (wund*|aug*|fleck*|dunst|blut|montag*|stund*|brief*|kreuz|tonne)|ins blaue|(war|woar|gwesn|gsi|bin|waren|gwaen) ~blau|(stern|so|total|stock|sau|ganz|gscheit) ?(hagel)?blau (gwesn|gsi|gwaen|wie|dass|bin|war)|hagelblau|gas (gebn|gebe|gib*|gaeb*|gaem|gem|zu gebn|ggae|rausnehm*)|(gib*|gebn|geb|gaeb*|gasch|gemma) ~(voll)?gas|vollgas|schlag (ins gsicht|in d gsicht)|(trifft|troff*|traf) ~(schlag|blitz)|(schlag|blitz) ~(traf|troff*|treff*)|(herzinfarkt*|herzkasp*|schlag[ao]nfall|herzschlag|schlagerl|schlaegli|herzst*|anfall|krise|haerzinfarkt) ~(als|bei|wie|wo|wegn|wenn|weil|vom|bim|beim)( den| dem| de| der| die| das| i| ich)? ~(preis*|rechnung|gseh*|hoer*)|herz* ~(stehn|stillst*|still gst*|stah|stockt|hos*|hueps*) ~(blieb*)?|(blut*) ~(mir|ma|mia|mer|einem|oam) ~(herz*|haerz)|(mir|ma|mia|mer|einem) ~(blut*) ~(herz*|haerz)|(herz|haerz) (blut*)|<air> ~weg ~(als|bei|wie|wo|wegn|bim)|(bleibt|blieb*|wegblieb*) ~(spucke|spocke) ~weg|(preis*|rechnung|kost*|schoen*|summe|betrag|aussicht|termin*) ~~(bleibt|blieb|blibt) ~<air> ~weg|<air> ~weg(gblieb*)?,? ?(als|bei|wie|wo|bim)|(verschl[ao]g*|nimmt|nahm|verschlat) ~(<air>|spuck*|sprach*)|<air> (nach oben|raus|anhaltn|auslass*|aahalt*)|ausser atem|(dicke|frische|heisse) luft|aus der luft|in die luft (geh*|gang*)|atemberaub*|zum (sterb*|niederkni*|schrei*|umfall*|verzweif*|dsterb*|kotz*)|sterb(ens|ns)*|todm*|todschick|toedlich langw*|zu tode|(bin|war*|waer*|bi) ~(fast |schier |beinah* )?(gstorb*|gstoab*)|rot vor|gruen vor|schwarz ~aerger*|gruen und blau|weiss vor wut|(vom|usem|ausm|vo|von|ab) (stuhl|hocker|sessel|stuel|stui|hockerl) ~(g?haut*|ghau*|reiss*|als|bei|wie|wo)|(g)?haut* (mich|mi|di|dich|uns|ein) ~(um|vom|ausm)|(haut|hauts|haute) ~(um|vom hock*|vom stuhl|vom sessel)|(mich|mi|uns) ~umghau*|umghau* ~(als|wie|bei|wo)|umzuhau*|aus alln wolkn|aus dn sock*|gfalln (lass*|tu*|mir)|einen gfalln|en gfalle|an gfoin|(gfall*|fiel) ~(stein|stoa|schwer|leicht|auge*|auf die nerven|auf den wecker|uf de wecker|ins wort|in den rueckn|vom himmel|auf* zehen)|stein vom herz*|stoa vom herz*|(decke) ~kopf|auf den kopf gfalln|aufn kopf g*|uf de chopf gfalle|brennend* (inter|frag|thema|gern)*|brennt (darauf|drauf|drum)|brenn* (fuer|darauf|drauf)|durch(zu|g)?br[ea]nn*|brandneu*|brandaktu*|brandheiss*|ausgbrannt|ausbrennt|usbrennt|burnout*|brennpunkt|wo (brennt*|brinnt*) ?(s|es)? ?(denn)?|<nil> (an|o)g?brenn*|(kerze*|licht|liacht|lampe) br[ei]nnt*|br[ei]nnt (a |die |eine |no |noch |s |das )?(kerze*|licht|liacht)|sonne* ~brennt|brennt ~sonne|sonnenbrand*|sodbrenn*|zahnfleisch|(krieg*|bekomm*|griag*|ueberchum) ~(krise|kris)|(einen|an|en|nen|den) (vogel|koller|rappel|foehn|drehwurm|lachanf*|lachkr*|wutanf*|schreikr*|schreianf*|heulkr*|heulanf*|hustenanf*|niesanf*|tobs*)|(krieg*|hab*|hob|ha) ~(einen|an|en|nen) (hals|hois)(?! ~(drin|steck*))|lach(anfall|krampf|flash)|wutanf*|schreik*|heulkr*|hustenanf*|niesanf*|lachanf*|putzanf*|fressanf*|heulanf*|kaufrausch|gift und gall*|giftgruen|gift drauf|gift darauf|gift nehmn|hals ueber kopf|(kloss|frosch) im hals|haengt ~(zum|beim) ~(hals|hois)|(zum|beim|bis zum|bei) (hals|hois) ~(raus|heraus|aussa|ausse|use|haengt)|zum hals|(kreislauf|stimmung|laune|preis*|nerven) ~im keller|nerven blank|leiche* im keller|(bring*) ~(mich|mi|uns|me|em) ~um ?(wenn|die|der|mit|dies*|vor|so|weil|wann)|wenn ~~~(bring*|killt|erschlag*|erschiess*|vierteilt|koepft|erwuergt|umbringt) ~(mich|mi|sie|er|me)? ~(um)?|bring* (mich|mi|di|eam|ihn) ~(verstand|grab|weissglut|palme|konzept|lachn)|umbring* (wenn|koenn*|kenn*|fuer)|(koennt*|kannt*|choent*|kunnt) (mi|mich) (erschiess*|ohrfeig*|watsch*|in*)|(koennt*|kannt*|choent*|kunnt) ~(umbring*|erwuerg*|erschlag*|wuerg*|erwirgn|abmurks*)|mords*|hoellenq*|bombe*|wie eine bombe|eingschlag* wie|konto ~[a-z]+|geldbeut* ~[a-z]+|portemon* ~[a-z]+|(akku|handy|laptop|auto|leitung|comput*) (is|isch|ist)? ?(mir |ma )?(tot|gstorb*|abgstuerzt|leer|verreckt)|atemlos durch|(durch|auf|ver)(zu)?(atm|schnau|schnuf)*|zum (durch)?(schnau|schnuf|atm)*|schnaufpaus*|verschnauf*|steif und fest|steif wie ein brett|(nacken|hals|ruecken|finger|knie|huefte|gnick|gnack|schulter*|kreuz|hexenschuss) (is |isch |ist |sind |so |ganz |total |voellig |immer ){0,4}([a-z]*steif|verspannt|verkrampft)|(steif*|verspannt*|verkrampft*|starr*) (nacken|hals|rueck*|finger|knie|huefte|schult*|muskel*|glenk*)|(kopf|schaedel|birne|grind) ~(explod*|platzt|raucht)|(rauch*) ~(kopf|schaedel|birne|grind)|preis* ~explod*|explodiern* ~(preise|kosten)|schall und rauch|in rauch aufg*|wie die feuerwehr|wia d feuerwehr|zur brust|schwach auf der brust|am herzn|von herzn|vo haerze|uebers herz|auf dem herzn|ans herz (glegt|gwachs*|leg*)|herzlich*|schwern herz*|druck (auf der arb*|im job|vom chef|mach*)|unter druck|ueberfall* (sie|dich|euch|di|ihnen|eu|eich) ~(so|mit|jetzt|einfach)?|(sie|dich|euch|di|eu|ihnen) ~(so|einfach|jetzt|mit) ~ueberf[ao]*|ueberfaellig*|(ab|ein|ueber|an|auf|rein|rum|vorbei|zu)(zu)?(spring|gsprung)*|spring* ~(ein|an|im (drei|vier)eck|schatten|uebern schattn)|springend* punkt|blut (gleckt|und wasser)|(kaltes|heisses|neues|junges|frisches) blut|blut(druck|probe|abnahm|wurst|orang|buch|egel|bild|zuck|wert|test|spend|grupp|hoch|verduenn|mond|rot|jung|sauger)*|vollblut*|blut (abnehm*|spend*|abgnomm*)|blut* (anfaeng*|laie)|(kunst|theater|film|herz|kino)blut*|gsichtsverlust|schluss (mach*) mit (mein|sein|ihr|dem freund|der freundin)*|feierabend|nicht aus dem bett ~|wecker ~<n>|tut ~(weh|we) ~(im herz|in der seele|in meiner seele)|schlag* (die|meine|alle) haende|haende ~kopf ~zusamm*|(zusammen|zam)g?(schlag|rechn|fass)* ~(kopf|haare)|alarmstuf*|gfundenes fressn|fettnaepf*|notnagel|not am mann|zur not|notfalls|im notfall|notfall(termin|sprech|kontakt|nummer|slot|dienst|plan|kast|koff|tropf|set|praxis|haarschn)*|(haar|beauty|frisur|nagel|styling|mode|friseur|wasser|faerb)(notfall|katastroph)*|alles ~unter kontrolle|scheintot',
    name: '(hier|do|da) (is|ist|isch) (die |der |d |de )?<namelike> , (ich|i|mir|wir)|((?<!(mei|mi|mini|meine|meiner|mine|a|e|eine|unsere|ihre|seine|junge|alte|andere|schwangere) )frau|herr|herrn|familie|fam|firma|fa|dr|doktor|dokter|magister|mag|direktor|praxis|salon|friseur|coiffeur|gasthof|gasthaus|wirtshaus|hotel|restaurant|cafe|bar|club|boutique|studio|metzgerei|baeckerei|kanzlei) (doktor |dr |der |d )?<namelike>|<namelike> (ist |isch |is )?(mein|mei|mi|min|der|unser) (nach|familien)?nam*|<namelike> (heiss*|hier|am apparat|gmbh|ag|und soehne|und sohn|wie das|wie der|wie die|ohne|mit (h|b|d|f|p|doppel*|weichem|hartem))|(heiss*|nenn*|[a-z]*name|nam|schreib*) ~<namelike>|(hier|do|da) (spricht|red*) (die |der |d |de )?<namelike>|<street>',
    street:
      '[a-z]+(strass*|str|stross|gass*|weg|wegli|platz|allee|ring|ufer|steig|damm|viertel|siedlung|zentrum|bach|dorf|hausen|berg|leite|rain|matte|stein|meier|huber|bauer|hofer|inger|egger|acher|hagen|kirchen|heim)n? (nummer |hausnummer |nr )?([0-9]+|eins|zwei|drei|vier|fuenf|sechs|sieben|acht|neun|zehn|elf|zwoelf|[a-z]+zehn|[a-z]+zig)|(<namelike>|not|rettung|rettig|feuerw|fuerw|polizei|krankenh|notfall|brand|feuer|blut|gift|schlag|sturz|rauch|flammen|atem|ersch|einbruch|brenn|feur)[a-z]*(strass*|str|stross|gass*|weg|wegli|platz|allee|ring|ufer|steig|damm|viertel|siedlung|zentrum|bach|dorf|hausen|berg|haus|hof|turm|tal|tor|graben|matte|acker)|(neben|gegenueber|hinter|bei|naehe|hinta) (der|da|de|vo der|von der|dem|s) (freiwillig* )?<workplace>|brandenburg*|feuerbach|gasteig|blutenburg|gasthof|gasthaus',
    namelike:
      '(brand*|feuer*|fuer|sturz*|gas|gas(mann|ner|er)|schlag*|not|notnag*|nothelf*|notfall|notter|blut*|blau*|rauch*|flamm*|gift*|tod*|mord*|krampf*|kollaps*|ohnmacht*|herz*|infarkt*|brenn*|atem*|sterb*|faller|fallmann|falltn*|messer*|ueberfall*|einbruch*|dieb*|raeub*|schuss*|schiess*|notarzt*|retter|rettich|kohl*|schmerz*|wund*|wuerg*|stick*|pill*|tablet*|spring*|sprung*|lung*|koma*|anfall*|zuck*|spritz*|explosion*|bomb*|sanitaet*|leich*|leblos*|selbst*|amok*|qualm*|funk*|glut*|zund*|loesch*|blitz*|unfall*|alarm*|hilf*|gurgel*|hals*|stech*|hieb*|ertl|ersti*|roechel*|krank*|kratz*|asch*|beisser*|bruch*|wach*|trauer*|angst*|seizer*|fieber*|umfall*|umfahr*|suizid*|bein*|jammer*)',
  },
  hints: `
    1 <family>
    1 <acute>
    1 hilfe|huif|haelf*|schnell|schnoi|gschwind|angst|panik|was (soll|muess|mach|tu|tuan|tu ma|toen) *|weiss <n> was|um gottes*|oh gott|bitte komm*
    2 <lies>
    2 <collapse>|<fell>
    2 <pallor>|<grey>
    1 komisch|seltsam|apathisch|schlapp|schlaff|schlaefr*|benomm*|kalt|wirr|still|stumm|tot|leblos|weggtret*|schwach|daneben
    2 tot|leblos|puls|bewusst*|bwusst*|koma|stirbt|lebensg*|sterb*
    1 <air>|<breathe>
    2 japs*|keuch*|roech*|erstick*|wuerg*|ringt|hechel*|pfeift|<throat>
    2 <blue>
    2 <wound>|<bleeds>|<blood>
    1 <sharp>
    1 <stream>
    2 <arouse>
    2 <limp>|<nofeel>|<notup>|<notmoving>
    2 <speech>|schief*
    2 <seize>|<foam>
    1 <chest>
    2 <pain>
    2 <sweat>
    1 <poison>|<pill>
    2 <swallow>
    2 <burns>|<flame>
    2 <smoke>|verbrannt|qualmt
    2 <gasword>
    1 <alarm>|<smell>|<leak>
    2 <weapon>|<beat>|<breakin>|<burglar>
    1 <hide>|schritte|fremd*|bdroh*|droht|verfolgt
    2 <die>|<hopeless>|<jumpfrom>
    1 <nomore>|abschied|schluss|ende|fuer immer
  `,
  signs: {
    suicidal: `
      (haengt|steht|hockt|sitzt|klammert) ~(an|am|hinter|auf|ueber) ~([a-z]*glaend*|bruestung|bruecke*) - (plakat|lampe|schild)
      (setz*|mach*) (mei*|mim|dem|ihrem|seinem) (lebn|laebe|lem) ~(ende|end)
      hoer* ~(uf|auf) (z|zu) (leb*|laeb*|lem)
      <no> (ausweg|uesweg) ~(mehr|meh|mea|ausser)
      (sagt|seit|sogt|schreibt) ~(si|er) ~(well|woell|will|wui|wolle|wett) ~<nomore>
      ! (halt*|ertrag*|pack*) ~<nomore> ~aus & (spring*|ende|tot|leben|schluss|tablett*|obi|umbring*|weg)
      ! <nomore> ~(auf|uf) (da|der|dera|dere) welt ~(sein|sei|si)?
      (arm*|handg*|puls*) ~(aufgschnitt*|aufschneid*|aufzuschn*|ufgschnitt*|aufgritzt|aufgschlitzt)
      hoer* ~(heute |jetzt )?auf zu (leb*|laeb*|atm*)
      (tablett*|pille*|messer|strick|kling*|rasierkling*|pistole|gwehr) ~(schon |scho |bereits )?(in (der|da|meiner) hand|vor mir|parat|bereit|gricht*|zaehlt) - (kauf*|nehmen soll)
      (macht|mach|mache) (heute |heit |jetzt |dann )?schluss & (sagt|sogt|brief|leb*|tablett*|schriebn|abschied|drohn|angst) - (freund*|beziehung|feierab*|um [a-z]+ uhr)
      (alles|ois) ~(gregelt|vorbereit*|geklaert|gricht*) & (<nomore>|<n> mehr|morgn|abschied|letzt*) - (termin*|versicher*)
      (morgn|heute|naechst*|bald) ~(bin|gibts|bi) ~<nomore>
      (sitzt|steht|hockt|stoht|staht|klettert) ~(auf|uf|am|hinter|ueber) ~([a-z]*gland*|[a-z]*bruecke*|[a-z]*dach|bruestung|fenstersims|fensterbrett|sims|klippe|bahngleis*|[a-z]*glei[sz]*) - (dachdeck*|katze|handwerk*|vogel|taube*)
      (ritzt|gritzt|gschnittn|aufgschnittn|schneidet|schnitzt) ~(mich|mi|sich|si)? ?(zu )?(tief|wieder|selber|selbst|pulsad*|arm)|(hab|han|hob|ha|hat) (mich|mi|sich|si) ~(gritzt|ritzt)
      (soll|wui|will|moecht*|wott|dass|wenn) ~(es|s|alles|ois) ~(einfach |eifach )?(nur |nume )?(vorbei|aus|z end|zu ende|rum) (sein|sei|si|is|isch|ist) & (tablett*|ich|i|leben|schluss|nimm) - (termin*|behandlung|wartezeit)
      (werf*|wirf*|schmeiss*|leg*|hau*|stuerz*|ruehr*|gheie) (mich|mi|sich|si) ~(vor|unter|von|vom|us|aus) ~([a-z]*zug|bahn|auto|lkw|dach|fenst*|bruecke|schien*|glei*|s bahn|u bahn|brugg) - (sofa|bett)
      (nehm*|nimm|naeh|nimmt|schluck*) ~(jetzt |dann |heut* )?(all*|die ganzn|saemtliche) ~(tablett*|pille*|schlaftabl*)|(tablett*|pille*) ~(nehm*|nimm|schluck*) ~(jetzt|alle|auf einmal) - (soll ich|muss ich|darf ich)
      (bin|war) ich (schon )?(gsprung*|tot|weg|nicht mehr da) & (erreich*|anruf*|wenn|verabsch*|leid|dann|abschied) - urlaub
      <no> ~(kraft|lust|mut|grund|sinn|hoffnung|will*) ~(zu |zum |am )?(leb*|laeb*|lem|weiterl*|weitermach*)
      (droht|drohn|kuendigt|angkuend*|gschriebn|schreibt|sagt|sogt) ~(sich|si) ~(umzub*|<die>|was an*|pulsad*|spring*|vor ~zug|erhaeng*|erschiess*)
      ! <n> ~(mehr )?(da|hier|do) ~(sein|si|sei) & (will|so will|entschied*|besser|brauch*|alle*|tablett*|dann|verabsch*|absicht) - (urlaub|umzug|umziehn|arbeit*|ferien|termin nicht|ladn|wegzieh*)
      <killself> - vor lach* - hitze
      <suicideword> - kommando - <story>
      ! <will> ~<die> - (hunger|durst|lach*|langweil*|neugier|schoen|dafuer|ohne (dies|das|euch|kaffee)*|hitze|scham|peinlich*)
      ! <die> ~<will> - (hunger|durst|lach*|langweil*|neugier|schoen|dafuer|hitze|scham|peinlich*|dirndl)
      ! <nomore> ~(lebn|laebe|lem|leba|laeb|existier*|da sein|do sei|da si|weiterleb*|weiter|ufwach*|aufwach*) - ohne (dies|das|euch|kaffee)* - schirm
      ! (wuensch*|am lieb*|hoff*|waer* ~(gern|lieber|besser)|wenn ich ~nur) ~<die> - (hunger|durst|lach*|hitze)
      ! <hopeless> - (termin*|frisur*|creme|produkt|reparatur*|investition*|versuch*)
      ! <ontracks>
      ! <jumpfrom> & <jump> & (<will>|mich|mi|sich|si|sagt|sogt|seit|steh*|staht|stoht|<nomore>|droht|ende|schluss|<now>) - (trampolin|bungee|zahn|schwimm*|sprungbr*|katz*|bahnhof*|s bahn nehm*|faellt)
      ! (steh*|staht|stoht|sitz*|hock*|bin|isch|is|lieg*) ~(auf|uf|am|an|af|aufm|ufm|a|ufem|im) ~<jumpfrom> & (spring*|gump*|hupf*|<nomore>|ende|schluss|lebn|laebe|runter|warte* ~zug|zug|abe|obi|owi)
      ! ([a-z]*tablett*|pille*|strick|seil|rasierkling*|kling*|messer|pistol*|waffe|gwehr|pulsad*|pulsod*) & (<nomore>|<will>|vor mir|vor sich|vor mia|bereit*|schluss|ende|liegn) & (<die>|leben|laebe|lem|schluss|ende|kann <nomore>|ko <nomore>|cha <nomore>|mag <nomore>|mog <nomore>|alle auf einmal|alle nehm*|alle schluck*|fuer immer|umbring*|sterb*|nehm ich alle)
      ! (schluss|ende|schicht) ~(mach*|setz*|mit) & (heut*|heit|jetzt|tablett*|bruecke|leben|laebe|alles|allem|<nomore>|verabsch*|brief|endgueltig) - (freund*|beziehung|feierab*|arbeit*|partner*|frisur|verlobt*|um [a-z]+ uhr|termin*)
      ! (ritz*|schneid*|schnied*) ~(mich|mi|sich|si) ~(arm*|auf|selbst|selber|pulsad*|handg*)
      ! (gwehr|[a-z]*gwehr|pistol*|waffe|messer|revolver) & (kopf|schlaef*|mund|brust|selbst*|schluss|drueck* ~ab|abdrueck*) & (sich|sei*|er|sagt|sogt|mich|mir) - (raub*|rein|bdroht)
      ! (verabschied*|abschied) & (fuer immer|immer|nie wieder|lebn|laebe|tablett*|umbring*)
      ! (kann|ko|cha|mag|mog|will|wott) (einfach |eifach )?<nomore> & (zug|gleis*|bahn|fenst*|dach|tablett*|bruecke|allein|alloa|elei|sinn|schluss|ende|keiner|aufwach*|alles vorbei|ueberleg* (umz|mir wa)*|verschwind*|weg sein) - (wart*|schmerz*|zahn*|rueck*)`,
    gas: `
      (gasmeld*|gaswarn*|gasmaeld*) & <alarm> - batterie*
      (aus|us|usem|ausm) ~(herd|therme|ofen|boiler|leitung|rohr|kocher|flasche) ~(kommt|stroemt|tritt|entweicht|kunnt|kimmt) ~gas
      (dreht|drehn|draht|drait|drueuet|aufdreht*|aufdrehn) ~gas ~(auf|uf)?|gas (auf|uf)g?dreht
      (hahn|gashahn|gasherd|gasflasch*|gasofen|gaskoch*) ~~(off|offn|offa|aufdreht|uf|aufglass*|anglass*) & (nacht|<faint>|zisch*|riech*|alle|gstank|stink*)
      (holzkohl*|kohlegrill|kohlengrill|[a-z]*grill|heizpilz|generator|kamin|abgas*) & <faint> & (<flat>|wohnz*|drinn*|kind*|alle|uns)
      (leitung|gelb* rohr|rohr) & (stroem*|zisch*|pfeif*) & (bagger*|angbohrt|erwisch*|gas|gelb*|laut*|laerm) - wasser*
      <comelder> & <alarm> - batterie*
      <gasword> & <smell> - (parfum*|duft*|haarfarb*|dauerw*)
      gasg?ruch|gasgruch|gasaustritt|gasleck|gasexplos*|gasgstank|gasalarm - (kurs|probe)
      <gasword> & <leak> - (wartung|bild|flasche leer)
      <comelder> & (<alarm>|<faint>|rot) - batterie*
      kohlenmono*|cholemono*|kohlemono* & (<faint>|<alarm>|vergift*) - batterie*
      <gasword> & <faint> - <smoke>`,
    fire: `
      (keller|chaeller|kuech*|stall|stoi|stadl|schuer*|dach*|estrich|garage|[a-z]*haus|hus|wohnig|wohnung) (brinnts|brennts|braennts)|brennts|braennts|brinnts - (auf der haut|<bodypart>|wo)
      (mir|wir|mia) ~(eingschloss*|igschlosse|eigschlossn) & (feuer|rauch|flamm*|fuer|feia)
      (tisch|bett|regal|schrank|boden|teppich|stuhl|sessel|wand|decke) ~<burns> - (kerze* am|licht)
      <flame> ~(aus|us|usem|ausm|us em) ~(dach|fenst*|tuer*|motor*|kamin|ofen|wohnung|haus|hus)
      in flamm* ~(auf|uf)(ging*|gang*)|(in|i) (flamm*|brand) ~(aufgang*|ufgange)
      (kommt|kimmt|chunnt|dringt|zieht|quillt) ~(<smoke>) ~(in|i|aus|us|durch|unter) - (raucher*|grill*|kamin)
      (feuer|brand|flamm*) ~(is|ist|isch|greift|ausser|breitet) ~(ausser|kontroll*|um sich|aus)
      <smoke> ~(aus|us|usem|ausm|us em|vom) ~(fenst*|dach|haus|wohnung|keller|tuer*|kamin|motor*|auto)|(aus|us|usem|ausm) ~(fenst*|dach|haus|wohnung|keller|schrank|motor*) ~(kommt|kimmt|chunnt|dringt|zieht|quillt|steigt) ~<smoke> - (kamin|raucher)
      (feuer|fuer|feia|brand) ~(ausbroch*|aus ?gbroch*|us ?g?broch*)
      (feuer|flamm*|rauch) ~(kommt|kimmt|greift|geht|breitet|springt) ~(naeher|ueber|aus|um sich|ruebe|entgegen) - (<bodypart>|kamin)
      (sofa|bett|vorhang|gardine*|teppich|matratz*|papierkorb|muell*|adventskr*|[a-z]*baum|tischd*|deko*|kleid*|haare*) ~<burns>
      (wasch|spuel|kaffee|geschirrspuel)?(maschine|trockner|akku|steckdos*|ladeg*|herd|toaster|sicherungsk*|kabel|verteiler*|laptop|fernseh*|boiler|foen) ~(qualm*|rauch*|schmor*|funk*|kokelt) - raucherpause
      <smoke> & (<flat>|herd|ofen|therme|motor*|steckdos*|kabel|maschin*|trockn*|auto) & (kommt|kimmt|kummt|kunnt|zieht|quillt|dick*|schwarz*|voll*|dicht*) - (zigarett*|rauchn|grill|raucher*|sauna)
      <burnable> ~<burns> - <bodypart> - (angbrann*|kerze*|licht)
      <burns> ~<burnable> - <bodypart> - kerze*
      (es|s|do|da|hier|hia|bei (uns|mir|ihm|ihr|ihnen)|bi (ues|eus|mir|oeis)|nebenan|drueben|unten|oben|ois|alles|uns|lichterl*) ~<burns> - <bodypart> - (kerze*|licht|wie feuer)
      (hilfe|huif|schnell) ~<burns>
      <burns> ~(lichterl*|bei (uns|mir)|bi (ues|eus|mir)|wie (zunder|stroh)|hier|do|es) - <bodypart> - (kerze*|licht|wie feuer)
      <flame> & <flameverb> & (<burnable>|hier|hilfe|meterhoch|decke|dach|hoch|haus|<smoke>|bei uns|bi eus) - (lagerf*|kaminf*|kerze*|<bodypart>|verein|feuerwehr|feuerloesch*|feuerz*)
      (steht|stoht|staht|stend|stehn|steh) ~(in|i) ~(flamm*|brand|vollbrand)
      (feuer|fuer|feia|flamm*|foier) ~(in|im|am|i|us|aus|unter|hinter|auf|bei|bi|vo|vom|ausm) ~<burnable> - (<bodypart>|kamin|lagerf*|kerze*|feuerl*|feuerst*|gas)
      (feuer|fuer|feia|flamm*|brand) ~(ausbroch*|usbroch*|gfang*|ueberall|hilfe|loesch*) - fuer
      <smoke> & <smokeplace> & (<burnable>|tuer*|hilfe|<air>|ueberall|sehn|hust*|motor*|unten|oben|unt) - (zigarett*|rauchn|rauche|grill*|kaffee|dampfb*|sauna|shisha|kerze*|nase|raucher*|rauchmelder|gruch* aus der kueche|dampfgar*)
      <smoke> ~(aus|us|ausm|usem|unter|i|im|in) ~<burnable> - (raucher*|nase|rauchn|zigar*)
      (rauchmeld*|feuermeld*|rauchwarnm*|brandmeld*|rauchmaeld*) & (rauch|qualm|br[ei]nn*|feuer|verbr*|riecht|dicht*|flamm*|gseh*)
      explosion|explod* & (<sudden>|gas*|haus|kuech*|keller|verletzt*|<flame>|flasch*|akku*|knall|scheib*) - (kopf|preis*|haar*)
      [a-z]+brand & (<sudden>|hilfe|nebenan|haus|<flat>|hier) - (wein*|<story>)
      brandg?ruch|verbr[ao]nnt* ~<smell>|<smell> ~(verbr[ao]nn*|verschmort|angbrannt|verkohlt|nach rauch|nach brand|brenzlig|verbrent) & (rauch|qualm|steckdos*|stark*|ueberall|keller|<n>|kabel|schwarz*|warm|heiss|sicherung*)`,
    intruder: `
      (schlagt|schlogt|schlaht|schlat|haut|pruegelt|verdrischt|drischt) ~(sei*|ihr*|sini|mei*|mich|mi|d|die|de) & (schrei*|<sudden>|hilfe|nebenan|nachb*|bsuff*|btrunk*|blut*) - (wecker|tuer)
      (schlagt|schlogt|schlaht|schlat|haut|wuergt) (mich|mi|uns|eus)
      (mein*|unser*|mei|mi|mis|ihr*|sei*) (<family>|kolleg*|nachb*|kund*) ~(ueberfall*|ausgraubt|beraubt|bdroht|angriff*|attack*|verpruegelt|gschlagn|gschlogn|gschlage|zusamm*schl*)(?! worden vor) - <past>
      (wird|werdn|wurde|wern) ~~(verpruegelt|gschlagn|gschlogn|gwuergt|vergewaltigt|zusammengschl*|bdroht|misshandelt|angriffn|gschupft) - (<past>|sahne|ei)
      (bdroht|bedroht|bdrot|attackiert|belaestigt) ~(unser*|mein*|ein*|die|den|da|d) (<person>|<family>) - (art*|frist)
      (tuer*|scheib*|schibe|fenst*) ~(ein|i|ei)g?(schlag*|schlog*|haut|haun|worf*|schmiss*|tret*)
      (steht|stoht|staht|sitzt|lauft|is|ist|isch) ~(einer|jemand|eina|wer|oepper|ein fremd*|a fremd*|ein mann|a mo|en maa) ~(in|im|i|mittn) ~(mein*|meim|unser*|mim|eusem|mei|em|der|de|dem) ~(schlafz*|zimm*|wohn*|haus|hus|kueche|keller|flur|garage|bad|gart*|kinderz*) - (handwerk*|klingel*)
      (hat|hot|het|mit) ~(ein |a |es |an |nem |en )?<weapon> & (ex|exmann|exfreund|mann|maa|mo|typ|einer|oana|er|<someone>) - (haar*|koch*|schneid*|kueche|gschenk*|kunde kauft)
      (schlagn|schlagt|schlogn|haut) & (eingsperrt|eigsperrt|igschlosse|eingschlossn|blut*|festghaltn|hilfe)
      (schrei*|ruft|gschrien|bruellt) ~(um|nach) hilfe
      (zerrt|zerrn|zogn|gschleift|packt) ~(ins|in|i) ~(auto|wagn|keller|buesch*) - hund
      (geht|gaht|goht|gehn|ging|gang*) ~(auf|uf) ~~los - (weg|reise)
      (gschlagn|gschlogn|gschlage|pruegelt) & (<bleeds>|bewusst*|schreit|<lies>) & <person>
      (werd|wern|bin|wer|werde) ~(hier |da )?(festghalt*|eingsperrt|gfangn|bdroht|gschlagn|gschlogn)
      <beat> & <bleeds>
      (hier|das|da|do|bei (uns|mir)) ~(is|ist|isch) ~(ein |a |en |an )?(raub)?ueberfall
      (werdn?|wern|wird) ~(grad|jetzt|gerade|ebn)? ?(ueberfall*|ausgraubt|ausraubt|beraubt)
      (hoer*|hear*) ~(jemand*|wen|wer|oepper*|epper|oan|eine[nr]?|leute|stimmen|manner) ~(unten|obn|im haus|in der|im|i de|keller|wohnung|dach*|drin*|garage|gart*) - (nachb* streit*|band|musik)
      ! laesst (mich|mi|uns|sie) ~<n> ~(aus|raus|weg|geh*|zur tuer)
      (er|typ|mann|maa|kerl|betrunk*|ex|kund*|der|einer|oana) ~(greift|grieft) ~(an|aa|o)|(greift|griift) ~(mich|mi|<person>|kollegin|kollegen|uns|sie|ihn) ~(an|aa|o) - (hals|brust|herz|kopf|stirn|telefon|hoer*)
      (wird|werdn|is|isch) ~(grad |ebn |jetzt )?(ein|ei|i)(broch*) - <past>
      (oepper|epper|jemand|eina|ana|a na|einer|wer|a fremda|en fremde) (isch|is|ist) ~(bi mir|bei mir|bei uns|bi eus|i de|in der|in mein*|im) ~(wohn*|wonig|haus|hus|zimm*|keller|garage) - (klingel*|besuch)
      (er|der|mann|maa|typ) (hat|hot|het) (a |ein |es |an |en |eine )?<weapon> - (gschenk*|kueche)
      (kopf|brust|bauch|bein|ruecken) ~(gschoss*)|(er|an)(g)?schoss* & (<person>|<pronoun>|liegt|blut*) - (foto*|<story>|tor)
      (verfolg*|lauft|rennt|schleicht|faehrt) ~(mir|ma|mer|mi|mich|uns) ~~(nach|hinterher|noch|nahe) & (<someone>|seit|typ|mann|der|angst|<sudden>) - (hund|katz*|kind*|zeit)
      (werd*|wer) (grad |schon |die ganze zeit |von .* )?(verfolgt|bdroht|bedroht|ueberfalln|gschlag*|angriffn|attackiert)
      (droht|bdroht|bedroht|drohe) (mir|mer|ma|mi|mich|uns|ihr|ihm|meiner [a-z]+) - (termin*|frist|kuend*|anwalt)
      (schlaegt|schlogt|haut|pruegelt|drischt|tritt) ~(auf|uf|af) ~(mich|mi|sie|ihn|meine [a-z]+|ein|iis) - (wecker|sand|ball)
      (ueber|durch|uebern) ~(terrass*|balkon*|kellerfenst*|gart*|fenst*|zaun|dach) ~(rein|ins haus|eingst*|eini|kommn|gstiegn|klettert|ine|inekomm*) - (katze|handwerk*|marder)
      (schritt*|gpolter|geraeusch*|gruempel*|stimmen) & (allein*|alloa|elei) & (hoer*|hear*|oben|unten|keller|ueber mir|haus|wohnung) - party
      (<someone>|<person>|ana|kund*) ~mit ~<weapon> - (schleif*|koch*|rasier*)
      (<someone>|ana|<person>) & <weapon> & <inside> - (schleif*|koch*|rasier*|kueche|kaufen)
      <someone> & (haus|wohnung|laden|lade|unten|drin|keller|gart*|stiegenh*) & (<hide>|abgschloss*|zuagsperrt|eigentlich zu|gschlossn|herumgeh*|umher|laesst mich ~<n>)
      <weapon> & (tresn|theke|glegt|legt|kasse|geld|gehn|gaeld|hand) & (<person>|<pronoun>|<someone>) & (<sudden>|will|geld|bdroh*|hat|het|hot|<n> geh*) - (kauf*|schleif*|friseur*|schere)
      laesst (mich|mi|uns) ~<n> ~(weg|raus|geh*|gang*|aussa|furt|los)|laht mi noed ~(gah|use)
      <breakin> & (<sudden>|<someone>|<inside>|hoer*|hear|hilfe|polizei|<hide>|nachb*|ex|<killother>|angst|schrei*|sie|er|mei*|i|ich|ma) - (zahn*|spueluhr|ei broche|feuerwehr*|schluessel* brauch*)
      <burglar> & (<inside>|<sudden>|<hide>|hoer*|hear|<weapon>|wohnung) - (alarmanl*|schutz)
      <someone> & <inside> & (<hide>|fremd*|unbekannt*|hoer*|hear|schritt*|angst|allein|elei|alloa|taschenl*|schleich*|umanand|umenand|umananda|rum|herum|polizei|kenn <n>|kenne <n>|maskier*|gpolter|eingst*|durchs fenst*|rumor*|poltert*|wuehl*|durchwuehl*|aufbr*|rein|dunkel*)
      <hide> & (<someone>|bad|schrank|klo|zimm*|ex|mann|er|wc|badezimm*|keller|lager) & (haus|hus|tuer*|schlaegt|unten|einbrech*|bdroh*|drauss*|duss*|messer|<sudden>|wohnung|schritt*|angst|hilfe|droht|schreit|tobt) - (versehn|schluessel*|spiel*|gschenk*|oster*)
      <weapon> & <threat> & (<person>|<pronoun>|<someone>|mich|uns|eus|vor) - (haar*|schneid*|koch*|kueche|rasier*|wenn|herd)
      (bdroh*|bedroh*|bdrot*|droht) ~(mich|mi|uns|ihn|sie|se|eus|ues|<person>|mit ~<weapon>|mir|ois|ma)
      (mich|mi|uns|sie|ihn|eus|ues|<person>) ~(bdroh*|bedroht|bdrot*) - wort
      <beat> & (<person>|<pronoun>|<someone>|mich|mi|uns|ex) & (<sudden>|hilfe|drauss*|vor|hier|ex|polizei|wuergt|mich|mi|uns|eus|fest|schrei*|blut*|nebenan|einer|<n> auf|zwei|betrunk*|laut|angst|auf) - (wecker|sahne|vorschl*|uhr|rad|buch|schnitzel|ball|herz)
      <rob> & (<sudden>|werd*|wird|wurde|wordn|worn|bin|hilfe|<weapon>|ladn|tankst*|uns|mich|mi|eus) - (angst|termin*|arbeit*)
      <shoot> & (<sudden>|hier|drauss*|strass*|gfall*|hof|hilfe|jemand|einer|eina|oepper|schule|herum|umanand|umenand|nachb*|rum|ghoert|wild|um sich) - (foto*|bild*|preis*|tor|ball|blut|film|pilz*|kraut|schuetzenf*|passbild*|in die hoehe)
      <killother> & (sagt|sogt|seit|droht|ex|schreit|tuer*|<sudden>|messer|hilfe|wuergt|steht|<beat>|schlaegt) - (wenn|preis*|frisur|haar*|farbe)
      (ex|exmann|exfreund|stalker|typ|kerl|btrunk*|bsoff*|mann|mo|maa|freund|nachb*|kund*) & (haemmer*|trommel*|tritt|schlaegt|poltert|rastet|ruettelt|randalier*|tobt|flippt|verfolg*|nachl*|lauert|versperrt|laesst (mich|mi) ~<n>|<n> geh*|durchdreh*|draet dure|dreht durch|drescht|um sich) & (<sudden>|tuer*|angst|hilfe|aus|mich|mi|uns|messer|herum|umanand|mobiliar|<n> raus)
      verfolg* ~(mich|mi|uns)|(mich|mi|uns|ihm) ~(verfolgt|nach) & (jemand|typ|mann|einer|eina|<sudden>|angst|auto|maa|oepper) - termin*
      ? einbruch|ueberfall`,
    collapsed: `
      (schlecht|komisch|schwindl*|schwarz|trueml*|schwummr*|anders) ~~~(und dann |und |dann )(lag|liegt|lit|is|ist|war) ~(da|dort|weg|am bod*|auf dem bod*|do)
      (hat|hots|hats|hets|hot|het)(s|es)? ~(um|hin|ane)haut* & (<lies>|<person>|<pallor>|bod*) - (preis*|rechnung|vom hocker)
      <family> ~(is|ist|isch) (ganz )?(tot|gstorb*)|(ist|is|isch) ~tot & (<fell>|<collapse>|glaub*|<sudden>|<lies>) - (handy|akku|leitung|verstorb*|fliege|hose|vogel)
      <fell> & (einfach|oifach|eifach|ploetz*) & <person> - (<thing>|<high>|knie|schwer)
      <lies> & <floor> & (<pallor>|<nomore>|<notup>|<sudden>|vorwarn*) & (<person>|<pronoun>) - (<thing>|kalt* floor|yoga*)
      <collapse> & (<pallor>|<notup>|<floor>)
      (ihm|ihr|eam|mir|ma|dame|<person>) ~(wurde|wird|is|isch|war|wordn) ~(schwarz|komisch|anders) ~(vor aug*|aug*)? ~~~(lag|liegt|<collapse>|weg)
      <collapse> - <thing>
      <collapse> & <person> - (<thing> ~<collapse>|haar*|frisur)
      <lies> ~(am|aufm|auf dem|uf em|ufem|im|ufm|auf|uf) ~(bod*|flur|gang|fliesn|kuech*|bad) & (<n>|<no>|weiss|wiss|bleich|blass|<sudden>|<nil>) & (<person>|<pronoun>) - (<thing>|<animal>)
      schwarz vor ~aug* & (umg*|lieg*|umkipp*|gleich weg|halt* <nomore>|zittr*|schwitz*)`,
    not_reacting: `
      (daemmer*|schlaf*|schloft|nickt|kippt|dusel*) ~(immer |staendig |dauernd |ma |mir )?(wieder )?weg - (abend*|fernseh*|sofa)
      ! hoert ~<n> & (statue|starr*|<lies>|aug*|leere|sitzt|stiert) - (gut|schlecht|hoergeraet)
      ! <n> ~(erweck*)|(lasst|loht) (sich|si) ~<n> ~([a-z]*weck*|wach*|ansprech*)
      (arm*|hand|kopf|bein*) ~~(faellt|sackt|plumps*|klatscht) ~(einfach |gleich |schlaff |nur )?(runter|obi|abe|zurueck|zur seite|schlaff|auf die brust)
      (er|sie|ea|<family>) ~(is|ist|isch|wirkt) ~(wie )?(im )?(koma|leblos*|scheintot|tot|hinueber) - (muede*|spiel*|handy|langweil*)
      (verwirrt|durcheinander) & (fieber|atmet|schnell|<sudden>|kennt mich <n>|lallt|schwitzt|kalt) & <family> - (termin*|rechnung|demenz)
      (krieg*|bekomm*|bring*|griag*|ueberchum*) ~~<n> ~(weckt|wach|munter|wacher)
      ! <react> ~~<n> - <message> - <thing>
      <arouse> & (<n>|<nil>|<no>|seite) & (<person>|<pronoun>) - (<thing>|<message>|bahn|wecker|tuer*)
      (stoffpupp*|puppe|lumpenp*|lappn|nasser sack|waschlapp*|schlenk*) & (arm|arme|haengt|<n>|<person>) - (spiel*|kauf*)
      (kopf|grind) ~(faellt|kippt|haengt|foit|gheit|sackt|sinkt|rollt) ~(seit*|vorn*|fuer*|hint*|weg|brust|siite|vieri)
      ! <n> ~(anschau*|ansieh*|anluege*)|(schaut|schau|sieht|guckt|luegt|schaugt) ~(mich|mi|uns) ~<n> ~(an|o|aa)
      keiner ~zu haus*|<n> ~(mehr )?da & (aug*|schuettel*|wang*|<person> ~wach) - (termin*|laden)
      ! (chunnt|kommt|kimmt|kummt|komm) ~~<n> ~(zu sich|z sich|zua si)
      aug* ~(kaum|nur halb|nimmer) ~(auf|uf|offn)|aug* ~(fall*|foin) ~zu & (<person>|<pronoun>) - (termin*|wimper*)
      ! <react> ~(<n>|<nil>|kaum|<no>) - <message> - <thing>
      ! <n> ~(reag*|antwort*) - <message> - <thing>
      ! (kaum|schlecht|<n>) ~(ansprech*|asprech*|osprech*|anspraech*|aaspraech*|ospraech*|o ?sprech*|bei (be)?wusst*|bei bwusst*|bi b*wusst*|bim bwusst*|bei sich|bi sich|bei si|bi bwusst*)
      ! <no> ~(reaktion|regung|lebenszeich*|antwort|mucks*|laut|wank) & (<person>|<pronoun>) - <message> - <thing>
      ! aug* ~<n> ~(auf|uf|offn|offa)*|<eyes> ~<n> ~(auf|uf|offn)*
      ! (weck|munter|wach) ~<n>|<wake> ~<n> ~(auf|uf|wach|munter|zu krieg*|zu bekomm*)|(krieg*|bekomm*|bring*|chum|ueberchum*|kreg*) ~<n> ~(wach|munter)
      ! <n> ~((auf|uf)?g?wach*|aufzuwach*|aufzuweck*|weck*|erwach*|verwach*|munter|zu sich|z sich|zua si|wachz*|wach zu*|wachruett*|ufz*wecke|wach) - (wecker|morgens|in der frueh)
      ! (sag*|sog*|seit|saet) ~(<nil>|<no> ~(wort|ton|mucks)) & (<person>|<pronoun>|<lies>) & (<lies>|<n>|mehr|meh|wegg?tret*|aug*|starr*|da|do|leblos)
      ! hoert (mich|mi) ~<n>
      ! <notmoving> & (<person>|<pronoun>|<lies>|<fell>) - <thing> - (knie|finger|arm|bein|fuss|kopf|zeh*|hand|nacken|schult*|hueft*|rueck*|handg*)
      leblos*|regungslos*|reglos*|bewegungslos* - <thing>
      (voellig|komplett|total|ganz|oafach|gonz|voi|wie|einfach) (wegg?tret*|apathisch*|teilnahmsl*|abwesend|leblos) - <thing>
      (schlaff|schlapp|schlampig|letschert|lampig|lampelig) & (aug*|puppe|lapp*|arm*|baby|kind|ansprech*|<n>|blau*|fieber|kaum|mehl*) & (<person>|<pronoun>) - (<thing>|haut|busen|brust*)
      (starr*|stiert|glotzt|luegt|schaut|guckt|schaugt|blickt) ~(ins leere|ins naech*|an die deck*|a d deck*|an d deck*|durch mich|vor sich hin|luft|loch|gradaus|is leere|ins narrische) - <story>
      wie (tot|leblos|eine puppe|ein sack|n sack|tote|en sack|en tote*)|wia (a toter|a tote|a sack|tot) & (<lies>|haengt|da|do|schlaff) - mued*
      ! <eyes> ~(offn|offa|off|halb|auf|uf) & (<n>|<nil>|starr*|leere|<no>) & (<person>|<pronoun>)
      (ruettel*|schuettel*|g?rued?l*|schuettl*|klatsch*|watsch*|g?watsch*|kneif*|zwick*|abgwatsch*|anschrei*|gschrien|schrei) & (<nil>|<n>|<no> reakt*) & (<person>|<pronoun>)`,
    not_breathing: `
      (schnauft|schnufet|atmet|schnuft) ~(ganz |so )?(schwer|schwar|schlecht|komisch|gspassig) & (<pallor>|<person>|<blue>|schwitz*)
      (zieht|ziet) ~(luft) ~(komisch|ein|i|pfeif*) & (<person>|<pronoun>) - (reifn|pumpe)
      (schnuer*|zuschnuer*|drueckt|zieht) ~(hals|kehle|luft|hois) ~zu*
      (nur|bloss|nume|nua) ~(noch |no )?(schnapp*|japs*|roech*|hechel*) - (luft holn)
      (ring*|kaempf*) ~(um|nach|nache) ~(atemz*|luft)
      (gurgelt*|blubbert*|gluckst*|rasselt*|roechel*) & (<breathe>|er|sie|<person>|ertrink*|<air>|brust) - (abfluss|wasser*|heizung|magen|rohr)
      <breathe> ~(wie) ~(fisch|ertrink*|lokomotive)
      (paus*|aussetz*) ~(beim|bim|zwischn|bi) ~<breathe>|<breathe> ~~(paus*|aussetz*|stockt*) - (kaffee*|sport)
      (machn|mache|mached|tuan|startn|begonn*|druecke*) ~(herzdruck*|reanim*|wiederbeleb*|beatm*|mund zu mund|herzmassage) - (<story>|kurs*)
      (hals|hois|kehle|rachen|zung*|gsicht) ~(schwill*|zuschwell*|zuschwill*|zu ?schwoll*|gschwoll*|anschwoll*) - (zahn*|mandel*|tage*|lymph*)
      (hat|hot|het|habe|hab|ha|han|einen|an|en) ~(herzst*ll*stand|herzstillstand|atemstillstand)
      (japs*|keuch*|hechel*|rasselt|pfeift) & (spray|<air>|nur noch|nur no|<nil>|<n>|asthma|notfallspray|<sudden>) & (<person>|<pronoun>) - <animal>
      quaddel*|nesselfieb*|nesselsucht & (<air>|schwell*|gschwoll*|ueberall|<sudden>) & (<air>|schwell*|gschwoll*|zung*|hals)
      (stich|gstoch*|g?stoch*|wesp*|bien*|hornis*|nuss*|penicill*|antibiot*|tablett*) & (<air>|zuschwell*|kehle|zugschn*|schnuert|schwillt|anschwoll*|gschwoll*) & (<sudden>|<air>|hals|kehle|zung*|gsicht) - (vor jahren|zahn*)
      (hand|spiegel|ohr) ~(mund|nas*) & (<no>|<nil>|<n>) & (hauch|atem|luft|bschl*|spuer*|kommt)
      hechelt* & (<air>|<person>) & (<n>|nur noch|fenst*|immer|panik*) - <animal>
      ! <no> ~(atem|atemzug*|atmung|schnauf*|zug|hauch)|(spuer*|hoer*|g?spuer*|merk*) ~~(<no>|<n>) ~(atem*|atm*) 
      ! (heb*|beweg*|geht|gaht) ~(sich|si|se)? ~(brustkorb|brust|brustkast*|bauch) ~<n>|(brustkorb|brustkast*|brust) ~<n> ~(heb*|beweg*)
      spiegel & (mund|nas*) & (bschl*|beschl*|<nil>|<n>)
      (nur|bloss|nume|nua) ~(alle|jede|all) ~(minut*|sekund*) & (schnapp*|<breathe>|zug*|luft)
      atem(aussetz|paus|stillst)*|<breathe> ~(setzt ~aus|pause*|aussetz*) & <person>
      (reanimier*|herzdruck*|beatm*|mund zu mund|drueck* ~brust*|drueckn ~brust|herzmassage|pumpn ~brust) & (<sudden>|wir|kolleg*|jemand|schnell|hilfe|schon|er|sie) - (kurs|<story>|lern*|ueb*|herr)
      ! <breathe> ~(<n>|<nil>|kaum) - nase - <thing>
      ! <n> ~(<breathe>|luft hol*) - nase
      ! <no> ~(<air>|puls|atmung|herzschlag) - (reifn|matratz*|luftmatr*|schlauchb*|heizung|heizk*|raum|nase|termin*|zeit|ballon|rad|bad)
      ! puls ~(<no>|<n>|weg)|herz ~schl[ao]gt? ~<n>|herzstill*|atemstill*|herz ~steht|(puls|herzschl*) ~<n>
      ! (kaum|schlecht|fast|bald|hart|schwer|schlaecht|kuum|nimma|<nomore>|fast <no>|zu wenig|z wenig|<n> (gnug|gnua|richtig)) ~<air> - (reifn|heizung|heizk*|nase|trepp*|preis*)
      (kaum|schlecht|schwer|flach|komisch*|seltsam|rasselnd*|ganz schwach|unregelm*|so komisch|laut|nur noch|schnell) <breathe> - (treppe*|sport)
      <breathe> ~(kaum|flach|komisch|schwer|seltsam|rasselt|unregelm*|schwach|schlecht|schlaecht|aussetz*|wie ein fisch) & (<person>|<pronoun>) - (sport|training|treppe*|<story>)
      (ring*|schnapp*|japs*|kaempf*|hechel*|zieht|goescht) ~(nach|noch|um|na|nache|nem) ~<air>|(nach|noch|um|na) <air> ~(schnapp*|ring*|japs*|gring*|kaempf*)
      schnappatm*|g?roechel*|roechlet|hyperventil*|japst|japsen
      ? atemnot|luftnot|erstickungsanf*|asthmaanf*|asthma anfall|anaphyl*|allerg* schock|allergieschock
      (hat|hot|het|hab|ha|han|habe|bekommt|kriag*|starke|schwere|akute|schwaere) ~(atemnot|luftnot|erstickungsanf*|asthmaanf*|anaphyl*|allerg* schock|allergieschock|asthma anfall) & (<sudden>|<person>|<pronoun>) - (treppe*|immer wieder|leicht*)
      (aufghoert|ufghoert|aufghert|aufgheat|hoert|hert|heart) ~(<breathe>|zu atmen)|<breathe> ~(aufghoert|ufghoert|aufghert|aufgheat|ausgsetzt|setzt ~aus|usgsetzt|setzt us)|atmung ~(aus|weg|ausgsetzt|aufghoert|stockt|unregelm*|schwach|flach)
      ! (brustkorb|brust|bauch) ~(hebt|bewegt|geht|beweg) ~<n>
      (hals|hois|zung*|gsicht|lipp*|kehle|rachen) ~(schwill*|gschwoll*|angschwoll*|agschwoll*|ogschwoll*|zugschwoll*|zua|schwuelt|dick|schwellt) & (<air>|g?stoch*|stich|wesp*|bien*|imm*|nuss*|allerg*|<breathe>|schluck*|erdnuss*|antibiot*|penicill*|<sudden>|komplett|tablett*|hornis*) - zahn*
      (asthma*|spray|inhalator|puffer) & (<n>|leer|laer|<no>|hilft) & (<air>|<breathe>|keuch*|blau*|pfeif*|schnauf*)
      (pfeift|rasselt|keucht|pfiift) & (<air>|<breathe>|blau*|asthma*) & (<person>|<pronoun>)
      <air> ~(abgschnuert|weg|bleibt|zugschnuert) & (<sudden>|hilfe|hals|asthma*|<person>|stich|wesp*) - (preis*|rechnung|als)`,
    blue: `
      (<family>|er|sie|baby|ea) ~(is|ist|isch|wird|werd) ~(ganz |richtig |total )?(blitze?blau|tiefblau|dunkelblau|blaulila|<blue>) - (<bodycolour>|knie|zeh*|fleck*|btrunk*|gestern|fuss|knoechel|stockbl*|voll)
      (lipp*|gsicht|haut|mund) ~~verfaerb* - (<bodycolour>|selbstbraeun*)
      wie (eine |a |e )?(leiche|tote|toter|wachs) & (grau|blau|bleich|blass|weiss|gelb) - <story>
      (wird|werd*|wordn|worn|worde) ~<blue> & (baby|kind|kleine*|er|sie|bub|opa|oma|mann|<person>) - (<bodycolour>|knie|zeh*|fleck*|himmel|auto)
      (baby|saeugling|neugborn*|kind|kleine*|bub|maedchen) & <blue> & (kalt|still|schlapp|komisch|<n>|trinkt|laeuft|angst|<sudden>) - (<bodycolour>|fleck*|augn)
      <blue> ~um ~(nas*|mund|mul*|lipp*)
      (komische|seltsame|ander*) (farb*) & (gsicht|lipp*|nas*|mund) & <blue>
      (lauft|loft|wird|is|isch|ist|verfaerb*|wordn|worn|worde) ~(gsicht|lipp*)? ~(dunkel*|pflaum*|<blue>) ~(an|o|aa|wie ein* pflaum*|im gsicht|im gsichtl) - <bodycolour>
      verfaerbt ~(sich|si) & (<blue>|dunkel*|lipp*|gsicht) - haar*
      (pflaume|zwetschg*|schlumpf|blaubeer*|heidelbeer*) & (gsicht|lipp*|<breathe>|anlauf*|laeuft|wie) & <person> - (kuchn|essn|farb*)
      <blue> ~(an|aa|o)?(zu)?g?(lauf*|laff*|loff*) - <bodycolour>
      (lauft|loft|laufn|laffn|angloff*) ~<blue>
      <face> & <blue> & (<person>|<pronoun>|ganz|richtig|werd*|wird|wordn|worn|worde|sind|san|is|isch|um|gonz|voi) - (<bodycolour>|schnuller|weisheits*)
      (wird|worn|worde|wordn|werd*|ist|isch|is|wern) ~(ganz|immer|richtig|voellig|total|so|gonz|voi|langsam|schon|scho|komplett|gar) ~<blue> & (<person>|<pronoun>|gsicht) - (<bodycolour>|knie|zeh*|auto|himmel|kleid|knoechel|btrunk*|bsoff*|gstoss*|arm|bein|ellbog*|schienb*|fuss)
      <blue> & (<air>|<breathe>|atemnot|schlapp|roech*|schlaff|japst|keuch*|<n> ~(reag*|wach|schrei*)) - <bodycolour>
      <grey> ~(im|in|i)? ~gsicht|(gsicht|lipp*) ~<grey> - (haar*|schleier|maske|make*)`,
    bleeding: `
      (hab|hob|ha|hat|hot|het|han|mit) ~<weapon> ~(im|in|i) ~(bauch|rueck*|brust|hals|bein|arm|ranzn|hand|aug*|kopf|fuss)
      <bleeds> & (schlimm*|furchtbar*|ganz schlimm|arg) - <minorbleed>
      [a-z]*schlagad* & (spritz*|<blood>|lauft|offn|glaub)
      (tief|bis auf ~knochen) ~(in|i|ins) ~(arm|hand|bein|finger|fuss|handg*|bauch) & (saebelt|schnitt*|saegt|hackt|stoch*|rissn|gschlitzt) - naeg*
      (fehlg?burt|geburt|entbunden|abgang) & blut* - vor
      (ins|in|i|is) ~(bein|fuss|hand|arm|knie|oberschenk*|finger|bauch|schulter|hals) ~(gerammt|rammt|jagt|hautt?|ghaun|rutscht|grutscht|fahrn|cho|kemma|schlagn) & (<sharp>|[a-z]*saeg*|messer|axt|blut*)
      ([a-z]*ader|shunt|gfaess|aneurysma|narbe) ~(platzt|aufplatzt|aufgang*|grissn|rissn|riss) - (handwerk*|rohr)
      (schuss|stich|messer|biss)(wund|verletz)*|messerstich* - (<story>|tattoo|schmink*)
      <wound> & (lauft|loft|tropft|rinnt|spritzt|sprudelt)
      (<blood>|blut*) ~(aus|us|usem|ausm|vo|von) ~(nase|ohr*|mund|auge*|after|po|scheide) & (sturz|unfall|schlag*|gfalln|<person>|<sudden>|viel|klump*) - nasenbl*
      (lauft|loft|rinnt) und (lauft|loft|rinnt) - wasser
      (hund|koeter|katze|pferd|kuh|stier) ~(hat|hot|het) ~(<family>|mich|mi|mir|ihm|ihr|eam|uns|kollegin|<person>) ~~(biss*|trettn|trampelt|angfalln|gstossn|zerfleischt)
      (in|i) ~([a-z]*saege|[a-z]*saeg|fraese|maschine|haecksler|mixer|schneidemaschine|flex) ~(fass*|greif*|griff*|glang*|kemma|kommen|grutscht|cho)
      (hat|hot|het|mit) ~(ein |a |es |en )?<weapon> ~(im|in|i) ~(bauch|rueck*|brust|hals|bein|arm|ranzn|hand|aug*|kopf)
      (wunde|schnitt|naht) & (klafft*|aufgang*|aufriss*|aufplatzt|gplatzt|knochn|knoche) - (faeden)
      (verband|pflaster|kompress*|tuch*) ~(durchblut*|durch|voll*)
      (ins|in den|in s|in d|i|in|is) (bein|fuss|hand|arm|knie|oberschenk*|finger) ~(hackt|saegt|stoch*|schnitt*|schossn|schosse|bohrt)
      (nagel|bolzen|schraubenz*|pfeil|spiess|ast|glas*) ~durch ~(hand|fuss|arm|bein|wang*|finger|aug*)
      blut* ~(lauft|rinnt|spritzt|tropft|fliesst) (nur|nume|nua|bloss) (so|no so)
      <bleeds> & (wie) (narrisch|narret|sau|d sau|a sau|ein schwein|wild|verrueckt|bloed|abgstochn|abgstoche) - <minorbleed>
      <blood> ~~<n> ~(stopp*|stillen|gstillt|halt*)
      (lauft|rinnt|spritzt|loft) ~(das|s|d|des)? ?<blood>
      nasenblut* & (stund*|marcumar|verduenn*|immer mehr|<stop> ~<n>|hoert ~<n> ~auf|literw*|klump*|halbe stund) - (ab und zu|manchmal)
      (schwanger*|[a-z]+t?e[nr] (woche|monat)|ssw|wehen) & (blut*|rot|<blood>) & (<sudden>|alles|klo|bett|laken|viel|stark|ganze|hoer*|sitz*) - (test|wert*|abnehm*|zahn*|tief*)
      (motor|ketten|kette|kreis|band|hand|stich)*(saeg*|sag|sog|sagi|sogn) & <limb> - (verkauf*|repar*)
      (flex|axt|beil|rasenmaeh*|traktor|fraese|hack*|holzspalter|dreschmasch*|schneidemasch*) & (<cut>|abgrutscht|rein*|nei*|eini*|kemma|gkommen|erwischt) & <limb> - (haar*|hackfleisch)
      <wound> & <stream> - (<animal>|farbe|wasser|naeg*)
      <wound> & <everywhere> - (<animal>|farbe)
      <bleeds> & <wound> & (<limb>|<person>|<pronoun>) - <minorbleed>
      (viel|enorm|massig|zu viel|wahnsinnig viel|schon viel|vui|an haufn|en hufe) ~<blood> ~(verlor*|gla*ssn)
      (ganze*|gonze*|alles|ois) ~(lakn|bett|bod*|badewanne|waschbeck*|hemd|shirt|sitz|teppich|kueche) ~(rot|voll*|voi)
      (lauft|rinnt|loft|tropft|spritzt|laufts|rinnts) ~(ihm|ihr|eam|mir|em|iram)? ~(nur so|ununterbroch*|wie) & (<limb>|<wound>|<broken>|scheib*|kopf|nase|ohr) - (nas*|aug* traen*|wasserhahn|schnupf*)
      (pulsier*|pulst|spritzt*|stoss*) ~(aus|raus|heraus|aussa|use) & (<limb>|<wound>|drueck*)
      <bleeds> & <much> - (<minorbleed>|<story>)
      ! (<bleeds>|<blood>) & (<stop> ~<n>|<n> ~<stop>) - zahnfl*
      <blood> & <much> - <minorbleed>
      (<blood>|<bleeds>) & <stream> - <minorbleed>
      (<blood>|<bleeds>) & <everywhere> - <minorbleed>
      (<blood>|<bleeds>) & <sharp> & (<cut>|<limb>|<much>|gfall*|tret*) - <minorbleed>
      (<blood>|<bleeds>) & ([a-z]*wund*|[a-z]*ader|arterie|klafft*|[a-z]*kopf|ohr*|bauch|hals|oberschenk*|schwanger|g?burt|tief*|bissn|bissa|unfall|ohnm*|<faint>|mund|messer) - <minorbleed>
      (erbricht|hust*|bricht|speit|speibt|spoez*|spuck*|kotz*|erbrech*|uebergibt|spuetz*|spuez*) ~<blood>|<blood> ~(erbroch*|gspuck*|ghust*|erbricht|gspie*|kotz*|erbrech*|koerbl*) - zahn*
      <stream> & (<cut>|wunde|<sharp>) & (<limb>|raus|aussa|use|so|<sharp>) - (farb*|wasser|lack|hund)
      (finger*|finga|daum*|tume|hand|zeh|zehe|arm|bein|fuss|ohr|fingaspitz*) ~(ab|halb ab|fast ab|haengt nur*|abgtrennt|(ab|ob|o|weg)g?(schnitt|saegt|hackt|trennt|riss|quetscht|biss|schnidn|sogt|haut|schnaetzl)*|wegg?(schnitt|riss)*) - (naeg*|haar*|verband)
      <limb> & (abgtrennt|abgschnid*|abgsaegt|abghackt|abghaut|abgriss*|amputier*) - (haar*|zopf|prothes*)
      ([a-z]*schlagad*|schlogod*|pulsad*|pulsod*|arterie*|halsschl*|puls ?ader*) & (<cut>|verletzt|troff*|offn|erwisch*|aufg*|ufg*)
      ([a-z]*messer|messa|scher*|glas|nagel|eisenst*|schraubenz*|metallst*|ast|pfahl) ~(im|in|i|in (der|den|seinem|ihrem|da|seim|de)) ~(bauch|rueck*|brust|hals|bein|oberschenk*|arm|ranzn|hand|aug*|buch) & (steck*|drin|gramm*|gstoch*|stich*|<sudden>|blut*)
      verblut* - <minorbleed>
      (klaff*|tiefe|riesige|riesn) ~([a-z]*wunde|schnitt*|fleischwunde) & (<blood>|<bleeds>|<sudden>|<sharp>|<n>|offn)
      druckverb* & (<n>|durch|<blood>|<bleeds>|hilft)
      <sharp> & <cut> & (tief*|knochen|ader*|<stream>|voll|richtig|heftig|sehn*) & <limb> - (haar*|naeg*)`,
    swallowed: `
      <family> ~(hat|hot|het) ~(tablett*|pille*) ~(gno|gnumma|gnomm*|gschluckt) & (komisch|schl[ao]f*|weg|benomm*|<n>|muede|lallt|wirr*)
      <child> & (wc ?stein*|klostein*|spueltab*|kalktab*) & (lutsch*|glutscht|gess*|mund|kaut)
      (methadon|heroin|koks|ecstasy|fentanyl|lsd|crystal|spice|ko tropfen|k o tropfen|tilidin|morphium*) & (<swallow>|<take>|umkippt|weg|<n>|bewusst*)
      <pill> & (spuelt|[a-z]*gspuelt|runtergspuelt|abegspuelt|gstopft)
      leer* (blist*|schachtel*|packung*|packig*|roehrch*|doesl*|flasch*) & (wach|lallt|schl[ao]f*|<n>|benomm*|<family>|lieg*|weggtret*) - (apothek*|rezept|nachfuell*|pfand*)
      <pill> ~(vom|von|vo) ~(hund|oma|opa|mutter|vater|mann|frau|nachb*|grosi|schwest*) ~<take>
      <swallow> & (eibe|liguster|kirschlorbeer|efeu|blaetter|pflanze*|bluete*|wurzel) & <child> - salat
      (verschluckt|gschluckt|gfressn|gessn|glutscht|im mund) & ([a-z]*nagl|[a-z]*naeg*|reissn*|nadel|scherbe*|glas|muenze|fuenfer|rappen|batter*|schraub*|magnet*|murmel|perle|legostei*|kugel) & (<child>|er|sie|husten|bauchweh) - animal
      ! (hat|hot|het) ~(tablett*|tablaett*|pille*|schlaftabl*) ~(gschluckt|gfress*|gess*|gschlickt) - (rezept|wasser|taeglich*|immer|bisher)
      <poison> & (leckt|gleckt|schleckt|ableckt)
      <pill> & (gnomm*|gno|gnumma) & (zu ?viel|z ?vi*|z ?vu*|zvui|zvue|z vue)
      <pill> & (wodka|schnaps|alkohol|wein|rum|bier|whisky) & (intus|<swallow>|<take>|gmischt|flasche|dazu) - (darf|vertraegt)
      <pill> & (bonbon*|zuckerl*|smarties|guetsli|suessigk*|taefeli) & (<child>|ghalt*|fuer|verwechs*) - rezept
      <poison> & <swallow> - (<animal>|kaffee|bier|schwammerlsupp*|gsunkn) - (sind|ist) ~gesund
      <pill> & <swallow> & (<toomuch>|<child>) - (rezept|taeglich|jeden tag)
      <pill> & <take> & (<toomuch>|<child>) - (rezept|taeglich|jeden tag)
      (<poison>|<pill>) & <child> & (<swallow>|<take>|gfund*|im mund|i de hand) - (rezept|allergi*)
      <pill> & (leer|laer|fehl*) & (<person>|<pronoun>|[a-z]*packung) & (schl[ao]f*|<n>|benomm*|mued*|<lies>|packung|nebn|dane*|schachtel*) - rezept
      (hat|hot|het|habe|hab|ha|han|mit|einer|e|a|an) ~<overdose> - lebensmitt*
      <overdose> & (<person>|<pronoun>|<sudden>|drogn|tablett*|pilz*) - (lebensmitt*|blutverg*)
      <poison> & (schaum|kotzt|erbricht|spuckt|wuergt|speibt|spoez*|spuez*|<throat>|mund) & (trunk*|<person>|<swallow>) & (brennt|kotzt|erbricht|spuckt|schaum|weint|schreit|wuergt|speibt|spuez*)
      falsche*n? (flasch*|glas|becher) & (<swallow>|brennt*) & (<poison>|brennt*|drin|gift)`,
    chest_pain: `
      (zieh*|schm[ea]rz*|stech*|brenn*|druck) ~(von|vo|aus) (der|da|de) (brust*|herzg*) ~(in|bis|zum|i)
      (herz|brust) ~(zsamm*|zusamm*|ab|zu|aus|zerr*)?(quetsch*|drueck*|zieht|press*) - (luft raus|bh)
      (link*|lingg*) (arm|oarm|schult*|hand) & (beklemm*|engegf*|<chest>|<sweat>|todesangst|angst) & (schm[ea]rz*|weh|taub|zieht|kribbel*|duad) - (physio*|mausarm)
      herzst[ae]ch* & (<faint>|schwarz|<air>|schwitz*|<sudden>|arm|uebel) - <no>
      (starke|staarki|argn?|schlimm*|ploetzlich*|wahnsinn*|furchtbar*|heftig*|solche|so) brustschmerz*
      (hab|habe|hat|hot|het|ha|han) ~brustschm* - (training|muskel*|past|liegestu*|<chestcare>)
      (fasst|haelt|greift|langt|hoit|hebt|griift) ~(ans|as|am|das|s|d) (herz|haerz|brust)
      (zerreisst|zreisst|verreisst|zerriss|sticht|druckt|sprengt) ~(mir|mer|ma|ihm|eam|em|ihr) ~(brust|herz|haerz)|(mir|ma|mer|ihm|eam) ~(herz|haerz) ~(weh|sticht)
      (schraubst*|schraubzwing*|guertel|gurt|panzer|eisenring|reifen|ring) & <chest>
      (druck|druckt|druckts|enge|eng|stich*|zieht|schmerz*|stech*|brennt) ~(auf|in|um|uf|i|hinter|ueber|af) (der|da|de|die|d|mein*|dr|seiner|ihrer)? ?(ganzn |linkn )?(brust|brustkorb|brustbei*) - <chestcare>
      <sweat> & (strahlt|ausstrahl*|zieht) ~(bis)? ~(<armpart>|arm*) & (<person>|<pronoun>) - (physio*|hexensch*|verspann*)
      <chest> & <pain> & <armpart> & (<sweat>|taub*|kribbel*|kalt*|<sudden>|seit)
      <chest> & <pain> & (<sweat>|<armpart> ~<radiate>|<radiate> ~<armpart>|link* (arm|schult*|seit*|oarm)|lingg* arm|links) - <story>
      ([a-z]*schm[ea]rz*|schmeaz*|druck|enge|eng*fuehl|stech*|stich*|brenn*|krampf*|weh|drueckt|drickt|zieht|reisst|last|gwicht|engi) ~(in|auf|i|hinter|uf|an|ueber|uebers|am|im|hinta|af|um|ufem|hinterm|aufm|vo|ufm|hinderem) ~(brust*|herz*|haerz) - <chestcare>
      (brust|[a-z]*brustkorb|brustbei*|herzg*|brustkast*) ~(weh|schm[ea]rz*|druck|drueckt|sticht|zieht|eng|zerreisst|zreisst|brennt|zugschn*|zsamm*|drickt|schwer|steche|zaem*) - <chestcare>
      (auf|uf|af) ~brust ~(sitz*|hock*|steh*|lieg*|druck*)
      <chest> ~(als|wia|as) ~(ob|wenn|taet)? ~(drauf*|druf*|sitz*|hock*|steh*|elefant*|stein|schraubst*|druckt|press*|tonne*)
      (sitzt|hockt|steht|liegt|drufhock*|druf|drauf) ~(auf|uf|af) ~(brust|brustkorb)
      (haelt|hebt|griift|fasst|hoit|langt|haltet|presst|drueckt|heb|greif*|hat) ~(brust|herz|haerz) & (<sweat>|<person>|<pronoun>) & (<sweat>|<collapse>|<air>|<sudden>|<pain>|<armpart>|stoehn*)
      (link* |lingg* |recht* )?arm* & (str[ao]hl*|ausstr*|zieht|eini|nei) & ([a-z]*schm[ea]rz*|druck|<sweat>|<chest>) & (<sweat>|<chest>)
      herz & (rast|rost|stolpert|setzt aus|spinnt|flattert|schlaegt wie*|spielt verrueckt) & (<sweat>|<air>|<collapse>|angst|schmerz*) - <story>
      ? [a-z]*herzinf*|haerzinf*|heazinf*|herzanfall|herzattack*|herzkasp*|infarkt
      (hat|hot|het|habe|hab|ha|han|kriag*|bekommt|einen|an|en|nen|wie) ~([a-z]*herzinf*|haerzinf*|herzanf*|herzattack*|heazinf*|infarkt|herzkasp*) & (<sudden>|<family>) - termin* - (und|deswegen) ~(braucht|brucht)
      (glaub*|denk*|moan|moa|schaut aus|sieht aus|vermut*|verdacht|fuercht*|wahrsch*) ~([a-z]*herzinf*|haerzinf*|infarkt|herzanf*|heazinf*)`,
    stroke: `
      (mund|mul|mei|gosch*) ~(haengt) ~(schief|runter|abe|owe)
      (sieht|sehe|seh|gseht) ~(links|rechts|lingg*|auf einer seite) ~(<nil>|<n>)
      (heiss* kartoff*|heiss* erdaepf*|muell|brei) & (red*|sprech*|sprich*|mund) - (trennung|essn)
      (hand|arm|bein|fuss|mund|zunge) ~(macht|tuat|folgt|ghorcht|will) ~<n> ~(mehr|was|mit|wie) - (physio*|training)
      (auge*|lid|backe|wange) ~(haengt|faellt zu) & (komisch|schief|red*|arm|<sudden>|guckt|schaut|mund) - wimper*
      (woert*|saetz*) ~(sind |is |ist |ganz |einfach )?(weg|durcheinander|falsch*|verdreht)|(verwechs*|verdreht|findt|suecht) ~(all* )?(woert*|begriff*) - (passwort|vokabel*)
      (lauft|rinnt|tropft|lofft) ~(ihm|ihr|eam|em|iram|alles|ois) ~(aus|us|usem|ausm) ~(mund|mul|mei) & (<person>|trink*|kaffee|wasser|alles) - (baby|zahn*)
      (erkennt|kennt) (mich|mi|uns|niemand*) ~<nomore>|(erkennt|kennt) ~<n> & (<sudden>|woert*|red*|verwirrt|verwechs*)
      ? <side> & (g?laehm*|gloamt|glahmt|taub|lahm*|gfuehllos) - (physio*|schult*|frozen|bandsch*|seit|beim schlaf*|nachts|zahn*|op|spritz*)
      (wort*|woat*) ~<n> - (versteh* ihr*|passwort|deutsch|englisch)
      (er|sie|ea|<family>) ~~<n> (richtig |gscheit |recht |deutlich |gschit |mehr |meh )?(red*|sprech*|schwaetz*) - (deutsch|englisch|ueber|mit (mir|ihr|ihm|dir)|drueber|baby|streit|boes)
      (er|sie|ea|<family>) ~(redt|redet|sprich*|schwaetzt|red t) ~(komisch|verwasch*|wirr*|undeutlich|daneben|durcheinander|chabis) - (deutsch|englisch)
      (lall*|wirr*|verwasch*|undeutlich) & (faellt|aus der hand|arm|hand|gsicht|bein|sudden)
      (gsicht*|mund|mul|mundwink*|lipp*) ~(wie |so )?(eingfror*|starr|taub|tot|pelzig|schlaff) - (zahn*|spritz*|btaeub*|kaelt*)
      <n> ~(laech*|grins*) & (richtig|halb|seit*|<sudden>|mund*|gsicht) - (witz|termin)
      (zieht|schleift|schleppt) ~(ein|das|s|a|es) ~(bein|boa|hax*) ~(nach|hinter) - <past>
      <halfface> & (auf|uf|af) (einer|oana|einere|eine|oa|ane|der linkn|der rechtn|da linkn|da rechtn) (seite|seitn|siite|sitn) - (haar*|frisur|zahn*|kau*)
      (lall*|glallt|kauderw*|gbrabbel*|wirres zeug|verwasch*|unverstaendlich*) & (er|sie|ihr|ihm|<person>) - (btrunk*|bsoff*|party|gsoff*|baby|leitung|verbindung|gluehwein|bier|stoff*|farb*|jean*)
      (kann|ko|cha|kon) ~(glas|tasse|loeffel|gabel|stift|besteck|kaffee*|heferl|haeferl|schluessel) ~<n> ~(halt*|hoitn|hebn|hebe|greif*) - (sauber|spuel*)
      ! (siht|seh|sehe|gseht|siach) ~~(aug*|ouge*) ~(<n>|<nil>) - (brille|schminke|linsn|termin*|wimper*)
      ! (aug*|ouge*) ~(seh*|sieht|siecht|siach*) ~(<n>|<nil>)|(seh*|sieht) ~<nil> ~(rechts|links|aug*)
      (beide*|linkn|rechtn) ~arm* ~~~(sinkt|faellt|rutscht|runter) - (gym*|haar*|sport)
      <halfface> & <crooked> - (bild|lampe|spiegel|frisur|pony|zahn*|spritz*|btaeub*|facial|foto*)
      <side> & <limp> & <sudden> - (<animal>|muskelkat*|physio*|training|massage)
      ! <speech> & (<sudden>|<side>|<halfface>|<limp>) & (<person>|<pronoun>) - (<animal>|leitung|verbindung|netz|empfang|mikrof*|telefon)
      ! <speech> & <family> - (<animal>|leitung|verbindung|netz|empfang|mikrof*|telefon|deutsch|englisch|lernt|handy|logop*)
      ! <limp> & <side> & (<speech>|<halfface>|<faint>|doppelt|seh*|siech*|<n>) - (physio*|rueck*|bandsch*|hueft*|schult*)
      ! (link*|recht*|ganze*|eine|halb*|lingg*|gonz*) ~([a-z]*seit*|siite|[a-z]*haelft*|sit) ~(<limp>|g?laehm*|taub|lahm|<n>|nima|schlaff|haengt|tot)
      (<limp>|taub|g?laehmt|lahm) ~(link*|recht*|lingg*|ganze*|halb*) ~([a-z]*seit*|siite|sit|[a-z]*haelft*)
      ! (sieht|siecht|seh|sehe|gseht|siagt|siacht|siag|sehn) ~(<nil>|<n>|doppelt|schwarz|verschwomm*) & <sudden> & (<person>|<pronoun>|<eyes>) - (brille|lesn|linsn|internet|termin*|kalender|website)
      ? schl[ao]g[ao]nf*|schl[ao]g[ao]f*|schlaegli|schlagl|schlagerl|hirnschl*|hirnblut*
      (hat|hot|het|habe|hab|ha|han|kriag*|bekommt|einen|an|en|es|nach|nen) ~(schl[ao]g[ao]nf*|schl[ao]g[ao]f*|schlaegli|schlagerl|hirnschl*|hirnblut*) & (<sudden>|<speech>|<limp>|<crooked>) - termin*
      (glaub*|denk*|moan|moa|schaut aus|sieht aus|vermut*|verdacht|fuercht*|isch) ~(schl[ao]g[ao]nf*|schl[ao]g[ao]f*|schlaegli|schlagerl|hirnschl*|hirnblut*)`,
    seizure: `
      (arm*|bein*|haend*|fuess*) ~~(schlag*|schlog*|schlack*|zuck*|zappel*|rudern|fuchteln|zitter*) & (hin und her|wild|unkontroll*|bod*|um sich|<n>) & (<person>|<pronoun>|seine|ihre) - (tanz*|train*)
      (is|isch|ist|am|grad) ~am ?(krampf*|zuckn|zucke)
      (epi|epilepsie|fieber|fiaba|fiebr)[ ]?([a-z]*krampf*|anfa*l*|afal*)|fieberch?r[ae]mpf*|fiabakrampf*
      (verkr[ae]mpft|verchrampft|krampft*) ~(ganz* (leib|koerp*)|ueberall)
      (zuck*|krampf*|zitter*|schuett*) ~~~(minut*|hoer* ~~<n> ~(auf|uf)) & (<person>|<pronoun>) - (wade*|lid|muskel*|maschin*|termin*)
      <seize> & <whole> & (<person>|<pronoun>) - (wade*|augenlid|migraen*|nacken|kaelt*|muskel*|[a-z]*adern|glenk*|knie|heizung|schulter*|rueck*|<thing> ~<seize>|magen|unterleib|<message>)
      <foam> - (bad|bier|kaffee|<animal>|spuel*)
      <eyes> ~<rolled>|<rolled> ~<eyes> & (<person>|<pronoun>) - (gnervt|preis*)
      (krampft*|krampfet|(fing|gfang*|angfang*|begann|beginn*|hebt|hoert|afo) ~(an|o|a)? ~(zu )?krampf*|krampfanf*|fieberkr*|fraisen|gichter*|epilep* anfall|epi ?anfall|grand mal|epilep* ofoi) & (<person>|<pronoun>|<sudden>) - (wade*|muskel*|nacken|rueck*|bauch|magen|fuss|zeh*|finger|darm|unterleib|periode|schulter*|bein|hand|tage)
      (hat|hot|het|kriegt*|bekommt|ueberch*|griagt*|uebchunt) ~(an|en|einen|ihren|seinen|wieder|nen|grad|ebn) ~(anfall|ofall|aofall|afall|ofoi|anfoi|krampfanf*|fieberk*) & (<sudden>|<whole>|<person>) - (migraen*|panik*)
      (zuck*|zitter*|schuett*|schuettl*) & (bod*|<eyes>|<n> ~(ansprech*|reag*|aufh*)|bwusst*|steif|fieber) & (<person>|<pronoun>) - (lid|muskel*|kaelte|kalt|<animal>)
      (eingnaess*|in die hos*|i d hos*|zung* ~(biss*|blut*)|auf die zung*|auf d zung*|uf d zung*) & (<seize>|<n>|bod*|<lies>)`,
    choking: `
      (greift|fasst|langt|griift|haelt) ~(sich|si|a|an)? ~<throat> - (massage|kette)
      (er|sie|ea|<person>) ~(hat|hot|het) ~(knochn|graet*|stueck*|brock*|bissn|bonbon*|nuss|muenze|fleisch*) ~(im|in|i) ~<throat>
      (was|etwas|oeppis|wos|ebbas) ~(in|i) ~(luftroehr*|falsch* hals) - salz
      (hust*) ~<nomore> & (hals|<throat>|<choke>|blau|<n>)
      heimlich & (<n>|raus|probier*|gmacht|hilft)
      ver?s[ch]*tickt*|verstick*
      ! (hust*) ~(gar |ueberhaupt )?<n> & (mund|<throat>|blau*|teil|verschl*) - (mehr krank|schlimm)
      (griff|handgriff) ~(von hint*|bauch)|(klopf*|hau*|gschlag*) ~(ruecken|rugge|buckl|schulterblaett*) & (<n>|raus|<throat>|<choke>|stueck*) - massage
      ! steckt ~(fest|drin) & (gsicht|mund|dunkel|hals|essn|fleisch|<air>) - (schluessel|karte|kabel|auto)
      er?stick(t|e|en|n|a|ts|et)|ersticht|erstickt|am ersticken - (arbeit|papier*|bettzeug|parfuem*)
      <throat> & <stuck> & (<person>|<pronoun>|<chokesign>) - (kratz*|wort|schleim|halsweh|husten|spange)
      <choke> & <chokesign> - <animal>
      (verschluck*|verkutz*) & (<no>|<n>) & (<air>|red*|sprech*|atm*|raus|ton|laut|aussa|use|aufh*|hoert)
      ! (bring*|krieg*|bekomm*|chum*|hol*|geht|gaht|goht|kunnt|kommt) ~(<n>|<no>) ~(raus|heraus|aussa|ausse|use) & (<throat>|<choke>|stueck*|mund|bonbon*) & (<person>|<pronoun>)
      heimlich (griff*|handgr*|manoev*)|auf den rueck* ~(klopf*|ghaut|g?klopft|haun)|uf de rugge ~(klopf*|ghaue) & (<choke>|<throat>|<air>|<n>|blau*)
      (stueck*|biss|bissn|brock*|bonbon*|zuckerl|nuss|traub*|wurst*|apfel*|muenz*|murmel*|perl*|erdnuss*|gummib*|lego*|taefeli|graet*|knoedel|brot*|rueebli|fleisch) ~(verschluckt|luftroe*|quer|im (hals|hois)|eingatm*|steckn*) & (<chokesign>|<person>|<pronoun>)`,
    fall: `
      (auto|lkw|bus|laster|lastwagn) ~~(gfahrn|grast|krach*) & (leute|menschn|<lies>|verletzt*) & (<lies>|verletzt*|schrei*) - (versicherung|schaden|stau)
      (fahrer|skifahr*|rodler|rad*|motorrad*|auto|kind|mann|frau|snowboard*) ~(in|gegen|an|i) ~(baum|mauer|wand|laterne|leitplanke|graben|haus) ~(gfahrn|krach*|grast|prallt|gfahre) & (<lies>|verletzt*|blut*|bewusst*|<n>|<sudden>) - (versicherung|blech*|schaden)
      (eingkl*|einklemmt|eigklemmt|igklemmt|iigchlemmt|eingequetscht|begrabn|verschuettet) & (unter*|zwischn|palette|stapler|presse|maschine|auto|traktor|baum|last|tor|lift) - (finger|nerv|paket|bonbon)
      (motorrad*|rad*|fahrrad*|fussgaeng*|velofahr*|kind|mann|frau|mensch|person|jemand|einer|bub|maedchen|toeff*|oepper) ~(liegt|lit|liegn|leit|lag) ~(auf|uf|af|am|mitten) ~(strass*|fahrbahn|gleis*|schien*|autobahn|kreuzung|gehsteig|trottoir|zebrastr*|bod*|asphalt|parkplatz)
      meter (tief|hoch|runter|in die tiefe|abgst*|gfall*)|in die tiefe ~(gst*|st*|gfall*) - (bohr*|graben|tauch*)
      <lies> ~(unten|drunten|am fuss) ~([a-z]*trepp*|stieg*|leiter|staeg*) - <thing>
      (in|i|ins|vor) ~(glei[sz]*|schien*|zug|bahn|gleisbett) ~[a-z]*<fellroot>
      (auto|lkw|bus|laster|traktor|lastwagn) ~(in|gegen|ueber) ~(haltestelle|menschn*|leute|kind*|schaufenster|baum|radfahr*|fussgaeng*|gruppe) & (<lies>|verletzt*|gfahrn|grast|krach*|schrei*|knallt) - (versicherung|schaden|werkstatt)
      (vom|von|vo) [a-z]*(bodn) ~[a-z]*(foin|fall*|gheit|stuerzt)
      (<fell>|sturz) & (bein|arm|hueft*|fuss|hals|kopf) ~<n> ~beweg*
      <n> ~beweg* ~(nach|seit) ~(sturz|unfall|fall)
      (wurde|is|isch|ist|worn|wordn|worde) ~(angfahr*|agfahr*|ogfahr*|ueberfahr*|umgfahr*|zamgfahr*) - (<past>|auto ~[a-z]*fahr*|gartenzaun|zaun|mauer)
      <fell> ~(schacht|grube|guell*|jauch*|teich|pool|see|fluss|bach|brunn*|silo|baugrub*)|(in|i) ~(schacht|grube|guell*|jauch*|teich|pool|see|fluss|bach|brunn*|silo|baugrub*) ~[a-z]*<fellroot> - (handy|schluessel|ring|brille|ball)
      <lies> ~(drunter|darunter|drunta|unterm|under|eingkl*|begrabn) & (<person>|<pronoun>) - (schluessel|katz*)
      (vom|von|vo|us|usem|ausm|aus) ~(dach|gruest|balkon*|baugruest|fenst*|heuboden|kran|stadl|tenn*|hochsitz|mast) ~[a-z]*<fellroot> & <person> - (<past>|rahm*|schnee|ziegel*|wolke*)
      (aus|usem|ausm|vom|us) ~(fenst*|dach|balkon*|baugruest|gruest|hochhaus|stock|bruecke|mauer) ~(fall*|foi*|stuerz*|gheit|flog*|sprung*) - (wolke*|rahm*|<past>|<thing>)
      (abgstuerzt|abkracht|gstuerzt) & (stoehn*|<lies>|schrei*|wimmer*|<n>) & (<person>|<pronoun>) - (comput*|system|laptop|handy|programm)
      <notup> & (flur|bad|bod*|stund*|hueft*|bein*|fallen|allein*|kueche) & (hueft*|bein*|<lies>|gfalln|stuerzt|bruch*|broch*) - (morgens|bett schlecht)
      unfall & (verletzt*|<lies>|motorrad*|blut*|eingkl*|ueberschl*|auto*) & (<sudden>|vor (unser*|dem|der)|strass*|drauss*|hier|kreuzung) - (schadn|versicherung|werkstatt|stau|spaet*|physio*)
      (hueft*|oberschenk*|bein*|wirbel*|ruecken|kreuz|gnick) ~(broch*|durch|hi) & (<lies>|<notup>|<fell>) - (gips|seit|op)
      <lies> & (stoehn*|wimmer*|jammer*|schrei*) & (<floor>|unten|<nofeel>|<high>|dach|leiter) - <animal>
      (asphalt|strass*|bordstein|bod*|beton|kante|fliesn) ~(knall*|schlug|schlag*|pralt*) & (<lies>|<n>|blut*|kopf) - (<thing>|handy)
      <fell> & (<notmoving>|<notup>|<nofeel>|<broken>|b?e?wusst ?los|<n> ~(ansprech*|reag*|aufgst*)|wie tot|ohnm*|<react> ~<n>|leblos|gnick) - (<thing> ~<fell>|preis*)
      <fell> & <high> & (<lies>|blut*|schrei*|stoehn*|hilfe|wimmert|jammert|<sudden>) & (<person>|<pronoun>) - (<past>|schulter*|knie|knoechel)
      <lies> & <fell> & (<n>|<no>|<nil>|verdreht|komisch|schreit|blut*|wimmert|stoehn*) & (<person>|<pronoun>) - (<thing> ~<fell>|wimpern)
      <lies> & (<notmoving>|<notup>|<nofeel>) & (<person>|<pronoun>) - <thing>
      (angfahr*|agfahr*|ogfahr*|ueberfahr*|[a-z]*unfall|umgfahr*|zaemgfahr*) & (<lies>|<notmoving>|blut*|b?e?wusst ?los|verletzt*|eingkl*|strass*) & (<sudden>|<notmoving>|<lies>|hilfe)
      (eingkl*|eigkl*|iigkl*|verschuett*|begrabn) & (<person>|<pronoun>) & (bein|arm|brust|hilfe|<n>|auto|baum|traktor|bulldog|maschin*|fuess*|<sudden>) - (nerv|finger|haar*)
      (verbrueht*|verbrennung*|verbrannt|verbrenn*|uebergoss*|ueberschuett*) & (schlimm*|stark*|gross*|gsicht|ganz*|baby|kind|<family>|blasn|heiss*|schreit|arm*) & (<sudden>|schlimm*|stark*|gross*|schreit|hilfe|haut|blasn|heisse*|kochend*) - (sonne*|creme|salbe|narbe*|gebissn|kuchn|essn)
      (kopf|schaedel) ~(aufgschlag*|aufgschlog*|ufgschlag*|aufplatzt) & (<stream>|blut*|<faint>|<n>|<lies>|runter|wirr*)
      (stromschl*|strom ~(bekomm*|erwisch*|kriag*)|ertrink*|ertrunk*|dasauft|versauft|im (wasser|pool|see) ~(treib*|lieg*|unterg*)|unterggang*|verbrueht|verbrennung*) & (<person>|<pronoun>) & (<n>|<sudden>|<no>|baby|kind|ganze*|hilfe)`,
    called: `
      ? (das|es|is|isch|ist|ein|an|en|a|wir habn|echter|medizin*) ~(notfall|notfoi|lebensgf*) - (<no>|[a-z]*termin*|haar*|zahn*|friseur|frisur|nagel*|apothek*|klempn*|wasser*|rohrbr*|klo|verstopft|strom|heizung|abfluss|ueberschwemm*|schluessel*|auto)
      (?<=^ )(notruf|notfall|hilfe|feuer|huif|polizei)(?=( [.,])* $)|(hilfe|hilfe,) notruf|notruf (hilfe|bitte)
      (ich|i) (sterb|sterbe|steab|staerbe|verblut*|verreck*) - (lach*|fast)
      hilfe hilfe|zu hilfe|hilfe schnell|schnell hilfe
      <send> ~<rescue> - (frisur|party|auf der|bei der|bei de|in der|wache|gestern|wenn|falls)
      <rescue> ~(ruf*|schick*|hol*|verstaend*|alarmier*|waehl*|brauch*|bruch*|her|komm*|cho|kemm*|aaluet*) & (<sudden>|schnell*|bitte|sofort|hilfe|brauch*|bruuch*|choen*|mir|wir|sie|muess*|mia) - (frisur|party|auf der|bei der|bei de|wache|gestern|wenn|falls)
      lebensgfahr|lebensgfaehrlich verletzt|(schwer|schwaer|lebensgf*) ?verletzt*
      (er|sie|mei*|<person>) ~(stirbt|stiabt|verreckt|krepiert)|(stirbt|stiabt|verreckt) ~(mir|uns|ma|mer) - (hunger|durst|lach*|langw*|neugier|<story>|handy|akku|pflanz*|baum)
      fruchtblas* & (platzt|<sudden>|wehen)
      (baby|kind|kopf|es) ~(kommt|kimmt|kunnt) & (wehen|pressen|presswehen|fruchtbl*|kopf ~(sehn|raus|da))`,
  },
};
