package models

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"gorm.io/gorm/schema"

	"carecorridor/internal/when"
)

// table is what bulk writes know of a row struct: its name and columns, in struct order.
type table struct {
	name   string
	schema *schema.Schema
	fields []*schema.Field
	id     *schema.Field // the generated key, nil when the key is natural
}

var (
	schemas sync.Map // reflect.Type → *schema.Schema, GORM's own cache
	tables  sync.Map // reflect.Type → *table
)

func tableOf[T any]() *table {
	kind := reflect.TypeFor[T]()
	if t, ok := tables.Load(kind); ok {
		return t.(*table)
	}
	parsed, err := schema.Parse(new(T), &schemas, schema.NamingStrategy{})
	if err != nil {
		panic(fmt.Sprintf("models: row %s: %v", kind, err)) // a programmer's mistake
	}
	t := &table{name: parsed.Table, schema: parsed}
	for _, f := range parsed.Fields {
		if f.DBName == "" {
			continue
		}
		t.fields = append(t.fields, f)
		if f.DBName == "id" && f.AutoIncrement {
			t.id = f
		}
	}
	got, _ := tables.LoadOrStore(kind, t)
	return got.(*table)
}

// columns are the names of fields.
func columns(fields []*schema.Field) []string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.DBName
	}
	return names
}

// but are the fields without the columns named.
func (t *table) but(names ...string) []*schema.Field {
	kept := make([]*schema.Field, 0, len(t.fields))
	for _, f := range t.fields {
		if !slices.Contains(names, f.DBName) {
			kept = append(kept, f)
		}
	}
	return kept
}

func (t *table) idOf(row reflect.Value) int64 { return row.FieldByIndex(t.id.StructField.Index).Int() }

func (t *table) setID(row reflect.Value, id int64) {
	row.FieldByIndex(t.id.StructField.Index).SetInt(id)
}

// value is what the driver is given for one field of row: a nil, bool, int64, float64, string or time.Time.
func (t *table) value(f *schema.Field, row reflect.Value) (any, error) {
	v := row.FieldByIndex(f.StructField.Index)
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return nil, nil
		}
		v = v.Elem()
	}
	switch v.Kind() {
	case reflect.String:
		return v.String(), t.text(f, v.String())
	case reflect.Int, reflect.Int64:
		return v.Int(), nil
	case reflect.Bool:
		return v.Bool(), nil
	case reflect.Float64:
		if math.IsNaN(v.Float()) || math.IsInf(v.Float(), 0) {
			return nil, invalid(t.name, f.DBName, "not a number")
		}
		return v.Float(), nil
	}
	switch x := v.Interface().(type) {
	case when.Date:
		if !x.Known() {
			return nil, nil
		}
		return x.String(), nil
	case time.Time:
		return x.UTC().Truncate(time.Microsecond), nil
	}
	return nil, invalid(t.name, f.DBName, "of unknown type "+v.Type().String())
}

// text refuses what PostgreSQL refuses and SQLite would keep, so that both hold the same.
func (t *table) text(f *schema.Field, s string) error {
	if reason := badText(s); reason != "" {
		return invalid(t.name, f.DBName, reason)
	}
	return nil
}

// badText says why no database may hold s, "" when it may.
func badText(s string) string {
	switch {
	case !utf8.ValidString(s):
		return "text is not UTF-8"
	case strings.IndexByte(s, 0) >= 0:
		return "text holds a NUL byte"
	}
	return ""
}

// content is a key that two rows share exactly when all of fields are equal.
func (t *table) content(fields []*schema.Field, row reflect.Value) (string, error) {
	b := make([]byte, 0, 128)
	for _, f := range fields {
		v, err := t.value(f, row)
		if err != nil {
			return "", err
		}
		switch x := v.(type) {
		case nil:
			b = append(b, '-')
		case string:
			b = strconv.AppendInt(append(b, 's'), int64(len(x)), 10)
			b = append(append(b, ':'), x...)
		case int64:
			b = strconv.AppendInt(append(b, 'i'), x, 10)
		case float64:
			b = strconv.AppendUint(append(b, 'f'), math.Float64bits(x), 16)
		case bool:
			b = strconv.AppendBool(b, x)
		case time.Time:
			b = strconv.AppendInt(append(b, 't'), x.UnixMicro(), 10)
		}
		b = append(b, ';')
	}
	return string(b), nil
}
