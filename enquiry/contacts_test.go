package enquiry_test

import (
	"strings"
	"testing"

	"carecorridor/enquiry"
	"carecorridor/internal/when"
)

const contactHead = "hospital,email,checked_on,checked_by\n"

var checkDay = when.Date{Year: 2026, Month: 11, Day: 22}

func TestAFileOfContactsIsRead(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"plain":              contactHead + "a-hospital,desk@a.example.org,2026-11-22,Asha Rao\nb,quotes@b.example.org,2024-02-29,Dr. 李\n",
		"from a spreadsheet": "\xef\xbb\xbf" + strings.ReplaceAll(contactHead+"a-hospital,desk@a.example.org,2026-11-22,\"Rao, Asha\"\nb,quotes@b.example.org,2024-02-29,Ann", "\n", "\r\n"),
	} {
		got, err := enquiry.ReadContacts(strings.NewReader(text), checkDay)
		if err != nil || len(got) != 2 || got["a-hospital"] != "desk@a.example.org" || got["b"] != "quotes@b.example.org" {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
	if got, err := enquiry.ReadContacts(strings.NewReader(contactHead), checkDay); err != nil || len(got) != 0 {
		t.Errorf("nobody: %v, %v", got, err)
	}
}

func TestOneMistakeRefusesAFileOfContactsByLineAndColumn(t *testing.T) {
	t.Parallel()
	good := "a-hospital,desk@a.example.org,2026-11-22,Asha\n"
	for text, want := range map[string][]string{
		"":                        {"line 1, column 1", "hospital,email,checked_on,checked_by"},
		"slug,mail\n":             {"line 1", "hospital,email,checked_on,checked_by"},
		"hospital,email,on,by\n":  {"line 1, column 1"},
		contactHead + good + good: {"line 3, column 1: hospital is there twice"},
		contactHead + good + "b,desk at b,2026-11-22,Asha\n":                           {"line 3, column 3: email"},
		contactHead + good + "b,\"Desk <d@b.example>\",2026-11-22,Asha\n":              {"line 3, column 3: email"},
		contactHead + good + "b, d@b.example,2026-11-22,Asha\n":                        {"line 3, column 3: email"},
		contactHead + good + "Apollo Chennai,d@b.example,2026-11-22,Asha\n":            {"line 3, column 1: hospital"},
		contactHead + good + "b,d@b.example,22/11/2026,Asha\n":                         {"line 3, column 15: checked_on"},
		contactHead + good + "b,d@b.example,2026-11-23,Asha\n":                         {"line 3, column 15: checked_on is in the future"},
		contactHead + good + "b,d@b.example,2026-11-22, \n":                            {"line 3, column 26: checked_by"},
		contactHead + good + "b,d@b.example,2026-11-22,\"As\x00ha\"\n":                 {"line 3, column 26: checked_by"},
		contactHead + good + "b,d@b.example,2026-11-22\n":                              {"line 3"},
		contactHead + good + "b,\"d@b.example,2026-11-22,Asha\n":                       {"line 3"},
		contactHead + good + "B,x,y,\n":                                                {"line 3, column 1", "line 3, column 3", "line 3, column 5", "line 3, column 7"},
		contactHead + "a,d@a.example,2026-11-22,\"two\nlines\"\nb,x,2026-11-22,Asha\n": {"line 2, column 26", "line 4, column 3"},
		contactHead + strings.Repeat("?,desk@secret.example,2026-11-22,Asha\n", 3000):  {"line 2, column 1", "line 21, column 1"},
	} {
		got, err := enquiry.ReadContacts(strings.NewReader(text), checkDay)
		if err == nil || got != nil {
			t.Errorf("%q was taken: %v", text, got)
			continue
		}
		for _, w := range want {
			if !strings.Contains(err.Error(), w) {
				t.Errorf("%.80q: %v; want %q", text, err, w)
			}
		}
		if strings.Contains(err.Error(), "secret") || len(err.Error()) > 5000 {
			t.Errorf("it says too much: %.200s", err)
		}
	}
}
