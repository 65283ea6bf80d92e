package pricelist

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"carecorridor/internal/money"
	"carecorridor/internal/sheet"
	"carecorridor/internal/when"
)

// column is one field of a row in the file. read puts a cell into the row and says what is wrong with it, "" when
// nothing is. text is the cell that reads back the same. move takes the field from another row.
type column struct {
	field, heading string
	others         []string // other headings it goes by, as plain makes them
	words          bool     // people write in it: guarded against formulas
	read           func(r *Row, cell string, k Reference) (say string)
	text           func(r Row, k Reference) string
	show           func(r Row, k Reference) string // to a person; text when nil
	move           func(to *Row, from Row)
}

// Fields of a row in their order in the file; also the names of fields in problems and changes.
const (
	FieldID           = "id"
	FieldProcedure    = "procedure"
	FieldName         = "name"
	FieldRoom         = "room"
	FieldGBP          = "price_gbp"
	FieldINR          = "price_inr"
	FieldFrom         = "valid_from"
	FieldTo           = "valid_to"
	FieldNights       = "stay_nights"
	FieldDays         = "days_in_india"
	FieldImplant      = "implant"
	FieldAssessedAt   = "assessed_at"
	FieldAssessedWhen = "assessed_when"
	FieldIncludes     = "includes." // with the key of an item behind it
	FieldAlso         = "also_included"
	FieldLeavesOut    = "not_included"
	FieldOnTop        = "on_top"
)

var columns = makeColumns()

func makeColumns() []column {
	all := []column{
		words(FieldID, "Package number", func(r *Row) *string { return &r.ID }, "id", "packageid", "number"),
		procedureColumn(),
		words(FieldName, "Package", func(r *Row) *string { return &r.Name }, "name", "packagename", "title"),
		roomColumn(),
		amountColumn(FieldGBP, "Full price (£)", money.GBP, func(r *Row) **int64 { return &r.GBP }, "price£", "pricegbp", "gbp", "£", "priceinpounds", "fullpricegbp", "price", "fullprice"),
		amountColumn(FieldINR, "Full price (₹)", money.INR, func(r *Row) **int64 { return &r.INR }, "price₹", "priceinr", "inr", "₹", "priceinrupees", "fullpriceinr", "rs", "pricers"),
		dayColumn(FieldFrom, "Valid from", func(r *Row) *when.Date { return &r.From }, "from", "validfromdate", "startdate"),
		dayColumn(FieldTo, "Valid until", func(r *Row) *when.Date { return &r.To }, "validto", "until", "validtill", "expires", "enddate"),
		countColumn(FieldNights, "Nights in hospital", func(r *Row) **int { return &r.Nights }, "staynights", "nights", "hospitalnights"),
		countColumn(FieldDays, "Days in India", func(r *Row) **int { return &r.Days }, "days", "totaldays"),
		words(FieldImplant, "Implant make and model", func(r *Row) *string { return &r.Implant }, "implant", "implantmodel"),
		words(FieldAssessedAt, "Assessment place", func(r *Row) *string { return &r.AssessedAt }, "assessedat", "whereassessed"),
		words(FieldAssessedWhen, "Assessment time", func(r *Row) *string { return &r.AssessedWhen }, "assessedwhen", "whenassessed"),
	}
	for _, item := range Items {
		all = append(all, itemColumn(item))
	}
	return append(all,
		listColumn(FieldAlso, "Also included", func(r *Row) *[]string { return &r.Also }, "alsoincludes", "otherincluded"),
		listColumn(FieldLeavesOut, "Not included", func(r *Row) *[]string { return &r.LeavesOut }, "excluded", "excludes", "exclusions"),
		onTopColumn())
}

func words(field, heading string, at func(*Row) *string, others ...string) column {
	return column{field: field, heading: heading, others: others, words: true,
		read: func(r *Row, cell string, _ Reference) string { *at(r) = line(cell); return "" },
		text: func(r Row, _ Reference) string { return *at(&r) },
		move: func(to *Row, from Row) { *at(to) = *at(&from) }}
}

