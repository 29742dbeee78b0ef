/**
 * Turns of spoken English, of natives (UK, Ireland, US, Australia) and of people who speak it with the turns of their own language,
 * rewritten into words that the grammar knows. Called by tokenise.ts with folded text before the fixed turns (idioms.ts) are found. A turn
 * that is meant in two ways becomes a mark (`§half-to`, `§doubt`): it ends in a question unless a clear hour stands beside it.
 */
import { needlesOf } from './needles.ts';
import { numberWord } from './numbers.ts';
import { type Rewrite, Rewrites } from './rewrite.ts';

/** Parts of the patterns below, each named by a capital letter: what was said is folded and holds none. Later ones stand in earlier ones. */
const PARTS: readonly (readonly [name: RegExp, pattern: string])[] = [
  // The end of a wish: an hour that stands before it stands alone.
  [/E/g, '(?= ?(,|$|on |at |in |please|if |D|§))'],
  [/D/g, '(today|tomorrow|W)'],
  [/W/g, '((mon|tues|wednes|thurs|fri|satur|sun)day)'],
  // A clock, however it is said.
  [/P/g, '((half |(half|quarter) (past|to) )?T( oclock)?( M)?|\\d?\\d:\\d\\d|noon|midday)'],
  [/M/g, '(five|ten|fifteen|(twenty|thirty|forty|fifty)( ?five)?|[1-5]?\\d)'],
  // An hour of the whole day, one of its second half, one of the clock.
  [/T/g, '(H|K)'],
  [/K/g, '((thir|four|fif|six|seven|eigh|nine)teen|twenty( one| two| three)?|1[3-9]|2[0-3])B'],
  [/H/g, '(N|1[0-2]|0?[1-9])B'],
  [/N/g, '(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)'],
  [/B/g, '(?![a-z0-9]|[:.]\\d)'],
  [/L/g, '((jan|febr)uary|march|april|may|june|july|august|(septem|octo|novem|decem)ber)'],
];

/**
 * A turn a line: what is said, `>`, what it becomes. Round brackets group only; what stands in curly ones is kept as $1, $2. The order
 * matters: what is longer or surer stands first.
 */
