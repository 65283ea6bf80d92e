package listing

import (
	"context"
	"slices"
	"strconv"
	"time"

	"carecorridor/auth"
	"carecorridor/internal/when"
	"carecorridor/models"
)

// Codes of things to do, the most pressing first.
const (
	DoCertificateEnded = "certificate_ended"
	DoCertificateEnds  = "certificate_ends" // within ReminderDays[0] days
	DoPriceEnded       = "price_ended"
	DoPriceEnds        = "price_ends" // within PriceDays days
	DoSentBack         = "sent_back"
	DoEnquiryWaits     = "enquiry_waits"
	DoDraftWaits       = "draft_waits" // not sent for checking
	DoMeasures         = "measures_missing"
	DoClinicians       = "clinicians_missing"
	DoPaused           = "prices_paused" // no accreditation runs
)

// PriceDays is how long before its last day a price is told of.
const PriceDays = 30

// AnswerDays is how long a hospital has to answer an enquiry before it lapses (package enquiry's Terms).
const AnswerDays = 14

// ToDo is one thing that waits for the hospital.
type ToDo struct {
	Code string
	Unit string    // what it is about ("package/p12"), "" when the listing
	Name string    // of the package or certificate
	On   when.Date // the last day of it
	Days int       // until then; below 0 when it is past
	Due  time.Time // when an enquiry lapses
	N    int       // how many, where there may be several
}

// Part is one of the things a whole listing has.
type Part struct {
	Name string
	Done bool
}

// Overview is what a hospital sees first.
type Overview struct {
	Slug, Name  string
	Sample      bool
	ToDos       []ToDo
	Parts       []Part // what a whole listing has, 12
	AnswerHours int    // median of the last 3 months; 0 none, Few when fewer than 5
	Waiting     int    // checks that the alliance has not decided
	Enquiries   int    // requests that wait for an answer
}

// Overview is the first page of the portal. ListingView.
func (s *Service) Overview(ctx context.Context, who auth.Actor, provider int64) (Overview, error) {
	if err := auth.May(who, auth.ListingView, near(who, provider)); err != nil {
		return Overview{}, err
	}
	p, err := s.Store.ListingByID(ctx, provider)
	if err != nil {
		return Overview{}, err
	}
	drafts, err := s.Store.Drafts(ctx, provider)
	if err != nil {
		return Overview{}, err
	}
	o := Overview{Slug: p.Slug, Name: p.Name, Sample: p.Sample, Parts: parts(p)}
	o.ToDos = slices.Concat(s.certificateToDos(p), s.priceToDos(p), draftToDos(drafts), missingToDos(p))
	waiting := map[string]bool{} // checks: one holds all that changes of an entry
	for _, d := range drafts {
		if d.State == string(Sent) && d.VerificationID != nil {
			waiting[*d.VerificationID] = true
		}
	}
	o.Waiting = len(waiting)
	open, err := s.Store.OpenRequests(ctx, p.Slug)
	if err != nil {
		return o, err
	}
	if o.Enquiries = len(open); len(open) > 0 {
		due := open[0].AddDate(0, 0, AnswerDays)
		o.ToDos = append(o.ToDos, ToDo{Code: DoEnquiryWaits, N: len(open), Due: due})
	}
	o.AnswerHours, err = s.lately(ctx, provider)
	order := []string{DoCertificateEnded, DoPaused, DoEnquiryWaits, DoCertificateEnds, DoSentBack, DoPriceEnded, DoPriceEnds, DoDraftWaits, DoClinicians, DoMeasures}
	slices.SortStableFunc(o.ToDos, func(a, b ToDo) int { return slices.Index(order, a.Code) - slices.Index(order, b.Code) })
	return o, err
}

// lately is the median time to the first answer in three months.
func (s *Service) lately(ctx context.Context, provider int64) (int, error) {
	rows, err := s.Store.EnquiryActivity(ctx, provider, s.Today().AddDays(-90).Time())
	var waits []time.Duration
	for _, r := range rows {
		if r.AnsweredAt != nil {
			waits = append(waits, r.AnsweredAt.Sub(r.SentAt))
		}
	}
	return median(waits), err
}

