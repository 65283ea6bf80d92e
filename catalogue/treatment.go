package catalogue

import (
	"strings"

	"carecorridor/internal/when"
	"carecorridor/models"
)

// Payers of price evidence (data README).
const (
	payerVisitor  = "international_self_pay"
	payerOfficial = "official_package"
	payerHospital = "hospital_published"
	payerUK       = "uk_private"
	payerNHS      = "nhs_cost"
)

// Treatment is all that is known of a procedure's prices, stay and wait, apart from hospitals.
type Treatment struct {
	models.Procedure
	Specialty         models.Specialty
	India             Evidence // what visitors are quoted
	UK                Evidence // UK self-pay; figures quoted by sellers of trips are left out
	UKSpan            *Span    // lowest to highest of UK.Figures: published, not judged
	Official          []models.PriceEvidence
	Hospital          []models.PriceEvidence // a named hospital's own figure, without validity: context only
	NHSCost           []models.PriceEvidence
	NHS               Provision
	Wait              *Wait // nil when no figure is held, or none that tells about this treatment
	DaysLow, DaysHigh int   // in India, the day of arrival and the last counted; 0 when no source says
	DaysSource        int64 // says so
}

// Treatment gathers what is known of a procedure; ok is false for an unknown slug. It is worked out once for a
// Reference: callers share its lists and change nothing in them.
func (r *Reference) Treatment(slug string) (Treatment, bool) {
	if t, ok := r.treatments.Load(slug); ok {
		return *t.(*Treatment), true
	}
	p, ok := r.procedure[slug]
	if !ok {
		return Treatment{}, false
	}
	t := r.gather(p)
	r.treatments.Store(slug, &t)
	return t, true
}

func (r *Reference) gather(p models.Procedure) Treatment {
	slug := p.Slug
	t := Treatment{Procedure: p, Specialty: r.specialty[p.SpecialtySlug]}
	var visitor, uk []models.PriceEvidence
	for _, e := range r.evidence[slug] {
		switch {
		case e.Country == "IN" && e.PayerType == payerVisitor:
			visitor = append(visitor, e)
		case e.Country == "GB" && e.PayerType == payerUK && !sellersQuote(e):
			uk = append(uk, e)
		case e.PayerType == payerOfficial:
			t.Official = append(t.Official, e)
		case e.PayerType == payerHospital:
			t.Hospital = append(t.Hospital, e)
		case e.PayerType == payerNHS:
			t.NHSCost = append(t.NHSCost, e)
		}
	}
	t.India = indicative(visitor, r.Rates)
	t.UK = indicative(uk, r.Rates)
	t.UKSpan = spanOf(t.UK.Figures)
	t.NHS = ProvisionOf(p)
	if w, ok := r.Wait(p.SpecialtySlug); ok && HasNHSWait(p) {
		t.Wait = &w
	}
	t.DaysLow, t.DaysHigh, t.DaysSource = daysInIndia(r.stays[slug])
	return t
}

// sellersQuote: a UK figure told by somebody who sells trips to India is no UK price (data README).
func sellersQuote(e models.PriceEvidence) bool {
	return strings.HasPrefix(e.EvidenceClass, "facilitator") || strings.Contains(strings.ToLower(e.Scope), "quoted by")
}

func daysInIndia(stays []models.ProcedureStay) (low, high int, source int64) {
	for _, s := range stays {
		if s.Measure == "india_days" && s.Max > 0 {
			return s.Min, s.Max, s.SourceID
		}
	}
	return 0, 0, 0
}

// IndicativeTrip is the whole trip for two people from the indicative range (home and treatment figures).
func (r *Reference) IndicativeTrip(t Treatment, today when.Date) TripEstimate {
	stay, _ := StayFor(t)
	return EstimateTrip(Trip{Treatment: t.India.Range, Basis: "Indicative range in India, not one hospital's price", BasisAsOf: t.India.Oldest(), Sources: t.India.SourceIDs(),
		People: 2, Stay: stay}, r.TripCosts, r.Rates, today)
}

// PackageTrip is the whole trip for two people around a hospital's own package (result cards and the quote card).
func (r *Reference) PackageTrip(p CardPrice, today when.Date) TripEstimate {
	t, _ := r.Treatment(p.ProcedureSlug)
	stay, _ := StayFor(t, PackageTime{p.DaysInIndia, p.StayNights})
	return EstimateTrip(Trip{Treatment: &Span{Low: p.GBP, High: p.GBP}, Basis: "This hospital's own package", Own: true, People: 2, Stay: stay}, r.TripCosts, r.Rates, today)
}
