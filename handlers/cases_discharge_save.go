package handlers

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"carecorridor/internal/check"
	"carecorridor/internal/fault"
	"carecorridor/referral"
	"carecorridor/referral/discharge"
	"carecorridor/views"
	"carecorridor/views/cases"
	"carecorridor/views/ui"
)

// planParts are the items of the aftercare schedule, each with who does it.
func planParts(x *caseAsk, plan []discharge.PlanItem) (out []views.Part) {
	if x.form == nil {
		x.form = url.Values{}
		for _, i := range plan {
			base := "items." + i.Code + "."
			for name, value := range map[string]string{"doer": string(i.Doer), "provider": i.Provider, "where": i.Where, "cost": i.Cost, "paid_by": i.PaidBy} {
				x.form.Set(base+name, value)
			}
			putDay(x.form, base+"due", i.Due)
			if i.Booked {
				x.form.Set(base+"booked", "yes")
			}
		}
	}
	if len(plan) == 0 {
		return []views.Part{views.Para("Choose the kind of procedure and the day of discharge first: the schedule follows from them.")}
	}
	for _, i := range plan {
		base := "items." + i.Code + "."
		about := hiddenAbout(i.What)
		doer := x.line(base+"doer", "Who does it"+about, "")
		doer.Type = "select"
		for _, d := range []ui.Option{{Value: string(discharge.ByHospital), Text: "Your hospital, by video or phone"}, {Value: string(discharge.ByAftercare), Text: "Aftercare provider in the UK"}, {Value: string(discharge.ByGP), Text: "GP, who agreed to it"}, {Value: string(discharge.ByPatient), Text: "The patient"}} {
			d.Selected = d.Value == x.form.Get(base+"doer")
			doer.Options = append(doer.Options, d)
		}
		out = append(out, cases.Fieldset{Legend: i.What, Fields: []views.Part{x.day(base+"due", "Day", ""), doer, x.line(base+"provider", "Name of who does it"+about, ""), x.line(base+"where", "Where"+about, ""), x.line(base+"cost", "Cost, or included"+about, ""),
			x.line(base+"paid_by", "Who pays"+about, ""), x.tick(base+"booked", "Booked"+about, "")}})
	}
	return out
}

func planFrom(v url.Values, plan []discharge.PlanItem) (out []discharge.PlanItem, bad check.List) {
	for _, i := range plan {
		base := "items." + i.Code + "."
		i.Doer, i.Provider, i.Where, i.Cost = discharge.Doer(v.Get(base+"doer")), strings.TrimSpace(v.Get(base+"provider")), strings.TrimSpace(v.Get(base+"where")), strings.TrimSpace(v.Get(base+"cost"))
		i.PaidBy, i.Booked, i.Due = strings.TrimSpace(v.Get(base+"paid_by")), v.Get(base+"booked") == "yes", readDay(v, base+"due", &bad)
		out = append(out, i)
	}
	return out, bad
}

// dischargeSave keeps a page in the draft; a page that changed meanwhile comes back with what was typed.
func (h *Handlers) dischargeSave(c echo.Context, p casePage) error {
	page, ok := dischargePageOf(c.Param("page"))
	if !ok {
		return gonePart("page of a discharge package")
	}
	form, err := c.FormParams()
	if err != nil {
		return fault.New(fault.Invalid, "form", err)
	}
	if path, add := strings.CutPrefix(form.Get("do"), "add-"); add {
		if at := slices.IndexFunc(page.lists, func(l packList) bool { return l.path == path }); at >= 0 {
			form.Set(rowsName(page.lists[at]), strconv.Itoa(rowCount(form, page.lists[at])+1))
		}
		return h.showDischarge(c, http.StatusOK, p, page, form, nil)
	}
	k := p.draftOf()
	plan := p.planOf(k)
	var bad check.List
	if page.slug == "aftercare" {
		plan, bad = planFrom(form, plan)
	} else {
		was, t := k, treeOf(k)
		bad = page.into(t, form)
		k = discharge.Package{}
		if err := fromTree(t, &k); err != nil {
			return fault.New(fault.Invalid, "discharge form", err)
		}
		plan = replanned(was, k, plan)
	}
	if !bad.OK() {
		return h.showDischarge(c, http.StatusUnprocessableEntity, p, page, form, bad)
	}
	_, err = h.cfg.Referrals.SaveDischarge(c.Request().Context(), p.who, p.v.ID, versionOf(c), k, plan)
	if fault.Is(err, fault.Conflict) {
		now, lookErr := h.caseOf(c, p.who)
		if lookErr != nil {
			return h.caseClosed(c, p.who, lookErr)
		}
		return h.showDischarge(c, http.StatusConflict, now, page, form, check.List{{Say: strings.TrimSuffix(sentence(err, http.StatusConflict), ".")}})
	}
	if err != nil {
		return h.caseClosed(c, p.who, err)
	}
	return c.Redirect(http.StatusSeeOther, doneAt(p.nextPage(page, form.Get("do")), string(referral.PrepareDischarge)))
}

func fromTree(t packTree, k *discharge.Package) error {
	b, err := json.Marshal(t)
	if err != nil {
		return err
	}
	return json.Unmarshal(b, k)
}

// nextPage is where saving leads: on, or to the list.
func (p casePage) nextPage(page packPage, do string) string {
	at := slices.IndexFunc(packPages, func(x packPage) bool { return x.slug == page.slug })
	if do == "list" || at+1 >= len(packPages) {
		return p.at("discharge")
	}
	return p.at("discharge", packPages[at+1].slug)
}
