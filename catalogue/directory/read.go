package directory

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
)

// SharedBy is how many rows may stand on one point before it counts as a district's middle.
const SharedBy = 8

// MaxRows is the most rows one file may hold.
const MaxRows = 500_000

// Content is a whole file, judged.
type Content struct {
	Rows     []Row
	Rejected []Problem
	Repaired []Problem
	Lines    int // data rows seen, the header left out
}

// Read judges every row of in. Dirt never ends it; only a file that is not the directory at all, or a
// failing reader, is an error. name is used in errors.
func Read(in io.Reader, name string) (Content, error) {
	r := csv.NewReader(in)
	r.FieldsPerRecord, r.LazyQuotes = -1, true
	head, err := r.Read()
	if err != nil {
		return Content{}, fmt.Errorf("%s: no header: %w", name, err)
	}
	if err := sameHeader(head, name); err != nil {
		return Content{}, err
	}
	var c Content
	last, lastLine := columns, 0
	for {
		cells, err := r.Read()
		if err == io.EOF && last < columns {
			return Content{}, fmt.Errorf("%s: line %d: the last row has %d columns where %d belong: the file was cut off", name, lastLine, last, columns)
		}
		if err == io.EOF {
			c.markShared()
			return c, nil
		}
		var broken *csv.ParseError
		switch {
		case errors.As(err, &broken):
			c.Lines++
			c.Rejected = append(c.Rejected, Problem{Line: broken.StartLine, Column: 0, Reason: broken.Err.Error()})
		case err != nil:
			return Content{}, fmt.Errorf("%s: %w", name, err)
		default:
			line, _ := r.FieldPos(0)
			last, lastLine = len(cells), line
			c.add(line, cells)
		}
		if c.Lines > MaxRows {
			return Content{}, fmt.Errorf("%s: more than %d rows", name, MaxRows)
		}
	}
}

func sameHeader(head []string, name string) error {
	for i, want := range columnNames {
		if i >= len(head) || !strings.EqualFold(strings.TrimSpace(strings.TrimPrefix(head[i], "\ufeff")), want) {
			return fmt.Errorf("%s line 1, column %d: %s belongs here: not the National Hospital Directory", name, i+1, want)
		}
	}
	return nil
}

func (c *Content) add(line int, cells []string) {
	c.Lines++
	row, repaired, rejected := parse(line, cells)
	if rejected != nil {
		c.Rejected = append(c.Rejected, *rejected)
		return
	}
	c.Rows = append(c.Rows, row)
	c.Repaired = append(c.Repaired, repaired...)
}

func (c *Content) markShared() {
	count := map[Point]int{}
	for _, r := range c.Rows {
		if r.Point != nil {
			count[*r.Point]++
		}
	}
	for i := range c.Rows {
		if p := c.Rows[i].Point; p != nil && count[*p] > SharedBy {
			c.Rows[i].Shared = true
		}
	}
}
