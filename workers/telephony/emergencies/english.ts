/** Pure: how English callers report an emergency, and what makes the same words harmless. The grammar is in README.md. */
import type { Tables } from './grammar.ts';

export const ENGLISH: Tables = {
  sound: (text) => text,
  words: {
    n: 'not|isnt|arent|wasnt|cant|cannot|can not|couldnt|wont|doesnt|dont|didnt|hasnt|havent|hardly|barely|aint|no longer|unable to|stopped|struggling to|nor',
    no: 'no|not any|without|zero',
    nil: 'nothing|nobody|no one|none',
    family:
      'mum|mums|mom|moms|mummy|mother*|dad|dads|daddy|father*|husband*|wife|wifes|son|sons|daughter*|kid|kids|child|childs|children|toddler*|baby|babys|newborn|infant|boy|boys|girl|girls|little one|brother*|sister*|gran|grans|granny*|grandma*|grandpa*|grandad*|granddad*|grandmother*|grandfather*|grandson*|granddaughter*|nan|nana|nans|uncle*|aunt*|aunties?|cousin*|nephew*|niece*|partner*|boyfriend*|girlfriend*|fiance*|friend*|mate|mates|flatmate*|roommate*|housemate*|twin|twins|[a-z0-9]* ?year old|in law',
    person:
      '<family>|neighbour*|neighbor*|colleague*|coworker*|co worker*|boss|customer*|client*|guest*|patient*|apprentice*|trainee*|employee*|staff|receptionist*|stylist*|barber*|teacher*|student*|pupil*|man|mans|woman|womans|guy|guys|bloke*|lady|ladys|gentleman|person|someone|somebody|everyone|people|stranger*|lodger*|tenant*|builder*|driver*|cyclist*|cleaner|plumber|worker*|lad|lass|chap|tourist|passenger|pensioner',
    pronoun: 'he|hes|she|shes|him|his|her|i|im|ive|me|my|they|theyre|them|we|were|us|hed|shed',
    collapse:
      '(barely|hardly|only just|not fully|semi) conscious|knock(ed|s|ing) (himself|herself|myself|themselves|him|her) out|completely out of it|totally out of it|(went|gone|going|go) ~(straight|right|face) down|(just )?went,? (straight |right )?down|dropped (on|in|to|where|like|down)|hit the (floor|deck|ground)|(she|he|shes|hes|mate|dad|mum|wife|husband) (is )?(out of it|gone|down)|slid off|fell off (his|her|the) (chair|stool|seat|bed|toilet)|toppled (over|off|forward)|went over (backwards|sideways|like)|swoon*|had a funny turn|gone all (limp|floppy)|(legs|knees) ~(gave|give|giving|buckled|went|gone|crumpled|folded)|flat on (his|her) (face|back)|down like a (sack|tree|ton)|(just )?(crumpled|toppled|folded|sank|slid) (over|down|to|off)|(slid|slipped|fell|fallen|toppled) (off|out of) (the|his|her) (chair|stool|bed|seat|couch|sofa|toilet|barber chair)|gone down ~(hallway|kitchen|bathroom|shop|salon|garden|street|stairs)|collaps*|pass(ed|es|ing) out|faint(ed|s|ing)|black(ed|ing) out|keel(ed|s|ing) over|kneeled over|(went|gone|goes|going|gone all) (down like*|limp|floppy)|(drop*|fell|slump*|crumpl*|crash*|sank|sunk|slid*|hit|went|gone|goes|down) ~(to|on|onto|down|over) ~(floor|ground|deck|tiles)|slump* (over|forward|down|against|in)|unconscious|out cold|lost consciousness|losing consciousness|loses consciousness|knocked (out|unconscious)|(just )?(fell|gone|went|toppl*|tipp*|dropp*) (over|down) and|conked out|zonked out|flaked out|gone down in a heap|folded up|legs (gave|buckled)|not conscious|semi conscious|in and out of consciousness|drifting in and out|dropp?ed like|went out like a light',
    thing:
      'printers|screens|computers|websites|systems|shelf|shelves|lung|computer|laptop|system|website|site|server|app|internet|wifi|roof tile|table|chair|gazebo|tent|fence|wall|ceiling|rack|display|car|bike|boiler|heating|thermostat|remote|screen|phone|booking|email*|text*|message*|call|calls|voicemail|keyboard|button|tap|toilet|drain|plant*|tree|market|cake|souffle|hair|hairstyle|updo|bun|curls|wig|marriage|deal|plans|company|business|economy|battery|treatment|cream|skin|nails|printer|till|card machine|door|lock|alarm system|washing machine|dishwasher|machine|tooth|filling|crown|pushchair|pram|buggy|ladder|umbrella',
    message:
      'email*|text*|message*|call|calls|voicemail|letter*|whatsapp|enquiry|request|form|complaint|treatment|cream|phone|website|review|question|doorbell|invite|invitation',
    react: 'squeez*|look* at me|blink*|flinch*|say anything|respon*|react*|answer*|reply*|replied|replies|acknowledg*',
    wake: 'brings? (him|her|them) round|bring (him|her|them) round|come round|to get up|wake*|waking|woke*|rous*|stir*|coming round|come to|coming to|come around|coming around',
    move: 'mov*|budge|budging|twitch*|stir*',
    breathe: 'draw* ~(air|breath)|tak(e|ing) ~(air|breath*)|inhal*|exhal*|chest ~(mov*|ris*)|breath*|respirat*',
    blue: 'dusky|dark|darker|blotchy|blue|bluish|blueish|purple|grey|gray|mauve|ashen|violet|greyish|grayish|purplish|navy',
    face: 'lips|lip|face|mouth|fingers|fingertips|nails|skin|tongue|cheeks|ears|colour|color|head',
    bleed: 'bleed*|bled|haemorrhag*|hemorrhag*',
    blood: 'blood|bloody',
    much: 'spurt*|in spurts|gush*|(awful|terrible|whole) lot|through (the|three|two|every)|ruined|red|badly|heavily|heavy|a lot|lots|loads|everywhere|profusely|really (bad|badly|heavily)|like mad|like crazy|so much|too much|severe*|massive*|all over|pouring|squirting|spraying|pumping|streaming|pool*|puddle|soak*|drench*|covered|through|bucket*|out of control|uncontroll*|tons|litres|pints|dripping everywhere|wont stop|doesnt stop|fast|shooting|running down|coming out|flowing|filling|to death',
    sharp:
      'strimmer|hedgetrimmer|nail gun|chisel|can lid|tin lid|secateurs|shredder|knife|glass|saw|chainsaw|circular saw|axe|blade|razor|razors|scissors|slicer|grinder|mower|lawnmower|drill|window|mandolin|mandoline|bottle|bandsaw|machete|hatchet|cleaver|shears|hedge trimmer|scalpel|broken mirror',
    cut: 'cut*|slic*|slash*|stab*|sever*|chop*|hack*|gash*|sawn|sawed|went through|gone through|put his hand through|put her hand through|put my hand through|impal*|took off|taken off|ripped|torn|tore|lacerat*|caught|pierced',
    limb: 'finger*|thumb*|hand*|arm*|wrist*|leg|legs|thigh*|foot|toe*|neck|throat|stomach|belly|head|artery|vein|calf|knee|palm|forearm|chest|back|abdomen|groin|scalp',
    swallow:
      'had (some|a sip of|a bit of|a mouthful of|a swig of|a gulp of|a drink of|some of the|a taste of)|swallow*|drank|drunk|drink*|ate|eaten|eating|ingest*|gulp*|swigg*|downed|necked|took|taken|chew*|sucked|licked|bit|bitten|had a sip|had a mouthful|sip*|put ~in (his|her|their) mouth|got into|got hold of|getting into|popped|mouthful|guzzl*|munch*|consumed|inhaled|scoffed|tipped|neck',
    poison:
      '[a-z]*bleach|[a-z]*cleaner|cleaning (fluid|stuff|product*|liquid)|drain (unblock*|clean*|open*)|unblocker|detergent|washing (up )?(liquid|tablet*|pod*|capsule*|powder)|laundry (pod*|capsule*|liquid)|dishwasher (tab*|pod*|salt|liquid)|(laundry|detergent|washing) pod*|descaler|limescale remover|remover|antifreeze|screen ?wash|petrol|diesel|paraffin|white spirit|turps|turpentine|paint|thinner*|acetone|ammonia|acid|caustic soda|weed ?killer|rat (poison|bait)|slug pellets|pesticide|insecticide|poison*|peroxide|hair dye|dye|developer|perm solution|disinfectant|dettol|domestos|toilet (block|duck|cleaner)|sanitiser|sanitizer|hand gel|button batter*|battery|batteries|magnet*|mushroom*|berries|toadstool*|glue|lamp oil|lighter fluid|firelighter*|lye|chemical*|fabric softener|softener|conditioner|nail (polish|varnish)*|aftershave|perfume|nicotine|vape (liquid|juice)|e liquid|mothball*|methylated|meths|lily|foxglove|yew|laburnum|oven (spray|cleaner)|polish|chlorine|coin|marble',
    pill: 'pill|pills|tablet|tablets|paracetamol|ibuprofen|aspirin|medication*|medicine*|meds|painkillers?|sleeping|antidepress*|insulin|morphine|methadone|codeine|tramadol|valium|xanax|capsules|heroin|fentanyl|drugs|calpol|beta ?blocker*|blood pressure|heart|vitamins|iron|opioid*|benzo*|diazepam|prescription|ecstasy|drug',
    toomuch:
      'too many|too much|whole|entire|all (of )?|all|box|packet|packets|pack|bottle|strip|bunch|handful|fistful|loads|lots|overdos*|double|twice|wrong|by mistake|by accident|accidentally|half (a|the|of)|[0-9]{2,3}|twenty|thirty|forty|fifty|a hundred|dozen*|empty|missing|gone|lot|whatever was|several|loads of|dont know how many|not sure how many|grandmas|nans|grans|granddads|thought they were sweets|sweets|sleepy|drowsy|woozy|wont wake',
    child:
      'toddler*|baby|child*|kid|kids|son|daughter*|little (one|boy|girl|lad|man)|boy|girl|[a-z0-9]+ year old|grandson*|granddaughter*|nephew|niece|brother|sister|twins?|[0-9]+ month old|month old',
    chest: 'chest|heart|breastbone|sternum|ribcage',
    pain: 'pain*|tight*|crush*|pressure|squeez*|heavy|heaviness|hurt*|ache*|aching|agony|stab*|burning|elephant|band|vice|grip*|clamp*|weight|sitting on|constrict*|clutch*|discomfort|grabbing|holding|cramp*|killing',
    sweat:
      'sweat*|clammy|pale|grey|gray|ashen|white|sick|dizzy|arm|arms|jaw|shoulder|neck|back|breath*|faint|light ?headed|vomit*|throwing up|nause*|drenched|left side|cold|collaps*|elephant|crushing|tingl*|numb|going down|spreading|radiat*',
    halfface: 'face|mouth|smile|cheek|lip|eyelid|eye|side of (his|her|my)',
    crooked:
      'droop*|drop*|sag*|lopsided|one side|one sided|crooked|slid*|slipp*|numb|wonky|twisted|paraly*|lop sided|uneven|hanging|fallen|pulled down|gone down|slack|skewed|frozen|half',
    limb2:
      'arm|arms|leg|hand|one side|left side|right side|left|right|whole side|half (of )?(his|her|my)|side of (his|her|my)|side|fingers|cup|fork|pen|mug|spoon',
    limp: 'numb|weak|paraly*|dead|limp|heavy|tingl*|gone|useless|floppy|(cant|cannot|couldnt|unable to|wont|doesnt|not able to) ~(lift|raise|move|feel|hold|grip|use|squeeze|pick)|no (feeling|strength|grip|power|sensation)|drop*|keeps dropping|wont work|not working|stopped working|stopped obeying|lost (the )?(use|feeling)',
    speech:
      'slur*|gibberish|garbled|nonsense|mumbl*|jumbled|muddled|incoherent|babbl*|(cant|cannot|couldnt|unable to|not able to) ~(speak|talk|find (his|her|the|my)|get (his|her|the|my) words|form|string|get (a|any) (word|sentence)|say)|words (arent|wont|are not|are coming out|came out|come out|dont|all)|not making (any )?sense|(isnt|arent|doesnt|dont|no) ~mak* ~sense|makes no sense|making no sense|lost (his|her|my) speech|(speech|talking|speaking) ~(funny|strange|weird|wrong|gone|odd|slow|drunk|rubbish|mush*|thick|unclear|messed)|sounds drunk|sounding drunk|like (hes|shes) drunk|as if (hes|shes) drunk|seeing double|double vision|suddenly confused|so confused|very confused',
    sudden:
      'sudden*|all of a sudden|just|right now|now|just now|at the moment|a (minute|moment|second) ago|minutes ago|since this morning|this morning|woke up|ten minutes|five minutes|out of nowhere|since|all at once|this minute|as we speak|currently|seconds ago',
    seize:
      'seizure*|fit|fits|fitting|convuls*|epileptic|jerk*|twitch*|shaking|shakes|thrash*|spasm*|trembl*|stiff*|rigid|juddering|shuddering|gone all stiff',
    whole:
      'floor|all over|whole body|arms and legs|uncontroll*|eyes|foam*|froth*|drool*|mouth|tongue|wet (himself|herself|themselves)|wont stop|not stop*|cant stop|violent*|stiff|unconscious|unrespons*|fever|temperature|roll*|blank|not respond*|minutes|bitten|everywhere|having a|limbs|rigid',
    stuck:
      'stuck|lodged|wedged|jammed|blocking|blocked|caught|cant get it out|wont come out|went down|gone down the wrong|trapped|got something',
    throat: 'tongues|throats|airways|throat|windpipe|airway|gullet|oesophagus',
    fell: 'fell|fallen|falls|fall|tumbl*|tripp*|slipp*|came off|come off|toppl*|knocked (down|over|off)|hit by|run over|ran over|thrown|plung*|crashed|dropp?ed|gone down|went down|been hit|got hit|took a tumble|plummet*|knocked',
    notmoving:
      '(<n>) ~(<move>)|motionless|lifeless|lies? still|lying still|dead still|stock still|no movement|isnt getting up|cant get up|cannot get up|cant get (him|her|me|them) up|wont get up|not getting up|cant (stand|walk|feel|sit up)|cant move|lies there|lying there|not got up|hasnt got up|hasnt moved|in a heap|cant feel (my|his|her) (legs|feet)|no feeling in (my|his|her) legs|just (lies|lying|lay)|completely still|very still|at a funny angle|bent the wrong way|twisted|sticking out|bone|broken (neck|back|hip)|hit (his|her|my|their) head|cracked (his|her) head|banged (his|her) head ~(bleed|blood|out|conf|vomit)*|head ~(bleed*|blood|open)|unconscious|knocked out|out cold|screaming|not conscious',
    burning:
      'fire|flames|ablaze|alight|in flames|burning|blaze|burns|inferno|blazing|caught light|gone up|went up|up in flames|set light|smouldering|smoldering|burnt down',
    place:
      'kitchen|house|flat|apartment|home|building|room|bedroom|bathroom|lounge|living room|garage|shed|roof|loft|attic|basement|cellar|car|van|bus|bin|bins|oven|hob|cooker|stove|pan|toaster|microwave|fryer|chip pan|curtain*|sofa|couch|bed|mattress|carpet|tree|christmas tree|hedge|fence|hair|sleeve|clothes|shirt|dress|jumper|tea towel|towel*|socket|plug|wire*|fuse ?box|charger|battery|laptop|phone|scooter|e ?bike|bike|tumble dryer|dryer|washing machine|dishwasher|fridge|boiler|heater|salon|shop|office|practice|surgery|studio|store|restaurant|warehouse|workshop|next door|neighbour*|upstairs|downstairs|stairs|stairwell|hallway|landing|corridor|balcony|everything|ceiling|wall|wardrobe|barn|stable|field|woods|grass|engine|bonnet|lorry|candle|lamp|extension lead|garden|block|here|place|whole|waiting room|hairdryer|straighteners|train|tent|caravan',
    smoke: 'smoke|smoking|fumes|smouldering',
    gas: 'gas|carbon monoxide|co alarm|propane|rotten eggs?|bad eggs?|butane|mercaptan|co detector|monoxide',
    smell:
      'smell*|stink*|reek*|stench|whiff|leak*|escap*|hiss*|hit the gas|fractured|ruptur*|burst|pouring|alarm*|beep*|going off|gone off|detector*|sound*|explod*|explosion|drilled|dug|snapped|came off|cracked|poison*|coming out',
    burglar: 'burglar*|intruder*|robber*|prowler|stranger*|masked|balaclava*|home invasion|gunman|thief|thieves|armed',
    breakin:
      '(break*|broke|broken) (in|into|down|through)|(kick*|smash*|forc*|bash*|hammer*|bang*|batter*|pry*|pris*|jimmy*|bust*|pick*|ramm*|try*) ~(door|window|lock|windows|glass|doors)|(climb*|got|get*|come|coming|came|sneak*) ~(in|through) ~window|breaking and entering|let himself in|trying to get in|forcing (his|their|her) way|in my (house|flat|home|garden|kitchen|bedroom|garage)|smashed the|trying the (door|handle)',
    inside:
      '(in|inside|into|around|outside|round) (the|my|our|this)? ?(house|flat|home|apartment|building|kitchen|garden|garage|shed|basement|cellar|shop|salon|hallway|bedroom|office|living room|stairs|back door|front door|store|loft|attic)|downstairs|upstairs|footsteps|at the (back |front )?(door|window)|outside my|back door|(bedroom|kitchen|front) window',
    someone:
      'another man|someone|somebody|man|men|guy|guys|two|three|people|he|hes|they|theyre|intruder*|burglar*|stranger*|bloke*|person|there is a|ex',
    hide: 'hid*|lock* (myself|ourselves|us|me) in|barricad*|under the (bed|desk)|in the (wardrobe|closet|cupboard|bathroom)|whisper*|cant talk loud*|have to be quiet|keep my voice down|talk quietly',
    weapon: 'knife|knives|gun|guns|weapon*|machete|bat|axe|hammer|pistol|rifle|crowbar|screwdriver|shotgun|blade',
    threat:
      'threat*|wav*|point*|pull*|holding|holds|held|attack*|stab*|shoot*|at (me|us|my|her|him)|robb*|swing*|got a|has a|brandish*|come at|coming at|chas*|armed|lung*|with a|hand over|demand*',
    beat: 'hands (round|around) (my|her|his) (throats?|neck)|beating|beaten up|beats|beat up|beat (me|him|her)|attack*|assault*|punch*|kick*|strangl*|chok* (me|her|him)|hitting|hits (me|her|him)|hit me|rap(e|ed|ing)|molest*|grabb*|dragg*|follow*|stalk*|chas*|hurting|mugg*|stabb*|kidnap*|held hostage|wont let (me|us|her) (leave|go|out)|abduct*',
    suicidenoun:
      'suicid*|kill (myself|himself|herself|themselves|themself)|kill(ing|ed) (myself|himself|herself|themselves)|self harm*|(hurt|harm)(ing)? (myself|himself|herself)',
    suicideword:
      'end (my|his|her|their|it|this|everything) (own )?(life|all|tonight|now|today)|ending (it all|my life|things|his life|her life|it)|end it|take (my|his|her|their) (own )?li(fe|ves)|tak(ing|en) (my|his|her|their) own life|tried to take (his|her|my) life|(want|wants|wanted|wanna|going|gonna|ready|like|prefer|wish|rather|about|wanting|plan*|hope) ~(to die|be dead|i was dead|i were dead|to jump|not (to )?(be here|wake up|exist|live)|to be dead|disappear forever)|(dont|do not|doesnt|does not|no longer|not|cant) (really )?(want|wanna|wants) ~to (live|be alive|be here|go on|carry on living|exist|wake up)|wish i (was|were) (dead|never born)|wish i ~(wouldnt|didnt|wasnt|not) ~(wake|here|alive|born)|never wake up|not wake up|wouldnt wake up|without waking up|hang(ed|ing)? (myself|himself|herself)|slit (my|his|her) wrist*|cut(ting)? (my|his|her) wrist*|overdose on purpose|suicide|goodbye (letter|note|message|text|video)|farewell (letter|note)|jump (off|in front|from)|jumping (off|from|in front)|throw (myself|himself|herself) (off|under|in front)|(standing|stood|sitting|sat|up|im|hes|shes|climbed) ~(on|over|onto) ~(bridge|ledge|roof|railing*|tracks|rooftop|cliff|multi storey|car park roof|viaduct)|better off (without me|dead|if i)|(no|any|the|much) (point|reason|sense) ~(living|going on|carrying on|being here|being alive|life|anymore|any more|to live)|nothing (left )?to live for|(cant|cannot|dont want to) (go|carry) on (any ?more|living|like this|anymore|with life)|life (isnt|is not|aint) worth|not worth living|(hurt|harm|harming|hurting|shoot|drown) (myself|himself|herself)|self harm*|everyone would be better|tired of (living|being alive|life)|had enough of (life|living)|do something (stupid|silly) to (myself|himself|herself)|do (myself|himself|herself) in|top (myself|himself|herself)|say goodbye (forever|for good|for the last)|(take|swallow|taking|swallowing) (them|the lot) all|take the lot|swallow all (the|my|these)|take all (the|my|these|of) ~(pills|tablets|medication|meds)|dont want to be (alive|here|on this)|be with (him|her) in heaven|noose|wont be (around|here) ~(tomorrow|much longer|any ?more|next|when|after)',
    rescue:
      '(an )?ambulance|paramedic*|fire (brigade|engine|department|service)|police|cops|999|911|112|doctor quick*|emergency services|medic',
    send: 'send|call|ring|get|need|dial|phone|want|hurry|quick*|please|fetch',
    animal:
      '(?<!(off|riding|kicked by|bitten by|thrown by|attacked by|thrown from|mauled by|trampled by) (a|the|her|his|my|our|their) )((pony|dog|cat|horse|rabbit|hamster|bird|puppy|kitten|cow|budgie|parrot|tortoise|goat|hen|sheep|foal|mare|pig|rat|snake|ferret)s|dog|dogs|doggy|puppy|puppys|puppies|pup|cat|cats|kitten*|kitty|rabbit*|bunny|hamster*|guinea pig*|horse*|pony|foal|mare|stallion|cow|cows|calf|calving|sheep|lamb*|ewe*|goat*|pig|pigs|piglet*|hen|hens|chicken*|cockerel|duck*|goose|parrot*|budgie*|budgerigar|cockatiel|canary|bird|birds|fish|goldfish|koi|tortoise*|turtle*|snake|gecko|lizard|iguana|bearded dragon|gerbil*|rat|rats|ferret*|hedgehog|chinchilla|alpaca*|donkey*|labrador|spaniel|poodle|terrier|collie|beagle|bulldog|pug|dachshund|retriever|greyhound|alsatian|vet|vets|paw|paws|tabby|tomcat|mouse|pet|pets|kennel|stable|hutch|cage|aquarium|fish tank|litter|whippet|cockapoo|labradoodle|shih tzu|chihuahua|jack russell|husky|rottweiler|siamese|persian|tail)(?! (bone|bones|wing|wings|nugget|nuggets|sandwich|stew|soup|breast|burger|pie|and chips|fingers?|fillet|curry|salad))',
    bitten:
      'bitten|bit (my|the|our|me|him|her) (face|hand|arm|leg|son|daughter|baby|child|kid*)?|mauled|attacked|kicked by|thrown by|trampled',
    acute:
      'sudden*|all of a sudden|right now|just now|please (help|hurry|send|come)|help|hurry|quick*|oh (my )?god|my god|jesus|(a|two|three|five|ten|few|couple of|fifteen|twenty|[0-9]+) (minute*|moment*|second*) ago|(for|past|last) (the )?(last )?(couple of |few )?(two|three|five|ten|[a-z]+|[0-9]+)? ?minutes|what do i do|what should i do|dont know what to do|in front of (me|us)|here|shes just|hes just|has just|have just|ive just|just (collapsed|fell|fallen|passed|stopped|swallowed|cut|drank|drunk|fainted|went|gone|had|started|keeled|dropped|been)|now|still|dads just|mums just|this minute|about to',
    now: 'right now|just now|minutes ago|seconds ago|sudden*|help|now|has just|hes just|shes just|have just',
    past: '(year|years|month|months|week|weeks|days|ages|decade*) (ago|back|since|before)|(winters|summers|springs|christmases) ago|(old|last|previous|first) (flat|house|job|place|apartment|salon|school)|long time ago|a while (ago|back)|a (year|month|week|day) or (two|so) ago|(last|the other|other) (year|month|week|weekend|summer|winter|spring|autumn|christmas|easter|night|time|day|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|august|september|october|november|december)|yesterday|when (i|he|she|we) (was|were) (a |an |very |still )?(kid|child|baby|little|young|younger|small|at school|teenager|student|pregnant|boy|girl|[a-z]+|[0-9]+)|as a (kid|child|baby|teenager|boy|girl|student|young)|used to|back (in|then|when)|in (19|20)[0-9]{2}|(in|since|back in|around) (january|february|march|april|june|july|august|september|october|november|december|spring|summer|winter|autumn|my (twenties|thirties|forties|teens|youth|childhood))|(after|since|following|from) (my|his|her|the|a|that|their|mums|dads) ~(stroke|heart attack|accident|fall|fire|seizure|operation|surgery|break in|burglary|collapse|overdose|bleed|crash|cardiac arrest)|(had|has had|hes had|shes had|have had|ive had) (a|an|one|two) ~(before|once|ago)|once (had|fainted|passed|choked|collapsed|fell|swallowed|broke)|recovering from|recovered|rehab*|long ago|in the past|history of|previously|in hospital (for|after)|healed|ages ago|as a youngster|since then|ever since|at school once',
    fine: '(kids|children|boys|girls|son|daughter|theyre|hes|shes) (is |are |just |only |were |was )?playing|right as rain|none the worse|checked (him|her|them|me|us|mum|dad) (over|out)|all clear|on the mend|back on (his|her) feet|up and about|stitched up|stitches (out|removed)|came round (straight away|quickly|after a)|back home|home from hospital|no damage|nobody was hurt|not a scratch|(is|hes|shes|im|theyre|are|was|were|its|all|everyones|everybodys|doing|feeling|feels|hes all|shes all|back to|been|mums|dads|everyone is) (absolutely |perfectly |totally |completely |all |much |a lot |back to |ok and |doing |feeling |quite |right as |now |actually |fully |back ){0,5}(fine|grand|sound|ok|okay|alright|all right|well again|better|normal|rain|good now|safe|fully recovered|home now|up and about|on the mend)|no harm done|false alarm|nothing (serious|happened|to worry|major|bad|broken)|turned out|it was (only|just|nothing)|was (only|just) (a|the|my|an|our|pretending|joking)|just (a |my |the |our )?(scratch|graze|bruise|drill|joke|toaster|kettle|steam|playing|pretending|toast|battery|cat|dog|husband|test)|already (been|there|here|gone|sorted|out|in hospital|over|on (the|its) way|taken|dealt)|all (sorted|good|clear|under control)|sorted (now|out|it)|all over now|(fire brigade|ambulance|paramedics|police|doctor) (has |have )?(already |came|been|left|says|said|checked|sorted)*(been|came|left|already|checked|sorted)|discharged|out of hospital|(thought|reckoned) ~~ ?~(but|turns? out|only|just)|playing (dead|doctors|firem*|at)|(was|were|is|just|only|hes|shes|theyre) pretending|only (joking|kidding|a)|got a fright|bit of a fright|laugh* about it|a bit shaken|was a dream|nightmare|dreamt|dreamed|wasnt (serious|anything|too bad)|not (serious|that bad|too bad|as bad)|stopped (now|bleeding|by now)|put (it )?out (already|straight away|in time)',
    story:
      'film*|movie*|series|episode|netflix|telly|tv|on television|soap|eastenders|casualty|(a|the|this|my|that|audio|new) book|novel|podcast|play|theatre|drama (group|club|class)|panto*|acting|actor|actress|stunt*|rehears*|script|scene|role|extra|game|video game|documentary|first aid*|(?!(golf|race|assault|obstacle|of) )[a-z]* course(?<!golf course)(?<!race course)(?<!assault course)|courses|(?<!(spin|yoga|pilates|dance|gym|swimming|zumba|fitness|pe|cooking|maths|english|art|spinning|exercise|boxing|my|her|his) )(class|classes)|training|workshop|seminar|drill|practis*|practic(e|ing) (cpr|the|on|our)|cpr (course|class|training|refresher|cert*|session)|learn* ~cpr|simulat*|exercise|exam|certificate|lesson*|dummy|mannequin|halloween|fake|costume|murder mystery|escape room|song|lyrics|album|band|concert|news|article|essay|thesis|dissertation|crime drama|cosplay|special effects|sfx|refresher',
    work: '(im|i am|hes|shes|is|am|as|are|were|become|becoming|work*|job|husbands|wifes|sons|daughters|being|dads|mums|brothers|sisters) (a |an |the |in |at |for |on |with |as |training to be |training as |off duty |retired |volunteer |trainee |qualified |newly qualified |also |currently |the local |our |to be |studying to be ){0,5}([a-z]+ )?(paramedic*|firefighter*|fireman|firem[ae]n|fire (officer|brigade|service|station|safety|engineer|department)|nurse*|doctor*|surgeon|cardiologist*|neurologist*|stroke (nurse|ward|unit|doctor|team)|police*|cop|detective|lifeguard|ambulance*|a and e|a&e|emergency (room|department|dispatcher|call handler|services|doctor|nurse)|er|icu|intensive care|gas (engineer|fitter|man|company)|gp|midwife|psychologist|psychiatrist|therapist|counsellor|samaritans|helpline|crisis (line|team)|poison (centre|control|unit)|blood (bank|donation|service)|first aider|carer|anaesthetist|hospital*|burns unit|cardiac*|security (guard|firm)|locksmith|pathologist|undertaker|call handler|dispatcher|control room|coastguard|lab|toxicolog*|epilepsy (nurse|clinic|charity)|suicide (prevention|hotline|helpline))|paramedic shift*|firefighter|night shift*|for a living|on call|my shifts?|fire service|off shift|works (in|at|for|on) (the )?(ambulance|fire|police|emergency|hospital|casualty|a and e|icu|cardiac|stroke|gas)',
    product:
      'how much|do you (do|sell|offer|have|stock|fix|repair|install|service|carry|use|treat|provide|guys|also)|can you (fit|install|service|recommend|repair|dye|colour|do|book|fix)|have you got (any|a|an|something)|is there (a|any)|price*|cost*|voucher|quote|treatment|cream|serum|dye my|colour my|highlights|facial|massage|physio*|tattoo|lipstick|mascara|polish|shampoo|manicure|pedicure|hob fitted|boiler service|service (my|the|our)|servicing|installed|inspection|fire (extinguisher*|alarm|door|pit|place|proof|work*|resistant|blanket|safety|guard|stick|red|opal|cupping|wood|side)*|fireplace|gas (hob|cooker|boiler|fire|bill|meter|grill|heater|safety|bbq|oven|stove|fitter|engineer)|smoke (alarm|detector)s? (fitted|install*|test*|need)|blood (test|pressure|orange|type|donor|donation|sugar)|defibrillator|first aid kit|burglar alarm|alarm system|stroke (recovery|rehab)|insurance',
    hypothetical:
      'what (would|should|do|happens|if|can)( you| i| we| one)? (do |happen |happens )?(if|when|in case)|what if|in case|(if|when) (someone|somebody|anyone|one|you|a client|a customer|there is|theres|there was|i ever|it ever|he ever|she ever|anything|the worst|something|i were|i was to|we had)|if (i|he|she|it|my|the|we|they) (ever|were to|was to|should|did|had)|hypothetical*|(could|can|might|would|does|do|will) (this|that|it|you|the|one|a|your|i|people) ~(cause|make|happen|get|lead|trigger|set off|be dangerous|give)|is it (normal|dangerous|safe|possible|bad|true|common) (to|if|when|that|after)|(worried|afraid|scared|frightened|terrified|anxious|nervous) (about|of|that|i|hell|shell|it|ill|in case)|risk*|prevent*|avoid|to stop (me|him|her)|chance of|someday|one day|supposing|suppose (that|he|she|i|it|there|someone|a)|imagine|signs of|symptoms of|how (do|would|can) (i|you|one) (know|tell|recognise|recognize|spot)|just wondering|out of curiosity|hopefully|so (it|i|he|she) (doesnt|dont|wont)|would you know|do you know what to do',
    conditional: 'if|whether|would|could|should|might|unless|in case|when',
    dead: 'dont know|do not know|cant (get|stop|move|see|feel|find|speak|talk|lift|breathe|wake|stand|reach|hold|do|think|remember|believe|hear)|wont (stop|wake|move|open|answer|come|respond|let)|not (sure|responding|moving|breathing|waking|answering|stopping|conscious|making|able|just|only|getting|talking|reacting|working)|no idea|doesnt (stop|move|know|respond|react|answer|look|make)|isnt (responding|moving|breathing|stopping|answering|waking|talking|making|well|right)|no (response|pulse|reaction|breath|sign)|never seen|nothing (works|helps|im doing|we do)|didnt know|not long|not stop',
    denial: 'not (that|as if|like)|its not (that|like|as if|as though)',
    question: '(would|could|should|might|does|do|will|were|can) (it|this|that|there|the|a|i|one|someone|your) ',
    negation:
      'nothings|nobodys|noones|no ones|not|no|nobody|no one|isnt|arent|wasnt|werent|didnt|doesnt|dont|hasnt|havent|never|without|nothing|none|neither|aint|nor|hadnt',
    appointment:
      'appointment*|booking|book|reschedul*|cancel*|haircut|trim|slot|highlights|facial|massage|opening hours|manicure|next week|invoice',
    minorbleed:
      'colou?r*|polish|ink|dye|nose bleed|gum|gums|a bit|a little|slightly|period|nosebleeds?|blood (test|pressure|orange|type|sugar|donor|results|taken|work)|shaving|nail bed|cuticle|spot|pimple|bleeding heart|fake',
    bodycolour:
      'dye*|hair|colou?r my|eyes|shirt|dress|jeans|paint*|nails done|varnish|eyeshadow|bruis*|highlights|suit|car|lipstick|polish|mascara|room|walls|sofa|tint|shade|streak*|feeling',
    idiom:
      'drown(ing|ed)? in (work|paperwork|emails|debt|laundry|love|orders)|knife (block|set|sharpen*|skills)|(cant|couldnt|wont) face (going|another|it|the|that|this)|hit my (thumb|finger|toe|head|shin|elbow)|(phone|phones|battery|laptop|tablet|car|plant|laptops) ~(about to|going to|gonna) die|(table|seat|sit|seats) ~(near|by|next to) the fire|breathe (in|out of) (this|that|my|these) (dress|jeans|trousers|suit|shoes|corset|top|bra)|live in (this|that|my|the) (house|flat|area|place|street|city|town)|choking up|bit of a (cough|cold|headache|sore throat|stiff neck|bug|sniffle)|(die|dying|died|dead) (of|for|from|to|on my feet|tired|good|gorgeous|serious|line|end|keen|heat|easy|against) ?(laugh*|hunger|boredom|embarrass*|thirst|shame|see|know|try|get|have|meet|do|a|my|your)?|to die for|(kill|kills|killing|killed) (me|time|it|two birds|the mood|for)|(would|could|id|theyd|wife will|wife would|mum will|mum would|husband will|boss will|boss would|this will|that would|itll) kill (me|him|her|for|you)|my (feet|back|shoulders|neck|knees|head|wife|husband|mum|mother|boss) (is|are|will|would|s|ll)? ?(gonna |going to )?kill(ing)? me|laugh* (my|his|her|our) (head|heads|socks|arse|ass)( off)?|laugh* to death|heart attack (when|at|seeing|over|from the|looking)|(nearly|almost|practically) (had|gave|have|having|died|choked|fainted|passed out|collapsed|fell off|dropped dead|fell over|keeled over) ~(when|at|laugh*|seeing|price|bill|with|from|chair)|(gave|give|giving|given) (me|him|her|us) a (heart attack|fright)|having a (fit|cow|meltdown|laugh) (about|over|when|at|because|if)|(have|had|throw|threw|throws) a fit (if|when|about|over|because)|fit (in|into|me|you|for|as|together|under|us|him|her|between|around|it|the|like|that|my|with)|fits (in|into|me|you|under|with|my|like|the|perfectly|better)|(get|keep|keeping|getting) fit|fitting (room|appointment|for|in|me|of|session)|dress fitting|bra fitting|bridal fitting|wig fitting|outfit*|(steaming|cooking|running|out of|step on the|full|run out of) gas|gas(p|light)* at|what a gas|its a gas|like (my|a|the|his|her) ~on fire|(mouth|muscles|legs|lungs|hair) (is|was|are|were|feels|felt)? ?on fire|hairs on fire|on fire (today|lately|at|this|with)|burning (question|desire|issue|curiosity|ambition|hole|the candle|the midnight|bridges|calories|fat)|burn* (out|off|calories|fat)|burnt out|burned out|(slow|side)burn|house on fire|like a house|fired up|(fire|fires|firing) (away|off|me)|under fire|under the gun|feel* blue|feeling (a bit )?blue|once in a blue|out of the blue|blue (in the face|monday|moon|badge|tick)|till im blue|took my breath|take* (my|your) breath|catch my breath|hold(ing)? (my|your) breath|breathtak*|out of breath|breath of fresh|under my breath|waste (my|your) breath|(cost|costs|costing|charge|charged) (me )?an arm|arm and a leg|broke* (my|her|his) heart|heartbroken|bleed* (me|us) dry|bleeding (heart|hearts|edge|obvious|typical|late|expensive|thing)|blood* (typical|hell|brilliant|expensive|awful|marvellous|good|late|mary|traffic|rude|freezing|weather)|in cold blood|blood sweat|blood boil|boil* my blood|in my blood|bad blood|choked up|choke on (the|that) (price|bill)|fell (in love|asleep|behind|through|apart|off (my|the) chair (laugh*|when)|for|out)|fall* (asleep|in love|behind|apart|out|through|for|to pieces)|drop* dead (gorgeous|tired)|drop* (in|by|off|round|you)|stroke of (luck|genius|midnight)|back ?stroke|breaststroke|strok(e|ing) (it|him|her|the|my)|different strokes|knock* (me|my|his) (dead|socks|out with)|knockout|smok(e|ing) (hot|break|area|weed|cigar*)|smokey eye*|smoky*|kick* off|shoot me (an|a)|shoot (you|me|over)|photo ?shoot|shoot through|twist my arm|pass out (flyers|leaflets)|dead (on|tired|phone|battery|ends?|skin|sea|line)|phones? (is |has )?(dead|died|dying)|(battery|phone|laptop|car|plant|engine|boiler) (has |is |just |nearly |about to ){0,5}(died|dead|die|dying)|robbery at those prices|daylight robbery|highway robbery|murder (on|my)|murder for|cut me some slack|emergency (appointment|slot|haircut|contact|exit|cover|number|meeting|stylist|tooth|dentist|plumb*)*s?|(hair|beauty|fashion|nail|style|wardrobe|makeup) (emergency|emergencies|disaster)|not an emergency|no emergency|isnt an emergency|fireworks?|firewall|campfire|bonfire|fire sale|crossfire|ceasefire|wildfire|spread like',
    name: '(mr|mrs|ms|miss|doctor|dr|family|named|called|surname|name is|name|names|lady|sir|jack|tom|anna|john) ~<namelike>|<namelike> (by name|is my (name|surname)|with (an?|two)|speaking|here|is the (name|surname)|and sons|ltd|limited|family|as in|salon|street|road|lane|avenue|close|drive|hill|way|court|square|crescent|gardens|terrace|hall|house hotel|farm|manor|park)|(from|at|live|lives|living|on|in|near) ~[a-z]+ (street|road|lane|avenue|drive|close|crescent|terrace|hill|court|square|way)|(next to|opposite|behind|near|by|past|beside) the (old )?(fire|police|ambulance|gas|emergency) (station|works|house|office)|fire station',
    namelike:
      '(burn*|fire*|stroke*|blood*|bleed*|chok*|fits|fitts|fitt|gas*|knife|stab*|blaze|flame*|ash|smok*|black*|blue|collaps*|fall*|fell|faint*|pain*|payne|dye*|death|coffin*|kill*|slaughter|murder*|gun*|shot*|rob*|thief|thieves|poison*|bleach*|pill*|seiz*|heart*|attack*|police*|savage|moody|emergency|help*|sharp*|cutter*|wound*|hurt*|drown*|jump*|bridge*|hang*|grave*|moan*|crash*|danger*|paramedic*|breath*)',
  },
  hints: `
    1 <family>
    1 <acute>
    1 help|quick*|hurry|scared|panick*|what do i do|dont know what|oh my god|please
    2 lying|lies|on the floor|on the ground
    2 <collapse>|<fell>
    2 pale|grey|gray|white as|clammy|sweat*|ashen
    1 funny|strange|weird|drowsy|sleepy|groggy|limp|floppy|cold|confused|quiet|out of it
    2 dead|lifeless|pulse|unconscious|conscious*|dying|die
    1 <breathe>|air|breath*
    2 gasp*|chok*|wheez*|gag*|gurgl*|panting|throat|windpipe
    2 <blue>
    2 <bleed>|<blood>|wound*|gash*|bone
    1 <sharp>
    2 <cut>
    1 <much>
    2 shook|shake|shaking|shout*|slap*|pinch*|<n> ~wake
    2 <limp>|<notmoving>
    2 <speech>|droop*|lopsided
    2 <seize>|foam*|froth*
    1 <chest>
    2 pain|pains|hurts|agony|crushing|tight*
    1 <poison>|<pill>
    2 <swallow>
    2 <burning>
    2 smoke
    2 <gas>
    1 <smell>
    2 <weapon>|<beat>|<breakin>|<burglar>
    1 <hide>|footsteps|stranger|threat*|follow*
    2 <suicidenoun>|<suicideword>
    2 crash*|hit by|run over|trapped|drown*|sting|stung|swell*
  `,
  signs: {
    suicidal: `
      ! (nobody|noone|no one|no ones|who) ~(miss|notice|care) ~(me|if) ~(gone|dead|died|pills|wasnt)
      ! (cant|cannot|dont think i can) ~(carry on|go on|keep going|do this) & (thinking about|how to|end|die|pills|do it|any ?more|anymore|life|living|planned)
      (thinking|thought|planning|planned) ~(about|of)? ~(how|ways|where) ~(to )?(do it|kill|die|end) - (hair)
      (written|wrote|left|leaving) ~(note|letter|letters) & (ready|go|goodbye|over|done|pills|end|sorry) - (review|doctor|landlord)
      (rope|noose|razor blade*|pills|gun|bridge|knife) & (way out|end|die|anymore|any more|alone|enough|goodbye|no point) & (i|ive|im|my|he|she) - (kitchen|climbing)
      (take|taking|swallow*) all ((of )?(her|his|my|the|these|those|their)) (pills|tablets|medication|meds|painkillers)
      ! (texted|messaged|rang|sent|said|saying|written|says) ~(goodbye|good bye|farewell|shes sorry for everything|hes sorry for everything) & (<n>|pills|tried|before|die|worried|end|answer*|bridge|wont) - (leaving do|retir*)
      ! (want|need|just want|wish) ~(it|everything|all of it|this|the pain) ~(to )?(all )?(stop|end|be over) & (bridge|pills|roof|tablets|<n>|die|tracks|knife|anymore|any more|alone|rope|goodbye) - (tooth|noise)
      ! (standing|stood|sitting|been|sat) ~(on|at|by) ~(bridge|tracks|platform|roof|ledge|cliff|railway) & (stop|end|jump|over|done|cant|want|enough|goodbye|let go|hour) - (train is late|delayed)
      (cut*|slash*|slit*) ~(myself|himself|herself|wrists?) - (shaving|fringe|cooking|chopping)
      ! (dont|do not|not|wont|no longer) ~(plan*|intend*|going|want*|need|be) ~(on )?(being|to be|be) ~(alive|around|here) ~(by|after|tomorrow|next|anymore|any more|much longer|when|then|come)
      (roof|bridge|ledge|window|cliff|balcony|platform|tracks|railings) & (step off|jump|let go|going over|climb* over|wrong side|edge|done with|throw|end) & (<person>|<pronoun>) - (dog|trampoline|cat|bungee|boiler|tiles)
      (written|wrote|writing|left|leaving) ~(letters|note|notes|letter|will) & (goodbye*|wont|sorry|be here|over|end|tonight|anymore|pills) - (review|recipe)
      <suicidenoun> - <story>
      ! <suicideword> - <story> - (bungee|trampoline|skydiv*|parachut*|diving board|queue|hunger|boredom)
      ! <pill> & (lined up|in front of me|in my hand|all of them|ready|counted) & (end|die|cant|goodbye|over|life|live|anymore|any more|alone)
      ! (cant|cannot) (do this|take (it|this)|cope|go on|bear (it|this)) ~(anymore|any more|any longer) & (die|pills|bridge|end|life|live|goodbye|over|gone|sleep forever|dead|tablets)`,
    gas: `
      <gas> & <smell> - (perfume|fitted|service|servicing|hair dye|test* battery)
      <gas> & (dizzy|sick|headache*|faint|drowsy|sleepy|nause*|light ?headed) - service`,
    fire: `
      (dryer|dryers|washer|dishwasher|fridge|telly|oven|ovens|boiler|machine|laptop|charger)s? (is |has |s |just |started |keeps ){0,5}(smoking|on fire|burning|sparking|alight) - (hot)
      (socket|plug|fuse box|fusebox|charger|cable|wire*|extension|kettle|toaster|washing machine|dryer|dishwasher|telly|laptop) ~(smok*|spark*|melting|burning|flames|on fire) - (repair|quote)
      (flames|smoke|fire) ~(coming|shooting|pouring|billow*|spilling|bursting) ~(out|from|through|under) - (candle|sauna|smoke machine|vape)
      (curtain*|bin|sofa|bed|oil|pan|dress|sleeve|hob|hedge|roof|shed|carpet|grill|candle) ~(caught|has caught|went up|gone up|burning|ablaze|alight|in flames)
      (going|spreading|licking|shooting|leaping) ~(up|to|through|across|towards) ~(wall|ceiling|roof|ours|house|next door|loft|curtains) & (<burning>|smoke|caught|flames) - damp
      sparks & (smoke|flames|burning|plug|socket|fuse|bang|coming out) - (fly|joy)
      (burnt|burned|scald*) ~(badly|arm|face|hand|legs|chest|all over) & (boiling|hot|oil|water|fire|tea|kettle|pan|blister*|scream*|just) - (sun|tongue|toast|hair|curling)
      (on|caught|catch*) fire|in flames|up in flames|ablaze|caught light
      <place> & (burning|alight|flames|blaze|smouldering) - (skin|eyes|throat|calories|candle* smell|scent*|sensation|cream|wax|tongue|fat|peel|sun)
      (theres|there is|its|there are|there s|started|big|huge|a) ~(fire|flames|blaze) - (fireplace|pit|alarm test|drill|safety|door|extinguisher|station|stick|exit|place|truck)
      fire & <place> & (help|quick*|spread*|flames|smoke|now|out|burning|started|started in|broken out|broke out) - (fireplace|drill|pit|station|extinguisher|alarm test)
      <smoke> & (<place>|everywhere|thick|black|pouring|coming|filling|full|see|cough*) & (coming|pour*|fill*|full|thick|black|everywhere|out of|under|from|billow*|lots|loads|cough*|cant see|getting|seeping) - (cigar*|vap*|machine|eye|smoked|weed|barbecue|bbq|shisha|quit|stop smoking)
      (explosion|exploded|explode) & (<place>|gas|flames|bang|people|hurt|just) - (prices|bun|hair)
      fire,? fire`,
    intruder: `
      (got|have|has|with|pulled|waving|carrying) (a |an |his |some |their )?(gun|guns|knives|machete|shotgun|weapons?) - (glue|nail|massage|heat|hot|paint|flea)
      (taking|emptying|robbing|smashing|grabbing) (the )?(till|counter|place|shop|cash|money|display|window|windows) & (they|theyve|hes|two|men|lads|now|just|guy|masks?|hammer)
      (somebody|someone|hes|theyre|theyve|a man|two men|men|people) (is |are |s |has |have |just |just now |trying to ){0,5}(breaking in|breaking into|broken in|broken into|break in|break into|getting in|climbing in|forcing)
      somebodys (breaking|trying|climbing|in)
      (being|been|im|was|someones|is|hes|theyre) (followed|following me|following us|stalked|chased|attacked|held hostage|held against) - (instagram|twitter|tiktok|instructions)
      hands (round|around|on) (my|her|his) (throats?|neck) - massage
      (wont let me|trying to stop me) (out|leave|go|breathe) - dog
      (footsteps|voices|noises|banging|someone moving) & (upstairs|downstairs|above|alone|attic|loft|house|on my own) & (alone|on my own|shouldnt|nobody else|hear|scared|supposed) - (neighbours party)
      (he|hes|shes|they|theyre|husband|boyfriend|ex) ~(beating|hitting|kicking|strangling|punching|hurting|choking|attacking) (me|her|him|my|us|them)
      (scream*|shout*) ~(help|for help) & (next door|upstairs|hear|outside|flat|woman|man) - kids
      (pretend|act like|make out) ~(im|i am|this|its|you) & (<someone>|<weapon>|he|hes|house|door|listening|cant talk|broken)
      (wont|not going to|refuses to|isnt letting) ~(let (me|us) (leave|go|out)|leave) & (<weapon>|scared|he|hes|man|door|angry|drunk|threat*) - (stain|cat|dog)
      <breakin> & (<someone>|<inside>|hear*|i can|door|window|help|now|<hide>|police|scared) - (car key*|spare key|locked (myself|ourselves) out|wear in|break in (my|these|the) (shoes|boots))
      <burglar> & (<inside>|hear*|<hide>|help|now|<weapon>|in my|upstairs|downstairs) - (alarm|insurance)
      (someone|somebody|man|men|stranger*|people|intruder*|guy|bloke) & <inside> & (<hide>|hear*|dont know|broke*|break*|footsteps|torch|creeping|scared|alone|police|shouldnt be|walking around|moving around|rummag*|prowl*|climb*|mask*)
      <hide> & (someone|he|ex|they|man|husband|hes|door|downstairs|gun|knife) & (door|house|downstairs|outside|kill|knife|scared|break*|hear*|angry|violent|shout*|footsteps|bang*|threat*) - (seek|surprise|present)
      <weapon> & <threat> & (<person>|<pronoun>|<someone>) - (hair|sharpen*|kitchen|cook*|cricket|baseball|massage|glue|nail|hot)
      threaten* ~(me|us|her|him|to (kill|stab|shoot|hurt|burn)|my|staff|everyone|with|the)
      <beat> & (me|her|him|us|them|outside|my|someone|somebody|<person>) & (now|help|outside|ex|man|husband|boyfriend|scared|police|guy|street|hes|shes|theyre|being|is|men|wont|just|someone|somebody) - (heart attack|panic attack|dog|class|asthma attack|habit|instagram|instructions|twitter|kickbox*|box*|heart|traffic|cat|eggs|football|ball|up on|appointment|kicked in|physio)
      (shots|gunshots|gunfire|shooting|shooter|shot (him|her|me|at|someone|somebody)|opened fire|hostage*|bomb) - (photo|tequila|espresso|vaccin*|flu|botox|b12|film|injection*|movie|basketball|hoops)
      (robbed|robbing|mugged|held up|robbery|hold up|burgled|burgling|raided) & (now|being|shop|just|help|gun|knife|me|were|we|us|till|store|salon) - (prices|traffic)
      (going|trying|wants|threat*|says|said|gonna) ~(to )?(kill|stab|shoot|murder) (me|us|her|him|my|them) & (hes|he|ex|husband|door|knife|gun|help|boyfriend|says|said|threat*|man|outside|partner|scared)`,
    collapsed: `
      (he|she|dad|mum|husband|wife|man|woman|guy|customer) (has |have |just |suddenly |then )+(dropped|gone down|went down|crumpled|toppled) - (dropped (off|out|by|in|the|my|a)|phone|call)
      (off|from) (his|her|the) (chair|stool|seat|wheelchair|bench|bed) & (slid|slipped|fell|fallen|toppl*|tumbl*|dropped|gone) & (<person>|<pronoun>) & (white|grey|out of it|<n>|just|limp|floor) - <animal>
      (on|in) the (floor|pavement|ground|hallway|road|street|kitchen|bathroom) & (went|gone|down|dropped) & (<n>|just|out of it|white|grey|straight) & (<person>|<pronoun>) - (dropped (my|the)|phone)
      (eyes rolled|went white|gone white|went pale|white as a sheet|pale as) & (floor|down|dropped|slid|slump*|fell|limp) - hair
      <collapse> - <thing>
      <collapse> & <person> - (<thing> ~<collapse>)
      (lying|laying|lies|laid) ~(on|in) ~(floor|ground|bathroom|hallway|kitchen|pavement|road) & (<n>|<no>|pale|white|<nil>|sudden*|just|moan*|help) & (<person>|<pronoun>) - (<animal>|yoga|pilates|rug)`,
    not_reacting: `
      (cant|cannot|couldnt|not) ~(get|make|getting|making) ~(sense|word|reply|look at me|to look|to respond|to talk|answer|to answer|reaction)
      (gone|going|went|all|completely|totally|is|hes|shes|so) (completely |totally |all |really |very )?(limp|floppy|lifeless|unresponsive) - (handshake|lettuce|salad|hair|flowers|plant)
      ! (hes|shes|he is|she is|theyre|dad|mum|is) (not|isnt) (moving|waking|responding|awake|conscious|with us|there) - (house|to|out|in)
      (drifting|drifts|slipping|fading) (off|away|in and out|in|out) & (<n>|keeps|eyes|confus*|wake) - music
      ! nothing (i|we) ~(wake*|brings|gets|works|makes) ~(him|her|them)
      (eyes) ~(open|half open) & (not there|nobody home|no one home|isnt there|<n>|blank) & (<person>|<pronoun>)
      (arm|arms|head|hand) ~(drops|drop|flop*|falls) & (lift|let go|doll|lolls|raise) - gym
      (rag doll|sack of potatoes|wet lettuce) & (<person>|<pronoun>)
      (drowsy|groggy|out of it|sleepy|confused) & (cant|wont|hardly|barely|keeps) & (awake|wake|stay|respon*|eyes|drifting) & (<person>|<pronoun>) - (i|tablets make)
      (tap*|slap*|shak*|shook|pinch*|shout*|called|calling|splash*|poke*|squeez*) & (face|name|shoulder*|cheek*|him|her) & (<n>|<nil>|no|lolls|flops) - (<animal>|<thing>|hands)
      (head|eyes) ~(lolling|lolls|flopp*|roll*|drooping shut|dropp*) & (<person>|<pronoun>) - (at me|filler)
      <n> ~(there|with (me|us)|with it) & (eyes|shake|stare|wake|breath*|floppy|drool*) - party
      ! <n> ~<react> - <message> - <thing>
      ! unrespons*|nonrespons*|non respons*|no (response|reaction|sign* of life)|lifeless - <message> - <thing>
      ! <n> ~<wake> - (alarm|early|mornings?|in time)
      ! (cant|cannot|couldnt|unable to|not able to) ~(wake|rouse|get ~(response|reaction|answer|word out|to wake)|bring ~round) - (alarm|early|mornings?)
      ! <n> ~(open*) ~eyes|eyes ~<n> ~(open*|focus*)|eyes (are |is )?(open|glazed|fixed|wide open|half open) ~(but|not|no|star*|nothing|and)
      ! <n> ~(saying anything|talking to me|speaking|hear me|looking at me|making a sound|look at me)& (lies|lying|just|limp|floppy|stare*|staring|blank) - (hearing|line)
      (floppy|limp|like a rag ?doll|dead weight) & (<person>|<pronoun>) - (<thing>|handshake|lettuce|wrist|salad)
      (star(es|ing|e)) ~(blank*|through|into space|at nothing|at the ceiling|straight) & (<n>|<no>|<person>|<pronoun>|limp|drool*)
      (just )?(lies|lying|laying|sits|sitting|slumped) ~there & (<n>|<no>|pale|stare*|staring|limp|like|shak*|blank|shout*) - <animal>
      (like|looks|look|as if|think|thought|almost|appears) (shes|hes|he is|she is|he|she|theyre|its)? ?(dead|lifeless) & (<person>|<pronoun>) - (tired|phone|hair|battery|skin|plant)
      (shak(e|ing|en)|slapp*|shout*|pinch*|yell*|call*) ~(him|her|his name|her name|at|them|and) & (<n>|<nil>|<no>) ~(wake|waking|respon*|react*|answer*|mov*|stir*|happens|blink*|flinch*)`,
    not_breathing: `
      breathing (is |has |s |all |just |really |very ){0,5}(all over|funny|wrong|bad|worse|weird|odd|fast|slow|shallow|noisy)
      (tongue|mouth|throat|face|lips|eyes)s? (is |has |are |all |s |starting to |really |so ){0,5}(swelling|swollen|swelled|puffing up|closing)( up)? - (dentist|filler*|extraction|tooth|last)
      hives ~(all over|everywhere|breath*|swell*|swollen)
      inhaler (isnt|is not|not|wont|doesnt) (work*|help*|doing)
      (hives|rash|swelling|swollen|stung) & (cant|cannot|hard to|struggling to) ~(swallow|breathe|talk|speak)
      (throats?|tongue|face|lips|neck) ~(swelling|swelled|swollen|closing|puffing) ~(up|shut)? - (dentist|filler*|extraction|tooth)
      (wasp|bee|hornet|sting|stung|peanut*|nuts?|shellfish|prawn*|penicillin|antibiotic*) & (throats?|tongue|lips|face|breath*|airway|neck) & (clos*|swell*|swollen|tight*|up|wheez*|cant|puff*) - (last|once|patch)
      ! (chest|belly|stomach|tummy) ~(isnt|not|no longer|stopped|hasnt) ~(going up|rising|moving|move)
      (snor*|gurgl*|rattl*|gasp*|grunt*|choking) ~(noise*|sound*|breath*) & (nothing|stops|then|ages|silence|gap*|long|every) - (husband snores|mask|apnoea)
      (throats?|neck|airway) ~(clos*|tight*|swell*|swollen|seizing) & (<sudden>|breath*|nut*|sting|stung|bee|wasp|ate|eaten|allerg*|shellfish|reaction) - (botox|filler)
      (blow*|breath*) ~(into|in) (his|her) mouth
      (gulping|fighting|begging|panting|sucking) for (air|breath)|panting & (blue|grey|cant|heart|sweat*) & (<person>|<pronoun>)
      chest ~(stopped|isnt|not|hasnt) ~(moving|rising|going up|move|moved)
      (doing|giving|started|start|need|needs|trying|do|begun) ~(cpr|compressions|mouth to mouth|chest compressions|resus*)|(push*|press*|pump*|pound*) ~(on|his|her) ~chest - (course|class|learn*|cert*|massage)
      (breaths?|breathing) ~(far apart|few|every|pause*|gaps?|slower|stop*|faint|agonal) & (<person>|<pronoun>) - (yoga|exercise*)
      ! cant ~(hear|feel|see|detect) ~(breath*|pulse|heartbeat)
      ! <n> ~<breathe> - (easy|down my neck|nose|word)
      ! no (pulse|heartbeat|breath*|heart beat)|cant (find|feel) (a|his|her|any) (pulse|heartbeat)|cardiac arrest|heart (has )?stopped|stopped breathing|breath* (has |have )?stopped
      ! (cant|cannot|couldnt|struggl*|fight*|gasp*|trouble|difficult*|hard|unable|barely|hardly|short*|having trouble|not getting|no|isnt getting|not enough) ~(breath*|air|get (his|her|my) breath|catch (his|her|my) breath) - (yoga|exercis*|price*|stairs|nose|technique|class|fresh|when i run)
      gasp(s|ing|ed)? (for|like)|gasping|chest ~(isnt|not) ~(mov*|ris*)|(isnt|not) getting (any )?(air|oxygen)|rattl* ~breath*|breath* ~(rattl*|shallow|strange|funny|gurgl*|slow|laboured|fast and|weird*|noisy|wheez*)|gurgling|suffocat*|blocked airway - (price*|preview)
      (throats?|tongue|face|lips|airway) ~(swell*|swollen|clos*|tighten*) & (sting|stung|bee|wasp|nut*|peanut*|allerg*|breath*|fast|quick*|swallow|help|hives|ate|eaten|air|epipen|now|shellfish|penicillin|antibiotic*) - (filler*|last|botox|dentist)
      anaphyla*|allergic (shock|reaction) & (<sudden>|breath*|swell*|epipen|help|having|bad|throat|severe|face|hives|collaps*) - (patch|to hair|once|had|test)
      asthma* & (<n>|inhaler|empty|attack|breath*|blue|wheez*|gone) & (<n>|help|empty|ran out|attack|isnt|blue|wheez*|gasp*|working|bad) - (use|spray|mild|in case|hoover)
      (wheez*) & (<n>|inhaler|lips|blue|bad*|speak|talk)
      epipen`,
    blue: `
      (funny|awful|terrible|strange|horrible|weird|odd|bad|dreadful) colour & (lying|floor|breath*|limp|cold|collaps*|sweat*|baby|he|hes|shes) - (hair|dye|paint|nails|highlights|tint|wall*)
      (blue|purple|grey|gray|dusky|mauve) (around|round|about|at) (the|his|her) (mouth|lips|nose|gills|edges)
      (colour|color) ~(draining|drained|gone|left|bad|awful|wrong|funny|terrible) & (<person>|<pronoun>|lips|face) & (breath*|floppy|cold|<n>|limp|lips) - <bodycolour>
      (face|lips|skin|colour) ~(gone|went|going|turn*|looks|drained|losing|lost) & (dusky|dark|drained|grey|waxy|no colour|wrong colour) & (<person>|<pronoun>|baby) - <bodycolour>
      <face> & <blue> & (<person>|<pronoun>|going|turn*|gone|went|look*|are|is|baby) - <bodycolour>
      (turn*|gone|going|goes|went|getting|looks|looking|is|hes|shes|all) (a |all |really |completely |a bit |slightly |so |very |quite |bright |dark |totally |a really |a horrible |a funny |an awful ){0,5}([a-z]+ )?<blue> & (<person>|<pronoun>|face|baby|lips) - <bodycolour>
      <blue> & (breath*|gasp*|limp|floppy|chok*|unconscious|<n> ~(mov*|cry*|respon*)|cold and) - <bodycolour>`,
    bleeding: `
      (is |was |shes |hes |im |started )(haemorrhaging|hemorrhaging|bleeding out|bleeding to death)
      nosebleed & (hour|hours|wont stop|blood thinner*|pouring|clots|ages|minutes) - (used|now and then|sometimes)
      (dog|alsatian|rottweiler|pit ?bull|horse)s? (has |s |is |just |have ){0,5}(bitten|bit|attacked|mauled|savaged|kicked|trampled) ~(son|daughter|child|kid|baby|me|my|face|hand|arm|man|woman|boy|girl|someone|him|her) - (last|years|postman last)
      (hand|finger*|arm|foot|toes) ~(in|into|through|under) ~(blender|mower|lawnmower|mincer|slicer|saw|shredder|grinder|machine|mixer|fan|press|chipper)
      (vein|artery|stitches|wound|scar|shunt|fistula) (has |have |is |just |s ){0,5}(burst|ruptur*|opened|torn|come open|split|popped)
      (squirt*|spurt*|gush*) - (tap|pipe|hose|shower|boiler|washing)
      (see|seeing|down to|through to) (the |his |her |my )?(bone|tendon*|muscle) & (<cut>|<limb>|leg|arm|hand|blood) - (x ray|broth)
      <sharp> & <limb> & <cut> & (deep|bone|badly|open|off|just|through|into|really|nasty|everywhere) - (hair|nail*|fringe)
      (hand|arm|fist|foot|leg|elbow|head) ~through ~(window|glass|door|pane|shower screen)
      (took|taken|cut|sliced|chopped|sawn|lost|ripped|torn|bitten|blown) ~(top|tip|end|half|part|bit) ~(finger|thumb|toe|ear|nose) - (nail|hair)
      (finger|thumb|hand|toe|foot|arm|leg) ~(hanging|severed|off|in (two|half)|mangled|crushed|trapped in|caught in) & (<sharp>|machine|blood|<bleed>|just|mower|saw|mincer|slicer|gate|shredder|blender) - (nail|hair)
      (keeps|still|wont stop) ~(coming|pouring|bleeding|flowing|gushing) & (<blood>|<cut>|hand|towel*|pressure|pressing|window|glass) - (water|emails|smoke)
      (pregnant|weeks|months|miscarr*|labour|gave birth|given birth|after the birth) & (<blood>|<bleed>|clots|gush*|soaked) - (test|scan)
      (towel*|bandage*|sheet*|carpet|tea towel*|cloth*|dressing|shirt|bed|kitchen roll|sink|tiles|floor) ~(soaked|red|drenched|through|covered|sodden|saturated) & (<blood>|<cut>|<limb>|<bleed>|pressing|wound|pregnan*) - (paint|wine|rain|leak|water)
      (cut*|gash*|wound*|slic*|stab*|slash*) & (spurt*|gush*|pour*|pumping|squirt*|wont stop|everywhere|soaked|running down|spray*) - (water|tap)
      lost ~(lot|much|pints?|litres?|loads) ~blood
      (spurt*|squirt*|pumping|gushing|pulsing|pouring|spray*) ~(out|from|of) & (<limb>|him|her|me) - (water|rain|tap|pipe|shower|boiler)
      (tourniquet|press* (down )?(on|hard)|pressure on) & (<blood>|<bleed>|wound|cut|soak*|slow*|stop*) - massage
      <bleed> & <much> - <minorbleed>
      <blood> & <much> - <minorbleed> - (heart* pumping|get the blood)
      (<bleed>|<blood>) & (<n>|wont|cant|unable|keeps|still|nothing) ~(stop*|slow*|control|stem|coming) - (gum|gums)
      (<bleed>|<blood>) & <sharp> & (<cut>|<limb>|<much>|fell|through) - <minorbleed>
      (<bleed>|<blood>) & (wound|gash|artery|head|ear|ears|stomach|neck|throat|pregnant|birth|deep|faint|dizzy|unconscious|accident|scalp|wrist*|thigh|eyes|mouth) & (<person>|<pronoun>) - <minorbleed>
      (cough*|vomit*|throw*|spit*|puk*|sick|bringing) ~<blood> - nose
      <cut> ~(off|open|through|clean|artery|vein|wrist*) & (<limb>|himself|herself|myself) & (<blood>|<bleed>|deep|saw|knife|mower|slicer|tip|just|pouring|bone|artery|off) - (hair|fringe|film|nails|cut off point)
      (severed|amputated|sliced off|chopped off|cut off) ~(<limb>|tip|end)|(<limb>) ~(severed|cut off|chopped off|sliced off|come off|hanging off|hanging on|been cut) - hair
      artery & (<cut>|<blood>|spurt*|hit)
      (been |got |was |hes |shes |im )(stabbed|shot|impaled|slashed|gored) - (photo|vaccin*|jab)
      (deep|huge|massive|nasty|gaping) (cut|gash|wound) & (<blood>|<bleed>|bone|<limb>|stop|just)`,
    swallowed: `
      (edibles|gummies|weed|cannabis|spice|ketamine|mdma|acid|coke|cocaine|something) & (not right|collaps*|passed out|wont wake|shaking|cant|foam*|sniffed|snorted|took|taken|ate|eaten|had) & (<child>|he|she|hes|shes|mate|friend|son|daughter) & (not right|collaps*|passed out|wake|shaking|breath*|foam*|floppy|confused|hallucinat*) - vet
      <child> & <pill> & (got hold|got into|found|opened|ate|eaten|in his mouth|in her mouth|took|taken|swallow*|bottle)
      (got into|got hold of|been at|been eating|been playing with|helped (himself|herself) to) & (<poison>|<pill>) - <animal>
      (<pill>|<poison>) & (empty|sweets|foam*|vomit*|throwing up|drowsy|burn* mouth|sick|drool*) & (<person>|<pronoun>) & (<swallow>|found|bottle|packet*|box) - prescri*
      took (the|my|his|her|someone|her dads|the wrong|wrong) ~(pills|tablets|meds|medication|ones) & (wrong|by mistake|instead|accident|too many|about|all|extra|double) - (collect*)
      <swallow> & <poison> - <animal> - (<poison> (of|from|at) your|for a cleaner|the cleaner said)
      <pill> & <swallow> & <toomuch> - (repeat|refill|as prescribed)
      (<pill>|<poison>) & <child> & (<swallow>|mouth|empty|open|hands on|playing with|found) - (prescri*|allerg*|headlice)
      overdos* & (<person>|<pronoun>|pills|tablets|on) - (caffeine|sugar|chocolate|filler)
      <poison> & (mouth|throat|foam*|vomit*|burn*|drool*|splash*) & (drank|drunk|swallow*|burn*|foam*|vomit*|eyes) & (<person>|<pronoun>) - hair
      poisoned|poisoning & (carbon|mushroom*|<child>|<person>|think|just|now) - (food)`,
    chest_pain: `
      (cant feel|funny feeling|something wrong) ~chest & <sweat>
      heart ~(going crazy|all over the place|skipping|pounding|racing|fluttering|going (mad|nineteen)) & (dizzy|faint|breath*|sweat*|sick|chest|collaps*|light ?headed|pass out) - (excited|date|in love|coffee)
      <chest> & <pain> & <sweat> - (massage|muscle*|gym|press|wax*|tattoo|broke* my heart|breast)
      (pain*|pressure|tight*|crush*|squeez*|heavi*|stabbing|burning|aching|band|weight|vice) ~(in|across|on|around|over|behind|through) ~<chest> - (massage|muscle*|gym|press|wax*|tattoo)
      chest ~(pain*|hurt*|tight*|is killing|feels like|crush*|aches|heavy|seizing) - (wax*|muscle*|gym|press|physio)
      (clutch*|hold*|grab*|grip*|rub*) ~<chest> & (<person>|<pronoun>) - (hair)
      (hav(e|ing)|had|has|think*|like|got|get*|could be|maybe|its|sure its|looks like|suffering|be) (had |hes |shes |im |its |having |just |dads |mums |he |she |just had |is |suffered ){0,5}(a |an |another )?(massive |major |mild |bad |full on |suspected |possible |full blown )?heart attack & (<sudden>|think*|having|help|looks|like|please|could be|chest|arm|<person>) - (when i saw|if)
      heart ~(racing|pounding|fluttering|beating (funny|fast|irregular*|really)) & (chest|faint|breath*|dizzy|sweat*|collaps*) - (romantic|excited)
      (jaw|arm|shoulder) ~(pain|numb|hurts|aches|tingl*) & (chest|sweat*|clammy|breath*|heart) - physio`,
    stroke: `
      (mouth|face|smile|lip|eyelid|eye)s? (has |is |s |gone |all |looks |went |hanging |a bit ){0,5}(lopsided|droop*|wonky|crooked|down on one side|slack|twisted|dropped) - (picture|botox)
      (left|right|one) (side|arm|leg|hand)s? (has |is |s |just |gone |suddenly ){0,5}(stopped working|gone|dead|useless|numb|wont work|paralysed|paralyzed|doesnt work|not working) - (physio*|last|since|dentist|bed)
      (worst|sudden|terrible|thunderclap|blinding|splitting) headache & (sick|vomit*|stiff|collaps*|of (his|her|my) life|confus*|vision|see|worst) - (migraine*|last)
      keeps? (dropping|losing) (things|stuff|her|his|words|the) & (suddenly|hand|speech|rubbish|words|face|left|right)
      (cant|cannot|couldnt|unable to) smile|lost (the )?use of (his|her|my) - (photo|filler)
      (dribbl*|drool*) ~(side|corner|out of|mouth) & (cup|arm|face|speech|lift|droop*|talk*|hand)
      (hes|shes|he|she|has|have|had) (just )?(had|having) (a |another )?(mini |massive )?stroke - <past>
      (his|her) (speech|words|talking|voice) ~(slur*|garbled|funny|weird|strange|jumbled|mush*|gone) - (phone|line)
      (cant|cannot|couldnt|isnt able to) ~(get|find) (his|her|the) words|(cant|cannot) (get|form) (words|a word|a sentence) ~
      (he|she|hes|shes|dad|mum|husband|wife|gran|grandad|nan) ~(cant|cannot|couldnt|isnt able to) ~(move|lift|raise|feel|use) (his|her) (left |right )?(arm|leg|hand|side|face) - (physio*|operation|surgery|cast|shoulder|sling)
      (left|right|one|whole|half) ~side ~(numb|weak|dead|paraly*|droop*|tingl*|gone|dropped|useless) - (physio*|dentist|bed|filling|slept)
      <halfface> & <crooked> - (picture|filler|botox|photo|frame|makeup|mask|facial|drop in|eyelash*|lash*|dentist|half price|jab)
      <limb2> & <limp> & <sudden> - (physio*|gym|nails|slept|frozen shoulder|massage|carpal)
      <speech> & (<person>|<pronoun>) & (<sudden>|<limb2>|<halfface>|<limp>|<family>) - (phone|line|signal|reception|connection|mic|voice|english|accent|recording|menu|laryng*|cold|hoarse|sore)
      (hav(e|ing)|had|has|think*|like|got|could be|maybe|its|sure its|looks like|suffering|be) (had |hes |shes |im |its |having |just |dads |mums |he |she |just had |is ){0,5}(a |an |another )?(massive |major |mini |bad |suspected |possible )?stroke & (<sudden>|think*|having|help|looks|like|please|could be|face|arm|speech|side) - (of (luck|genius)|if)
      (cant|cannot) see (out of|anything|with) & (<sudden>|eye|eyes) & (<person>|<pronoun>|eye) - (glasses|website|booking|calendar|times)`,
    seizure: `
      (been|is|hes|shes|keeps|starts|started) (fitting|convulsing|seizing) (for|on|again|in)? - (room|bathroom|kitchen|carpet)
      (having|had|has) (a|another) (fit|seizure) (and|for|on|in|now) - (if|when i)
      <seize> & <whole> & (<person>|<pronoun>) - (eyelid|cold|excite*|washing machine|fit me|gym|muscle*|calf|back|neck|dress|suit|shoe*|phone)
      (hav(e|ing)|had|has|started|start|starting|gone into|going into|another|in) (just |a |an |some |another |some kind of |sort of |had a |had |having a |having |one of (his|her) ){0,5}(seizure*|fit|fits|convulsion*|fitting) & (<person>|<pronoun>) - (of (laughter|giggles|rage|pique)|trainer|bit|giggle*|over the|about the)
      (foam*|froth*|drool*) ~(mouth|lips) - (milk|coffee|shave|<animal>)
      eyes ~(roll*|gone back|back in|turned up|flick*) - (at me|when|bored|sarcas*)
      (is|hes|shes|started|keeps|been|starts) (fitting|convulsing|seizing)`,
    choking: `
      (red|purple|blue|silent|quiet) & (eating|ate|nuts|grape*|sweet*|food|sausage|apple|toast|popcorn|marshmallow*) & (cant|silent|breath*|red|purple|noise|throat|cough*|table|speak) & (<person>|<pronoun>)
      (back (slaps|blows)|heimlich) & (<n>|stuck|still|working|out|help)
      (something|food|piece|bit|sweet|toy|coin|bone|grape) ~(in|down) (his|her|my|the) (throat|windpipe|airway) - (frog|tickl*|lump|sore)
      (gag*|retch*|splutter*) & (stuck|bone|food|shift|grape|cant|breath*|blue|swallow*) & (<person>|<pronoun>) - (taste|smell|mould|impression)
      (swallowed|inhaled|got) ~(marble|coin|grape|toy|button|bead|lego|sweet|bone|bottle top|peanut|balloon) & (breath*|blue|noise|sound|cough*|red|cry*|stuck|silent|throat)
      (no|any|making) (noise|sound) & (throats?|swallow*|eating|chok*|stuck|marble|grape|food|sweet) - (engine|boiler)
      (cant|cannot|isnt able to|unable to) ~(speak|talk|breathe|cough) & (neck|throat|eating|sandwich|toast|steak|food|lunch|dinner|swallow*|piece|sweet|meal|biscuit|grape) - (cold|sore|flu|laryng*)
      (hold*|clutch*|grab*|claw*) ~(neck|throat) & (cant|red|eating|food|purple|panic*|choke*|breath*|speak|<n>)
      (piece|bit|lump|chunk) of & (stuck|throat|cant|cough*|blue|purple|back) & (<person>|<pronoun>) & (breath*|speak|cough*|throat|choke*|purple|blue|red)
      chok(es|ing) - (hazard|price*|up|game|on the cost)
      (something|food|sweet|grape|coin|bone|piece*|toy|lego|apple|meat|nut|marble|bit*|chunk|steak|it|lump|sausage|button|bead|peanut|popcorn|pill|fish) ~<stuck> & <throat> - (frog|lump in my throat|last|tickl*)
      <throat> & <stuck> & (<person>|<pronoun>) - (frog|tickle|cough syrup|sore)
      (cant|cannot|couldnt|unable to) ~(cough|swallow|speak|talk|get it out|make a sound) & (<throat>|chok*|food|eating|ate|stuck|red|blue|grabbing|hands) - (cold|sore|flu)
      (heimlich|back blows|slapp* (him|her|his|my) ~back|hitting (him|her) on the back|thump* ~back|swallowed (a|the|some|his|her)) & (chok*|<throat>|stuck|breath*|out|blue|<n>)
      gone down the wrong (way|pipe|hole) & (cant|breath*|red|blue|cough*)`,
    fall: `
      (kid|child|boy|girl|man|woman|someone|he|she|hes|shes|son|daughter|toddler|dog walker)s? (has |just |is |s ){0,5}(fallen|fell|gone|slipped|jumped) (in|into|through) (the |a |our )?(canal|river|pond|pool|lake|sea|water|well|ice|hole|shaft|manhole|machine)
      (mum|dad|nan|gran|grandad|he|she|hes|shes|husband|wife|neighbour|mother|father|lady|man)s? (is |s |lying |at |slumped ){0,5}at the (bottom|foot) of the (stairs|steps|ladder)
      (poured|spilt|spilled|tipped|pulled|knocked) ~(boiling|hot|scalding) ~(over|on|onto) - (order|drink for)
      (burn*|scald*) & (skin|peeling|coming off|blister*|badly|boiling|face) & (<child>|<person>|himself|herself|myself) - (sun|peel|laser)
      (electrocuted|electric shock|struck by lightning|drowning|nearly drowned|under the water)
      <fell> & (arm|leg|ankle|wrist|neck|back) (is |s |looks |has |all ){0,5}(bent|twisted|broken|sticking|at a|snapped|wonky|crooked) - (last|cast)
      <fell> & (arms|legs|ankles|wrists|necks) (bent|twisted|broken|sticking|snapped|wonky|crooked)
      (child|kid|boy|girl|man|woman|someone|cyclist|pedestrian|lady|person|old man|biker|he|she|hes|shes|daughter|son|mum|dad)s? ~(been |got |was |just ){0,5}(hit|struck|run over|knocked down|mown down) (by|over|down) - (email|past)
      (out of|off|from|through) (the|a|an|her|his|our) (window|balcony|roof|loft hatch|bridge|scaffold*|upstairs window|second floor|first floor) & (fell|fallen|falls|dropped|jumped|tumbl*) - (<past>|cat|phone|keys?)
      (lying|laying|lies|slumped|found (him|her)) ~(at|on) (the )?(bottom|foot) of the (stairs|steps|ladder|escalator)
      (fell|fallen|falls|come|came|gone|jumped|thrown) ~(off|from|out of|through) ~(roof|balcony|scaffold*|window|second floor|first floor|third floor|cliff|wall|skylight|tree|bridge) & (<person>|<pronoun>) - (<past>|knee|shoulder|wrist|cat|phone)
      (crash|accident|collision|pile up|knocked down|hit and run) & (lying|just|hurt|trapped|bleed*|injured|outside|rider|driver|pedestrian|cyclist|unconscious) & (outside|road|street|motorbike|car|rider|here|front of|junction) - (claim|insurance|late|traffic|last|physio)
      (<fell>|come off|came off) & (<n> (getting|got) up|<n> ~(move|moving|stand|get up|feel))
      (hip|leg|ankle|neck|back|arm) ~(sticking|bent|twisted|funny angle|wrong way|snapped|broken) & (<fell>|stairs|floor|ladder|scream*|bone) - (cast off|plaster)
      (talking (rubbish|nonsense|gibberish)|confused|being sick|passed out|drowsy) & (<fell>|head|kerb|bang*) & (head|fell|fallen|tripped)
      (hit|bang*|crack*|smack*|bash*|whack*|split|smash*) ~head & (lying|lies|just|blood|bleed*|conf*|dizzy|vomit*|sick|drowsy|slurr*|<n>|open|groan*|pavement|out) - (last|yesterday|fine)
      <fell> & <notmoving> - (<thing> ~<fell>|asleep|price)
      <fell> & (stairs|ladder|roof|balcony|window|scaffold*|tree|horse|bike|motorbike|wall|height|escalator|downstairs|building) & (<notmoving>|blood|bleed*|scream*|moan*|lying|lies|just|help|awake|groan*|head) - (<past>|shoulder|knee|ankle)
      (lying|lies|laying) ~(bottom of the|foot of the|on the (floor|ground|road|pavement|stairs)|in the (road|street|bath|shower|garden)) & (<notmoving>|moan*|groan*|bleed*|blood|help|<n>)
      (car|bus|lorry|van|motorbike|cyclist|pedestrian|train|truck) ~(accident|crash*|hit|run|knocked|ran|overturn*|ploughed) & (hurt|injur*|trapped|<notmoving>|bleed*|lying|road|help|just|blood|people) - (traffic|insurance|late|bodywork|delay*)
      (trapped|pinned|crushed|buried|stuck) ~(under|beneath|in the|by|between|underneath) & (<person>|<pronoun>) & (car|tree|machine|wall|lift|beam|leg|arm|chest|tractor|rubble|wreck*|water) - (traffic|nerve|meeting|lift and running late)
      (drown*|electrocut*|electric shock|scalded|third degree|burn* ~(badly|severe*|boiling)|under (the )?water|pulled ~(pool|water|bath|pond)) & (<person>|<pronoun>) - (work|paperwork|emails|laundry|in love)`,
    called: `
      (someone|somebody|hes|shes|he|she|they|theyre|mum|dad|baby|people)s? (is |are |s )?(dying|bleeding to death|going to die) - (to|laugh*|hunger|boredom)
      ? (its|it is|this is|is|theres|weve got|have|got|an|a|real|medical|life) (really |a |an |real |medical |absolute |genuine |life or death ){0,5}(emergency|emergencies|matter of life) - (<no>|not|no|isnt|appointment*|hair|dentist|plumber|plumbing|tooth|nail|contact)
      help (me|us)? ?(please )?help|help (me|us) (please|quick*|now|hes|shes|im|my|someone|theres)|sos|mayday
      <send> ~<rescue> - (interview|costume|party|work|station|recruit*|check|escort|themed|if|when)
      <rescue> ~(please|now|quick*|asap|straight away|immediately|here|send|urgently|right away|someone) - (interview|costume|party|works|station|recruit*)
      (hes|shes|is|im|theyre) (dying|going to die|gonna die|not going to make it) - (to|for|of|phone|battery|plant|laugh*|laptop|car|curious)
      (badly|seriously|severely|critically|really badly) (hurt|injured|burn*|wounded) & (<person>|<pronoun>) - feelings
      (waters|labour) & (broke*|baby|crown*|coming|contractions) & (now|coming|head|crown*|push*|baby) - (booked|massage|week*)
      (baby|head) ~(is coming|coming out|crowning|is out)`,
  },
};
