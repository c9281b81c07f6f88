-- The day with which the fiscal year of a legal entity begins [FIS-12]. Its registers learn of it and write it into their journals.
-- Locks: none that matter, the table has a row per legal entity.
alter table till.fiscal_identity add column year_start text not null default '01-01' check (year_start ~ '^[01][0-9]-[0-3][0-9]$');
