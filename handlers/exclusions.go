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
	catalogue.OrganTrade: {
		Reason: "We cannot help with this.",
		Law:    "Buying or selling an organ is a crime in the UK and in India, and a UK resident can be prosecuted for it abroad.",
		Signposts: []views.Anchor{
			{Text: "Human Tissue Authority: living organ donation", URL: "https://www.hta.gov.uk/guidance-public/living-organ-donation"},
		},
	},
	catalogue.Surrogacy: {
		Reason:    "We do not arrange surrogacy.",
		Law:       "Indian law forbids surrogacy for payment and for people from abroad.",
		Signposts: []views.Anchor{{Text: "GOV.UK: legal rights of parents and surrogates", URL: "https://www.gov.uk/legal-rights-when-using-surrogates-and-donors"}},
	},
	catalogue.SexSelection: {
		Reason:    "We cannot help with this.",
		Law:       "Indian law forbids choosing or telling the sex of a child before birth, and any advertising of it.",
		Signposts: []views.Anchor{{Text: "Human Fertilisation and Embryology Authority", URL: "https://www.hfea.gov.uk/"}},
	},
	catalogue.AssistedDying: {
		Reason:    "We cannot help with this. If you are thinking about ending your life, call Samaritans on 116 123 at any time, or 111 and choose option 2. In an emergency call 999.",
		Signposts: []views.Anchor{{Text: "Samaritans", URL: "https://www.samaritans.org/"}},
	},
	catalogue.UnprovenCell: {
		Reason:    "We do not list unproven cell treatments. Those that have not been shown to work can do harm. Bone marrow and stem cell transplants for diseases of the blood are listed.",
		Signposts: []views.Anchor{{Text: "NHS: stem cell and bone marrow transplants", URL: "https://www.nhs.uk/conditions/stem-cell-transplant/"}},
	},
}
