package record

import (
	"regexp"
	"slices"
	"strings"

	"carecorridor/catalogue"
	"carecorridor/enquiry"
	"carecorridor/internal/plain"
)

// StopCode names a stop page.
type StopCode string

// Stop pages.
const (
	StopEmergency StopCode = "emergency"
	StopCrisis    StopCode = "crisis"
	StopCancer    StopCode = "suspected_cancer"
	StopNHSFunded StopCode = "nhs_funded"
	StopUnderAge  StopCode = "under_18"
	StopCapacity  StopCode = "capacity"
	StopPaid      StopCode = "paid_referral"
	StopExcluded  StopCode = "excluded" // with the exclusion after a colon
)

// Stop is a page instead of the next step.
type Stop struct {
	Code  StopCode
	Title string
	Text  string
	Links []StopLink
	// CanContinue: only words raised it. Who reads it and says that it is not so goes on; a clinician's code does not.
	CanContinue bool
	Words       string // that raised it, for the page alone: never stored or logged
}

// StopLink is where to go instead.
type StopLink struct{ Text, Address string }

var (
	to999    = StopLink{"Call 999", "tel:999"}
	to111    = StopLink{"Call 111 or use 111 online", "https://111.nhs.uk/"}
	toGP     = StopLink{"Find a GP", "https://www.nhs.uk/service-search/find-a-gp/"}
	toIFR    = StopLink{"NHS England: your GP or specialist can make an individual funding request", "https://www.england.nhs.uk/"}
	toS2     = StopLink{"Planned NHS treatment in Europe (S2)", "https://www.nhs.uk/using-the-nhs/healthcare-abroad/going-abroad-for-treatment/"}
	toHTA    = StopLink{"Human Tissue Authority: transplants abroad", "https://www.hta.gov.uk/"}
	toBefore = StopLink{"Guide to treatment abroad", "/guide"}
)

// stops are the pages, in plain words.
var stops = map[StopCode]Stop{
	StopEmergency: {StopEmergency, "This may be an emergency", "Call 999 or go to A&E now. Do not wait for an answer here: nobody reads this at once.", []StopLink{to999, to111}, true, ""},
	StopCrisis:    {StopCrisis, "Help is there now", "If your life is in danger, call 999. For urgent help with your mental health call 111 and choose option 2. Samaritans answer day and night on 116 123.", []StopLink{to999, to111, {"Call Samaritans", "tel:116123"}}, true, ""},
	StopCancer:    {StopCancer, "Suspected cancer and urgent care stay with the NHS", "The NHS urgent pathway is faster than any journey, and a journey must not delay it. Use the usual urgent referral, or see your GP today.", []StopLink{toGP, to111}, false, ""},
	StopNHSFunded: {StopNHSFunded, "The NHS does not pay for treatment in India", "This service is for people who pay themselves or are insured. An NHS clinician can ask for treatment that is not routinely funded. Planned treatment paid by the NHS exists for some European countries only.", []StopLink{toIFR, toS2}, false, ""},
	StopUnderAge:  {StopUnderAge, "This service is for adults", "A patient must be 18 or over. Speak to your GP or the specialist who treats the child.", []StopLink{toGP, to111}, false, ""},
	StopCapacity:  {StopCapacity, "We need to speak to you first", "A person who cannot decide about this treatment needs somebody with legal authority, and a review by our safety reviewer. Contact us before you go on.", []StopLink{{"Contact us", "/help"}}, false, ""},
	StopPaid:      {StopPaid, "You cannot refer if you are paid for it", "Good medical practice (96) forbids asking for, accepting or offering payment for a referral. So do we.", nil, false, ""},
	StopExcluded:  {StopExcluded, "We do not arrange this treatment", "It is not allowed by law or by our policy, whoever asks.", []StopLink{toBefore}, false, ""},
}

// exclusionWords say why, for each exclusion (domain.md §9.1).
var exclusionWords = map[catalogue.Exclusion]string{
	catalogue.SolidOrganTransplant: "Organ transplants are not arranged here. UK clinicians must report a transplant abroad to the Human Tissue Authority, and paying for an organ is a crime wherever it happens.",
	catalogue.OrganTrade:           "Paying for an organ, or asking for one for money, is a crime for people living in the UK wherever it happens.",
	catalogue.Surrogacy:            "Surrogacy is not arranged here. Commercial surrogacy is forbidden in India and not open to people from abroad.",
	catalogue.SexSelection:         "Choosing or finding out the sex of a baby is forbidden in India, and so is advertising it.",
	catalogue.AssistedDying:        "Assisted dying is not arranged here. If you are thinking about ending your life, call 999 or Samaritans on 116 123.",
	catalogue.UnprovenCell:         "Cell treatments without proof are not arranged here, nor anything experimental outside a trial.",
}

// excluded is the page of an exclusion.
func excluded(why catalogue.Exclusion) Stop {
	s := stops[StopExcluded]
	s.Code = StopExcluded + ":" + StopCode(why)
	if words := exclusionWords[why]; words != "" {
		s.Text = words
	}
	if why == catalogue.SolidOrganTransplant || why == catalogue.OrganTrade {
		s.Links = append([]StopLink{toHTA}, s.Links...)
	}
	return s
}

