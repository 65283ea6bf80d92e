// Package quotepdf draws a quote as a PDF on A4: headings, rows of label and value, and paragraphs. It is not for
// deciding what a quote says, and not for pages of the site, which print themselves.
package quotepdf

import (
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/johnfercher/maroto/v2"
	"github.com/johnfercher/maroto/v2/pkg/components/code"
	"github.com/johnfercher/maroto/v2/pkg/components/line"
	"github.com/johnfercher/maroto/v2/pkg/components/text"
	"github.com/johnfercher/maroto/v2/pkg/config"
	"github.com/johnfercher/maroto/v2/pkg/consts/align"
	"github.com/johnfercher/maroto/v2/pkg/consts/fontstyle"
	"github.com/johnfercher/maroto/v2/pkg/core"
	"github.com/johnfercher/maroto/v2/pkg/core/entity"
	"github.com/johnfercher/maroto/v2/pkg/props"
	"github.com/johnfercher/maroto/v2/pkg/repository"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
)

// Document is what to draw.
type Document struct {
	Title    string
	Head     string // said again at the top of every sheet: whose it is; "" for nothing
	Lead     []string
	Sections []Section
	Foot     []string
	QR       string    // drawn as a code after the sections, for an address that checks the paper; "" for none
	Made     time.Time // written into the file as its date
}

// Section is a heading over rows.
type Section struct {
	Title string
	Rows  []Row
}

// Row is a label with its value; Amount sets the value right, Strong is a total.
type Row struct {
	Label, Value   string
	Amount, Strong bool
}

const family = "go"

// headHeight is room for two lines, in millimetres.
const headHeight = 10

var fonts = sync.OnceValues(func() ([]*entity.CustomFont, error) {
	return repository.New().AddUTF8FontFromBytes(family, fontstyle.Normal, goregular.TTF).
		AddUTF8FontFromBytes(family, fontstyle.Bold, gobold.TTF).Load()
})

// Write draws d. Words in a script the face does not hold are replaced, and a note at the end says so.
func (d Document) Write() ([]byte, error) {
	faces, err := fonts()
	if err != nil {
		return nil, fmt.Errorf("fonts of the quote: %w", err)
	}
	left := 0
	d = d.plain(&left)
	if left > 0 {
		d.Lead = append(d.Lead, "Some words are in a script that this copy cannot show. They are marked "+gap+"; the page that it was made from shows them.")
	}
	m := maroto.New(config.NewBuilder().WithLeftMargin(18).WithRightMargin(18).WithTopMargin(16).WithBottomMargin(14).WithSequentialMode().
		WithCustomFonts(faces).WithDefaultFont(&props.Font{Family: family, Size: 10}).WithTitle(d.Title, true).WithCreator("Care Corridor", true).
		WithCreationDate(d.Made).WithPageNumber(props.PageNumber{Pattern: "Page {current} of {total}", Place: props.RightBottom, Family: family, Size: 8}).Build())
	if d.Head != "" {
		if err := m.RegisterHeader(text.NewRow(headHeight, d.Head, props.Text{Size: 9, Style: fontstyle.Bold})); err != nil {
			return nil, fmt.Errorf("head of the quote: %w", err)
		}
	}
	d.draw(m)
	out, err := m.Generate()
	if err != nil {
		return nil, fmt.Errorf("quote as PDF: %w", err)
	}
	return out.GetBytes(), nil
}

func (d Document) draw(m core.Maroto) {
	m.AddAutoRow(text.NewCol(12, d.Title, props.Text{Size: 18, Style: fontstyle.Bold, Bottom: 3}))
	paragraphs(m, d.Lead, 10)
	for _, s := range d.Sections {
		m.AddAutoRow(text.NewCol(12, s.Title, props.Text{Size: 12, Style: fontstyle.Bold, Top: 4, Bottom: 1}))
		for _, r := range s.Rows {
			r.draw(m)
		}
	}
	if d.QR != "" {
		m.AddRow(36, code.NewQrCol(3, d.QR, props.Rect{Percent: 90, Top: 3}))
	}
	m.AddRow(6, line.NewCol(12))
	paragraphs(m, d.Foot, 8)
}

func (r Row) draw(m core.Maroto) {
	style, size := fontstyle.Normal, 10.0
	if r.Strong {
		style, size = fontstyle.Bold, 12
	}
	label := props.Text{Size: size, Style: style, Top: 0.8, Bottom: 0.8, Right: 4}
	value := label
	value.Right = 0
	if r.Amount {
		value.Align = align.Right
		m.AddAutoRow(text.NewCol(8, r.Label, label), text.NewCol(4, r.Value, value))
		return
	}
	m.AddAutoRow(text.NewCol(4, r.Label, label), text.NewCol(8, r.Value, value))
}

func paragraphs(m core.Maroto, list []string, size float64) {
	for _, p := range list {
		for one := range strings.SplitSeq(p, "\n") {
			if strings.TrimSpace(one) != "" {
				m.AddAutoRow(text.NewCol(12, one, props.Text{Size: size, Bottom: 1}))
			}
		}
	}
}
