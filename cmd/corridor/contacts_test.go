package main

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"carecorridor/enquiry"
)

// demoApp is an app over the real listings and the samples, in a folder of its own.
func demoApp(t *testing.T, c *Config) *app {
	t.Helper()
	ctx := context.Background()
	a, err := openApp(ctx, c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(a.close)
	a.log = slog.New(slog.DiscardHandler)
	if err := a.openEnquiries(); err != nil {
		t.Fatal(err)
	}
	return a
}

// realHospital is the slug of a listed one that is no sample.
const realHospital = "medanta-the-medicity-gurugram"

func contactsFile(t *testing.T, rows string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "contacts.csv")
	if err := os.WriteFile(path, []byte(strings.Join(enquiry.ContactColumns, ",")+"\n"+rows), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// asked sends an enquiry to the real hospital and gives its receipt.
func asked(t *testing.T, a *app) enquiry.Receipt {
	t.Helper()
	ctx := context.Background()
	d, err := a.enquiries.StartDraft(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []enquiry.Step{enquiry.HospitalsStep{Slugs: []string{realHospital}}, enquiry.TreatmentStep{Problem: "Worn knee"}, enquiry.DoctorStep{Seen: enquiry.SeenYes}, enquiry.DatesStep{Open: true},
		enquiry.TravelStep{For: enquiry.ForSelf}, enquiry.ContactStep{Contact: enquiry.Contact{Name: "Ann", Email: "ann@example.org", By: enquiry.ByEmail, When: enquiry.AnyTime}}, enquiry.RecordsStep{},
		enquiry.ConsentStep{Consents: enquiry.Consents{Send: []string{realHospital}}}} {
		if _, refused, err := a.enquiries.SaveStep(ctx, d.Token, step); err != nil || !refused.OK() {
			t.Fatal(refused.Problems, err)
		}
	}
	r, refused, err := a.enquiries.Submit(ctx, d.Token)
	if err != nil || !refused.OK() {
		t.Fatal(refused.Problems, err)
	}
	return r
}

func stateOf(t *testing.T, a *app, r enquiry.Receipt) enquiry.State {
	t.Helper()
	seen, err := a.enquiries.Track(context.Background(), r.Reference, r.Link)
	if err != nil || len(seen.Hospitals) != 1 {
		t.Fatal(seen, err)
	}
	return seen.Hospitals[0].State
}

func TestARequestToARealHospitalWaitsUntilItsContactIsInTheFile(t *testing.T) {
	ctx, folder := context.Background(), filepath.Join(t.TempDir(), "var")
	if out, status := said(t, "seed", "load", "--samples", "--var", folder, "--log-level", "error"); status != 0 {
		t.Fatal(out)
	}
	c := &Config{Addr: "127.0.0.1:0", Var: folder, MailFrom: "no-reply@carecorridor.example", LogLevel: "error", Origin: "http://localhost"}
	before := demoApp(t, c)
	r := asked(t, before)
	if err := before.tendEnquiries(ctx); err != nil || stateOf(t, before, r) != enquiry.Held {
		t.Fatalf("%s, %v: something left without a checked contact", stateOf(t, before, r), err)
	}
	with := *c
	with.ContactsFile = contactsFile(t, realHospital+",desk@hospital.example.org,2026-01-05,Asha Rao\n")
	after := demoApp(t, &with)
	if err := after.tendEnquiries(ctx); err != nil || stateOf(t, after, r) != enquiry.Sent {
		t.Fatalf("%s, %v: the contact is there and nothing left", stateOf(t, after, r), err)
	}
	waiting, err := after.store.WaitingMails(ctx, 10)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range waiting {
		if err := after.sendMail(ctx, id); err != nil {
			t.Fatal(err)
		}
	}
	if text := mails(t, filepath.Join(folder, "mail")); !strings.Contains(text, "To: <desk@hospital.example.org>") || strings.Contains(strings.ToLower(text), "medanta") {
		t.Errorf("the mail: %s", text)
	}
}

// mails are all mails of a folder.
func mails(t *testing.T, dir string) (all string) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, "*.eml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range paths {
		b, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		all += string(b)
	}
	return all
}

func TestAWrongFileOfContactsStopsTheStartAndTheDoctorSaysWhere(t *testing.T) {
	path := contactsFile(t, realHospital+",not an address,2026-01-05,Asha\n")
	for _, args := range [][]string{{"doctor"}, {"serve"}} {
		out, status := said(t, append(args, "--var", t.TempDir(), "--contacts-file", path, "--log-level", "error")...)
		if status == 0 || !strings.Contains(out, "CORRIDOR_CONTACTS_FILE") || !strings.Contains(out, "line 2, column 31: email") {
			t.Errorf("%v: status %d: %s", args, status, out)
		}
	}
	if out, status := said(t, "doctor", "--var", t.TempDir(), "--contacts-file", "/does/not/exist.csv"); status == 0 || !strings.Contains(out, "CORRIDOR_CONTACTS_FILE") {
		t.Errorf("status %d: %s", status, out)
	}
}

func TestTheDoctorNamesContactsOfHospitalsThatAreNotListed(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "var")
	if out, status := said(t, "seed", "load", "--samples", "--var", folder, "--log-level", "error"); status != 0 {
		t.Fatal(out)
	}
	good := realHospital + ",desk@a.example.org,2026-01-05,Asha\n"
	out, status := said(t, "doctor", "--var", folder, "--contacts-file", contactsFile(t, good), "--log-level", "error")
	if status != 0 || !strings.Contains(out, "real hospitals that can be asked: 1") {
		t.Errorf("status %d: %s", status, out)
	}
	out, status = said(t, "doctor", "--var", folder, "--log-level", "error", "--contacts-file",
		contactsFile(t, good+"no-such,d@b.example.org,2026-01-05,Asha\nmarigold-shore-hospital-chennai,d@c.example.org,2026-01-05,Asha\n"))
	if status == 0 || !strings.Contains(out, "2 of 3") || !strings.Contains(out, "no-such") || !strings.Contains(out, "marigold") {
		t.Errorf("status %d: %s", status, out)
	}
}
