// Package servicetest tries package referral's service against real databases, a bucket and a moving clock. It has no
// code of the product: it is apart from the tests of the pure rules so that those stay fast.
package servicetest