func (s *Service) certificateToDos(p *models.Profile) (out []ToDo) {
	today := s.Today()
	for _, a := range p.Accreditations {
		if a.RegisterStatus != models.RegisterValid || !a.ValidTo.Known() {
			continue
		}
		left := today.DaysUntil(a.ValidTo)
		t := ToDo{Code: DoCertificateEnds, Unit: "certificate/" + CertificateKey(a.Accreditation), Name: a.Body + " " + a.Number, On: a.ValidTo, Days: left}
		switch {
		case left < 0:
			t.Code = DoCertificateEnded
		case left > ReminderDays[0]:
			continue
		}
		out = append(out, t)
	}
	return out
}

func (s *Service) priceToDos(p *models.Profile) (out []ToDo) {
	today, paused := s.Today(), 0
	for _, k := range p.Packages {
		if k.Paused {
			paused++
		}
		if !k.ValidTo.Known() || !k.Live && !k.Paused {
			continue
		}
		left := today.DaysUntil(k.ValidTo)
		t := ToDo{Code: DoPriceEnds, Unit: "package/" + PackageKey(k.Package), Name: k.Name, On: k.ValidTo, Days: left}
		if left > PriceDays {
			continue
		}
		if left < 0 {
			t.Code = DoPriceEnded
		}
		out = append(out, t)
	}
	if paused > 0 {
		out = append(out, ToDo{Code: DoPaused, N: paused})
	}
	return out
}

func draftToDos(drafts []models.ListingDraft) (out []ToDo) {
	units := map[string]map[string]bool{}
	for _, d := range drafts {
		if units[d.State] == nil {
			units[d.State] = map[string]bool{}
		}
		units[d.State][Path(d.Path).Unit()] = true
	}
	if n := len(units[string(Drafted)]); n > 0 {
		out = append(out, ToDo{Code: DoDraftWaits, N: n})
	}
	if n := len(units[string(SentBack)]) + len(units[string(Rejected)]); n > 0 {
		out = append(out, ToDo{Code: DoSentBack, N: n})
	}
	return out
}

func missingToDos(p *models.Profile) (out []ToDo) {
	if len(p.Measures) == 0 {
		out = append(out, ToDo{Code: DoMeasures})
	}
	if len(p.Clinicians) == 0 {
		out = append(out, ToDo{Code: DoClinicians})
	}
	return out
}

// parts are the twelve things that a whole listing has (ux.md §6.14).
func parts(p *models.Profile) []Part {
	v := Values{}
	flattenFacts(v, p.Facts)
	has := func(section string) bool {
		for path := range v {
			if path.Section() == section {
				return true
			}
		}
		return false
	}
	running := slices.ContainsFunc(p.Accreditations, func(a models.AccreditationBundle) bool {
		return a.Level == "full" && a.RegisterStatus == models.RegisterValid && a.State != expired
	})
	return []Part{
		{"Street address", p.Main.Address != ""}, {"Telephone and website", v["about/phone"] != "" && v["about/website"] != ""},
		{"Accreditation", running}, {"Specialties", len(p.Specialties) > 0}, {"Treatments", len(p.Procedures) > 0},
		{"Packages and prices", slices.ContainsFunc(p.Packages, func(k models.PackageBundle) bool { return k.Live })},
		{"Surgeons", len(p.Clinicians) > 0}, {"Quality measures", len(p.Measures) > 0}, {"Aftercare promises", has("aftercare")},
		{"Languages", len(p.Languages) > 0}, {"Services for patients from abroad", has("service")}, {"Photos", len(p.Photos) > 0},
	}
}

// Done counts the parts that are there, such as 9 of 12.
func (o Overview) Done() (done, of string) {
	n := 0
	for _, p := range o.Parts {
		if p.Done {
			n++
		}
	}
	return strconv.Itoa(n), strconv.Itoa(len(o.Parts))
}
