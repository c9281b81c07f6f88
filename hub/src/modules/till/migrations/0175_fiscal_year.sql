-- The month with which the fiscal year of a legal entity begins [FIS-12]. Its registers learn of it and write it into their journals.
-- Locks: none that matter, the table has a row per legal entity.
alter table till.fiscal_identity add column first_month smallint not null default 1 check (first_month between 1 and 12);
