-- 移行から作った形の写し。手で直さず、npm run dump で作り直す。

create extension btree_gist;
create extension pg_trgm;

create schema audit;
create schema exchange;
create schema local_tax;
create schema municipal_system;
create schema reference;
create schema resident_register;
create schema store;
create schema vault;
create schema work;


create table audit.bulk_keys (
  entry_id uuid not null,
  key_kind text not null,
  union_code smallint not null,
  municipality_code text not null,
  key_first bigint not null,
  key_last bigint not null,
  keys bigint[] not null,
  constraint bulk_keys_pkey PRIMARY KEY (entry_id, key_kind),
  constraint bulk_keys_check CHECK ((key_first <= key_last)),
  constraint bulk_keys_key_kind_check CHECK ((key_kind = ANY (ARRAY['subject'::text, 'resident'::text]))),
  constraint bulk_keys_keys_check CHECK ((cardinality(keys) > 0))
);

create table audit.entry (
  entry_id uuid not null,
  union_code smallint not null,
  municipality_code text not null,
  recorded_at timestamp with time zone not null,
  channel text not null,
  actor_kind text not null,
  actor_id text not null,
  actor_name text not null,
  party text not null,
  terminal text,
  address text,
  act text not null,
  effect text not null,
  purpose text not null,
  person_count integer not null,
  key_digest bytea not null,
  constraint entry_pkey PRIMARY KEY (entry_id),
  constraint entry_act_check CHECK ((act ~ '^[a-z][A-Za-z]*(\.[a-z][A-Za-z]*)+$'::text)),
  constraint entry_actor_kind_check CHECK ((actor_kind = ANY (ARRAY['account'::text, 'job'::text]))),
  constraint entry_channel_check CHECK ((channel = ANY (ARRAY['screen'::text, 'api'::text, 'job'::text]))),
  constraint entry_check CHECK (((actor_id <> ''::text) AND (actor_name <> ''::text) AND (party <> ''::text) AND (purpose <> ''::text))),
  constraint entry_effect_check CHECK ((effect = ANY (ARRAY['read'::text, 'write'::text]))),
  constraint entry_key_digest_check CHECK ((octet_length(key_digest) = 32)),
  constraint entry_municipality_code_check CHECK ((municipality_code ~ '^([0-9]{6}|\*)$'::text)),
  constraint entry_person_count_check CHECK ((person_count >= 0))
);

create table audit.resident_entry (
  resident_key bigint not null,
  entry_id uuid not null,
  union_code smallint not null,
  municipality_code text not null,
  constraint resident_entry_pkey PRIMARY KEY (resident_key, entry_id),
  constraint resident_entry_check CHECK (((resident_key / '10000000000'::bigint) = union_code))
);

create table audit.subject_entry (
  subject_key bigint not null,
  entry_id uuid not null,
  union_code smallint not null,
  municipality_code text not null,
  constraint subject_entry_pkey PRIMARY KEY (subject_key, entry_id),
  constraint subject_entry_check CHECK (((subject_key / 100000000) = union_code))
);

create table exchange.admission (
  union_code smallint not null,
  transmission_id uuid not null,
  municipality_code text not null,
  decision text not null,
  reason text not null,
  account text not null,
  recorded_at timestamp with time zone not null,
  constraint admission_pkey PRIMARY KEY (union_code, transmission_id),
  constraint admission_decision_check CHECK ((decision = ANY (ARRAY['letIn'::text, 'refused'::text])))
);

create table exchange.custody_event (
  union_code smallint not null,
  transmission_id uuid not null,
  event_number integer not null,
  municipality_code text not null,
  kind text not null,
  carrier text not null,
  from_place text,
  to_place text,
  media_count integer not null,
  happened_on date not null,
  note text not null,
  account text not null,
  recorded_at timestamp with time zone not null,
  constraint custody_event_pkey PRIMARY KEY (union_code, transmission_id, event_number),
  constraint custody_event_check CHECK (((kind = '受渡し'::text) = (from_place IS NOT NULL))),
  constraint custody_event_check1 CHECK (((kind = '受渡し'::text) = (to_place IS NOT NULL))),
  constraint custody_event_event_number_check CHECK ((event_number > 0)),
  constraint custody_event_kind_check CHECK ((kind = ANY (ARRAY['封入'::text, '受渡し'::text, '開封'::text, '破棄'::text]))),
  constraint custody_event_media_count_check CHECK ((media_count > 0))
);

create table exchange.destination_stop (
  union_code smallint not null,
  party text not null,
  partner text not null,
  event_number integer not null,
  municipality_code text not null,
  kind text not null,
  told_by text not null,
  reason text not null,
  notice text,
  account text,
  told_at timestamp with time zone not null,
  recorded_at timestamp with time zone not null,
  constraint destination_stop_pkey PRIMARY KEY (union_code, party, partner, event_number),
  constraint destination_stop_check CHECK (((told_by = 'partner'::text) = (notice IS NOT NULL))),
  constraint destination_stop_check1 CHECK (((told_by = 'party'::text) = (account IS NOT NULL))),
  constraint destination_stop_event_number_check CHECK ((event_number > 0)),
  constraint destination_stop_kind_check CHECK ((kind = ANY (ARRAY['stopped'::text, 'lifted'::text]))),
  constraint destination_stop_reason_check CHECK ((reason <> ''::text)),
  constraint destination_stop_told_by_check CHECK ((told_by = ANY (ARRAY['party'::text, 'partner'::text])))
);

create table exchange.finding (
  union_code smallint not null,
  transmission_id uuid not null,
  finding_number integer not null,
  municipality_code text not null,
  line integer not null,
  column_name text,
  code text not null,
  severity text not null,
  sentence text not null,
  recorded_at timestamp with time zone not null,
  constraint finding_pkey PRIMARY KEY (union_code, transmission_id, finding_number),
  constraint finding_finding_number_check CHECK ((finding_number > 0)),
  constraint finding_line_check CHECK ((line >= 0)),
  constraint finding_severity_check CHECK ((severity = ANY (ARRAY['error'::text, 'warning'::text])))
);

create table exchange.full_reconciliation (
  union_code smallint not null,
  reconciliation_id uuid not null,
  municipality_code text not null,
  layout text not null,
  day date not null,
  asker text not null,
  answerer text not null,
  opening text not null,
  recorded_at timestamp with time zone not null,
  constraint full_reconciliation_pkey PRIMARY KEY (union_code, reconciliation_id)
);

create table exchange.full_reconciliation_difference (
  union_code smallint not null,
  reconciliation_id uuid not null,
  difference_number integer not null,
  municipality_code text not null,
  addressee_number text not null,
  record_key text not null,
  kind text not null,
  column_names text[] not null,
  recorded_at timestamp with time zone not null,
  constraint full_reconciliation_difference_pkey PRIMARY KEY (union_code, reconciliation_id, difference_number),
  constraint full_reconciliation_difference_difference_number_check CHECK ((difference_number > 0)),
  constraint full_reconciliation_difference_kind_check CHECK ((kind = ANY (ARRAY['onlyUnion'::text, 'onlyMunicipality'::text, 'content'::text, 'pending'::text, 'inTransit'::text])))
);

create table exchange.full_reconciliation_result (
  union_code smallint not null,
  reconciliation_id uuid not null,
  municipality_code text not null,
  own_count integer not null,
  other_count integer not null,
  messages integer not null,
  message_bytes bigint not null,
  differences integer not null,
  pending integer not null,
  sentence text not null,
  recorded_at timestamp with time zone not null,
  constraint full_reconciliation_result_pkey PRIMARY KEY (union_code, reconciliation_id)
);

create table exchange.layout_policy (
  union_code smallint not null,
  party text not null,
  layout text not null,
  version integer not null,
  policy jsonb not null,
  reason text not null,
  set_by text not null,
  recorded_at timestamp with time zone not null,
  constraint layout_policy_pkey PRIMARY KEY (union_code, party, layout, version),
  constraint layout_policy_version_check CHECK ((version > 0))
);

create table exchange.own_copy (
  union_code smallint not null,
  transmission_id uuid not null,
  municipality_code text not null,
  sealed_bytes bigint not null,
  sealed_sha256 text not null,
  sealed_path text not null,
  recorded_at timestamp with time zone not null,
  constraint own_copy_pkey PRIMARY KEY (union_code, transmission_id),
  constraint own_copy_sealed_sha256_check CHECK ((sealed_sha256 ~ '^[0-9a-f]{64}$'::text))
);

create table exchange.plausibility (
  union_code smallint not null,
  transmission_id uuid not null,
  municipality_code text not null,
  figures jsonb not null,
  doubts jsonb not null,
  recorded_at timestamp with time zone not null,
  constraint plausibility_pkey PRIMARY KEY (union_code, transmission_id)
);

create table exchange.quarantined_row (
  union_code smallint not null,
  transmission_id uuid not null,
  line integer not null,
  municipality_code text not null,
  because text not null,
  recorded_at timestamp with time zone not null,
  constraint quarantined_row_pkey PRIMARY KEY (union_code, transmission_id, line),
  constraint quarantined_row_because_check CHECK ((because = ANY (ARRAY['row'::text, 'household'::text]))),
  constraint quarantined_row_line_check CHECK ((line > 0))
);

create table exchange.receipt (
  union_code smallint not null,
  transmission_id uuid not null,
  kind text not null,
  municipality_code text not null,
  document text not null,
  recorded_at timestamp with time zone not null,
  constraint receipt_pkey PRIMARY KEY (union_code, transmission_id, kind),
  constraint receipt_kind_check CHECK ((kind = ANY (ARRAY['arrived'::text, 'accepted'::text, 'refused'::text])))
);

create table exchange.sequence_counter (
  union_code smallint not null,
  sender text not null,
  receiver text not null,
  layout text not null,
  municipality_code text not null,
  last_number integer not null,
  constraint sequence_counter_pkey PRIMARY KEY (union_code, sender, receiver, layout),
  constraint sequence_counter_last_number_check CHECK ((last_number > 0))
);

create table exchange.sequence_position (
  union_code smallint not null,
  sender text not null,
  receiver text not null,
  layout text not null,
  sequence_number integer not null,
  municipality_code text not null,
  transmission_id uuid,
  skipped_because text,
  constraint sequence_position_pkey PRIMARY KEY (union_code, sender, receiver, layout, sequence_number),
  constraint sequence_position_check CHECK (((transmission_id IS NULL) = (skipped_because IS NOT NULL))),
  constraint sequence_position_sequence_number_check CHECK ((sequence_number > 0))
);

create table exchange.transmission (
  union_code smallint not null,
  transmission_id uuid not null,
  municipality_code text not null,
  direction text not null,
  layout text not null,
  edition text not null,
  sender text not null,
  receiver text not null,
  sequence_number integer not null,
  corrects uuid,
  created_at timestamp with time zone not null,
  record_count integer not null,
  hash_totals jsonb not null,
  plain_bytes bigint not null,
  plain_sha256 text not null,
  sealed_bytes bigint not null,
  sealed_sha256 text not null,
  sealed_path text not null,
  manifest text not null,
  recorded_at timestamp with time zone not null,
  constraint transmission_pkey PRIMARY KEY (union_code, transmission_id),
  constraint transmission_check CHECK ((sender <> receiver)),
  constraint transmission_direction_check CHECK ((direction = ANY (ARRAY['sent'::text, 'received'::text]))),
  constraint transmission_plain_sha256_check CHECK ((plain_sha256 ~ '^[0-9a-f]{64}$'::text)),
  constraint transmission_receiver_check CHECK (((receiver ~~ 'union:__'::text) OR (receiver ~~ 'municipality:______'::text))),
  constraint transmission_record_count_check CHECK ((record_count >= 0)),
  constraint transmission_sealed_sha256_check CHECK ((sealed_sha256 ~ '^[0-9a-f]{64}$'::text)),
  constraint transmission_sender_check CHECK (((sender ~~ 'union:__'::text) OR (sender ~~ 'municipality:______'::text))),
  constraint transmission_sequence_number_check CHECK ((sequence_number > 0))
);

create table exchange.transmission_event (
  union_code smallint not null,
  transmission_id uuid not null,
  event_number integer not null,
  municipality_code text not null,
  state text not null,
  sentence text not null,
  recorded_at timestamp with time zone not null,
  constraint transmission_event_pkey PRIMARY KEY (union_code, transmission_id, event_number),
  constraint transmission_event_event_number_check CHECK ((event_number > 0)),
  constraint transmission_event_state_check CHECK ((state = ANY (ARRAY['prepared'::text, 'sent'::text, 'delivered'::text, 'waiting'::text, 'arrived'::text, 'held'::text, 'applied'::text, 'refused'::text])))
);

create table local_tax.change_counter (
  municipality_code text not null,
  union_code smallint not null,
  last_sequence bigint not null,
  constraint change_counter_pkey PRIMARY KEY (municipality_code),
  constraint change_counter_last_sequence_check CHECK ((last_sequence >= 0)),
  constraint change_counter_municipality_code_check CHECK ((char_length(municipality_code) = 6))
);

create table local_tax.income (
  municipality_code text not null,
  addressee_number text not null,
  fiscal_year smallint not null,
  union_code smallint not null,
  declaration_kind text not null,
  public_pension_yen bigint,
  salary_yen bigint,
  family_employee_salary_yen bigint,
  business_yen bigint,
  family_employee_deduction_yen bigint,
  capital_gains_yen bigint,
  capital_gains_special_deduction_yen bigint,
  other_yen bigint,
  corrected_on date,
  operated_on date not null,
  change_sequence bigint not null,
  taxable_income_yen bigint,
  head_adjustment_yen bigint,
  resident_tax_kind text,
  revenue_yen bigint,
  constraint income_pkey PRIMARY KEY (municipality_code, addressee_number, fiscal_year),
  constraint income_addressee_number_check CHECK (((char_length(addressee_number) >= 1) AND (char_length(addressee_number) <= 15))),
  constraint income_capital_gains_special_deduction_yen_check CHECK ((capital_gains_special_deduction_yen >= 0)),
  constraint income_capital_gains_yen_check CHECK ((capital_gains_yen >= 0)),
  constraint income_change_sequence_check CHECK ((change_sequence > 0)),
  constraint income_check CHECK (((declaration_kind <> '1'::text) OR (num_nonnulls(public_pension_yen, salary_yen, family_employee_salary_yen, business_yen, family_employee_deduction_yen, capital_gains_yen, capital_gains_special_deduction_yen, other_yen) = 8))),
  constraint income_declaration_kind_check CHECK ((declaration_kind = ANY (ARRAY['0'::text, '1'::text, '2'::text]))),
  constraint income_family_employee_deduction_yen_check CHECK ((family_employee_deduction_yen >= 0)),
  constraint income_family_employee_salary_yen_check CHECK ((family_employee_salary_yen >= 0)),
  constraint income_fiscal_year_check CHECK (((fiscal_year >= 2000) AND (fiscal_year <= 2999))),
  constraint income_head_adjustment_yen_check CHECK ((head_adjustment_yen >= 0)),
  constraint income_municipality_code_check CHECK ((char_length(municipality_code) = 6)),
  constraint income_public_pension_yen_check CHECK ((public_pension_yen >= 0)),
  constraint income_resident_tax_kind_check CHECK ((resident_tax_kind = ANY (ARRAY['0'::text, '1'::text, '2'::text]))),
  constraint income_revenue_yen_check CHECK ((revenue_yen >= 0)),
  constraint income_salary_yen_check CHECK ((salary_yen >= 0)),
  constraint income_taxable_income_yen_check CHECK ((taxable_income_yen >= 0))
);

create table local_tax.transfer (
  municipality_code text not null,
  transfer_number integer not null,
  union_code smallint not null,
  sequence_from bigint not null,
  sequence_until bigint not null,
  row_count integer not null,
  content_sha256 bytea not null,
  handed_over_at timestamp with time zone not null,
  constraint transfer_pkey PRIMARY KEY (municipality_code, transfer_number),
  constraint transfer_check CHECK ((sequence_from <= (sequence_until + 1))),
  constraint transfer_content_sha256_check CHECK ((octet_length(content_sha256) = 32)),
  constraint transfer_municipality_code_check CHECK ((char_length(municipality_code) = 6)),
  constraint transfer_row_count_check CHECK ((row_count >= 0)),
  constraint transfer_transfer_number_check CHECK ((transfer_number > 0))
);

create table municipal_system.certificate (
  subject_key bigint not null,
  municipality_code text not null,
  issue_number integer not null,
  union_code smallint not null,
  addressee_number text not null,
  insured_number text not null,
  certificate_kind text not null,
  issue_reason text not null,
  issue_manner text not null,
  insurer_number text not null,
  name text not null,
  name_kana text,
  birth_date date not null,
  sex text not null,
  acquired_on date not null,
  effective_from date not null,
  valid_until date not null,
  issued_on date not null,
  share_tenths text not null,
  limit_category text,
  limit_from date,
  long_hospitalisation_from date,
  dialysis_since date,
  haemophilia_since date,
  immunodeficiency_since date,
  special_treatment_from date,
  void_on date,
  void_reason text,
  delivery_state text not null,
  destination_kind text not null,
  support_kind text not null,
  non_disclosure text not null,
  self_provision_disabled text not null,
  sheet_code text,
  address_shown text not null,
  operated_on date not null,
  content_sha256 bytea not null,
  transmission_id uuid not null,
  sequence_number integer not null,
  constraint certificate_pkey PRIMARY KEY (subject_key, municipality_code, issue_number),
  constraint certificate_address_shown_check CHECK ((address_shown = ANY (ARRAY['0'::text, '1'::text]))),
  constraint certificate_addressee_number_check CHECK (((char_length(addressee_number) >= 1) AND (char_length(addressee_number) <= 15))),
  constraint certificate_certificate_kind_check CHECK ((certificate_kind = ANY (ARRAY['1'::text, '2'::text, '3'::text, '4'::text, '5'::text]))),
  constraint certificate_check CHECK (((subject_key / 100000000) = union_code)),
  constraint certificate_content_sha256_check CHECK ((octet_length(content_sha256) = 32)),
  constraint certificate_delivery_state_check CHECK ((delivery_state = ANY (ARRAY['0'::text, '1'::text, '2'::text, '3'::text, '4'::text]))),
  constraint certificate_destination_kind_check CHECK ((destination_kind = ANY (ARRAY['0'::text, '1'::text, '2'::text, '9'::text]))),
  constraint certificate_insured_number_check CHECK ((char_length(insured_number) = 8)),
  constraint certificate_insurer_number_check CHECK ((char_length(insurer_number) = 8)),
  constraint certificate_issue_manner_check CHECK ((issue_manner = ANY (ARRAY['1'::text, '2'::text]))),
  constraint certificate_issue_number_check CHECK ((issue_number > 0)),
  constraint certificate_municipality_code_check CHECK ((char_length(municipality_code) = 6)),
  constraint certificate_non_disclosure_check CHECK ((non_disclosure = ANY (ARRAY['0'::text, '1'::text]))),
  constraint certificate_self_provision_disabled_check CHECK ((self_provision_disabled = ANY (ARRAY['0'::text, '1'::text]))),
  constraint certificate_share_tenths_check CHECK ((share_tenths = ANY (ARRAY['1'::text, '2'::text, '3'::text]))),
  constraint certificate_support_kind_check CHECK ((support_kind = ANY (ARRAY['0'::text, '1'::text])))
);

