/** Turns of spoken English, of natives and others, with what they mean to a careful person; what is meant in two ways is asked. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { judge, type PhraseRow } from '../expected.fixture.ts';
import { reference } from '../reference-branch.fixture.ts';
import { understand } from '../understand.ts';
import { fold } from './fold.ts';
import { spokenEnglish } from './spoken-english.ts';

/**
 * A reading in short, and the turns that mean it: days (`a..b` a stretch, `a/b` several), then the hour (`a-b` a stretch), then `closed`. `ask`: meant
 * in two ways, or too little said.
 */
const MEANINGS = `
..2026-11-24 = by end of day Tuesday | I need it by Tuesday | by Tuesday latest
..2026-11-26 = by close of play Thursday | Thursday at the latest
..2026-11-28 = by the end of next week
..2026-11-30 = before the end of the month
..2026-12-23 = this side of Christmas
..2026-12-31 = by the end of December
08:00-12:00 = in the forenoon
10:45 = quarter of eleven
11:00 = eleven on the dot
11:30 = half eleven
13:35 = twenty-five till two
14:00- = anything from two onwards
14:00-16:00 = between the two and the four
14:15 = quarter three, so two fifteen
14:45 = three quarter three, two forty five
14:50 = ten of three | ten minutes before three
15:00 = bang on three | at fifteen hours
15:05 = five after three
15:30 = half after three | at the hours fifteen and thirty | at the three and half
15:45 = a quarter till four | quarter til four
15:50 = four less ten
2026-11-20 = later today
2026-11-20 10:20 = twenty minutes from now
2026-11-20 11:00 = an hour from now
2026-11-20 12:00-15:00 = today early afternoon
2026-11-20 12:00-18:00 = this arvo | later this afternoon | today afternoon
2026-11-20 13:00 = at one this afternoon
2026-11-20 17:00-22:00 = today in the evening
2026-11-20..2026-11-22 = this week still
2026-11-20/2026-11-24/2026-11-26/2026-11-27/2026-12-01/2026-12-03/2026-12-04 = weekdays bar Wednesday
2026-11-21 = tomorrow's good for me
2026-11-21 -10:30 = no later than half ten Saturday
2026-11-21 06:00-10:00 = tomorrow at morning | tomorrow at the crack of dawn | tomorrow early doors | tomorrow early
2026-11-21 06:00-10:00 = tomorrow early morning | tomorrow in the early | tomorrow at first hour
2026-11-21 08:00-10:00 = first thing tomorrow morning
2026-11-21 09:00 = nine on the dot tomorrow | nine sharp tomorrow | tomorrow at nine a clock
2026-11-21 10:00 = a ten o'clock on Saturday if there's one going
2026-11-21 10:30 = Saturday morning at half ten | this Saturday's half ten slot
2026-11-21 10:30- = no earlier than half ten Saturday
2026-11-21 11:30 = a number two all over tomorrow at half past eleven
2026-11-21 12:00-14:00 = tomorrow lunchtimeish
2026-11-21 15:00 = tomorra at three | the morra at three | I'll pop over tomorrow at three | tomorrow's three o'clock | 2moro at 3
2026-11-21 15:00 = the day of tomorrow at three
2026-11-21 15:30 = half to four on Saturday, that is fifteen thirty
2026-11-21 16:30 = tomorrow at half four, so half past four
2026-11-21 17:00-22:00 = tomorrow night | tomorrow evening time
2026-11-21..2026-11-22 = the weekend | over the weekend | at the weekend
2026-11-22 11:00 closed = overmorrow at eleven
2026-11-22 15:00 closed = over tomorrow at three | the after tomorrow at three | the day after the tomorrow at three
2026-11-22 closed = over tomorrow | in two days time
2026-11-23..2026-11-25 = early next week | the start of next week | beginning of next week
2026-11-23..2026-11-29 = the week that comes | next week some day
2026-11-23..2026-11-29 = one day next week | the next week | in the next week | on next week | next week some time
2026-11-23..2026-11-29 = sometime next week, whenever suits | next week's fine
2026-11-23..2026-11-29 08:00-12:00 = one morning next week
2026-11-24 = come Tuesday | I'm easy, Tuesday | Tuesday, doesn't bother me what time | pencil me in Tuesday | I'm around on Tuesday
2026-11-24 = at some point on Tuesday | Tuesday from next week | Tuesday of next week | the Tuesday of the next week
2026-11-24 = write me on for Tuesday | I become a termin on Tuesday | for the Tuesday | for Tuesday | in Tuesday | at Tuesday
2026-11-24 = when it goes Tuesday | no wait, Tuesday | you tell me when Tuesday is free | anything going on Tuesday
2026-11-24 = yous have anything Tuesday | Tuesday next week | Tuesday, not fussed what time | at one point on Tuesday
2026-11-24 = the Tuesday one please | Tuesday's good for me | Tuesday's grand
2026-11-24 -11:00 = latest at 11 on Tuesday | at latest 11 on Tuesday | Tuesday until latest 11 | Tuesday at the latest at 11
2026-11-24 -11:00 = Tuesday maximum until 11 | not later as 11 on Tuesday | Tuesday before the eleven
2026-11-24 -12:00 = Tuesday until twelve | Tuesday just before lunch | Tuesday before lunch
2026-11-24 -15:00 = three at the latest on Tuesday | latest three on Tuesday | up until three on Tuesday | up to three on Tuesday
2026-11-24 06:00-10:00 = before work on Tuesday | Tuesday at the morning | Tuesday by the morning | Tuesday on morning
2026-11-24 06:00-10:00 = in the morning of Tuesday | Tuesday in the morning time | Tuesday early
2026-11-24 08:00-12:00 = Tuesday a.m. | Tuesday in the forenoon | Tuesday in the before noon | I'm only around Tuesday mornings
2026-11-24 09:00 = Tuesday at oh nine hundred | nine hundred hours Tuesday
2026-11-24 09:00-09:30 = the back of nine on Tuesday
2026-11-24 09:00-11:30 = between nine and half past eleven Tuesday
2026-11-24 09:30 = Tuesday at nine and a half | Tuesday at 9 and half | at nine and thirty on Tuesday | nine and a half on Tuesday
2026-11-24 09:30 = Tuesday at oh nine thirty
2026-11-24 09:30- = from half nine Tuesday
2026-11-24 09:30-10:30 = Tuesday about ten o'clock, it must not be exactly
2026-11-24 09:30-11:30 = between half nine and half eleven on Tuesday | half nine to half eleven on Tuesday
2026-11-24 10:00 = massage for three hours on Tuesday at ten | my son is three and a half, Tuesday at ten
2026-11-24 10:00- = Tuesday from ten hour | from ten hours on Tuesday | Tuesday from the ten o'clock | earliest at ten on Tuesday
2026-11-24 10:00- = ten at the earliest on Tuesday | Tuesday, but not before ten
2026-11-24 10:00-11:00 = half tenish on Tuesday | Tuesday, ten thirtyish | have you got anything for this coming Tuesday around half ten
2026-11-24 10:00-12:00 = between 10 and 12 hours Tuesday | from the 10 to the 12 o'clock Tuesday | Tuesday 10 until 12
2026-11-24 10:00-12:00 = from 10 to 12 o'clock Tuesday | from ten hours to twelve hours on Tuesday | mid morning on Tuesday
2026-11-24 10:30 = Tuesday ten hours thirty | at ten hours thirty on Tuesday
2026-11-24 11:00 = dead on eleven Tuesday
2026-11-24 11:30-12:30 = middayish Tuesday | Tuesday around noon time
2026-11-24 12:00 = twelve noon on Tuesday | Tuesday twelve o'clock midday | Tuesday at twelve noon | Tuesday at noon time
2026-11-24 12:00- = Tuesday just after lunch | Tuesday straight after lunch
2026-11-24 12:00-14:00 = lunchtime Tuesday | Tuesday at the noon | what about Tuesday around lunch | Tuesday in the middle of the day
2026-11-24 12:00-18:00 = Tuesday arvo | Tuesday pm | Tuesday of an afternoon | Tuesday in the after noon
2026-11-24 12:00-18:00 = whatever you have on Tuesday afternoon | mid afternoon on Tuesday | Tuesday, one of the afternoons
2026-11-24 12:30 = Tuesday at twelve thirty pm | half twelve Tuesday for a hot stone massage, the sixty minute one
2026-11-24 14:00 = pencil me in for Tuesday at two | Tuesday at 14 o'clock
2026-11-24 14:00- = anything from two onwards on Tuesday | two onwards on Tuesday
2026-11-24 14:00-15:00 = have you anything around half two on Tuesday
2026-11-24 14:15 = Tuesday fourteen o'clock fifteen | quarter after two on Tuesday
2026-11-24 14:30 = Tuesday half two pm | half two's grand on Tuesday
2026-11-24 14:30- = Tuesday from half two on | after half two Tuesday
2026-11-24 14:30-15:00 = a little before three on Tuesday
2026-11-24 14:30-15:30 = getting on for three on Tuesday | towards three on Tuesday | Tuesday at three or thereabouts | 3ish on Tuesday
2026-11-24 14:30-15:30 = Tuesday at three-ish
2026-11-24 14:50 = ten before three on Tuesday | any chance Tuesday at ten to three
2026-11-24 15:00 = Tuesday at three on the dot | squeeze me in at three on Tuesday | three in the day on Tuesday | Tuesday at three o clock
2026-11-24 15:00 = Tuesday at fifteen hours | at 15 hours on Tuesday | Tuesday 1500 hours | Tuesday at fifteen hundred
2026-11-24 15:00 = Tuesday at fifteen hundred hours | Tuesday at the three of the afternoon | Tuesday at three of the afternoon
2026-11-24 15:00 = Tuesday at the three | Tuesday three clock | at 15 clock on Tuesday | Tuesday at hour 15 | Tuesday in the hour 15
2026-11-24 15:00 = Tuesday, that's a good day isn't it, at three | I'm after Tuesday at three | Tuesday at three, after that I've yoga at five
2026-11-24 15:00 = I can't turn my head, Tuesday at three | I do the night shift till six, Tuesday at three please
2026-11-24 15:00 = my daughter June needs a cut Tuesday at three | it's for five of us, Tuesday at three | tues day at three | the Tuesday that comes at hours 15
2026-11-24 15:00 = I'm not working Tuesday, three o'clock | Tuesday at three, no dramas | if it's not too much trouble Tuesday at three
2026-11-24 15:00 = just after a trim, Tuesday at three | Tuesday three p m please | not too early, Tuesday at three
2026-11-24 15:00 = it's for New Year's Eve, Tuesday at three | Tuesday at three, something for the winter
2026-11-24 09:45 = Tuesday at ten hours less the quarter
11:30 = could I drop by at half eleven
2026-11-24 15:00- = Tuesday from three at the earliest
2026-11-24 15:00 = hang on, Tuesday at three | Tuesday at three, hang on, let me check, yes Tuesday at three
2026-11-24 15:00 = a massage of two hours Tuesday at three | can you tell me if Tuesday at three is free
2026-11-24 15:00 = could you tell me Tuesday at three | I sat there Tuesday at three | gimme Tuesday at three
2026-11-24 15:00 = Tuesday at three would be grand | Tuesday at three would be grand so it would | Tuesday at three, no bother
2026-11-24 15:00 = Tuesday at three like | I'd love Tuesday at three | Tuesday at three if that's alright
2026-11-24 15:00 = Tuesday at three if that's okay with you | Tuesday at three will do me | Tuesday at three does me grand
2026-11-24 15:00 = would Tuesday at three do | this Tuesday coming at three | Tuesday of next week at three
2026-11-24 15:00 = I want to come Tuesday at the three | I would like on Tuesday to come at three | I need for Tuesday at three
2026-11-24 15:00 = it goes at Tuesday three o'clock
2026-11-24 15:00- = any time after three on Tuesday | any time from three Tuesday | gone three on Tuesday | Tuesday after the three o'clock
2026-11-24 15:00- = since three o'clock I can on Tuesday | I'm free from three onwards Tuesday
2026-11-24 15:00-15:30 = just gone three on Tuesday | a wee bit after three on Tuesday
2026-11-24 15:00-16:00 = about half three-ish Tuesday
2026-11-24 15:00-18:00 = teatime on Tuesday
2026-11-24 15:05 = three oh five on Tuesday
2026-11-24 15:10 = Tuesday at three ten
2026-11-24 15:15 = Tuesday at three and a quarter
2026-11-24 15:30 = Tuesday half past three, 15:30 | Tuesday at 15:30, half past three | Tuesday at three and half
2026-11-24 15:30 = would half three work on Tuesday
2026-11-24 15:45 = Tuesday quarter till four
2026-11-24 15:50 = ten to four on Tuesday, so fifteen fifty | Tuesday at three fifty
2026-11-24 16:00 = Tuesday at three, hold on, make it four | Tuesday at three, I tell a lie, four
2026-11-24 16:30 = could you do me half four Tuesday
2026-11-24 17:00- = after I finish work on Tuesday
2026-11-24 17:00-22:00 = Tuesday night | Tuesday on the evening | the evening of Tuesday
2026-11-24 19:00 closed = seven at night on Tuesday
2026-11-24 20:00 closed = Tuesday at eight, so twenty hours
2026-11-24.. = since Tuesday I can | I can since Tuesday | Tuesday at the earliest | from Tuesday onwards | Tuesday onwards
2026-11-24/2026-11-25 = either Tuesday or Wednesday | Tuesday, failing that Wednesday | Tuesday, if not Wednesday
2026-11-24/2026-11-25 = Tuesday, otherwise Wednesday | Tuesday, or failing that, Wednesday
2026-11-24/2026-11-25/2026-11-27/2026-11-28 = any day next week bar Thursday
2026-11-24/2026-11-25/2026-11-27/2026-11-28 14:00- = any day next week bar Thursday, not before two
2026-11-24/2026-11-25/2026-11-27/2026-11-28 14:00- = any day next week except Thursday, not before two
2026-11-24/2026-11-25/2026-11-27/2026-11-28 14:00- = next week bar Thursday, not before two
2026-11-24/2026-11-26 = Tuesday or Thursday, I'm easy | Tuesday or Thursday, whenever suits
2026-11-24/2026-11-26/2026-11-27/2026-11-28 = next week, just not Wednesday | next week, only not Wednesday
2026-11-24/2026-12-01/2026-12-08/2026-12-15 = any Tuesday
2026-11-25 = scrap that, Wednesday | Tuesday, scrap that, Wednesday | Tuesday, scratch that, Wednesday | Tuesday, hang on, Wednesday
2026-11-25 = Tuesday no hang on Wednesday | in the next week Wednesday | Wednesday the 25 of november
2026-11-25 = Wednesday the twenty five of november | the day 25 of November | on day 25 | at the 25th | on 25 | the 25
2026-11-25 = I can only on Wednesday | I have on Wednesday time | I have only on Wednesday time | the Wednesday that comes
2026-11-25 = the Wednesday which comes | the next Wednesday | the coming Wednesday | the Wednesday next week | 25th from November
2026-11-25 = Wednesday 25 November | not Tuesday, Wednesday's better | during Wednesday | in the course of Wednesday
2026-11-25 = I'm free the whole day Wednesday
2026-11-25 -12:00 = I can only until twelve o'clock on Wednesday
2026-11-25 -14:00 = Wednesday latest until 14 o'clock | to latest 14 o'clock on Wednesday | before 14 hours Wednesday
2026-11-25 -15:00 = Wednesday till 3 o'clock | on Wednesday by 3 o'clock
2026-11-25 -16:00 = Wednesday four tops
2026-11-25 06:00-10:00 = first thing Wednesday | early in the day Wednesday
2026-11-25 09:45 = quarter to ten on Wednesday would suit me grand
2026-11-25 10:00 = on the 25 November at ten | Wednesday the 25 at ten | the Wednesday at the ten of the morning
2026-11-25 10:00 = at ten in morning Wednesday | on the day Wednesday at ten
2026-11-25 10:30 = is possible on Wednesday at ten and half | wednesday, half eleven like we say in Germany, so ten thirty
2026-11-25 10:30-11:30 = Wednesday towards the eleven
2026-11-25 10:45 = quarter of eleven Wednesday
2026-11-25 12:00-14:00 = on my lunch Wednesday
2026-11-25 12:00-18:00 = is it possible Wednesday at the afternoon | Weds arvo
2026-11-25 12:30 = Wednesday at noon and half
2026-11-25 13:30-14:30 = two-ish Wednesday | around 14 hours on Wednesday
2026-11-25 14:00 = please make me termin Wednesday fourteen hour
2026-11-25 14:00- = Wednesday I am free since two o'clock | Wednesday not earlier like two | Wednesday earliest at 14 o'clock
2026-11-25 14:00-16:00 = Wednesday between 14 and 16 o'clock | Wednesday 14 until 16 o'clock | Wednesday between like two and four
2026-11-25 14:00-16:00 = anywhere between two and four on Wednesday | Wednesday from two until four hours
2026-11-25 14:30 = Wednesday fourteen hour thirty
2026-11-25 14:30-15:30 = on Wednesday against 3 o'clock | Wednesday towards 15 o'clock | Wednesday near three o'clock
2026-11-25 14:30-15:30 = Wednesday circa 15 o'clock | Wednesday around the three
2026-11-25 15:00 = on Wednesday in the afternoon at 3 | Wednesday on three o'clock | Wednesday on 15 o'clock | Wednesday for three o'clock
2026-11-25 15:00 = 3 PM of Wednesday | on Wednesday at clock three | at three hours on Wednesday | do it as you like, Wednesday at three
2026-11-25 15:00- = on Wednesday I have time from 3 o'clock | I have time from three o'clock on Wednesday | Wednesday from 3 o'clock on
2026-11-25 = Thursday, the Wednesday before
2026-11-25 10:30 = Thursday, the Wednesday before, ten thirty
2026-11-24/2026-11-25 15:00 = Tuesday at three, or the Wednesday after at three
2026-11-25 15:00- = Wednesday after 15 o'clock
2026-11-25 15:00-18:00 = late in the day on Wednesday | Wednesday tea time
2026-11-25 15:15 = sorry no scrap that, not Thursday, make it Wednesday, quarter past three | Wednesday at three o'clock and quarter
2026-11-25 15:30 = Wednesday for 15:30 | at 15 and 30 on Wednesday | at fifteen and a half on Wednesday
2026-11-25 15:30 = at fifteen thirty o'clock Wednesday | Wednesday at 15 o'clock and 30 | Wednesday at 15 o'clock and half
2026-11-25 15:30 = Wednesday at 15 o'clock 30 minutes | Wednesday at three o'clock and a half
2026-11-25 15:40 = Wednesday at twenty before four
2026-11-25 15:45 = Wednesday at quarter to the four | Wednesday at four minus quarter
2026-11-25 15:50 = Wednesday at four o'clock less ten | Wednesday at ten to the four
2026-11-25 17:00 = Wednesday evening at 5
2026-11-26 = Thursday next | Thursday coming | this Thursday coming | Tuesday, strike that, Thursday | Tuesday, forget that, Thursday
2026-11-26 = whenever you can squeeze me in on Thursday | Thursday is better than Tuesday
2026-11-26 06:00-10:00 = Thursday in the AM
2026-11-26 11:30-12:30 = noonish on Thursday
2026-11-26 12:00-18:00 = Thurs pm
2026-11-26 14:00 = put me down for two on Thursday
2026-11-26 14:30 = Thursday's half two slot
2026-11-26 15:00 = put me down for Thursday at three | Thursday at three so | next week's Thursday at three
2026-11-26 15:00-16:00 = Thursday around the half three mark
2026-11-26 15:00-18:00 = late arvo Thursday
2026-11-26 15:45 = Thursday at four less a quarter
2026-11-26 15:50 = Thursday at four less ten | Thursday at four less ten, so fifteen fifty | Thursday at four minus ten
2026-11-26 16:40 = twenty of five Thursday | twenty 'til five Thursday
2026-11-26..2026-11-28 = the back end of next week | the latter half of next week | the tail end of next week | the second half of next week
2026-11-26/2026-12-03/2026-12-10/2026-12-17 = some Thursday
2026-11-27 = today week | this day week | in a week's time | today in a week | a week today
2026-11-28 = tomorrow week | a week tomorrow
2026-11-28 15:00 = a week Saturday at three
2026-11-30..2026-12-06 = in the week after the next | the over next week
2026-12-01 = not this Tuesday, the one after | not the Tuesday coming but the one after | not this Tuesday but the next one
2026-12-01 = Tuesday in a week | Tuesday in one week | Tuesday after the twenty fifth | Tuesday a week | the one of December
2026-12-01 16:00 = first of twelve, sixteen o'clock
2026-12-01..2026-12-10 = begin of December
2026-12-02 = Wednesday over a week | the 2 of December | at the 2 December | for the 2 December | in 2 December | week on Wednesday
2026-12-03 = Thursday week | a week on Thursday | a week Thursday | on the third December | the three of December | the third from December
2026-12-03 = December the third | December the three | third twelfth | on the 3.12. | the 3th December | at December the 3rd
2026-12-03 = third from December | a week this Thursday
2026-12-03 10:00 = December the third at ten
2026-12-03 15:00 = on the 3.12. at 15 o'clock
2026-12-04 = fortnight today | a fortnight today | today fortnight | this day fortnight | in a fortnight's time | two weeks today
2026-12-05 = a fortnight tomorrow
2026-12-07..2026-12-13 = the week of the 7th of December | week commencing the 7th of December | the week beginning 7 December
2026-12-08 = Tuesday in a fortnight | a fortnight on Tuesday | fortnight on Tuesday | second tuesday of december
2026-12-09 = Wednesday in two weeks | Wednesday in 14 days | Wednesday over two weeks | a fortnight from Wednesday
2026-12-09 15:00 = Wednesday fortnight at three
2026-12-10 = Thursday fortnight | two weeks Thursday
2026-12-12 = three weeks tomorrow
2026-12-15 = three weeks on Tuesday | three weeks Tuesday
2026-12-15 10:00 = Tuesday three weeks at ten
2026-12-20 closed = in a month's time | a month today | in one month
2026-12-21..2026-12-31 = the end of december
2026-12-26 closed = St Stephen's Day
2027-01-01 closed = six weeks today | six weeks from now
2027-01-12 = the 12 January | the 12 of January
20:30 closed = half past eight, 20:30
any = you pick, day, time, whatever | is the same for me, the day, the hour | we're not fussy | whenever, I'm not picky
any = whenever suits | I'm easy | doesn't bother me | I'm not fussed | not bothered when | up to you | you choose | whatever suits
any = whatever works for you | whatever you've got | makes no odds | it's all the same to me | it is me equal | it is equal for me when
any = it is me completely equal when | for me it is the same | is the same for me | every day is good | all days are good for me
any = like you want | when it is good for you | I have always time | you pick
earliest = as soon as you possibly can | most quick time please | as early as you can
earliest = as soon as you can fit me in | at your earliest convenience | next available | first slot going | the first thing you have
earliest = as quick as you can | soon as possible | the sooner the better | sooner rather than later | at the earliest opportunity
earliest = so fast as possible | so soon like possible | so soon as possible | as fast like possible | the most soon possible
earliest = the fastest possible | the quickest appointment | the earliest you have on Tuesday | the first appointment on Wednesday
earliest = as fast as it goes | so soon it is possible | the nearest appointment | the soonest you've got
same_as_last = like the last time | like the last time please, the same woman and the same hour | as the last time | the same like last time
same_as_last = how the last time | same like always | same again please
ask = ten till three on Tuesday | last thing on Thursday | Tuesday gone | Tuesday past | Tuesday just gone
ask = end of day Tuesday | close of business Tuesday | any day bar Tuesday next week | half of three | last night | Tuesday at the 12
ask = at the 12 | half to four | half to four on Saturday, sixteen thirty | Tuesday half past three, 16:30 | three quarter three
ask = quarter three | Tuesday before the eight o'clock | today in eight days | only not Tuesday
ask = all days without Tuesday | fifteen and thirty on Tuesday | over next week Tuesday | the week after | any day except Tuesday
ask = Tuesday until half to four | Tuesday between half to four and five | can I come over tomorrow at three | I want to come over tomorrow
ask = the Wednesday after | half ten or quarter to eleven on Tuesday
ask = once a week Tuesday | Saturday gone I was in with you | eleven in the day on Tuesday | Tuesdayish
ask = about ten to on Tuesday | Tuesday at half past
ask = quarter past to half past three | Tuesday ten past | Tuesday, anything but the morning
ask = Wednesday to three | 15 and 30 on Wednesday | Wednesday at half fifteen | Wednesday at ten for four | at 3 from December
ask = Tuesday at three, if not then four | Tuesday at three, otherwise at four | this time next week | this Wednesday gone
ask = the last appointment on Wednesday | 5 till 2 on Wednesday | five till two on Wednesday | two Thursdays from now | Thursday or so
ask = the latest possible on Wednesday | I must have one Tuesday | book us in for two on Thursday | I'm easy, just not Tuesday
ask = whatever you do, not Tuesday | wednesday half eleven, three thirty | Tuesday close of play | the fifth of the group
`;