const TURNS = `
(?<=(thats|its|is|are|was|be|youre|does|do|goes|will|no good)( [a-z0-9.]+)?( [a-z0-9.]+)?( [a-z0-9.]+)?( [a-z0-9.]+)?,? )((isnt|wasnt|arent|doesnt|dont|wont|cant|aint) (it|that|he|she|they)|is it)(?= ?(,|$|so |then ))|innit>
(?<!(mon|tues|wednes|thurs|fri|satur|any|that|the) )(in |out in |under )?the sun(?! (the|at|after|before|morning|afternoon|evening|in|\\d|§))|sun (cream|screen|tan|tanned|burn|burnt|bed|beds|glasses|light|damage|spots?|exposure|lotion)>
(im|i am|were|we are|hes|shes|theyre|is|are|was|been|being|just|they|and|who|left) sat(?= (here|there|around|by|down|waiting|outside|inside|indoors|under|behind|next|twiddling|doing|reading|watching|looking|staring|at (home|my|work)|in (my|a|traffic|front|bed|the (?!morning|afternoon|evening))|on (my|a|the (sofa|couch|bus|train|floor|bench|toilet|loo))))>
(had|have|having|took|take|taken|bad|nasty|bit of) (a |my )?((bad|nasty|little|wee) )?fall|fall (off|over|asleep|apart|ill|pregnant|through)|spring (clean|cleaning|rolls?|onions?|mattress|water)|(getting|to be|newly) wed>
for midnight(?= ?(,|$|do|please))>
{night|day|late|early|morning|evening|my|a|the|double|long|this|next} shifts?>$1 job
hear me (now|again|ok|okay)>
{get|getting|have|win|give me} one free(?! (on|at|D|P))>$1
(not|no) ((this|the) )?(coming )?{W}( coming)?,? ((but|no but|but rather|its) the (one|next|following|W)( one)?( (after|following))?|the (one|W) (after|following)|(but )?(the )?(next|following)( one| W))( (that|this|it|this one|that one))?(?= ?(,|$|at |for |please|noon|midday|P))>a week on $1
(and )?after that(?= (its|im|ive|i have|i must|i need|i got|i go|were|weve|we have|theres|the|my|he|she|hes|shes)(?! (free|available|open|easy)))>, because
{im|i am|hes|he is|shes|she is|were|we are|theyre} (only |really |just )?after(?= ((something|anything|a slot|an appointment|a time) )?((on|for) )?(the )?D)>$1 wanting
{on|the|for} day {(twenty|thirty) [a-z]+|[a-z]+(teen|ty|th)|ten|eleven|twelve|one|two|three|four|five|six|seven|eight|nine}(?= (of )?L)>$1 $2
at (the )?(hours?|clock) {T}( and)? {M}>at $1 oclock $2
{H} after ?noon(?! (tea|sun))>$1 in the afternoon
{H} hours? (in the |of the )?{morning|afternoon|evening}>$1 oclock in the $2
{^|, |but |and |because |also }((also )?(on )?(the )?{W}s? )you are (also )?(working|open|opened)( too)?(?=,? (i|we|so|and) )>$1
{H} {a|p} m(?= ?(,|$|on |please|if |or |and |D))>$1 §$2m
(if|unless) (its|it is|thats|that is) not (too much( (trouble|bother|hassle|to ask))?|a (problem|bother))|if you dont mind|no (dramas?|stress|panic|fuss|pressure|hard feelings|worries)( either way)?>
(i |im |we |were )(dont (have to|need to) work|(am |are )?not (working|at work|on shift)|have no work|have (the |a )?day off)(?! (at|from|until|till|before|after) )>i am free
(just|im|i am|only) after (a|an|some)(?! (few|couple|week|day|month|while|long|hour|year|bit|little|half|quarter|H)( |$))>wanting a
(but )?not (too|so|that|terribly|really) (early|late)(?= ?(,|$|please))>
{pop|drop|swing|stop|call|nip} by(?! (D|P|noon|then|the end))>$1 round
{mon|tues|thurs|satur|sun} day(?! (off|job|trip|out|spa|centre|center))>$1day
(wednes|wends|weds|wedns) day>wednesday
my (other|better) half>my wife
{it would|itd|it will|itll|thatd|that would} (have|need) to be>it must be
{H} and (a )?half(?= ?(,|$|on |please|D))>half past $1
two for one|buy one get one( free)?|dont ask( me)?( why| how| what)?(?= ?(,|$|but |just |please|i |its ))>
(nought|naught)(?= point)>zero
(cant|cannot|can not|couldnt|can hardly|can barely|hardly|barely) (really |even )?{move|sleep|turn|lift|walk|bend|eat|chew|breathe|bear|swallow|sit|bite}>$1
(im|i am|were|we are) not ((too|that|very|really) )?(fussy|picky|choosy)( about ([a-z]+ ?){1,3})?(?= ?(,|$))>§any
(which|what|the) (hour|time) (i (let|leave) ((it|that) )?(to|with|up to) you|(you|u) (choose|decide|pick))>any time
(the )?{week|month} that (comes|is coming|follows)>next $1
(the )?{W} that (comes|is coming)>coming $1
{(in|during) L|((in|during) (the )?)?(next|this) (week|month)},? (some|one|any|a) day(?= ?(,|$))>$1
(the )?most (quick|fast|soon|early|near) (time|appointment|day|date|slot|termin)( possible)?|as (soon|quick|quickly|early|fast) as (you )?(possibly|ever) (can|could)|as (soon|quick|quickly|early|fast) as you (possibly|ever)? ?(can|could)>§earliest
towards? (the )?{T} (hours?|oclock)>about $1 oclock
{at|from|until|till?} the {T}( oclock)? and (a )?{half|quarter}(?! (hour|day|week|month|year))( of)?>$1 $3 past $2
tomorra|tomoz|tommorr?ow|2moro|2morrow|the morra>tomorrow
i have (free )?time|i have free>i am free
tues>tuesday
weds?>wednesday
thurs?>thursday
fri>friday
{today|tomorrow}s>$1 is
{(next|this) (week|W)}s>$1
{W|(half )?N}s(?= (good|fine|grand|great|lovely|perfect|ideal|best|better|easie|hand|ok|alright|free|not?|out|off|bad|the|my|P slot)[a-z]*)>$1 is
sarvo>this afternoon
arvo>afternoon
in the before ?noon|(in the )?forenoon>vormittag
(in|at|on) (the )?after noon>in the afternoon
mid(?= (day|afternoon))>
{morning|afternoon|evening|night} ?time>$1
(at|on|by) (the )?morning(?! of)>in the morning
in the §?pm>in the afternoon
in the §?am>in the morning
{D|this} §?pm>$1 afternoon
{D} §?am(?= ?(,|$|please|if|would|at))>$1 morning
{D} night>$1 evening
{T} (o |a |of (the )?)?clock>$1 oclock
(at |in |on |for )?(the )?(hours?|clock) {T}(?! (hours?|times|days?|weeks?|minutes?))>at $1
from (the )?{T} hours? {to|until|till?} (the )?{T} hours?>from $1 oclock $2 $3 oclock
{at|from|until|till?} (the )?{T} hours?( and)?( {M})?(?! (ago|before|after|later|long|massage))>$1 $2 oclock $3
{D},? {T} hours {M}>$1 $2 oclock $3
between (the )?{T} (hours )?and (the )?{T} hours>between $1 and $2 oclock
{T} hundred hours?|(?<!(in|for|of|last|next|within|takes|than|it,|about) ){K} hours?(?! (of|a|per|notice|later|ago|long))>$1$2 oclock
{[01]\\d|2[0-3]}{[0-5]\\d} (hours|hrs)>$1:$2
{before|after|until|till?|between|around|about|from|to|and|at} the {T} oclock>$1 $2 oclock
from the {T} {to|until|till?}(?= T oclock)>from $1 oclock $2
{before|after|until|till?|around|about} the {H}E>$1 $2
{(half|quarter|five|ten|twenty) (to|past)} the(?= H)>$1
between the {H} and (the )?{H}>between $1 and $2
at the (1?\\d|2[0-4])E>§doubt
(twenty|quarter|half) (to|past)(?= ?(,|$|(on )?D))|(five|ten) past(?= ?(,|$|(on )?D))|(five|ten) to(?= ?(,|$))|(?<!D (at )?)(five|ten) to(?= (on )?D)>§doubt
quarter (of|till?|before|off)(?= H)>quarter to
{five|ten|twenty( ?five)?} of(?= H)|{twenty( ?five)?} till?(?= H)>$1$2 minutes to
(?<!(from|between) ){five|5|ten} till?(?= H)>§doubt $1 bis
{at|D,?} oh {H} hundred( hours)?>$1 $2 §am
{at|D,?} oh {H} {M}>$1 $2 $3 §am
half (to|till?|before|of|from)(?= H)|half(?= K)>§half-to
three quarters? (past|after) {H}>$1 45
{at|from|D,?} {H}( and)? three quarters?>$1 $2 45
three quarters?( (to|of))?(?= H)>§three-to
(a )?quarter(?= H)>§quarter-in
{H}( oclock)? (less|minus|without) ((a|the) )?quarter>quarter to $1
{H}( oclock)? (less|minus) (the )?{M}( minutes)?>$2 minutes to $1
{(at|from|until|till?|by|before|after|D,?) |^}{T}( oclock)? and (a )?{half|quarter}(?! (hour|day|week|month|year|of))>$1 $3 past $2
(noon|midday) and (a )?half>half past twelve
{at|from|until|till?|D,?} {T}( oclock)? and {(thirty|forty|fifty)( ?five)?|twenty ?five|[3-5]\\d}( minutes)?>$1 $2 $3
{at|D,?} (?!nine){H} tenE>$1 $2 oclock ten
(just|a (wee )?(bit|little)) (gone|past|after)(?= P)|(the )?back of(?= H)>shortly after
a (wee )?(bit|little) before(?= P)>shortly before
gone {H}E>after $1
(against|getting on for|coming up (to|on|for)|close to|near( to)?|towards?|in or around)( the)?(?= P)>about
(bang|dead|smack|spot) on(?= P)>at
on the (dot|nose|button|minute)>
{H( oclock)?} in the day>$1 in the afternoon
{fifteen|(thir|for|fif|twen)ty( ?five)?|noon|midday|lunch|lunchtime}ish>$1 ish
{W}ish|{W} or (so|thereabouts)|the {P} mark>about $1$2$3
tea ?time>§part-late-afternoon
(at|in) (the )?first hours?( of the morning)?|early doors|(at )?(the )?crack of dawn|before (my |the )?work>§part-early-morning
{D} (in the )?earlyE>$1 early morning
first thing(?= after)>
anywhere(?= (between|from|after|before|around))>
(in )?the middle of the day>§part-noon
early in the day>early morning
late in the day>late afternoon
((in|on) )?the day( of)?(?= D)>
(the|all the) (whole|entire) day|all the day>
(during|in the course of) (the )?{D|morning|afternoon|evening}>in the $1
this time(?= (next|D))|latest (possible|you (can|have))|last (thing|slot|appointment|one)(?= ((on|of|in|at) )?(the )?(D|day|afternoon|morning))>§doubt
(?<!(bit|little|hours?|minutes) )later( on)?(?= (today|tonight|this (morning|afternoon|evening)))>
(after|when|once) i(m| am|ve)? (finish(ed)?|leave|off|(get|knock|clock) (off|out of)) (from )?(my |the )?(work|job|office|shift)(?! at)>after work
(straight|right)(?= after)>
this side of>before
(im|i am|ill be|were|we are)( only)? around(?! (P|half|about))>
up(?= (until|till))>
up to(?= (D|noon|(half )?HE))>until
(?<!(from|half|past|to) ){P|D} onwards?>from $1
((at|by|until) )?{P|D} (tops|at the outside|(at )?(the )?(very )?latest)(?! ?(at|by|until|till|P))>by $1
((at|by|until|till) )?(the )?(very )?(latest|maximum)( (at|by|until|till))?(?= P)>by
at (the )?latest( (on|by))?(?= D)>by
(at )?{P} (at )?(the )?earliest>not before $1
(at )?(the )?earliest( (at|from|by))?(?= P)>not before
not {later|earlier} (as|like|then)>not $1 than
by (the )?(close of (play|business)|end of (the )?(day|play)|cob|eod)( on)?(?= D)>by
(close of (play|business)|end of (the )?(day|play))(?= (on )?D)>§doubt
{D},? (at )?(the )?(close of (play|business)|end of (the )?day)>$1 §doubt
(?<!dont )((no|oh|sorry),? )?(scrap|strike|scratch|forget|ignore) that( one)?|i tell a lie|my (mistake|bad)|i (say|said) (it )?wrong|on second thoughts?|no,? (hang|hold) on>§correct
(hang|hold) on( a (sec|second|minute|mo|tick))?>§correct-soft
(im|i am|were|we are) ((very|pretty|quite) )?easy( (about|on) (the )?(time|day)s?)?(?! to)|((im|i am) )?not ((too|that|really) )?(fuss|bother|push)ed( (about )?(when|which|what|the)( (day|time|hour))?)?>§any
((it|that) )?(doesnt|dont|does not|do not|wont) (really )?(bother|fuss) me( (when|either way|(which|what) [a-z]+))?>§any
((its|thats) )?(entirely )?(up to you|your (call|choice))|(?<!(can|could|would) )you (choose|decide|tell me|pick(?! (me|up)))>§any
wh(at|en)ever(s| time| day| is| suits| works| easiest| best| handiest| good| you| youve| have| got| can| like| fit me in| squeeze me in| free| for)+(?! do)>§any
(it )?makes no (odds|difference)( to me)?|((its|it is) )?all (the same|one) to me|any (old (time|day)|hour)|my (diary|calendar|week)(s| is) (wide )?(open|clear|free|empty)>§any
((for|to) me )?(it is|its|is|that is|me is) ((for |to )?me )?((completely|totally|all|really) )?(equal|egal)( (for|to) me)?( (when|(which|what) (day|time)))?>§any
for me (it )?is (all )?(the )?same|(it )?is (all )?(the )?same (for|to) me(,? (which|what) (day|hour|time))*|(it )?plays no role|no matter (when|what time|which day)|(when|how|like|as) you (want|like|wish|prefer|have (time|free))|when it is (good|best) for you|(every|all) (day|time)s? (is|are) (good|fine|ok|okay|possible)( for me)?|always possible|i (have always time|have time always)>§any
(just )?((as|so|how|the) )?(most )?(soon|fast|quick|quickly|early|near)(est)? ((as|like|how) )?(it is |is |it )?(possible|goes)>§earliest
(just )?((as|so) )?(soon|quick|quickly|early|fast)( as)? you(ve| can| could| have)( possibly| fit| squeeze| get| take| see| do| me| us| in| a| an| gap| anything| opening| space| free)*>§earliest
at (your|the) (very )?earliest (convenience|opportunity)|(the )?(sooner|earlier) the better|sooner rather than later|(the )?(first|next|soonest|earliest)( (thing|slot|one|gap|opening|appointment))? (going|free|you have|youve got)|(quickest|fastest|nearest) (appointment|slot|date|time|termin)>§earliest
(put|pencil|pop|squeeze|slot|fit|book|stick|get|write) me (down|in|on|up) for(?= HE)>at
(?<!(in|every|last|next|this|for|once|twice|past) ){a|H} weeks?( this)?(?= W)>$1 weeks on
(?<!(a|one|every|this|next|last|same|that|following|the|in|of|per) )week on(?= W)>a week on
{W} {a|H} weeks?(?! (ago|before|after|later))>$1 in $2 weeks
{D} over(?= (a|H) weeks?)>$1 in
th(is|e) day(?= (week|fortnight))>today
fortnights time>fortnight
(in )?{(half )?an? hour|(H|M) (hours?|minutes?)} from now>in $1
(in )?{a|H} months? (from )?(now|today)>in $1 months
(this )?{W} {next|coming}(?! (W|week|month|to|in))>$2 $1
{W} (just )?(gone|past|last)(?! (P|half|week|month|year|time))|this (past|last) {W}>last $1$2
(if not|failing that|otherwise),?( then)?(?= ((on|at) )?(D|P))>or
tail(?= end of)>
(latter|second) half of(?= (the|next|this) (next )?week)>end of
week (commencing|beginning|starting)( the)?>week of
(by|before) the end of>bis ende of
the {W} before(?= ?(,|$))>$1 davor
the {W} after(?= ?(,|$|would|will|instead|please|same time))>$1 danach
begin of>beginning of
this week still>this week
one of th(e|ese|ose) {morning|afternoon|evening|day}s>$1
{minute|hour|other|last|big|small|long|short|usual|new|old|that|this|which} one(?! (oclock|P))>$1 thing
{have|want|need|take|book|get|do} one(?= (on )?D)>$1 §doubt
(?<!at )one(?= (morning|afternoon|evening))>a
one (going|left|spare)>
(one|some|a) day(?= ((next|this) week|in |during ))>
{H} Ws (from|ago|in a row)>§doubt
any {W} or {W}>$1s or $2s
(any|some) {W}>$1s
the {D} one(?= ?(,|$|please))>$1
at (one|some) (point|stage)>
after (of|the|of the) tomorrow>after tomorrow
D in (8|eight|15|fifteen) days>§doubt
over (over ?tomorrow|overmorrow)>ueberuebermorgen
(the )?(overtomorrow|aftertomorrow)|the (after|over) tomorrow|tomorrow after tomorrow>uebermorgen
{^|, |for |want |like |need |have |appointment |termin |or |and |maybe |please |time |is }over tomorrow>$1uebermorgen
{pop|nip|head|drop|swing|stop|run|drive|walk|get|be|all} over(?= tomorrow)>$1
over tomorrow>§doubt
(the )?overnext|the over next>uebernaechste
over(?= next (week|month|W))>§doubt
{week|month|W} after the next(?! W)>$1 after next
since {((the|next) )?(D|P)}(?= i (can|could))>from $1
since(?= (i|we|he|she|they|it|its|thats|theres|my|our|his|her|im|ive)( |$))>because
since the(?= (plumber|shop|doctor|boss|office|school|kids|children|car|train|bus)( |$))>because the
{winter|summer} {tires|tyres|tire|tyre|wheels|coat|jacket|shoes|boots|collection|sale}>$2
((it|that) )?(must not|mustnt|cant|cannot|shouldnt|should not|may not) be (any )?later than>not later than
((it|that) )?(must not|mustnt|cant|cannot|shouldnt|should not|may not) be (any )?(earlier|sooner) than>not earlier than
(im |i am )?(working|work) (from|at) home>at home
nothing (until|till|before)>not before
no,? make (it|that)(?= (P|D|at|on))>make that
{finish|leave|start|starts|finishes} work>$1 job
(not|im not|i am not) (fussed|bothered|picky) (about|with) (the )?(hour|time|day)>any time
i (can|could|have time|am free) (only |come )?since(?= (D|P))>i can from
only(?= (until|till|from|on|at|in|between|by|before|around|D))>
(only|just) not>not
all (the )?days (without|except|bar)>any day except
{D}( is)?( better)? (over|than)(?= D)>$1 instead of
bar(ring)?(?= (D|mornings|afternoons|the ))>except
((it|this) )?(must not|doesnt have to|does not have to) be (so |bang |spot )?(exact|exactly|precise|punctual|on)>
no (bother|rush|hurry|hassle)>
(when|if) it (goes|works)|when possible|if (it is|its) possible>
after(?= i (must|have to|need to))>because
(the )?same (like|as|how) (the )?(last (time|visit)|always|usual)|(like|as|how) (the last time|always|usual)|same again>same as last time
{the|on|for} day {\\d\\d?}>$1 $2th
`;