create table municipal_system.conduct (
  municipality_code text not null,
  union_code smallint not null,
  conduct text not null,
  held_until date,
  since timestamp with time zone not null,
  constraint conduct_pkey PRIMARY KEY (municipality_code),
  constraint conduct_conduct_check CHECK ((conduct = ANY (ARRAY['late'::text, 'twice'::text, 'outOfOrder'::text, 'wrongTotals'::text, 'oldLayout'::text, 'silent'::text, 'off'::text]))),
  constraint conduct_municipality_code_check CHECK ((char_length(municipality_code) = 6))
);

create table municipal_system.disability_certification (
  municipality_code text not null,
  addressee_number text not null,
  certified_on date not null,
  union_code smallint not null,
  withdrawn_on date,
  constraint disability_certification_pkey PRIMARY KEY (municipality_code, addressee_number, certified_on),
  constraint disability_certification_addressee_number_check CHECK (((char_length(addressee_number) >= 1) AND (char_length(addressee_number) <= 15))),
  constraint disability_certification_municipality_code_check CHECK ((char_length(municipality_code) = 6))
);

create table municipal_system.document (
  subject_key bigint not null,
  municipality_code text not null,
  document_kind text not null,
  sheet_number integer not null,
  union_code smallint not null,
  bundle_id uuid,
  acquired_on date,
  expires_on date,
  fiscal_year smallint,
  revision smallint,
  source_sha256 bytea not null,
  sheet_sha256 bytea,
  stopped_because text,
  issued_on date not null,
  issued_at timestamp with time zone not null,
  issue_number integer,
  copy smallint default 1 not null,
  constraint document_pkey PRIMARY KEY (subject_key, municipality_code, document_kind, sheet_number),
  constraint document_check CHECK (((subject_key / 100000000) = union_code)),
  constraint document_check1 CHECK (((bundle_id IS NULL) = (stopped_because IS NOT NULL))),
  constraint document_check2 CHECK (((bundle_id IS NULL) = (sheet_sha256 IS NULL))),
  constraint document_copy_check CHECK ((copy > 0)),
  constraint document_document_kind_check CHECK ((document_kind = ANY (ARRAY['資格確認書'::text, '資格情報のお知らせ'::text, '保険料額決定通知書'::text]))),
  constraint document_issue_number_check CHECK ((issue_number > 0)),
  constraint document_municipality_code_check CHECK ((char_length(municipality_code) = 6)),
  constraint document_sheet_number_check CHECK ((sheet_number > 0)),
  constraint document_sheet_sha256_check CHECK ((octet_length(sheet_sha256) = 32)),
  constraint document_source_sha256_check CHECK ((octet_length(source_sha256) = 32))
);

create table municipal_system.export (
  municipality_code text not null,
  export_id uuid not null,
  union_code smallint not null,
  layout text not null,
  export_mode text not null,
  as_of date not null,
  row_count integer not null,
  transmission_id uuid not null,
  sequence_number integer not null,
  prepared_at timestamp with time zone not null,
  constraint export_pkey PRIMARY KEY (municipality_code, export_id),
  constraint export_export_mode_check CHECK ((export_mode = ANY (ARRAY['full'::text, 'difference'::text]))),
  constraint export_municipality_code_check CHECK ((char_length(municipality_code) = 6)),
  constraint export_row_count_check CHECK ((row_count >= 0)),
  constraint export_sequence_number_check CHECK ((sequence_number > 0))
);

create table municipal_system.exported_record (
  municipality_code text not null,
  layout text not null,
  addressee_number text not null,
  fiscal_year smallint not null,
  union_code smallint not null,
  content_sha256 bytea not null,
  export_id uuid not null,
  following boolean not null,
  constraint exported_record_pkey PRIMARY KEY (municipality_code, layout, addressee_number, fiscal_year),
  constraint exported_record_addressee_number_check CHECK (((char_length(addressee_number) >= 1) AND (char_length(addressee_number) <= 15))),
  constraint exported_record_content_sha256_check CHECK ((octet_length(content_sha256) = 32)),
  constraint exported_record_municipality_code_check CHECK ((char_length(municipality_code) = 6))
);

create table municipal_system.hand_over (
  subject_key bigint not null,
  municipality_code text not null,
  document_kind text not null,
  sheet_number integer not null,
  union_code smallint not null,
  handed_over_on date not null,
  method text not null,
  recorded_at timestamp with time zone not null,
  constraint hand_over_pkey PRIMARY KEY (subject_key, municipality_code, document_kind, sheet_number),
  constraint hand_over_check CHECK (((subject_key / 100000000) = union_code)),
  constraint hand_over_method_check CHECK ((method = ANY (ARRAY['窓口'::text, '郵送'::text]))),
  constraint hand_over_municipality_code_check CHECK ((char_length(municipality_code) = 6))
);

create table municipal_system.income (
  municipality_code text not null,
  addressee_number text not null,
  fiscal_year smallint not null,
  union_code smallint not null,
  declaration_kind text not null,
  public_pension_yen bigint,
  salary_yen bigint,
  family_employee_salary_yen bigint,
  business_yen bigint,
  family_employee_deduction_yen bigint,
  capital_gains_yen bigint,
  capital_gains_special_deduction_yen bigint,
  other_yen bigint,
  corrected_on date,
  operated_on date not null,
  content_sha256 bytea not null,
  transfer_number integer not null,
  taxable_income_yen bigint,
  head_adjustment_yen bigint,
  resident_tax_kind text,
  revenue_yen bigint,
  constraint income_pkey PRIMARY KEY (municipality_code, addressee_number, fiscal_year),
  constraint income_addressee_number_check CHECK (((char_length(addressee_number) >= 1) AND (char_length(addressee_number) <= 15))),
  constraint income_capital_gains_special_deduction_yen_check CHECK ((capital_gains_special_deduction_yen >= 0)),
  constraint income_capital_gains_yen_check CHECK ((capital_gains_yen >= 0)),
  constraint income_check CHECK (((declaration_kind <> '1'::text) OR (num_nonnulls(public_pension_yen, salary_yen, family_employee_salary_yen, business_yen, family_employee_deduction_yen, capital_gains_yen, capital_gains_special_deduction_yen, other_yen) = 8))),
  constraint income_content_sha256_check CHECK ((octet_length(content_sha256) = 32)),
  constraint income_declaration_kind_check CHECK ((declaration_kind = ANY (ARRAY['0'::text, '1'::text, '2'::text]))),
  constraint income_family_employee_deduction_yen_check CHECK ((family_employee_deduction_yen >= 0)),
  constraint income_family_employee_salary_yen_check CHECK ((family_employee_salary_yen >= 0)),
  constraint income_fiscal_year_check CHECK (((fiscal_year >= 2000) AND (fiscal_year <= 2999))),
  constraint income_head_adjustment_yen_check CHECK ((head_adjustment_yen >= 0)),
  constraint income_municipality_code_check CHECK ((char_length(municipality_code) = 6)),
  constraint income_public_pension_yen_check CHECK ((public_pension_yen >= 0)),
  constraint income_resident_tax_kind_check CHECK ((resident_tax_kind = ANY (ARRAY['0'::text, '1'::text, '2'::text]))),
  constraint income_revenue_yen_check CHECK ((revenue_yen >= 0)),
  constraint income_salary_yen_check CHECK ((salary_yen >= 0)),
  constraint income_taxable_income_yen_check CHECK ((taxable_income_yen >= 0)),
  constraint income_transfer_number_check CHECK ((transfer_number > 0))
);

create table municipal_system.insured_entry_given (
  municipality_code text not null,
  addressee_number text not null,
  union_code smallint not null,
  content_sha256 bytea not null,
  transfer_number integer not null,
  constraint insured_entry_given_pkey PRIMARY KEY (municipality_code, addressee_number),
  constraint insured_entry_given_addressee_number_check CHECK (((char_length(addressee_number) >= 1) AND (char_length(addressee_number) <= 15))),
  constraint insured_entry_given_content_sha256_check CHECK ((octet_length(content_sha256) = 32)),
  constraint insured_entry_given_municipality_code_check CHECK ((char_length(municipality_code) = 6)),
  constraint insured_entry_given_transfer_number_check CHECK ((transfer_number > 0))
);

create table municipal_system.insured_person (
  subject_key bigint not null,
  municipality_code text not null,
  acquired_on date not null,
  union_code smallint not null,
  insured_number text not null,
  insurer_number text not null,
  addressee_number text not null,
  number_token uuid,
  household_number text,
  name text not null,
  name_kana text,
  birth_date date,
  sex text,
  acquisition_reason text not null,
  lost_on date,
  loss_reason text,
  change_kind text not null,
  support_kind text not null,
  operated_on date not null,
  content_sha256 bytea not null,
  transmission_id uuid not null,
  sequence_number integer not null,
  non_disclosure text default '0'::text not null,
  self_provision_disabled text default '0'::text not null,
  constraint insured_person_pkey PRIMARY KEY (subject_key, municipality_code, acquired_on),
  constraint insured_person_addressee_number_check CHECK (((char_length(addressee_number) >= 1) AND (char_length(addressee_number) <= 15))),
  constraint insured_person_change_kind_check CHECK ((change_kind = ANY (ARRAY['1'::text, '2'::text, '3'::text]))),
  constraint insured_person_check CHECK (((subject_key / 100000000) = union_code)),
  constraint insured_person_content_sha256_check CHECK ((octet_length(content_sha256) = 32)),
  constraint insured_person_insured_number_check CHECK ((char_length(insured_number) = 8)),
  constraint insured_person_insurer_number_check CHECK ((char_length(insurer_number) = 8)),
  constraint insured_person_municipality_code_check CHECK ((char_length(municipality_code) = 6)),
  constraint insured_person_non_disclosure_check CHECK ((non_disclosure = ANY (ARRAY['0'::text, '1'::text]))),
  constraint insured_person_self_provision_disabled_check CHECK ((self_provision_disabled = ANY (ARRAY['0'::text, '1'::text]))),
  constraint insured_person_support_kind_check CHECK ((support_kind = ANY (ARRAY['0'::text, '1'::text])))
);

create table municipal_system.insured_transfer (
  municipality_code text not null,
  transfer_number integer not null,
  union_code smallint not null,
  row_count integer not null,
  content_sha256 bytea not null,
  handed_over_at timestamp with time zone not null,
  constraint insured_transfer_pkey PRIMARY KEY (municipality_code, transfer_number),
  constraint insured_transfer_content_sha256_check CHECK ((octet_length(content_sha256) = 32)),
  constraint insured_transfer_municipality_code_check CHECK ((char_length(municipality_code) = 6)),
  constraint insured_transfer_row_count_check CHECK ((row_count >= 0)),
  constraint insured_transfer_transfer_number_check CHECK ((transfer_number > 0))
);

create table municipal_system.medium_conduct (
  municipality_code text not null,
  medium_name text not null,
  union_code smallint not null,
  conduct text not null,
  held_until date,
  overtaken boolean not null,
  constraint medium_conduct_pkey PRIMARY KEY (municipality_code, medium_name),
  constraint medium_conduct_conduct_check CHECK ((conduct = ANY (ARRAY['late'::text, 'twice'::text, 'outOfOrder'::text, 'wrongTotals'::text, 'oldLayout'::text, 'silent'::text]))),
  constraint medium_conduct_municipality_code_check CHECK ((char_length(municipality_code) = 6))
);

create table municipal_system.non_registered_event (
  municipality_code text not null,
  event_id uuid not null,
  union_code smallint not null,
  event_kind text not null,
  addressee_number text not null,
  occurred_on date not null,
  request_sha256 bytea not null,
  before jsonb,
  after jsonb not null,
  accepted_on date not null,
  accepted_at timestamp with time zone not null,
  constraint non_registered_event_pkey PRIMARY KEY (municipality_code, event_id),
  constraint non_registered_event_addressee_number_check CHECK (((char_length(addressee_number) >= 1) AND (char_length(addressee_number) <= 15))),
  constraint non_registered_event_event_kind_check CHECK ((event_kind = ANY (ARRAY['住登外登録'::text, '住登外変更'::text, '住登外消除'::text]))),
  constraint non_registered_event_municipality_code_check CHECK ((char_length(municipality_code) = 6)),
  constraint non_registered_event_request_sha256_check CHECK ((octet_length(request_sha256) = 32))
);

create table municipal_system.non_registered_person (
  municipality_code text not null,
  addressee_number text not null,
  union_code smallint not null,
  running_number integer not null,
  number_token uuid,
  name text not null,
  name_kana text,
  birth_date date not null,
  birth_date_unknown text,
  birth_date_text text,
  sex text not null,
  registered_at_municipality text,
  postal_code text,
  prefecture_name text,
  municipality_name text,
  town_name text,
  house_number text,
  building text,
  non_registered_kind text not null,
  applies_from date,
  applies_until date,
  representative text not null,
  merged_into_addressee_number text,
  support_kind text not null,
  support_from date,
  support_until date,
  operated_on date not null,
  content_sha256 bytea not null,
  facility_kind text,
  facility_name text,
  removed_on date,
  non_disclosure text default '0'::text not null,
  self_provision_disabled text default '0'::text not null,
  constraint non_registered_person_pkey PRIMARY KEY (municipality_code, addressee_number),
  constraint non_registered_person_addressee_number_check CHECK (((char_length(addressee_number) >= 1) AND (char_length(addressee_number) <= 15))),
  constraint non_registered_person_content_sha256_check CHECK ((octet_length(content_sha256) = 32)),
  constraint non_registered_person_municipality_code_check CHECK ((char_length(municipality_code) = 6)),
  constraint non_registered_person_non_disclosure_check CHECK ((non_disclosure = ANY (ARRAY['0'::text, '1'::text]))),
  constraint non_registered_person_non_registered_kind_check CHECK ((non_registered_kind = ANY (ARRAY['1'::text, '2'::text]))),
  constraint non_registered_person_representative_check CHECK ((representative = ANY (ARRAY['0'::text, '1'::text]))),
  constraint non_registered_person_running_number_check CHECK (((running_number >= 1) AND (running_number <= 9999999))),
  constraint non_registered_person_self_provision_disabled_check CHECK ((self_provision_disabled = ANY (ARRAY['0'::text, '1'::text]))),
  constraint non_registered_person_support_kind_check CHECK ((support_kind = ANY (ARRAY['0'::text, '1'::text])))
);

create table municipal_system.premium (
  subject_key bigint not null,
  municipality_code text not null,
  fiscal_year smallint not null,
  revision smallint not null,
  union_code smallint not null,
  addressee_number text not null,
  insured_number text not null,
  decided_on date not null,
  decision_reason text not null,
  months smallint not null,
  reduction_tenths text not null,
  base_yen bigint,
  judged_income_yen bigint,
  threshold_yen bigint,
  judged_insured smallint,
  judged_earners smallint,
  former_dependent text,
  medical_per_capita_full_yen bigint,
  medical_per_capita_yen bigint,
  medical_rate_percent text,
  medical_income_based_yen bigint,
  medical_cap_yen bigint,
  medical_over_cap_yen bigint,
  medical_annual_yen bigint,
  child_per_capita_full_yen bigint,
  child_per_capita_yen bigint,
  child_rate_percent text,
  child_income_based_yen bigint,
  child_cap_yen bigint,
  child_over_cap_yen bigint,
  child_annual_yen bigint,
  premium_yen bigint not null,
  law_edition text not null,
  operated_on date not null,
  content_sha256 bytea not null,
  transmission_id uuid not null,
  sequence_number integer not null,
  constraint premium_pkey PRIMARY KEY (subject_key, municipality_code, fiscal_year, revision),
  constraint premium_addressee_number_check CHECK (((char_length(addressee_number) >= 1) AND (char_length(addressee_number) <= 15))),
  constraint premium_check CHECK (((subject_key / 100000000) = union_code)),
  constraint premium_content_sha256_check CHECK ((octet_length(content_sha256) = 32)),
  constraint premium_fiscal_year_check CHECK (((fiscal_year >= 2000) AND (fiscal_year <= 2999))),
  constraint premium_insured_number_check CHECK ((char_length(insured_number) = 8)),
  constraint premium_months_check CHECK (((months >= 0) AND (months <= 12))),
  constraint premium_municipality_code_check CHECK ((char_length(municipality_code) = 6)),
  constraint premium_premium_yen_check CHECK ((premium_yen >= 0)),
  constraint premium_reduction_tenths_check CHECK ((reduction_tenths = ANY (ARRAY['0'::text, '2'::text, '5'::text, '7'::text]))),
  constraint premium_revision_check CHECK ((revision > 0))
);

create table municipal_system.print_bundle (
  municipality_code text not null,
  bundle_id uuid not null,
  union_code smallint not null,
  document_kind text not null,
  sheet_from integer not null,
  sheet_until integer not null,
  sheet_count integer not null,
  page_count integer not null,
  pdf_sha256 bytea not null,
  printed_on date not null,
  printed_at timestamp with time zone not null,
  constraint print_bundle_pkey PRIMARY KEY (municipality_code, bundle_id),
  constraint print_bundle_municipality_code_check CHECK ((char_length(municipality_code) = 6)),
  constraint print_bundle_page_count_check CHECK ((page_count > 0)),
  constraint print_bundle_pdf_sha256_check CHECK ((octet_length(pdf_sha256) = 32)),
  constraint print_bundle_sheet_count_check CHECK ((sheet_count > 0))
);

create table municipal_system.received_record (
  municipality_code text not null,
  transmission_id uuid not null,
  line_number integer not null,
  union_code smallint not null,
  layout text not null,
  content_sha256 bytea not null,
  changed boolean not null,
  received_at timestamp with time zone not null,
  addressee_number text not null,
  constraint received_record_pkey PRIMARY KEY (municipality_code, transmission_id, line_number),
  constraint received_record_addressee_number_check CHECK (((char_length(addressee_number) >= 1) AND (char_length(addressee_number) <= 15))),
  constraint received_record_content_sha256_check CHECK ((octet_length(content_sha256) = 32)),
  constraint received_record_line_number_check CHECK ((line_number > 0)),
  constraint received_record_municipality_code_check CHECK ((char_length(municipality_code) = 6))
);

