-- What jobs of the clock deleted, and when each last came to its end: that data goes by itself is reported, not only promised.
-- Locks: none, the tables are new.

create table platform.deletion (
  job         text not null,
  table_name  text not null,
  day         date not null,
  rows        bigint not null,
  primary key (job, table_name, day)
);

create table platform.job_run (
  job       text primary key,
  ended_at  timestamptz not null
);
