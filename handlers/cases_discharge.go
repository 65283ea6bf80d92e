package handlers

import (
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"carecorridor/internal/check"
	"carecorridor/internal/when"
	"carecorridor/referral/discharge"
)

// packTree is a package as its JSON has it, so that a form can name its fields by their path.
type packTree map[string]any

func treeOf(v any) packTree {
	t := packTree{}
	if b, err := json.Marshal(v); err == nil {
		_ = json.Unmarshal(b, &t) // what was just written
	}
	return t
}

// get is the value at a path, nil where there is none.
func (t packTree) get(path string) any {
	var at any = map[string]any(t)
	for part := range strings.SplitSeq(path, ".") {
		m, ok := at.(map[string]any)
		if !ok {
			return nil
		}
		at = m[part]
	}
	return at
}

func (t packTree) set(path string, v any) {
	parts := strings.Split(path, ".")
	at := map[string]any(t)
	for _, part := range parts[:len(parts)-1] {
		next, ok := at[part].(map[string]any)
		if !ok {
			next = map[string]any{}
			at[part] = next
		}
		at = next
	}
	at[parts[len(parts)-1]] = v
}

// draw puts a field's value into a form.
func (f packField) draw(v url.Values, name string, from any) {
	switch x := from.(type) {
	case bool:
		if x {
			v.Set(name, "yes")
		}
	case []any:
		var words []string
		for _, one := range x {
			if n, ok := one.(float64); ok {
				one = strconv.Itoa(int(n))
			}
			if word, ok := one.(string); ok {
				words = append(words, word)
			}
		}
		switch f.kind {
		case packMany:
			v[name] = words
		case packNums:
			v.Set(name, strings.Join(words, ", "))
		default:
			v.Set(name, strings.Join(words, "\n"))
		}
	case string:
		if d, err := when.ParseDate(x); f.kind == packDate && err == nil {
			putDay(v, name, d)
		} else if f.kind != packDate {
			v.Set(name, x)
		}
	}
}

// read takes a field's value out of a form.
func (f packField) read(v url.Values, name string, bad *check.List) any {
	text := strings.TrimSpace(check.Lines(v.Get(name)))
	switch f.kind {
	case packTick:
		return text == "yes"
	case packDate:
		return readDay(v, name, bad).String()
	case packMany:
		return slices.Clone(v[name])
	case packWords:
		var out []string
		for line := range strings.SplitSeq(text, "\n") {
			if line = strings.TrimSpace(line); line != "" {
				out = append(out, line)
			}
		}
		return out
	case packNums:
		out := []int{}
		for word := range strings.FieldsSeq(strings.NewReplacer(",", " ", ";", " ").Replace(text)) {
			n, err := strconv.Atoi(word)
			if err != nil || n < 1 || n > len(discharge.Items) {
				bad.Add(name, "Enter numbers of items, such as 4, 16")
				break
			}
			out = append(out, n)
		}
		return out
	}
	return text
}

// blank reports whether an entry of a list was left empty.
func (l packList) blank(v url.Values, base string) bool {
	return !slices.ContainsFunc(l.fields, func(f packField) bool {
		name := base + "." + f.path
		return strings.TrimSpace(v.Get(name)+v.Get(name+"-day")+v.Get(name+"-month")+v.Get(name+"-year")) != ""
	})
}

// rowsName is the hidden field that counts a list's entries in the form.
func rowsName(l packList) string { return "rows-" + l.path }

// mostRows of one list in a form.
const mostRows = 50

// values fills a page of the editor from a package.
func (p packPage) values(t packTree) url.Values {
	v := url.Values{}
	for _, f := range slices.Concat(p.fields, p.after) {
		f.draw(v, f.path, t.get(f.path))
	}
	for _, l := range p.lists {
		rows, _ := t.get(l.path).([]any)
		for i, row := range rows {
			m, _ := row.(map[string]any)
			for _, f := range l.fields {
				f.draw(v, l.path+"."+strconv.Itoa(i)+"."+f.path, packTree(m).get(f.path))
			}
		}
		if l.none != "" {
			packField{kind: packTick}.draw(v, l.none, t.get(l.none))
		}
		v.Set(rowsName(l), strconv.Itoa(max(len(rows), 1)))
	}
	return v
}

// into writes a page of the editor into a package. Entries left empty are left out.
func (p packPage) into(t packTree, v url.Values) (bad check.List) {
	for _, f := range slices.Concat(p.fields, p.after) {
		t.set(f.path, f.read(v, f.path, &bad))
	}
	for _, l := range p.lists {
		rows := []any{}
		for i := range rowCount(v, l) {
			base := l.path + "." + strconv.Itoa(i)
			if l.blank(v, base) {
				continue
			}
			row := packTree{}
			for _, f := range l.fields {
				row.set(f.path, f.read(v, base+"."+f.path, &bad))
			}
			rows = append(rows, map[string]any(row))
		}
		t.set(l.path, rows)
		if l.none != "" {
			t.set(l.none, v.Get(l.none) == "yes")
		}
	}
	return bad
}

func rowCount(v url.Values, l packList) int {
	n, err := strconv.Atoi(v.Get(rowsName(l)))
	if err != nil {
		return 1
	}
	return min(max(n, 1), mostRows)
}
