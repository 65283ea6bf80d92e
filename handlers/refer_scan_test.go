package handlers_test

import (
	"archive/zip"
	"bytes"
	"image"
	"image/jpeg"
	"image/png"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"

	"carecorridor/auth"
	"carecorridor/internal/files"
	"carecorridor/referral"
	"carecorridor/referral/record"
)

// kindsOfDocument is one small document of each kind that a referral takes, by its name.
func kindsOfDocument(t *testing.T) map[string][]byte {
	t.Helper()
	picture := image.NewGray(image.Rect(0, 0, 8, 8))
	var jpg, pic, docx bytes.Buffer
	if err := jpeg.Encode(&jpg, picture, nil); err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(&pic, picture); err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(&docx)
	for name, content := range map[string]string{"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`, "word/document.xml": "<document/>"} {
		f, err := z.Create(name)
		if err == nil {
			_, err = f.Write([]byte(content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return map[string][]byte{"letter.pdf": pdfFile, "photo.jpg": jpg.Bytes(), "chart.png": pic.Bytes(), "x-ray.tiff": []byte("II*\x00\x08\x00\x00\x00\x00\x00\x00\x00\x00\x00"), "letter.docx": docx.Bytes(),
		"knee.dcm": append(make([]byte, 128), "DICM\x02\x00\x00\x00UL"...)}
}

func TestEachKindOfDocumentIsTakenAndOthersAreRefusedByName(t *testing.T) {
	t.Parallel()
	w := alone(t).drafted(t, auth.Referrer)
	all := kindsOfDocument(t)
	for name, content := range all {
		if w.sendsFile("imaging", name, content); w.status != http.StatusOK {
			t.Errorf("%s: status %d: %.300s", name, w.status, w.words())
		}
		w.says(name, "Checking")
	}
	for name, content := range map[string][]byte{"scan.pdf": []byte("MZ\x90\x00 a program"), "page.png": []byte("<!doctype html><script>alert(1)</script>"), "drawing.svg": []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`), "nothing.pdf": {}} {
		w.sendsFile("imaging", name, content)
		if say := text(w.doc.Find("#file-error")); w.status != http.StatusUnprocessableEntity || !strings.Contains(say, name) {
			t.Errorf("%s: status %d, %q at the field", name, w.status, say)
		}
	}
	if n := len(w.looks().Files); n != len(all) {
		t.Errorf("%d documents are kept, %d were taken", n, len(all))
	}
}

// scannerOfTests is a real ClamAV that knows one signature.
func scannerOfTests(t *testing.T) files.Scanner {
	t.Helper()
	path := os.Getenv("CORRIDOR_TEST_CLAMD")
	if path == "" {
		t.Fatal("CORRIDOR_TEST_CLAMD is not set: run tests by scripts/with-services go test ./…")
	}
	return files.ClamAV{Network: "unix", Address: path}
}

// infected is a letter that the scanner of the tests finds; it is written in two parts so that this file is not found.
var infected = []byte("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\nCORRIDOR-TEST-" + "SIGNATURE\ntrailer<</Root 1 0 R>>\n%%EOF\n")

func TestAnInfectedDocumentIsNeverOpened(t *testing.T) {
	t.Parallel()
	s := alone(t)
	s.referrals.Scanner = scannerOfTests(t)
	w := s.drafted(t, auth.Referrer)
	w.sendsFile("lab", "good.pdf", pdfFile).says("good.pdf", "Safe")
	w.sendsFile("lab", "bad.pdf", infected)
	if say := text(w.doc.Find("#file-error")); w.status != http.StatusUnprocessableEntity || !strings.Contains(say, "bad.pdf may hold a virus and was not kept") {
		t.Errorf("status %d, %q at the field", w.status, say)
	}
	if kept := w.looks().Files; len(kept) != 1 || kept[0].Name != "good.pdf" {
		t.Errorf("kept %+v", kept)
	}
}

func TestADocumentFoundInfectedLaterIsClosedToItsSenderToo(t *testing.T) {
	t.Parallel()
	s := alone(t)
	s.referrals.Scanner = files.ClamAV{Network: "unix", Address: t.TempDir() + "/away.ctl"}
	w := s.drafted(t, auth.Referrer).whole()
	w.sendsFile("lab", "bad.pdf", infected).says("bad.pdf", "Checking")
	at := w.on("files", w.looks().Files[0].ID)
	if w.open(at); w.status != http.StatusOK {
		t.Errorf("its sender, before it was checked: %d", w.status)
	}
	s.referrals.Scanner = scannerOfTests(t)
	if _, err := s.referrals.Tend(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := w.looks().Files[0].Scan; got != record.ScanThreat {
		t.Fatalf("the scanner says %s", got)
	}
	for _, role := range []auth.Role{auth.Referrer, auth.ReferrerAdmin, auth.ProviderClinician} {
		if v := s.as(t, role).open(at); v.status == http.StatusOK || v.header.Get("Content-Disposition") != "" {
			t.Errorf("%s opens it: status %d", role, v.status)
		}
	}
	w.open(w.on("attachments")).says("Blocked: send it another way", "Remove it, and send it another way")
	w.open(w.on()).says("There is a problem", "A document was blocked")
	s.checked(t)
	w.open(w.on("check")).says("You cannot send this yet", "Remove “bad.pdf”")
	if w.post(w.on("check"), url.Values{"statement": {"yes"}, "how": {"link"}}); w.status != http.StatusConflict || w.signed() != 0 {
		t.Errorf("with a blocked document: status %d, signed %d times", w.status, w.signed())
	}
	w.open(w.on("attachments")).send("Remove bad.pdf", nil)
	if v := w.looks(); len(v.Files) != 0 || v.State != referral.Draft {
		t.Errorf("%d documents, %s", len(v.Files), v.State)
	}
	w.open(w.on("check")).says("Confirm and send to 1 hospital")
}
