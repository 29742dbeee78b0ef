/** Words that the passwords of broken lists are made of, in German and English: a password of one or two of them is among the first that are tried. Read by passwords.ts. */

const WORDS = `
password passwort passwd pass kennwort geheim geheimnis secret private privat login logmein letmein einloggen zugang access admin administrator root
user benutzer guest gast test tester testing demo default changeme change system server computer laptop internet network netzwerk windows microsoft
google facebook apple samsung android iphone linux ubuntu oracle master welcome willkommen hello hallo hola servus moin guten morgen abend tag
welt world love liebe lieben lover iloveyou loveyou ichliebedich ich dich mich you your mein meine dein deine unser my the and und der die das
schatz schatzi schnucki maus mausi mausebaer hase hasi baer baby babe engel angel angels devil teufel sweet sweety sweetie honey sugar princess
prinzessin prinz queen koenig king kaiser hero star stern sterne superstar superman batman spiderman starwars matrix pokemon pikachu naruto dragon drache
monkey affe tiger lion loewe wolf eagle adler bear panda katze katzen kitty kitten hund hunde dog doggy puppy horse pferd pferde pony shadow schatten
sunshine sonne sonnenschein sonnenblume mond moon regen regenbogen rainbow flower flowers blume blumen rose rosen schmetterling butterfly summer sommer
winter spring fruehling herbst autumn januar februar maerz april mai juni juli august september oktober november dezember january february march
june july october december montag dienstag mittwoch donnerstag freitag samstag sonntag monday tuesday wednesday thursday friday saturday sunday
weihnachten christmas ostern easter urlaub holiday freedom freiheit frieden peace happy gluecklich glueck lucky smile money geld cash euro dollar
football fussball fusball soccer baseball basketball hockey tennis golf handball schalke borussia dortmund bayern muenchen werder bremen hamburg
stuttgart frankfurt koeln berlin deutschland germany oesterreich austria schweiz zuerich wien vienna london paris america england liverpool chelsea
arsenal barcelona madrid juventus ronaldo messi ferrari porsche mercedes audi volkswagen golfgti bmw corvette mustang harley yamaha honda
michael michelle jennifer jessica jessi ashley amanda daniel daniela andrea andreas thomas stefan stefanie stephan christian christina christine martin
martina peter petra sabine sandra susanne claudia nicole nadine melanie julia julian anna anne lisa laura lena leon lukas paul max maxi felix
alexander alexandra sebastian matthias markus marcus marco maria marie sarah sara katharina kathrin anja tanja sonja silke heike ulrike monika
robert richard william george charlie charly jordan joshua matthew anthony andrew nicholas harry potter maggie buster ginger pepper cookie chocolate
schokolade cheese kaese banane banana orange apfel kirsche cherry strawberry erdbeere coffee kaffee bier beer wine whisky pizza
mutter mama mami vater papa papi oma opa bruder schwester familie family freund freunde freundin friend friends forever immer ewig mother father
brother sister girl boy girls boys lady woman mann frau kind kinder junge maedchen music musik metal rock guitar gitarre dance tanzen game gamer
games spiel killer ninja hunter jaeger soldier ranger warrior legend fire feuer water wasser wind thunder storm sturm ice eis snow schnee
black schwarz white weiss red rot blue blau green gruen yellow gelb purple lila silver silber gold golden diamond diamant pink
secure sicher sicherheit security safety strong super mega ultra power turbo magic zauber trust trustno nothing nichts whatever never niemals
always something blink qwerty qwertz qwert asdf asdfgh asdfghjkl yxcvbn yxcvbnm zxcvbn zxcvbnm qazwsx qweasd qweasdzxc qazwsxedc zaqxsw zaqxswcde
abc abcd abcdef abcdefg abcdefgh salon friseur praxis studio firma buero office chef boss arbeit work telefon handy schule school
lehrer student haus auto motorrad fahrrad heimat zuhause home house garten himmel heaven hell hoelle gott jesus christ church amen
initial temp temporary start neu new old alt eins zwei drei vier one two three four five six seven
`;

export const COMMON_WORDS: ReadonlySet<string> = new Set(WORDS.trim().split(/\s+/));
export const LONGEST_COMMON_WORD = Math.max(...[...COMMON_WORDS].map((word) => word.length));
