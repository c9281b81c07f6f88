-- Somebody objects to an access to their file: for the privacy officers, a team of their own. Locks: the tasks, while a check is replaced.
alter table tasks.task drop constraint task_kind_check;
alter table tasks.task add constraint task_kind_check check (kind in
  ('stock_conflict', 'collection_overdue', 'refund_unknown', 'quarantine', 'dead_letter', 'terms_contested', 'access_objected'));
alter table tasks.task drop constraint task_team_check;
alter table tasks.task add constraint task_team_check check (team in ('store', 'service', 'operations', 'privacy'));