const turn = (line: string): Rewrite => {
  const at = line.lastIndexOf('>');
  const pattern = PARTS.reduce((text, [name, part]) => text.replace(name, part), line.slice(0, at))
    .replace(/\((?!\?)/g, '(?:')
    .replaceAll('{', '(')
    .replaceAll('}', ')');
  return [new RegExp(`(?<![a-z0-9§-])(?:${pattern})(?![a-z0-9-])`, 'g'), line.slice(at + 1), needlesOf(pattern)];
};

const REWRITES = new Rewrites(TURNS.trim().split('\n').map(turn));

/** „the twenty five of november", „december the three", „the 25 from november": the day with the word for it that the grammar knows. */
const [DAY_FIRST] = turn(
  '{(the|on|W),? }?(day )?{((twenty|thirty) )?[a-z]+|\\d\\d?}{st|nd|rd|th}? {of|from} (the )?{L}>',
);
const [MONTH_FIRST] = turn('{L} the {((twenty|thirty) )?[a-z]+|\\d\\d?}(?! oclock)>');

/** „first of twelve", „the third of the twelfth": the day and the number of its month. */
const [NUMBERED_MONTH] = turn('(the )?{[a-z]+} of (the )?{ten|eleven|twelve|first|second|third|[a-z]+th}E>');

/** What is the same as last time besides: said once is enough. */
const [SAME_TOO] = turn(
  '(and )?(the )?same (woman|girl|lady|man|guy|person|hour|time|day|place|thing|everything|one)s?>',
);

/** The day of a month that a number says; `ordinal`: it says by itself that it counts days. */
function dayNumber(said: string): { day: string; ordinal: boolean } | null {
  const number = /\d/.test(said) ? { value: Number(said), ordinal: false } : numberWord(said.replace(' ', ''));
  return number && number.value >= 1 && number.value <= 31
    ? { day: `${number.value}th`, ordinal: number.ordinal }
    : null;
}

/** „the 25 from november"; „at 3 from december" is an hour and where a stretch begins. */
function dayOf(
  said: string,
  before: string | undefined,
  n: string,
  th: string | undefined,
  link: string,
  month: string,
): string {
  const number = dayNumber(n);
  const counts = link === 'of' || before !== undefined || th !== undefined || number?.ordinal === true;
  return number && counts ? `${before ?? ''}${number.day} of ${month}` : said;
}

/** Rewrites the English turns of a folded text; what is German stays as it is. */
export function spokenEnglish(folded: string): string {
  // A turn that was taken out, or a part of it, leaves two spaces, which later patterns do not expect.
  let text = REWRITES.apply(folded, (changed) => changed.replace(/ {2,}/g, ' '));
  // The patterns of dates begin with any word: these are looked for first.
  const of = text.includes(' of ');
  if (of || text.includes(' from ')) text = text.replace(DAY_FIRST, dayOf);
  if (text.includes(' the '))
    text = text.replace(
      MONTH_FIRST,
      (said: string, month: string, n: string) => `${month} ${dayNumber(n)?.day ?? said.slice(month.length + 1)}`,
    );
  if (of)
    text = text.replace(NUMBERED_MONTH, (said: string, day: string, month: string) => {
      const [d, m] = [numberWord(day), numberWord(month)];
      return d?.ordinal && m && m.value <= 12 ? `${d.value}.${m.value}.` : said;
    });
  return /(?:same as|like) last time/.test(text) ? text.replace(SAME_TOO, '') : text;
}
