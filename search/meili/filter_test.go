package meili

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"carecorridor/search"
)

func TestTheGuiltyDocumentIsFoundByHalves(t *testing.T) {
	var docs []search.Doc
	for _, id := range []string{"1", "2", "3", "4", "5", "6", "7"} {
		docs = append(docs, search.Doc{ID: id})
	}
	var stored []string
	err := bisect(docs, errors.New("refused"), func(half []search.Doc) (bool, error) {
		if slices.ContainsFunc(half, func(d search.Doc) bool { return d.ID == "3" || d.ID == "6" }) {
			return true, errors.New("refused")
		}
		for _, d := range half {
			stored = append(stored, d.ID)
		}
		return false, nil
	})
	var blamed *search.DocError
	if !errors.As(err, &blamed) || blamed.ID != "3" || !strings.Contains(err.Error(), `"6"`) {
		t.Errorf("%v", err)
	}
	if slices.Sort(stored); !slices.Equal(stored, []string{"1", "2", "4", "5", "7"}) {
		t.Errorf("stored %v", stored)
	}
}

// unquote reads a quoted value as the server does and gives what follows it.
func unquote(s string) (value, rest string, ok bool) {
	if !strings.HasPrefix(s, `"`) {
		return "", s, false
	}
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s):
			i++
			b.WriteByte(s[i])
		case s[i] == '"':
			return b.String(), s[i+1:], true
		default:
			b.WriteByte(s[i])
		}
	}
	return "", s, false
}

func FuzzQuote(f *testing.F) {
	for _, v := range []string{``, `"`, `\`, `\"`, `" OR x = "`, "\x00", "\xff", "a\nb", `\\"`} {
		f.Add(v)
	}
	f.Fuzz(func(t *testing.T, v string) {
		q := quote(v)
		got, rest, ok := unquote(q)
		want := strings.ToValidUTF8(strings.ReplaceAll(v, "\x00", ""), "")
		if !ok || rest != "" || got != want || !utf8.ValidString(q) {
			t.Fatalf("%q is quoted as %s, which reads %q and leaves %q", v, q, got, rest)
		}
	})
}
