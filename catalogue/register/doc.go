// Package register holds a newer copy of an accrediting body's register against what the directory holds, and asks
// people to check every difference. It changes no listing itself: approving an item does (package listing). It is not
// for the copy that the directory starts with (package seed).
package register