func procedureColumn() column {
	c := words(FieldProcedure, "Treatment", func(r *Row) *string { return &r.Procedure }, "procedure", "procedurename", "operation", "treatmentname")
	c.read = func(r *Row, cell string, k Reference) (say string) {
		r.Procedure, say = k.find(line(cell))
		return say
	}
	c.text = func(r Row, k Reference) string { return k.name(r.Procedure) }
	return c
}

func roomColumn() column {
	c := words(FieldRoom, "Room", func(r *Row) *string { return &r.Room }, "roomclass", "roomtype", "roomcategory", "category")
	c.read = func(r *Row, cell string, _ Reference) string {
		r.Room = line(cell)
		if known, ok := rooms[plain(r.Room)]; ok {
			r.Room = known
		}
		return ""
	}
	return c
}

// rooms by the words for them. Classes such as “deluxe” differ between hospitals and are not guessed.
var rooms = map[string]string{"daycase": "Day case", "daycare": "Day case", "dayroom": "Day case", "ward": "Ward", "generalward": "Ward", "shared": "Ward", "sharedroom": "Ward",
	"twin": "Twin room", "twinroom": "Twin room", "twinsharing": "Twin room", "double": "Twin room", "doubleroom": "Twin room", "semiprivate": "Twin room", "semiprivateroom": "Twin room",
	"single": "Single room", "singleroom": "Single room", "private": "Single room", "privateroom": "Single room", "singleprivate": "Single room", "suite": "Suite"}

func amountColumn(field, heading string, c money.Currency, at func(*Row) **int64, others ...string) column {
	return column{field: field, heading: heading, others: others,
		read: func(r *Row, cell string, _ Reference) string {
			if *at(r) = nil; spaces(cell) == "" {
				return ""
			}
			a, say := Money(strings.TrimPrefix(spaces(cell), "'"), c)
			if say == "" {
				*at(r) = &a.Minor
			}
			return say
		},
		text: func(r Row, _ Reference) string { return amountCell(*at(&r)) },
		show: func(r Row, _ Reference) string {
			if n := *at(&r); n != nil {
				return money.Amount{Minor: *n, Currency: c}.String()
			}
			return ""
		},
		move: func(to *Row, from Row) { *at(to) = *at(&from) }}
}

func dayColumn(field, heading string, at func(*Row) *when.Date, others ...string) column {
	return column{field: field, heading: heading, others: others,
		read: func(r *Row, cell string, _ Reference) (say string) {
			if *at(r) = (when.Date{}); spaces(cell) != "" {
				*at(r), say = Day(strings.TrimPrefix(spaces(cell), "'"))
			}
			return say
		},
		text: func(r Row, _ Reference) string { return at(&r).String() },
		show: func(r Row, _ Reference) string { return at(&r).Long() },
		move: func(to *Row, from Row) { *at(to) = *at(&from) }}
}

var counted = regexp.MustCompile(`(?i)^(\d{1,4})(?:\s*(?:nights?|days?))?$`)

func countColumn(field, heading string, at func(*Row) **int, others ...string) column {
	return column{field: field, heading: heading, others: others,
		read: func(r *Row, cell string, _ Reference) string {
			text := strings.TrimPrefix(spaces(cell), "'")
			if *at(r) = nil; text == "" {
				return ""
			}
			m := counted.FindStringSubmatch(text)
			if m == nil {
				return fmt.Sprintf("“%s” is not a whole number. Write it in figures, for example 5", short(text))
			}
			n, _ := strconv.Atoi(m[1])
			*at(r) = &n
			return ""
		},
		text: func(r Row, _ Reference) string {
			if n := *at(&r); n != nil {
				return strconv.Itoa(*n)
			}
			return ""
		},
		move: func(to *Row, from Row) { *at(to) = *at(&from) }}
}

