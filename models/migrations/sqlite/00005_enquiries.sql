-- Patients' enquiries, hospitals' quotes, and the mail about them. Personal words are held sealed only: the first byte of a sealed value is 1.
-- +goose Up
CREATE TABLE enquiries (
    id TEXT NOT NULL CONSTRAINT enquiries_pkey PRIMARY KEY CONSTRAINT enquiries_id_filled CHECK (id <> ''),
    reference TEXT CONSTRAINT enquiries_reference_once UNIQUE,
    state TEXT NOT NULL CONSTRAINT enquiries_state_known CHECK (state IN ('draft', 'open', 'accepted', 'closed')),
    answers BLOB CONSTRAINT enquiries_answers_sealed CHECK (answers IS NULL OR typeof(answers) = 'blob' AND hex(substr(answers, 1, 1)) = '01'),
    contact BLOB CONSTRAINT enquiries_contact_sealed CHECK (contact IS NULL OR typeof(contact) = 'blob' AND hex(substr(contact, 1, 1)) = '01'),
    version INTEGER NOT NULL CONSTRAINT enquiries_version_positive CHECK (version >= 1),
    created_at DATETIME NOT NULL,
    updated_at DATETIME NOT NULL,
    submitted_at DATETIME,
    closed_at DATETIME,
    erased_at DATETIME,
    CONSTRAINT enquiries_submitted_whole CHECK ((state = 'draft') = (reference IS NULL) AND (state = 'draft') = (submitted_at IS NULL)),
    CONSTRAINT enquiries_closed_whole CHECK ((state = 'closed') = (closed_at IS NOT NULL)),
    CONSTRAINT enquiries_erased_whole CHECK (erased_at IS NULL OR state = 'closed' AND answers IS NULL AND contact IS NULL)
);
CREATE INDEX enquiries_stale ON enquiries (state, updated_at);

-- A recipient keeps the hospital's name as the patient chose it: the request outlives the listing.
CREATE TABLE enquiry_recipients (
    id TEXT NOT NULL CONSTRAINT enquiry_recipients_pkey PRIMARY KEY CONSTRAINT enquiry_recipients_id_filled CHECK (id <> ''),
    enquiry_id TEXT NOT NULL CONSTRAINT enquiry_recipients_enquiry_fkey REFERENCES enquiries,
    ord INTEGER NOT NULL CONSTRAINT enquiry_recipients_ord_known CHECK (ord BETWEEN 1 AND 3),
    hospital_slug TEXT NOT NULL CONSTRAINT enquiry_recipients_hospital_slug_filled CHECK (hospital_slug <> ''),
    hospital_name TEXT NOT NULL CONSTRAINT enquiry_recipients_hospital_name_filled CHECK (hospital_name <> ''),
    sample BOOLEAN NOT NULL,
    state TEXT NOT NULL CONSTRAINT enquiry_recipients_state_known CHECK (state IN
        ('held', 'sent', 'opened', 'info_requested', 'quoted', 'declined', 'lapsed', 'withdrawn', 'accepted', 'not_chosen')),
    reason TEXT NOT NULL,
    version INTEGER NOT NULL CONSTRAINT enquiry_recipients_version_positive CHECK (version >= 1),
    created_at DATETIME NOT NULL,
    moved_at DATETIME NOT NULL,
    opened_at DATETIME,
    CONSTRAINT enquiry_recipients_hospital_once UNIQUE (enquiry_id, hospital_slug),
    CONSTRAINT enquiry_recipients_ord_once UNIQUE (enquiry_id, ord)
);
CREATE INDEX enquiry_recipients_idle ON enquiry_recipients (state, moved_at);
CREATE UNIQUE INDEX enquiry_recipients_accepted_once ON enquiry_recipients (enquiry_id) WHERE state = 'accepted';

