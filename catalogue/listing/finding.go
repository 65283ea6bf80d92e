package listing

import (
	"fmt"

	"carecorridor/catalogue/seed/gazetteer"
	"carecorridor/internal/fault"
	"carecorridor/internal/slug"
	"carecorridor/internal/when"
	"carecorridor/models"
)

// Findings of a newer register.
const (
	Renewed   = "renewed"
	Lapsed    = "lapsed" // not on the register any more
	Suspended = "suspended"
	Withdrawn = "withdrawn"
	NewRow    = "new"
	Renamed   = "renamed"
	Remark    = "remark" // the register says something that no rule of ours knows
)

// carryFinding writes what a newer register shows, once a person agreed.
func (s *Service) carryFinding(w *work, v *models.Verification, diffs []Diff, why *ruling) (moved bool, err error) {
	row := map[string]string{}
	for _, d := range diffs {
		row[d.Path.Field()] = d.New
	}
	if v.Finding == NewRow && v.ProviderID == nil {
		if err := s.addHospital(w, v, row); err != nil {
			return false, err
		}
	}
	a := w.certificate(diffs[0].Path.Key())
	switch {
	case v.Finding == NewRow && a == nil:
		return false, s.addCertificate(w, v, row, why)
	case a == nil:
		return false, errGone
	}
	if moved := sinceThen(*a, diffs); moved {
		if v.Fields, err = packed(diffs); err == nil {
			err = w.tx.SaveVerification(v)
		}
		return true, err
	}
	return false, s.follow(w, v, a, row, why)
}

// sinceThen brings old values up to what is held.
func sinceThen(a models.Accreditation, diffs []Diff) (moved bool) {
	held := RegisterFields(a)
	for i, d := range diffs {
		if now := held[d.Path.Field()]; now != d.Old {
			diffs[i].Old, moved = now, true
		}
	}
	return moved
}

// RegisterFields are the fields of a certificate that a register speaks of.
func RegisterFields(a models.Accreditation) map[string]string {
	f := certificateFields(a)
	return map[string]string{"number": a.Number, "legal_entity": f["legal_entity"], "valid_from": f["valid_from"], "valid_to": f["valid_to"],
		"status": string(a.RegisterStatus), "remark": a.Note}
}

// follow brings a held certificate to what the register shows.
func (s *Service) follow(w *work, v *models.Verification, a *models.Accreditation, row map[string]string, why *ruling) error {
	set := func(field string, to *string) {
		if value, ok := row[field]; ok {
			*to = value
		}
	}
	set("number", &a.Number)
	set("legal_entity", &a.ListedName)
	set("remark", &a.Note)
	if a.LegalEntity != "" {
		set("legal_entity", &a.LegalEntity)
	}
	if to, ok := row["valid_to"]; ok {
		a.ValidTo = day(to)
	}
	if from, ok := row["valid_from"]; ok {
		a.ValidFrom = day(from)
	}
	src, err := w.snapshot(a.Body, why)
	if err != nil {
		return err
	}
	a.CheckedOn, a.SourceID, a.Evidence = why.evidence.Retrieved, src, "register_snapshot"
	switch v.Finding {
	case Suspended:
		return s.lose(w, a, Suspend)
	case Withdrawn:
		return s.lose(w, a, Withdraw)
	case Lapsed:
		return s.lose(w, a, NotRenew)
	}
	return s.stands(w, v, a, row)
}

// stands writes a certificate that the register shows in force. What was checked by us before stays verified; what we know
// from the register's copy alone stays just that.
func (s *Service) stands(w *work, v *models.Verification, a *models.Accreditation, row map[string]string) error {
	says := map[string]string{Renewed: "Renewed until " + a.ValidTo.Long(), Renamed: "The register names it “" + a.ListedName + "”", Remark: "The register says: " + a.Note}[v.Finding]
	if status, ok := row["status"]; ok {
		a.RegisterStatus = models.RegisterStatus(status)
	}
	if a.State != unseen {
		if err := w.step(a, Verify, s.Today(), ": "+lowerFirst(says)); err != nil {
			return err
		}
	} else {
		if err := w.tx.SaveAccreditation(a); err != nil {
			return err
		}
		if err := w.note(a, a.CheckedOn, a.RegisterStatus, says); err != nil {
			return err
		}
	}
	err := w.tx.Change(models.Change{ProviderID: w.b.ID, What: a.Body + " certificate " + a.Number + ": " + lowerFirst(says), Field: v.Unit, SourceID: &a.SourceID})
	if err == nil {
		err = s.offerAgain(w, *a)
	}
	if err == nil {
		err = w.tx.KeepListing(w.b.ID)
	}
	return err
}

