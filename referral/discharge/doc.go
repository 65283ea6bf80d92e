// Package discharge is the way home: the discharge package and the check of its 20 items, the overseas-care alert for
// 12 months, the aftercare schedule, and reports of complications (domain.md §5). It is pure: a package is a value, a
// check a list of problems, an alert words and dates.
//
// It is not for who may send a package or when (package referral), and it infers no diagnosis: it says what the
// hospital wrote.
package discharge
