package enquiry

import (
	"regexp"
	"slices"
	"strings"

	"carecorridor/catalogue"
	writing "carecorridor/internal/plain"
)

// StopKind is why a request does not go on as it is.
type StopKind string

// Kinds of stop.
const (
	Emergency  StopKind = "emergency"   // signs of an emergency: 999
	Crisis     StopKind = "crisis"      // thoughts of suicide: 999, 111 option 2, Samaritans 116 123
	UrgentCare StopKind = "urgent_care" // suspected cancer or an urgent referral: the GP, 111
	UnderAge   StopKind = "under_age"   // under 18: a parent and a specialist's review are needed
	Excluded   StopKind = "excluded"    // not offered to anybody (domain.md §9.1)
)

// Stop is shown instead of the next step, and nothing that was just written is stored.
type Stop struct {
	Kind StopKind
	// Why is for an excluded treatment alone.
	Why catalogue.Exclusion
	// Words that raised the stop, as written. For the page alone: never logged, never stored.
	Words string
	// CanContinue: words alone prove little. Who reads the warning and says that it is not so now goes on by sending
	// the step again with the kind in NotNow.
	CanContinue bool
}

// Exclusions found in words, beside those of the catalogue.
const (
	OrganTrade    = catalogue.OrganTrade
	Surrogacy     = catalogue.Surrogacy
	SexSelection  = catalogue.SexSelection
	AssistedDying = catalogue.AssistedDying
	UnprovenCell  = catalogue.UnprovenCell
)

type sign struct {
	kind  StopKind
	why   catalogue.Exclusion
	words *regexp.Regexp
}

// signs is deliberately short: what a person writes who needs help now, in plain English and in some words of
// the scripts our readers use. A sign after "no" or about years ago does not count; a false alarm costs one tick.
var signs = []sign{
	{Crisis, "", phrase(`suicid\w*|kill(ing)? (myself|himself|herself|themselves)|end(ing)? my (own )?life|(want|wish)(ed|ing)? to die|better off dead|harm(ing)? myself|self[- ]harm\w*|` +
		`overdos(e|ed|ing)`)},
	{Crisis, "", regexp.MustCompile(`आत्महत्या|खुदकुशी|خودکشی|আত্মহত্যা|ਖੁਦਕੁਸ਼ੀ|આત્મહત્યા|தற்கொலை`)},
	{Emergency, "", phrase(`(crushing|severe|sudden|bad|tight(ness)?( in| of)?( my| the)?)?\s*chest (pain|tightness) (right )?(now|today|tonight|this morning|since (last night|this morning|yesterday))|` +
		`(crushing|severe|sudden) (chest|heart) pain|pains? in (my |the |his |her )?(chest|heart)\b|(crushing|severe|sudden) pain (in|across) |pain (is )?(spreading|going|shooting) (to|down|into) my (left )?(arm|jaw)|having (a|another) (heart attack|stroke)|` +
		`face (is )?(drooping|droops|dropped)|(slurred|slurring) (my )?(speech|words)|sudden(ly)? (weakness|numb\w*|paralys\w*|blind\w*|los[st]\w* (of )?(my )?(sight|vision|speech))|` +
		`(can ?not|can't|cant|unable to|struggling to) breathe|(coughing|vomiting|throwing) up (fresh )?blood|vomiting blood|(bleeding|blood) (that )?(won't|wont|will not|does not|doesn't) stop|` +
		`(will not|won't|wont) stop bleeding|unconscious|having a (seizure|fit) now|(is|am|are) (having )?(fits|fitting) now|anaphyla\w*|throat (is )?(closing|swelling)|` +
		`worst headache|thunderclap headache|chest pains?|(trouble|difficulty|problems?) breathing|heavy bleeding|bleeding heavily|(signs?|symptoms?) of (a |having a )?(stroke|heart attack)`)},
	{Emergency, "", regexp.MustCompile(`सा[ंँ]स नहीं (आ|ले)`)},
	{Emergency, "", regexp.MustCompile(`सीने में (तेज़? )?दर्द|छाती में (तेज़? )?दर्द|سینے میں درد|বুকে (তীব্র )?ব্যথা|ਛਾਤੀ ਵਿੱਚ ਦਰਦ|છાતીમાં દુખાવો|நெஞ்சு வலி`)},
	{UrgentCare, "", phrase(`suspected (cancer|tumou?r|malignan\w*)|(cancer|tumou?r) (is )?suspected|(may|might|could) (be|have) (a |an )?(cancer\w*|tumou?r)|two[- ]week[- ]wait|2[- ]?ww|2[- ]week[- ]wait|` +
		`urgent (suspected )?(cancer )?referral|(new |hard |growing )?lump in (my |the |her |his )?(left |right )?breast|breast lump( (now|today|growing))|fast[- ]track (cancer )?referral|(coughing|passing|peeing|pooing) (up )?blood|cauda equina|can ?not (pee|pass urine)`)},
	{Excluded, OrganTrade, phrase(`(buy|buying|sell|selling|paid|pay(ing)? for|purchas\w+) (an? |my |the |his |her )?(kidney|liver|organ|lung|cornea)s?|(kidney|liver|organ) for sale|paid( \w+)? donors?|(arrang\w+|find|finding|get|provide|supply) (\w+ ){0,2}(kidney|liver|organ|lung)s? (from|of) (a |an |the )?(\w+ )?(donor|stranger|seller)|(kidney|liver|organ)s? from (a |an )?(paid|unrelated|commercial) \w+`)},
	{Excluded, catalogue.SolidOrganTransplant, phrase(`(need|needs|want|wants|wanting|waiting for|looking for|have|get|getting|quote for|cost of) (an? |my |his |her )?((living|deceased)[- ]donor )?(kidney|renal|liver|hepatic|heart|cardiac|lung|pancreas|pancreatic|organ) (re-?)?(transplant\w*|graft\w*)|(requires?|requiring|for|awaiting|listed for|work-?up for|assess(ed|ment) for|considered for|arrange|offer|do) (an? |my |his |her |the )?((living|deceased|live|cadaver\w*)[- ]donor )?(kidney|renal|liver|hepatic|heart|cardiac|lung|pancreas|organ) transplant\w*|` +
		`(kidney|renal|liver|hepatic|heart|cardiac|lung|pancreas) transplant (work-?up|assessment|list|waiting list|candidate|recipient wanted)|(new|donor) (kidney|liver|heart)`)},
	{Excluded, Surrogacy, phrase(`surroga\w*|womb for hire|rent(ing)? a womb`)},
	{Excluded, SexSelection, phrase(`(sex|gender) (selection|determination|reveal|test(ing)?|of (my|the|our) (baby|foetus|fetus|unborn|embryo))|choose (the |our |my )?(baby'?s? )?(sex|gender)|` +
		`(boy|girl|male|female|son) (embryo|baby) (selection|only)|(want|wants|wish|wishes|hope|hoping|looking) (for )?(\w+ ){0,2}baby (boy|girl)|(choose|select|pick|transfer|want|wants) (\w+ ){0,3}(boy|girl|male|female|son|daughter) embryos?|choose (the |an |which )?embryos?|` +
		`(want|wants|wish|would like) (\w+ ){0,2}(a |our )?(next )?(child|baby) (to be|is|be) (a )?(boy|girl|son|daughter|male|female)|sex of (the |our |my )?(baby|child|embryo|f(o)?etus)|family balancing`)},
	{Excluded, AssistedDying, phrase(`euthan\w*|assist(ed)? (dying|suicide|death)|mercy killing`)},
	{Excluded, UnprovenCell, phrase(`stem[- ]cells? (therap\w*|treatment|injection|infusion|cure|for)s?`)},
	{UnderAge, "", phrase(`my (baby|infant|toddler|newborn)|my (\d|1[0-7])[- ]?(year|yr)s?[- ]?olds?|(\d|1[0-7])[- ]?(year|yr|month|week)s?[- ]?olds? (son|daughter|boy|girl|child|baby|kid|nephew|niece|grandson|granddaughter)|` +
		`(son|daughter|boy|girl|child|baby|kid) (is |who is |, ?|aged? |of )+(\d|1[0-7])( |\b)(years?|yrs?|months?|weeks?)?|i am (under|only) 18|i(('| a)?m)? (aged? )?(\d|1[0-7]) years old`)},
}