// addCertificate adds a row of the register to a listing.
func (s *Service) addCertificate(w *work, v *models.Verification, row map[string]string, why *ruling) error {
	src, err := w.snapshot("NABH", why)
	if err != nil {
		return err
	}
	a := models.Accreditation{ProviderID: w.b.ID, Body: "NABH", Programme: row["programme"], Level: "full", Number: row["number"], ReferenceNo: row["reference"],
		ValidFrom: day(row["valid_from"]), ValidTo: day(row["valid_to"]), RegisterStatus: models.RegisterStatus(row["status"]), CheckedOn: why.evidence.Retrieved,
		Evidence: "register_snapshot", ListedName: row["legal_entity"], Note: row["remark"], SourceID: src}
	if err := w.tx.SaveAccreditation(&a); err != nil {
		return err
	}
	if err := w.note(&a, a.CheckedOn, a.RegisterStatus, "Seen on the register"); err != nil {
		return err
	}
	if err := w.tx.Change(models.Change{ProviderID: w.b.ID, What: "NABH certificate " + a.Number + ": added from the register", Field: v.Unit, SourceID: &src}); err != nil {
		return err
	}
	return w.tx.KeepListing(w.b.ID)
}

// snapshot is the source of a register as it was on a day.
func (w *work) snapshot(body string, why *ruling) (int64, error) {
	on := why.evidence.Retrieved
	return w.tx.EnsureSource(models.Source{Key: "register-" + lowerFirst(body) + "-" + on.String(), Kind: "register", Title: body + " register, copy of " + on.Long(),
		Publisher: body, PublishedOn: on.String(), RetrievedOn: on, URL: why.evidence.URL, Note: "SHA-256 of the file: " + why.evidence.Hash})
}

// addHospital lists a hospital that only the register knows.
func (s *Service) addHospital(w *work, v *models.Verification, row map[string]string) error {
	place := gazetteer.Find(row["city"], row["state"])
	city, err := w.city(place)
	if err != nil {
		return err
	}
	name := slug.Of(row["legal_entity"], place.Name)
	if taken, err := w.tx.SlugTaken(name); err != nil || taken || name == "" {
		if err != nil {
			return err
		}
		name = slug.Of(row["legal_entity"], place.Name, row["number"])
	}
	src, err := w.snapshot("NABH", &ruling{v: v, evidence: snapshotOf(v)})
	if err != nil {
		return err
	}
	kind, origin := "unknown", "nabh_register"
	if row["programme"] == "Dental" {
		kind, origin = "dental", "nabh_dental_register"
	}
	all := []models.ProviderBundle{{Provider: models.Provider{Slug: name, Name: row["legal_entity"], Kind: kind, Origin: origin, CheckedOn: snapshotOf(v).Retrieved},
		Sites: []models.Site{{Main: true, CitySlug: city, SourceID: &src}}}}
	wrote, err := w.tx.PutProviders(all)
	if err != nil {
		return err
	}
	if wrote.Added != 1 {
		return fault.Say(fault.Conflict, "register", fmt.Sprintf("A hospital with the address “%s” is listed already. Reject this and correct that one", name))
	}
	v.ProviderID = &all[0].ID
	w.b, err = w.tx.ListingForUpdate(all[0].ID)
	return err
}

func snapshotOf(v *models.Verification) (e Evidence) {
	if unpacked(v.Evidence, &e) != nil {
		return Evidence{Retrieved: when.TodayIndia(v.SentAt)}
	}
	return e
}

// city finds the town of a register's row, or adds it.
func (w *work) city(place gazetteer.Place) (string, error) {
	towns, err := w.tx.Towns()
	if err != nil {
		return "", err
	}
	taken := map[string]bool{}
	for _, t := range towns {
		if t.Name == place.Name && t.State == place.State {
			return t.Slug, nil
		}
		taken[t.Slug] = true
	}
	t := models.City{Slug: slug.Of(place.Name), Name: place.Name, State: place.State}
	if taken[t.Slug] || t.Slug == "" {
		t.Slug = slug.Of(place.Name + " " + place.State)
	}
	hubs, err := w.tx.HubSlugs()
	if err != nil {
		return "", err
	}
	if hubs[place.Hub] {
		t.HubSlug = &place.Hub
	}
	return t.Slug, w.tx.AddCity(t)
}
