package register

import (
	"slices"
	"strings"

	"carecorridor/catalogue/listing"
	"carecorridor/catalogue/seed/gazetteer"
	"carecorridor/models"
)

// difference is one thing that the register says otherwise than the directory.
type difference struct {
	finding  string
	provider *int64 // nil: a hospital that is not listed
	name     string // of such a hospital, else of the certificate
	unit     string
	line     int // 0: not in the file any more
	fields   []listing.Diff
	renamed  bool // beside another finding
}

// known is what the directory holds of one programme.
type known struct {
	byNumber    map[string]*models.HeldCertificate
	byReference map[string]*models.HeldCertificate
	byPlace     map[string]int64 // hospitals by name and town
	met         map[int64]bool   // certificates that the file has
}

func know(held []models.HeldCertificate, names []models.ProviderName) *known {
	k := &known{byNumber: map[string]*models.HeldCertificate{}, byReference: map[string]*models.HeldCertificate{}, byPlace: map[string]int64{}, met: map[int64]bool{}}
	for i := range held {
		h := &held[i]
		k.byNumber[h.Number] = h
		if h.ReferenceNo != "" {
			k.byReference[h.ReferenceNo] = h
		}
	}
	for _, n := range names {
		if n.State == models.Published && n.Origin != "sample" && n.Origin != "synthetic" {
			k.byPlace[gazetteer.Key(n.Name)+"\n"+n.City] = n.ID
		}
	}
	return k
}

// compare is what a row says otherwise; nil when nothing.
func (k *known) compare(r Row) *difference {
	held := k.byNumber[r.Number]
	if held == nil && r.Reference != "" {
		held = k.byReference[r.Reference]
	}
	if held == nil {
		return k.arrived(r)
	}
	k.met[held.ID] = true
	d := &difference{provider: &held.ProviderID, name: certificate(held.Number), line: r.Line, unit: "certificate/" + listing.CertificateKey(held.Accreditation)}
	was := listing.RegisterFields(held.Accreditation)
	now := map[string]string{"number": r.Number, "valid_from": r.ValidFrom.String(), "valid_to": r.ValidTo.String()}
	if gazetteer.Key(was["legal_entity"]) != gazetteer.Key(r.Name) {
		now["legal_entity"] = r.Name
		d.renamed = true
	}
	if r.Status != "" {
		now["status"] = string(r.Status)
	}
	for _, field := range []string{"legal_entity", "number", "valid_from", "valid_to", "status"} {
		if value, ok := now[field]; ok && value != was[field] {
			d.add(field, was[field], value)
		}
	}
	if r.Status == "" && r.Remark != was["remark"] {
		d.finding = listing.Remark
	}
	if len(d.fields) == 0 && d.finding == "" {
		return nil
	}
	if r.Remark != was["remark"] {
		d.add("remark", was["remark"], r.Remark)
	}
	if d.finding == "" || len(d.fields) > 1 {
		d.finding = findingOf(held.Accreditation, r, d.renamed)
	}
	return d
}

// findingOf names a difference by what matters most to a patient.
func findingOf(held models.Accreditation, r Row, renamed bool) string {
	switch {
	case r.Status == models.RegisterSuspended && held.RegisterStatus != r.Status:
		return listing.Suspended
	case r.Status == models.RegisterLapsed && held.RegisterStatus != r.Status:
		if strings.Contains(strings.ToLower(r.Remark), "withdraw") {
			return listing.Withdrawn
		}
		return listing.Lapsed
	case r.Status == "" && held.Note != r.Remark:
		return listing.Remark
	case r.ValidTo != held.ValidTo || r.ValidFrom != held.ValidFrom || r.Number != held.Number || r.Status != held.RegisterStatus:
		return listing.Renewed
	case renamed:
		return listing.Renamed
	}
	return listing.Remark
}

// certificate names one for the queue.
func certificate(number string) string { return "NABH certificate " + number }

var labels = map[string]string{"legal_entity": "Name on the register", "number": "Certificate number", "valid_from": "Valid from", "valid_to": "Valid until", "status": "State on the register",
	"remark": "Remark of the register", "reference": "Reference number", "programme": "Programme", "city": "Town", "state": "State"}

func (d *difference) add(field, was, now string) {
	_, key, _ := strings.Cut(d.unit, "/")
	d.fields = append(d.fields, listing.Diff{Path: listing.PathOf("certificate", key, field), Label: labels[field], Old: was, New: now})
}

// arrived is a number that the directory does not hold: of a hospital it lists, or of a new one.
func (k *known) arrived(r Row) *difference {
	if r.Status == models.RegisterLapsed {
		return nil // it came and went between two copies
	}
	d := &difference{finding: listing.NewRow, name: r.Name, line: r.Line, unit: "certificate/" + strings.ToLower(strings.ReplaceAll(r.Number, "/", "-"))}
	if id, ok := k.byPlace[gazetteer.Key(r.Name)+"\n"+gazetteer.Find(r.City, r.State).Name]; ok {
		d.provider, d.name = &id, certificate(r.Number)
	}
	for _, x := range [][2]string{{"legal_entity", r.Name}, {"city", r.City}, {"state", r.State}, {"programme", r.Programme}, {"number", r.Number}, {"reference", r.Reference},
		{"valid_from", r.ValidFrom.String()}, {"valid_to", r.ValidTo.String()}, {"status", string(r.Status)}, {"remark", r.Remark}} {
		if x[1] != "" {
			d.add(x[0], "", x[1])
		}
	}
	return d
}

// gone are certificates that were valid and are not in the file any more, by id.
func (k *known) gone(held []models.HeldCertificate) (out []*difference) {
	for _, h := range held {
		if k.met[h.ID] || h.RegisterStatus != models.RegisterValid {
			continue
		}
		id := h.ProviderID
		d := &difference{finding: listing.Lapsed, provider: &id, name: certificate(h.Number), unit: "certificate/" + listing.CertificateKey(h.Accreditation)}
		d.add("status", string(h.RegisterStatus), string(models.RegisterLapsed))
		out = append(out, d)
	}
	slices.SortStableFunc(out, func(a, b *difference) int { return strings.Compare(a.unit, b.unit) })
	return out
}
