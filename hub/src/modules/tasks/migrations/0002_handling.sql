-- How tasks are handled: by people or by the hub itself, and who gets them when they wait too long. Locks: none that matter, the tables are new.
-- A kind without a row is handled as the code says.
create table tasks.kind_setting (
  kind              text primary key,
  handling          text not null check (handling in ('ask', 'do')),
  wait_minutes      integer not null check (wait_minutes > 0),
  escalate_minutes  integer check (escalate_minutes >= 0),
  escalate_to       text not null check (escalate_to in ('store', 'service', 'operations', 'privacy')),
  from_amount       integer check (from_amount > 0)
);

-- What the hub does by itself about a task [TSK-8]: planned first, done at its time unless somebody stops it or takes the task, and kept as the log of it [TSK-9].
create table tasks.run (
  id          uuid primary key,
  task_id     uuid not null references tasks.task on delete cascade,
  opened_at   timestamptz not null,            -- the opening of the task that it is for: a cause that comes back may have another
  kind        text not null,
  action      text not null check (action in ('move_orders', 'end_collection')),
  place_id    uuid,
  state       text not null default 'planned' check (state in ('planned', 'done', 'stopped', 'left', 'failed')),
  planned_at  timestamptz not null,
  runs_at     timestamptz not null,
  ended_at    timestamptz,
  orders      jsonb not null default '[]',     -- [{ id, number, placeId }]: for whom it was done, and where their goods come from now
  because     text,                            -- why it could not be done, as a code
  stopped_by  text,
  constraint "TSK-8 once per opening" unique (task_id, opened_at),
  constraint "TSK-9 ended or planned" check ((state = 'planned') = (ended_at is null)),
  constraint "TSK-8 announced before" check (runs_at > planned_at)
);
create index run_planned on tasks.run (runs_at, id) where state = 'planned';
create index run_ended on tasks.run (ended_at desc, id desc) where state <> 'planned';
