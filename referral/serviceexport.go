package referral

import (
	"archive/zip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"path"
	"strings"
	"time"

	"carecorridor/auth"
	"carecorridor/fhir"
	"carecorridor/internal/fault"
	"carecorridor/internal/files"
	"carecorridor/internal/when"
)

// Export writes everything of a referral that its reader may see as a zip: a FHIR bundle, a PDF to read, and the documents as
// they were sent. For patients, the referrer of a practice, and the papers alone for whom they were handed to. Recorded.
func (s *Service) Export(ctx context.Context, who auth.Actor, id string, w io.Writer) error {
	v, err := s.exported(ctx, who, id)
	if err != nil {
		return err
	}
	looked, err := s.accessLines(ctx, who, v.ID)
	if err != nil {
		return err
	}
	c := v.fhir(looked, s.now())
	if t, ok := s.Directory.Treatment(c.Asked.Treatment); ok {
		c.Asked.Treatment = t.Name
	}
	bundle, err := json.MarshalIndent(fhir.Export(c), "", "  ")
	if err != nil {
		return fault.New(fault.Broken, "referral export", err)
	}
	sheet, err := v.sheet(looked, s.now()).Write()
	if err != nil {
		return fault.New(fault.Broken, "referral export", err)
	}
	out := zip.NewWriter(w)
	put := func(name string, content []byte) error {
		f, err := out.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: s.now()})
		if err == nil {
			_, err = f.Write(content)
		}
		return err
	}
	if err := put("referral-"+v.Reference+".pdf", sheet); err != nil {
		return err
	}
	if err := put("referral-"+v.Reference+".fhir.json", bundle); err != nil {
		return err
	}
	for i, f := range v.Files {
		name := placeInZip(i, f)
		if name == "" {
			continue
		}
		content, err := s.Files.Get(ctx, f.ID)
		if err != nil {
			return fault.New(fault.Broken, "referral export", err)
		}
		if err := put(name, content); err != nil {
			return err
		}
	}
	return out.Close()
}

// exported is the view of somebody who may take it away.
func (s *Service) exported(ctx context.Context, who auth.Actor, id string) (v View, err error) {
	err = s.acting(ctx, who, id, func(d *deed) error {
		if err := mayExport(who, d); err != nil {
			return err
		}
		if v, err = d.view(who); err != nil {
			return err
		}
		if who.Role == Receiver && v.Package == nil {
			return fault.New(fault.Missing, "referral export", nil)
		}
		return d.read1(who, "referral.export", "")
	})
	return v, err
}

// mayExport asks the policy; whoever holds the link of a handback has no account, and takes the papers that the link opens.
func mayExport(who auth.Actor, d *deed) error {
	switch who.Role {
	case Receiver:
		return nil // what the link opens is the view's to say
	case auth.Patient:
		return auth.May(who, auth.ReferralExport, auth.Near(who, "", d.r.ID))
	}
	return auth.May(who, auth.ReferralExport, auth.Near(who, d.f.ReferrerOrg, ""))
}

// accessLines is who looked, for a patient: it is their record.
func (s *Service) accessLines(ctx context.Context, who auth.Actor, id string) ([]Looked, error) {
	if who.Role != auth.Patient {
		return nil, nil
	}
	return s.WhoLooked(ctx, who, id)
}

// placeInZip is where a document is in the archive; "" when its reader may not open it.
func placeInZip(i int, f FileView) string {
	if !f.MayOpen {
		return ""
	}
	return fmt.Sprintf("documents/%02d-%s", i+1, safeName(f))
}

// safeName is a document's name without anything that a file system could take for more than a name.
func safeName(f FileView) string {
	name := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, files.DisplayName(f.Name))
	for _, k := range files.Documents {
		if k.Media == f.Media && !strings.EqualFold(path.Ext(name), k.Ending) {
			return name + k.Ending
		}
	}
	return name
}

// readsOnly are the actions of the trail that change nothing of the record.
var readsOnly = map[string]bool{"view": true, "list": true, "standing": true, "open": true, "open_document": true, "read_opinion": true, "compare": true, "export": true, "access_log": true, "breakglass": true}

func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

func dayText(d when.Date) string {
	if !d.Known() {
		return ""
	}
	return d.String()
}

// fhir is the view as the plain values of package fhir.
func (v View) fhir(looked []Looked, now time.Time) fhir.Case {
	c := fhir.Case{ID: v.ID, Reference: v.Reference, Version: fmt.Sprint(v.Version), State: string(v.State), Ending: string(v.Ending), Reason: string(v.Reason), At: instant(now), Self: v.Origin == BySelf,
		Practice: fhir.Org{Name: v.OrgName}, Discharged: v.Package != nil}
	if p := v.Patient; p != nil {
		c.Person = fhir.Person{NHSNumber: number(*p), Family: p.Family, Given: strings.Fields(p.Given), Born: dayText(p.Born), Gender: string(p.Sex), Phone: p.Phone, Email: p.Email,
			AddressLines: strings.Split(p.Address, "\n"), Postcode: p.Postcode, Language: p.Language, PracticeODS: p.GPCode, Practice: p.GPName}
	}
	c.Asked = fhir.Asked{Priority: string(v.Priority), AuthoredOn: instant(v.Created)}
	if x := v.Clinical; x != nil {
		c.Asked.Treatment, c.Asked.Condition, c.Asked.Question = x.Treatment, x.Problem, x.Question
	}
	if x := v.Preferences; x != nil {
		c.Asked.Earliest, c.Asked.Latest = dayText(x.Earliest), dayText(x.Latest)
	}
	for _, h := range v.Hospitals {
		c.Hospitals = append(c.Hospitals, fhir.Hospital{ID: h.ID, Name: h.Listed.Name, Response: string(h.Response), SentAt: instant(h.SentAt), ChangedAt: instant(h.OpenedAt)})
	}
	for i, x := range v.Consents {
		c.Consents = append(c.Consents, fhir.Agreement{ID: fmt.Sprint(i + 1), Code: string(x.Code), Hospital: x.Hospital, Words: x.Words, GivenAt: instant(x.At), EndedAt: instant(x.Withdrawn), Items: x.Items})
	}
	for i, f := range v.Files {
		c.Documents = append(c.Documents, fhir.Document{ID: f.ID, Name: f.Name, Kind: f.Kind, Type: f.Media, SHA256: f.Hash, At: instant(f.At), Place: placeInZip(i, f)})
	}
	for i, l := range looked {
		c.Events = append(c.Events, fhir.Event{ID: fmt.Sprint(len(looked) - i), Action: l.What, Read: readsOnly[strings.TrimPrefix(l.What, "referral.")], At: instant(l.At), Who: l.Person, Role: string(l.By), Organisation: l.Org})
	}
	c.Sections = v.fhirSections()
	if a := v.Alert; a != nil {
		c.Stay = &fhir.Stay{From: a.From.String(), Until: a.Until.String(), Facility: a.Facility.Name, City: a.Facility.City, Country: a.Facility.Country, Admitted: a.Facility.Admitted.String(), Discharged: a.Facility.Discharged.String()}
	}
	return c
}
