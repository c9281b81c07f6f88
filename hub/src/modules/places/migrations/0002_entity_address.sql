-- The seat of a legal entity: the law asks for it on its invoices. Locks: none that matter, a column without a default.
alter table places.legal_entity add column address jsonb;             -- { line1, line2, postcode, city, country }