const KINDS = new Set(['any', 'earliest', 'same_as_last', 'ask']);
const DAY = /^[\d-]*\.\.[\d-]*$|^\d{4}-/;

/** The reading that its short form stands for. */
function expected(short: string): PhraseRow['understood'] {
  if (KINDS.has(short)) return { kind: short };
  const parts = short.split(' ');
  const closed = parts.at(-1) === 'closed' ? { closed: true } : {};
  const days = parts.find((part) => DAY.test(part)) ?? '';
  const hours = parts.find((part) => part !== 'closed' && part !== days) ?? '';
  const [from = '', to = ''] = hours.includes('-') ? hours.split('-') : [];
  const stretch = { ...(from && { from }), ...(to && { to }) };
  const time = hours === '' || hours.includes('-') ? stretch : { time: hours };
  if (days.includes('/')) return { kind: 'dates', dates: days.split('/'), ...time, ...closed };
  if (days.includes('..')) {
    const [first = '', last = ''] = days.split('..');
    return { kind: 'window', ...(first && { from_date: first }), ...(last && { to_date: last }), ...time, ...closed };
  }
  const kind = hours.includes('-') ? 'window' : days === '' ? 'time' : hours === '' ? 'date' : 'instant';
  return { kind, ...(days && { date: days }), ...time, ...closed };
}

