-- What a message is for, so that its terms are asked right before it leaves. Locks: the table for a moment; both columns have a constant
-- default, so no row is rewritten.
alter table messages.outbound add column purpose text not null default 'transactional'
  check (purpose in ('requested', 'transactional', 'marketing', 'research'));
alter table messages.outbound add column topic text;