create table municipal_system.residence_provision (
  municipality_code text not null,
  addressee_number text not null,
  began_on date not null,
  union_code smallint not null,
  insured_number text,
  name text not null,
  name_kana text,
  birth_date date not null,
  sex text not null,
  provision_kind text not null,
  insurer_union text not null,
  former_insurer_number text,
  ended_on date,
  facility_kind text,
  facility_name text,
  facility_address text,
  entered_on date,
  left_on date,
  change_kind text not null,
  support_kind text not null,
  operated_on date not null,
  content_sha256 bytea not null,
  transmission_id uuid not null,
  sequence_number integer not null,
  constraint residence_provision_pkey PRIMARY KEY (municipality_code, addressee_number, began_on),
  constraint residence_provision_addressee_number_check CHECK (((char_length(addressee_number) >= 1) AND (char_length(addressee_number) <= 15))),
  constraint residence_provision_change_kind_check CHECK ((change_kind = ANY (ARRAY['1'::text, '2'::text, '3'::text, '4'::text]))),
  constraint residence_provision_check CHECK ((left_on >= entered_on)),
  constraint residence_provision_check1 CHECK (
CASE change_kind
    WHEN '4'::text THEN (ended_on = began_on)
    WHEN '3'::text THEN (ended_on > began_on)
    ELSE (ended_on IS NULL)
END),
  constraint residence_provision_check2 CHECK (((support_kind = '0'::text) OR ((facility_name IS NULL) AND (facility_address IS NULL)))),
  constraint residence_provision_content_sha256_check CHECK ((octet_length(content_sha256) = 32)),
  constraint residence_provision_insured_number_check CHECK ((char_length(insured_number) = 8)),
  constraint residence_provision_insurer_union_check CHECK ((char_length(insurer_union) = 2)),
  constraint residence_provision_municipality_code_check CHECK ((char_length(municipality_code) = 6)),
  constraint residence_provision_provision_kind_check CHECK ((provision_kind = ANY (ARRAY['1'::text, '2'::text, '3'::text]))),
  constraint residence_provision_support_kind_check CHECK ((support_kind = ANY (ARRAY['0'::text, '1'::text])))
);

create table municipal_system.resident (
  municipality_code text not null,
  addressee_number text not null,
  union_code smallint not null,
  running_number integer not null,
  household_number text not null,
  number_token uuid,
  name text not null,
  name_kana text,
  alias text,
  former_name text,
  birth_date date not null,
  birth_date_unknown text,
  birth_date_text text,
  sex text not null,
  relationship text not null,
  postal_code text,
  town_code text,
  prefecture_name text,
  municipality_name text,
  town_name text,
  house_number text,
  building text,
  resident_kind text not null,
  stay_until date,
  resident_from date not null,
  status text not null,
  changed_on date not null,
  change_reason text not null,
  removed_on date,
  moved_from_municipality text,
  moved_to_municipality text,
  support_kind text not null,
  support_from date,
  support_until date,
  exclusion_kind text not null,
  exclusion_from date,
  exclusion_until date,
  operated_on date not null,
  content_sha256 bytea not null,
  transfer_number integer not null,
  residence_status text,
  non_disclosure text default '0'::text not null,
  self_provision_disabled text default '0'::text not null,
  constraint resident_pkey PRIMARY KEY (municipality_code, addressee_number),
  constraint resident_addressee_number_check CHECK (((char_length(addressee_number) >= 1) AND (char_length(addressee_number) <= 15))),
  constraint resident_content_sha256_check CHECK ((octet_length(content_sha256) = 32)),
  constraint resident_exclusion_kind_check CHECK ((exclusion_kind = ANY (ARRAY['0'::text, '1'::text, '2'::text]))),
  constraint resident_municipality_code_check CHECK ((char_length(municipality_code) = 6)),
  constraint resident_non_disclosure_check CHECK ((non_disclosure = ANY (ARRAY['0'::text, '1'::text]))),
  constraint resident_resident_kind_check CHECK ((resident_kind = ANY (ARRAY['1'::text, '2'::text]))),
  constraint resident_running_number_check CHECK (((running_number >= 1) AND (running_number <= 9999999))),
  constraint resident_self_provision_disabled_check CHECK ((self_provision_disabled = ANY (ARRAY['0'::text, '1'::text]))),
  constraint resident_status_check CHECK ((status = ANY (ARRAY['1'::text, '2'::text]))),
  constraint resident_support_kind_check CHECK ((support_kind = ANY (ARRAY['0'::text, '1'::text]))),
  constraint resident_transfer_number_check CHECK ((transfer_number > 0))
);

create table municipal_system.sheet_counter (
  municipality_code text not null,
  document_kind text not null,
  union_code smallint not null,
  last_sheet_number integer not null,
  constraint sheet_counter_pkey PRIMARY KEY (municipality_code, document_kind),
  constraint sheet_counter_last_sheet_number_check CHECK ((last_sheet_number >= 0)),
  constraint sheet_counter_municipality_code_check CHECK ((char_length(municipality_code) = 6))
);

create table municipal_system.sheet_outcome (
  subject_key bigint not null,
  municipality_code text not null,
  document_kind text not null,
  sheet_number integer not null,
  union_code smallint not null,
  outcome text not null,
  confirmed_on date not null,
  confirmed_at timestamp with time zone not null,
  constraint sheet_outcome_pkey PRIMARY KEY (subject_key, municipality_code, document_kind, sheet_number),
  constraint sheet_outcome_check CHECK (((subject_key / 100000000) = union_code)),
  constraint sheet_outcome_municipality_code_check CHECK ((char_length(municipality_code) = 6)),
  constraint sheet_outcome_outcome_check CHECK ((outcome = ANY (ARRAY['印刷済み'::text, '書き損じ'::text])))
);

create table municipal_system.transfer (
  municipality_code text not null,
  step text not null,
  transfer_number integer not null,
  union_code smallint not null,
  row_count integer not null,
  changed_count integer not null,
  content_sha256 bytea not null,
  received_at timestamp with time zone not null,
  constraint transfer_pkey PRIMARY KEY (municipality_code, step, transfer_number),
  constraint transfer_changed_count_check CHECK ((changed_count >= 0)),
  constraint transfer_content_sha256_check CHECK ((octet_length(content_sha256) = 32)),
  constraint transfer_municipality_code_check CHECK ((char_length(municipality_code) = 6)),
  constraint transfer_row_count_check CHECK ((row_count >= 0)),
  constraint transfer_step_check CHECK ((step = ANY (ARRAY['2-1'::text, '4-1'::text]))),
  constraint transfer_transfer_number_check CHECK ((transfer_number > 0))
);

create table reference.municipality (
  municipality_code text not null,
  union_code smallint not null,
  name text not null,
  kana text not null,
  insurer_number text not null,
  insurer_number_unverified boolean not null,
  constraint municipality_pkey PRIMARY KEY (municipality_code),
  constraint municipality_union_code_municipality_code_key UNIQUE (union_code, municipality_code),
  constraint municipality_check CHECK ((("left"(municipality_code, 2))::smallint = union_code)),
  constraint municipality_insurer_number_check CHECK ((insurer_number ~ '^[0-9]{8}$'::text)),
  constraint municipality_municipality_code_check CHECK ((municipality_code ~ '^[0-9]{6}$'::text))
);

create table reference.union_body (
  union_code smallint not null,
  name text not null,
  constraint union_body_pkey PRIMARY KEY (union_code),
  constraint union_body_union_code_check CHECK (((union_code >= 1) AND (union_code <= 47)))
);

create table resident_register.change_counter (
  municipality_code text not null,
  union_code smallint not null,
  last_sequence bigint not null,
  constraint change_counter_pkey PRIMARY KEY (municipality_code),
  constraint change_counter_last_sequence_check CHECK ((last_sequence >= 0)),
  constraint change_counter_municipality_code_check CHECK ((char_length(municipality_code) = 6))
);

create table resident_register.insured_entry (
  municipality_code text not null,
  addressee_number text not null,
  acquired_on date not null,
  union_code smallint not null,
  lost_on date,
  operated_on date not null,
  transfer_number integer not null,
  constraint insured_entry_pkey PRIMARY KEY (municipality_code, addressee_number, acquired_on),
  constraint insured_entry_addressee_number_check CHECK (((char_length(addressee_number) >= 1) AND (char_length(addressee_number) <= 15))),
  constraint insured_entry_municipality_code_check CHECK ((char_length(municipality_code) = 6)),
  constraint insured_entry_transfer_number_check CHECK ((transfer_number > 0))
);

create table resident_register.insured_transfer (
  municipality_code text not null,
  transfer_number integer not null,
  union_code smallint not null,
  row_count integer not null,
  changed_count integer not null,
  content_sha256 bytea not null,
  received_at timestamp with time zone not null,
  constraint insured_transfer_pkey PRIMARY KEY (municipality_code, transfer_number),
  constraint insured_transfer_changed_count_check CHECK ((changed_count >= 0)),
  constraint insured_transfer_content_sha256_check CHECK ((octet_length(content_sha256) = 32)),
  constraint insured_transfer_municipality_code_check CHECK ((char_length(municipality_code) = 6)),
  constraint insured_transfer_row_count_check CHECK ((row_count >= 0)),
  constraint insured_transfer_transfer_number_check CHECK ((transfer_number > 0))
);

create table resident_register.resident (
  municipality_code text not null,
  addressee_number text not null,
  union_code smallint not null,
  running_number integer not null,
  household_number text not null,
  number_token uuid,
  name text not null,
  name_kana text,
  alias text,
  former_name text,
  birth_date date not null,
  birth_date_unknown text,
  birth_date_text text,
  sex text not null,
  relationship text not null,
  postal_code text,
  town_code text,
  prefecture_name text,
  municipality_name text,
  town_name text,
  house_number text,
  building text,
  resident_kind text not null,
  stay_until date,
  resident_from date not null,
  status text not null,
  changed_on date not null,
  change_reason text not null,
  removed_on date,
  moved_from_municipality text,
  moved_to_municipality text,
  support_kind text not null,
  support_from date,
  support_until date,
  exclusion_kind text not null,
  exclusion_from date,
  exclusion_until date,
  operated_on date not null,
  change_sequence bigint not null,
  residence_status text,
  non_disclosure text default '0'::text not null,
  self_provision_disabled text default '0'::text not null,
  constraint resident_pkey PRIMARY KEY (municipality_code, addressee_number),
  constraint resident_addressee_number_check CHECK (((char_length(addressee_number) >= 1) AND (char_length(addressee_number) <= 15))),
  constraint resident_change_sequence_check CHECK ((change_sequence > 0)),
  constraint resident_exclusion_kind_check CHECK ((exclusion_kind = ANY (ARRAY['0'::text, '1'::text, '2'::text]))),
  constraint resident_municipality_code_check CHECK ((char_length(municipality_code) = 6)),
  constraint resident_non_disclosure_check CHECK ((non_disclosure = ANY (ARRAY['0'::text, '1'::text]))),
  constraint resident_resident_kind_check CHECK ((resident_kind = ANY (ARRAY['1'::text, '2'::text]))),
  constraint resident_running_number_check CHECK (((running_number >= 1) AND (running_number <= 9999999))),
  constraint resident_self_provision_disabled_check CHECK ((self_provision_disabled = ANY (ARRAY['0'::text, '1'::text]))),
  constraint resident_status_check CHECK ((status = ANY (ARRAY['1'::text, '2'::text]))),
  constraint resident_support_kind_check CHECK ((support_kind = ANY (ARRAY['0'::text, '1'::text])))
);

create table resident_register.resident_change (
  municipality_code text not null,
  event_id uuid not null,
  addressee_number text not null,
  union_code smallint not null,
  change_sequence bigint not null,
  before jsonb,
  after jsonb not null,
  constraint resident_change_pkey PRIMARY KEY (municipality_code, event_id, addressee_number),
  constraint resident_change_addressee_number_check CHECK (((char_length(addressee_number) >= 1) AND (char_length(addressee_number) <= 15))),
  constraint resident_change_change_sequence_check CHECK ((change_sequence > 0)),
  constraint resident_change_municipality_code_check CHECK ((char_length(municipality_code) = 6))
);

create table resident_register.resident_event (
  municipality_code text not null,
  event_id uuid not null,
  union_code smallint not null,
  event_kind text not null,
  occurred_on date not null,
  addressee_numbers text[] not null,
  request_sha256 bytea not null,
  accepted_on date not null,
  accepted_at timestamp with time zone not null,
  cancels uuid,
  reason text,
  constraint resident_event_pkey PRIMARY KEY (municipality_code, event_id),
  constraint resident_event_municipality_code_check CHECK ((char_length(municipality_code) = 6)),
  constraint resident_event_request_sha256_check CHECK ((octet_length(request_sha256) = 32))
);

create table resident_register.transfer (
  municipality_code text not null,
  transfer_number integer not null,
  union_code smallint not null,
  sequence_from bigint not null,
  sequence_until bigint not null,
  row_count integer not null,
  content_sha256 bytea not null,
  handed_over_at timestamp with time zone not null,
  constraint transfer_pkey PRIMARY KEY (municipality_code, transfer_number),
  constraint transfer_check CHECK ((sequence_from <= (sequence_until + 1))),
  constraint transfer_content_sha256_check CHECK ((octet_length(content_sha256) = 32)),
  constraint transfer_municipality_code_check CHECK ((char_length(municipality_code) = 6)),
  constraint transfer_row_count_check CHECK ((row_count >= 0)),
  constraint transfer_transfer_number_check CHECK ((transfer_number > 0))
);

create table store.migration (
  number integer not null,
  name text not null,
  sha256 text not null,
  applied_at timestamp with time zone not null,
  constraint migration_pkey PRIMARY KEY (number)
);

create table vault.blind_index (
  blind_index bytea not null,
  union_code smallint not null,
  holder text not null,
  index_key_version smallint not null,
  token uuid not null,
  indexed_at timestamp with time zone not null,
  constraint blind_index_pkey PRIMARY KEY (blind_index),
  constraint blind_index_blind_index_check CHECK ((octet_length(blind_index) = 32)),
  constraint blind_index_holder_check CHECK (((holder ~~ 'union:__'::text) OR (holder ~~ 'municipality:______'::text))),
  constraint blind_index_index_key_version_check CHECK ((index_key_version > 0))
);

create table vault.key_version (
  kind text not null,
  version smallint not null,
  check_value bytea not null,
  registered_at timestamp with time zone not null,
  constraint key_version_pkey PRIMARY KEY (kind, version),
  constraint key_version_check_value_check CHECK ((octet_length(check_value) = 16)),
  constraint key_version_kind_check CHECK ((kind = ANY (ARRAY['seal'::text, 'index'::text]))),
  constraint key_version_version_check CHECK ((version > 0))
);

create table vault.sealed_number (
  token uuid not null,
  union_code smallint not null,
  holder text not null,
  seal_key_version smallint not null,
  sealed bytea not null,
  sealed_at timestamp with time zone not null,
  constraint sealed_number_pkey PRIMARY KEY (token),
  constraint sealed_number_holder_check CHECK (((holder ~~ 'union:__'::text) OR (holder ~~ 'municipality:______'::text))),
  constraint sealed_number_seal_key_version_check CHECK ((seal_key_version > 0)),
  constraint sealed_number_sealed_check CHECK ((octet_length(sealed) = 41))
);

create table work.clock (
  id smallint not null,
  today date not null,
  opened_at timestamp with time zone not null,
  constraint clock_pkey PRIMARY KEY (id),
  constraint clock_id_check CHECK ((id = 1))
);

create table work.job (
  job_id bigint generated always as identity not null,
  kind text not null,
  title text not null,
  arguments jsonb not null,
  dedupe_key text,
  queue text,
  scope_union text not null,
  scope_municipality text not null,
  requested_by text not null,
  requested_at timestamp with time zone not null,
  due_at timestamp with time zone not null,
  state text not null,
  step_index integer not null,
  step_name text not null,
  checkpoint jsonb,
  done bigint not null,
  total bigint,
  sentence text not null,
  cancel_requested boolean not null,
  attempt integer not null,
  attempts_max integer not null,
  backoff_until timestamp with time zone,
  worker text,
  lease_until timestamp with time zone,
  failure text,
  failure_place text,
  result jsonb,
  started_at timestamp with time zone,
  ended_at timestamp with time zone,
  constraint job_pkey PRIMARY KEY (job_id),
  constraint job_kind_dedupe_key_key UNIQUE (kind, dedupe_key),
  constraint job_check CHECK (((state = 'running'::text) = ((worker IS NOT NULL) AND (lease_until IS NOT NULL)))),
  constraint job_check1 CHECK (((state = ANY (ARRAY['done'::text, 'failed'::text, 'cancelled'::text])) = (ended_at IS NOT NULL))),
  constraint job_scope_municipality_check CHECK ((scope_municipality ~ '^([0-9]{6}|\*)$'::text)),
  constraint job_scope_union_check CHECK ((scope_union ~ '^[0-9]{2}$'::text)),
  constraint job_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'running'::text, 'done'::text, 'failed'::text, 'cancelled'::text])))
);

alter table exchange.admission add constraint admission_union_code_transmission_id_fkey FOREIGN KEY (union_code, transmission_id) REFERENCES exchange.transmission(union_code, transmission_id);
alter table exchange.custody_event add constraint custody_event_union_code_transmission_id_fkey FOREIGN KEY (union_code, transmission_id) REFERENCES exchange.transmission(union_code, transmission_id);
alter table exchange.finding add constraint finding_union_code_transmission_id_fkey FOREIGN KEY (union_code, transmission_id) REFERENCES exchange.transmission(union_code, transmission_id);
alter table exchange.full_reconciliation_difference add constraint full_reconciliation_differenc_union_code_reconciliation_id_fkey FOREIGN KEY (union_code, reconciliation_id) REFERENCES exchange.full_reconciliation(union_code, reconciliation_id);
alter table exchange.full_reconciliation_result add constraint full_reconciliation_result_union_code_reconciliation_id_fkey FOREIGN KEY (union_code, reconciliation_id) REFERENCES exchange.full_reconciliation(union_code, reconciliation_id);
alter table exchange.own_copy add constraint own_copy_union_code_transmission_id_fkey FOREIGN KEY (union_code, transmission_id) REFERENCES exchange.transmission(union_code, transmission_id);
alter table exchange.plausibility add constraint plausibility_union_code_transmission_id_fkey FOREIGN KEY (union_code, transmission_id) REFERENCES exchange.transmission(union_code, transmission_id);
alter table exchange.quarantined_row add constraint quarantined_row_union_code_transmission_id_fkey FOREIGN KEY (union_code, transmission_id) REFERENCES exchange.transmission(union_code, transmission_id);
alter table exchange.receipt add constraint receipt_union_code_transmission_id_fkey FOREIGN KEY (union_code, transmission_id) REFERENCES exchange.transmission(union_code, transmission_id);
alter table exchange.sequence_position add constraint sequence_position_union_code_transmission_id_fkey FOREIGN KEY (union_code, transmission_id) REFERENCES exchange.transmission(union_code, transmission_id);
alter table exchange.transmission_event add constraint transmission_event_union_code_transmission_id_fkey FOREIGN KEY (union_code, transmission_id) REFERENCES exchange.transmission(union_code, transmission_id);
alter table municipal_system.hand_over add constraint hand_over_subject_key_municipality_code_document_kind_shee_fkey FOREIGN KEY (subject_key, municipality_code, document_kind, sheet_number) REFERENCES municipal_system.document(subject_key, municipality_code, document_kind, sheet_number);
alter table municipal_system.sheet_outcome add constraint sheet_outcome_subject_key_municipality_code_document_kind__fkey FOREIGN KEY (subject_key, municipality_code, document_kind, sheet_number) REFERENCES municipal_system.document(subject_key, municipality_code, document_kind, sheet_number);
alter table reference.municipality add constraint municipality_union_code_fkey FOREIGN KEY (union_code) REFERENCES reference.union_body(union_code);