func itemColumn(item Item) column {
	return column{field: FieldIncludes + item.Key, heading: "Includes: " + item.Label, words: true,
		others: []string{plain(item.Label), plain(item.Key), "includes" + plain(item.Key), "included" + plain(item.Key)},
		read: func(r *Row, cell string, _ Reference) string {
			a, say := parseAnswer(cell)
			r.answer(item.Key, a)
			return say
		},
		text: func(r Row, _ Reference) string { return r.Includes[item.Key].text() },
		move: func(to *Row, from Row) { to.answer(item.Key, from.Includes[item.Key]) }}
}

// answer keeps what is said about an item; what is not said has no key, so that equal rows are equal values.
func (r *Row) answer(key string, a Answer) {
	if a.Is == "" {
		delete(r.Includes, key)
		return
	}
	if r.Includes == nil {
		r.Includes = map[string]Answer{}
	}
	r.Includes[key] = a
}

func listColumn(field, heading string, at func(*Row) *[]string, others ...string) column {
	return column{field: field, heading: heading, others: others, words: true,
		read: func(r *Row, cell string, _ Reference) string {
			*at(r) = nil
			for _, e := range parseList(cell) {
				*at(r) = append(*at(r), line(e))
			}
			return ""
		},
		text: func(r Row, _ Reference) string { return listText(*at(&r)) },
		move: func(to *Row, from Row) { *at(to) = *at(&from) }}
}

func onTopColumn() column {
	return column{field: FieldOnTop, heading: "May pay on top", others: []string{"ontop", "maypayontop", "extras", "oncosts"}, words: true,
		read: func(r *Row, cell string, _ Reference) string {
			r.OnTop = nil
			for _, e := range parseList(cell) {
				c, say := parseLabelled(line(e))
				switch {
				case say != "" && strings.Contains(e, ";"):
					return say + ". Put each charge on a line of its own"
				case say != "":
					return say
				}
				r.OnTop = append(r.OnTop, c)
			}
			return ""
		},
		text: func(r Row, _ Reference) string {
			var entries []string
			for _, c := range r.OnTop {
				entries = append(entries, c.Label+": "+c.text())
			}
			return listText(entries)
		},
		move: func(to *Row, from Row) { to.OnTop = from.OnTop }}
}

// line is what a person wrote on one line, in composed form, with plain spaces. It is otherwise left as it is: check
// says what may not be in it.
func line(cell string) string {
	return strings.TrimSpace(strings.ReplaceAll(norm.NFC.String(cell), "\u00a0", " "))
}

// plain is a heading without capitals, spaces and marks: "Full price, £" and "full_price_£" are the same. "(?)" is what
// Windows-1252, which has no rupee sign, makes of "(₹)".
func plain(heading string) string {
	heading = strings.Replace(heading, "(?)", "(₹)", 1)
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Sc, r) {
			return unicode.ToLower(r)
		}
		return -1
	}, heading)
}

var byHeading = headings()

func headings() map[string]int {
	m := map[string]int{}
	for i, c := range columns {
		for _, h := range append([]string{plain(c.field), plain(c.heading)}, c.others...) {
			m[h] = i
		}
	}
	return m
}

// Label is the heading of a field, for sentences and tables; "" for none of ours.
func Label(field string) string {
	for _, c := range columns {
		if c.field == field {
			return c.heading
		}
	}
	return ""
}

// Fields are the names of all fields, in their order in the file.
func Fields() []string {
	out := make([]string, len(columns))
	for i, c := range columns {
		out[i] = c.field
	}
	return out
}

// Text is a field of a row as the file has it: what Set reads back the same.
func (r Row) Text(field string, k Reference) string {
	for _, c := range columns {
		if c.field == field {
			return c.text(r, k)
		}
	}
	return ""
}

// Set reads text into a field. say is what is wrong with it, "" when nothing is; then the field is as it could be read.
func (r *Row) Set(field, text string, k Reference) (say string) {
	for _, c := range columns {
		if c.field == field {
			return c.read(r, sheet.Unguard(text), k)
		}
	}
	return "There is no field " + field
}
