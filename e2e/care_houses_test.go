//go:build e2e

package e2e

import (
	"context"
	"fmt"
	"testing"

	"carecorridor/auth"
	"carecorridor/internal/when"
	"carecorridor/models"
	"carecorridor/referral"
)

// house is one of the hospitals that the patient asks.
type house struct {
	slug, name string
	doctor     auth.Actor // zero where nobody answers
	people     string     // who signs in there
}

// houses are three sample hospitals that may be sent something: one that offers, one that says no, and one where nobody
// answers.
func (w *theatre) houses(t *testing.T) (out [3]house) {
	t.Helper()
	ctx, today := context.Background(), when.DateOf(w.Now())
	out[0] = house{slug: w.slug, doctor: w.hospital, people: "Dr Leela Rao"}
	people, err := w.people.DemoActors(ctx)
	must(t, err)
	for _, a := range people {
		if a.Role != auth.ProviderClinician {
			continue
		}
		in, err := w.people.SignInAs(ctx, a.Person, auth.Visit{Address: "192.0.2.1", Agent: "test"})
		must(t, err)
		if in.Actor.Org != w.hospital.Org {
			out[1].doctor = in.Actor
		}
	}
	admin := w.actor(t, auth.Administrator)
	var listings []models.ProviderName
	must(t, w.store.Write(ctx, func(tx *models.Tx) error { listings, err = tx.SampleListings(50); return err }))
	for _, l := range listings {
		if l.ID == out[0].doctor.Provider || l.ID == out[1].doctor.Provider {
			continue
		}
		org, bad, err := w.people.AddOrganisation(ctx, admin, auth.Organisation{Kind: auth.Hospital, Name: l.Name, Provider: l.ID})
		must(t, err)
		if !bad.OK() {
			t.Fatal(bad)
		}
		if w.signs(t, org, l.ID, today) {
			out[2] = house{slug: w.slugOf(t, l.ID)}
			break
		}
	}
	w.signs(t, out[1].doctor.Org, out[1].doctor.Provider, today)
	out[1].slug, out[1].people = w.slugOf(t, out[1].doctor.Provider), "Dr Arjun Bose"
	for i := range out {
		p, err := w.store.ProfileBySlug(ctx, out[i].slug)
		must(t, err)
		out[i].name = p.Name
	}
	return out
}

func (w *theatre) slugOf(t *testing.T, provider int64) (slug string) {
	t.Helper()
	must(t, w.store.Write(context.Background(), func(tx *models.Tx) error {
		b, err := tx.ListingForUpdate(provider)
		if err == nil {
			slug = b.Slug
		}
		return err
	}))
	return slug
}

// signs makes a hospital one that may be sent something; false when its listing has no running certificate.
func (w *theatre) signs(t *testing.T, org string, provider int64, today when.Date) bool {
	t.Helper()
	ctx := context.Background()
	admin := w.actor(t, auth.Administrator)
	old, err := w.referrals.Agreement(ctx, admin, org)
	must(t, err)
	_, err = w.referrals.SetAgreement(ctx, admin, referral.Agreement{Org: org, Mechanism: referral.IDTASigned, SignedOn: today.AddDays(-60), RiskReviewedOn: today.AddDays(-50), EmergencyContact: "+91 44 0000 0000", ComplaintOfficer: "Sample Officer", Version: old.Version})
	must(t, err)
	specialty, year, running := "orthopaedics", 2010, false
	must(t, w.store.Write(ctx, func(tx *models.Tx) error {
		b, err := tx.ListingForUpdate(provider)
		if err != nil {
			return err
		}
		for _, a := range b.Accreditations {
			running = running || a.ValidTo.Known() && today.AddDays(300).Before(a.ValidTo)
		}
		ids, _, err := tx.PutSources([]models.Source{{ID: 1, Key: "referral-test", Kind: "sample", Title: "Invented"}})
		if err != nil {
			return err
		}
		return tx.PutClinician(models.Clinician{ID: fmt.Sprintf("clinician-%d", provider), ProviderID: provider, Name: "Dr Sample Bose", Qualification: "MS", Council: "Sample Medical Council", RegistrationNo: "00001", RegisteredYear: &year,
			SpecialtySlug: &specialty, State: models.CertificateVerified, CheckedOn: today.AddDays(-10), NextCheck: today.AddDays(400), SourceID: ids[1]})
	}))
	return running
}

// selfAnswers is a request of one's own, page by page.
func selfAnswers(day when.Date) []struct {
	page    string
	answers []referAnswer
} {
	safety := []referAnswer{{"fit_to_fly", "yes"}, {"no_implants", "yes"}}
	for _, q := range []string{"vte", "anticoagulants", "anaesthetic_problems", "overnight_abroad", "overnight_uk"} {
		safety = append(safety, referAnswer{q, "no"})
	}
	for _, q := range []string{"mrsa", "cpe", "c_auris", "blood_borne"} {
		safety = append(safety, referAnswer{q, "not_tested"})
	}
	return []struct {
		page    string
		answers []referAnswer
	}{
		{"you", append(dayAnswers("born", "_", when.Date{Year: 1958, Month: 5, Day: 14}), []referAnswer{{"given", "Meena"}, {"family", "Sample"}, {"sex", "female"}, {"no_nhs_number", "nhs-number-not-known"}, {"address", "1 Sample Street, Leicester"}, {"postcode", "LE1 6HX"}, {"email", "meena@sample.example"}, {"phone", "07700 900123"}}...)},
		{"care", []referAnswer{{"gp_name", "Sample Road Surgery, Leicester"}, {"gp_share", "share_all"}, {"language", "gu"}, {"interpreter", "no"}, {"capacity", "yes"}, {"safeguarding", "none"}}},
		{"way", []referAnswer{{"kind", "self_funded"}, {"priority", "routine"}, {"funding", "self_pay"}, {"nhs_wait", "waiting"}}},
		{"problem", []referAnswer{{"treatment", "total-knee-replacement"}, {"problem", "My right knee hurts on stairs since 2023."}, {"diagnosis", "confirmed"}, {"question", "Can you replace it?"}}},
		{"health", []referAnswer{{"no_other_conditions", "yes"}, {"no_known_allergies", "yes"}, {"no_operations", "yes"}, {"medicines.drug", "Amlodipine"}, {"medicines.dose", "5 mg"}, {"medicines.frequency", "every morning"}, {"height_cm", "162"}, {"weight_kg", "71"}, {"smoking", "never"}, {"alcohol", "none"}, {"pregnant", "not_applicable"}}},
		{"safety", safety},
		{"journey", append(append(dayAnswers("earliest", "_", day.AddDays(60)), dayAnswers("latest", "_", day.AddDays(150))...), referAnswer{"companions", "1"}, referAnswer{"by_phone", "no"})},
	}
}