// phrase matches whole words, without regard to case.
func phrase(words string) *regexp.Regexp { return regexp.MustCompile(`(?i)\b(?:` + words + `)`) }

// denied is what before a sign means that it is not so: "no chest pain now", "never suicidal".
var denied = regexp.MustCompile(`(?i)\b(no|not|never|without|denies|deny|denied|don'?t|do not|haven'?t|have not|isn'?t|am not|nor|rule[ds]? out)\b[^.,;:!?\n]{0,24}$`)

// turn ends what a denial reaches: in "not sure but chest pain now" it says nothing about the pain.
var turn = regexp.MustCompile(`(?i)\b(but|and|however|though|except|yet|because)\b`)

// unsure is no denial: "I do not know why I have chest pain".
var unsure = regexp.MustCompile(`(?i)\b(do not|don'?t|not) (know|sure|understand)\b`)

// present is what in the same sentence means that it is so now, whatever else is said of the past.
var present = regexp.MustCompile(`(?i)\b(now|today|tonight|at the moment|this (morning|afternoon|evening))\b`)

// past is what around a sign means that it was long ago.
var past = regexp.MustCompile(`(?i)\b(years? ago|months? ago|in (19|20)\d\d|as a child|used to|history of|previous(ly)?|after (a|my|the|his|her) (\w+ )?(heart attack|stroke))\b`)

// screen looks for what must not wait or may not be asked. Warnings that were answered are left out, and so is
// nothing that no answer can lift.
func screen(treatment, words string, notNow []StopKind) *Stop {
	if why := catalogue.ExclusionOf(treatment); why != "" {
		return &Stop{Kind: Excluded, Why: why}
	}
	said := writing.Text(strings.NewReplacer("\t", " ", "\n", ". ").Replace(words))
	for _, s := range signs {
		if slices.Contains(notNow, s.kind) {
			continue
		}
		for _, at := range s.words.FindAllStringIndex(said, -1) {
			if s.kind != Crisis && waved(said, at) {
				continue
			}
			return &Stop{Kind: s.kind, Why: s.why, Words: strings.TrimSpace(said[at[0]:at[1]]), CanContinue: true}
		}
	}
	return nil
}

// waved reports whether a sign is denied or past. Thoughts of suicide never are.
func waved(words string, at []int) bool {
	from := max(0, at[0]-60)
	before := words[from:at[0]]
	if turns := turn.FindAllStringIndex(before, -1); turns != nil {
		before = before[turns[len(turns)-1][1]:]
	}
	if denied.MatchString(before) && !unsure.MatchString(before) {
		return true
	}
	to := min(len(words), at[1]+40)
	said := sentence(words[from:to], at[0]-from)
	return past.MatchString(said) && !present.MatchString(said)
}

// sentence is the one that holds position at.
func sentence(s string, at int) string {
	if i := strings.LastIndexAny(s[:at], ".!?;"); i >= 0 {
		s, at = s[i+1:], at-i-1
	}
	if i := strings.IndexAny(s[at:], ".!?;"); i >= 0 {
		s = s[:at+i]
	}
	return s
}
