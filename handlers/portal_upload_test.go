package handlers_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"carecorridor/auth"
)

// sendFile sends a form with a file, as a browser does: the fields first.
func (v *visitor) sendFile(path string, form url.Values, name string, content []byte) *visitor {
	v.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for field, values := range form {
		for _, value := range values {
			if err := w.WriteField(field, value); err != nil {
				v.t.Fatal(err)
			}
		}
	}
	part, err := w.CreateFormFile("file", name)
	if err == nil {
		_, err = part.Write(content)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		v.t.Fatal(err)
	}
	return v.read(v.client.Post(v.base+path, w.FormDataContentType(), &body))
}

func pngOf(w, h int) []byte {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for x := range w {
		for y := range h {
			m.Set(x, y, color.RGBA{uint8(x), uint8(y), 90, 255})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// bomb is a small PNG that says it is enormous.
func bomb() []byte {
	b := pngOf(500, 400)
	binary.BigEndian.PutUint32(b[16:], 60000)
	binary.BigEndian.PutUint32(b[20:], 60000)
	binary.BigEndian.PutUint32(b[29:], crc32.ChecksumIEEE(b[12:29]))
	return b
}

func TestAPhotoNeedsWordsAndIsKeptWhileTheyAreWritten(t *testing.T) {
	t.Parallel()
	v := alone(t).as(t, auth.ProviderEditor).open("/portal/listing/photos/new")
	alt, _ := v.field("/alt")
	form := fieldsOf(v.doc.Find("main form"))
	v.sendFile("/portal/listing/photos/new", form, "entrance.png", pngOf(900, 600))
	v.refused().says("Say what the photo shows", "There is a file already")
	v.sendFile("/portal/listing/photos/new", with(fieldsOf(v.doc.Find("main form")), alt, "The entrance with a ramp"), "", nil)
	v.at("/portal/listing/photos?done=saved").says("Photo: The entrance with a ramp", "New")
	src := v.doc.Find(".cc-entry img").AttrOr("src", "")
	if v.open(src); v.status != http.StatusOK || v.header.Get("Content-Type") != "image/jpeg" || v.header.Get("Cache-Control") != "no-store" {
		t.Errorf("%s: status %d, %s, %s", src, v.status, v.header.Get("Content-Type"), v.header.Get("Cache-Control"))
	}
}

func TestPicturesThatCannotBeUsedAreRefusedByName(t *testing.T) {
	t.Parallel()
	v := alone(t).as(t, auth.ProviderEditor)
	for name, c := range map[string]struct {
		content []byte
		says    string
	}{
		"logo.svg":  {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`), "“logo.svg”"},
		"bomb.png":  {bomb(), "too many pixels"},
		"huge.jpg":  {append([]byte("\xff\xd8\xff\xe0"), make([]byte, 16<<20)...), "smaller than 15 MB"},
		"small.png": {pngOf(50, 50), "too small"},
		"page.png":  {[]byte("<html><script>1</script></html>"), "“page.png”"},
		"../../x":   {[]byte("%PDF-1.4 nothing"), "“x”"},
	} {
		v.open("/portal/listing/photos/new")
		alt, _ := v.field("/alt")
		v.sendFile("/portal/listing/photos/new", with(fieldsOf(v.doc.Find("main form")), alt, "The garden"), name, c.content)
		v.refused().says(c.says)
		if _, got := v.field("/alt"); got != "The garden" {
			t.Errorf("%s: the words came back as %q", name, got)
		}
	}
	v.open("/portal/listing/photos").says("No photos yet")
}

func TestACertificateIsUploadedAndTwoPeopleCheckIt(t *testing.T) {
	t.Parallel()
	s := alone(t)
	v := s.as(t, auth.ProviderEditor).open("/portal/listing/accreditation/new")
	number, _ := v.field("/number")
	base := strings.TrimSuffix(number, "number")
	form := with(fieldsOf(v.doc.Find("main form")), number, "H-2027", base+"body", "NABH", base+"programme", "Hospital", base+"level", "full", base+"legal_entity", "Amaltas", base+"valid_to-day", "31", base+"valid_to-month", "12", base+"valid_to-year", "2028")
	v.sendFile("/portal/listing/accreditation/new", form, "certificate.txt", []byte("hello")).refused().says("“certificate.txt”: The file is not a PDF")
	if _, got := v.field("/number"); got != "H-2027" {
		t.Errorf("the number came back as %q", got)
	}
	v.sendFile("/portal/listing/accreditation/new", form, "certificate.pdf", []byte("%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF")).at("/portal/listing/accreditation?done=saved").says("NABH certificate H-2027", "31 December 2028", "Open the file")
	v.post("/portal/listing/send", nil).at("/portal/listing/changes?done=sent")
	v.open("/portal/listing/checks").says("Two people check this")
	s.approve(t)
	v.open("/portal/listing/accreditation").says("H-2027", "Verified", "The hospital sent a certificate to be checked")
}

// csv is the current prices as they are downloaded.
func (v *visitor) csv(path string) string {
	v.t.Helper()
	answer, err := v.client.Get(v.base + path)
	if err != nil {
		v.t.Fatal(err)
	}
	defer answer.Body.Close()
	var b bytes.Buffer
	if _, err := b.ReadFrom(answer.Body); err != nil || answer.StatusCode != http.StatusOK {
		v.t.Fatalf("%s: %d, %v", path, answer.StatusCode, err)
	}
	return b.String()
}

func TestAFileOfPricesIsTriedBeforeAnythingIsSaved(t *testing.T) {
	t.Parallel()
	v := alone(t).as(t, auth.ProviderEditor)
	if !strings.Contains(v.csv("/portal/packages/template.csv"), "Treatment") {
		t.Error("the template has no heading")
	}
	now := v.csv("/portal/packages/prices.csv")
	lines := strings.Split(strings.TrimSpace(now), "\n")
	if len(lines) < 3 {
		t.Fatalf("prices: %q", now)
	}
	whole := "Treatment,Package,Room,Full price (£),Valid until,Nights in hospital,Days in India,Assessment place,Assessment time"
	for _, i := range []string{"All taxes", "Surgeon's fee", "Anaesthetist's fee", "Operating theatre", "Implant or lens", "Consumables", "Tests before the operation", "Medicines in hospital", "Room, nursing and meals for the nights shown"} {
		whole += `,"Includes: ` + i + `"`
	}
	fresh := whole + "\nTotal knee replacement,Knee from a file,Single room,\"£5,450\",31/12/2027,5,14,By video,Before travel" + strings.Repeat(",yes", 9) + "\nNot a treatment,X,Single room,1,,,,,\n"
	v.sendFile("/portal/packages/import", nil, "prices.csv", []byte(fresh))
	v.says("Nothing is saved yet", "1new", "1row with a problem", "is not a treatment in our list", "Apply 1 change to draft")
	form := fieldsOf(v.doc.Find("form[action='/portal/packages/import/apply']"))
	few := "Treatment,Package,Room,Full price (£)\nTotal knee replacement,Knee without answers,Single room,5450\n"
	v.beside().sendFile("/portal/packages/import", nil, "few.csv", []byte(few)).says("2 Includes: All taxes Knee without answers", "2 Includes: Consumables", "2 Valid until")
	v.beside().open("/portal/listing/changes").says("Nothing has changed")
	v.post("/portal/packages/import/apply", form)
	if v.status != http.StatusUnprocessableEntity {
		t.Errorf("problems were passed over: status %d", v.status)
	}
	v.says("or choose to leave them out")
	form.Set("skip", "yes")
	v.post("/portal/packages/import/apply", form).at("/portal/listing/packages?done=applied").says("Knee from a file", "New")
	v.post("/portal/packages/import/apply", form)
	if n := strings.Count(text(v.open("/portal/listing/packages").doc.Find(".cc-prices th a")), "Knee from a file"); n != 1 {
		t.Errorf("applied twice: %d packages", n)
	}
}

// beside is the same person in the same browser, on a page of its own.
func (v *visitor) beside() *visitor { return &visitor{t: v.t, base: v.base, client: v.client} }

func TestFilesThatAreNoPriceListAreRefusedByName(t *testing.T) {
	t.Parallel()
	v := front(t).as(t, auth.ProviderEditor)
	wide := strings.Repeat("Package,", 200) + "\n" + strings.Repeat("x,", 200)
	for name, c := range map[string]struct{ content, says string }{
		"prices.xlsx": {"PK\x03\x04...", "Excel"}, "wide.csv": {wide, "“wide.csv”"}, "empty.csv": {"", "empty"}, "other.csv": {"a,b\n1,2\n", "“other.csv”"},
		"big.csv": {"Treatment,Package\n" + strings.Repeat("x,y\n", 3<<20), "larger than 8 MB"}, "long.csv": {"Treatment,Package\n" + strings.Repeat("x,y\n", 10_001), "“long.csv”"},
	} {
		v.sendFile("/portal/packages/import", nil, name, []byte(c.content)).refused("csv").says(c.says)
	}
	v.post("/portal/packages/import", nil)
	if v.status != http.StatusUnprocessableEntity {
		t.Errorf("no file at all: status %d", v.status)
	}
	v.post("/portal/packages/import/apply", url.Values{"file": {"x"}})
	if v.status != http.StatusUnprocessableEntity {
		t.Errorf("a broken file: status %d", v.status)
	}
}

func TestAMemberAnswersARequestWithoutALink(t *testing.T) {
	t.Parallel()
	s := alone(t)
	v := s.as(t, auth.ProviderEditor)
	slug := strings.TrimPrefix(v.open("/portal").link("See the live listing"), "/hospitals/")
	visit(t, s).sent(slug)
	v.open("/portal").says("Answer 1 enquiry")
	v.open("/portal/enquiries").says("Waiting for your answer", "Less than an hour", "Lapses in 14 days").follow("CC-")
	v.send("Open the request", nil).says("Worn")
	if !strings.HasPrefix(v.path, "/portal/enquiries/") || !strings.Contains(text(v.doc.Find(".cc-bar-account")), "Vikram Iyer") {
		t.Errorf("at %s with %s", v.path, text(v.doc.Find(".cc-bar-account")))
	}
	v.follow("Write to the patient").send("Send", url.Values{"message": {""}}).refused("message")
	v.send("Send", url.Values{"message": {"Please send a recent X-ray."}}).says("Please send a recent X-ray.")
	v.open("/portal/enquiries").says("All other requests", "The hospital asks for more")
}
