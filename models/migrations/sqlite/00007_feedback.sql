-- What patients say after a confirmed stay, what a moderator decided about it, and problems reported with a listing.
-- +goose Up
CREATE TABLE feedback_invitations (
    id TEXT NOT NULL CONSTRAINT feedback_invitations_pkey PRIMARY KEY CONSTRAINT feedback_invitations_id_filled CHECK (id <> ''),
    provider_id INTEGER NOT NULL CONSTRAINT feedback_invitations_provider_fkey REFERENCES providers ON DELETE CASCADE,
    stayed TEXT NOT NULL CONSTRAINT feedback_invitations_stayed_month CHECK (length(stayed) = 7),
    made_by TEXT NOT NULL CONSTRAINT feedback_invitations_made_by_filled CHECK (made_by <> ''),
    made_at DATETIME NOT NULL,
    ends_at DATETIME NOT NULL,
    used_at DATETIME,
    CONSTRAINT feedback_invitations_instants_order CHECK (made_at < ends_at AND made_at <= used_at)
);
CREATE INDEX feedback_invitations_provider ON feedback_invitations (provider_id);

-- One person's answers. Those who take theirs back keep the row, without words and out of every figure.
CREATE TABLE feedback (
    id INTEGER NOT NULL CONSTRAINT feedback_pkey PRIMARY KEY AUTOINCREMENT,
    invitation_id TEXT NOT NULL CONSTRAINT feedback_invitation_fkey REFERENCES feedback_invitations ON DELETE CASCADE,
    provider_id INTEGER NOT NULL CONSTRAINT feedback_provider_fkey REFERENCES providers ON DELETE CASCADE,
    stayed TEXT NOT NULL CONSTRAINT feedback_stayed_month CHECK (length(stayed) = 7),
    bill TEXT NOT NULL CONSTRAINT feedback_bill_known CHECK (bill IN ('yes', 'partly', 'no')),
    contact TEXT NOT NULL CONSTRAINT feedback_contact_known CHECK (contact IN ('yes', 'partly', 'no')),
    risks TEXT NOT NULL CONSTRAINT feedback_risks_known CHECK (risks IN ('yes', 'partly', 'no')),
    sent_at DATETIME NOT NULL,
    withdrawn_at DATETIME,
    CONSTRAINT feedback_invitation_once UNIQUE (invitation_id),
    CONSTRAINT feedback_instants_order CHECK (sent_at <= withdrawn_at)
);
CREATE INDEX feedback_provider ON feedback (provider_id);

-- A patient's comment or the hospital's response to it: held until a moderator decides. Shown is what the public reads.
CREATE TABLE feedback_texts (
    id INTEGER NOT NULL CONSTRAINT feedback_texts_pkey PRIMARY KEY AUTOINCREMENT,
    feedback_id INTEGER NOT NULL CONSTRAINT feedback_texts_feedback_fkey REFERENCES feedback ON DELETE CASCADE,
    kind TEXT NOT NULL CONSTRAINT feedback_texts_kind_known CHECK (kind IN ('comment', 'response')),
    body TEXT NOT NULL,
    state TEXT NOT NULL CONSTRAINT feedback_texts_state_known CHECK (state IN ('held', 'published', 'redacted', 'refused', 'withdrawn')),
    shown TEXT NOT NULL,
    reason TEXT NOT NULL,
    version INTEGER NOT NULL CONSTRAINT feedback_texts_version_positive CHECK (version >= 1),
    written_by TEXT NOT NULL,
    written_at DATETIME NOT NULL,
    decided_at DATETIME,
    CONSTRAINT feedback_texts_kind_once UNIQUE (feedback_id, kind),
    CONSTRAINT feedback_texts_body_whole CHECK ((state = 'withdrawn') = (body = '')),
    CONSTRAINT feedback_texts_shown_whole CHECK ((state IN ('published', 'redacted')) = (shown <> '')),
    CONSTRAINT feedback_texts_reason_whole CHECK ((state IN ('redacted', 'refused')) = (reason <> '')),
    CONSTRAINT feedback_texts_decided_whole CHECK ((state = 'held') = (decided_at IS NULL))
);
CREATE INDEX feedback_texts_state ON feedback_texts (state, written_at);

-- Who decided what, and when. Never changed; a decision that is taken back is another row.
CREATE TABLE feedback_decisions (
    id INTEGER NOT NULL CONSTRAINT feedback_decisions_pkey PRIMARY KEY AUTOINCREMENT,
    text_id INTEGER NOT NULL CONSTRAINT feedback_decisions_text_fkey REFERENCES feedback_texts ON DELETE CASCADE,
    decision TEXT NOT NULL CONSTRAINT feedback_decisions_decision_known CHECK (decision IN ('published', 'redacted', 'refused', 'withdrawn')),
    reason TEXT NOT NULL,
    by_whom TEXT NOT NULL CONSTRAINT feedback_decisions_by_filled CHECK (by_whom <> ''),
    at DATETIME NOT NULL
);
CREATE INDEX feedback_decisions_text ON feedback_decisions (text_id);
-- +goose StatementBegin
CREATE TRIGGER feedback_decisions_written_once BEFORE UPDATE ON feedback_decisions
BEGIN
    SELECT RAISE(ABORT, 'feedback_decisions rows are written once');
END;
-- +goose StatementEnd

-- A problem that a reader sees with a listing. The form's own mark makes two sendings of one form one report.
CREATE TABLE reports (
    id TEXT NOT NULL CONSTRAINT reports_pkey PRIMARY KEY CONSTRAINT reports_id_filled CHECK (id <> ''),
    reference TEXT NOT NULL CONSTRAINT reports_reference_once UNIQUE,
    form TEXT NOT NULL CONSTRAINT reports_form_once UNIQUE,
    provider_id INTEGER NOT NULL CONSTRAINT reports_provider_fkey REFERENCES providers ON DELETE CASCADE,
    about TEXT NOT NULL CONSTRAINT reports_about_known CHECK (about IN ('price', 'certificate', 'claim', 'other')),
    words TEXT NOT NULL CONSTRAINT reports_words_filled CHECK (words <> ''),
    email BLOB CONSTRAINT reports_email_sealed CHECK (email IS NULL OR typeof(email) = 'blob' AND hex(substr(email, 1, 1)) = '01'),
    outcome TEXT NOT NULL,
    closed_by TEXT NOT NULL,
    sent_at DATETIME NOT NULL,
    closed_at DATETIME,
    CONSTRAINT reports_closed_whole CHECK ((closed_at IS NULL) = (outcome = '') AND (closed_at IS NULL) = (closed_by = '')),
    CONSTRAINT reports_closed_without_email CHECK (closed_at IS NULL OR email IS NULL)
);
CREATE INDEX reports_waiting ON reports (closed_at, sent_at);
