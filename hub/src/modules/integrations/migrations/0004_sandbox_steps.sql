-- A test card that asks for a step at the payer's bank, and refunds that are tried again. Locks: the sandbox's own tables for a moment.
alter table integrations.sandbox_charge
  add column challenge   text unique,          -- 128 random bits: whoever has it decides, as at a bank
  add column return_url  text;
alter table integrations.sandbox_refund add column attempt integer not null default 1;
alter table integrations.sandbox_refund drop constraint sandbox_refund_pkey;
alter table integrations.sandbox_refund add primary key (refund_id, attempt);