const rowOf = (say: string, short: string): PhraseRow => {
  const accept = short === 'ask' ? [{ kind: 'invalid' }] : [];
  return { say, language: 'en', understood: expected(short), accept };
};
const rows = MEANINGS.trim()
  .split('\n')
  .flatMap((line) => {
    const [short = '', said = ''] = line.split(' = ');
    return said.split(' | ').map((say) => rowOf(say, short));
  });

const FIXTURES = path.join(import.meta.dirname, '../../../tests/fixtures');
/** Sentences that may be looked at: the unseen half is not. */
const germanSentences = (): string[] => {
  const variants = JSON.parse(readFileSync(path.join(FIXTURES, 'spoken-time-variants.json'), 'utf8')) as {
    phrases: PhraseRow[];
  };
  const seen = readdirSync(path.join(FIXTURES, 'spoken-time')).filter((name) => name.endsWith('-seen.json'));
  const blind = seen.flatMap(
    (name) => JSON.parse(readFileSync(path.join(FIXTURES, 'spoken-time', name), 'utf8')) as PhraseRow[],
  );
  return [...variants.phrases, ...blind].filter((row) => row.language === 'de').map((row) => row.say);
};

describe('spoken English', () => {
  it('is tried in many turns', () => {
    expect(rows.length).toBeGreaterThanOrEqual(150);
    expect(new Set(rows.map((row) => row.say)).size).toBe(rows.length);
  });
  it.each(rows.map((row) => [row.say, row] as const))('%s', (say, row) => {
    const read = understand({ when: say }, reference({ language: 'en' }));
    const judged = judge(read, row);
    expect(judged === 'right' ? judged : JSON.stringify(read)).toBe('right');
  });
  it('leaves German sentences as they are', () => {
    const sentences = germanSentences();
    expect(sentences.length).toBeGreaterThan(1000);
    for (const say of sentences) expect(spokenEnglish(fold(say))).toBe(fold(say));
  });
});
