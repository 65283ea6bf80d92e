package when

import (
	"encoding/json"
	"testing"
	"time"
)

func TestACertificateDayIsTheIndianDay(t *testing.T) {
	lateEvening := time.Date(2026, 11, 22, 19, 0, 0, 0, time.UTC)
	if got := TodayIndia(lateEvening); got.String() != "2026-11-23" {
		t.Fatalf("19:00 UTC is %s in India, want 2026-11-23", got)
	}
}

func TestDateReadsWhatDatabasesGive(t *testing.T) {
	want := Date{2026, time.November, 22}
	for _, src := range []any{"2026-11-22", []byte("2026-11-22"), "2026-11-22 00:00:00+00:00", want.Time()} {
		var d Date
		if err := d.Scan(src); err != nil || d != want {
			t.Errorf("scan %v: %v, %v", src, d, err)
		}
	}
	var d Date
	if err := d.Scan(nil); err != nil || d.Known() {
		t.Errorf("NULL must be the unknown date, got %v, %v", d, err)
	}
	if v, _ := (Date{}).Value(); v != nil {
		t.Errorf("unknown date must store NULL, got %v", v)
	}
}

func TestDateRefusesWhatIsNoDay(t *testing.T) {
	for _, s := range []string{"2026-02-30", "2026-11", "22/11/2026", "n.d.", "0000-00-00"} {
		if d, err := ParseDate(s); err == nil {
			t.Errorf("%q was read as %v", s, d)
		}
	}
}

func TestDateTravelsThroughJSON(t *testing.T) {
	in := struct{ From, To Date }{From: Date{2026, 11, 22}}
	b, err := json.Marshal(in)
	if err != nil || string(b) != `{"From":"2026-11-22","To":""}` {
		t.Fatalf("%s, %v", b, err)
	}
	out := in
	out.From = Date{}
	if err := json.Unmarshal(b, &out); err != nil || out != in {
		t.Fatalf("%+v, %v", out, err)
	}
	if in.From.DaysUntil(in.From.AddDays(41)) != 41 {
		t.Fatal("days across a month end")
	}
}
