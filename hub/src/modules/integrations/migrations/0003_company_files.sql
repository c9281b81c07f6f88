-- Files of companies and of who belongs to them. Locks: integrations.data_import for a moment, it has few rows.
alter table integrations.data_import drop constraint data_import_kind_check;
alter table integrations.data_import add constraint data_import_kind_check check (kind in ('customers', 'events', 'consents', 'companies', 'memberships'));
