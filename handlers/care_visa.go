package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"carecorridor/referral/visa"
	"carecorridor/views/care"
	"carecorridor/views/link"
)

func (h *Handlers) visaRoutes() []route {
	return []route{
		h.own("GET", link.VisaLetter, h.visaLetter),
		h.own("GET", link.VisaLetterOf(":token"), h.visaLetterOf),
	}
}

// visaLetter asks for a number and leads to its page.
func (h *Handlers) visaLetter(c echo.Context) error {
	typed := cleanText(c.QueryParam("number"))
	if number, ok := visa.ParseNumber(typed); ok {
		return c.Redirect(http.StatusSeeOther, link.VisaLetterOf(number))
	}
	v := care.Verify{Number: typed}
	status := http.StatusOK
	if c.QueryParams().Has("number") {
		v.Problem, status = "Enter the number as it is on the letter, such as VL-7K3M-9QWE-2X", http.StatusUnprocessableEntity
	}
	return h.showVerify(c, status, v)
}

// visaLetterOf says whether a letter is in force today. It is the same page, in the same words and with the same status, for a
// number that was taken back, that ran out, and that never was.
func (h *Handlers) visaLetterOf(c echo.Context) error {
	number := cleanText(c.Param("token"))
	valid, err := h.cfg.Referrals.LetterValid(c.Request().Context(), number)
	if err != nil {
		return err
	}
	if n, ok := visa.ParseNumber(number); ok {
		number = n
	}
	if len(number) > 40 {
		number = number[:40]
	}
	return h.showVerify(c, http.StatusOK, care.Verify{Number: number, Asked: true, Valid: valid, On: h.todayHere().Long()})
}

func (h *Handlers) showVerify(c echo.Context, status int, v care.Verify) error {
	f := h.frame("Check a visa invitation letter", "", "")
	f.Work, f.NoIndex, f.Breadcrumb = true, true, crumbs()
	v.Action = link.VisaLetter
	if v.Problem != "" {
		f.Failed = true
	}
	return show(c, status, care.VerifyPage(f, v))
}
