package enquiry

import (
	"strings"
	"testing"
	"unicode/utf8"

	"carecorridor/catalogue"
)

func TestWordsThatMustNotWaitStop(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]StopKind{
		"I have chest pain now": Emergency, "CRUSHING CHEST PAIN": Emergency, "Since this morning pain going down my left arm": Emergency,
		"his face is drooping": Emergency, "slurred speech since breakfast": Emergency, "I can’t breathe": Emergency, "vomiting blood": Emergency,
		"sudden weakness on one side": Emergency, "मुझे सीने में दर्द है": Emergency, "বুকে ব্যথা": Emergency,
		"No fever. Chest pain now": Emergency, "No painkiller helps, chest pain now": Emergency, "I am not sure but chest pain now": Emergency,
		"no cough and vomiting blood": Emergency,
		"I feel suicidal":             Crisis, "I want to die": Crisis, "I don't want to live, end my life": Crisis, "आत्महत्या": Crisis,
		"my GP says suspected cancer": UrgentCare, "I am on a two week wait": UrgentCare, "this lump could be cancer": UrgentCare,
		"I am coughing blood": UrgentCare, "I found a lump in my left breast": UrgentCare,
		"Pain in my chest on the stairs": Emergency, "crushing pain in the chest and arm": Emergency,
		"my 6 year old son": UnderAge, "our daughter is 12": UnderAge, "I am 16 years old": UnderAge, "my baby needs an operation": UnderAge,
		"I want to buy a kidney": Excluded, "I need a liver transplant": Excluded, "looking for surrogacy": Excluded, "gender selection": Excluded,
		"Can you arrange a kidney from a donor?": Excluded, "needs renal transplant": Excluded, "liver transplant work-up, paid donor": Excluded, "We want a baby boy, please choose the embryo": Excluded, "we would like our next child to be a boy": Excluded,
		"awaiting a liver tr\u200bansplant": Excluded, "paid unrelated donor": Excluded,
		"stem cell therapy for autism": Excluded, "want stem cells for autism": Excluded, "assisted dying": Excluded,
	} {
		if s := screen("", words, nil); s == nil || s.Kind != want {
			t.Errorf("%q: %+v, want %s", words, s, want)
		}
	}
}

func TestHistoryAndOrdinaryRequestsPass(t *testing.T) {
	t.Parallel()
	for _, words := range []string{
		"My knee hurts on stairs, I have waited 14 months", "I had a stroke in 2015 and walk with a stick", "No chest pain, never had a heart attack",
		"I had chest pain years ago, stent in 2019", "History of sudden weakness after my stroke", "I do not have chest pain now", "Breast cancer treated in 2012, now I need a new hip", "no pain in my chest", "benign breast lump removal", "lump in my breast removed years ago",
		"I had a baby boy in 2020", "embryo transfer in 2019", "kidney transplant recipient since 2010, now needs a hip", "coronary bypass graft in 2015", "skin graft to the leg", "renal transplant in 2010, stable",
		"hair transplant", "corneal transplant waiting list", "bone marrow transplant", "I had a kidney transplant in 2010 and need a hip", "IVF", "my son is 34 and will travel with me",
		"I am 68 years old", "6 year old hip replacement is loose", "my daughter lives in London", "a 50 year old woman", "घुटने में दर्द", "suspected hernia", "I am not suffering from breathlessness",
		"The children are grown up", "my wife is 45", "dental implants for my husband who is 61 years old",
	} {
		if s := screen("", words, nil); s != nil {
			t.Errorf("%q: stopped by %q as %s %s", words, s.Words, s.Kind, s.Why)
		}
	}
}

func TestAWarningThatWasAnsweredLetsWordsPassButNeverATreatment(t *testing.T) {
	t.Parallel()
	if s := screen("", "chest pain now", []StopKind{Emergency}); s != nil {
		t.Errorf("%+v", s)
	}
	if s := screen("", "chest pain now, I am suicidal", []StopKind{Emergency}); s == nil || s.Kind != Crisis {
		t.Errorf("another warning is lost: %+v", s)
	}
	all := []StopKind{Emergency, Crisis, UrgentCare, UnderAge, Excluded}
	s := screen("kidney-transplant", "x", all)
	if s == nil || s.Kind != Excluded || s.Why != catalogue.SolidOrganTransplant || s.CanContinue {
		t.Errorf("%+v", s)
	}
}

func FuzzScreen(f *testing.F) {
	f.Add("no chest pain now. suicidal", "knee")
	f.Add("é. sudden\tweakness\nin 2019", "")
	f.Fuzz(func(t *testing.T, words, treatment string) {
		if !utf8.ValidString(words) {
			return // refused before
		}
		s := screen(treatment, words, nil)
		if s != nil && s.Why == "" && s.Kind == Excluded {
			t.Errorf("%+v", s)
		}
		if s != nil && strings.TrimSpace(s.Words) == "" && s.CanContinue {
			t.Errorf("stopped without words: %+v", s)
		}
	})
}
