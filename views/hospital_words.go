package views

import (
	"slices"
	"strconv"
	"strings"

	"carecorridor/views/ui"
)

// marks are the badges under the name, the sample badge first.
func (h Hospital) marks() ui.Badges {
	out := badges(h.Marks)
	if h.Sample {
		out = append(ui.Badges{sampleBadge}, out...)
	}
	if h.Checked != "" {
		out = append(out, ui.Badge{Tone: ui.Neutral, Text: "Listing checked " + h.Checked})
	}
	return out
}

// contents are the sections of the page; paused listings have no prices.
func (h Hospital) contents() ui.Contents {
	all := []ui.Link{{Text: "Prices", Href: "#prices"}, {Text: "Accreditation", Href: "#accreditation"}, {Text: "What it lists", Href: "#lists"},
		{Text: "Results and surgeons", Href: "#quality"}, {Text: "Location", Href: "#location"}, {Text: "Aftercare and problems", Href: "#aftercare"},
		{Text: "Sources", Href: "#sources"}, {Text: "Listing history", Href: "#history"}}
	if len(h.Alliance) > 0 {
		all = slices.Insert(all, 6, ui.Link{Text: "What the alliance looks at", Href: "#alliance"})
	}
	if h.Feedback != nil {
		all = slices.Insert(all, 6, ui.Link{Text: "Patient feedback", Href: "#feedback"})
	}
	if h.Paused {
		all = all[1:]
	}
	return ui.Contents{Links: all}
}

// card is the quote card.
func (q HospitalQuote) card() ui.QuoteCard {
	c := ui.QuoteCard{Title: q.Title, Note: q.Hint, Lines: lines(q.Rows), Buttons: buttons(q.Ask, q.Shortlist)}
	if q.Total != nil {
		c.Lines = append(c.Lines, ui.Fact{Label: q.Total.Label, Value: q.Total.Value, Number: true, Strong: true})
	}
	if q.More.URL != "" {
		c.Links = []ui.Link{q.More.link()}
	}
	return c
}

func (p HospitalPrices) rail() ui.Rail {
	r := ui.Rail{ID: "prices", Title: "Prices"}
	if len(p.Packages) > 0 {
		r.Text = []string{"The full price as the hospital states it: everything it must charge you."}
		if p.ValidUntil != "" {
			r.Text = append(r.Text, "Valid until "+p.ValidUntil+".")
		}
	}
	if p.Rate != "" {
		r.Text = append(r.Text, p.Rate)
	}
	if p.CSV.URL != "" {
		r.Links = []ui.Link{p.CSV.link()}
	}
	return r
}

func (p HospitalPrices) packages() ui.StackTable {
	t := ui.StackTable{Caption: "Package prices", Head: columns("Package", "Room", "Stay", "Valid until", "Full price#")}
	for _, k := range p.Packages {
		stay := k.Stay
		if k.Days != "" {
			stay = strings.TrimPrefix(stay+", "+k.Days+" in India", ", ")
		}
		name := ui.Cell{Text: k.Name, Note: k.Detail}
		if k.URL != "" {
			name = ui.Cell{Link: ui.Link{Text: k.Name, Href: k.URL}, Note: k.Detail}
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{name, text(k.Room), text(stay), text(k.Until), {Text: k.Price, Note: k.PriceINR, Strong: true}}})
	}
	return t
}

func (p HospitalPrices) indicative() ui.StackTable {
	t := ui.StackTable{Caption: "What sources publish for India, for treatments this hospital lists", Head: columns("Treatment", "Published for India#", "Based on")}
	for _, r := range p.Indicative {
		price := ui.Cell{Text: r.Range, Strong: true}
		if r.Range == "" {
			price = ui.Cell{Text: strings.Join(r.Singles, "; "), Note: "Too few sources for a range"}
		}
		if price.Text == "" {
			price = ui.Cell{Text: "Not known", Missing: true}
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{r.Treatment.cell(), price, text(r.Basis)}})
	}
	return t
}

// readIn are the sources behind the indicative ranges, each once.
func (p HospitalPrices) readIn() []ui.Link {
	var out []ui.Link
	seen := map[Anchor]bool{}
	for _, r := range p.Indicative {
		for _, s := range r.Sources {
			if !seen[s] {
				seen[s] = true
				out = append(out, s.link())
			}
		}
	}
	return out
}

