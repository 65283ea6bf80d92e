package seed

import "carecorridor/models"

// RegisterStatus is what a remark of the NABH register says on the day of its copy; ok is false for a remark that no
// rule knows, which is never guessed.
func RegisterStatus(remark string) (status models.RegisterStatus, ok bool) {
	status, err := registerStatus(remark)
	return status, err == nil
}