CREATE INDEX bulk_keys_range ON audit.bulk_keys USING btree (union_code, key_kind, key_first, key_last);
CREATE INDEX entry_recorded ON audit.entry USING btree (union_code, recorded_at);
CREATE INDEX full_reconciliation_day ON exchange.full_reconciliation USING btree (union_code, municipality_code, layout, day);
CREATE INDEX transmission_recorded ON exchange.transmission USING btree (union_code, recorded_at);
CREATE INDEX transmission_sequence ON exchange.transmission USING btree (union_code, sender, receiver, layout, sequence_number);
CREATE INDEX transmission_event_applied ON exchange.transmission_event USING btree (recorded_at) WHERE (state = 'applied'::text);
CREATE UNIQUE INDEX income_change_sequence ON local_tax.income USING btree (municipality_code, change_sequence);
CREATE INDEX document_sheet ON municipal_system.document USING btree (municipality_code, document_kind, sheet_number);
CREATE INDEX insured_person_addressee ON municipal_system.insured_person USING btree (municipality_code, addressee_number);
CREATE INDEX non_registered_event_addressee ON municipal_system.non_registered_event USING btree (municipality_code, addressee_number);
CREATE INDEX resident_birth_date ON municipal_system.resident USING btree (municipality_code, birth_date);
CREATE INDEX resident_household ON municipal_system.resident USING btree (municipality_code, household_number);
CREATE UNIQUE INDEX resident_change_sequence ON resident_register.resident USING btree (municipality_code, change_sequence);
CREATE INDEX resident_household ON resident_register.resident USING btree (municipality_code, household_number);
CREATE INDEX resident_change_addressee ON resident_register.resident_change USING btree (municipality_code, addressee_number, change_sequence);
CREATE INDEX job_queue ON work.job USING btree (queue, job_id) WHERE (state = ANY (ARRAY['waiting'::text, 'running'::text]));
CREATE INDEX job_scope ON work.job USING btree (scope_union, scope_municipality, job_id);
CREATE INDEX job_waiting ON work.job USING btree (job_id) WHERE (state = ANY (ARRAY['waiting'::text, 'running'::text]));


create view municipal_system.destination with (security_invoker=true) as
 SELECT resident.municipality_code,
    resident.addressee_number,
    resident.postal_code,
    resident.prefecture_name,
    resident.municipality_name,
    resident.town_name,
    resident.house_number,
    resident.building,
    resident.status,
    resident.change_reason,
    resident.non_disclosure,
        CASE
            WHEN (resident.birth_date_unknown = '1'::text) THEN resident.birth_date_text
            ELSE NULL::text
        END AS birth_date_text
   FROM municipal_system.resident
UNION ALL
 SELECT non_registered_person.municipality_code,
    non_registered_person.addressee_number,
    non_registered_person.postal_code,
    non_registered_person.prefecture_name,
    non_registered_person.municipality_name,
    non_registered_person.town_name,
    non_registered_person.house_number,
    non_registered_person.building,
    '1'::text AS status,
    '00'::text AS change_reason,
    non_registered_person.non_disclosure,
        CASE
            WHEN (non_registered_person.birth_date_unknown = '1'::text) THEN non_registered_person.birth_date_text
            ELSE NULL::text
        END AS birth_date_text
   FROM municipal_system.non_registered_person;

alter table audit.bulk_keys enable row level security;
alter table audit.bulk_keys force row level security;
create policy scope on audit.bulk_keys as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table audit.entry enable row level security;
alter table audit.entry force row level security;
create policy scope on audit.entry as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table audit.resident_entry enable row level security;
alter table audit.resident_entry force row level security;
create policy scope on audit.resident_entry as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table audit.subject_entry enable row level security;
alter table audit.subject_entry force row level security;
create policy scope on audit.subject_entry as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table exchange.admission enable row level security;
alter table exchange.admission force row level security;
create policy scope on exchange.admission as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table exchange.custody_event enable row level security;
alter table exchange.custody_event force row level security;
create policy scope on exchange.custody_event as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table exchange.destination_stop enable row level security;
alter table exchange.destination_stop force row level security;
create policy scope on exchange.destination_stop as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table exchange.finding enable row level security;
alter table exchange.finding force row level security;
create policy scope on exchange.finding as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table exchange.full_reconciliation enable row level security;
alter table exchange.full_reconciliation force row level security;
create policy scope on exchange.full_reconciliation as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table exchange.full_reconciliation_difference enable row level security;
alter table exchange.full_reconciliation_difference force row level security;
create policy scope on exchange.full_reconciliation_difference as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table exchange.full_reconciliation_result enable row level security;
alter table exchange.full_reconciliation_result force row level security;
create policy scope on exchange.full_reconciliation_result as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table exchange.layout_policy enable row level security;
alter table exchange.layout_policy force row level security;
create policy scope on exchange.layout_policy as permissive for all to public
  using ((union_code = (current_setting('koiki.union'::text, true))::smallint));
alter table exchange.own_copy enable row level security;
alter table exchange.own_copy force row level security;
create policy scope on exchange.own_copy as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table exchange.plausibility enable row level security;
alter table exchange.plausibility force row level security;
create policy scope on exchange.plausibility as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table exchange.quarantined_row enable row level security;
alter table exchange.quarantined_row force row level security;
create policy scope on exchange.quarantined_row as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table exchange.receipt enable row level security;
alter table exchange.receipt force row level security;
create policy scope on exchange.receipt as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table exchange.sequence_counter enable row level security;
alter table exchange.sequence_counter force row level security;
create policy scope on exchange.sequence_counter as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table exchange.sequence_position enable row level security;
alter table exchange.sequence_position force row level security;
create policy scope on exchange.sequence_position as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table exchange.transmission enable row level security;
alter table exchange.transmission force row level security;
create policy scope on exchange.transmission as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table exchange.transmission_event enable row level security;
alter table exchange.transmission_event force row level security;
create policy scope on exchange.transmission_event as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table local_tax.change_counter enable row level security;
alter table local_tax.change_counter force row level security;
create policy change_counter_scope on local_tax.change_counter as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table local_tax.income enable row level security;
alter table local_tax.income force row level security;
create policy income_scope on local_tax.income as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table local_tax.transfer enable row level security;
alter table local_tax.transfer force row level security;
create policy transfer_scope on local_tax.transfer as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table municipal_system.certificate enable row level security;
alter table municipal_system.certificate force row level security;
create policy certificate_scope on municipal_system.certificate as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table municipal_system.conduct enable row level security;
alter table municipal_system.conduct force row level security;
create policy conduct_scope on municipal_system.conduct as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table municipal_system.disability_certification enable row level security;
alter table municipal_system.disability_certification force row level security;
create policy disability_certification_scope on municipal_system.disability_certification as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table municipal_system.document enable row level security;
alter table municipal_system.document force row level security;
create policy document_scope on municipal_system.document as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table municipal_system.export enable row level security;
alter table municipal_system.export force row level security;
create policy export_scope on municipal_system.export as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table municipal_system.exported_record enable row level security;
alter table municipal_system.exported_record force row level security;
create policy exported_record_scope on municipal_system.exported_record as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table municipal_system.hand_over enable row level security;
alter table municipal_system.hand_over force row level security;
create policy hand_over_scope on municipal_system.hand_over as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table municipal_system.income enable row level security;
alter table municipal_system.income force row level security;
create policy income_scope on municipal_system.income as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table municipal_system.insured_entry_given enable row level security;
alter table municipal_system.insured_entry_given force row level security;
create policy insured_entry_given_scope on municipal_system.insured_entry_given as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table municipal_system.insured_person enable row level security;
alter table municipal_system.insured_person force row level security;
create policy insured_person_scope on municipal_system.insured_person as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table municipal_system.insured_transfer enable row level security;
alter table municipal_system.insured_transfer force row level security;
create policy insured_transfer_scope on municipal_system.insured_transfer as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table municipal_system.medium_conduct enable row level security;
alter table municipal_system.medium_conduct force row level security;
create policy medium_conduct_scope on municipal_system.medium_conduct as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table municipal_system.non_registered_event enable row level security;
alter table municipal_system.non_registered_event force row level security;
create policy non_registered_event_scope on municipal_system.non_registered_event as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table municipal_system.non_registered_person enable row level security;
alter table municipal_system.non_registered_person force row level security;
create policy non_registered_person_scope on municipal_system.non_registered_person as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table municipal_system.premium enable row level security;
alter table municipal_system.premium force row level security;
create policy premium_scope on municipal_system.premium as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table municipal_system.print_bundle enable row level security;
alter table municipal_system.print_bundle force row level security;
create policy print_bundle_scope on municipal_system.print_bundle as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table municipal_system.received_record enable row level security;
alter table municipal_system.received_record force row level security;
create policy received_record_scope on municipal_system.received_record as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table municipal_system.residence_provision enable row level security;
alter table municipal_system.residence_provision force row level security;
create policy residence_provision_scope on municipal_system.residence_provision as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table municipal_system.resident enable row level security;
alter table municipal_system.resident force row level security;
create policy resident_scope on municipal_system.resident as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table municipal_system.sheet_counter enable row level security;
alter table municipal_system.sheet_counter force row level security;
create policy sheet_counter_scope on municipal_system.sheet_counter as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table municipal_system.sheet_outcome enable row level security;
alter table municipal_system.sheet_outcome force row level security;
create policy sheet_outcome_scope on municipal_system.sheet_outcome as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table municipal_system.transfer enable row level security;
alter table municipal_system.transfer force row level security;
create policy transfer_scope on municipal_system.transfer as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table resident_register.change_counter enable row level security;
alter table resident_register.change_counter force row level security;
create policy change_counter_scope on resident_register.change_counter as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table resident_register.insured_entry enable row level security;
alter table resident_register.insured_entry force row level security;
create policy insured_entry_scope on resident_register.insured_entry as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table resident_register.insured_transfer enable row level security;
alter table resident_register.insured_transfer force row level security;
create policy insured_transfer_scope on resident_register.insured_transfer as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table resident_register.resident enable row level security;
alter table resident_register.resident force row level security;
create policy resident_scope on resident_register.resident as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table resident_register.resident_change enable row level security;
alter table resident_register.resident_change force row level security;
create policy resident_change_scope on resident_register.resident_change as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table resident_register.resident_event enable row level security;
alter table resident_register.resident_event force row level security;
create policy resident_event_scope on resident_register.resident_event as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table resident_register.transfer enable row level security;
alter table resident_register.transfer force row level security;
create policy transfer_scope on resident_register.transfer as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))))
  with check (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND ((current_setting('koiki.municipality'::text, true) = '*'::text) OR (municipality_code = current_setting('koiki.municipality'::text, true)))));
alter table vault.blind_index enable row level security;
alter table vault.blind_index force row level security;
create policy scope on vault.blind_index as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND (holder = ANY (ARRAY[('union:'::text || current_setting('koiki.union'::text, true)), ('municipality:'::text || current_setting('koiki.municipality'::text, true))]))));
alter table vault.sealed_number enable row level security;
alter table vault.sealed_number force row level security;
create policy scope on vault.sealed_number as permissive for all to public
  using (((union_code = (current_setting('koiki.union'::text, true))::smallint) AND (holder = ANY (ARRAY[('union:'::text || current_setting('koiki.union'::text, true)), ('municipality:'::text || current_setting('koiki.municipality'::text, true))]))));