// officialTable is what public schemes pay.
func officialTable(rows []OfficialRow) ui.StackTable {
	t := ui.StackTable{Caption: "What Indian public schemes pay", Head: columns("Treatment", "Scheme", "Rate#", "Source")}
	for _, r := range rows {
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{text(r.Treatment), text(r.Scheme), text(r.Amount), r.Source.cell()}})
	}
	return t
}

// none says why no package is shown.
func (p HospitalPrices) none() string {
	if p.None != "" {
		return p.None
	}
	return "This hospital has not published a price"
}

func (c HospitalCertificates) rail() ui.Rail {
	r := ui.Rail{ID: "accreditation", Title: "Accreditation", Text: []string{"Each certificate as the register or report showed it on the day we read it, compared with today’s date in India."}}
	if c.How.URL != "" {
		r.Links = []ui.Link{c.How.link()}
	}
	return r
}

func (c HospitalCertificates) table() ui.StackTable {
	t := ui.StackTable{Caption: "Certificates and how each is known", Head: columns("Certificate", "Valid until", "Today", "How we know")}
	for _, r := range c.Rows {
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Body: certificateName(r)}, text(r.Until), {Body: r.Status.badge().View()}, {Body: certificateCell(r)}}})
	}
	return t
}

// number says the certificate's number, or that it is not known.
func (r CertificateRow) number() string {
	if r.Number == "" {
		return "Number not known"
	}
	return "Number " + r.Number
}

// known is how and when a certificate became known.
func (r CertificateRow) known() string {
	if r.How != "" && r.Checked != "" {
		return r.How + ", " + r.Checked
	}
	return text(r.How + r.Checked).Text
}

func (c HospitalCertificates) history() bool {
	for _, r := range c.Rows {
		if len(r.History) > 0 {
			return true
		}
	}
	return false
}

func (l HospitalLists) specialties() ui.StackTable {
	t := ui.StackTable{Caption: "Specialties as listed", Head: columns("Specialty", "The source’s words", "Who says so")}
	for _, s := range l.Specialties {
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{s.Name.cell(), text(s.ListedAs), text(s.Evidence)}})
	}
	return t
}

func (l HospitalLists) languages() Fact {
	return Fact{Label: "Languages staff speak", Value: strings.Join(l.Languages, ", ")}
}

// countWords writes "1 treatment", "2 treatments".
func countWords(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + one + "s"
}

// unmeasured is what a listing does not hold.
func (h Hospital) unmeasured() []Fact {
	var out []Fact
	if len(h.Measures) == 0 {
		out = append(out, Fact{Label: "Results of treatment", Unknown: "Not known. We show a result only with its count, its period and who checked it."})
	}
	if len(h.Clinicians) == 0 {
		out = append(out, Fact{Label: "Surgeons", Unknown: "Not known. Ask who will operate, and for their registration number."})
	}
	return append(out, Fact{Label: "Operations a year", Unknown: "Not known. Ask the hospital, for your operation and your surgeon."})
}

func (h Hospital) measures() ui.StackTable {
	t := ui.StackTable{Caption: "Results, counted", ShowCaption: true, Head: columns("What was counted", "How many#", "When", "How it was counted")}
	for _, m := range h.Measures {
		name := ui.Cell{Text: m.Title}
		if m.Treatment.URL != "" {
			name.Link = m.Treatment.link()
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{name, {Text: m.Share, Note: m.Count, Strong: true}, text(m.Period), {Text: m.Method, Note: "Checked on " + m.Checked}}})
	}
	return t
}

func (h Hospital) clinicians() ui.StackTable {
	t := ui.StackTable{Caption: "Surgeons and other clinicians", ShowCaption: true, Head: columns("Name", "Qualifications", "Register", "Checked")}
	for _, c := range h.Clinicians {
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{text(c.Name), text(c.Qualification), {Text: c.Register, Link: c.Link.link()}, text(c.Checked)}})
	}
	return t
}

func (h Hospital) priceSteps() ui.StackTable {
	t := ui.StackTable{Caption: "How its prices changed", ShowCaption: true, Head: columns("Date", "Package", "Old full price#", "New full price#", "Valid until")}
	for _, p := range h.PriceHistory {
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{text(p.On), text(p.Package), text(p.Old), {Text: p.New, Strong: true}, text(p.Until)}})
	}
	return t
}

func (a HospitalAftercare) rail() ui.Rail {
	r := ui.Rail{ID: "aftercare", Title: "Aftercare and if something goes wrong"}
	if a.Dated != "" {
		r.Text = []string{"In writing from the hospital, dated " + a.Dated + "."}
	}
	if a.Guide.URL != "" {
		r.Links = []ui.Link{a.Guide.link()}
	}
	return r
}
