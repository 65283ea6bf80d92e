package stories

import (
	"strings"

	"carecorridor/views"
	"carecorridor/views/link"
	"carecorridor/views/ui"
)

func init() {
	ended := site("")
	ended.Breadcrumb = home()
	add(
		Story{Name: "feedback/form", Page: views.FeedbackPage(around("Tell others about your stay", "/feedback/token"), feedbackForm())},
		Story{Name: "feedback/form-with-errors", Page: views.FeedbackPage(sentBack("Tell others about your stay", "contact", "comment"), wrongFeedback())},
		Story{Name: "feedback/sent", Page: views.FeedbackSentPage(around("Your feedback is sent", "/feedback/token"), views.FeedbackSent{Hospital: views.Anchor{Text: "Back to Coromandel Example", URL: link.Hospital("example")}, Reviews: reviews})},
		Story{Name: "feedback/link-ended", Page: views.FailurePage(views.FeedbackLinkEnded(ended))},
		Story{Name: "feedback/how-we-check", Page: views.AboutReviewsPage(around("How we check patient feedback", link.Reviews), views.AboutReviews{
			Questions: []string{"The bill matched the quote", "I knew who to call when I got home", "Risks were explained in a way I understood"}, Least: 5, MostComment: 1000, LinkDays: 90,
			Links: []views.Anchor{{Text: "How we check hospitals", URL: link.HowWeCheck}}})},
		Story{Name: "hospital/feedback", Page: profile(withFeedback(fullFeedback()))},
		Story{Name: "hospital/feedback-too-little", Page: profile(withFeedback(views.HospitalFeedback{Least: 5, Reviews: reviews}))},
		Story{Name: "hospital/feedback-hostile", Page: profile(withFeedback(hostileFeedback()))},
		Story{Name: "report/form", Page: views.ReportPage(around("Report a problem with a listing", "/hospitals/example/report"), reportForm())},
		Story{Name: "report/form-with-errors", Page: views.ReportPage(sentBack("Report a problem with a listing", "about", "words", "email"), wrongReport())},
		Story{Name: "report/without-email", Page: views.ReportPage(around("Report a problem with a listing", "/hospitals/example/report"), views.ReportForm{Hospital: views.Anchor{Text: mixed}, Action: "/hospitals/example/report", Most: 2000})},
		Story{Name: "report/sent", Page: views.ReportSentPage(around("Your report is sent", "/hospitals/example/report/sent"), views.ReportSent{Hospital: views.Anchor{Text: "Back to Coromandel Example", URL: link.Hospital("example")}, Reference: "CC-7K3M-9Q"})},
	)
}

var reviews = views.Anchor{Text: "How we check patient feedback", URL: link.Reviews}

// sentBack is the frame of a form that came back with a problem on each field.
func sentBack(title string, fields ...string) views.Frame {
	f := around(title, "/form")
	f.Failed, f.Errors = true, &ui.ErrorSummary{}
	for _, field := range fields {
		f.Errors.Problems = append(f.Errors.Problems, ui.Problem{Text: "Put this right: " + field, FieldID: field})
	}
	return f
}

func feedbackForm() views.FeedbackForm {
	return views.FeedbackForm{Hospital: "Coromandel Example Orthopaedic Centre", Stayed: "October 2026", Action: "/feedback/token", MostComment: 1000, Reviews: reviews, Questions: []views.FeedbackQuestion{
		{Field: "bill", Text: "The bill matched the quote"}, {Field: "contact", Text: "I knew who to call when I got home"}, {Field: "risks", Text: "Risks were explained in a way I understood"}}}
}

func wrongFeedback() views.FeedbackForm {
	v := feedbackForm()
	v.Hospital, v.Sample, v.Questions[0].Chosen, v.Questions[1].Error = mixed, true, "partly", "Choose yes, partly or no: I knew who to call when I got home"
	v.Comment, v.CommentError = overlong, "Your comment must be 1,000 characters or fewer. You have written 5,000"
	return v
}

func withFeedback(f views.HospitalFeedback) views.Hospital {
	h := sampleHospital()
	h.Feedback = &f
	return h
}

func fullFeedback() views.HospitalFeedback {
	f := views.HospitalFeedback{Least: 5, Period: "March 2026 to October 2026", Invited: 1240, Answered: 12, Reviews: reviews, Counts: []views.FeedbackCount{
		{Question: "The bill matched the quote", Yes: 9, Partly: 2, No: 1}, {Question: "I knew who to call when I got home", Yes: 12}, {Question: "Risks were explained in a way I understood", Yes: 7, Partly: 4, No: 1}}}
	f.Comments = []views.FeedbackComment{
		{Stayed: "October 2026", Words: views.ModeratedWords{Text: "The room cost more than quoted.\nI was told on the day."}, Response: &views.ModeratedWords{Text: "Thank you. The quote now says what one more night costs."}},
		{Stayed: "September 2026", Words: views.ModeratedWords{Text: "[removed] was kind.", Reason: "It named a member of staff."}, Response: &views.ModeratedWords{Reason: "It told something about the patient’s health."}},
		{Stayed: "August 2026", Words: views.ModeratedWords{Reason: "It made a claim about the result of treatment."}},
	}
	for range 4 {
		f.Comments = append(f.Comments, views.FeedbackComment{Stayed: "March 2026", Words: views.ModeratedWords{Text: "बिल वही था जो बताया गया था।"}})
	}
	return f
}

func hostileFeedback() views.HospitalFeedback {
	f := fullFeedback()
	f.Comments = []views.FeedbackComment{{Stayed: "October 2026", Words: views.ModeratedWords{Text: overlong, Reason: mixed}, Response: &views.ModeratedWords{Text: rightward + markup + strings.Repeat("\n", 9) + stacked}}}
	return f
}

func reportForm() views.ReportForm {
	return views.ReportForm{Hospital: views.Anchor{Text: "Coromandel Example Orthopaedic Centre"}, Action: "/hospitals/example/report", Keep: []ui.Hidden{{Name: "mark", Value: "ABC"}}, Most: 2000, AskEmail: true}
}

func wrongReport() views.ReportForm {
	v := reportForm()
	v.AboutError, v.Words, v.WordsError = "Choose what looks wrong", "short", "Say a little more about what looks wrong, in 10 characters or more"
	v.Email, v.EmailError = overlong, "Enter an email address in the form name@example.com, or leave it empty"
	return v
}
