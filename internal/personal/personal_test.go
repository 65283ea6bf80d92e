package personal_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"carecorridor/internal/personal"
)

const name, number = "Asha Menon", "9434765919"

// patient holds personal text in every way in which a struct may.
type patient struct {
	Name    personal.Text
	Number  *personal.Text
	Numbers []personal.Text
	By      map[string]personal.Text
	Any     any
}

func asha() patient {
	n := personal.Text(number)
	return patient{name, &n, []personal.Text{n}, map[string]personal.Text{"name": name}, n}
}

func silent(t *testing.T, how, text string) {
	t.Helper()
	for _, s := range []string{name, number, "Menon", "94347", fmt.Sprintf("%x", name)} {
		if strings.Contains(text, s) {
			t.Errorf("%s tells: %s", how, text)
		}
	}
	if !strings.Contains(text, personal.Dots) {
		t.Errorf("%s has no dots: %s", how, text)
	}
}

func TestPersonalTextIsNeverPrinted(t *testing.T) {
	t.Parallel()
	for _, verb := range []string{"%s", "%v", "%+v", "%#v", "%q", "%x", "%X", "%d", "%10.3s", "%t"} {
		silent(t, verb, fmt.Sprintf(verb, personal.Text(name)))
	}
	for _, verb := range []string{"%v", "%+v", "%s"} {
		p := asha()
		p.Number = nil // fmt prints a pointer inside a struct as an address
		silent(t, "struct "+verb, fmt.Sprintf(verb, p))
		silent(t, "error "+verb, fmt.Errorf("person "+verb+": not found", p.Name).Error())
	}
	silent(t, "joined", errors.Join(fmt.Errorf("name %s", personal.Text(name))).Error())
}

func TestPersonalTextIsNeverLogged(t *testing.T) {
	t.Parallel()
	for kind, handler := range map[string]func(*bytes.Buffer) slog.Handler{
		"json": func(b *bytes.Buffer) slog.Handler { return slog.NewJSONHandler(b, nil) },
		"text": func(b *bytes.Buffer) slog.Handler { return slog.NewTextHandler(b, nil) },
	} {
		var b bytes.Buffer
		log := slog.New(handler(&b))
		p := asha()
		log.Info("person", "name", p.Name, "patient", slog.GroupValue(slog.Any("number", p.Number)), "list", p.Numbers)
		log.With("name", p.Name).Error("failed", "error", fmt.Errorf("person %v", p.Name))
		silent(t, kind, b.String())
	}
}

func TestPersonalTextIsNeverEncoded(t *testing.T) {
	t.Parallel()
	j, err := json.Marshal(asha())
	if err != nil {
		t.Fatal(err)
	}
	silent(t, "json", string(j))
	type person struct{ Name personal.Text }
	x, err := xml.Marshal(person{name})
	if err != nil {
		t.Fatal(err)
	}
	silent(t, "xml", string(x))
}

func TestRevealGivesTheTextAndNothingStaysNothing(t *testing.T) {
	t.Parallel()
	if personal.Text(name).Reveal() != name || personal.Text("").String() != "" {
		t.Error("text is not kept")
	}
	var read struct{ Name personal.Text }
	if err := json.Unmarshal([]byte(`{"Name":"Asha Menon"}`), &read); err != nil || read.Name.Reveal() != name {
		t.Errorf("%v, %v", read.Name.Reveal(), err)
	}
}
