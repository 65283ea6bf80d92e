package stories

import (
	"strings"

	"carecorridor/views"
	"carecorridor/views/ui"
)

// around is the frame of a page at path, below parents.
func around(title, path string, parents ...ui.Link) views.Frame {
	f := demo(site(title))
	f.Canonical, f.PrintLine, f.Breadcrumb = path, "carecorridor.example"+path, append(home(), parents...)
	return f
}

// overlong is a name of 5,000 letters without a space; mixed has right-to-left and combining letters and markup.
var overlong = strings.Repeat("Namename", 625)

const mixed = `شفاء <script>alert("x")</script> Ho̷̥̙spi̴tal & “Sons” आरोग्य`
