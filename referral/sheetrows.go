package referral

import (
	"reflect"
	"regexp"
	"strconv"
	"strings"

	"carecorridor/internal/quotepdf"
	"carecorridor/internal/when"
	"carecorridor/referral/discharge"
)

// labels are names of fields in words, where the name itself is none; "" is not said beside what it belongs to.
var labels = map[string]string{
	"is": "", "words": "", "text": "", "name": "", "vte": "Blood clots", "mrsa": "MRSA", "cpe": "CPE", "c_auris": "Candidozyma auris", "blood_borne": "Blood-borne virus",
	"overnight_abroad": "Night in a healthcare facility abroad in 12 months", "overnight_uk": "Night in a UK hospital in 12 months", "overnight": "A night or more",
	"udi": "UDI", "ubrn": "UBRN", "mri": "MRI", "atc": "ATC code", "medif": "Airline’s medical form", "nhs_number": "NHS number", "nhs_wait": "NHS wait", "nhs_decision": "What the NHS decided",
	"no_nhs_number": "No NHS number", "no_gp": "No GP", "gp_share": "What the GP gets", "gp_name": "GP practice", "gp_code": "Code of the practice", "height_cm": "Height (cm)", "weight_kg": "Weight (kg)",
	"by_phone": "By telephone", "by_mission": "Reason to apply at a mission of India and not for an e-visa", "uk_equivalent": "Name in the United Kingdom", "given": "First names", "family": "Last name", "implanted": "Something was implanted",
	"no_medicines": "No medicines", "no_known_allergies": "No known allergies", "no_antibiotics": "No antibiotics", "no_results": "No test was sent", "no_operations": "No operations", "no_other_conditions": "No other conditions",
	"no_implants": "No implants", "no_devices": "No lines or catheters", "clots": "Prevention of blood clots", "red_flags": "Signs to act on", "stop_on": "Stop on",
}

// silent fields are for programs: codes of systems, hashes, versions, and what we worked out ourselves.
var silent = map[string]bool{"system": true, "hash": true, "bytes": true, "scan": true, "matches": true, "machine_translated": true, "checked": true, "slug": true, "snapshot": true}

var (
	codeWords = regexp.MustCompile(`^[a-z]+(_[a-z0-9]+)+$`)
	hashText  = regexp.MustCompile(`^[0-9a-f]{64}$`)
)

// rowsOf are the filled fields of a part of the record in words.
func (v View) rowsOf(before string, x reflect.Value) (out []quotepdf.Row) {
	for x.IsValid() && x.Kind() == reflect.Pointer {
		if x.IsNil() {
			return nil
		}
		x = x.Elem()
	}
	if !x.IsValid() || x.Kind() != reflect.Struct {
		return nil
	}
	for i := range x.NumField() {
		f := x.Type().Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if !f.IsExported() || silent[name] {
			continue
		}
		label := labelled(before, name, f.Name)
		if f.Type == reflect.TypeFor[discharge.Family]() {
			label = "Kind of treatment"
		}
		out = append(out, v.fieldRows(label, x.Field(i))...)
	}
	return out
}

func labelled(before, name, field string) string {
	if name == "" {
		name = field
	}
	label, ok := labels[name]
	switch {
	case !ok:
		label = worded(name)
	case label == "" && before == "":
		label = worded(name)
	case label == "":
		return before
	}
	if before == "" {
		return label
	}
	return before + ": " + strings.ToLower(label[:1]) + label[1:]
}

func (v View) fieldRows(label string, x reflect.Value) []quotepdf.Row {
	for x.Kind() == reflect.Pointer {
		if x.IsNil() {
			return nil
		}
		x = x.Elem()
	}
	if d, ok := x.Interface().(when.Date); ok {
		if !d.Known() {
			return nil
		}
		return []quotepdf.Row{{Label: label, Value: d.Long()}}
	}
	switch x.Kind() {
	case reflect.Struct:
		return v.rowsOf(label, x)
	case reflect.Slice:
		var out []quotepdf.Row
		for i := range x.Len() {
			out = append(out, v.fieldRows(label+" "+strconv.Itoa(i+1), x.Index(i))...)
		}
		return out
	}
	text := v.valueText(x)
	if text == "" || text == "0" {
		return nil
	}
	return []quotepdf.Row{{Label: label, Value: text}}
}

// valueText is a value in words: a code as its words, the hash of a document as its name.
func (v View) valueText(x reflect.Value) string {
	switch x.Kind() {
	case reflect.Bool:
		if x.Bool() {
			return "Yes"
		}
	case reflect.Int, reflect.Int64:
		return strconv.FormatInt(x.Int(), 10)
	case reflect.Float64:
		return strconv.FormatFloat(x.Float(), 'f', -1, 64)
	case reflect.String:
		text := x.String()
		switch {
		case hashText.MatchString(text):
			for _, f := range v.Files {
				if f.Hash == text {
					return f.Name
				}
			}
			return "A document that is not in this archive"
		case text == "yes" || text == "no" || codeWords.MatchString(text):
			return worded(text)
		}
		return text
	}
	return ""
}
