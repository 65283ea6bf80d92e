// Package fhir holds the HL7 FHIR R4 (4.0.1) resources that this site writes, as plain structs, and puts them together
// for an export or a discharge package. It knows nothing of the site's own types: it is given plain values.
//
// It is not a server and not a validator. The site is shaped like the UK and international profiles it names; it is
// connected to no national service, and says so nowhere in a resource.
package fhir