comment on schema audit is '監査。だれが、どこから、何の用件で、だれについて、何件、何をしたか。';
comment on schema exchange is 'ファイルのやりとり（送信・受信の台帳、通し番号、所見、受領書）';
comment on schema local_tax is '地方税システム (模擬)。個人住民税に関する情報と、市区町村システムへの移転 (4-1) の控え。';
comment on schema municipal_system is '市区町村システム (模擬)。移転で受けた住民票・住民税、住登外、被保険者情報・保険料情報、発行した文書。';
comment on schema reference is '参照表。版とともに改まり、業務の中では書き換えない。';
comment on schema resident_register is '住基システム (模擬)。住民票、その異動、市区町村システムへの移転 (2-1) の控え。';
comment on schema store is 'データベースの形の履歴';
comment on schema vault is '金庫。個人番号の封、個人番号から札を引く探し札、鍵の版の台帳。';
comment on schema work is '仕事（一括処理）と時計';
comment on table audit.bulk_keys is '一括処理の一段が扱った人の鍵の並び。本人から引くときは、まず範囲で絞り、次に並びを見る。';
comment on column audit.bulk_keys.entry_id is '監査の記録の番号';
comment on column audit.bulk_keys.key_kind is '鍵の種類。subject 被保険者、resident 住民';
comment on column audit.bulk_keys.union_code is '広域連合コード (都道府県番号2桁)';
comment on column audit.bulk_keys.municipality_code is '行った者の担当の市区町村コード。広域連合の全域なら *';
comment on column audit.bulk_keys.key_first is '最も小さい鍵';
comment on column audit.bulk_keys.key_last is '最も大きい鍵';
comment on column audit.bulk_keys.keys is '扱った人の鍵。小さい順';
comment on table audit.entry is '監査の記録。人を見る・人について書く行い一つ、または一括処理の一段につき一行。';
comment on column audit.entry.entry_id is '記録の番号';
comment on column audit.entry.union_code is '広域連合コード (都道府県番号2桁)';
comment on column audit.entry.municipality_code is '行った者の担当の市区町村コード。広域連合の全域なら *';
comment on column audit.entry.recorded_at is '行った時刻';
comment on column audit.entry.channel is '経路。screen 画面、api 外からの呼出し、job 一括処理';
comment on column audit.entry.actor_kind is '行った者の種類。account 利用者、job 仕事';
comment on column audit.entry.actor_id is '利用者の番号、または仕事の番号';
comment on column audit.entry.actor_name is '行った時の利用者の名前、または仕事の名前';
comment on column audit.entry.party is '行った当事者 (例 union:43)';
comment on column audit.entry.terminal is '端末の名前';
comment on column audit.entry.address is '端末のネットワーク上の所在';
comment on column audit.entry.act is '行い (例 person.read)';
comment on column audit.entry.effect is 'read 見た、write 書いた';
comment on column audit.entry.purpose is '用件';
comment on column audit.entry.person_count is '何人について行ったか';
comment on column audit.entry.key_digest is '人の鍵を小さい順に並べた要約値 (SHA-256)。後から並びを確かめるため';
comment on table audit.resident_entry is '住民ごとの監査の記録。被保険者でない住民から、見た者・書いた者を引く。';
comment on column audit.resident_entry.resident_key is '住民の鍵';
comment on column audit.resident_entry.entry_id is '監査の記録の番号';
comment on column audit.resident_entry.union_code is '広域連合コード (都道府県番号2桁)';
comment on column audit.resident_entry.municipality_code is '行った者の担当の市区町村コード。広域連合の全域なら *';
comment on table audit.subject_entry is '被保険者ごとの監査の記録。本人から、見た者・書いた者を引く。';
comment on column audit.subject_entry.subject_key is '被保険者の鍵';
comment on column audit.subject_entry.entry_id is '監査の記録の番号';
comment on column audit.subject_entry.union_code is '広域連合コード (都道府県番号2桁)';
comment on column audit.subject_entry.municipality_code is '行った者の担当の市区町村コード。広域連合の全域なら *';
comment on table exchange.admission is '確認待ちの送信を、担当者が通したか断ったか。直さない、消さない。';
comment on column exchange.admission.union_code is '広域連合コード（都道府県番号2桁）';
comment on column exchange.admission.transmission_id is '送信識別子';
comment on column exchange.admission.municipality_code is '市区町村コード';
comment on column exchange.admission.decision is '決めたこと（letIn 通した、refused 断った）';
comment on column exchange.admission.reason is 'わけ';
comment on column exchange.admission.account is '決めた利用者';
comment on column exchange.admission.recorded_at is '記録した時刻';
comment on table exchange.custody_event is '媒体の受渡し記録。封入、受渡し、開封、破棄を足すだけで、直さない、消さない。';
comment on column exchange.custody_event.union_code is '広域連合コード（都道府県番号2桁）';
comment on column exchange.custody_event.transmission_id is '送信識別子';
comment on column exchange.custody_event.event_number is '記録の番号（送信ごとに1から）';
comment on column exchange.custody_event.municipality_code is '市区町村コード';
comment on column exchange.custody_event.kind is '種類（封入、受渡し、開封、破棄）';
comment on column exchange.custody_event.carrier is '扱った職員（受渡しでは運んだ人）の所属と氏名';
comment on column exchange.custody_event.from_place is 'どこから（受渡しのとき）';
comment on column exchange.custody_event.to_place is 'どこへ（受渡しのとき）';
comment on column exchange.custody_event.media_count is '媒体の数';
comment on column exchange.custody_event.happened_on is '行った日';
comment on column exchange.custody_event.note is '備考';
comment on column exchange.custody_event.account is '記録した利用者';
comment on column exchange.custody_event.recorded_at is '記録した時刻';
comment on table exchange.destination_stop is '宛先の停止と解除。相手が署名した知らせによるものと、自分の担当者によるもの。足すだけで、直さない、消さない。';
comment on column exchange.destination_stop.union_code is '広域連合コード（都道府県番号2桁）';
comment on column exchange.destination_stop.party is '渡すのを止める当事者（受け取りを止めるときは、受け取る当事者自身）';
comment on column exchange.destination_stop.partner is '相手の当事者';
comment on column exchange.destination_stop.event_number is '記録の番号（相手ごとに1から）';
comment on column exchange.destination_stop.municipality_code is '市区町村コード';
comment on column exchange.destination_stop.kind is '種類（stopped 停止、lifted 解除）';
comment on column exchange.destination_stop.told_by is 'だれが決めたか（party 自分の担当者、partner 相手）';
comment on column exchange.destination_stop.reason is 'わけ';
comment on column exchange.destination_stop.notice is '相手の知らせ（署名付き）。自分で決めたときは空';
comment on column exchange.destination_stop.account is '決めた利用者。相手が決めたときは空';
comment on column exchange.destination_stop.told_at is '決めた時刻（相手の知らせでは、その中の時刻）';
comment on column exchange.destination_stop.recorded_at is '記録した時刻';
comment on table exchange.finding is '受け取ったファイルの所見。個人番号の値は入らない。直さない、消さない。';
comment on column exchange.finding.union_code is '広域連合コード（都道府県番号2桁）';
comment on column exchange.finding.transmission_id is '送信識別子';
comment on column exchange.finding.finding_number is '所見の番号（送信ごとに1から）';
comment on column exchange.finding.municipality_code is '市区町村コード';
comment on column exchange.finding.line is 'ファイルの行（ファイル全体なら0）';
comment on column exchange.finding.column_name is '項目名';
comment on column exchange.finding.code is 'エラーコード';
comment on column exchange.finding.severity is '重さ（error エラー、warning 注意）';
comment on column exchange.finding.sentence is '担当者が読む文';
comment on column exchange.finding.recorded_at is '記録した時刻';
comment on table exchange.full_reconciliation is '全件照合の始まり。尋ねた側と答えた側がそれぞれ自分の台帳に持つ。直さない、消さない。';
comment on column exchange.full_reconciliation.union_code is '広域連合コード（都道府県番号2桁）';
comment on column exchange.full_reconciliation.reconciliation_id is '全件照合の番号（尋ねた側が付ける）';
comment on column exchange.full_reconciliation.municipality_code is '市区町村コード';
comment on column exchange.full_reconciliation.layout is '照合する情報のレイアウトの名前';
comment on column exchange.full_reconciliation.day is '照合の日';
comment on column exchange.full_reconciliation.asker is '尋ねた当事者';
comment on column exchange.full_reconciliation.answerer is '答えた当事者';
comment on column exchange.full_reconciliation.opening is '始まりの書面（署名付き。その夜の鍵は封じてある）';
comment on column exchange.full_reconciliation.recorded_at is '記録した時刻';
comment on table exchange.full_reconciliation_difference is '全件照合で違った件。宛名番号と、どの項目が違うかだけを持ち、値は持たない。直さない、消さない。';
comment on column exchange.full_reconciliation_difference.union_code is '広域連合コード（都道府県番号2桁）';
comment on column exchange.full_reconciliation_difference.reconciliation_id is '全件照合の番号';
comment on column exchange.full_reconciliation_difference.difference_number is '違いの番号（1から）';
comment on column exchange.full_reconciliation_difference.municipality_code is '市区町村コード';
comment on column exchange.full_reconciliation_difference.addressee_number is '宛名番号';
comment on column exchange.full_reconciliation_difference.record_key is '宛名番号のほかに件を定める値（資格取得年月日など。なければ空）';
comment on column exchange.full_reconciliation_difference.kind is '違い方（onlyUnion 広域連合だけ、onlyMunicipality 市区町村だけ、content 中身、pending 移出・配信待ち、inTransit 取込み待ち）';
comment on column exchange.full_reconciliation_difference.column_names is '違う項目の名前';
comment on column exchange.full_reconciliation_difference.recorded_at is '記録した時刻';
comment on table exchange.full_reconciliation_result is '全件照合の結果。直さない、消さない。';
comment on column exchange.full_reconciliation_result.union_code is '広域連合コード（都道府県番号2桁）';
comment on column exchange.full_reconciliation_result.reconciliation_id is '全件照合の番号';
comment on column exchange.full_reconciliation_result.municipality_code is '市区町村コード';
comment on column exchange.full_reconciliation_result.own_count is '自分の件数';
comment on column exchange.full_reconciliation_result.other_count is '相手の件数';
comment on column exchange.full_reconciliation_result.messages is 'やりとりした書面の数';
comment on column exchange.full_reconciliation_result.message_bytes is 'やりとりした書面のバイト数';
comment on column exchange.full_reconciliation_result.differences is '違いの件数';
comment on column exchange.full_reconciliation_result.pending is 'これから届く違いの件数';
comment on column exchange.full_reconciliation_result.sentence is '結果の文';
comment on column exchange.full_reconciliation_result.recorded_at is '記録した時刻';
comment on table exchange.layout_policy is 'レイアウトごとの取決め（便りの間隔、部分取込み、もっともらしさの境）。変えるたびに版を足す。直さない、消さない。';
comment on column exchange.layout_policy.union_code is '広域連合コード（都道府県番号2桁）';
comment on column exchange.layout_policy.party is '取決めを持つ当事者';
comment on column exchange.layout_policy.layout is 'レイアウトの名前';
comment on column exchange.layout_policy.version is '版（1から）';
comment on column exchange.layout_policy.policy is '取決めの内容。書かれていない項目は初めの値';
comment on column exchange.layout_policy.reason is '変えたわけ';
comment on column exchange.layout_policy.set_by is '変えた利用者';
comment on column exchange.layout_policy.recorded_at is '記録した時刻';
comment on table exchange.own_copy is '送った送信の控え。自分の鍵だけで開く封をして置き、送った日の中身をもう一度確かめる。直さない、消さない。';
comment on column exchange.own_copy.union_code is '広域連合コード（都道府県番号2桁）';
comment on column exchange.own_copy.transmission_id is '送信識別子';
comment on column exchange.own_copy.municipality_code is '市区町村コード';
comment on column exchange.own_copy.sealed_bytes is '封じた後のバイト数';
comment on column exchange.own_copy.sealed_sha256 is '封じた後のSHA-256';
comment on column exchange.own_copy.sealed_path is '封じたファイルの、置き場のフォルダーの中の名前';
comment on column exchange.own_copy.recorded_at is '記録した時刻';
comment on table exchange.plausibility is 'もっともらしさの数。取り込む前に数えたもの。人に関する値は持たない。直さない、消さない。';
comment on column exchange.plausibility.union_code is '広域連合コード（都道府県番号2桁）';
comment on column exchange.plausibility.transmission_id is '送信識別子';
comment on column exchange.plausibility.municipality_code is '市区町村コード';
comment on column exchange.plausibility.figures is '数えた数';
comment on column exchange.plausibility.doubts is '境を越えた項目（なければ空の配列）';
comment on column exchange.plausibility.recorded_at is '記録した時刻';
comment on table exchange.quarantined_row is '隔離した行。部分取込みのとき、誤りのある行とその世帯の行を1行ずつ。中身は封じたファイルにだけある。直さない、消さない。';
comment on column exchange.quarantined_row.union_code is '広域連合コード（都道府県番号2桁）';
comment on column exchange.quarantined_row.transmission_id is '送信識別子';
comment on column exchange.quarantined_row.line is 'ファイルの行';
comment on column exchange.quarantined_row.municipality_code is '市区町村コード';
comment on column exchange.quarantined_row.because is 'わけ（row その行の誤り、household 同じ世帯の行の誤り）';
comment on column exchange.quarantined_row.recorded_at is '記録した時刻';
comment on table exchange.receipt is '受領書（受け手の署名付き）。受け手は出したもの、送り手は受け取ったものを持つ。直さない、消さない。';
comment on column exchange.receipt.union_code is '広域連合コード（都道府県番号2桁）';
comment on column exchange.receipt.transmission_id is '送信識別子';
comment on column exchange.receipt.kind is '種類（arrived 到着、accepted 取込み、refused 断り）';
comment on column exchange.receipt.municipality_code is '市区町村コード';
comment on column exchange.receipt.document is '受領書（署名付き、出したとおりの文字）';
comment on column exchange.receipt.recorded_at is '記録した時刻';
comment on table exchange.sequence_counter is '送り手が最後に使った通し番号。送信と同じ取引で進めるので、番号は飛ばない。';
comment on column exchange.sequence_counter.union_code is '広域連合コード（都道府県番号2桁）';
comment on column exchange.sequence_counter.sender is '送り手の当事者';
comment on column exchange.sequence_counter.receiver is '受け手の当事者';
comment on column exchange.sequence_counter.layout is 'レイアウトの名前';
comment on column exchange.sequence_counter.municipality_code is '市区町村コード';
comment on column exchange.sequence_counter.last_number is '最後に使った通し番号';
comment on table exchange.sequence_position is '受け手が見た通し番号と、今その番号を持つ送信。断られた番号は、直して送り直された送信が引き継ぐ。';
comment on column exchange.sequence_position.union_code is '広域連合コード（都道府県番号2桁）';
comment on column exchange.sequence_position.sender is '送り手の当事者';
comment on column exchange.sequence_position.receiver is '受け手の当事者';
comment on column exchange.sequence_position.layout is 'レイアウトの名前';
comment on column exchange.sequence_position.sequence_number is '通し番号';
comment on column exchange.sequence_position.municipality_code is '市区町村コード';
comment on column exchange.sequence_position.transmission_id is '今この番号を持つ送信';
comment on column exchange.sequence_position.skipped_because is '届かないまま欠番としたとき、その理由';
comment on table exchange.transmission is '送信の台帳。1つの送信につき1行。送り手と受け手がそれぞれ自分の台帳に持つ。直さない、消さない。';
comment on column exchange.transmission.union_code is '広域連合コード（都道府県番号2桁）';
comment on column exchange.transmission.transmission_id is '送信識別子（送り手が付ける）';
comment on column exchange.transmission.municipality_code is '市区町村コード（やりとりの一方である市区町村）';
comment on column exchange.transmission.direction is '向き（sent 送った、received 受け取った）';
comment on column exchange.transmission.layout is 'レイアウトの名前';
comment on column exchange.transmission.edition is 'レイアウトの版';
comment on column exchange.transmission.sender is '送り手の当事者';
comment on column exchange.transmission.receiver is '受け手の当事者';
comment on column exchange.transmission.sequence_number is '通し番号（送り手・受け手・レイアウトごとに1から）';
comment on column exchange.transmission.corrects is '断られて送り直すとき、断られた送信の送信識別子';
comment on column exchange.transmission.created_at is '送り手が作った時刻';
comment on column exchange.transmission.record_count is '件数（送り状による）';
comment on column exchange.transmission.hash_totals is 'ハッシュ合計（送り状による。項目名と合計）';
comment on column exchange.transmission.plain_bytes is '封じる前のバイト数';
comment on column exchange.transmission.plain_sha256 is '封じる前のSHA-256';
comment on column exchange.transmission.sealed_bytes is '封じた後のバイト数';
comment on column exchange.transmission.sealed_sha256 is '封じた後のSHA-256';
comment on column exchange.transmission.sealed_path is '封じたファイルの、置き場のフォルダーの中の名前';
comment on column exchange.transmission.manifest is '送り状（署名付き、届いたとおりの文字）';
comment on column exchange.transmission.recorded_at is '台帳に載せた時刻';
comment on table exchange.transmission_event is '送信の出来事。一番新しい行が今の状態。直さない、消さない。';
comment on column exchange.transmission_event.union_code is '広域連合コード（都道府県番号2桁）';
comment on column exchange.transmission_event.transmission_id is '送信識別子';
comment on column exchange.transmission_event.event_number is '出来事の番号（送信ごとに1から）';
comment on column exchange.transmission_event.municipality_code is '市区町村コード';
comment on column exchange.transmission_event.state is '状態（prepared 作成、sent 引渡し、delivered 到着確認、waiting 前の番号待ち、arrived 到着、held 確認待ち、applied 取込み済み、refused 断り）';
comment on column exchange.transmission_event.sentence is '何があったかの文。人に関する値は入れない。';
comment on column exchange.transmission_event.recorded_at is '記録した時刻';
comment on table local_tax.change_counter is '変更の通番の台帳。市区町村ごとに最後の通番を一行で持つ。変更はこの行を押さえてから書くので、番号は飛ばず、順序が入れ替わらない。';
comment on column local_tax.change_counter.municipality_code is '市区町村コード (6桁)';
comment on column local_tax.change_counter.union_code is '広域連合コード (都道府県番号2桁)';
comment on column local_tax.change_counter.last_sequence is '最後に付けた変更の通番';
comment on table local_tax.income is '個人住民税に関する情報 (模擬)。宛名番号と課税年度につき今の内容を一行で持つ。';
comment on column local_tax.income.municipality_code is '市区町村コード (6桁)';
comment on column local_tax.income.addressee_number is '宛名番号 (市区町村が付ける。先頭の0も意味を持つ)';
comment on column local_tax.income.fiscal_year is '課税年度 (西暦)';
comment on column local_tax.income.union_code is '広域連合コード (都道府県番号2桁)';
comment on column local_tax.income.declaration_kind is '申告区分 (0未申告 1申告あり 2調査中)';
comment on column local_tax.income.public_pension_yen is '公的年金等収入額 (円)';
comment on column local_tax.income.salary_yen is '給与収入額 (円)';
comment on column local_tax.income.family_employee_salary_yen is '専従者給与収入額 (円、給与収入額のうち)';
comment on column local_tax.income.business_yen is '事業所得額 (円、専従者控除後。損失は負)';
comment on column local_tax.income.family_employee_deduction_yen is '専従者控除額 (円)';
comment on column local_tax.income.capital_gains_yen is '分離譲渡所得額 (円、特別控除後)';
comment on column local_tax.income.capital_gains_special_deduction_yen is '譲渡特別控除額 (円)';
comment on column local_tax.income.other_yen is 'その他所得額 (円)';
comment on column local_tax.income.corrected_on is '更正年月日';
comment on column local_tax.income.operated_on is '操作年月日';
comment on column local_tax.income.change_sequence is '変更の通番。市区町村ごとに1から続く。移転はこの番号の順に渡す';
comment on column local_tax.income.taxable_income_yen is '課税標準額 (円)';
comment on column local_tax.income.head_adjustment_yen is '世帯主調整控除額 (円)';
comment on column local_tax.income.resident_tax_kind is '住民税課税区分 (0非課税 1均等割だけ 2所得割がかかる)';
comment on column local_tax.income.revenue_yen is '判定用収入額 (円。公簿でわからなければ空)';
comment on table local_tax.transfer is '移転の控え (4-1)。個人住民税に関する情報を市区町村システムに渡すたびに一行を足す。直さない、消さない。';
comment on column local_tax.transfer.municipality_code is '市区町村コード (6桁)';
comment on column local_tax.transfer.transfer_number is '移転番号。市区町村ごとに1から続く';
comment on column local_tax.transfer.union_code is '広域連合コード (都道府県番号2桁)';
comment on column local_tax.transfer.sequence_from is 'この移転に含む最初の変更の通番';
comment on column local_tax.transfer.sequence_until is 'この移転に含む最後の変更の通番';
comment on column local_tax.transfer.row_count is '行数';
comment on column local_tax.transfer.content_sha256 is '渡したファイルの SHA-256';
comment on column local_tax.transfer.handed_over_at is '渡した時刻';
comment on table municipal_system.certificate is '発行用情報。被保険者証等発行用情報の今の内容を、発行番号ごとに一行で持つ。印刷 (3-7) のもとはこれだけ。';
comment on column municipal_system.certificate.subject_key is '被保険者の鍵 (広域連合コード × 10^8 + 被保険者番号)';
comment on column municipal_system.certificate.municipality_code is '市区町村コード (6桁)';
comment on column municipal_system.certificate.issue_number is '発行番号';
comment on column municipal_system.certificate.union_code is '広域連合コード (都道府県番号2桁)';
comment on column municipal_system.certificate.addressee_number is '宛名番号 (市区町村が付ける。先頭の0も意味を持つ)';
comment on column municipal_system.certificate.insured_number is '被保険者番号';
comment on column municipal_system.certificate.certificate_kind is '証種別 (1被保険者証 2資格確認書 3資格情報のお知らせ 4資格確認書（特別療養） 5被保険者資格証明書)';
comment on column municipal_system.certificate.issue_reason is '発行事由';
comment on column municipal_system.certificate.issue_manner is '発行区分 (1窓口での即時発行 2一括発行)';
comment on column municipal_system.certificate.insurer_number is '保険者番号';
comment on column municipal_system.certificate.name is '氏名';
comment on column municipal_system.certificate.name_kana is '氏名カナ';
comment on column municipal_system.certificate.birth_date is '生年月日';
comment on column municipal_system.certificate.sex is '性別';
comment on column municipal_system.certificate.acquired_on is '資格取得年月日';
comment on column municipal_system.certificate.effective_from is '発効期日';
comment on column municipal_system.certificate.valid_until is '有効期限';
comment on column municipal_system.certificate.issued_on is '交付年月日 (文書に書く日)';
comment on column municipal_system.certificate.share_tenths is '一部負担金の割合 (割)';
comment on column municipal_system.certificate.limit_category is '限度区分 (申請により併記したもの)';
comment on column municipal_system.certificate.limit_from is '限度区分適用年月日';
comment on column municipal_system.certificate.long_hospitalisation_from is '長期入院該当年月日';
comment on column municipal_system.certificate.dialysis_since is '特定疾病人工透析認定年月日';
comment on column municipal_system.certificate.haemophilia_since is '特定疾病血友病認定年月日';
comment on column municipal_system.certificate.immunodeficiency_since is '特定疾病後天性免疫不全認定年月日';
comment on column municipal_system.certificate.special_treatment_from is '特別療養費支給開始年月日';
comment on column municipal_system.certificate.void_on is '無効年月日 (この日から使えない)';
comment on column municipal_system.certificate.void_reason is '無効事由';
comment on column municipal_system.certificate.delivery_state is '交付状況 (0印刷前 1印刷済み 2交付済み 3返戻 4回収済み)。広域連合が知っていること';
comment on column municipal_system.certificate.destination_kind is '送付先区分 (0住民の記録の住所 1登録した送付先 2窓口で手渡し 9決まっていない)';
comment on column municipal_system.certificate.support_kind is '支援措置区分 (0なし 1あり)';
comment on column municipal_system.certificate.non_disclosure is '不開示該当フラグ';
comment on column municipal_system.certificate.self_provision_disabled is '自己情報提供不可フラグ';
comment on column municipal_system.certificate.sheet_code is '用紙番号 (紙の右下に書く符号。印刷前のときだけ)';
comment on column municipal_system.certificate.address_shown is '住所記載区分 (0記載しない 1住民の記録の住所を記載する)';
comment on column municipal_system.certificate.operated_on is '操作年月日';
comment on column municipal_system.certificate.content_sha256 is '受けた内容の SHA-256';
comment on column municipal_system.certificate.transmission_id is 'この内容を運んだ送信';
comment on column municipal_system.certificate.sequence_number is 'この内容を運んだ送信の通番';
comment on table municipal_system.conduct is '代役の行儀。市区町村ごとに今の行儀を一行で持つ。行のない市区町村は行儀がよい。';
comment on column municipal_system.conduct.municipality_code is '市区町村コード (6桁)';
comment on column municipal_system.conduct.union_code is '広域連合コード (都道府県番号2桁)';
comment on column municipal_system.conduct.conduct is '行儀 (late遅らせる twice二度出す outOfOrder順を違える wrongTotals合計を偽る oldLayout古い版で出す silent出さない off行儀がよい)';
comment on column municipal_system.conduct.held_until is '遅らせるとき、出す日。空なら放すまで';
comment on column municipal_system.conduct.since is 'この行儀になった時刻';
comment on view municipal_system.destination is '文書の宛先。住民票の写しと住登外者の、宛名番号ごとの住所。';
comment on table municipal_system.disability_certification is '障害認定の申出の受付簿。65歳から74歳で障害認定を受けた人は、年齢に達していなくても移出の対象になる。';
comment on column municipal_system.disability_certification.municipality_code is '市区町村コード (6桁)';
comment on column municipal_system.disability_certification.addressee_number is '宛名番号 (市区町村が付ける。先頭の0も意味を持つ)';
comment on column municipal_system.disability_certification.certified_on is '認定の日';
comment on column municipal_system.disability_certification.union_code is '広域連合コード (都道府県番号2桁)';
comment on column municipal_system.disability_certification.withdrawn_on is '撤回の日。続いていれば空';
comment on table municipal_system.document is '発行した文書。一人に一枚出すたびに一行を足す。直さない、消さない。';
comment on column municipal_system.document.subject_key is '被保険者の鍵 (広域連合コード × 10^8 + 被保険者番号)';
comment on column municipal_system.document.municipality_code is '市区町村コード (6桁)';
comment on column municipal_system.document.document_kind is '文書の種類';
comment on column municipal_system.document.sheet_number is '用紙番号。市区町村と文書の種類ごとに続く';
comment on column municipal_system.document.union_code is '広域連合コード (都道府県番号2桁)';
comment on column municipal_system.document.bundle_id is '印刷の束。印刷を止めたものは空';
comment on column municipal_system.document.acquired_on is '資格取得年月日 (資格確認書)';
comment on column municipal_system.document.expires_on is '有効期限 (資格確認書)';
comment on column municipal_system.document.fiscal_year is '賦課年度 (保険料額決定通知書)';
comment on column municipal_system.document.revision is '決定番号 (保険料額決定通知書)';
comment on column municipal_system.document.source_sha256 is '文書のもとになった内容の SHA-256。内容が変わったときだけ出し直す';
comment on column municipal_system.document.sheet_sha256 is '印字した内容の SHA-256。印刷していないものは空';
comment on column municipal_system.document.stopped_because is '印刷を止めた理由 (字形のない文字の符号の位置、送り先がわからないことなど)。印刷したものは空';
comment on column municipal_system.document.issued_on is '発行した日';
comment on column municipal_system.document.issued_at is '発行した時刻';
comment on column municipal_system.document.issue_number is '発行番号 (資格確認書と資格情報のお知らせ。2026年7月より前に印刷したものは空)';
comment on column municipal_system.document.copy is '同じ文書の何枚目か。1が初めての印刷で、2からは刷り直し';
comment on table municipal_system.export is '移出 (2-2、4-2)。広域連合へ出すファイルを作るたびに一行を足す。直さない、消さない。';
comment on column municipal_system.export.municipality_code is '市区町村コード (6桁)';
comment on column municipal_system.export.export_id is '移出の番号';
comment on column municipal_system.export.union_code is '広域連合コード (都道府県番号2桁)';
comment on column municipal_system.export.layout is 'レイアウト名';
comment on column municipal_system.export.export_mode is '全件か差分か';
comment on column municipal_system.export.as_of is '基準日';
comment on column municipal_system.export.row_count is '行数';
comment on column municipal_system.export.transmission_id is '送信の番号 (交換台帳の鍵)';
comment on column municipal_system.export.sequence_number is '送信の通番';
comment on column municipal_system.export.prepared_at is '媒体に書き出した時刻';
comment on table municipal_system.exported_record is '広域連合へ最後に出した内容。宛名番号 (所得は課税年度も) ごとに一行。差分の移出はこれと違うものだけを出す。';
comment on column municipal_system.exported_record.municipality_code is '市区町村コード (6桁)';
comment on column municipal_system.exported_record.layout is 'レイアウト名';
comment on column municipal_system.exported_record.addressee_number is '宛名番号 (市区町村が付ける。先頭の0も意味を持つ)';
comment on column municipal_system.exported_record.fiscal_year is '課税年度。所得・課税情報でなければ0';
comment on column municipal_system.exported_record.union_code is '広域連合コード (都道府県番号2桁)';
comment on column municipal_system.exported_record.content_sha256 is '最後に出した内容の SHA-256';
comment on column municipal_system.exported_record.export_id is '最後に出した移出';
comment on column municipal_system.exported_record.following is 'この人の変更をこれからも出すか。被保険者とその世帯員、年齢到達予定者でなくなった人は偽';
comment on table municipal_system.hand_over is '文書の交付。渡したことを確かめたときに一行を足す。直さない、消さない。';
comment on column municipal_system.hand_over.subject_key is '被保険者の鍵 (広域連合コード × 10^8 + 被保険者番号)';
comment on column municipal_system.hand_over.municipality_code is '市区町村コード (6桁)';
comment on column municipal_system.hand_over.document_kind is '文書の種類';
comment on column municipal_system.hand_over.sheet_number is '用紙番号';
comment on column municipal_system.hand_over.union_code is '広域連合コード (都道府県番号2桁)';
comment on column municipal_system.hand_over.handed_over_on is '交付した日';
comment on column municipal_system.hand_over.method is '交付の方法';
comment on column municipal_system.hand_over.recorded_at is '記録した時刻';
comment on table municipal_system.income is '個人住民税の写し。移転 (4-1) で受けた今の内容を宛名番号と課税年度ごとに一行で持つ。';
comment on column municipal_system.income.municipality_code is '市区町村コード (6桁)';
comment on column municipal_system.income.addressee_number is '宛名番号 (市区町村が付ける。先頭の0も意味を持つ)';
comment on column municipal_system.income.fiscal_year is '課税年度 (西暦)';
comment on column municipal_system.income.union_code is '広域連合コード (都道府県番号2桁)';
comment on column municipal_system.income.declaration_kind is '申告区分 (0未申告 1申告あり 2調査中)';
comment on column municipal_system.income.public_pension_yen is '公的年金等収入額 (円)';
comment on column municipal_system.income.salary_yen is '給与収入額 (円)';
comment on column municipal_system.income.family_employee_salary_yen is '専従者給与収入額 (円、給与収入額のうち)';
comment on column municipal_system.income.business_yen is '事業所得額 (円、専従者控除後。損失は負)';
comment on column municipal_system.income.family_employee_deduction_yen is '専従者控除額 (円)';
comment on column municipal_system.income.capital_gains_yen is '分離譲渡所得額 (円、特別控除後)';
comment on column municipal_system.income.capital_gains_special_deduction_yen is '譲渡特別控除額 (円)';
comment on column municipal_system.income.other_yen is 'その他所得額 (円)';
comment on column municipal_system.income.corrected_on is '更正年月日';
comment on column municipal_system.income.operated_on is '操作年月日';
comment on column municipal_system.income.content_sha256 is '内容の SHA-256。前に広域連合へ出した内容との違いを見分ける';
comment on column municipal_system.income.transfer_number is 'この内容を受け取った移転の番号';
comment on column municipal_system.income.taxable_income_yen is '課税標準額 (円)';
comment on column municipal_system.income.head_adjustment_yen is '世帯主調整控除額 (円)';
comment on column municipal_system.income.resident_tax_kind is '住民税課税区分 (0非課税 1均等割だけ 2所得割がかかる)';
comment on column municipal_system.income.revenue_yen is '判定用収入額 (円。公簿でわからなければ空)';
comment on table municipal_system.insured_entry_given is '住基システムに渡した被保険者情報の要約。一人につき一行で、変わった人だけを次の移転に入れるために使う。';
comment on column municipal_system.insured_entry_given.municipality_code is '市区町村コード (6桁)';
comment on column municipal_system.insured_entry_given.addressee_number is '宛名番号';
comment on column municipal_system.insured_entry_given.union_code is '広域連合コード (都道府県番号2桁)';
comment on column municipal_system.insured_entry_given.content_sha256 is '渡した取得・喪失年月日すべての SHA-256';
comment on column municipal_system.insured_entry_given.transfer_number is '最後に渡した移転番号';
comment on table municipal_system.insured_person is '被保険者。被保険者情報 (3-5、3-6) の今の内容を資格期間ごとに一行で持つ。訂正で資格取得年月日が変わった期間は、受け入れた行の控えを残して置き換える。被保険者番号を自分の宛名番号と個人番号の札に結び付ける。';
comment on column municipal_system.insured_person.subject_key is '被保険者の鍵 (広域連合コード × 10^8 + 被保険者番号)';
comment on column municipal_system.insured_person.municipality_code is '市区町村コード (6桁)';
comment on column municipal_system.insured_person.acquired_on is '資格取得年月日';
comment on column municipal_system.insured_person.union_code is '広域連合コード (都道府県番号2桁)';
comment on column municipal_system.insured_person.insured_number is '被保険者番号';
comment on column municipal_system.insured_person.insurer_number is '保険者番号';
comment on column municipal_system.insured_person.addressee_number is '宛名番号 (市区町村が付ける。先頭の0も意味を持つ)';
comment on column municipal_system.insured_person.number_token is '個人番号の代わりの札。自分の宛名番号に結び付いているものを被保険者番号に結び付けた (3-6)';
comment on column municipal_system.insured_person.household_number is '世帯番号';
comment on column municipal_system.insured_person.name is '氏名';
comment on column municipal_system.insured_person.name_kana is '氏名カナ';
comment on column municipal_system.insured_person.birth_date is '生年月日';
comment on column municipal_system.insured_person.sex is '性別';
comment on column municipal_system.insured_person.acquisition_reason is '資格取得事由 (01年齢到達 02障害認定 03転入 04適用除外の終了 09その他)';
comment on column municipal_system.insured_person.lost_on is '資格喪失年月日';
comment on column municipal_system.insured_person.loss_reason is '資格喪失事由 (01死亡 02転出 03適用除外 04障害認定の撤回 09その他)';
comment on column municipal_system.insured_person.change_kind is '異動区分 (1取得 2変更 3喪失)';
comment on column municipal_system.insured_person.support_kind is '支援措置区分 (0なし 1あり)';
comment on column municipal_system.insured_person.operated_on is '操作年月日';
comment on column municipal_system.insured_person.content_sha256 is '受けた内容の SHA-256';
comment on column municipal_system.insured_person.transmission_id is 'この内容を運んだ送信';
comment on column municipal_system.insured_person.sequence_number is 'この内容を運んだ送信の通番';
comment on column municipal_system.insured_person.non_disclosure is '不開示該当フラグ。ほかの市区町村の記録による支援措置も、ここで分かる';
comment on column municipal_system.insured_person.self_provision_disabled is '自己情報提供不可フラグ';
comment on table municipal_system.insured_transfer is '被保険者情報の移転の控え (市区町村システムから住基システムへ)。渡すたびに一行を足す。直さない、消さない。';
comment on column municipal_system.insured_transfer.municipality_code is '市区町村コード (6桁)';
comment on column municipal_system.insured_transfer.transfer_number is '移転番号。市区町村ごとに1から続く';
comment on column municipal_system.insured_transfer.union_code is '広域連合コード (都道府県番号2桁)';
comment on column municipal_system.insured_transfer.row_count is '行数';
comment on column municipal_system.insured_transfer.content_sha256 is '渡したファイルの SHA-256';
comment on column municipal_system.insured_transfer.handed_over_at is '渡した時刻';
comment on table municipal_system.medium_conduct is '媒体に置いたものの行儀。行儀のわるい間に作った移出につき一行。放すと消える。';
comment on column municipal_system.medium_conduct.municipality_code is '市区町村コード (6桁)';
comment on column municipal_system.medium_conduct.medium_name is '媒体の上の名前';
comment on column municipal_system.medium_conduct.union_code is '広域連合コード (都道府県番号2桁)';
comment on column municipal_system.medium_conduct.conduct is '作ったときの行儀';
comment on column municipal_system.medium_conduct.held_until is '出す日。空なら放すまで';
comment on column municipal_system.medium_conduct.overtaken is '後の番号が先に出たら真。順を違えるものは、これで出る';
comment on table municipal_system.non_registered_event is '住登外の受付簿。登録・変更・消除を受け付けるたびに、前後の内容とともに一行を足す。直さない、消さない。';
comment on column municipal_system.non_registered_event.municipality_code is '市区町村コード (6桁)';
comment on column municipal_system.non_registered_event.event_id is '受付番号。申し出る側が付け、同じ受付を二度書かないために使う';
comment on column municipal_system.non_registered_event.union_code is '広域連合コード (都道府県番号2桁)';
comment on column municipal_system.non_registered_event.event_kind is '受付の種類';
comment on column municipal_system.non_registered_event.addressee_number is '宛名番号';
comment on column municipal_system.non_registered_event.occurred_on is '登録・変更・消除の日';
comment on column municipal_system.non_registered_event.request_sha256 is '申し出の内容の SHA-256。同じ受付番号で内容が違うものを断るために使う';
comment on column municipal_system.non_registered_event.before is '前の内容。登録では空。個人番号は札だけ';
comment on column municipal_system.non_registered_event.after is '後の内容。個人番号は札だけ';
comment on column municipal_system.non_registered_event.accepted_on is '受け付けた日';
comment on column municipal_system.non_registered_event.accepted_at is '受け付けた時刻';
comment on table municipal_system.non_registered_person is '住登外者。住民票がほかの市区町村にある人を、市区町村システムで登録したもの。';
comment on column municipal_system.non_registered_person.municipality_code is '市区町村コード (6桁)';
comment on column municipal_system.non_registered_person.addressee_number is '宛名番号 (市区町村が付ける。先頭の0も意味を持つ)';
comment on column municipal_system.non_registered_person.union_code is '広域連合コード (都道府県番号2桁)';
comment on column municipal_system.non_registered_person.running_number is '住民の連番 (市区町村ごと)。監査に残す住民の鍵 (広域連合コード × 10^10 + 団体コードの3桁 × 10^7 + 連番) のもと。変わらない';
comment on column municipal_system.non_registered_person.number_token is '個人番号の代わりの札';
comment on column municipal_system.non_registered_person.name is '氏名';
comment on column municipal_system.non_registered_person.name_kana is '氏名カナ';
comment on column municipal_system.non_registered_person.birth_date is '生年月日 (不詳のときはみなした日)';
comment on column municipal_system.non_registered_person.birth_date_unknown is '生年月日不詳フラグ';
comment on column municipal_system.non_registered_person.birth_date_text is '生年月日不詳表記';
comment on column municipal_system.non_registered_person.sex is '性別 (0不明 1男 2女)';
comment on column municipal_system.non_registered_person.registered_at_municipality is '住民票所在地市区町村コード';
comment on column municipal_system.non_registered_person.postal_code is '郵便番号';
comment on column municipal_system.non_registered_person.prefecture_name is '都道府県';
comment on column municipal_system.non_registered_person.municipality_name is '市区郡町村名';
comment on column municipal_system.non_registered_person.town_name is '町字';
comment on column municipal_system.non_registered_person.house_number is '番地号';
comment on column municipal_system.non_registered_person.building is '方書';
comment on column municipal_system.non_registered_person.non_registered_kind is '住登外区分 (1住所地特例 2その他)';
comment on column municipal_system.non_registered_person.applies_from is '適用開始日';
comment on column municipal_system.non_registered_person.applies_until is '適用終了日';
comment on column municipal_system.non_registered_person.representative is '代表宛名フラグ (0代表 1非代表)';
comment on column municipal_system.non_registered_person.merged_into_addressee_number is '名寄せ先宛名番号';
comment on column municipal_system.non_registered_person.support_kind is '支援措置区分 (0なし 1あり)';
comment on column municipal_system.non_registered_person.support_from is '支援措置開始日';
comment on column municipal_system.non_registered_person.support_until is '支援措置終了日';
comment on column municipal_system.non_registered_person.operated_on is '操作年月日';
comment on column municipal_system.non_registered_person.content_sha256 is '内容の SHA-256。前に広域連合へ出した内容との違いを見分ける';
comment on column municipal_system.non_registered_person.facility_kind is '住所地特例の施設の種類 (病院等・障害者支援施設等・養護老人ホーム等・介護保険施設)。最初の登録内容では空';
comment on column municipal_system.non_registered_person.facility_name is '住所地特例の施設の名称';
comment on column municipal_system.non_registered_person.removed_on is '住登外の登録を消除した日';
comment on column municipal_system.non_registered_person.non_disclosure is '不開示該当フラグ (住所・電話・送付先を隠す)';
comment on column municipal_system.non_registered_person.self_provision_disabled is '自己情報提供不可フラグ (本人からの自己情報の開示にも応じない)';
comment on table municipal_system.premium is '保険料。保険料情報 (4-8、4-9) の内容を決定番号ごとに一行で持つ。';
comment on column municipal_system.premium.subject_key is '被保険者の鍵 (広域連合コード × 10^8 + 被保険者番号)';
comment on column municipal_system.premium.municipality_code is '市区町村コード (6桁)';
comment on column municipal_system.premium.fiscal_year is '賦課年度 (西暦)';
comment on column municipal_system.premium.revision is '決定番号';
comment on column municipal_system.premium.union_code is '広域連合コード (都道府県番号2桁)';
comment on column municipal_system.premium.addressee_number is '宛名番号 (市区町村が付ける。先頭の0も意味を持つ)';
comment on column municipal_system.premium.insured_number is '被保険者番号';
comment on column municipal_system.premium.decided_on is '決定年月日';
comment on column municipal_system.premium.decision_reason is '決定事由 (01当初 02異動 03更正)';
comment on column municipal_system.premium.months is '資格月数';
comment on column municipal_system.premium.reduction_tenths is '軽減区分 (0なし 2割 5割 7割)';
comment on column municipal_system.premium.base_yen is '賦課のもととなる所得 (円)';
comment on column municipal_system.premium.judged_income_yen is '軽減判定所得 (円)';
comment on column municipal_system.premium.threshold_yen is '軽減判定基準額 (円)';
comment on column municipal_system.premium.judged_insured is '軽減判定被保険者数';
comment on column municipal_system.premium.judged_earners is '給与所得者等の数';
comment on column municipal_system.premium.former_dependent is '元被扶養者区分';
comment on column municipal_system.premium.medical_per_capita_full_yen is '医療分均等割額軽減前 (円)';
comment on column municipal_system.premium.medical_per_capita_yen is '医療分均等割額軽減後 (円)';
comment on column municipal_system.premium.medical_rate_percent is '医療分所得割率 (%。届いた表記のまま)';
comment on column municipal_system.premium.medical_income_based_yen is '医療分所得割額 (円)';
comment on column municipal_system.premium.medical_cap_yen is '医療分限度額 (円)';
comment on column municipal_system.premium.medical_over_cap_yen is '医療分限度超過額 (円)';
comment on column municipal_system.premium.medical_annual_yen is '医療分年額 (円)';
comment on column municipal_system.premium.child_per_capita_full_yen is '子ども分均等割額軽減前 (円)';
comment on column municipal_system.premium.child_per_capita_yen is '子ども分均等割額軽減後 (円)';
comment on column municipal_system.premium.child_rate_percent is '子ども分所得割率 (%。届いた表記のまま)';
comment on column municipal_system.premium.child_income_based_yen is '子ども分所得割額 (円)';
comment on column municipal_system.premium.child_cap_yen is '子ども分限度額 (円)';
comment on column municipal_system.premium.child_over_cap_yen is '子ども分限度超過額 (円)';
comment on column municipal_system.premium.child_annual_yen is '子ども分年額 (円)';
comment on column municipal_system.premium.premium_yen is '保険料額 (円)';
comment on column municipal_system.premium.law_edition is '法令表の版';
comment on column municipal_system.premium.operated_on is '操作年月日';
comment on column municipal_system.premium.content_sha256 is '受けた内容の SHA-256';
comment on column municipal_system.premium.transmission_id is 'この内容を運んだ送信';
comment on column municipal_system.premium.sequence_number is 'この内容を運んだ送信の通番';
comment on table municipal_system.print_bundle is '印刷の束。一回の印刷で作った一つの PDF につき一行を足す。直さない、消さない。';
comment on column municipal_system.print_bundle.municipality_code is '市区町村コード (6桁)';
comment on column municipal_system.print_bundle.bundle_id is '印刷の束の番号';
comment on column municipal_system.print_bundle.union_code is '広域連合コード (都道府県番号2桁)';
comment on column municipal_system.print_bundle.document_kind is '文書の種類';
comment on column municipal_system.print_bundle.sheet_from is '最初の用紙番号';
comment on column municipal_system.print_bundle.sheet_until is '最後の用紙番号';
comment on column municipal_system.print_bundle.sheet_count is '印刷した枚数 (人数)';
comment on column municipal_system.print_bundle.page_count is 'ページ数';
comment on column municipal_system.print_bundle.pdf_sha256 is 'PDF の SHA-256';
comment on column municipal_system.print_bundle.printed_on is '印刷した日';
comment on column municipal_system.print_bundle.printed_at is '印刷した時刻';
comment on table municipal_system.received_record is '受け入れた行の控え。広域連合から届いた情報のどの行が、いつどの送信で、だれについて届いたか。直さない、消さない。';
comment on column municipal_system.received_record.municipality_code is '市区町村コード (6桁)';
comment on column municipal_system.received_record.transmission_id is '送信の番号 (交換台帳の鍵)';
comment on column municipal_system.received_record.line_number is 'ファイルの中の行';
comment on column municipal_system.received_record.union_code is '広域連合コード (都道府県番号2桁)';
comment on column municipal_system.received_record.layout is 'レイアウト名';
comment on column municipal_system.received_record.content_sha256 is '行の内容の SHA-256';
comment on column municipal_system.received_record.changed is 'この行で今の内容が変わったか';
comment on column municipal_system.received_record.received_at is '受け入れた時刻';
comment on column municipal_system.received_record.addressee_number is '宛名番号 (市区町村が付ける。先頭の0も意味を持つ)';
comment on table municipal_system.residence_provision is '住所地特例者。住所地特例者情報 (3-5、3-6) の今の内容を、宛名番号と適用開始年月日ごとに一行で持つ。取り消されたもの (異動区分4) は、始まった日に終わった行として残り、どの日にも適用がない。';
comment on column municipal_system.residence_provision.municipality_code is '市区町村コード (6桁)';
comment on column municipal_system.residence_provision.addressee_number is '宛名番号 (市区町村が付ける。先頭の0も意味を持つ)';
comment on column municipal_system.residence_provision.began_on is '適用開始年月日';
comment on column municipal_system.residence_provision.union_code is '広域連合コード (都道府県番号2桁)';
comment on column municipal_system.residence_provision.insured_number is '被保険者番号。ほかの広域連合の被保険者は空';
comment on column municipal_system.residence_provision.name is '氏名';
comment on column municipal_system.residence_provision.name_kana is '氏名カナ';
comment on column municipal_system.residence_provision.birth_date is '生年月日';
comment on column municipal_system.residence_provision.sex is '性別 (0不明 1男 2女)';
comment on column municipal_system.residence_provision.provision_kind is '住所地特例区分 (1当広域連合の被保険者 2他の広域連合の被保険者 3国民健康保険からの引継ぎ)';
comment on column municipal_system.residence_provision.insurer_union is '保険者広域連合コード (都道府県番号2桁)';
comment on column municipal_system.residence_provision.former_insurer_number is '前の保険者番号';
comment on column municipal_system.residence_provision.ended_on is '適用終了年月日 (この日から適用がない)。続いていれば空';
comment on column municipal_system.residence_provision.facility_kind is '施設の種類';
comment on column municipal_system.residence_provision.facility_name is '施設の名称。支援措置の対象の人は空';
comment on column municipal_system.residence_provision.facility_address is '施設の所在地。支援措置の対象の人は空';
comment on column municipal_system.residence_provision.entered_on is '入所年月日';
comment on column municipal_system.residence_provision.left_on is '退所年月日';
comment on column municipal_system.residence_provision.change_kind is '異動区分 (1適用 2変更 3終了 4取消)';
comment on column municipal_system.residence_provision.support_kind is '支援措置区分 (0なし 1支援措置の対象)';
comment on column municipal_system.residence_provision.operated_on is '操作年月日';
comment on column municipal_system.residence_provision.content_sha256 is '受けた内容の SHA-256';
comment on column municipal_system.residence_provision.transmission_id is 'この内容を運んだ送信';
comment on column municipal_system.residence_provision.sequence_number is 'この内容を運んだ送信の通番';
comment on table municipal_system.resident is '住民票の写し。移転 (2-1) で受けた今の内容を宛名番号ごとに一行で持つ。';
comment on column municipal_system.resident.municipality_code is '市区町村コード (6桁)';
comment on column municipal_system.resident.addressee_number is '宛名番号 (市区町村が付ける。先頭の0も意味を持つ)';
comment on column municipal_system.resident.union_code is '広域連合コード (都道府県番号2桁)';
comment on column municipal_system.resident.running_number is '住民の連番 (市区町村ごと)。監査に残す住民の鍵 (広域連合コード × 10^10 + 団体コードの3桁 × 10^7 + 連番) のもと。変わらない';
comment on column municipal_system.resident.household_number is '世帯番号';
comment on column municipal_system.resident.number_token is '個人番号の代わりの札。個人番号そのものは金庫 (vault) にだけある';
comment on column municipal_system.resident.name is '氏名';
comment on column municipal_system.resident.name_kana is '氏名カナ';
comment on column municipal_system.resident.alias is '通称';
comment on column municipal_system.resident.former_name is '旧氏';
comment on column municipal_system.resident.birth_date is '生年月日 (不詳のときは市区町村がみなした日)';
comment on column municipal_system.resident.birth_date_unknown is '生年月日不詳フラグ';
comment on column municipal_system.resident.birth_date_text is '生年月日不詳表記';
comment on column municipal_system.resident.sex is '性別 (0不明 1男 2女)';
comment on column municipal_system.resident.relationship is '続柄';
comment on column municipal_system.resident.postal_code is '郵便番号';
comment on column municipal_system.resident.town_code is '町字コード';
comment on column municipal_system.resident.prefecture_name is '都道府県';
comment on column municipal_system.resident.municipality_name is '市区郡町村名';
comment on column municipal_system.resident.town_name is '町字';
comment on column municipal_system.resident.house_number is '番地号';
comment on column municipal_system.resident.building is '方書';
comment on column municipal_system.resident.resident_kind is '住民種別 (1日本人 2外国人)';
comment on column municipal_system.resident.stay_until is '在留期間満了日';
comment on column municipal_system.resident.resident_from is '住民となった日';
comment on column municipal_system.resident.status is '住民状態 (1現存 2消除)';
comment on column municipal_system.resident.changed_on is '異動年月日';
comment on column municipal_system.resident.change_reason is '異動事由 (00初期 01転入 02出生 03転居 04転出 05死亡 06世帯変更 07氏名変更 08職権記載 09職権修正 10職権消除 11個人番号変更)';
comment on column municipal_system.resident.removed_on is '消除年月日';
comment on column municipal_system.resident.moved_from_municipality is '転入前市区町村コード';
comment on column municipal_system.resident.moved_to_municipality is '転出先市区町村コード';
comment on column municipal_system.resident.support_kind is '支援措置区分 (0なし 1あり)';
comment on column municipal_system.resident.support_from is '支援措置開始日';
comment on column municipal_system.resident.support_until is '支援措置終了日';
comment on column municipal_system.resident.exclusion_kind is '適用除外区分 (0なし 1生活保護 2支援給付)';
comment on column municipal_system.resident.exclusion_from is '適用除外開始日';
comment on column municipal_system.resident.exclusion_until is '適用除外終了日';
comment on column municipal_system.resident.operated_on is '操作年月日';
comment on column municipal_system.resident.content_sha256 is '内容の SHA-256。前に広域連合へ出した内容との違いを見分ける';
comment on column municipal_system.resident.transfer_number is 'この内容を受け取った移転の番号';
comment on column municipal_system.resident.residence_status is '在留資格 (外国人住民。最初の登録内容では空のことがある)';
comment on column municipal_system.resident.non_disclosure is '不開示該当フラグ (0該当しない 1該当する)';
comment on column municipal_system.resident.self_provision_disabled is '自己情報提供不可フラグ (0該当しない 1該当する)';
comment on table municipal_system.sheet_counter is '用紙番号の台帳。市区町村と文書の種類ごとに、最後に付けた用紙番号を一行で持つ。';
comment on column municipal_system.sheet_counter.municipality_code is '市区町村コード (6桁)';
comment on column municipal_system.sheet_counter.document_kind is '文書の種類';
comment on column municipal_system.sheet_counter.union_code is '広域連合コード (都道府県番号2桁)';
comment on column municipal_system.sheet_counter.last_sheet_number is '最後に付けた用紙番号';
comment on table municipal_system.sheet_outcome is '紙の確かめ。束の紙を人が数えたときに、一枚につき一行を足す。直さない、消さない。印刷済みだけが交付でき、書き損じは刷り直す。';
comment on column municipal_system.sheet_outcome.subject_key is '被保険者の鍵 (広域連合コード × 10^8 + 被保険者番号)';
comment on column municipal_system.sheet_outcome.municipality_code is '市区町村コード (6桁)';
comment on column municipal_system.sheet_outcome.document_kind is '文書の種類';
comment on column municipal_system.sheet_outcome.sheet_number is '用紙番号';
comment on column municipal_system.sheet_outcome.union_code is '広域連合コード (都道府県番号2桁)';
comment on column municipal_system.sheet_outcome.outcome is '紙がどうなったか';
comment on column municipal_system.sheet_outcome.confirmed_on is '確かめた日';
comment on column municipal_system.sheet_outcome.confirmed_at is '確かめた時刻';
comment on table municipal_system.transfer is '移転の受取り (2-1、4-1)。受け取ったファイルごとに一行を足す。直さない、消さない。';
comment on column municipal_system.transfer.municipality_code is '市区町村コード (6桁)';
comment on column municipal_system.transfer.step is '手順。2-1 住基システムから、4-1 地方税システムから';
comment on column municipal_system.transfer.transfer_number is '移転番号 (渡した側が付ける)';
comment on column municipal_system.transfer.union_code is '広域連合コード (都道府県番号2桁)';
comment on column municipal_system.transfer.row_count is '行数';
comment on column municipal_system.transfer.changed_count is '内容が変わった行数';
comment on column municipal_system.transfer.content_sha256 is '受け取ったファイルの SHA-256';
comment on column municipal_system.transfer.received_at is '受け取った時刻';
comment on table reference.municipality is '市区町村（広域連合を構成する団体）';
comment on column reference.municipality.municipality_code is '全国地方公共団体コード（6桁、検査数字を含む）';
comment on column reference.municipality.union_code is '属する広域連合の都道府県番号';
comment on column reference.municipality.name is '市区町村名';
comment on column reference.municipality.kana is '市区町村名のよみ（ひらがな）';
comment on column reference.municipality.insurer_number is '保険者番号（8桁、法別番号39）';
comment on column reference.municipality.insurer_number_unverified is '保険者番号の割当てが公の資料で確かめられていないとき真';
comment on table reference.union_body is '後期高齢者医療広域連合';
comment on column reference.union_body.union_code is '都道府県番号（JIS X 0401）';
comment on column reference.union_body.name is '広域連合の名称';
comment on table resident_register.change_counter is '変更の通番の台帳。市区町村ごとに最後の通番を一行で持つ。変更はこの行を押さえてから書くので、番号は飛ばず、順序が入れ替わらない。';
comment on column resident_register.change_counter.municipality_code is '市区町村コード (6桁)';
comment on column resident_register.change_counter.union_code is '広域連合コード (都道府県番号2桁)';
comment on column resident_register.change_counter.last_sequence is '最後に付けた変更の通番';
comment on table resident_register.insured_entry is '住民票に記載した被保険者情報。資格の期間一つにつき一行。移転のたびに、その人の期間を置き換える。';
comment on column resident_register.insured_entry.municipality_code is '市区町村コード (6桁)';
comment on column resident_register.insured_entry.addressee_number is '宛名番号';
comment on column resident_register.insured_entry.acquired_on is '資格取得年月日';
comment on column resident_register.insured_entry.union_code is '広域連合コード (都道府県番号2桁)';
comment on column resident_register.insured_entry.lost_on is '資格喪失年月日。取得の日と同じなら取り消された資格';
comment on column resident_register.insured_entry.operated_on is '操作年月日';
comment on column resident_register.insured_entry.transfer_number is 'この記載を運んだ移転番号';
comment on table resident_register.insured_transfer is '受けた被保険者情報の移転の控え (市区町村システムから)。受けるたびに一行を足す。直さない、消さない。';
comment on column resident_register.insured_transfer.municipality_code is '市区町村コード (6桁)';
comment on column resident_register.insured_transfer.transfer_number is '移転番号。欠けた番号の後は受けない';
comment on column resident_register.insured_transfer.union_code is '広域連合コード (都道府県番号2桁)';
comment on column resident_register.insured_transfer.row_count is '行数';
comment on column resident_register.insured_transfer.changed_count is '記載が変わった人数';
comment on column resident_register.insured_transfer.content_sha256 is '受けたファイルの SHA-256';
comment on column resident_register.insured_transfer.received_at is '受けた時刻';
comment on table resident_register.resident is '住民票 (模擬)。宛名番号一つにつき今の内容を一行で持つ。';
comment on column resident_register.resident.municipality_code is '市区町村コード (6桁)';
comment on column resident_register.resident.addressee_number is '宛名番号 (市区町村が付ける。先頭の0も意味を持つ)';
comment on column resident_register.resident.union_code is '広域連合コード (都道府県番号2桁)';
comment on column resident_register.resident.running_number is '住民の連番 (市区町村ごと)。監査に残す住民の鍵 (広域連合コード × 10^10 + 団体コードの3桁 × 10^7 + 連番) のもと。変わらない';
comment on column resident_register.resident.household_number is '世帯番号';
comment on column resident_register.resident.number_token is '個人番号の代わりの札。個人番号そのものは金庫 (vault) にだけある';
comment on column resident_register.resident.name is '氏名';
comment on column resident_register.resident.name_kana is '氏名カナ';
comment on column resident_register.resident.alias is '通称';
comment on column resident_register.resident.former_name is '旧氏';
comment on column resident_register.resident.birth_date is '生年月日 (不詳のときは市区町村がみなした日)';
comment on column resident_register.resident.birth_date_unknown is '生年月日不詳フラグ';
comment on column resident_register.resident.birth_date_text is '生年月日不詳表記';
comment on column resident_register.resident.sex is '性別 (0不明 1男 2女)';
comment on column resident_register.resident.relationship is '続柄';
comment on column resident_register.resident.postal_code is '郵便番号';
comment on column resident_register.resident.town_code is '町字コード';
comment on column resident_register.resident.prefecture_name is '都道府県';
comment on column resident_register.resident.municipality_name is '市区郡町村名';
comment on column resident_register.resident.town_name is '町字';
comment on column resident_register.resident.house_number is '番地号';
comment on column resident_register.resident.building is '方書';
comment on column resident_register.resident.resident_kind is '住民種別 (1日本人 2外国人)';
comment on column resident_register.resident.stay_until is '在留期間満了日';
comment on column resident_register.resident.resident_from is '住民となった日';
comment on column resident_register.resident.status is '住民状態 (1現存 2消除)';
comment on column resident_register.resident.changed_on is '異動年月日';
comment on column resident_register.resident.change_reason is '異動事由 (00初期 01転入 02出生 03転居 04転出 05死亡 06世帯変更 07氏名変更 08職権記載 09職権修正 10職権消除 11個人番号変更)';
comment on column resident_register.resident.removed_on is '消除年月日';
comment on column resident_register.resident.moved_from_municipality is '転入前市区町村コード';
comment on column resident_register.resident.moved_to_municipality is '転出先市区町村コード';
comment on column resident_register.resident.support_kind is '支援措置区分 (0なし 1あり)';
comment on column resident_register.resident.support_from is '支援措置開始日';
comment on column resident_register.resident.support_until is '支援措置終了日';
comment on column resident_register.resident.exclusion_kind is '適用除外区分 (0なし 1生活保護 2支援給付)';
comment on column resident_register.resident.exclusion_from is '適用除外開始日';
comment on column resident_register.resident.exclusion_until is '適用除外終了日';
comment on column resident_register.resident.operated_on is '操作年月日';
comment on column resident_register.resident.change_sequence is '変更の通番。市区町村ごとに1から続く。移転はこの番号の順に渡す';
comment on column resident_register.resident.residence_status is '在留資格 (外国人住民。最初の登録内容では空のことがある)';
comment on column resident_register.resident.non_disclosure is '不開示該当フラグ (0該当しない 1該当する)';
comment on column resident_register.resident.self_provision_disabled is '自己情報提供不可フラグ (0該当しない 1該当する)';
comment on table resident_register.resident_change is '住民異動の前後。一つの異動で変わった一人につき一行を足す。直さない、消さない。取り消された異動の行も残る。';
comment on column resident_register.resident_change.municipality_code is '市区町村コード (6桁)';
comment on column resident_register.resident_change.event_id is '異動の受付番号';
comment on column resident_register.resident_change.addressee_number is '宛名番号';
comment on column resident_register.resident_change.union_code is '広域連合コード (都道府県番号2桁)';
comment on column resident_register.resident_change.change_sequence is 'この異動で付いた変更の通番';
comment on column resident_register.resident_change.before is '異動の前の住民票の内容。この異動で初めて載った人は空。個人番号は札だけ';
comment on column resident_register.resident_change.after is '異動の後の住民票の内容。個人番号は札だけ';
comment on table resident_register.resident_event is '住民異動の受付簿。受け付けた届出・職権の処理を一行ずつ足す。直さない、消さない。';
comment on column resident_register.resident_event.municipality_code is '市区町村コード (6桁)';
comment on column resident_register.resident_event.event_id is '受付番号。申し出る側が付け、同じ受付を二度書かないために使う';
comment on column resident_register.resident_event.union_code is '広域連合コード (都道府県番号2桁)';
comment on column resident_register.resident_event.event_kind is '異動の種類 (転入・出生・転居・転出・死亡・世帯変更・氏名変更・職権記載・職権修正・職権消除・職権回復・個人番号変更・在留資格変更・生活保護開始・生活保護終了・支援措置開始・支援措置変更・支援措置終了・異動の取消)';
comment on column resident_register.resident_event.occurred_on is '異動の日';
comment on column resident_register.resident_event.addressee_numbers is '異動した人の宛名番号';
comment on column resident_register.resident_event.request_sha256 is '申し出の内容の SHA-256。同じ受付番号で内容が違うものを断るために使う';
comment on column resident_register.resident_event.accepted_on is '受け付けた日';
comment on column resident_register.resident_event.accepted_at is '受け付けた時刻';
comment on column resident_register.resident_event.cancels is '取り消した異動の受付番号 (異動の取消だけ)';
comment on column resident_register.resident_event.reason is '職権の処理と取消の理由';
comment on table resident_register.transfer is '移転の控え (2-1)。住民票の異動に関する情報を市区町村システムに渡すたびに一行を足す。直さない、消さない。';
comment on column resident_register.transfer.municipality_code is '市区町村コード (6桁)';
comment on column resident_register.transfer.transfer_number is '移転番号。市区町村ごとに1から続く';
comment on column resident_register.transfer.union_code is '広域連合コード (都道府県番号2桁)';
comment on column resident_register.transfer.sequence_from is 'この移転に含む最初の変更の通番';
comment on column resident_register.transfer.sequence_until is 'この移転に含む最後の変更の通番';
comment on column resident_register.transfer.row_count is '行数';
comment on column resident_register.transfer.content_sha256 is '渡したファイルの SHA-256';
comment on column resident_register.transfer.handed_over_at is '渡した時刻';
comment on table store.migration is '適用済みの移行';
comment on column store.migration.number is '移行の番号';
comment on column store.migration.name is '移行ファイルの名前';
comment on column store.migration.sha256 is '移行ファイルのSHA-256';
comment on column store.migration.applied_at is '適用した実時刻';
comment on table vault.blind_index is '探し札 (個人番号の鍵付き索引、HMAC-SHA-256)。個人番号から札を引く。鍵がなければ番号から作れず、当事者が違えば同じ番号でも別の値になる。';
comment on column vault.blind_index.blind_index is '探し札。当事者と個人番号から探し札の鍵で作る32バイト';
comment on column vault.blind_index.union_code is '広域連合コード (都道府県番号2桁)';
comment on column vault.blind_index.holder is '番号を保有する当事者 (union:43、municipality:431001)';
comment on column vault.blind_index.index_key_version is '探し札の鍵の版';
comment on column vault.blind_index.token is '札';
comment on column vault.blind_index.indexed_at is '探し札を入れた時刻';
comment on table vault.key_version is '鍵の版の台帳。鍵そのものは持たず、鍵の保管先にある鍵がこのデータベースのものかを確かめる値だけを持つ。';
comment on column vault.key_version.kind is '鍵の種類。seal 封の鍵、index 探し札の鍵';
comment on column vault.key_version.version is '鍵の版 (1から)';
comment on column vault.key_version.check_value is '鍵の確かめの値。鍵から一方向に作る16バイト';
comment on column vault.key_version.registered_at is 'この版を初めて使った時刻';
comment on table vault.sealed_number is '封じた個人番号。認証付き暗号 (AES-256-GCM) で、当事者・広域連合・札・鍵の版に結び付けて封じる。行を入れ替えると開かない。直さない、消さない。';
comment on column vault.sealed_number.token is '札。業務の表が個人番号の代わりに持つ、意味のない乱数';
comment on column vault.sealed_number.union_code is '広域連合コード (都道府県番号2桁)';
comment on column vault.sealed_number.holder is '番号を保有する当事者 (union:43、municipality:431001)';
comment on column vault.sealed_number.seal_key_version is '封の鍵の版';
comment on column vault.sealed_number.sealed is '封。形の番号1バイト、使い捨ての値12バイト、暗号文12バイト、認証の値16バイト';
comment on column vault.sealed_number.sealed_at is '封じた時刻';
comment on table work.clock is '世界時計。仮想の世界の今日を一行だけ持ち、実運用では使わない。';
comment on column work.clock.id is '常に1';
comment on column work.clock.today is '世界の今日';
comment on column work.clock.opened_at is '世界の今日になった実時刻';
comment on table work.job is '仕事。個人を特定できる値は持たない。';
comment on column work.job.job_id is '仕事の番号';
comment on column work.job.kind is '仕事の種類（英字の名前）';
comment on column work.job.title is '画面に出す名前';
comment on column work.job.arguments is '引数。個人に関する値は入れない。';
comment on column work.job.dedupe_key is '重ねて頼まれたときに同じ仕事とみなす鍵';
comment on column work.job.queue is '同じ名前の仕事は一つずつ番号順に行う';
comment on column work.job.scope_union is '処理の範囲の広域連合（都道府県番号2桁）';
comment on column work.job.scope_municipality is '処理の範囲の市区町村（団体コード6桁、全部なら *）';
comment on column work.job.requested_by is '頼んだ人（アカウントの番号）または仕組みの名前';
comment on column work.job.requested_at is '頼まれた時刻';
comment on column work.job.due_at is 'この時刻より前には始めない';
comment on column work.job.state is '状態（waiting 待ち、running 処理中、done 終わり、failed 失敗、cancelled 中止）';
comment on column work.job.step_index is '今の段（0から）';
comment on column work.job.step_name is '今の段の名前';
comment on column work.job.checkpoint is '今の段のどこまで済んだか。個人に関する値は入れない。';
comment on column work.job.done is '済んだ件数';
comment on column work.job.total is '全体の件数（分からなければ空）';
comment on column work.job.sentence is '今していることの文';
comment on column work.job.cancel_requested is '中止を頼まれたか';
comment on column work.job.attempt is '何回目の実行か';
comment on column work.job.attempts_max is '実行の回数の上限';
comment on column work.job.backoff_until is '失敗の後に待つ実時刻';
comment on column work.job.worker is '処理している働き手';
comment on column work.job.lease_until is '働き手の持ち時間の終わり（実時刻）。過ぎれば別の働き手が引き継ぐ。';
comment on column work.job.failure is '失敗の理由の文。個人に関する値は入れない。';
comment on column work.job.failure_place is '失敗したプログラムの場所';
comment on column work.job.result is '結果のまとめ。個人に関する値は入れない。';
comment on column work.job.started_at is '始めた時刻';
comment on column work.job.ended_at is '終わった時刻';