// StopFor says what stops a referral in what was answered so far, nil for nothing. notNow are stops of words that were
// read and answered.
func StopFor(p Patient, w Pathway, c Clinical, r Rules, notNow ...StopCode) *Stop {
	for _, x := range []struct {
		stopped bool
		code    StopCode
	}{
		{w.Kind == UrgentCare, StopCancer}, {w.Kind == NHSPays, StopNHSFunded}, {w.Conflict == IsPaid, StopPaid}, {p.Capacity == NotAble, StopCapacity},
		{p.Born.Known() && r.Today.Before(whenAdult(p)), StopUnderAge}, {c.Diagnosis == Suspected && (cancerous(c) || r.Oncology), StopCancer},
	} {
		if x.stopped {
			s := stops[x.code]
			return &s
		}
	}
	if s := screen(c.Treatment, strings.Join([]string{c.Problem, c.Condition.Text, c.Question, c.History}, "\n"), notNow); s != nil {
		return s
	}
	if s := screen("", w.findings(c), append(slices.Clone(notNow), StopEmergency, StopCancer, StopUnderAge)); s != nil {
		return s
	}
	return growth(c, notNow)
}

// findings are the words of a record that report more than they ask. What is urgent in them was seen by a clinician: only
// what is excluded stops, and words of despair.
func (w Pathway) findings(c Clinical) string {
	all := []string{c.Examination, c.Investigations, c.Living, w.NHSDecision}
	for _, x := range c.Conditions {
		all = append(all, x.Text)
	}
	for _, x := range c.Operations {
		all = append(all, x.What, x.Problems)
	}
	for _, x := range c.Medicines {
		all = append(all, x.Reason)
	}
	return strings.Join(all, "\n")
}

// growth is the stop for a suspected diagnosis in words that may mean a cancer: who reads it can say that it is none.
func growth(c Clinical, notNow []StopCode) *Stop {
	if c.Diagnosis != Suspected || slices.Contains(notNow, StopCancer) {
		return nil
	}
	found := strings.TrimSpace(lumps.FindString(bodies.ReplaceAllString(plain.Text(c.Problem+". "+c.Condition.Text+". "+c.Question), " ")))
	if found == "" {
		return nil
	}
	s := stops[StopCancer]
	s.CanContinue, s.Words = true, found
	return &s
}

var (
	lumps  = regexp.MustCompile(`(?i)\b(mass|masses|lumps?|nodul\w*|lesions?|growths?|polyps?|shadow on|2 ?week|two[- ]week|cancer\w*|malignan\w*|tumou?rs?|carcinoma\w*)\b`)
	bodies = regexp.MustCompile(`(?i)\b(body|muscle|bone|lean|fat) mass\b`) // no growths
	ca     = regexp.MustCompile(`(?i)\b(cancer|malignan|\w*carcinoma|tumou?r|lymphoma|melanoma|sarcoma|leuka?emia|myeloma|2 ?ww|adeno-?ca\b|neoplas|mets\b|metasta|\w*blastoma|glioma|mesothelioma|seminoma|teratoma|sinister|` +
		`ca\.? (of|colon|bowel|rectum|breast|lung|prostate|cervix|ovary|stomach|oesophagus|pancreas|bladder|kidney|thyroid|tongue|larynx)\b|(possible|probable|suspected|query|likely|early) ca\b)|\?\s?ca\b`)
)

// cancerous reports words of a suspected cancer.
func cancerous(c Clinical) bool {
	return ca.MatchString(plain.Text(c.Problem + ". " + c.Condition.Text))
}

// RedWords are codes of the stops that the words of a record raise, read and answered or not: a safety reviewer looks at each.
func RedWords(w Pathway, c Clinical, s Safety) (out []StopCode) {
	all := []string{c.Problem, c.Condition.Text, c.Question, c.History, w.findings(c), s.Frailty}
	for _, a := range []Answer{s.Clots, s.Anticoagulants, s.Anaesthetic, s.Abroad, s.UKHospital} {
		all = append(all, a.Words)
	}
	for _, x := range s.Implants {
		all = append(all, x.What)
	}
	words := strings.Join(all, "\n")
	var read []StopCode
	for range kinds {
		found := Screen(words, read...)
		if found == nil {
			break
		}
		base, _, _ := strings.Cut(string(found.Code), ":")
		read, out = append(read, StopCode(base)), append(out, found.Code)
	}
	if !slices.Contains(out, StopCancer) && growth(c, nil) != nil {
		out = append(out, StopCancer)
	}
	return out
}

// Screen looks for a stop in words that somebody writes later: an answer, a message.
func Screen(words string, notNow ...StopCode) *Stop { return screen("", words, notNow) }

// kinds of an enquiry's screen, as our codes.
var kinds = map[enquiry.StopKind]StopCode{enquiry.Emergency: StopEmergency, enquiry.Crisis: StopCrisis, enquiry.UrgentCare: StopCancer, enquiry.UnderAge: StopUnderAge, enquiry.Excluded: StopExcluded}

func screen(treatment, words string, notNow []StopCode) *Stop {
	var waved []enquiry.StopKind
	for kind, code := range kinds {
		for _, n := range notNow {
			if base, _, _ := strings.Cut(string(n), ":"); StopCode(base) == code {
				waved = append(waved, kind)
			}
		}
	}
	found := enquiry.Screen(treatment, words, waved...)
	if found == nil {
		return nil
	}
	s := stops[kinds[found.Kind]]
	if found.Kind == enquiry.Excluded {
		s = excluded(found.Why)
	}
	s.CanContinue, s.Words = found.CanContinue, found.Words
	return &s
}