CREATE TABLE enquiry_consents (
    id TEXT NOT NULL CONSTRAINT enquiry_consents_pkey PRIMARY KEY CONSTRAINT enquiry_consents_id_filled CHECK (id <> ''),
    enquiry_id TEXT NOT NULL CONSTRAINT enquiry_consents_enquiry_fkey REFERENCES enquiries,
    recipient_id TEXT CONSTRAINT enquiry_consents_recipient_fkey REFERENCES enquiry_recipients ON DELETE CASCADE,
    kind TEXT NOT NULL CONSTRAINT enquiry_consents_kind_known CHECK (kind IN ('send', 'direct_contact', 'keep_copy', 'feedback')),
    given BOOLEAN NOT NULL,
    wording_version TEXT NOT NULL CONSTRAINT enquiry_consents_wording_version_filled CHECK (wording_version <> ''),
    wording TEXT NOT NULL CONSTRAINT enquiry_consents_wording_filled CHECK (wording <> ''),
    at DATETIME NOT NULL,
    withdrawn_at DATETIME,
    CONSTRAINT enquiry_consents_send_names_hospital CHECK ((kind = 'send') = (recipient_id IS NOT NULL)),
    CONSTRAINT enquiry_consents_instants_order CHECK (at <= withdrawn_at)
);
CREATE INDEX enquiry_consents_enquiry ON enquiry_consents (enquiry_id);

CREATE TABLE enquiry_files (
    id TEXT NOT NULL CONSTRAINT enquiry_files_pkey PRIMARY KEY CONSTRAINT enquiry_files_id_filled CHECK (id <> ''),
    enquiry_id TEXT NOT NULL CONSTRAINT enquiry_files_enquiry_fkey REFERENCES enquiries,
    name BLOB NOT NULL CONSTRAINT enquiry_files_name_sealed CHECK (name IS NULL OR typeof(name) = 'blob' AND hex(substr(name, 1, 1)) = '01'),
    kind TEXT NOT NULL CONSTRAINT enquiry_files_kind_filled CHECK (kind <> ''),
    bytes INTEGER NOT NULL CONSTRAINT enquiry_files_bytes_positive CHECK (bytes > 0),
    scan TEXT NOT NULL CONSTRAINT enquiry_files_scan_known CHECK (scan IN ('pending', 'safe', 'blocked')),
    scanned_at DATETIME,
    created_at DATETIME NOT NULL,
    CONSTRAINT enquiry_files_scan_whole CHECK ((scan = 'pending') = (scanned_at IS NULL))
);
CREATE INDEX enquiry_files_enquiry ON enquiry_files (enquiry_id);
CREATE INDEX enquiry_files_scan ON enquiry_files (scan);

-- What the bucket still holds although its row is gone; removed from here once the bucket has forgotten it.
CREATE TABLE file_removals (
    id TEXT NOT NULL CONSTRAINT file_removals_pkey PRIMARY KEY CONSTRAINT file_removals_id_filled CHECK (id <> ''),
    at DATETIME NOT NULL
);

CREATE TABLE enquiry_messages (
    id TEXT NOT NULL CONSTRAINT enquiry_messages_pkey PRIMARY KEY CONSTRAINT enquiry_messages_id_filled CHECK (id <> ''),
    recipient_id TEXT NOT NULL CONSTRAINT enquiry_messages_recipient_fkey REFERENCES enquiry_recipients ON DELETE CASCADE,
    by_whom TEXT NOT NULL CONSTRAINT enquiry_messages_by_known CHECK (by_whom IN ('patient', 'hospital')),
    body BLOB NOT NULL CONSTRAINT enquiry_messages_body_sealed CHECK (body IS NULL OR typeof(body) = 'blob' AND hex(substr(body, 1, 1)) = '01'),
    at DATETIME NOT NULL
);
CREATE INDEX enquiry_messages_recipient ON enquiry_messages (recipient_id);