grant usage on schema audit to koiki_local_tax;
grant usage on schema audit to koiki_municipal_system;
grant usage on schema audit to koiki_municipality_app;
grant usage on schema audit to koiki_municipality_vault;
grant usage on schema audit to koiki_resident_register;
grant usage on schema exchange to koiki_municipal_system;
grant usage on schema exchange to koiki_municipality_app;
grant usage on schema exchange to koiki_municipality_operator;
grant usage on schema local_tax to koiki_local_tax;
grant usage on schema municipal_system to koiki_municipal_system;
grant usage on schema reference to koiki_local_tax;
grant usage on schema reference to koiki_municipal_system;
grant usage on schema reference to koiki_municipality_app;
grant usage on schema reference to koiki_municipality_operator;
grant usage on schema reference to koiki_municipality_vault;
grant usage on schema reference to koiki_resident_register;
grant usage on schema resident_register to koiki_resident_register;
grant usage on schema vault to koiki_municipal_system;
grant usage on schema vault to koiki_municipality_app;
grant usage on schema vault to koiki_municipality_vault;
grant usage on schema vault to koiki_resident_register;
grant usage on schema work to koiki_local_tax;
grant usage on schema work to koiki_municipal_system;
grant usage on schema work to koiki_municipality_app;
grant usage on schema work to koiki_municipality_operator;
grant usage on schema work to koiki_municipality_vault;
grant usage on schema work to koiki_resident_register;
grant insert on table audit.bulk_keys to koiki_local_tax;
grant insert on table audit.bulk_keys to koiki_municipal_system;
grant insert, select on table audit.bulk_keys to koiki_municipality_app;
grant insert on table audit.bulk_keys to koiki_municipality_vault;
grant insert on table audit.bulk_keys to koiki_resident_register;
grant insert on table audit.entry to koiki_local_tax;
grant insert on table audit.entry to koiki_municipal_system;
grant insert, select on table audit.entry to koiki_municipality_app;
grant insert on table audit.entry to koiki_municipality_vault;
grant insert on table audit.entry to koiki_resident_register;
grant insert on table audit.resident_entry to koiki_local_tax;
grant insert on table audit.resident_entry to koiki_municipal_system;
grant insert, select on table audit.resident_entry to koiki_municipality_app;
grant insert on table audit.resident_entry to koiki_municipality_vault;
grant insert on table audit.resident_entry to koiki_resident_register;
grant insert on table audit.subject_entry to koiki_local_tax;
grant insert on table audit.subject_entry to koiki_municipal_system;
grant insert, select on table audit.subject_entry to koiki_municipality_app;
grant insert on table audit.subject_entry to koiki_municipality_vault;
grant insert on table audit.subject_entry to koiki_resident_register;
grant insert, select on table exchange.admission to koiki_municipal_system;
grant insert, select on table exchange.admission to koiki_municipality_app;
grant select on table exchange.admission to koiki_municipality_operator;
grant insert, select on table exchange.custody_event to koiki_municipal_system;
grant insert, select on table exchange.custody_event to koiki_municipality_app;
grant select on table exchange.custody_event to koiki_municipality_operator;
grant insert, select on table exchange.destination_stop to koiki_municipal_system;
grant insert, select on table exchange.destination_stop to koiki_municipality_app;
grant select on table exchange.destination_stop to koiki_municipality_operator;
grant insert, select on table exchange.finding to koiki_municipal_system;
grant insert, select on table exchange.finding to koiki_municipality_app;
grant insert, select on table exchange.full_reconciliation to koiki_municipal_system;
grant insert, select on table exchange.full_reconciliation to koiki_municipality_app;
grant select on table exchange.full_reconciliation to koiki_municipality_operator;
grant insert, select on table exchange.full_reconciliation_difference to koiki_municipal_system;
grant insert, select on table exchange.full_reconciliation_difference to koiki_municipality_app;
grant insert, select on table exchange.full_reconciliation_result to koiki_municipal_system;
grant insert, select on table exchange.full_reconciliation_result to koiki_municipality_app;
grant select on table exchange.full_reconciliation_result to koiki_municipality_operator;
grant insert, select on table exchange.layout_policy to koiki_municipal_system;
grant insert, select on table exchange.layout_policy to koiki_municipality_app;
grant select on table exchange.layout_policy to koiki_municipality_operator;
grant insert, select on table exchange.own_copy to koiki_municipal_system;
grant insert, select on table exchange.own_copy to koiki_municipality_app;
grant select on table exchange.own_copy to koiki_municipality_operator;
grant insert, select on table exchange.plausibility to koiki_municipal_system;
grant insert, select on table exchange.plausibility to koiki_municipality_app;
grant select on table exchange.plausibility to koiki_municipality_operator;
grant insert, select on table exchange.quarantined_row to koiki_municipal_system;
grant insert, select on table exchange.quarantined_row to koiki_municipality_app;
grant select on table exchange.quarantined_row to koiki_municipality_operator;
grant insert, select on table exchange.receipt to koiki_municipal_system;
grant insert, select on table exchange.receipt to koiki_municipality_app;
grant insert, select, update on table exchange.sequence_counter to koiki_municipal_system;
grant insert, select, update on table exchange.sequence_counter to koiki_municipality_app;
grant insert, select, update on table exchange.sequence_position to koiki_municipal_system;
grant insert, select, update on table exchange.sequence_position to koiki_municipality_app;
grant insert, select on table exchange.transmission to koiki_municipal_system;
grant insert, select on table exchange.transmission to koiki_municipality_app;
grant select on table exchange.transmission to koiki_municipality_operator;
grant insert, select on table exchange.transmission_event to koiki_municipal_system;
grant insert, select on table exchange.transmission_event to koiki_municipality_app;
grant select on table exchange.transmission_event to koiki_municipality_operator;
grant insert, select, update on table local_tax.change_counter to koiki_local_tax;
grant insert, select, update on table local_tax.income to koiki_local_tax;
grant insert, select on table local_tax.transfer to koiki_local_tax;
grant insert, select, update on table municipal_system.certificate to koiki_municipal_system;
grant insert, select, update on table municipal_system.conduct to koiki_municipal_system;
grant select on table municipal_system.destination to koiki_municipal_system;
grant insert, select, update on table municipal_system.disability_certification to koiki_municipal_system;
grant insert, select on table municipal_system.document to koiki_municipal_system;
grant insert, select on table municipal_system.export to koiki_municipal_system;
grant insert, select, update on table municipal_system.exported_record to koiki_municipal_system;
grant insert, select on table municipal_system.hand_over to koiki_municipal_system;
grant insert, select, update on table municipal_system.income to koiki_municipal_system;
grant insert, select, update on table municipal_system.insured_entry_given to koiki_municipal_system;
grant delete, insert, select, update on table municipal_system.insured_person to koiki_municipal_system;
grant insert, select on table municipal_system.insured_transfer to koiki_municipal_system;
grant delete, insert, select, update on table municipal_system.medium_conduct to koiki_municipal_system;
grant insert, select on table municipal_system.non_registered_event to koiki_municipal_system;
grant insert, select, update on table municipal_system.non_registered_person to koiki_municipal_system;
grant insert, select, update on table municipal_system.premium to koiki_municipal_system;
grant insert, select on table municipal_system.print_bundle to koiki_municipal_system;
grant insert, select on table municipal_system.received_record to koiki_municipal_system;
grant insert, select, update on table municipal_system.residence_provision to koiki_municipal_system;
grant insert, select, update on table municipal_system.resident to koiki_municipal_system;
grant insert, select, update on table municipal_system.sheet_counter to koiki_municipal_system;
grant insert, select on table municipal_system.sheet_outcome to koiki_municipal_system;
grant insert, select on table municipal_system.transfer to koiki_municipal_system;
grant select on table reference.municipality to koiki_local_tax;
grant select on table reference.municipality to koiki_municipal_system;
grant select on table reference.municipality to koiki_municipality_app;
grant select on table reference.municipality to koiki_municipality_operator;
grant select on table reference.municipality to koiki_municipality_vault;
grant select on table reference.municipality to koiki_resident_register;
grant select on table reference.union_body to koiki_local_tax;
grant select on table reference.union_body to koiki_municipal_system;
grant select on table reference.union_body to koiki_municipality_app;
grant select on table reference.union_body to koiki_municipality_operator;
grant select on table reference.union_body to koiki_municipality_vault;
grant select on table reference.union_body to koiki_resident_register;
grant insert, select, update on table resident_register.change_counter to koiki_resident_register;
grant delete, insert, select on table resident_register.insured_entry to koiki_resident_register;
grant insert, select on table resident_register.insured_transfer to koiki_resident_register;
grant insert, select, update on table resident_register.resident to koiki_resident_register;
grant insert, select on table resident_register.resident_change to koiki_resident_register;
grant insert, select on table resident_register.resident_event to koiki_resident_register;
grant insert, select on table resident_register.transfer to koiki_resident_register;
grant insert, select on table vault.blind_index to koiki_municipal_system;
grant insert, select on table vault.blind_index to koiki_municipality_app;
grant select on table vault.blind_index to koiki_municipality_vault;
grant insert, select on table vault.blind_index to koiki_resident_register;
grant insert, select on table vault.key_version to koiki_municipal_system;
grant insert, select on table vault.key_version to koiki_municipality_app;
grant select on table vault.key_version to koiki_municipality_vault;
grant insert, select on table vault.key_version to koiki_resident_register;
grant insert on table vault.sealed_number to koiki_municipal_system;
grant insert on table vault.sealed_number to koiki_municipality_app;
grant select on table vault.sealed_number to koiki_municipality_vault;
grant insert on table vault.sealed_number to koiki_resident_register;
grant select on table work.clock to koiki_local_tax;
grant select on table work.clock to koiki_municipal_system;
grant insert, select, update on table work.clock to koiki_municipality_app;
grant select on table work.clock to koiki_municipality_operator;
grant select on table work.clock to koiki_municipality_vault;
grant select on table work.clock to koiki_resident_register;
grant insert, select, update on table work.job to koiki_municipality_app;
grant select on table work.job to koiki_municipality_operator;
grant select (holder) on table vault.sealed_number to koiki_municipal_system;
grant select (holder) on table vault.sealed_number to koiki_municipality_app;
grant select (holder) on table vault.sealed_number to koiki_resident_register;
grant select (seal_key_version) on table vault.sealed_number to koiki_municipal_system;
grant select (seal_key_version) on table vault.sealed_number to koiki_municipality_app;
grant select (seal_key_version) on table vault.sealed_number to koiki_resident_register;
grant select (sealed_at) on table vault.sealed_number to koiki_municipal_system;
grant select (sealed_at) on table vault.sealed_number to koiki_municipality_app;
grant select (sealed_at) on table vault.sealed_number to koiki_resident_register;
grant select (token) on table vault.sealed_number to koiki_municipal_system;
grant select (token) on table vault.sealed_number to koiki_municipality_app;
grant select (token) on table vault.sealed_number to koiki_resident_register;
grant select (union_code) on table vault.sealed_number to koiki_municipal_system;
grant select (union_code) on table vault.sealed_number to koiki_municipality_app;
grant select (union_code) on table vault.sealed_number to koiki_resident_register;
