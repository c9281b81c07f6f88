-- Records whose people are computed again after limits were changed [IDN-29]. Locks: the course of limits, one row, while a column is added.
create table customers.limit_touched (
  record_id uuid primary key
);
alter table customers.limit_course add column listed boolean not null default false;
alter table customers.limit_course drop column after_record;
