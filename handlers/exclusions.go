package handlers

import (
	"carecorridor/catalogue"
	"carecorridor/views"
)

// exclusions is the wording of each rule that stops a treatment (domain.md §9.1).
var exclusions = map[catalogue.Exclusion]views.Exclusion{
	catalogue.SolidOrganTransplant: {
		Reason: "We do not list hospitals for organ transplants abroad. Matching, donor consent and lifelong follow-up cannot be made safe through a travel service.",
		Law:    "Paying for an organ is a crime in the UK and in India, and a UK resident can be prosecuted for it abroad.",
		Signposts: []views.Anchor{
			{Text: "NHS Blood and Transplant: organ transplantation", URL: "https://www.nhsbt.nhs.uk/organ-transplantation/"},
			{Text: "Human Tissue Authority: living organ donation", URL: "https://www.hta.gov.uk/guidance-public/living-organ-donation"},
		},
	},
}
