package handlers

import (
	"slices"

	"github.com/labstack/echo/v4"

	"carecorridor/auth"
	"carecorridor/referral"
	"carecorridor/views"
	"carecorridor/views/link"
	"carecorridor/views/portal"
	"carecorridor/views/ui"
)

// maxNews is how much news one page shows; opening a referral takes its news off the list.
const maxNews = 10

// newsWords are what a mail did not say: why somebody of the desk was told. The first ones cannot wait.
var newsWords = map[string]string{
	"break_glass": "Opened with a reason, without being on a worklist", "wrong_patient": "Discharge papers that name another patient were refused", "red_words": "A message has words of an emergency", "payment_words": "A message speaks of payment or a bank account", "complication": "A complication was reported",
	"erasure_asked": "The patient asks for erasure", "error_reported": "Somebody reports that it was entered in error", "hospital_in_doubt": "A hospital is in doubt", "paused_for_safety": "A safety hold",
	"admitted": "The patient is in hospital", "becomes_a_referral": "Advice becomes a referral", "cancelled": "Cancelled", "complication_answer": "The hospital answered about a complication", "consent_changed": "A consent changed",
	"copy_deleted": "A hospital deleted its copies", "dates_off": "The dates are off", "goes_on": "It goes on", "gp_has_it": "The GP has the package", "hospital_added": "The patient added a hospital", "hospital_checked": "A hospital is not in doubt any more",
	"message": "A message", "patient_died": "The patient died", "death_was_wrong": "The record of a death was wrong", "ready": "Ready to travel", "sent_again": "Sent again", "sent_to_us": "Sent to us to check", "sharing_resumed": "The patient shares it again", "sharing_suspended": "The patient paused sharing",
	"treated": "The treatment is over", "visa_letter_revoked": "The visa letter is not valid any more", "withdrawn": "The patient withdrew it",
	"answer_late": "A hospital’s answer is late", "change_waits": "The patient has not answered a change", "complication_unanswered": "A hospital has not answered about a complication", "complication_unreviewed": "A complication waits for review",
	"dates_late": "Dates are late", "deletion_unconfirmed": "A hospital has not confirmed the deletion", "first_contact_late": "Nobody called the patient after the journey", "hold_to_review": "A safety hold is due for review", "not_admitted": "The admission was not recorded",
	"not_opened": "A hospital has not opened it", "package_late": "The discharge package is late", "ready_to_close": "It can be closed", "send_a_letter": "The GP has not answered: post the package", "triage_late": "Our check is late", "travel_near": "The journey is near",
}

// urgentNews are listed first and marked.
var urgentNews = []string{"break_glass", "wrong_patient", "red_words", "payment_words", "complication", "complication_unanswered", "complication_unreviewed", "erasure_asked", "error_reported", "hospital_in_doubt", "paused_for_safety"}

// caseNews is what is new for a person of the desk, what cannot wait first; nothing for roles who open no referral.
func (h *Handlers) caseNews(c echo.Context, who auth.Actor) ([]views.Part, error) {
	if h.cfg.Referrals == nil || !auth.Can(who.Role, auth.ReferralStanding) {
		return nil, nil
	}
	list, err := h.cfg.Referrals.News(c.Request().Context(), who)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	slices.SortStableFunc(list, func(a, b referral.News) int { return newsRank(a.Key) - newsRank(b.Key) })
	t := ui.StackTable{Caption: "What is new for you", Head: []ui.Column{{Text: "Referral"}, {Text: "What"}, {Text: "When"}}}
	for _, n := range list[:min(len(list), maxNews)] {
		what := ui.Badge{Tone: ui.Neutral, Text: newsText(n.Key)}
		if newsRank(n.Key) < len(urgentNews) {
			what.Tone = ui.Bad
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Link: ui.Link{Text: n.Reference, Href: link.DeskReferral(n.Reference)}}, {Body: what.View()}, {Text: ukTime(n.At)}}})
	}
	note := "It leaves the list when you open the referral."
	if len(list) > maxNews {
		note = "The first " + group(maxNews) + " of " + group(len(list)) + ". " + note
	}
	return []views.Part{portal.Group{ID: "news", Title: "New in referrals", Note: note, Parts: []views.Part{t}}}, nil
}

// newsRank orders news: what cannot wait in its own order, then everything else.
func newsRank(key string) int {
	if i := slices.Index(urgentNews, key); i >= 0 {
		return i
	}
	return len(urgentNews)
}

func newsText(key string) string {
	return firstOf(newsWords[key], caseTimers[referral.Timer(key)], caseEvents[referral.Event(key)], caseCode(key))
}
