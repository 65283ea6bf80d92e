package handlers

import (
	"errors"
	"mime"
	"net/http"
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"carecorridor/enquiry"
	"carecorridor/internal/fault"
	"carecorridor/internal/when"
	"carecorridor/views"
	"carecorridor/views/link"
)

// trackHospital is what one hospital has said, and what the patient may do now.
func (h *Handlers) trackHospital(t tracked, one enquiry.TrackedHospital, i int) views.TrackHospital {
	n := placeOf(i)
	v := views.TrackHospital{ID: "hospital-" + n, Name: one.Hospital.Name, URL: link.Hospital(one.Hospital.Slug), Sample: one.Hospital.Sample, State: stateMarks[one.State],
		Messages: messageThread(one.Messages, enquiry.Patient, "You", one.Hospital.Name)}
	v.Text = h.stateText(one)
	if one.State == enquiry.Sent || one.State == enquiry.Opened {
		due := answerBy(t.Submitted)
		if due.Before(h.cfg.Enquiries.Today()) && len(one.Quotes) == 0 && len(one.Messages) == 0 {
			v.Late = "An answer was expected by " + due.Long() + ". You can wait, or ask another hospital."
		}
	}
	if q := one.Newest(); q != nil {
		v.Total, v.Valid = q.Total().String(), "valid until "+q.ValidUntil.Long()
		if !q.InDate {
			v.Valid = "no longer valid since " + q.ValidUntil.Long()
		}
		v.Quote = views.Anchor{Text: "Read the quote", URL: t.at("quote", n, strconv.FormatInt(q.Number, 10))}
	}
	if one.Contact {
		v.Contact = "This hospital can see your name and contact details."
	}
	v.Actions = hospitalActions(t, one, n)
	return v
}

func hospitalActions(t tracked, one enquiry.TrackedHospital, n string) []views.Anchor {
	var out []views.Anchor
	may := func(e enquiry.Event, text string, parts ...string) {
		if slices.Contains(one.Allowed, e) && !t.Erased {
			out = append(out, views.Anchor{Text: text, URL: t.at(parts...)})
		}
	}
	if q := one.Newest(); q != nil {
		may(enquiry.Accept, "Accept the quote", "accept", n, strconv.FormatInt(q.Number, 10))
	}
	say := "Write to the hospital"
	if one.State == enquiry.InfoRequested {
		say = "Answer the hospital"
	}
	may(enquiry.AskAgain, say, "ask", n)
	may(enquiry.TurnDown, "Decline the quote", "decline", n)
	may(enquiry.Withdraw, "Withdraw from this hospital", "withdraw", n)
	return out
}

// stateText says in plain words what a state means for the patient.
func (h *Handlers) stateText(one enquiry.TrackedHospital) []string {
	switch one.State {
	case enquiry.Held:
		return []string{"We hold no checked contact for this hospital yet, so nothing has been sent to it. We keep your enquiry ready."}
	case enquiry.Sent:
		return []string{"The hospital has your request and has not opened it yet."}
	case enquiry.Opened:
		return []string{"The hospital is reading your request."}
	case enquiry.InfoRequested:
		return []string{"The hospital needs more from you before it can answer."}
	case enquiry.Quoted:
		return []string{"Take your time. Read everything, ask about what is not clear, and talk to your GP before you decide."}
	case enquiry.Declined:
		return []string{"Reason: " + firstOf(reasonWords[one.Reason], "not given") + "."}
	case enquiry.Accepted:
		return []string{"You accepted its quote. The hospital now contacts you to arrange the assessment. Pay only the hospital itself."}
	}
	return nil
}

// download sends a document as a file to keep, never as a page: it is somebody else's bytes. It may take as long as an
// upload: a scan on a slow line is not cut off in the middle.
func download(c echo.Context, name, media string, content []byte) error {
	head := c.Response().Header()
	until := when.System().Add(uploadTime) // of the line, so never a test's clock
	if err := http.NewResponseController(c.Response()).SetWriteDeadline(until); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return fault.New(fault.Broken, "download", err)
	}
	head.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	head.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	return c.Blob(http.StatusOK, media, content)
}