-- A quote is written once. Another one of the same hospital has the next number and supersedes it.
CREATE TABLE quotes (
    id TEXT NOT NULL CONSTRAINT quotes_pkey PRIMARY KEY CONSTRAINT quotes_id_filled CHECK (id <> ''),
    recipient_id TEXT NOT NULL CONSTRAINT quotes_recipient_fkey REFERENCES enquiry_recipients ON DELETE CASCADE,
    number INTEGER NOT NULL CONSTRAINT quotes_number_positive CHECK (number >= 1),
    currency TEXT NOT NULL CONSTRAINT quotes_currency_known CHECK (currency IN ('GBP', 'INR', 'USD')),
    total_minor INTEGER NOT NULL CONSTRAINT quotes_total_positive CHECK (total_minor > 0),
    issued_on DATE,
    valid_until DATE,
    body BLOB NOT NULL CONSTRAINT quotes_body_sealed CHECK (body IS NULL OR typeof(body) = 'blob' AND hex(substr(body, 1, 1)) = '01'),
    at DATETIME NOT NULL,
    CONSTRAINT quotes_number_once UNIQUE (recipient_id, number),
    CONSTRAINT quotes_valid_thirty_days CHECK (issued_on IS NOT NULL AND valid_until IS NOT NULL AND valid_until >= date(issued_on, '+30 days'))
);

CREATE TABLE enquiry_events (
    id INTEGER NOT NULL CONSTRAINT enquiry_events_pkey PRIMARY KEY AUTOINCREMENT,
    enquiry_id TEXT NOT NULL CONSTRAINT enquiry_events_enquiry_fkey REFERENCES enquiries,
    recipient_ord INTEGER NOT NULL,
    event TEXT NOT NULL CONSTRAINT enquiry_events_event_filled CHECK (event <> ''),
    by_whom TEXT NOT NULL CONSTRAINT enquiry_events_by_known CHECK (by_whom IN ('patient', 'hospital', 'system')),
    from_state TEXT NOT NULL,
    to_state TEXT NOT NULL,
    quote_number INTEGER,
    at DATETIME NOT NULL
);
CREATE INDEX enquiry_events_enquiry ON enquiry_events (enquiry_id);

-- Failed or costly tries to get in, counted in spans of time. The name is a hash.
CREATE TABLE attempts (
    name TEXT NOT NULL,
    span_at DATETIME NOT NULL,
    tries INTEGER NOT NULL CONSTRAINT attempts_tries_positive CHECK (tries >= 1),
    CONSTRAINT attempts_pkey PRIMARY KEY (name, span_at)
);

-- Mail that waits to be sent. Address and contents are dropped once it is.
CREATE TABLE mails (
    id TEXT NOT NULL CONSTRAINT mails_pkey PRIMARY KEY CONSTRAINT mails_id_filled CHECK (id <> ''),
    template TEXT NOT NULL CONSTRAINT mails_template_filled CHECK (template <> ''),
    letter BLOB CONSTRAINT mails_letter_sealed CHECK (letter IS NULL OR typeof(letter) = 'blob' AND hex(substr(letter, 1, 1)) = '01'),
    created_at DATETIME NOT NULL,
    done_at DATETIME,
    outcome TEXT NOT NULL CONSTRAINT mails_outcome_known CHECK (outcome IN ('waiting', 'sent', 'refused')),
    CONSTRAINT mails_done_whole CHECK ((outcome = 'waiting') = (done_at IS NULL) AND (outcome = 'waiting') = (letter IS NOT NULL))
);

-- +goose StatementBegin
CREATE TRIGGER quotes_written_once BEFORE UPDATE ON quotes
BEGIN
    SELECT RAISE(ABORT, 'quotes rows are written once');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER enquiry_events_written_once BEFORE UPDATE ON enquiry_events
BEGIN
    SELECT RAISE(ABORT, 'enquiry_events rows are written once');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER enquiry_events_kept BEFORE DELETE ON enquiry_events
BEGIN
    SELECT RAISE(ABORT, 'enquiry_events rows are written once');
END;
-- +goose StatementEnd
