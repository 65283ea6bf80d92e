package referral

import (
	"fmt"
	"reflect"
	"strings"
	"time"

	"carecorridor/internal/quotepdf"
	"carecorridor/internal/when"
)

// sheet is a view as a document to read and to print.
func (v View) sheet(looked []Looked, now time.Time) quotepdf.Document {
	doc := quotepdf.Document{Title: "Referral " + v.Reference, Made: now, Lead: []string{"Everything that Care Corridor holds of this referral, made on " + when.DateOf(now.In(london)).Long() + ". It is health information: keep it safe."},
		Foot: []string{"Care Corridor brings referrals from one to the other. It does not treat, and nothing in this document is advice by it."}}
	add := func(title string, rows []quotepdf.Row) {
		if len(rows) > 0 {
			doc.Sections = append(doc.Sections, quotepdf.Section{Title: title, Rows: rows})
		}
	}
	add("Referral", []quotepdf.Row{{Label: "Stage", Value: worded(string(v.State))}, {Label: "Made on", Value: moment(v.Created)}, {Label: "Practice", Value: v.OrgName}, {Label: "Clinician", Value: v.ClinicianName}})
	for _, part := range []struct {
		title string
		value any
	}{{"Patient", v.Patient}, {"Pathway", v.Pathway}, {"Reason and history", v.Clinical}, {"Safety questions", v.Safety}, {"Wishes", v.Preferences}, {"Passport", v.Passport}} {
		add(part.title, v.rowsOf("", reflect.ValueOf(part.value)))
	}
	for _, h := range v.Hospitals {
		add("Hospital: "+h.Listed.Name, h.rows())
	}
	add("Consents", consentRows(v.Consents))
	add("Messages", wordRows(v))
	if v.Package != nil {
		add("Discharge package", v.rowsOf("", reflect.ValueOf(v.Package)))
	}
	if v.Alert != nil {
		add("Overseas-care alert", []quotepdf.Row{{Label: "Card", Value: v.Alert.Card}})
	}
	add("Aftercare", aftercareRows(v.Aftercare))
	var history, looks []quotepdf.Row
	for _, e := range v.Timeline {
		history = append(history, quotepdf.Row{Label: moment(e.At), Value: worded(string(e.Event)) + ", by " + worded(string(e.By))})
	}
	for _, l := range looked {
		looks = append(looks, quotepdf.Row{Label: moment(l.At), Value: strings.Join(filled(worded(strings.TrimPrefix(l.What, "referral.")), worded(string(l.By)), l.Person, l.Org, l.Why), ", ")})
	}
	add("What happened", history)
	add("Who looked", looks)
	return doc
}

func filled(all ...string) (out []string) {
	for _, s := range all {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(london).Format("2 January 2006, 15:04")
}

// worded makes a code readable: "with_providers" is "With providers".
func worded(code string) string {
	s := strings.ReplaceAll(code, "_", " ")
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

func (h HospitalView) rows() (out []quotepdf.Row) {
	out = append(out, quotepdf.Row{Label: "Answer", Value: worded(string(h.Response))}, quotepdf.Row{Label: "Sent on", Value: moment(h.SentAt)})
	for _, o := range h.Offers {
		out = append(out, quotepdf.Row{Label: fmt.Sprintf("Opinion %d", o.Number), Value: o.Text})
		if o.Quote != nil {
			out = append(out, quotepdf.Row{Label: fmt.Sprintf("Quote %d", o.Number), Value: o.Quote.Total().String(), Strong: true}, quotepdf.Row{Label: "Valid until", Value: o.Quote.ValidUntil.Long()})
			for _, l := range o.Quote.Lines {
				out = append(out, quotepdf.Row{Label: worded(string(l.Kind)), Value: l.Label})
			}
			out = append(out, quotepdf.Row{Label: "Complications", Value: o.Quote.ComplyText}, quotepdf.Row{Label: "Refund", Value: o.Quote.Refund}, quotepdf.Row{Label: "Not included", Value: o.Quote.Excludes})
		}
	}
	return out
}

func consentRows(all []ConsentView) (out []quotepdf.Row) {
	for _, c := range all {
		stands := "in force"
		if !c.InForce {
			stands = "withdrawn " + moment(c.Withdrawn)
		}
		out = append(out, quotepdf.Row{Label: string(c.Code) + ", " + moment(c.At) + ", " + stands, Value: c.Words})
	}
	return out
}

func wordRows(v View) (out []quotepdf.Row) {
	for _, w := range v.Words {
		if w.Text == "" && w.Comment == "" {
			continue
		}
		out = append(out, quotepdf.Row{Label: moment(w.At) + ", " + worded(string(w.By)), Value: strings.Join(filled(w.Text, w.Comment, w.Source), " ")})
	}
	return out
}

func aftercareRows(all []AftercareView) (out []quotepdf.Row) {
	for _, a := range all {
		out = append(out, quotepdf.Row{Label: dayText(a.Due), Value: strings.Join(filled(a.What, a.Provider, a.Where), ", ")})
	}
	return out
}
